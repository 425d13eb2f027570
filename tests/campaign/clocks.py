"""The wall clock is wrong, is set, is of another zone; the steady one stays true."""

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from campaign.subject import Subject, room
from campaign.trial import Scale, Trial
from qlbreak.system.control import NotRunning
from rig.session import Session

_LIBRARIES = "lib*/**/faketime/libfaketime.so.1"


@dataclass(frozen=True)
class _Case:
    """The clock at first, then; the zone at first, then, after a restart."""

    name: str
    first: str
    then: str
    zone: str = "UTC"
    zone_then: str = ""


_CASES = (
    _Case("a day back", "2026-11-28 10:00:00", "2026-11-27 10:00:00"),
    _Case("a year on", "2026-11-28 10:00:00", "2027-11-28 10:00:00"),
    _Case("at the epoch, west of Greenwich", "1969-12-31 19:00:10", "1969-12-31 19:01:00",
          "America/New_York"),
    _Case("at the epoch, then set right", "1970-01-01 00:00:10", "2026-11-28 10:00:00"),
    _Case("right, then the epoch", "2026-11-28 10:00:00", "1970-01-01 00:00:10",
          "America/New_York"),
    _Case("over the date line", "2026-11-28 10:00:00", "2026-11-28 10:00:30", "Pacific/Kiritimati",
          "Pacific/Pago_Pago"),
    _Case("the year 2200", "2200-01-01 10:00:00", "2200-01-01 10:00:30"),
)  # fmt: skip


def clocks(scale: Scale) -> Trial:
    trial = Trial("the wall clock wrong, set by a day or a year, at the epoch, in another zone")
    library = next(Path("/usr").glob(_LIBRARIES), None)
    if library is None:
        trial.measured["clocks"] = "not tried: faketime is not installed"
        return trial
    with room() as session:
        for case in _CASES:
            _one(trial, session, case, library)
    return trial


def _one(trial: Trial, session: Session, case: _Case, library: Path) -> None:
    """It records, ends, starts again and reads all that it wrote."""
    trial.case()
    setting = session.folder / "faketime"
    setting.write_text(f"@{case.first}\n")
    fake = {
        "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(setting),
        "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": case.zone,
    }  # fmt: skip
    subject = Subject(session, f"clock-{abs(hash(case.name)) % 10_000}", 1.0, env=fake)
    if not subject.start():
        trial.hold(False, f"{case.name}: it does not start: {subject.said[-200:]}")
        return
    answers = [subject.ask("sore", "left"), subject.ask("start"), subject.ask("done")]
    setting.write_text(f"@{case.then}\n")
    threading.Event().wait(17)  # a tick
    with suppress(OSError, NotRunning):
        answers.append(subject.ask("sore", "right"))
    trial.hold(len(answers) == 4, f"{case.name}: no answer after the clock was set")
    unsaved = [reply.unsaved or reply.refused for reply in answers if reply.unsaved]
    trial.hold(not unsaved, f"{case.name}: not recorded: {unsaved}")
    trial.hold(subject.quit() == 0, f"{case.name}: it does not quit")
    subject.env["TZ"] = case.zone_then or case.zone
    trial.hold(subject.start(), f"{case.name}: it does not start again")
    trial.hold(subject.quit() == 0, f"{case.name}: it does not quit again")
    told = subject.command("stats", "--json")
    trial.hold(told.code == 0 and not told.err, f"{case.name}: stats: {told.err[-200:]}")
    told = subject.command("export")
    written = len(subject.program.journal())
    read = len(told.out.splitlines())
    trial.hold(read == written, f"{case.name}: {written} facts written, {read} read: {told.err}")
    trial.hold(not subject.tracebacks(), f"{case.name}: a traceback")
