"""What was found here: a line each for settings, record, tray and the like; how to mend it."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from qlbreak import __version__, data
from qlbreak.app import session
from qlbreak.app.health import Health
from qlbreak.autostart import launcher, ways
from qlbreak.dbus import connect_bus
from qlbreak.record import journal
from qlbreak.record.folder import JournalFolder
from qlbreak.senses import survey
from qlbreak.senses.choice import sources
from qlbreak.senses.source import Sense
from qlbreak.settings import config
from qlbreak.settings.schema import BusySection
from qlbreak.sound import means
from qlbreak.system import control, logs
from qlbreak.system.exits import TO_MEND, USAGE
from qlbreak.system.paths import Paths
from qlbreak.texts import updates
from qlbreak.texts.durations import counted
from qlbreak.texts.names import BUSY

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_A11Y = "org.a11y.Bus"
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
        lines.append(f"To fix: {', '.join(faults)}.")
    unusable = "settings" in faults and not _usable(paths)
    return "\n".join(lines), USAGE if unusable else TO_MEND if faults else 0


def found(paths: Paths) -> list[Row]:
    bus, system = connect_bus(), connect_bus("SYSTEM")
    try:
        return [
            ("settings", _settings(paths)),
            ("record", _record(paths)),
            ("running", _running(paths)),
            ("autostart", _autostart()),
            ("launcher", _launcher()),
            ("tray", _tray(bus) + _icon(paths)),
            ("windows", _windows(bus)),
            ("notifications", _notifications(bus)),
            ("sound", means.sound_found()),
            ("voice", means.voice_found()),
            *_senses(paths, bus, system),
            ("log", _log(paths)),
        ]
    finally:
        for opened in (bus, system):
            if opened is not None:
                opened.close()


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
        return Fault(f"{error}: correct it; until then it does not start, or keeps what it had")
    mistakes = data.load_with(paths.own)[1]
    if mistakes:
        return Fault(f"{'; '.join(mistakes)}: correct it; until then that entry is left out")
    file = str(paths.config) if found.found else f"the defaults; none in {paths.config}"
    return "; ".join([file, *found.notes])


def _record(paths: Paths) -> str:
    try:
        folder = JournalFolder.of(paths, config.load(paths.config))
    except config.ConfigError:  # said above
        return "unknown until the settings are corrected"
    path = folder.own.path
    problems = journal.Problems()
    try:
        entries = counted(len(journal.read(path, problems)), "entry", "entries")
        others = len(folder.files()) - 1
    except FileNotFoundError:
        return f"{path}, not there yet"
    except OSError as error:
        return Fault(f"{path} cannot be read: {error.strerror}; check its owner and permissions")
    if problems.number > problems.newer:
        bad = counted(problems.number, "line")
        text = f"{path}, {entries}; {bad} not readable and left out"
        return Fault(f"{text}, the first: {problems[0]}; correct or remove them in an editor")
    if not all(os.access(needed, os.W_OK) for needed in (path, path.parent, paths.data)):
        return Fault(f"{path} cannot be written: check its owner and permissions")
    if shutil.disk_usage(path).free < _FULL:
        return Fault(f"{path}: the disk is full; free some space")
    more = f"; other devices in that folder: {others}" if others else ""
    if problems:
        more += f"; {updates.lines_of_a_newer_one(problems.newer)}, the first: {problems[0]}"
    return f"{path}, {entries}{more}"


def _running(paths: Paths) -> str:
    try:
        reply = control.ask(paths.socket, ("health",))
        health = msgspec.convert(reply.data, Health)
        faults = health.faults()
        if faults:
            return Fault(f"yes, but {'; '.join(faults)}")
        if session.other(health.session):
            return Fault(
                f"yes, but in your other session ({health.session}), where its reminders appear; "
                "to use it here: qlbreak quit, then qlbreak"
            )
        return f"yes. {control.ask(paths.socket, ('why',)).text}{_place(paths)}"
    except control.NotRunning:
        if paths.holder is not None:
            return Fault("yes, but commands cannot reach it right now: try again in 15 seconds")
        return "no; start it with: qlbreak"
    except msgspec.ValidationError:
        return Fault("yes, but another version: qlbreak quit, then start it with: qlbreak")
    except OSError as error:
        return Fault(f"no answer ({error}): if it runs, end it, then start it with: qlbreak")


def _place(paths: Paths) -> str:
    """Where its record is, if another is meant here."""
    data = paths.elsewhere
    return f" Its record is in {data}; from here it would be {paths.data}" if data else ""


def _log(paths: Paths) -> str:
    trouble = logs.trouble(paths.log)
    return Fault(f"{trouble}; check its owner and permissions") if trouble else str(paths.log)


def _autostart() -> str:
    try:
        state = ways.status(ways.ways())
    except OSError as error:
        return Fault(f"{error.filename} cannot be read: {error.strerror}")
    return Fault(state.text) if state.broken else state.text


def _launcher() -> str:
    try:
        state = launcher.status(launcher.menu())
    except OSError as error:
        return Fault(f"{error.filename} cannot be read: {error.strerror}")
    return Fault(state.text) if state.broken else state.text


def _windows(bus: "Bus | None") -> str:
    from qlbreak.widgets import qt

    trouble = qt.missing()
    if trouble and (qt.wanted() or sys.platform != "linux"):
        return Fault(f"{trouble}; until then the terminal takes their place")
    if trouble:
        return f"none: {trouble}; the terminal takes their place"
    return f"by Qt{_screen_readers(bus)}"


def _screen_readers(bus: "Bus | None") -> str:
    """Whether one would find anything: on Linux windows tell themselves over a bus of its own."""
    from qlbreak.dbus import DAEMON, BusError

    if sys.platform != "linux" or bus is None:
        return ""
    try:
        if not bus.name_has_owner(_A11Y):
            (known,) = bus.call(*DAEMON, "ListActivatableNames")
            lacks = "not there; screen readers need it (Debian: at-spi2-core)"
            return f"; accessibility bus: {'off, starts when asked' if _A11Y in known else lacks}"
        status = (_A11Y, "/org/a11y/bus", "org.a11y.Status")
        enabled, reader = (bus.get(*status, name) for name in ("IsEnabled", "ScreenReaderEnabled"))
    except (BusError, OSError):
        return "; accessibility bus: does not answer"
    state = "on, with a screen reader" if reader else "on" if enabled else "on, nobody asks"
    return f"; accessibility bus: {state}"


def _tray(bus: "Bus | None") -> str:
    from qlbreak.tray.hosts import probe, remedy

    found = probe(bus)
    if found == "none":
        text = "none here; use the terminal, notifications and commands instead"
        return "; ".join(filter(None, (text, remedy())))
    return found


def _icon(paths: Paths) -> str:
    """Whether the running program's icon is there, which is more than that it could be."""
    try:
        health = msgspec.convert(control.ask(paths.socket, ("health",)).data, Health)
    except (control.NotRunning, msgspec.ValidationError, OSError):
        return ""
    return "; the icon is shown" if health.tray else "; no icon is shown"


def _notifications(bus: "Bus | None") -> str:
    from qlbreak.notify import survey

    return survey(bus)


def _senses(paths: Paths, bus: "Bus | None", system: "Bus | None") -> Iterator[Row]:
    """What is asked about the person, by whom, and what it says now."""
    try:
        wanted = config.load(paths.config).busy.wanted
    except config.ConfigError:
        wanted = BusySection().wanted
    asked, offered = {*Sense, *wanted}, sources(session=bus, system=system)
    found = survey.survey(source for source in offered if source.about in asked)
    yield "idle time", f"\n{'':15}".join(survey.idle(found.get(Sense.IDLE, [])))
    yield "lock, sleep", survey.locked(found.get(Sense.LOCKED, []))
    for reason, of in BUSY.items():
        if reason not in wanted:
            yield of.asked, f"turned off in the settings: [busy] {of.key}"
        else:
            yield of.asked, survey.busy(found.get(reason, []))
