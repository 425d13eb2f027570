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
from qlbreak.language import N_, _, formats, ngettext, pgettext
from qlbreak.system import printable

ASK = _("Apply this plan?")
NOT_APPLIED = _("Nothing was changed.")
NO_PLAN = _("You have no plan. To load one from a file: qlbreak plan load FILE")
NEVER_LOADED = _("no plan was ever loaded; to load one: qlbreak plan load FILE")
NO_PLAN_TO_END = _("there is no plan to end")
YOURS_FIRST = _("Your own settings come first. What they rule out is left out:")
NOTHING_ASKED = _("Nothing is asked for.")
EXAMPLES = _(
    "Examples that come with qlbreak. They show how a plan is written; they are no advice."
)
# Of the examples' names, which are in files and stay as they are.
EXAMPLE = "Example: "
SECTION, TITLE = _("Plan"), _("Your plan")
WHAT = _(
    "A physiotherapist, or anybody who knows you, can send you a plan as a file: which movements "
    "come first in your breaks, and how often a day. You read it before it applies. Your own "
    "settings always come first."
)
NONE_HERE = _("You have no plan.")
UNKNOWN = _("Whether you have a plan is shown here while qlbreak is running.")
LOAD, END, OPEN_PAGE = _("Load a plan…"), _("End this plan"), _("Page to hand back")
APPLY, CANCEL = _("Apply this plan"), _("Cancel")
LOAD_TITLE, KIND_OF_FILE = _("Load a plan"), _("Plans (*.toml)")
REPLACES = _("It replaces the plan that you have now.")
ENDED = _("Your plan has ended. The record keeps it.")
FAILED = _("That did not work. To find out why, run: qlbreak doctor")
PAGE = _("A plan, and what was done of it")
CHECK_IN = _("Check-in")
CHECK_IN_SCALE = _("discomfort, 0 to 10")
KNOWN = {
    Evidence.GUIDED: _("guided"),
    Evidence.AWAY: _("away"),
    # Translators: of a movement that the person says to have done.
    Evidence.CLAIMED: pgettext("how we know", "told"),
    Evidence.CORRECTED: _("corrected"),
}
EXPLAINED = (
    _(
        "9 of 14; 153 s: done 9 times of the 14 that the plan asks for on the days so far, 153 "
        "seconds in all. A set counts from half of its dose on; all seconds are counted. Days "
        "without a computer are days, too."
    ),
    _(
        "How we know. Guided: the guide ran it. Away: nobody was at the keyboard meanwhile. "
        "Told: the person said so. Corrected: said later. Nobody saw how it was done."
    ),
)
NOTHING_TODAY = _("Today the plan asks for nothing.")

_TIMES = {1: _("once a day"), 2: _("twice a day")}
_ONLY = {
    # Translators: {dose} is like "hold 20 s" or "5 slow rocks", {times} like "twice a day".
    Side.LEFT: _("{name}, left only: {dose}, {times}"),
    Side.RIGHT: _("{name}, right only: {dose}, {times}"),
}
_EACH = _("{name}: {dose} each side, {times}")
_BOTH = _("{name}: {dose}, {times}")
_ITEM = {
    Side.LEFT: _("{name}, left only: {dose}"),
    Side.RIGHT: _("{name}, right only: {dose}"),
}
_OF_SIDE = {
    Side.LEFT: _("{name}, left"),
    Side.RIGHT: _("{name}, right"),
    Side.BOTH: "{name}",
}
_LEVELS = {
    "left": N_("left {level}"), "right": N_("right {level}"), "middle": N_("middle {level}"),
}  # fmt: skip
_OBSTACLES = {
    # Translators: each says why a movement of the plan is left out.
    Obstacle.UNKNOWN: _("qlbreak does not know this movement any more"),
    Obstacle.CAUTION: _('your settings say "{caution}"'),
    Obstacle.NEVER: _("your settings never want it"),
    Obstacle.THINGS: _("there is no {things} at your usual place"),
    Obstacle.WORSE: _("it hurt or felt worse, so it rests for a week"),
    Obstacle.SORE: _("you are sore today"),
    Obstacle.RISEN: _("your last check-in was higher"),
    Obstacle.DISCREET: _("others would see it"),
    Obstacle.ROOM: _("there is no room for it here"),
    Obstacle.MEETING: _("not during a meeting"),
    Obstacle.TRAVEL: _("not right after a trip"),
    Obstacle.BALLS: _("enough work with balls for now"),
    Obstacle.STRONG: _("enough strong movements for today"),
}


def head(programme: Programme) -> list[str]:
    """Its name, from whom, from when to when, and what else was to be said."""
    # Translators: a plan, and who made it.
    called = _("{name}, from {by}", name=programme.name, by=programme.by)
    lines = [called, _span(programme)]
    return [printable.line(line) for line in [*lines, *filter(None, (programme.note,))]]


def _span(programme: Programme) -> str:
    return ngettext(
        "{n} week, {first} to {last}.",
        "{n} weeks, {first} to {last}.",
        programme.weeks,
        first=day(programme.start),
        last=day(programme.last_day),
    )


def day(of: date) -> str:
    return formats.full_date(of)


def asks(programme: Programme, catalogue: Catalogue, profile: Profile) -> list[str]:
    """All that it asks for, and what of it the person's own settings rule out."""
    lines = [*head(programme), *asked(programme, catalogue)]
    found = [crossing(one) for one in crossings(programme, catalogue, profile)]
    if found:
        lines += ["", YOURS_FIRST, *(f"  {line}" for line in dict.fromkeys(found))]
    return lines


def first_line(text: str) -> str:
    """What an example is called."""
    return str(tomllib.loads(text).get("name", "")).removeprefix(EXAMPLE)


def over(programme: Programme) -> str:
    return _("this plan ended on {day}; change its start", day=day(programme.last_day))


def asked(programme: Programme, catalogue: Catalogue) -> Iterator[str]:
    """Week by week."""
    known = catalogue.movements
    for span in sorted(programme.spans, key=lambda span: span.first):
        yield ""
        # Translators: {weeks} is "Week 3" or "Weeks 1 to 2".
        yield _("{weeks}: about {n} min a day", weeks=weeks(span), n=minutes(span, catalogue))
        for one in span.asked:
            yield f"  {movement(one, known.get(one.movement))}"
        if not span.asked:
            yield f"  {NOTHING_ASKED}"
        if span.leave_out:
            names = ", ".join(name(one, known.get(one)) for one in span.leave_out)
            yield "  " + _("Left out: {movements}", movements=names)


def weeks(span: WeekSpan) -> str:
    """ "Week 3", "Weeks 1 to 2" """
    return _weeks(span.first, span.last)


def _weeks(first: int, last: int) -> str:
    if first == last:
        return _("Week {n}", n=first)
    return _("Weeks {first} to {last}", first=first, last=last)


def minutes(span: WeekSpan, catalogue: Catalogue) -> int:
    """Of a day, as far as it is movement."""
    seconds = 0
    for one in span.asked:
        known = catalogue.movements.get(one.movement)
        sides = one.sides(sided=known is not None and known.sided)
        seconds += one.takes * one.times * len(sides)
    return max(round(seconds / 60), 1)


def name(movement: str, known: Movement | None) -> str:
    """By its id where nobody knows it any more."""
    return known.plain_name if known is not None else printable.line(movement)


def dose(one: Prescription, known: Movement | None) -> str:
    """ "5 slow rocks", "hold 20 s" """
    if known is not None:
        return told(known.dose, one.takes)
    if one.repetitions:
        return ngettext("{n} repetition", "{n} repetitions", one.repetitions, n=one.repetitions)
    return _("{n} s", n=one.seconds)


def movement(one: Prescription, known: Movement | None) -> str:
    """ "Seated side reach, left only: hold 20 s, twice a day" """
    sided = known is not None and known.sided
    form = _ONLY.get(one.side, _EACH if sided else _BOTH)
    return form.format(
        name=name(one.movement, known), dose=dose(one, known), times=times(one.times)
    )


def times(number: int) -> str:
    return _TIMES.get(number) or ngettext("{n} time a day", "{n} times a day", number, n=number)


# What is in its way


def crossing(found: Crossing) -> str:
    """ "Side plank on knees (weeks 5 to 6): your settings say: A sore wrist" """
    why = obstacle(found.obstacle, found.cautions, found.missing)
    return _("{movement}: {why}", movement=ruled_out(found), why=why)


def obstacle(what: Obstacle, flags: frozenset[Flag], missing: frozenset[str]) -> str:
    named: Mapping[Flag, str] = {flag: one.label for flag, one in cautions().items()}
    told = [label for flag, label in named.items() if flag in flags]
    if what is Obstacle.THINGS and not missing:
        return _("there is no room at your usual place")
    things = formats.either([_(thing) for thing in sorted(missing)])
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
        return _("Your plan by {by} begins on {day}.", by=by, day=day(programme.start))
    if week > programme.weeks:
        return _("Your plan by {by} ended on {day}.", by=by, day=day(programme.last_day))
    return _(
        "Week {week} of {weeks} of your plan by {by}.", week=week, weeks=programme.weeks, by=by
    )


def called(one: Prescription, side: Side, known: Movement | None) -> str:
    """ "Seated side reach, left, hold 20 s" """
    sided = of_side(name(one.movement, known), side)
    return _("{name}, {dose}", name=sided, dose=dose(one, known))


def done_of(done: int, asked_for: int) -> str:
    return _("done {done} of {asked_for}", done=done, asked_for=asked_for)


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
    form = _ITEM.get(asked_for.side) or _("{name}: {dose}")
    what = form.format(name=name(asked_for.movement, known), dose=dose(asked_for, known))
    done = done_of(one.done, asked_for.times)
    if one.obstacle is None or one.done >= asked_for.times:
        return f"{what}; {done}"
    # Translators: {movement} is like "Seated side reach, left only: hold 20 s", {done} like
    # "done 1 of 2".
    return _("{movement}; {done}; not now: {why}", movement=what, done=done, why=why_not(one))


def why_not(one: PlanItem) -> str:
    assert one.obstacle is not None
    return obstacle(one.obstacle, one.cautions, one.missing)


# In the window


def yours(called: str) -> str:
    return _("This plan is yours now: {plan}.", plan=printable.line(called))


# The page to hand back


def from_whom(programme: Programme) -> str:
    return _("A plan by {by}", by=programme.by)


def when(programme: Programme, since: datetime, until: datetime | None, today: date) -> list[str]:
    """From when to when it was meant, and from when to when it held."""
    told = [_span(programme), _("Loaded on {day}.", day=day(since.date()))]
    if until is not None:
        told.append(_("Ended on {day}.", day=day(until.date())))
    return [" ".join(told), _("This page was made on {day}.", day=day(today))]


def title(some: Sequence[AskedWeek]) -> str:
    return _weeks(some[0].number, some[-1].number)


def week_head(week: AskedWeek) -> str:
    """ "Week 2, from 9 Mar" """
    return _("Week {n}, from {day}", n=week.number, day=formats.day_month(week.first))


def columns(of_weeks: Sequence[str]) -> tuple[str, ...]:
    return (_("Movement"), _("Asked for"), *of_weeks, _("How we know"))


def of_side(called: str, side: Side) -> str:
    """ "Seated side reach, left" """
    return _OF_SIDE[side].format(name=called)


def cell(done: int, asked_for: int, seconds: float) -> str:
    """ "9 of 14; 153 s" """
    return _(
        "{done} of {asked_for}; {seconds} s", done=done, asked_for=asked_for, seconds=round(seconds)
    )


def levels(said: CheckedIn | None) -> str:
    """ "left 3, right 2" """
    if said is None:
        return ""
    levels = ((text, getattr(said, side)) for side, text in _LEVELS.items())
    return ", ".join(_(text, level=level) for text, level in levels if level is not None)


def ruled_out(found: Crossing) -> str:
    """ "Side plank on knees (weeks 5 to 6)" """
    called = name(found.prescription.movement, found.movement)
    first, last = found.span.first, found.span.last
    if first == last:
        return _("{movement} (week {n})", movement=called, n=first)
    return _("{movement} (weeks {first} to {last})", movement=called, first=first, last=last)


def left_out(names: Sequence[str]) -> str:
    return _("Left out by the person's own settings: {movements}.", movements=", ".join(names))


def label(now: PlanDay) -> str:
    """For a line of the menu."""
    if now.week == 0 or now.week > now.programme.weeks:
        return _("Your plan")
    due = sum(one.prescription.times - one.done for one in now.items if one.due)
    return ngettext(
        "Your plan, week {week} of {weeks}: {n} to do today",
        "Your plan, week {week} of {weeks}: {n} to do today",
        due,
        week=now.week,
        weeks=now.programme.weeks,
    )


def loaded(programme: Programme, replaced: str) -> str:
    told = [yours(programme.name)]
    if replaced:
        told.append(_("It replaces: {plan}.", plan=printable.line(replaced)))
    return " ".join(told)


def ended(called: str) -> str:
    return _("Your plan has ended: {plan}. The record keeps it.", plan=printable.line(called))


def replaces(called: str) -> str:
    return _("It replaces the plan you have now: {plan}", plan=printable.line(called))
