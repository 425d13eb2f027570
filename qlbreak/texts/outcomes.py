"""What came of a command, in a sentence, and a fact as a line of the log."""

import errno
from collections.abc import Iterable, Mapping
from datetime import timedelta

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    CheckedIn,
    Corrected,
    Declared,
    Declined,
    Discontinued,
    Felt,
    Lengthened,
    Meeting,
    Moved,
    Paused,
    Prescribed,
    Reopened,
    Resumed,
    Sore,
    Staged,
    Started,
    Stayed,
    Swapped,
)
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Answer, Ending, Posture, Refusal, Side
from qlbreak.core.reminder.status import Status
from qlbreak.texts import moments, plans, safety
from qlbreak.texts.durations import brief, counted, exact, left

_SORE = {
    Side.LEFT: "Sore on the left: only gentle movements today.",
    Side.RIGHT: "Sore on the right: only gentle movements today.",
    Side.BOTH: "Sore on both sides: only gentle movements today.",
    None: "No longer sore: all your movements are back.",
}
_PLACES = {
    Place.OFFICE: "You are at the office now.",
    Place.HOME: "You are at home now.",
    Place.TRAVEL: "You are travelling now.",
}
# What follows from a reason to skip; without one nothing does.
_REFUSED: Mapping[Refusal | None, str] = {
    Refusal.NO_ROOM: "While you are here today, routines are seated or at the wall.",
    Refusal.SEEN: "While you are here today, routines are those that nobody notices.",
}
RESTS = "Its movements rest for a week."
_CORRECTED = {
    Ending.DONE: "The last reminder now counts as done.",
    Ending.SKIPPED: "The last reminder now counts as skipped.",
    Ending.EXPIRED: "The last reminder now counts as missed.",
    Ending.WITHDRAWN: "The last reminder no longer counts: you got up first.",
}


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
        case Swapped():
            return moments.instead(status)
        case Prescribed(programme=programme, replaced=replaced):
            return plans.loaded(programme, replaced)
        case Discontinued(name=name):
            return plans.ended(name)
        case Lengthened():
            return f"Reminders now come after {exact(status.interval)} of sitting."
        case _:
            return ""


def _answered(fact: Answered | Corrected | Reopened | Started, status: Status) -> str:
    match fact:
        case Started():
            return "Started. When you have finished: qlbreak done"
        case Answered(answer=Answer.SNOOZED):
            return moments.why(status)
        case Answered(answer=Answer.DONE):
            return "Done. The clock restarts."
        case Answered(reason=reason):
            following = f"The next reminder comes in {left(status.due_in)}."
            told = hurts() if reason is Refusal.HURTS else _REFUSED.get(reason, "")
            return " ".join(filter(None, ("Skipped.", told, following)))
        case Reopened():
            return f"Marked as not done. {moments.why(status)}"
        case Corrected(ending=ending):
            return _CORRECTED[ending]


def hurts() -> str:
    """What follows where a movement hurts: the safety text's own words, and where all of it is."""
    return f"{RESTS} {safety.when_it_hurts()} When to get help: qlbreak safety."


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
            return "Reminders are on again."
        case Declared():
            return _posture(fact, status)
        case Arrived(seconds=seconds):
            return f"Added {brief(seconds)} of sitting. {moments.why(status)}"


def _posture(fact: Declared, status: Status) -> str:
    if fact.posture is Posture.SITTING:
        return "Sitting. The clock is running."
    if fact.seconds is None and fact.until is None:
        return (
            "Standing. The sitting clock rests until you say that you sit again, for two hours at "
            "most."
        )
    end = fact.until or fact.at + timedelta(seconds=fact.seconds or 0.0)
    return f"Standing until {moments.hour(end, status.at)}. Then you count as sitting again."


def _told(
    fact: Stayed | Sore | CheckedIn | Moved | Staged | Declined | Felt, status: Status
) -> str:
    match fact:
        case Stayed(seconds=seconds):
            return f"Added {brief(seconds)} of sitting. {moments.why(status)}"
        case Sore(side=side):
            return _SORE[side]
        case Moved(place=place):
            return _PLACES[place]
        case Staged(stage=stage):
            return f"From now on: {moments.STAGES[stage]}."
        case Declined():
            return "Nothing changes for now."
        case Felt() | CheckedIn():
            return "Noted."


# What is wrong with the disk, and what to do about it.
_CURES = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "your disk quota is used up; free some space",
    errno.EFBIG: "the file has reached its size limit; raise the limit",
    errno.ENOENT: "its folder is gone; put it back",
    errno.ENOTDIR: "its folder is gone; put it back",
    errno.EACCES: "no permission; check its owner and permissions",
    errno.EPERM: "no permission; check its owner and permissions",
    errno.EROFS: "the disk is read-only; make it writable",
}


def unwritten(error: OSError) -> str:
    """Why nothing can be recorded, and what to do."""
    cure = _CURES.get(error.errno or 0, f"{error.strerror or error}; check the disk".lower())
    return f"The record cannot be written: {cure}"


def unsaved(trouble: str, *, safe: bool) -> str:
    """What is said with an answer that was taken, but is not on the disk. *safe*: it would outlive
    the program."""
    _, _, why = trouble.partition(": ")
    if safe:
        return f"not saved yet: {why}. It is kept, and recorded as soon as that works"
    return f"not saved yet: {why}. It is in memory only, and recorded as soon as that works"


def left_unwritten(number: int, *, lasting: bool) -> str:
    """At the end of the program. *lasting*: also a log-off loses nothing."""
    entries = counted(number, "entry", "entries")
    if lasting:
        return f"{entries} not in the record yet: check the disk, then start qlbreak again"
    return (
        f"{entries} not in the record yet: check the disk, then start qlbreak again before you log "
        "off"
    )


_UNLOGGED = {"at", "blocks", "programme", "prescriber", "name", "replaced"}


def log_line(fact: AnyFact) -> str:
    """A fact as a line of the log, which is also what a run without any front end says.

    Without the blocks, which the routine's name stands for, and without what is of a plan: a log
    may be shown to others.
    """
    names = [name for name in fact.__struct_fields__ if name not in _UNLOGGED]
    fields = {name: getattr(fact, name) for name in names}
    told = ", ".join(
        f"{name} {' '.join(value) if isinstance(value, tuple) else value}"
        for name, value in fields.items()
        if value not in (None, "", ())
    )
    return f"{type(fact).__name__.lower()}{': ' if told else ''}{told}"
