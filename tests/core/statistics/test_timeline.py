"""The day as it went: what lies where, what goes on, and what reaches into it from yesterday."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.model.facts import AnyFact, Quit
from qlbreak.core.model.terms import Ending, Reason
from qlbreak.core.statistics.timeline import DayPart, Doing, Timeline, timeline
from qlbreak.texts import day
from samples import any_fact
from thorough import few


def told(desk: Desk, *, running: bool = True) -> Timeline:
    """With what the running spell has beside the journal, as the record adds it."""
    pending = desk.reminder.pending
    facts = [*desk.journal, *([pending] if pending.seconds else [])]
    return timeline(facts, desk.rules.day_turn, desk.at, running=running)


def course(desk: Desk, **how: bool) -> list[tuple[Doing, int, int]]:
    """What, from which minute on, for how many."""
    parts = told(desk, **how).parts
    return [(one.doing, minute(one), round(one.seconds / 60)) for one in parts]


def minute(one: DayPart) -> int:
    return round((one.begin - MORNING) / timedelta(minutes=1))


def test_what_is_sat_goes_on_until_now() -> None:
    desk = Desk().work(25)
    assert course(desk) == [(Doing.SAT, 0, 25)]
    assert told(desk).parts[0].lasting
    assert not told(desk, running=False).parts[0].lasting


def test_an_absence_parts_what_was_sat() -> None:
    desk = Desk().work(20).away(10).work(5)
    assert course(desk) == [(Doing.SAT, 0, 20), (Doing.AWAY, 20, 10), (Doing.SAT, 30, 5)]


def test_an_absence_that_was_none_was_sat() -> None:
    desk = Desk().work(20).away(10).work(1).stay().work(4)
    assert sum(length for doing, _, length in course(desk) if doing is Doing.SAT) == 35
    assert Doing.AWAY not in {doing for doing, *_ in course(desk)}


def test_a_routine_that_is_done_ends_what_was_sat_and_one_that_is_skipped_does_not() -> None:
    done, skipped = Desk().work(30).done().work(10), Desk().work(30).skip().work(10)
    assert [length for *_, length in course(done)] == [30, 10]
    assert [length for *_, length in course(skipped)] == [40]


def test_standing_lasts_until_one_sits_again() -> None:
    desk = Desk().work(10).stand().work(15)
    assert course(desk) == [(Doing.SAT, 0, 10), (Doing.STOOD, 10, 15)]
    assert [one.lasting for one in told(desk).parts] == [False, True]
    desk.sit().work(5)
    assert course(desk)[1:] == [(Doing.STOOD, 10, 15), (Doing.SAT, 25, 5)]


def test_a_meeting_lies_over_what_was_sat_and_ends_as_it_was_said() -> None:
    desk = Desk().work(10).meet(20).work(30)
    assert (Doing.MEETING, 10, 20) in course(desk)
    assert (Doing.SAT, 0, 40) in course(desk)


def test_a_pause_that_is_ended_is_over() -> None:
    desk = Desk().work(5).pause(60).work(10).resume().work(5)
    assert (Doing.PAUSED, 5, 10) in course(desk)


def test_what_was_held_back_says_by_what_and_for_how_long() -> None:
    desk = Desk().work(25).busy(Reason.MICROPHONE).work(15).busy().work(2)
    held = next(one for one in told(desk).parts if one.doing is Doing.HELD)
    assert (held.held, minute(held), round(held.seconds / 60)) == (Reason.MICROPHONE, 30, 10)


def test_each_reminder_that_was_shown_has_its_end() -> None:
    desk = Desk().work(30).snooze(5).work(6).done().work(30).skip().work(31)
    found = told(desk).prompts
    assert [life.ending for life in found] == [Ending.DONE, Ending.SKIPPED, None]
    assert found[0].snoozes == 1


def test_where_it_did_not_run_nothing_is_known() -> None:
    desk = Desk().work(10)
    facts = [*desk.journal, Quit(desk.at)]
    later = desk.at + timedelta(minutes=30)
    off = timeline(facts, desk.rules.day_turn, later, running=False).parts[-1]
    assert (off.doing, off.lasting, round(off.seconds / 60)) == (Doing.OFF, True, 30)


def test_a_pause_outlives_the_program_and_standing_does_not() -> None:
    desk = Desk().work(5).pause(60).stand().work(10).quit()
    later = desk.at + timedelta(minutes=10)
    parts = timeline(desk.journal, desk.rules.day_turn, later, running=False).parts
    assert {one.doing for one in parts if one.lasting} == {Doing.PAUSED, Doing.OFF}


def test_yesterday_is_another_day() -> None:
    desk = Desk().work(30).done().work(10)
    tomorrow = desk.at + timedelta(days=1)
    found = timeline(desk.journal, desk.rules.day_turn, tomorrow)
    assert found.prompts == ()
    assert all(one.end >= tomorrow - timedelta(hours=12) for one in found.parts)


@given(st.lists(any_fact(), max_size=20), st.floats(-2, 2))
@settings(max_examples=few(60))
def test_whatever_is_recorded_has_a_course_in_words(facts: list[AnyFact], days: float) -> None:
    now = (facts[0].at if facts else MORNING) + timedelta(days=days)
    found = timeline(facts, Desk().rules.day_turn, now)
    assert all(one.begin < one.end for one in found.parts)
    assert all(entry.text for entry in day.entries(found, CATALOGUE))


def test_however_a_reminder_stands_its_mark_has_a_word_in_the_legend() -> None:
    assert {*day.REMINDERS} == {*Ending, None}


@given(st.data())
@settings(max_examples=few(30))
def test_a_day_with_any_lines_lost_has_its_course(data: st.DataObject) -> None:
    whole = Desk().work(30).done().work(30).snooze(5).work(6).skip().stand().work(9).sit()
    facts = whole.meet(20).work(10).away(30).stay().pause(30).work(5).resume().quit().journal
    kept = data.draw(st.lists(st.booleans(), min_size=len(facts), max_size=len(facts)))
    left = [fact for fact, keep in zip(facts, kept, strict=True) if keep]
    found = timeline(left, whole.rules.day_turn, whole.at)
    assert all(MORNING <= one.begin < one.end <= whole.at for one in found.parts)
