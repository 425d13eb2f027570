"""Starting with the session: the ways there are here, switched on and off, and how that stands."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qlbreak.autostart.entry import Command, Entry, Way
from qlbreak.system import program, streams
from qlbreak.system.paths import lasting

_MEND = "qlbreak autostart on"
_PATIENCE_S = 10.0  # takes a quarter of a second


class Foreign(Exception):
    """Somebody else wrote it, or changed it: it is left alone. One line for the person."""


class AutostartState(NamedTuple):
    """A line for the person, whether there is something to mend, and whether it is on."""

    text: str
    broken: bool = False
    enabled: bool = False


def ways(
    platform: str = sys.platform, environment: Mapping[str, str] = os.environ
) -> Sequence[Way]:
    """What there is on this system, the usual one first."""
    if platform == "win32":
        from qlbreak.autostart.windows import RunKey

        return (RunKey(),)
    if platform == "darwin":
        from qlbreak.autostart.macos import LaunchAgent

        return (LaunchAgent(Path.home()),)
    from qlbreak.autostart.systemd import Systemd
    from qlbreak.autostart.xdg import Xdg

    folder = lasting(Path(environment.get("XDG_CONFIG_HOME", "")), Path(".config"))
    return Xdg(folder), Systemd(folder)


def on(all_ways: Sequence[Way], chosen: Way, command: Command) -> str:
    """From now on by this way alone: two would start it twice. Raises Foreign, OSError."""
    for way in all_ways:
        entry = way.read()
        if entry is not None and entry.command is None and (way is chosen or entry.enabled):
            raise Foreign(f"{_foreign(way)}; remove it first, or edit it by hand")
    for way in all_ways:
        if way is not chosen and way.read() is not None:
            _remove(way)
    chosen.write(command)
    return f"It starts with the session: {chosen.name}, {chosen.where}"


def off(all_ways: Sequence[Way]) -> str:
    """Takes away what was written by `on`, and only that. Raises Foreign, OSError."""
    removed, left = [], []
    for way in all_ways:
        entry = way.read()
        if entry is not None and entry.command is None:
            left.append(way)
        elif entry is not None:
            _remove(way)
            removed.append(way.where)
    if left:
        raise Foreign(f"{_foreign(left[0])}; it stays as it is")
    gone = f"; removed: {', '.join(removed)}" if removed else ""
    return f"It does not start at login{gone}"


def _remove(way: Way) -> None:
    entry = way.read()
    if entry is not None and entry.command is not None:
        way.remove()


def status(all_ways: Sequence[Way]) -> AutostartState:
    """Raises OSError."""
    found = [(way, entry) for way in all_ways if (entry := way.read()) is not None]
    states = [described(way, entry, _MEND) for way, entry in found]
    if not states:
        return AutostartState(f"off; on with: {_MEND}")
    return AutostartState(
        "; ".join(s.text for s in states),
        any(s.broken for s in states),
        any(s.enabled for s in states),
    )


def described(way: Way, entry: Entry, mend: str) -> AutostartState:
    """*mend*: the command that writes it anew."""
    text = f"{'on' if entry.enabled else 'off'}, by {way.name}: {way.where}"
    if entry.command is None:
        return AutostartState(f"{text} (not as qlbreak wrote it)", enabled=entry.enabled)
    if not entry.enabled:
        return AutostartState(f"{text} is there, but switched off; on with: {mend}")
    start = entry.command[0]
    if not os.access(start, os.X_OK):
        return AutostartState(f"{text} starts {start}, which is gone: {mend}", True, True)
    if not _starts(entry.command):
        why = "which does not start any more, as its Python or its packages are gone"
        return AutostartState(f"{text} starts {start}, {why}: {mend}", True, True)
    if not program.is_this(start):
        told = f"{text} starts another installation than this one, {start}; this one: {mend}"
        return AutostartState(told, enabled=True)
    return AutostartState(text, enabled=True)


def _starts(command: Command) -> bool:
    """Whether it says its version; one that takes too long for that may be well, on a busy
    machine."""
    words = (*command[: program.options_after(command)], "--version")
    try:
        told = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
            creationflags=streams.APART,
        )
    except subprocess.TimeoutExpired:
        return True
    except OSError:
        return False
    return told.returncode == 0


def _foreign(way: Way) -> str:
    return f"{way.where} is not as qlbreak wrote it"
