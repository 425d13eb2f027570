"""What can be told to the running program, in words: by menu, buttons, keys and shell alike."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Any

import msgspec
from msgspec import Struct

from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import (
    Agree,
    AnyInput,
    Arrive,
    CheckIn,
    Close,
    Declare,
    Feel,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Report,
    Respond,
    Resume,
    Start,
    StaySeated,
    TellSore,
    Undo,
)
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import DAY, HOUR, MINUTE, next_day, next_time
from qlbreak.core.model.terms import Answer, Feeling, Posture, Side
from qlbreak.texts import check_in, durations, timetable


class UsageError(ValueError):
    """The words mean nothing: one line for the person."""


class Occasion(Struct, frozen=True):
    """When and from where something was said; `prompt`: which prompt it is about, None: any."""

    at: datetime
    steady: float
    day_turn: time
    via: str
    prompt: int | None = None


def parse(words: Sequence[str], moment: Occasion) -> AnyInput:
    """Raises UsageError."""
    name, *rest = words or ("",)
    build = _COMMANDS.get(name)
    if build is None:
        raise UsageError(f"there is no command {name!r}")
    return build(moment, " ".join(rest))


def known() -> list[str]:
    return list(_COMMANDS)


def _bare(build: Callable[[Occasion], AnyInput]) -> Callable[[Occasion, str], AnyInput]:
    def check(moment: Occasion, text: str) -> AnyInput:
        if text:
            raise UsageError(f"nothing more is expected, got {text!r}")
        return build(moment)

    return check


def _respond(answer: Answer) -> Callable[[Occasion], AnyInput]:
    return lambda m: Respond(m.at, m.steady, answer, m.via, m.prompt)


def _snooze(moment: Occasion, text: str) -> AnyInput:
    seconds = _within(text, MINUTE, HOUR) if text else None
    return Respond(moment.at, moment.steady, Answer.SNOOZED, moment.via, moment.prompt, seconds)


def _pause(moment: Occasion, text: str) -> AnyInput:
    first, _, hour = text.partition(" ")
    if text in ("tomorrow", "until tomorrow"):
        return Pause(moment.at, moment.steady, until=next_day(moment.at, moment.day_turn))
    if first == "until":
        return Pause(moment.at, moment.steady, until=_next(moment.at, hour))
    try:
        seconds = _within(text or "1 h", MINUTE, 31 * DAY)
    except UsageError as error:
        raise UsageError(f"{error}; or a time of day: pause until 14:30") from None
    return Pause(moment.at, moment.steady, seconds)


def _meeting(moment: Occasion, text: str) -> AnyInput:
    seconds = 0.0 if text == "off" else _within(text or "1 h", MINUTE, DAY / 2)
    return Meet(moment.at, moment.steady, seconds)


def _arrived(moment: Occasion, text: str) -> AnyInput:
    return Arrive(moment.at, moment.steady, _within(text or "1 h", MINUTE, DAY))


def _within(text: str, low: float, high: float) -> float:
    try:
        seconds = durations.parse(text, unit="min")
    except ValueError as error:
        raise UsageError(str(error)) from None
    if not low <= seconds <= high:
        bounds = f"{durations.brief(low)} to {durations.brief(high)}"
        raise UsageError(f"{text} is out of bounds; it may be {bounds}")
    return seconds


def _next(at: datetime, hour: str) -> datetime:
    try:
        return next_time(at, timetable.clock(hour))
    except ValueError:
        raise UsageError(
            f"{hour!r} is not a time of day; write for example: pause until 14:30"
        ) from None


def _start(moment: Occasion, text: str) -> AnyInput:
    return Start(moment.at, moment.steady, moment.via, moment.prompt, text)


def _sore(moment: Occasion, text: str) -> AnyInput:
    sides: dict[str, Side | None] = {side.value: side for side in Side} | {"none": None}
    if text not in sides:
        raise UsageError(f"say which side: left, right, both or none{_got(text)}")
    return TellSore(moment.at, moment.steady, sides[text])


def _check_in(moment: Occasion, text: str) -> AnyInput:
    try:
        told: dict[str, Any] = dict(check_in.fields(text))
    except ValueError as error:
        raise UsageError(str(error)) from None
    return CheckIn(moment.at, moment.steady, **told)


def _got(text: str) -> str:
    return f", got {text!r}" if text else ""


def _place(moment: Occasion, text: str) -> AnyInput:
    if text not in [place.value for place in Place]:
        said = f"unknown place {text!r}; choose" if text else "say where you are:"
        raise UsageError(f"{said} office, home or travel")
    return Move(moment.at, moment.steady, Place(text))


def _pace(step: int) -> Callable[[Occasion, str], AnyInput]:
    return _bare(lambda m: Pace(m.at, m.steady, step))


# What the guide and notifications tell, for no human ear


def _told(build: Callable[[Occasion, int, str], AnyInput]) -> Callable[[Occasion, str], AnyInput]:
    """First the number of the prompt."""

    def check(moment: Occasion, text: str) -> AnyInput:
        number, _, rest = text.partition(" ")
        try:
            return build(moment, int(number), rest)
        except ValueError as error:
            raise UsageError(f"not a report of the guide: {error}") from None

    return check


def _report(moment: Occasion, number: int, works: str) -> AnyInput:
    done = msgspec.json.decode(works, type=tuple[Work, ...])
    return Report(moment.at, moment.steady, number, done)


OF_THE_GUIDE = ("guide-report", "guide-close", "guide-feel")

_COMMANDS: dict[str, Callable[[Occasion, str], AnyInput]] = {
    "start": _start,
    "done": _bare(_respond(Answer.DONE)),
    "snooze": _snooze,
    "skip": _bare(_respond(Answer.SKIPPED)),
    "undo": _bare(lambda m: Undo(m.at, m.steady)),
    "pause": _pause,
    "resume": _bare(lambda m: Resume(m.at, m.steady)),
    "stand": _bare(lambda m: Declare(m.at, m.steady, Posture.STANDING)),
    "sit": _bare(lambda m: Declare(m.at, m.steady, Posture.SITTING)),
    "meeting": _meeting,
    "arrived": _arrived,
    "stayed": _bare(lambda m: StaySeated(m.at, m.steady)),
    "sore": _sore,
    "check-in": _check_in,
    "place": _place,
    "harder": _pace(1),
    "easier": _pace(-1),
    "not-yet": _pace(0),
    "notice": _told(lambda m, n, _: Notice(m.at, m.steady, n)),
    "guide-report": _told(_report),
    "guide-close": _told(lambda m, n, share: Close(m.at, m.steady, n, float(share))),
    "guide-feel": _told(lambda m, n, text: Feel(m.at, m.steady, n, Feeling(text))),
    "less-often": _bare(lambda m: Agree(m.at, m.steady, longer=True)),
    "as-before": _bare(lambda m: Agree(m.at, m.steady, longer=False)),
}
