"""Several devices as one: what was sat at two at once was sat once, whatever their order."""

from datetime import date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import MORNING, RULES, Desk, tallied
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    Elsewhere,
    Sat,
    Shown,
    Stayed,
    Stood,
)
from qlbreak.core.model.terms import Answer, Cause, Evidence, Side
from qlbreak.core.statistics.figures import Figures
from qlbreak.core.statistics.merge import merged
from samples import facts as any_of

AWAY = RULES.away


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def sat(start: float, end: float, known: bool = True) -> Sat:
    return Sat(at(end), (end - start) * 60, known)


def days(**records: list[AnyFact]) -> dict[date, Figures]:
    return dict(tallied(merged(records, AWAY)).days())


def day(**records: list[AnyFact]) -> Figures:
    return days(**records)[MORNING.date()]


def test_at_the_same_time_counts_once() -> None:
    both = day(a=[sat(0, 10), sat(20, 30)], b=[sat(5, 25)])
    assert both.sitting_s == both.longest_spell_s == 30 * 60
    assert both.spells == 1


def test_known_beats_unknown() -> None:
    both = day(a=[sat(0, 10, known=False)], b=[sat(5, 10)])
    assert (both.sitting_s, both.unknown_s) == (600, 300)


def test_a_break_from_one_for_the_other_is_none() -> None:
    here: list[AnyFact] = [sat(0, 20), Break(at(20), Cause.IDLE), sat(40, 50)]
    assert day(a=here).natural_breaks == 1
    there: list[AnyFact] = [sat(21, 39), Break(at(39), Cause.IDLE)]
    both = day(a=here, b=there)
    assert (both.natural_breaks, both.spells) == (0, 1)
    later = day(a=here, b=[sat(24, 39), Break(at(39), Cause.IDLE)])
    assert (later.natural_breaks, later.spells) == (1, 2)


def test_left_both_at_once_is_one_break() -> None:
    left: list[AnyFact] = [sat(0, 20), Break(at(20), Cause.GAP)]
    assert day(a=left, b=list(left)).natural_breaks == 1


def test_done_at_one_parts_the_spell_of_the_other() -> None:
    done: list[AnyFact] = [
        Shown(at(4), 1, "reset-rock", Side.LEFT, 0.0),
        Answered(at(5), 1, Answer.DONE, "tray", Evidence.CLAIMED),
    ]
    told = Elsewhere(at(6), "b", 1, at(5), 60.0)
    both = day(a=[sat(0, 6), told, sat(6, 10)], b=done)
    assert (both.spells, both.longest_spell_s, both.done) == (2, 300, 1)
    alone = day(a=[sat(0, 6), told, sat(6, 10)])
    assert (alone.spells, alone.longest_spell_s, alone.done) == (2, 300, 0)


def test_a_break_that_was_none_is_sat_where_it_was() -> None:
    here: list[AnyFact] = [sat(0, 20), Break(at(20), Cause.IDLE), sat(26, 30)]
    here.append(Stayed(at(30), 360.0))
    both = day(a=here, b=[sat(21, 22)])
    assert (both.sitting_s, both.natural_breaks, both.spells) == (1800, 0, 1)


def test_arrived_at_both_is_one_journey() -> None:
    journey = Arrived(at(0), 1800.0)
    assert day(a=[journey, sat(0, 5)], b=[journey]).sitting_s == 2100


def test_nothing_and_one_are_as_they_are() -> None:
    record = Desk().work(31).done().away(5).work(3).stay().quit().journal
    assert merged({}, AWAY) == []
    assert merged({"a": record, "b": []}, AWAY) == record


KINDS = st.one_of([any_of(kind) for kind in (Sat, Sat, Sat, Break, Stayed, Arrived)])
MINUTES = st.integers(0, 300)
SITTING = st.builds(
    lambda start, length, known: sat(start, start + length, known),
    MINUTES,
    st.integers(0, 40),
    st.booleans(),
)
RECORDS = st.lists(
    st.one_of(SITTING, st.builds(lambda m: Break(at(m), Cause.IDLE), MINUTES), KINDS), max_size=12
)


@given(RECORDS, RECORDS, st.lists(st.tuples(MINUTES, st.integers(1, 40)), max_size=4))
def test_what_was_stood_is_never_sat_as_well(
    a: list[AnyFact], b: list[AnyFact], spans: list[tuple[int, int]]
) -> None:
    """Nor is it lost: what is counted at two devices is at most what each of them counts."""
    stood: list[AnyFact] = [Stood(at(begin + long), long * 60.0) for begin, long in spans]
    both = {"a": [*a, *stood], "b": b}
    alone = sum(f.standing_s for f in days(a=stood).values())
    assert sum(f.standing_s for f in days(**both).values()) == pytest.approx(alone)
    assert total(both) <= total({"a": a}) + total({"b": b}) + 1e-3


def total(records: dict[str, list[AnyFact]]) -> float:
    return sum(figures.sitting_s for figures in days(**records).values())


@given(RECORDS, RECORDS, RECORDS)
def test_never_more_than_the_sum_nor_less_than_the_most(
    a: list[AnyFact], b: list[AnyFact], c: list[AnyFact]
) -> None:
    alone = [total({"x": record}) for record in (a, b, c)]
    both = total({"a": a, "b": b, "c": c})
    assert max(alone) - 1e-3 <= both <= sum(alone) + 1e-3


@given(RECORDS, RECORDS, RECORDS)
def test_the_order_of_the_devices_does_not_matter(
    a: list[AnyFact], b: list[AnyFact], c: list[AnyFact]
) -> None:
    assert days(a=a, b=b, c=c) == days(c=c, a=a, b=b)
    one, other = days(a=a, b=b, c=c).values(), days(x=c, y=b, z=a).values()
    for name in ("sitting_s", "unknown_s", "natural_breaks", "spells"):
        mine, theirs = (sum(getattr(f, name) for f in told) for told in (one, other))
        assert mine == pytest.approx(theirs)


def test_every_kind_of_fact_goes_through() -> None:
    kinds = {type(fact) for fact in Desk().work(31).done().quit().journal}
    assert kinds < set(get_args(AnyFact))
