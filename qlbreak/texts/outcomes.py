"""What came of a command, in a sentence, and a fact as a line of the log."""

import errno
from collections.abc import Iterable
from datetime import timedelta

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    CheckedIn,
    Corrected,
    Declared,
    Declined,
    Felt,
    Lengthened,
    Meeting,
    Moved,
    Paused,
    Reopened,
    Resumed,
    Sore,
    Staged,
    Started,
    Stayed,
)
from qlbreak.core.model.terms import Answer, Posture, Side
from qlbreak.core.reminder.status import Status
from qlbreak.texts import moments
from qlbreak.texts.durations import brief, exact, left

_SORE = {
    Side.LEFT: "Sore on the left",
    Side.RIGHT: "Sore on the right",
    Side.BOTH: "Sore on both sides",
}
_GENTLE = "only gentle movements today."


def outcome(facts: Iterable[AnyFact], status: Status) -> str:
    """What a command has done, and how things stand since."""
    texts = [text for fact in facts if (text := _outcome(fact, status))]
    return " ".join(texts) or moments.why(status)


def _outcome(fact: AnyFact, status: Status) -> str:
    match fact:
        case Answered() | Corrected() | Reopened() | Started():
            return _answered(fact, status)
        case Paused() | Meeting() | Resumed() | Declared() | Arrived():
            return _declared(fact, status)
        case Stayed() | Sore() | CheckedIn() | Moved() | Staged() | Declined() | Felt():
            return _told(fact, status)
        case Lengthened():
            return f"Reminders come after {exact(status.interval)} of sitting."
        case _:
            return ""


def _answered(fact: Answered | Corrected | Reopened | Started, status: Status) -> str:
    match fact:
        case Started():
            return "Started. When you have finished: qlbreak done"
        case Answered(answer=Answer.SNOOZED):
            return moments.why(status)
        case Answered(answer=Answer.DONE):
            return "Done; the clock starts anew."
        case Answered():
            return f"Skipped; the next reminder comes in {left(status.due_in)}."
        case Reopened():
            return f"It counts as not done. {moments.why(status)}"
        case Corrected(ending=ending):
            return f"The last reminder counts as {ending.value} now."


def _declared(fact: Paused | Meeting | Resumed | Declared | Arrived, status: Status) -> str:
    match fact:
        case Paused(seconds=seconds, until=until):
            end = until or fact.at + timedelta(seconds=seconds or 0.0)
            return f"Paused until {moments.hour(end, status.at)}."
        case Meeting(seconds=0):
            return "The meeting is over."
        case Meeting(seconds=seconds):
            over = fact.at + timedelta(seconds=seconds)
            return f"In a meeting until {moments.hour(over, status.at)}."
        case Resumed():
            return "Reminders come again."
        case Declared(posture=Posture.STANDING):
            return "Standing: the sitting clock rests."
        case Declared():
            return "Sitting: the clock runs."
        case Arrived(seconds=seconds):
            return f"Counted {brief(seconds)} of sitting. {moments.why(status)}"


def _told(
    fact: Stayed | Sore | CheckedIn | Moved | Staged | Declined | Felt, status: Status
) -> str:
    match fact:
        case Stayed(seconds=seconds):
            return f"Counted {brief(seconds)} more of sitting. {moments.why(status)}"
        case Sore(side=side):
            return "Not sore any more." if side is None else f"{_SORE[side]}: {_GENTLE}"
        case Moved(place=place):
            return f"Now at: {place}."
        case Staged(stage=stage):
            return f"From now on: {moments.STAGES[stage]}."
        case Declined():
            return "Not yet; it stays as it is."
        case Felt() | CheckedIn():
            return "Noted."


# What is wrong with the disk, and what to do about it.
_CURES = {
    errno.ENOSPC: "the disk is full; make room",
    errno.EDQUOT: "your share of the disk is full; make room",
    errno.EFBIG: "the file may not grow any more; let it",
    errno.ENOENT: "its folder is gone; bring it back",
    errno.ENOTDIR: "its folder is gone; bring it back",
    errno.EACCES: "this may not be written; check its owner and rights",
    errno.EPERM: "this may not be written; check its owner and rights",
    errno.EROFS: "the disk can only be read; see why",
}


def unwritten(error: OSError) -> str:
    """Why nothing can be recorded, and what to do."""
    cure = _CURES.get(error.errno or 0, f"{error.strerror or error}; see to the disk".lower())
    return f"The record cannot be written: {cure}"


def unsaved(trouble: str, *, safe: bool) -> str:
    """What is said with an answer that was taken, but is not on the disk. *safe*: it would outlive
    the program."""
    _, _, why = trouble.partition(": ")
    kept = "is kept" if safe else "is in the memory of the program alone"
    return f"not on the disk yet: {why}. It {kept}, and recorded as soon as that works"


def left_unwritten(number: int, *, lasting: bool) -> str:
    """At the end of the program. *lasting*: also a log-off loses nothing."""
    facts = "1 fact is" if number == 1 else f"{number} facts are"
    again = "start it again" if lasting else "start it again before you log off"
    return f"{facts} not in the record yet: see to the disk, and {again}"


def log_line(fact: AnyFact) -> str:
    """A fact as a line of the log, which is also what a run without any front end says.

    Without the blocks, which the routine's name stands for.
    """
    names = [name for name in fact.__struct_fields__ if name not in ("at", "blocks")]
    fields = {name: getattr(fact, name) for name in names}
    told = ", ".join(
        f"{name} {' '.join(value) if isinstance(value, tuple) else value}"
        for name, value in fields.items()
        if value not in (None, "", ())
    )
    return f"{type(fact).__name__.lower()}{': ' if told else ''}{told}"
