"""Sentences about the moment, the day, and what a command has done: values in, text out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from qlbreak.core.course import instruction, steps
from qlbreak.core.events import (
    Answered,
    AnyFact,
    Arrived,
    Corrected,
    Declared,
    Lengthened,
    Meeting,
    Paused,
    Resumed,
    Started,
)
from qlbreak.core.movements import Catalogue
from qlbreak.core.prompt import Phase
from qlbreak.core.stats import DayFigures
from qlbreak.core.status import Mode, PromptView, Status
from qlbreak.core.terms import (
    Answer,
    Ending,
    Posture,
    Reason,
    Side,
)
from qlbreak.durations import brief, exact, left


def clock(status: Status) -> str:
    """What the clock says, short: "Sitting 12 min". It changes once a minute at most."""
    match status.mode:
        case Mode.STANDING:
            return f"Standing since {_since(status)}"
        case Mode.AWAY:
            return f"Away since {_since(status)}"
        case _ if status.sitting < 60:
            return "Sitting for less than a minute"
        case _:
            return f"Sitting {brief(status.sitting)}"


def _since(status: Status) -> str:
    return hour(status.at - timedelta(seconds=status.away), status.at)


def coming(status: Status) -> str:
    """What comes next, or why not, short; for a menu that stands below the clock."""
    prompt = status.prompt
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return "Under way" if prompt.started else "A prompt is open"
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        return f"Snoozed until {hour(prompt.until, status.at)}"
    if status.mode is Mode.STANDING:
        return "The sitting clock rests"
    silence = _silence(status)
    if silence:
        return silence[0].upper() + silence[1:]
    if status.mode is Mode.AWAY:
        return "The clock starts anew when you are back"
    if status.next_in is None:
        return "No prompt is coming"
    return f"Next prompt in {left(status.next_in)}"


def why(status: Status) -> str:
    """One true sentence for the present silence, or for the prompt that is open."""
    prompt, sat = status.prompt, f"you have been sitting {brief(status.sitting)}"
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return f"A prompt is open; {sat}."
    if prompt is not None and prompt.phase is Phase.SNOOZED and prompt.until is not None:
        return f"Snoozed until {hour(prompt.until, status.at)}; {sat}."
    if status.mode is Mode.STANDING:
        return f"Standing since {_since(status)}; the sitting clock rests."
    silence = _silence(status)
    if silence:
        held = "Held: " if prompt is not None else ""
        return f"{held}{silence if held else silence[0].upper() + silence[1:]}; {sat}."
    return _ordinary(status, sat)


def _ordinary(status: Status, sat: str) -> str:
    ahead = f"the next prompt comes in {left(status.due_in)}"
    match status.mode:
        case Mode.AWAY:
            return f"You have been away since {_since(status)}; the clock starts anew."
        case Mode.UNKNOWN:
            return f"Idle time cannot be read here, so you count as sitting: {sat}, {ahead}."
        case _:
            return f"{sat[0].upper()}{sat[1:]}; {ahead}."


def _silence(status: Status) -> str:
    until = f" until {hour(status.until, status.at)}" if status.until is not None else ""
    match status.reason:
        case Reason.PAUSED:
            return f"paused{until}"
        case Reason.MEETING:
            return f"in a meeting{until}"
        case Reason.STANDING:
            return f"standing since {_since(status)}"
        case Reason.QUIET:
            return f"quiet{until}"
        case Reason.ENOUGH:
            return "enough prompts for today"
        case Reason.WOKEN:
            return f"just woken; silent{until}"
        case None:
            return ""


def tooltip(status: Status, today: DayFigures) -> str:
    return f"{clock(status)}. {coming(status)}.\n{day(today)}"


def day(figures: DayFigures) -> str:
    """Today's line."""
    parts = []
    if figures.prompts:
        parts.append(f"{figures.done} of {_plural(figures.prompts, 'prompt')} done")
    if figures.natural_breaks:
        parts.append(_plural(figures.natural_breaks, "natural break"))
    parts.append(f"sat {brief(figures.sitting_s)}")
    return "Today: " + ", ".join(parts)


def hour(moment: datetime, now: datetime) -> str:
    """ "10:35", "tomorrow 08:30", "Monday 08:30", with a date beyond a week."""
    days = (moment.date() - now.date()).days
    name = "" if days == 0 else "tomorrow " if days == 1 else f"{moment:%A} "
    return f"{name}{moment:%H:%M}" if abs(days) < 7 else f"{moment:%d %B %H:%M}"


# Prompts


def prompt_title(status: Status, prompt: PromptView, catalogue: Catalogue) -> str:
    name = _name(prompt.routine, catalogue)
    if prompt.started:
        return name
    return f"Sitting {brief(status.sitting)}: {name}"


def prompt_body(prompt: PromptView, catalogue: Catalogue) -> str:
    """What to do, in one line; once it is started, step by step."""
    routine = catalogue.routines.get(prompt.routine)
    if routine is None:
        return "Stand up and walk about."
    if prompt.started:
        return "\n".join(steps(catalogue, routine.blocks, prompt.side))
    return instruction(catalogue, routine.blocks, prompt.side)


def next_routine(status: Status, catalogue: Catalogue) -> str:
    return routine(status.coming, status.coming_side, catalogue)


def routine(name: str, side: Side, catalogue: Catalogue) -> str:
    """ "Rock and reach, left first" """
    first = f", {side} first" if side is not Side.BOTH else ""
    return f"{_name(name, catalogue)}{first}"


def _name(routine: str, catalogue: Catalogue) -> str:
    """A journal may tell of a routine that an update has taken away."""
    known = catalogue.routines.get(routine)
    return known.name if known is not None else routine


def undo_label(status: Status) -> str:
    if status.undo_snooze:
        return "Undo: no snooze"
    match status.undo:
        case Ending.DONE:
            return "Undo: I did do the last one"
        case None:
            return "Undo"
        case _:
            return "Undo: I did not do the last one"


def question_title() -> str:
    return "Shall I ask less often?"


def question_body(status: Status) -> str:
    assert status.question is not None
    return (
        f"The last three prompts went by. From now on every {exact(status.question)} instead of "
        f"every {exact(status.interval)}? Without an answer I take it as a yes."
    )


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


# What came of a command, and the log


def outcome(facts: Iterable[AnyFact], status: Status) -> str:
    """What a command has done, and how things stand since."""
    texts = [text for fact in facts if (text := _outcome(fact, status))]
    return " ".join(texts) or why(status)


def _outcome(fact: AnyFact, status: Status) -> str:
    match fact:
        case Answered() | Corrected() | Started():
            return _answered(fact, status)
        case Paused() | Meeting() | Resumed() | Declared() | Arrived():
            return _declared(fact, status)
        case Lengthened():
            return f"Prompts come after {exact(status.interval)} of sitting."
        case _:
            return ""


def _answered(fact: Answered | Corrected | Started, status: Status) -> str:
    match fact:
        case Started():
            return "Under way; say done when you have done it."
        case Answered(answer=Answer.SNOOZED):
            return why(status)
        case Answered(answer=Answer.DONE):
            return "Done; the clock starts anew."
        case Answered():
            return f"Skipped; the next prompt comes in {left(status.due_in)}."
        case Corrected(ending=ending):
            return f"The last prompt counts as {ending.value} now."


def _declared(fact: Paused | Meeting | Resumed | Declared | Arrived, status: Status) -> str:
    match fact:
        case Paused(seconds=seconds, until=until):
            end = until or fact.at + timedelta(seconds=seconds or 0.0)
            return f"Paused until {hour(end, status.at)}."
        case Meeting(seconds=0):
            return "The meeting is over."
        case Meeting(seconds=seconds):
            return f"In a meeting until {hour(fact.at + timedelta(seconds=seconds), status.at)}."
        case Resumed():
            return "Prompts come again."
        case Declared(posture=Posture.STANDING):
            return "Standing: the sitting clock rests."
        case Declared():
            return "Sitting: the clock runs."
        case Arrived(seconds=seconds):
            return f"Counted {brief(seconds)} of sitting. {why(status)}"


def log_line(fact: AnyFact) -> str:
    """A fact as a line of the log, which is also what a run without any front end says."""
    fields = {name: getattr(fact, name) for name in fact.__struct_fields__ if name != "at"}
    told = ", ".join(f"{name} {value}" for name, value in fields.items() if value not in (None, ""))
    return f"{type(fact).__name__.lower()}{': ' if told else ''}{told}"
