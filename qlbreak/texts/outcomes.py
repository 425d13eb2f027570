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
from qlbreak.language import _, formats, ngettext
from qlbreak.texts import moments, plans, safety
from qlbreak.texts.durations import brief, exact, left

_SORE = {
    Side.LEFT: _("Sore on the left: only gentle movements today."),
    Side.RIGHT: _("Sore on the right: only gentle movements today."),
    Side.BOTH: _("Sore on both sides: only gentle movements today."),
    None: _("No longer sore: all your movements are back."),
}
_PLACES = {
    Place.OFFICE: _("You are at the office now."),
    Place.HOME: _("You are at home now."),
    Place.TRAVEL: _("You are travelling now."),
}
# What follows from a reason to skip; without one nothing does.
_REFUSED: Mapping[Refusal | None, str] = {
    Refusal.NO_ROOM: _("While you are here today, routines are seated or at the wall."),
    Refusal.SEEN: _("While you are here today, routines are those that nobody notices."),
}
# Translators: the movements of a routine that hurt
RESTS = _("Its movements rest for a week.")
_CORRECTED = {
    Ending.DONE: _("The last reminder now counts as done."),
    Ending.SKIPPED: _("The last reminder now counts as skipped."),
    Ending.EXPIRED: _("The last reminder now counts as missed."),
    Ending.WITHDRAWN: _("The last reminder no longer counts: you got up first."),
}


def outcome(facts: Iterable[AnyFact], status: Status) -> str:
    """What a command has done, and how things stand since."""
    texts = [text for fact in facts if (text := _outcome(fact, status))]
    return formats.sentences(*texts) or moments.why(status)


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
            return _("Reminders now come after {long} of sitting.", long=exact(status.interval))
        case _:
            return ""


def _answered(fact: Answered | Corrected | Reopened | Started, status: Status) -> str:
    match fact:
        case Started():
            return _("Started. When you have finished: qlbreak done")
        case Answered(answer=Answer.SNOOZED):
            return moments.why(status)
        case Answered(answer=Answer.DONE):
            return _("Done. The clock restarts.")
        case Answered(reason=reason):
            following = _("The next reminder comes in {long}.", long=left(status.due_in))
            told = hurts() if reason is Refusal.HURTS else _REFUSED.get(reason, "")
            return formats.sentences(_("Skipped."), told, following)
        case Reopened():
            return formats.sentences(_("Marked as not done."), moments.why(status))
        case Corrected(ending=ending):
            return _CORRECTED[ending]


def hurts() -> str:
    """What follows where a movement hurts: the safety text's own words, and where all of it is."""
    return formats.sentences(RESTS, safety.when_it_hurts(), _("When to get help: qlbreak safety."))


def _declared(fact: Paused | Meeting | Resumed | Declared | Arrived, status: Status) -> str:
    match fact:
        case Paused(seconds=seconds, until=until):
            end = until or fact.at + timedelta(seconds=seconds or 0.0)
            return _("Paused until {until}.", until=moments.hour(end, status.at))
        case Meeting(seconds=0):
            return _("The meeting is over.")
        case Meeting(seconds=seconds):
            over = fact.at + timedelta(seconds=seconds)
            return _("In a meeting until {until}.", until=moments.hour(over, status.at))
        case Resumed():
            return _("Reminders are on again.")
        case Declared():
            return _posture(fact, status)
        case Arrived(seconds=seconds):
            return _added(seconds, status)


def _added(seconds: float, status: Status) -> str:
    added = _("Added {long} of sitting.", long=brief(seconds))
    return formats.sentences(added, moments.why(status))


def _posture(fact: Declared, status: Status) -> str:
    if fact.posture is Posture.SITTING:
        return _("Sitting. The clock is running.")
    if fact.seconds is None and fact.until is None:
        return _(
            "Standing. The sitting clock rests until you say that you sit again, for two hours at "
            "most."
        )
    end = fact.until or fact.at + timedelta(seconds=fact.seconds or 0.0)
    until = moments.hour(end, status.at)
    return _("Standing until {until}. Then you count as sitting again.", until=until)


def _told(
    fact: Stayed | Sore | CheckedIn | Moved | Staged | Declined | Felt, status: Status
) -> str:
    match fact:
        case Stayed(seconds=seconds):
            return _added(seconds, status)
        case Sore(side=side):
            return _SORE[side]
        case Moved(place=place):
            return _PLACES[place]
        case Staged(stage=stage):
            # Translators: {stage}: "a bit more work, also standing"
            return _("From now on: {stage}.", stage=moments.STAGES[stage])
        case Declined():
            return _("Nothing changes for now.")
        case Felt() | CheckedIn():
            return _("Noted.")


# What is wrong with the disk, and what to do about it.
_CURES = {
    errno.ENOSPC: _("the disk is full; free some space"),
    errno.EDQUOT: _("your disk quota is used up; free some space"),
    errno.EFBIG: _("the file has reached its size limit; raise the limit"),
    errno.ENOENT: _("its folder is gone; put it back"),
    errno.ENOTDIR: _("its folder is gone; put it back"),
    errno.EACCES: _("no permission; check its owner and permissions"),
    errno.EPERM: _("no permission; check its owner and permissions"),
    errno.EROFS: _("the disk is read-only; make it writable"),
}
# Translators: {remedy}: "the disk is full; free some space"
_UNWRITTEN = _("The record cannot be written: {remedy}")


def unwritten(error: OSError) -> str:
    """Why nothing can be recorded, and what to do."""
    return _UNWRITTEN.format(remedy=_CURES.get(error.errno or 0) or _unknown(error))


def _unknown(error: OSError) -> str:
    # Translators: {error} is what the system says.
    return _("{error}; check the disk", error=(error.strerror or str(error)).lower())


def cure(trouble: str) -> str:
    """What is wrong, and what to do, of all that `unwritten` says."""
    before, _slot, after = _UNWRITTEN.partition("{remedy}")
    return trouble.removeprefix(before).removesuffix(after)


def unsaved(trouble: str, *, safe: bool) -> str:
    """What is said with an answer that was taken, but is not on the disk. *safe*: it would outlive
    the program."""
    if safe:
        return _(
            "not saved yet: {remedy}. It is kept, and recorded as soon as that works",
            remedy=cure(trouble),
        )
    return _(
        "not saved yet: {remedy}. It is in memory only, and recorded as soon as that works",
        remedy=cure(trouble),
    )


def left_unwritten(number: int, *, lasting: bool) -> str:
    """At the end of the program. *lasting*: also a log-off loses nothing."""
    if lasting:
        return ngettext(
            "{n} entry not in the record yet: check the disk, then start qlbreak again",
            "{n} entries not in the record yet: check the disk, then start qlbreak again",
            number,
            n=number,
        )
    return ngettext(
        "{n} entry not in the record yet: check the disk, then start qlbreak again before you log "
        "off",
        "{n} entries not in the record yet: check the disk, then start qlbreak again before you "
        "log off",
        number,
        n=number,
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
