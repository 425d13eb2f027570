"""The check-in in words: what is asked, how an answer is told, what is said of it afterwards."""

from collections.abc import Iterator, Mapping

import msgspec

from qlbreak.core.coach.check_ins import Course, Lean, Reading, Trend
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.terms import Hindrance, Side

HIGHEST = 10
QUESTION = "Over the last 7 days, how much discomfort did you feel in your lower back on average?"
SCALE = "0 is none, 10 is the worst you can imagine. Leave out what you cannot tell."
PLACES = {"left": "Left", "right": "Right", "middle": "Middle, or can't tell"}
WORK = "Did it get in the way of your work?"
HINDRANCES = {
    Hindrance.NOT_AT_ALL: "Not at all",
    Hindrance.A_BIT: "A bit",
    Hindrance.A_LOT: "A lot",
}
KEPT = (
    "All of this is optional. The answer goes into your record, a plain text file on this computer;"
    " qlbreak sends it nowhere."
)
NOTHING = "Choose a number in one row at least, or skip it."
SKIPPED = "Skipped."
CARE_TITLE = "Somebody might look at it"
CARE = (
    "It may be worth showing these numbers to a doctor or a physiotherapist. qlbreak cannot tell"
    " why a back hurts."
)
SKIP = "skip"  # instead of any level, when told to the running program


def words(entry: CheckedIn) -> str:
    """As the running program takes it: "left=3 right=5 work=a-bit"."""
    told = {name: getattr(entry, name) for name in (*PLACES, "work")}
    return " ".join(f"{name}={value}" for name, value in told.items() if value is not None) or SKIP


def fields(text: str) -> Mapping[str, int | Hindrance]:
    """What such words say; nothing for a skipped one. Raises ValueError with a text for the
    person."""
    if text == SKIP:
        return {}
    found: dict[str, int | Hindrance] = {}
    for word in text.split():
        name, _, value = word.partition("=")
        if name in found:
            raise ValueError(f"{name} is there twice")
        found[name] = _value(name, value)
    if not set(PLACES) & set(found):
        raise ValueError(f"say how much: left=, right= or middle= and 0 to {HIGHEST}; or {SKIP}")
    return found


def _value(name: str, text: str) -> int | Hindrance:
    if name == "work":
        if text not in HINDRANCES:
            raise ValueError(f"work may be {', '.join(HINDRANCES)}, got {text!r}")
        return Hindrance(text)
    if name not in PLACES:
        raise ValueError(f"{name!r} is none of {', '.join(PLACES)}, work")
    return level(text)


def level(text: str) -> int:
    """Raises ValueError with a text for the person."""
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= HIGHEST):
        raise ValueError(f"expected a whole number, 0 to {HIGHEST}, got {text!r}")
    return int(text)


def entry(like: CheckedIn, told: Mapping[str, int | Hindrance]) -> CheckedIn:
    """The same moment, with what was told."""
    return msgspec.structs.replace(like, **told)


# Afterwards: what was said, and no more


def sentences(reading: Reading, profile: Profile) -> Iterator[str]:
    yield from _trends(reading.courses)
    if reading.lean is not None:
        yield _lean(reading.lean)
    if reading.even:
        yield from _even(profile)


def _trends(courses: tuple[Course, ...]) -> Iterator[str]:
    trends = {course.trend for course in courses}
    if trends == {Trend.FEW}:
        yield "Not enough entries yet to compare: it takes four."
    elif trends == {Trend.SAME}:
        yield "About the same as in the weeks before."
    else:
        yield from map(_trend, courses)


def _trend(course: Course) -> str:
    name = "" if course.side is Side.BOTH else f"{course.side.capitalize()}: "
    text = "about the same as in the weeks before."
    if course.trend is Trend.FEW:
        text = "not enough entries yet to compare."
    elif course.trend is Trend.CHANGED:
        first, second = course.last
        text = f"changed. The last two were {first} and {second}, before about {course.usual:g}."
    elif course.trend is Trend.ONCE:
        text = f"this time {course.last[-1]}, before about {course.usual:g}. Once is no change."
    return f"{name}{text}" if name else f"{text[0].upper()}{text[1:]}"


def _lean(lean: Lean) -> str:
    other = "right" if lean.side is Side.LEFT else "left"
    return f"{lean.side.capitalize()} has been about {lean.by} higher than {other}."


def _even(profile: Profile) -> Iterator[str]:
    """The settings are the person's: they change by their hand alone."""
    named = {side for side in (profile.tighter, profile.weaker) if side is not None}
    if named:
        yield (
            "Left and right have been about even, twice running. Your settings name the"
            f" {' and the '.join(sorted(named))} for a set more; the set-up can take that back."
        )
