"""The check-in in words: what is asked, how an answer is told, what is said of it afterwards."""

from collections.abc import Iterator, Mapping

import msgspec

from qlbreak.core.coach.check_ins import Course, Lean, Reading, Trend
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.terms import Hindrance, Side
from qlbreak.language import _, formats, pgettext

HIGHEST = 10
TITLE = _("qlbreak: check-in")
NOTED_TITLE, NOTED = _("qlbreak: check-in, noted"), _("Noted")
QUESTION = _(
    "Over the last 7 days, how much discomfort did you feel in your lower back on average?"
)
SCALE = _("0 is none, 10 is the worst you can imagine. Leave blank what you cannot tell.")
PLACES = {
    "left": pgettext("side", "Left"),
    "right": pgettext("side", "Right"),
    "middle": _("Middle, or can't tell"),
}
NO_ANSWER = _("No answer")
WORK = _("Did it get in the way of your work?")
HINDRANCES = {
    Hindrance.NOT_AT_ALL: _("Not at all"),
    Hindrance.A_BIT: _("A bit"),
    Hindrance.A_LOT: _("A lot"),
}
KEPT = _(
    "All of this is optional. Your answer goes into your record, a plain text file on this"
    " computer. qlbreak never sends it anywhere."
)
NOTHING = _("Choose a number in at least one row, or skip.")
SKIPPED = _("Skipped.")
CARE_TITLE = _("Consider having it looked at")
CARE = _(
    "It may be worth showing these numbers to a doctor or a physiotherapist. qlbreak cannot tell"
    " why your back hurts."
)
HELP = _("When to get help")
SAVE = pgettext("button", "Save")
# Translators: in a terminal; the keys s and q stay.
KEYS = _("Return leaves a line blank, s skips the check-in, q quits without recording anything.")
SKIP = "skip"  # instead of any level, when told to the running program


def unrecorded(why: object) -> str:
    return _("It could not be recorded: {why}", why=why)


def to_type(label: str) -> str:
    """What stands before what is typed."""
    # Translators: "Left, 0 to 10: "
    return _("{label}, 0 to {highest}: ", label=label, highest=HIGHEST)


def type_a_number() -> str:
    return _("Please type a whole number from 0 to {highest}, or just Return.", highest=HIGHEST)


def work_and_answers() -> str:
    """The question with its answers, numbered as they are typed."""
    answers = [f"{n} {formats.within(label)}" for n, label in enumerate(HINDRANCES.values(), 1)]
    return f"{WORK} {formats.commas(answers)}: "


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
        name, _sign, value = word.partition("=")
        if name in found:
            raise ValueError(_("{name} is given twice; give it once", name=name))
        found[name] = _value(name, value)
    if not set(PLACES) & set(found):
        raise ValueError(
            _(
                "give left=, right= or middle= a number from 0 to {highest}, or say {skip}",
                highest=HIGHEST,
                skip=SKIP,
            )
        )
    return found


def _value(name: str, text: str) -> int | Hindrance:
    if name == "work":
        if text not in HINDRANCES:
            raise ValueError(
                _(
                    "unknown answer {answer} for work; choose {words}",
                    answer=repr(text),
                    words=", ".join(HINDRANCES),
                )
            )
        return Hindrance(text)
    if name not in PLACES:
        raise ValueError(
            _(
                "unknown word {word}; choose {words} or work",
                word=repr(name),
                words=", ".join(PLACES),
            )
        )
    return level(text)


def level(text: str) -> int:
    """Raises ValueError with a text for the person."""
    if not (text.isascii() and text.isdecimal() and len(text) < 3 and int(text) <= HIGHEST):
        raise ValueError(
            _(
                "{text} is not a whole number from 0 to {highest}",
                text=repr(text),
                highest=HIGHEST,
            )
        )
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
        yield _("There are not enough entries to compare yet: it takes four.")
    elif trends == {Trend.SAME}:
        yield _OF_BOTH[Trend.SAME]
    else:
        yield from map(_trend, courses)


_OF_BOTH = {
    Trend.FEW: _("There are not enough entries to compare yet."),
    Trend.SAME: _("About the same as in the weeks before."),
    # Translators: levels from 0 to 10, in the check-ins
    Trend.CHANGED: _("It has changed: {first} and {last} at the last two, about {usual} before."),
    Trend.ONCE: _("It is {last} this time, about {usual} before. One entry is not a change."),
}
_OF_A_SIDE = {
    Side.LEFT: {
        Trend.FEW: _("Left: there are not enough entries to compare yet."),
        Trend.SAME: _("Left: about the same as in the weeks before."),
        Trend.CHANGED: _(
            "Left has changed: {first} and {last} at the last two, about {usual} before."
        ),
        Trend.ONCE: _("Left is {last} this time, about {usual} before. One entry is not a change."),
    },
    Side.RIGHT: {
        Trend.FEW: _("Right: there are not enough entries to compare yet."),
        Trend.SAME: _("Right: about the same as in the weeks before."),
        Trend.CHANGED: _(
            "Right has changed: {first} and {last} at the last two, about {usual} before."
        ),
        Trend.ONCE: _(
            "Right is {last} this time, about {usual} before. One entry is not a change."
        ),
    },
    Side.BOTH: _OF_BOTH,
}
_HIGHER = {
    Side.LEFT: _("Left has been about {by} higher than right."),
    Side.RIGHT: _("Right has been about {by} higher than left."),
}


def _trend(course: Course) -> str:
    first, last = course.last[0] if course.last else "", course.last[-1] if course.last else ""
    usual = _level_of(course.usual)
    return _OF_A_SIDE[course.side][course.trend].format(first=first, last=last, usual=usual)


def _level_of(level: float | None) -> str:
    """ "3", "3.5" """
    if level is None:
        return ""
    return formats.number(level, len(f"{level:g}".partition(".")[2]))


def _lean(lean: Lean) -> str:
    return _HIGHER[lean.side].format(by=_level_of(lean.by))


_EVEN = {
    ("left",): _(
        "Left and right have been about even twice in a row. Your settings give the left side an "
        "extra set; you can change that in the set-up."
    ),
    ("right",): _(
        "Left and right have been about even twice in a row. Your settings give the right side an "
        "extra set; you can change that in the set-up."
    ),
    ("left", "right"): _(
        "Left and right have been about even twice in a row. Your settings give each side an extra "
        "set at times; you can change that in the set-up."
    ),
}


def _even(profile: Profile) -> Iterator[str]:
    """The settings are the person's: they change by their hand alone."""
    named = {side.value for side in (profile.tighter, profile.weaker) if side is not None}
    if named:
        yield _EVEN[tuple(sorted(named))]
