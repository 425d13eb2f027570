"""What can be told to the running program, in words: by menu, buttons, keys and shell alike."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

import msgspec
from msgspec import Struct

from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import (
    Agree,
    Another,
    AnyInput,
    Arrive,
    CheckIn,
    Close,
    Declare,
    Discontinue,
    Feel,
    GoOn,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Prescribe,
    Report,
    Respond,
    Resume,
    Start,
    StaySeated,
    TellSore,
    Undo,
)
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import DAY, HOUR, MINUTE
from qlbreak.core.model.terms import Answer, Feeling, Posture, Refusal, Side
from qlbreak.language import _, formats
from qlbreak.texts import check_in, durations, timetable


class UsageError(ValueError):
    """The words mean nothing: one line for the person."""


class Occasion(Struct, frozen=True):
    """From where something was said; `prompt`: which prompt it is about, None: any."""

    via: str
    prompt: int | None = None


def parse(words: Sequence[str], said: Occasion) -> AnyInput:
    """Raises UsageError."""
    name, *rest = words or ("",)
    build = _COMMANDS.get(name)
    if build is None:
        raise UsageError(_("there is no command {name}", name=repr(name)))
    return build(said, " ".join(rest))


def known() -> list[str]:
    return list(_COMMANDS)


def _bare(event: AnyInput) -> Callable[[Occasion, str], AnyInput]:
    return _alone(lambda _said: event)


def _respond(answer: Answer) -> Callable[[Occasion, str], AnyInput]:
    return _alone(lambda said: Respond(answer, said.via, said.prompt))


def _alone(build: Callable[[Occasion], AnyInput]) -> Callable[[Occasion, str], AnyInput]:
    def check(said: Occasion, text: str) -> AnyInput:
        if text:
            raise UsageError(_("unexpected word {text}; leave it out", text=repr(text)))
        return build(said)

    return check


def _snooze(said: Occasion, text: str) -> AnyInput:
    seconds = _within(text, MINUTE, HOUR) if text else None
    return Respond(Answer.SNOOZED, said.via, said.prompt, seconds)


def _skip(said: Occasion, text: str) -> AnyInput:
    """A reason is one word here; with a space in it people mean the same."""
    reasons = [reason.value for reason in Refusal]
    word = "-".join(text.split())
    if word and word not in reasons:
        raise UsageError(
            _(
                "unknown reason {word}; choose {words}, or none",
                word=repr(text),
                words=formats.either(reasons),
            )
        )
    reason = Refusal(word) if word else None
    return Respond(Answer.SKIPPED, said.via, said.prompt, reason=reason)


def _pause(said: Occasion, text: str) -> AnyInput:
    if text in ("tomorrow", "until tomorrow"):
        return Pause()
    return Pause(*_end("pause", text or "1 h", 31 * DAY))


def _stand(said: Occasion, text: str) -> AnyInput:
    if not text:
        return Declare(Posture.STANDING)
    return Declare(Posture.STANDING, *_end("stand", text, DAY / 2))


def _end(name: str, text: str, longest: float) -> tuple[float | None, time | None]:
    """In so many seconds, or at that time of day."""
    first, _space, hour = text.partition(" ")
    if first == "until":
        return None, _clock(name, hour)
    try:
        return _within(text, MINUTE, longest), None
    except UsageError as error:
        example = f"{name} until 14:30"
        raise UsageError(
            # Translators: {mistake} says that the person wrote no duration.
            _("{mistake}; or a time of day: {example}", mistake=error, example=example)
        ) from None


def _meeting(said: Occasion, text: str) -> AnyInput:
    seconds = 0.0 if text == "off" else _within(text or "1 h", MINUTE, DAY / 2)
    return Meet(seconds)


def _arrived(said: Occasion, text: str) -> AnyInput:
    return Arrive(_within(text or "1 h", MINUTE, DAY))


def _within(text: str, low: float, high: float) -> float:
    try:
        seconds = durations.parse(text, unit="min")
    except ValueError as error:
        raise UsageError(str(error)) from None
    if not low <= seconds <= high:
        raise UsageError(
            _(
                "{value} is out of range; choose {low} to {high}",
                value=text,
                low=durations.brief(low),
                high=durations.brief(high),
            )
        )
    return seconds


def _clock(name: str, hour: str) -> time:
    try:
        return timetable.clock(hour)
    except ValueError:
        raise UsageError(
            _(
                "{word} is not a time of day; write for example: {example}",
                word=repr(hour),
                example=f"{name} until 14:30",
            )
        ) from None


def _start(said: Occasion, text: str) -> AnyInput:
    return Start(said.via, said.prompt, text)


def _sore(said: Occasion, text: str) -> AnyInput:
    sides: dict[str, Side | None] = {side.value: side for side in Side} | {"none": None}
    if text not in sides:
        if not text:
            raise UsageError(_("say which side: left, right, both or none"))
        raise UsageError(
            _("unknown side {word}; choose left, right, both or none", word=repr(text))
        )
    return TellSore(sides[text])


def _check_in(said: Occasion, text: str) -> AnyInput:
    try:
        told: dict[str, Any] = dict(check_in.fields(text))
    except ValueError as error:
        raise UsageError(str(error)) from None
    return CheckIn(**told)


def _place(said: Occasion, text: str) -> AnyInput:
    if text not in [place.value for place in Place]:
        if not text:
            raise UsageError(_("say where you are: office, home or travel"))
        raise UsageError(_("unknown place {word}; choose office, home or travel", word=repr(text)))
    return Move(Place(text))


def _plan(said: Occasion, text: str) -> AnyInput:
    """What was read, checked and agreed to comes as a value; see `cli.plan`."""
    word, _space, rest = text.partition(" ")
    if word == "end" and not rest:
        return Discontinue()
    if word != "apply":
        raise UsageError(_("say plan end; a plan is loaded by: qlbreak plan load FILE"))
    try:
        return msgspec.json.decode(rest, type=Prescribe)
    except msgspec.DecodeError as error:
        raise UsageError(_("not a plan: {why}", why=error)) from None


# What the guide and notifications tell, for no human ear


def _told(build: Callable[[int, str], AnyInput]) -> Callable[[Occasion, str], AnyInput]:
    """First the number of the prompt."""

    def check(said: Occasion, text: str) -> AnyInput:
        number, _space, rest = text.partition(" ")
        try:
            return build(int(number), rest)
        except ValueError as error:
            raise UsageError(_("not a report from the guide: {why}", why=error)) from None

    return check


def _report(number: int, works: str) -> AnyInput:
    done = msgspec.json.decode(works, type=tuple[Work, ...])
    return Report(number, done)


def _without(number: int, text: str) -> AnyInput:
    block, _space, movement = text.partition(" ")
    return GoOn(number, movement, int(block))


FOR_THE_GUIDE = ("guide-another", "guide-without")  # the answer is what it goes on with
OF_THE_GUIDE = ("guide-report", "guide-close", "guide-feel", *FOR_THE_GUIDE)

_COMMANDS: dict[str, Callable[[Occasion, str], AnyInput]] = {
    "start": _start,
    "another": _alone(lambda said: Another(said.prompt)),
    "done": _respond(Answer.DONE),
    "snooze": _snooze,
    "skip": _skip,
    "undo": _bare(Undo()),
    "pause": _pause,
    "resume": _bare(Resume()),
    "stand": _stand,
    "sit": _bare(Declare(Posture.SITTING)),
    "meeting": _meeting,
    "arrived": _arrived,
    "stayed": _bare(StaySeated()),
    "sore": _sore,
    "check-in": _check_in,
    "plan": _plan,
    "place": _place,
    "harder": _bare(Pace(1)),
    "easier": _bare(Pace(-1)),
    "not-yet": _bare(Pace(0)),
    "notice": _told(lambda number, _: Notice(number)),
    "guide-report": _told(_report),
    "guide-close": _told(lambda number, share: Close(number, float(share))),
    "guide-another": _told(lambda number, _: Another(number)),
    "guide-without": _told(_without),
    "guide-feel": _told(lambda number, text: Feel(number, Feeling(text))),
    "less-often": _bare(Agree(longer=True)),
    "as-before": _bare(Agree(longer=False)),
}
