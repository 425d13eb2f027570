"""What was found here: a line each for settings, record, tray and the like; how to mend it."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from qlbreak import __version__, data
from qlbreak.app import session
from qlbreak.app.health import Health
from qlbreak.autostart import launcher, ways
from qlbreak.autostart.ways import AutostartState
from qlbreak.dbus import connect_bus
from qlbreak.language import N_, _, cells, ngettext
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
from qlbreak.texts.names import BUSY

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_A11Y = "org.a11y.Bus"
_FULL = 1_000_000  # bytes left on the disk


class Fault(str):
    """A finding that is wrong, with what mends it."""

    __slots__ = ()


Row = tuple[str, str]
# What is looked at; the names of what is sensed stand in the texts.
_ROWS = {
    # Translators: the heads of the lines of "qlbreak doctor"; at best not longer than 14 letters.
    "settings": N_("settings"),
    "record": N_("record"),
    "running": N_("running"),
    "autostart": N_("autostart"),
    "launcher": N_("launcher"),
    "tray": N_("tray"),
    "windows": N_("windows"),
    "notifications": N_("notifications"),
    "sound": N_("sound"),
    "voice": N_("voice"),
    "log": N_("log"),
    "idle time": N_("idle time"),
    "lock, sleep": N_("lock, sleep"),
}


def examine(paths: Paths) -> tuple[str, int]:
    """The report, and the exit code: 2 for settings that cannot be used, 5 for other faults."""
    rows = found(paths)
    faults = [name for name, text in rows if isinstance(text, Fault)]
    head = f"qlbreak {__version__}, Python {platform.python_version()}, {sys.platform}"
    called = [(_called(name), text) for name, text in rows]
    wide = max(15, *(cells.width(name) + 1 for name, _text in called))
    lines = [head, *(f"{cells.pad(name, wide)}{text}" for name, text in called)]
    if faults:
        lines.append(_("To fix: {names}.", names=", ".join(map(_called, faults))))
    unusable = "settings" in faults and not _usable(paths)
    return "\n".join(lines), USAGE if unusable else TO_MEND if faults else 0


def found(paths: Paths) -> list[Row]:
    bus, system = connect_bus(), connect_bus("SYSTEM")
    try:
        return [
            ("settings", _settings(paths)),
            ("record", _record(paths)),
            ("running", _running(paths)),
            ("autostart", _entry(lambda: ways.status(ways.ways()))),
            ("launcher", _entry(lambda: launcher.status(launcher.menu()))),
            ("tray", "; ".join(filter(None, (_tray(bus), _icon(paths))))),
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


def _called(name: str) -> str:
    return _(_ROWS[name]) if name in _ROWS else name


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
        return Fault(
            _("{why}: correct it; until then it does not start, or keeps what it had", why=error)
        )
    mistakes = data.load_with(paths.own)[1]
    if mistakes:
        return Fault(
            _("{names}: correct it; until then that entry is left out", names="; ".join(mistakes))
        )
    if found.found:
        file = str(paths.config)
    else:
        # Translators: of the settings: there is no such file.
        file = _("the defaults; none in {path}", path=paths.config)
    notes = [note.removeprefix(f"{found.path}, ") for note in found.notes]
    return "; ".join([file, *notes])


def _record(paths: Paths) -> str:
    try:
        folder = JournalFolder.of(paths, config.load(paths.config))
    except config.ConfigError:  # said above
        return "unknown until the settings are corrected"
    path = folder.own.path
    problems = journal.Problems()
    try:
        number = len(journal.read(path, problems))
        entries = ngettext("{n} entry", "{n} entries", number)
        others = len(folder.files()) - 1
    except FileNotFoundError:
        return _("{path}, not there yet", path=path)
    except OSError as error:
        return Fault(
            _(
                "{path} cannot be read: {strerror}; check its owner and permissions",
                path=path,
                strerror=error.strerror,
            )
        )
    if problems.number > problems.newer:
        return Fault(_bad_lines(path, entries, problems))
    return _unwritable(paths, path) or _what_is_there(path, entries, others, problems)


def _unwritable(paths: Paths, path: Path) -> str:
    if not all(os.access(needed, os.W_OK) for needed in (path, path.parent, paths.data)):
        return Fault(_("{path} cannot be written: check its owner and permissions", path=path))
    if shutil.disk_usage(path).free < _FULL:
        return Fault(_("{path}: the disk is full; free some space", path=path))
    return ""


def _what_is_there(path: Path, entries: str, others: int, problems: journal.Problems) -> str:
    told = [f"{path}, {entries}"]
    if others:
        told.append(_("other devices in that folder: {n}", n=others))
    if problems:
        lines = updates.lines_of_a_newer_one(problems.newer)
        told.append(_("{lines}, the first: {line}", lines=lines, line=problems[0]))
    return "; ".join(told)


def _bad_lines(path: Path, entries: str, problems: journal.Problems) -> str:
    return ngettext(
        "{path}, {entries}; {n} line not readable and left out, the first: {line}; correct or "
        "remove them in an editor",
        "{path}, {entries}; {n} lines not readable and left out, the first: {line}; correct or "
        "remove them in an editor",
        problems.number,
        path=path,
        entries=entries,
        line=problems[0],
    )


def _running(paths: Paths) -> str:
    try:
        reply = control.ask(paths.socket, ("health",))
        health = msgspec.convert(reply.data, Health)
        faults = health.faults()
        if faults:
            # Translators: whether it runs, and what is wrong.
            return Fault(_("yes, but {faults}", faults="; ".join(faults)))
        if session.other(health.session):
            return Fault(
                _(
                    "yes, but in your other session ({session}), where its reminders appear; to "
                    "use it here: qlbreak quit, then qlbreak",
                    session=health.session,
                )
            )
        why = control.ask(paths.socket, ("why",)).text
        # Translators: whether it runs, and why no reminder comes now.
        return " ".join(filter(None, (_("yes. {why}", why=why), _elsewhere(paths))))
    except control.NotRunning:
        if paths.holder is not None:
            return Fault(_("yes, but commands cannot reach it right now: try again in 15 seconds"))
        return _("no; start it with: qlbreak")
    except msgspec.ValidationError:
        return Fault(_("yes, but another version: qlbreak quit, then start it with: qlbreak"))
    except OSError as error:
        return Fault(
            _("no answer ({why}): if it runs, end it, then start it with: qlbreak", why=error)
        )


def _elsewhere(paths: Paths) -> str:
    """Where its record is, if another is meant here."""
    data = paths.elsewhere
    if not data:
        return ""
    return _(
        "Its record is in {folder}; from here it would be {other}", folder=data, other=paths.data
    )


def _log(paths: Paths) -> str:
    trouble = logs.trouble(paths.log)
    return (
        Fault(_("{trouble}; check its owner and permissions", trouble=trouble))
        if trouble
        else str(paths.log)
    )


def _entry(status: Callable[[], AutostartState]) -> str:
    """Of what is written for the session, or for its menu."""
    try:
        state = status()
    except OSError as error:
        return Fault(
            _(
                "{filename} cannot be read: {strerror}",
                filename=error.filename,
                strerror=error.strerror,
            )
        )
    return Fault(state.text) if state.broken else state.text


def _windows(bus: "Bus | None") -> str:
    from qlbreak.widgets import qt

    trouble = qt.missing()
    if trouble and (qt.wanted() or sys.platform != "linux"):
        return Fault(_("{trouble}; until then the terminal takes their place", trouble=trouble))
    if trouble:
        return _("none: {trouble}; the terminal takes their place", trouble=trouble)
    # Translators: which library shows windows.
    return "; ".join(filter(None, (_("by Qt"), _screen_readers(bus))))


def _screen_readers(bus: "Bus | None") -> str:
    """Whether one would find anything: on Linux windows tell themselves over a bus of its own."""
    from qlbreak.dbus import DAEMON, BusError

    if sys.platform != "linux" or bus is None:
        return ""
    try:
        if not bus.name_has_owner(_A11Y):
            (known,) = bus.call(*DAEMON, "ListActivatableNames")
            if _A11Y in known:
                return _("accessibility bus: off, starts when asked")
            return _("accessibility bus: not there; screen readers need it (Debian: at-spi2-core)")
        status = (_A11Y, "/org/a11y/bus", "org.a11y.Status")
        enabled, reader = (bus.get(*status, name) for name in ("IsEnabled", "ScreenReaderEnabled"))
    except (BusError, OSError):
        return _("accessibility bus: does not answer")
    if reader:
        return _("accessibility bus: on, with a screen reader")
    return _("accessibility bus: on") if enabled else _("accessibility bus: on, nobody asks")


def _tray(bus: "Bus | None") -> str:
    from qlbreak.tray.hosts import probe, remedy

    found = probe(bus)
    if found == "none":
        text = _("none here; use the terminal, notifications and commands instead")
        return "; ".join(filter(None, (text, remedy())))
    return found


def _icon(paths: Paths) -> str:
    """Whether the running program's icon is there, which is more than that it could be."""
    try:
        health = msgspec.convert(control.ask(paths.socket, ("health",)).data, Health)
    except (control.NotRunning, msgspec.ValidationError, OSError):
        return ""
    return _("the icon is shown") if health.tray else _("no icon is shown")


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
            yield of.asked, _("turned off in the settings: {key}", key=f"[busy] {of.key}")
        else:
            yield of.asked, survey.busy(found.get(reason, []))
