"""The record's folder goes and comes back, the socket is removed, the disk fills up."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaign.subject import Subject, room
from campaign.trial import Scale, Trial
from rig.session import Session


@dataclass(frozen=True)
class _Case:
    """What happens to the folders, and how it ends."""

    name: str
    away: Callable[[Subject], object]
    back: Callable[[Subject], object] = lambda subject: None


def _journal(subject: Subject) -> Path:
    return subject.data / "journal"


def _keep(subject: Subject) -> Path:
    return subject.data / "put-aside"


def _rename_file_for_a_folder(subject: Subject) -> None:
    file = subject.journal_file()
    file.rename(_keep(subject))
    file.mkdir()


def _file_again(subject: Subject) -> None:
    file = next(_journal(subject).glob("*.jsonl"))
    file.rmdir()
    _keep(subject).rename(file)


def _beside(subject: Subject) -> Path:
    return subject.data.with_name(f"{subject.data.name}-away")


_CASES = (
    _Case("the journal's folder renamed and back",
          lambda s: _journal(s).rename(_keep(s)), lambda s: _keep(s).rename(_journal(s))),
    _Case("the data folder renamed and back",
          lambda s: s.data.rename(_beside(s)), lambda s: _replaced(s.data, _beside(s))),
    _Case("the journal's folder removed", lambda s: shutil.rmtree(_journal(s))),
    _Case("the journal's folder removed, and an empty one made",
          lambda s: shutil.rmtree(_journal(s)), lambda s: _journal(s).mkdir(exist_ok=True)),
    _Case("the journal removed", lambda s: s.journal_file().unlink()),
    _Case("a folder in the journal's place", _rename_file_for_a_folder, _file_again),
)  # fmt: skip


def _replaced(place: Path, kept: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    kept.rename(place)


def folders(scale: Scale) -> Trial:
    trial = Trial(
        "the record's folder goes and comes back, the socket is removed, the disk is full"
    )
    with room() as session:
        for number, case in enumerate(_CASES):
            _goes_and_comes(trial, Subject(session, f"goes-{number}"), case)
        _socket_gone(trial, Subject(session, "socket"))
        _data_gone(trial, session)
        _full(trial, session, scale)
    return trial


def _goes_and_comes(trial: Trial, subject: Subject, case: _Case) -> None:
    """It goes on recording by itself, and what was said meanwhile is there."""
    trial.case()
    trial.hold(subject.start(), f"{case.name}: it does not start")
    subject.ask("sore", "left")
    case.away(subject)
    reply = subject.ask("sore", "right")
    trial.hold(not reply.refused, f"{case.name}: {reply.refused}")
    case.back(subject)
    subject.ask("sore", "both")

    def recorded() -> bool:
        facts = subject.program.journal()
        return [f["side"] for f in facts if f["type"] == "sore"][-2:] == ["right", "both"]

    trial.hold(subject.until(recorded, 45), f"{case.name}: {subject.program.journal()[-3:]}")
    trial.hold(subject.quit() == 0, f"{case.name}: it does not quit")
    trial.hold(not subject.tracebacks(), f"{case.name}: a traceback")


def _socket_gone(trial: Trial, subject: Subject) -> None:
    trial.case()
    subject.start()
    subject.places.socket.unlink()
    again = subject.until(subject.answers, 20)
    trial.hold(again, "socket removed: it is not reached again")
    trial.hold(subject.quit() == 0, "socket removed: it does not quit")


def _data_gone(trial: Trial, session: Session) -> None:
    """Whoever is started then: one of them runs in the end, and it answers."""
    trial.case()
    first = Subject(session, "gone")
    first.start()
    shutil.rmtree(first.data)
    second = Subject(session, "gone")
    second.start(20)
    alone = second.until(lambda: first.alive + second.alive == 1, 20)
    trial.hold(alone, "data folder removed, started again: two run")
    lives = first if first.alive else second
    trial.hold(lives.until(lives.answers, 10), "data folder removed: nobody answers")
    for subject in (first, second):
        subject.quit() if subject.alive else subject.kill()


def _full(trial: Trial, session: Session, scale: Scale) -> None:
    """Each answer says whether it is on the disk; none is lost by a quit in that state."""
    trial.case()
    with _small_disk(session.home / "full") as place:
        if place is None:
            trial.measured["a full disk"] = "not tried: mounting is not allowed here"
            return
        subject = Subject(session, "full/data")
        subject.start()
        _fill(place)
        tags = [f"{3600 + number / 1000:.3f}" for number in range(scale.rounds)]
        replies = [subject.ask("meeting", tag, "s") for tag in tags]
        counts = subject.numbered()
        lies = [t for t, r in zip(tags, replies, strict=True) if not r.unsaved and not counts[t]]
        trial.hold(not lies, f"full disk: {len(lies)} answers said to be on it that are not")
        subject.quit()
        (place / "filling").unlink()
        subject.start()
        whole = subject.until(lambda: all(subject.numbered()[tag] == 1 for tag in tags), 20)
        counts = subject.numbered()
        gone = sum(counts[tag] != 1 for tag in tags)
        trial.hold(whole, f"full disk, quit, room, start: {gone} of {len(tags)} not there once")
        trial.measured["answers on a full disk"] = len(tags)
        subject.quit()


@contextmanager
def _small_disk(place: Path) -> Iterator[Path | None]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(place)]
    if os.getuid() != 0 or subprocess.run(command, check=False).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def _fill(place: Path) -> None:
    with (place / "filling").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            return
