"""What was found here: a line each for settings, record, tray and the like; how to mend it."""

import os
import platform
import shutil
import sys
from typing import TYPE_CHECKING

import msgspec

from qlbreak import __version__, autostart, config, control, data, journal
from qlbreak.exits import TO_MEND, USAGE
from qlbreak.health import Health
from qlbreak.idle import Idle, sources
from qlbreak.lock import AlreadyRunning, Lock
from qlbreak.paths import Paths, device

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_FULL = 1_000_000  # bytes left on the disk


class Fault(str):
    """A finding that is wrong, with what mends it."""

    __slots__ = ()


Row = tuple[str, str]


def examine(paths: Paths) -> tuple[str, int]:
    """The report, and the exit code: 2 for settings that cannot be used, 5 for other faults."""
    rows = found(paths)
    faults = [name for name, text in rows if isinstance(text, Fault)]
    head = f"qlbreak {__version__}, Python {platform.python_version()}, {sys.platform}"
    lines = [head, *(f"{name:<15}{text}" for name, text in rows)]
    if faults:
        lines.append(f"To mend: {', '.join(faults)}.")
    unusable = "settings" in faults and not _usable(paths)
    return "\n".join(lines), USAGE if unusable else TO_MEND if faults else 0


def found(paths: Paths) -> list[Row]:
    from qlbreak.app import connect_bus

    bus = connect_bus()
    try:
        return [
            ("settings", _settings(paths)),
            ("record", _record(paths)),
            ("running", _running(paths)),
            ("autostart", _autostart()),
            ("tray", _tray(bus)),
            ("notifications", _notifications(bus)),
            ("idle time", _idle()),
            ("log", str(paths.log)),
        ]
    finally:
        if bus is not None:
            bus.close()


def _usable(paths: Paths) -> bool:
    try:
        config.load(paths.config)
    except config.ConfigError:
        return False
    return True


def _settings(paths: Paths) -> str:
    try:
        found = config.load(paths.config)
    except config.ConfigError as error:
        return Fault(f"{error}: mend it; until then it does not start, or goes on as before")
    mistakes = data.load_with(paths.own)[1]
    if mistakes:
        return Fault(f"{'; '.join(mistakes)}: mend it; until then that entry is left out")
    place = str(paths.config) if found.found else f"the defaults; none in {paths.config}"
    return "; ".join([place, *found.notes])


def _record(paths: Paths) -> str:
    path = paths.journal / f"{device()}.jsonl"
    problems: list[journal.Problem] = []
    try:
        number = sum(1 for _ in journal.read(path, problems))
    except FileNotFoundError:
        return f"{path}, not there yet"
    except OSError as error:
        return Fault(f"{path} cannot be read: {error.strerror}; check its owner and rights")
    if problems:
        text = f"{path}, {number} facts; {len(problems)} lines cannot be read and are left out"
        return Fault(f"{text}, the first: {problems[0]}; mend or remove them in an editor")
    if not all(os.access(place, os.W_OK) for place in (path, path.parent, paths.data)):
        return Fault(f"{path} cannot be written: check its owner and rights")
    if shutil.disk_usage(path).free < _FULL:
        return Fault(f"{path}: the disk is full; make room")
    return f"{path}, {number} facts"


def _running(paths: Paths) -> str:
    try:
        reply = control.ask(paths.socket, ("health",))
        health = msgspec.convert(reply.data, Health)
        faults = health.faults()
        if faults:
            return Fault(f"yes, but {'; '.join(faults)}")
        return f"yes. {control.ask(paths.socket, ('why',)).text}"
    except control.NotRunning:
        if _locked(paths):
            return Fault("yes, but no command reaches it: end it, then start it with: qlbreak")
        return "no; start it with: qlbreak"
    except msgspec.ValidationError:
        return Fault("yes, another version of it: qlbreak quit, then start it with: qlbreak")
    except OSError as error:
        return Fault(f"no answer ({error}): if it runs, end it, then start it with: qlbreak")


def _locked(paths: Paths) -> bool:
    """Whether some process holds the record."""
    if not paths.lock.is_file():
        return False
    try:
        with Lock(paths.lock):
            return False
    except AlreadyRunning:
        return True
    except OSError:
        return False


def _autostart() -> str:
    try:
        state = autostart.status(autostart.ways())
    except OSError as error:
        return Fault(f"{error.filename} cannot be read: {error.strerror}")
    return Fault(state.text) if state.broken else state.text


def _tray(bus: "Bus | None") -> str:
    from qlbreak.tray.hosts import probe

    found = probe(bus)
    if found == "none":
        return "none here: the terminal, notifications and commands take its place"
    return found


def _notifications(bus: "Bus | None") -> str:
    from qlbreak.notify import survey

    return survey(bus)


def _idle() -> str:
    idle = Idle(list(sources()))
    seconds = idle()
    if seconds is None:
        return "cannot be read here: you count as sitting while the program runs"
    return f"from {idle.name}: {seconds:.0f} s"
