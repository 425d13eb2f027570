"""What was found here: settings, record, tray, notifications, idle time, what keeps busy."""

import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qlbreak import __version__, config, control, journal, shelf
from qlbreak.busy import Busy, Said, detectors
from qlbreak.core.terms import Reason
from qlbreak.idle import survey as survey_idle
from qlbreak.idle.choice import sources
from qlbreak.paths import Paths
from qlbreak.session import survey as survey_lock
from qlbreak.session.choice import signs

if TYPE_CHECKING:
    from qlbreak.dbus import Bus


def examine(paths: Paths) -> tuple[str, int]:
    """The report, and the exit code: 2 for settings that cannot be used."""
    from qlbreak.app import connect_bus

    bus, system = connect_bus(), connect_bus("SYSTEM")
    try:
        settings, fine = _settings(paths)
        rows = [
            ("settings", settings),
            ("record", _record(paths)),
            ("running", _running(paths)),
            ("tray", _tray(bus)),
            ("notifications", _notifications(bus)),
            ("idle time", _idle(bus, system)),
            ("lock, sleep", survey_lock([*signs(bus, system)])),
            *_busy(paths, bus, system),
            ("log", str(paths.log)),
        ]
    finally:
        for opened in (bus, system):
            if opened is not None:
                opened.close()
    head = f"qlbreak {__version__}, Python {platform.python_version()}, {sys.platform}"
    return "\n".join([head, *(f"{name:<15}{text}" for name, text in rows)]), 0 if fine else 2


def _settings(paths: Paths) -> tuple[str, bool]:
    try:
        found = config.load(paths.config)
    except config.ConfigError as error:
        return f"{error}: mend it, then start again", False
    place = str(paths.config) if found.found else f"the defaults; none in {paths.config}"
    return "; ".join([place, *found.notes]), True


def _record(paths: Paths) -> str:
    try:
        place = shelf.of(paths, config.load(paths.config))
    except config.ConfigError:  # said above
        return "the settings say where, and cannot be used"
    path = place.own.path
    problems: list[journal.Problem] = []
    try:
        number = len(journal.read(path, problems))
        others = len(place.leaves()) - 1
    except FileNotFoundError:
        return f"{path}, not there yet"
    except OSError as error:
        return f"{path} cannot be read: {error.strerror}"
    skipped = [f"{len(problems)} lines skipped, the first: {problems[0]}"] if problems else []
    more = [f"other devices in that folder: {others}"] if others else []
    return "; ".join([f"{path}, {number} facts", *more, *skipped])


def _running(paths: Paths) -> str:
    try:
        reply = control.ask(paths.socket, ("why",))
    except control.NotRunning:
        return "no; start it with: qlbreak"
    except OSError as error:
        return f"it does not answer: {error}"
    return f"yes. {reply.text}"


def _tray(bus: "Bus | None") -> str:
    from qlbreak.tray.hosts import probe

    found = probe(bus)
    if found == "none":
        return "none here: the terminal, notifications and commands take its place"
    return found


def _notifications(bus: "Bus | None") -> str:
    from qlbreak.notify import survey

    return survey(bus)


def _idle(bus: "Bus | None", system: "Bus | None") -> str:
    """The source that is used comes first, then all others in the order in which they are asked."""
    lines = survey_idle(sources(session=bus, system=system))
    if not any(line.startswith("from ") for line in lines):
        lines = ["cannot be read here: you count as sitting while the program runs", *lines]
    lines.sort(key=lambda line: line.startswith(("not ", "spare")))
    return f"\n{'':15}".join(lines)


def _busy(paths: Paths, bus: "Bus | None", system_bus: "Bus | None") -> Iterator[tuple[str, str]]:
    """What is asked about a person who is busy, and what it says now: a row for each reason."""
    try:
        wanted = config.load(paths.config).busy.wanted
    except config.ConfigError:
        wanted = config.Switches().wanted
    busy = Busy(detectors(bus, system_bus), wanted)
    now = busy()
    for reason, (name, key) in _SENSES.items():
        if reason not in wanted:
            yield name, f"switched off in the settings: [busy] {key}"
        else:
            yield name, _said(busy.told(reason), reason in now)


def _said(told: list[Said], holds: bool) -> str:
    troubles = [f"{said.name}: {said.trouble}" for said in told if said.trouble]
    names = ", ".join(said.name for said in told if said.answer is holds)
    if names:
        return "; ".join([f"{'yes' if holds else 'no'}, by {names}", *troubles])
    if troubles:
        return f"cannot be read here. {'; '.join(troubles)}"
    if told:
        return f"nobody here tells; looked for {', '.join(said.name for said in told)}"
    return "cannot be read here"


# In the report, and in the settings.
_SENSES = {
    Reason.MICROPHONE: ("microphone", "microphone"),
    Reason.CAMERA: ("camera", "camera"),
    Reason.FULL_SCREEN: ("full screen", "full_screen"),
    Reason.DO_NOT_DISTURB: ("do not disturb", "do_not_disturb"),
    Reason.INHIBITED: ("screen kept on", "inhibitors"),
}
