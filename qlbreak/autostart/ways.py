"""Starting with the session: the ways there are here, switched on and off, and how that stands."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qlbreak.autostart.entry import Command, Entry, Way
from qlbreak.language import _
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
            raise Foreign(
                _(
                    "{where} is not as qlbreak wrote it; remove it first, or edit it by hand",
                    where=way.where,
                )
            )
    for way in all_ways:
        if way is not chosen and way.read() is not None:
            _remove(way)
    chosen.write(command)
    return _("It starts with the session: {name}, {where}", name=chosen.name, where=chosen.where)


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
        raise Foreign(
            _("{where} is not as qlbreak wrote it; it stays as it is", where=left[0].where)
        )
    if removed:
        return _("It does not start at login; removed: {places}", places=", ".join(removed))
    return _("It does not start at login")


def _remove(way: Way) -> None:
    entry = way.read()
    if entry is not None and entry.command is not None:
        way.remove()


def status(all_ways: Sequence[Way]) -> AutostartState:
    """Raises OSError."""
    found = [(way, entry) for way in all_ways if (entry := way.read()) is not None]
    states = [described(way, entry, _MEND) for way, entry in found]
    if not states:
        return AutostartState(_("off; on with: {mend}", mend=_MEND))
    return AutostartState(
        "; ".join(s.text for s in states),
        any(s.broken for s in states),
        any(s.enabled for s in states),
    )


def described(way: Way, entry: Entry, mend: str) -> AutostartState:
    """*mend*: the command that writes it anew."""
    filled = {"name": way.name, "where": way.where}
    # Translators: {name} is what starts it: "the desktop's autostart folder"; {where} is a file.
    text = _("on, by {name}: {where}", **filled)
    if not entry.enabled:
        text = _("off, by {name}: {where}", **filled)
    if entry.command is None:
        # Translators: {state} is like "on, by the desktop's autostart folder: FILE".
        told = _("{state} (not as qlbreak wrote it)", state=text)
        return AutostartState(told, enabled=entry.enabled)
    if not entry.enabled:
        told = _("{state} is there, but switched off; on with: {command}", state=text, command=mend)
        return AutostartState(told)
    return _started(text, entry.command, mend)


def _started(text: str, command: Command, mend: str) -> AutostartState:
    """Of an entry that holds: whether what it starts is there."""
    start = command[0]
    if not os.access(start, os.X_OK):
        told = _(
            "{state} starts {program}, which is gone: {command}",
            state=text,
            program=start,
            command=mend,
        )
        return AutostartState(told, True, True)
    if not _starts(command):
        told = _(
            "{state} starts {program}, which does not start any more, as its Python or its "
            "packages are gone: {command}",
            state=text,
            program=start,
            command=mend,
        )
        return AutostartState(told, True, True)
    if not program.is_this(start):
        told = _(
            "{state} starts another installation than this one, {program}; this one: {command}",
            state=text,
            program=start,
            command=mend,
        )
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
