"""Each write, fsync, rename, open and ftruncate fails, once or for long: said, kept, healed."""

import itertools
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path

from campaign import journals
from campaign.subject import Subject, room
from campaign.trial import Scale, Trial
from qlbreak.record.folder import JournalFolder
from qlbreak.settings import config as settings
from qlbreak.system import control
from rig.session import Session
from rig.waiting import Unmet

_ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES")
_CALLS = ("write", "fsync", "open", "rename", "ftruncate", "any")
# From which call on, how many of them; SHORT: half of it is written first.
_PATTERNS = ((1, 1, ""), (2, 1, ""), (1, 3, ""), (1, 100_000, ""), (1, 6, "SHORT"))
_COMMANDS = {
    "check-in": ("check-in", "--left", "3"),
    "export": ("export", "-o", "{data}/out.jsonl"),
    "compress": ("compress",),
    "delete-data": ("delete-data", "--yes"),
    "stats": ("stats", "--json"),
    "doctor": ("doctor", "--report"),
    "set-up": ("set-up", "--terminal"),
}


class _Faults:
    """Calls of a program that fail on paths below a folder; what is set anew counts anew."""

    def __init__(self, session: Session, below: Path) -> None:
        library = session.folder / "faultio.so"
        source = Path(__file__).with_name("faultio.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        self._control, self._log = session.folder / "faults", session.folder / "faults-hit"
        self._numbers = itertools.count(1)
        self.env = {
            "LD_PRELOAD": str(library), "FAULT_FILE": str(self._control),
            "FAULT_PATH": str(below), "FAULT_LOG": str(self._log),
        }  # fmt: skip
        self.none()

    def set(self, call: str, error: str, first: int, count: int, more: str = "") -> None:
        self._log.unlink(missing_ok=True)
        self._write(f"{call} {error} {first} {count} {more} #{next(self._numbers)}")

    def none(self) -> None:
        self._write("")

    @property
    def hits(self) -> int:
        if not self._log.exists():
            return 0
        return sum(" pass " not in line for line in self._log.read_text().splitlines())

    def _write(self, text: str) -> None:
        new = self._control.with_suffix(".new")
        new.write_text(text)
        new.replace(self._control)


def disk(scale: Scale) -> Trial:
    trial = Trial(
        "each write, fsync, rename, open and ftruncate fails (full, broken, read-only, not allowed)"
    )
    with room() as session:
        _running(trial, session)
        _starting(trial, session, scale)
        _commands(trial, session, scale)
    return trial


def _running(trial: Trial, session: Session) -> None:
    """What was answered is on the disk, or the answer says that it is not, and it gets there."""
    data = session.home / "running"
    faults = _Faults(session, data)
    subject = Subject(session, "running", env=faults.env)
    trial.hold(subject.start(), "running: it does not start")
    numbers = itertools.count(1)
    for call, error, (first, count, more) in itertools.product(_CALLS, _ERRORS, _PATTERNS):
        name = f"{call} {error} {first}+{count} {more}".strip()
        if not subject.alive:
            trial.hold(False, f"{name}: it has ended before")
            subject.start()
        if call == "open":  # which the next answer needs, then
            copy = subject.data / "journal" / f"{next(numbers)} (copy).jsonl"
            subject.journal_file().rename(copy)
        faults.set(call, error, first, count, more)
        tags = [f"{3600 + next(numbers) / 1000:.3f}" for _ in range(3)]
        taken = [tag for tag in tags if _taken(trial, subject, name, tag)]
        trial.case(bool(faults.hits))
        faults.none()
        subject.until(partial(_all_there, subject, taken), 5)
        counts = subject.numbered()
        trial.hold(all(counts[tag] == 1 for tag in taken), f"{name}: {[counts[t] for t in taken]}")
    lines = subject.journal_file().read_bytes().splitlines()
    joined = [line for line in lines if line.count(b'{"v"') > 1]
    trial.hold(not joined, f"two facts on a line: {joined[:2]}")
    trial.hold(not subject.tracebacks(), f"running: {subject.tracebacks()} tracebacks")
    trial.hold(subject.quit() == 0, "running: it does not quit")


def _taken(trial: Trial, subject: Subject, name: str, tag: str) -> bool:
    """Whether the answer was; what it says must be true at that moment."""
    try:
        reply = subject.ask("meeting", tag, "s")
    except (OSError, control.NotRunning) as silent:
        trial.hold(False, f"{name}: no answer: {silent!r}")
        return False
    said = reply.refused or reply.unsaved
    trial.hold(said or subject.numbered()[tag], f"{name}: said to be done, not on the disk")
    return not reply.refused


def _all_there(subject: Subject, tags: list[str]) -> bool:
    counts = subject.numbered()
    return all(counts[tag] for tag in tags)


def _starting(trial: Trial, session: Session, scale: Scale) -> None:
    """It starts, or ends with one line; and the record is as it was."""
    faults = _Faults(session, session.home / "starting")
    for error in _ERRORS:
        for number in range(1, 60):
            subject = Subject(session, "starting", env=faults.env)
            file = _record(subject, 2, scale.seed)
            before = file.read_bytes()
            faults.set("any", error, number, 1)
            process_ended = False
            try:
                subject.start(8)
            except Unmet:
                process_ended = True
            started = not process_ended and subject.alive
            hits = faults.hits
            faults.none()
            log = subject.said
            subject.kill()
            if not hits:
                break
            trial.case()
            name = f"start, call {number} {error}"
            trial.hold("Traceback" not in log, f"{name}: a traceback: {log[-200:]}")
            trial.hold(started or log.strip(), f"{name}: ends and does not say why")
            trial.hold(file.read_bytes().startswith(before), f"{name}: the record is changed")


def _commands(trial: Trial, session: Session, scale: Scale) -> None:
    """One line, the right exit code, nothing lost, nothing left lying."""
    faults = _Faults(session, session.home / "commands")
    for (name, words), error in itertools.product(_COMMANDS.items(), _ERRORS):
        for number in range(1, 16):
            subject = Subject(
                session, "commands", settings='# mine\n[prompt]\nsitting = "30 min"\n'
            )
            _record(subject, 60, scale.seed)
            before = _facts(subject)
            faults.set("any", error, number, 1)
            subject.program.env.update(faults.env)
            told = subject.command(
                *(word.format(data=subject.data) for word in words),
                stdin="left\n" * 12 if name == "set-up" else "",
            )
            hits = faults.hits
            faults.none()
            if not hits:
                break
            trial.case()
            what = f"{name}, call {number} {error}"
            trial.hold("Traceback" not in told.err, f"{what}: a traceback")
            lines = told.err.strip().splitlines()
            trial.hold(len(lines) <= 1 or name == "set-up", f"{what}: {lines}")
            if name != "delete-data":
                missing = before - _facts(subject)
                trial.hold(missing <= 0, f"{what}: {missing} facts are gone")
            left = [p.name for p in subject.data.rglob(".*") if p.is_file()]
            trial.hold(not left, f"{what}: left lying: {left[:3]}")


def _record(subject: Subject, days: int, seed: int) -> Path:
    """A record of some days, as this device would have it."""
    folder = JournalFolder.of(subject.places, settings.load(subject.config))
    journals.write(folder.own.path, days, seed)
    return folder.own.path


def _facts(subject: Subject) -> int:
    folder = JournalFolder.of(subject.places, settings.load(subject.config))
    with suppress(OSError):
        return sum(map(len, folder.read_all([]).values()))
    return 0
