"""The check-in in words: what is asked, how an answer is told, what is said of it afterwards."""

from collections.abc import Iterator, Mapping

import msgspec

from qlbreak.core.coach.check_ins import Course, Lean, Reading, Trend
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.terms import Hindrance, Side

HIGHEST = 10
QUESTION = "Over the last 7 days, how much discomfort did you feel in your lower back on average?"
SCALE = "0 is none, 10 is the worst you can imagine. Leave blank what you cannot tell."
PLACES = {"left": "Left", "right": "Right", "middle": "Middle, or can't tell"}
NO_ANSWER = "No answer"
WORK = "Did it get in the way of your work?"
HINDRANCES = {
    Hindrance.NOT_AT_ALL: "Not at all",
    Hindrance.A_BIT: "A bit",
    Hindrance.A_LOT: "A lot",
}
KEPT = (
    "All of this is optional. Your answer goes into your record, a plain text file on this"
    " computer. qlbreak never sends it anywhere."
)
NOTHING = "Choose a number in at least one row, or skip."
SKIPPED = "Skipped."
CARE_TITLE = "Consider having it looked at"
CARE = (
    "It may be worth showing these numbers to a doctor or a physiotherapist. qlbreak cannot tell"
    " why your back hurts."
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
            raise ValueError(f"{name} is given twice; give it once")
        found[name] = _value(name, value)
    if not set(PLACES) & set(found):
        raise ValueError(
            f"give left=, right= or middle= a number from 0 to {HIGHEST}, or say {SKIP}"
        )
    return found


def _value(name: str, text: str) -> int | Hindrance:
    if name == "work":
        if text not in HINDRANCES:
            raise ValueError(f"unknown answer {text!r} for work; choose {', '.join(HINDRANCES)}")
        return Hindrance(text)
    if name not in PLACES:
        raise ValueError(f"unknown word {name!r}; choose {', '.join(PLACES)} or work")
    return level(text)


def level(text: str) -> int:
    """Raises ValueError with a text for the person."""
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= HIGHEST):
        raise ValueError(f"{text!r} is not a whole number from 0 to {HIGHEST}")
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
        yield "There are not enough entries to compare yet: it takes four."
    elif trends == {Trend.SAME}:
        yield _OF_BOTH[Trend.SAME]
    else:
        yield from map(_trend, courses)


_OF_BOTH = {
    Trend.FEW: "There are not enough entries to compare yet.",
    Trend.SAME: "About the same as in the weeks before.",
    Trend.CHANGED: "It has changed: {first} and {last} at the last two, about {usual:g} before.",
    Trend.ONCE: "It is {last} this time, about {usual:g} before. One entry is not a change.",
}
_OF_A_SIDE = {
    Trend.FEW: "{Side}: there are not enough entries to compare yet.",
    Trend.SAME: "{Side}: about the same as in the weeks before.",
    Trend.CHANGED: "{Side} has changed: {first} and {last} at the last two, about {usual:g}"
    " before.",
    Trend.ONCE: "{Side} is {last} this time, about {usual:g} before. One entry is not a change.",
}
_HIGHER = {
    Side.LEFT: "Left has been about {by} higher than right.",
    Side.RIGHT: "Right has been about {by} higher than left.",
}


def _trend(course: Course) -> str:
    sentence = (_OF_BOTH if course.side is Side.BOTH else _OF_A_SIDE)[course.trend]
    first, last = course.last[0] if course.last else "", course.last[-1] if course.last else ""
    return sentence.format(
        Side=course.side.capitalize(), first=first, last=last, usual=course.usual
    )


def _lean(lean: Lean) -> str:
    return _HIGHER[lean.side].format(by=lean.by)


_EVEN = {
    ("left",): "Left and right have been about even twice in a row. Your settings give the left "
    "side an extra set; you can change that in the set-up.",
    ("right",): "Left and right have been about even twice in a row. Your settings give the right "
    "side an extra set; you can change that in the set-up.",
    ("left", "right"): "Left and right have been about even twice in a row. Your settings give "
    "each side an extra set at times; you can change that in the set-up.",
}


def _even(profile: Profile) -> Iterator[str]:
    """The settings are the person's: they change by their hand alone."""
    named = {side.value for side in (profile.tighter, profile.weaker) if side is not None}
    if named:
        yield _EVEN[tuple(sorted(named))]
