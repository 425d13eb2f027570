"""The days' figures against the whole: whatever a journal tells, cut into days it is as much."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import isclose
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from core.statistics.whole import Whole
from desk import CATALOGUE, MORNING, Desk, tallied
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    CheckedIn,
    Confirmed,
    Corrected,
    Elsewhere,
    Expired,
    Felt,
    Held,
    Reopened,
    Sat,
    Shown,
    Stayed,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Ending, Side
from qlbreak.core.statistics.figures import Figures, between, total
from qlbreak.core.statistics.merge import merged
from qlbreak.core.statistics.tally import Tally
from samples import facts
from thorough import few

LIMIT = 1800.0
TURNS = st.builds(time, st.integers(0, 11), st.integers(0, 59)) | st.just(time(12))
COUNTED = (
    Sat, Arrived, Break, Stayed, Elsewhere, Held, Shown, Answered, Confirmed, Corrected, Reopened,
    Expired, Withdrawn, Worked, Felt, CheckedIn,
)  # fmt: skip


def close(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=1e-9, abs_tol=1e-4)


def alike(one: Any, other: Any) -> bool:
    """But for the last digits of sums that were added up in another order."""
    match one:
        case float():
            return close(one, other)
        case Figures():
            fields = Figures.__struct_fields__
            return all(alike(getattr(one, name), getattr(other, name)) for name in fields)
        case dict():
            return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
        case _ if hasattr(one, "__struct_fields__"):
            names = one.__struct_fields__
            return all(alike(getattr(one, name), getattr(other, name)) for name in names)
        case _:
            return bool(one == other)


ZONES = ("+00:00", "+09:00", "-08:00", "+05:30")
# Numbers of prompts that meet, times of one week, and seconds as they come: in thousandths.
NUMBERS = st.integers(1, 4)
SECONDS = st.integers(0, 40_000_000).map(lambda thousandths: thousandths / 1000)
TIMES = st.builds(
    lambda minutes, offset: (MORNING + timedelta(minutes=minutes)).astimezone(offset.tzinfo),
    st.integers(0, 7 * 24 * 60) | st.sampled_from([19 * 60, 19 * 60 + 1, 43 * 60]),
    st.sampled_from([datetime.fromisoformat(f"2026-01-01T00:00{zone}") for zone in ZONES]),
)


@st.composite
def journals(draw: st.DrawFn) -> list[AnyFact]:
    """Any facts, in any order; most of them about the same few prompts and days."""
    found = draw(st.lists(st.one_of([facts(kind) for kind in COUNTED]), max_size=25))
    changed = []
    for fact in found:
        changes: dict[str, Any] = {}
        if draw(st.integers(0, 9)):
            changes["at"] = draw(TIMES)
            for name in ("prompt", "seconds", "kept"):
                if name in fact.__struct_fields__:
                    changes[name] = draw(NUMBERS if name == "prompt" else SECONDS)
        changed.append(replace(fact, **changes))
    return changed


def day_at(desk: Desk) -> list[AnyFact]:
    """With something of everything, whatever the hour."""
    desk.work(30).done().undo().work(30).start().done().work(30).snooze(5).undo().work(5).skip()
    desk.work(10).pause(10).work(15).meet(5).work(25).arrive(60).stand().work(5).sit().work(2)
    desk.sleep(5).work(40).work(120).longer(True).resume().away(20).work(2).stay().work(40)
    return desk.quit().journal


def holds(journal: Sequence[AnyFact], turn: time) -> None:
    tally = tallied(journal, Rules(sitting=LIMIT, day_turn=turn))
    days, whole = tally.days(), Whole(journal)
    found = total(days.values())
    assert found.prompts == len(whole.shown)
    for ending in Ending:
        assert getattr(found, ending) == len(whole.of(ending))
    put_off = {n: k for n, k in whole.snoozes.items() if n in whole.shown and k}
    assert (found.snoozed, found.put_off) == (sum(put_off.values()), len(put_off))
    assert found.put_off_done == len(put_off.keys() & set(whole.of(Ending.DONE)))
    assert sum(found.held.values()) == len(whole.held)
    assert sum(found.evidence.values()) == found.done
    assert sum(found.feelings.values()) == len(whole.feelings.keys() & whole.shown.keys())
    assert found.natural_breaks == whole.breaks
    assert len(found.check_ins) == len(whole.check_ins)
    sits(found, whole)
    assert close(found.left_s, whole.sides[Side.LEFT])
    assert close(found.right_s, whole.sides[Side.RIGHT])
    for figures in days.values():
        adds_up(figures)


def sits(found: Figures, whole: Whole) -> None:
    longest = max(whole.spells, default=0.0)
    assert close(found.sitting_s, sum(whole.spells))
    assert close(found.unknown_s, whole.unknown)
    assert close(found.standing_s, whole.stood)
    assert close(found.over_s, sum(max(spell - LIMIT, 0.0) for spell in whole.spells))
    assert found.longest_spell_s <= longest + 1e-4
    # Where the day turns a spell becomes two.
    assert found.spells >= sum(spell > 1e-4 for spell in whole.spells)


def adds_up(day: Figures) -> None:
    assert close(sum(hour.sitting_s for hour in day.hours.values()), day.sitting_s)
    assert sum(hour.prompts for hour in day.hours.values()) == day.prompts
    assert sum(hour.done for hour in day.hours.values()) == day.done
    assert 0 <= day.over_s <= day.sitting_s + 1e-4
    assert 0 <= day.unknown_s <= day.sitting_s + 1e-4
    assert day.longest_spell_s <= day.sitting_s + 1e-4
    assert day.done + day.skipped + day.expired + day.withdrawn <= day.prompts
    assert day.put_off_done <= min(day.put_off, day.done)
    assert day.natural_breaks >= 0
    assert (day.spells == 0) is (day.sitting_s == 0)


@given(journals(), TURNS)
@settings(max_examples=few(200))
def test_any_facts_cut_into_days_are_as_much(journal: list[AnyFact], turn: time) -> None:
    holds(journal, turn)


@given(journals(), journals(), TURNS)
@settings(max_examples=few(100))
def test_two_devices_put_together_and_cut_into_days_are_as_much(
    one: list[AnyFact], other: list[AnyFact], turn: time
) -> None:
    holds(merged({"one": one, "other": other}, Rules().away), turn)


@given(st.integers(0, 24 * 60), TURNS, st.data())
@settings(max_examples=few(12))
def test_a_day_played_at_any_hour_is_as_much(start: int, turn: time, data: st.DataObject) -> None:
    desk = Desk(Rules(day_turn=turn), start=MORNING + timedelta(minutes=start))
    journal = day_at(desk)
    holds(journal, turn)
    lost = data.draw(st.sets(st.integers(0, len(journal) - 1), max_size=20))
    holds([fact for place, fact in enumerate(journal) if place not in lost], turn)


@given(journals(), TURNS, st.integers(0, 5), st.integers(0, 5))
@settings(max_examples=few(50))
def test_sums_of_sums_are_the_sum(journal: list[AnyFact], turn: time, one: int, other: int) -> None:
    days = list(tallied(journal, Rules(day_turn=turn)).days().values())
    parts = [days[: min(one, other)], days[min(one, other) : max(one, other)]]
    parts.append(days[max(one, other) :])
    assert alike(total(map(total, parts)), total(days))
    assert total([*days, Figures()]) == total(days) == total([total(days)])


@given(journals(), TURNS, TIMES, SECONDS, st.booleans())
@settings(max_examples=few(60))
def test_what_is_pending_counts_as_if_it_were_recorded(
    journal: list[AnyFact], turn: time, at: datetime, seconds: float, known: bool
) -> None:
    rules, sat = Rules(sitting=LIMIT, day_turn=turn), Sat(at, seconds, known)
    before = tallied(journal, rules)
    days, as_recorded = before.days(sat), tallied([*journal, sat], rules).days()
    assert days.keys() == as_recorded.keys()
    assert all(alike(days[day], as_recorded[day]) for day in days)
    assert before.days() == tallied(journal, rules).days()  # and nothing is left behind


def test_no_rest_of_a_sum_is_a_spell() -> None:
    """Sat since the day turned: in tenths of seconds the hours do not add up to the last digit."""
    at = datetime.fromisoformat("2026-05-06T06:10:00.300000+02:00")
    tally = Tally(time(4), LIMIT, CATALOGUE)
    tally.add(Sat(at, 7800.3))
    [figures] = tally.days().values()
    assert (figures.spells, list(figures.hours)) == (1, [4, 5, 6])


def test_only_the_days_that_are_asked_for_are_worked_out() -> None:
    """Of years there are thousands, and `stats` tells of four weeks."""
    made = list[date]()

    class Days(dict[date, Figures]):
        def __getitem__(self, day: date) -> Figures:
            made.append(day)
            return super().__getitem__(day)

        def items(self) -> Any:
            raise AssertionError("all of them")

    first = MORNING.date()
    days = Days({first + timedelta(days=number): Figures(done=number) for number in range(9)})
    found = between(days, first + timedelta(days=3), first + timedelta(days=4))
    assert [figures.done for figures in found.values()] == [3, 4]
    assert made == list(found)
