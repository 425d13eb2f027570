"""A plan from somebody who knows the person, in words: what it asks for, what is in its way."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from qlbreak.core.coach.prescriptions import (
    Crossing,
    Obstacle,
    PlanDay,
    PlanItem,
    crossings,
)
from qlbreak.core.model.dose import told
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.movements import Catalogue, Flag, Movement
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.programme import Prescription, Programme, WeekSpan
from qlbreak.core.model.terms import Evidence, Side
from qlbreak.core.statistics.programmes import AskedWeek
from qlbreak.data import cautions
from qlbreak.system import printable
from qlbreak.texts.durations import counted

ASK = "Apply this plan?"
NOT_APPLIED = "Nothing was changed."
NO_PLAN = "You have no plan. To load one from a file: qlbreak plan load FILE"
NEVER_LOADED = "no plan was ever loaded; to load one: qlbreak plan load FILE"
NO_PLAN_TO_END = "there is no plan to end"
YOURS_FIRST = "Your own settings come first. What they rule out is left out:"
NOTHING_ASKED = "Nothing is asked for."
EXAMPLES = "Examples that come with qlbreak. They show how a plan is written; they are no advice."
TODAY = "Today:"
EXAMPLE = "Example: "
SECTION, TITLE = "Plan", "Your plan"
WHAT = (
    "A physiotherapist, or anybody who knows you, can send you a plan as a file: which movements "
    "come first in your breaks, and how often a day. You read it before it applies. Your own "
    "settings always come first."
)
NONE_HERE = "You have no plan."
UNKNOWN = "Whether you have a plan is shown here while qlbreak is running."
LOAD, END, OPEN_PAGE = "Load a plan…", "End this plan", "Page to hand back"
APPLY, CANCEL = "Apply this plan", "Cancel"
LOAD_TITLE, KIND_OF_FILE = "Load a plan", "Plans (*.toml)"
REPLACES = "It replaces the plan that you have now."
ENDED = "Your plan has ended. The record keeps it."
FAILED = "That did not work. To find out why, run: qlbreak doctor"
PAGE = "A plan, and what was done of it"
CHECK_IN = "Check-in"
CHECK_IN_SCALE = "discomfort, 0 to 10"
KNOWN = {
    Evidence.GUIDED: "guided",
    Evidence.AWAY: "away",
    Evidence.CLAIMED: "told",
    Evidence.CORRECTED: "corrected",
}
EXPLAINED = (
    "9 of 14; 153 s: done 9 times of the 14 that the plan asks for on the days so far, 153 seconds "
    "in all. A set counts from half of its dose on; all seconds are counted. Days without a "
    "computer are days, too.",
    "How we know. Guided: the guide ran it. Away: nobody was at the keyboard meanwhile. Told: the "
    "person said so. Corrected: said later. Nobody saw how it was done.",
)
NOTHING_TODAY = "Today the plan asks for nothing."
REST = "Between them come other movements, without what the plan leaves out."

_TIMES = {1: "once a day", 2: "twice a day"}
_ONLY = {
    Side.LEFT: "{name}, left only: {dose}, {times}",
    Side.RIGHT: "{name}, right only: {dose}, {times}",
}
_EACH = "{name}: {dose} each side, {times}"
_BOTH = "{name}: {dose}, {times}"
_ITEM = {
    Side.LEFT: "{name}, left only: {dose}",
    Side.RIGHT: "{name}, right only: {dose}",
}
_OBSTACLES = {
    Obstacle.UNKNOWN: "qlbreak does not know this movement any more",
    Obstacle.CAUTION: "your settings say: {caution}",
    Obstacle.NEVER: "your settings never want it",
    Obstacle.THINGS: "there is no {things} at your usual place",
    Obstacle.WORSE: "it hurt or felt worse, so it rests for a week",
    Obstacle.SORE: "you are sore today",
    Obstacle.RISEN: "your last check-in was higher",
    Obstacle.DISCREET: "others would see it",
    Obstacle.ROOM: "there is no room for it here",
    Obstacle.MEETING: "not during a meeting",
    Obstacle.TRAVEL: "not right after a trip",
    Obstacle.BALLS: "enough work with balls for now",
    Obstacle.STRONG: "enough strong movements for today",
}


def head(programme: Programme) -> list[str]:
    """Its name, from whom, from when to when, and what else was to be said."""
    weeks = counted(programme.weeks, "week")
    first, last = day(programme.start), day(programme.last_day)
    lines = [f"{programme.name}, from {programme.by}", f"{weeks}, {first} to {last}."]
    return [printable.line(line) for line in [*lines, *filter(None, (programme.note,))]]


def day(of: date) -> str:
    return f"{of:%A} {of.day} {of:%B %Y}"


def asks(programme: Programme, catalogue: Catalogue, profile: Profile) -> list[str]:
    """All that it asks for, and what of it the person's own settings rule out."""
    lines = [*head(programme), *asked(programme, catalogue)]
    found = [crossing(one, catalogue) for one in crossings(programme, catalogue, profile)]
    if found:
        lines += ["", YOURS_FIRST, *(f"  {line}" for line in dict.fromkeys(found))]
    return lines


def first_line(text: str) -> str:
    """What an example is called."""
    return str(tomllib.loads(text).get("name", "")).removeprefix(EXAMPLE)


def over(programme: Programme) -> str:
    return f"this plan ended on {day(programme.last_day)}; change its start"


def asked(programme: Programme, catalogue: Catalogue) -> Iterator[str]:
    """Week by week."""
    for span in sorted(programme.spans, key=lambda span: span.first):
        yield ""
        yield f"{weeks(span)}: about {minutes(span, catalogue)} min a day"
        for one in span.asked:
            yield f"  {movement(one, catalogue)}"
        if not span.asked:
            yield f"  {NOTHING_ASKED}"
        if span.leave_out:
            yield f"  Left out: {', '.join(name(one, catalogue) for one in span.leave_out)}"


def weeks(span: WeekSpan) -> str:
    """ "Week 3", "Weeks 1 to 2" """
    return f"Week {span.first}" if span.first == span.last else f"Weeks {span.first} to {span.last}"


def minutes(span: WeekSpan, catalogue: Catalogue) -> int:
    """Of a day, as far as it is movement."""
    seconds = 0
    for one in span.asked:
        known = catalogue.movements.get(one.movement)
        sides = one.sides(sided=known is not None and known.sided)
        seconds += one.takes * one.times * len(sides)
    return max(round(seconds / 60), 1)


def name(movement: str, catalogue: Catalogue) -> str:
    known = catalogue.movements.get(movement)
    return known.plain_name if known is not None else printable.line(movement)


def dose(one: Prescription, known: Movement | None) -> str:
    """ "5 slow rocks", "hold 20 s" """
    if known is not None:
        return told(known.dose, one.takes)
    return f"{one.repetitions} repetitions" if one.repetitions else f"{one.seconds} s"


def movement(one: Prescription, catalogue: Catalogue) -> str:
    """ "Seated side reach, left only: hold 20 s, twice a day" """
    known = catalogue.movements.get(one.movement)
    sided = known is not None and known.sided
    form = _ONLY.get(one.side, _EACH if sided else _BOTH)
    return form.format(
        name=name(one.movement, catalogue), dose=dose(one, known), times=times(one.times)
    )


def times(number: int) -> str:
    return _TIMES.get(number, f"{number} times a day")


# What is in its way


def crossing(found: Crossing, catalogue: Catalogue) -> str:
    """ "Side plank on knees (weeks 5 to 6): you have to be careful: a sore wrist" """
    known = catalogue.movements.get(found.prescription.movement)
    why = obstacle(found.obstacle, known, found.cautions, found.missing)
    span = weeks(found.span)
    return f"{name(found.prescription.movement, catalogue)} ({span.lower()}): {why}"


def obstacle(
    what: Obstacle, known: Movement | None, flags: frozenset[Flag], missing: frozenset[str]
) -> str:
    named: Mapping[Flag, str] = {flag: one.label for flag, one in cautions().items()}
    told = [label[:1].lower() + label[1:] for flag, label in named.items() if flag in flags]
    things = " or ".join(sorted(missing)) or "room"
    return _OBSTACLES[what].format(caution="; ".join(told), things=things)


# How it goes


def state(now: PlanDay) -> str:
    return _state(now.programme, now.week)


def state_of(programme: Programme, today: date) -> str:
    return _state(programme, programme.week(today))


def _state(programme: Programme, week: int) -> str:
    """ "Week 2 of 6 of your plan by Jane Doe." """
    by = printable.line(programme.by)
    if week == 0:
        return f"Your plan by {by} begins on {day(programme.start)}."
    if week > programme.weeks:
        return f"Your plan by {by} ended on {day(programme.last_day)}."
    return f"Week {week} of {programme.weeks} of your plan by {by}."


def called(one: Prescription, side: Side, catalogue: Catalogue) -> str:
    """ "Seated side reach, left, hold 20 s" """
    known = catalogue.movements.get(one.movement)
    parts = [name(one.movement, catalogue), dose(one, known)]
    if side is not Side.BOTH:
        parts.insert(1, side.value)
    return ", ".join(parts)


def done_of(done: int, asked_for: int) -> str:
    return f"done {done} of {asked_for}"


def today(now: PlanDay) -> list[str]:
    """A line for each movement that is asked for."""
    return [item(one) for one in now.items]


def moment(now: PlanDay | None) -> list[str]:
    """How far it is, and a line for each movement; nothing where there is no plan."""
    if now is None:
        return []
    nothing = [NOTHING_TODAY] if not now.items and 0 < now.week <= now.programme.weeks else []
    return [state(now), *nothing, *today(now)]


def item(one: PlanItem) -> str:
    """ "Seated side reach, left only: hold 20 s. Done once, once more today." """
    asked_for, known = one.prescription, one.movement
    called = known.plain_name if known is not None else printable.line(asked_for.movement)
    form = _ITEM.get(asked_for.side, "{name}: {dose}")
    what = form.format(name=called, dose=dose(asked_for, known))
    done = f"done {one.done} of {asked_for.times}"
    if one.obstacle is None or one.done >= asked_for.times:
        return f"{what}; {done}"
    return f"{what}; {done}; not now: {why_not(one)}"


def why_not(one: PlanItem) -> str:
    assert one.obstacle is not None
    return obstacle(one.obstacle, one.movement, one.cautions, one.missing)


# In the window


def yours(called: str) -> str:
    return f"This plan is yours now: {printable.line(called)}."


# The page to hand back


def from_whom(programme: Programme) -> str:
    return f"A plan by {programme.by}"


def when(programme: Programme, since: datetime, until: datetime | None, today: date) -> list[str]:
    """From when to when it was meant, and from when to when it held."""
    span = (
        f"{counted(programme.weeks, 'week')}, {day(programme.start)} to {day(programme.last_day)}."
    )
    told = f"Loaded on {day(since.date())}."
    if until is not None:
        told = f"{told} Ended on {day(until.date())}."
    return [f"{span} {told}", f"This page was made on {day(today)}."]


def title(some: Sequence[AskedWeek]) -> str:
    first, last = some[0].number, some[-1].number
    return f"Week {first}" if first == last else f"Weeks {first} to {last}"


def week_head(week: AskedWeek) -> str:
    """ "Week 2, from 9 Mar" """
    return f"Week {week.number}, from {week.first.day} {week.first:%b}"


def columns(of_weeks: Sequence[str]) -> tuple[str, ...]:
    return ("Movement", "Asked for", *of_weeks, "How we know")


def of_side(called: str, side: Side) -> str:
    """ "Seated side reach, left" """
    return called if side is Side.BOTH else f"{called}, {side.value}"


def cell(done: int, asked_for: int, seconds: float) -> str:
    """ "9 of 14; 153 s" """
    return f"{done} of {asked_for}; {seconds:.0f} s"


def levels(said: CheckedIn | None) -> str:
    """ "left 3, right 2" """
    if said is None:
        return ""
    named = (("left", said.left), ("right", said.right), ("middle", said.middle))
    return ", ".join(f"{name} {level}" for name, level in named if level is not None)


def ruled_out(found: Crossing, catalogue: Catalogue) -> str:
    return f"{name(found.prescription.movement, catalogue)} ({weeks(found.span).lower()})"


def left_out(names: Sequence[str]) -> str:
    return f"Left out by the person's own settings: {', '.join(names)}."


def label(now: PlanDay) -> str:
    """For a line of the menu."""
    if now.week == 0 or now.week > now.programme.weeks:
        return "Your plan"
    due = sum(one.prescription.times - one.done for one in now.items if one.due)
    return f"Your plan, week {now.week} of {now.programme.weeks}: {due} to do today"


def loaded(programme: Programme, replaced: str) -> str:
    told = yours(programme.name)
    return f"{told} It replaces: {printable.line(replaced)}." if replaced else told


def ended(called: str) -> str:
    return f"Your plan has ended: {printable.line(called)}. The record keeps it."


def replaces(called: str) -> str:
    return f"It replaces the plan you have now: {printable.line(called)}"
