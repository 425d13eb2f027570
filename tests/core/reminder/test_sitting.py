"""The sitting clock, played out."""

import pytest

from desk import MORNING, Desk
from qlbreak.core.model.facts import Break, Sat
from qlbreak.core.model.terms import Cause
from qlbreak.core.reminder.status import Mode


def test_idle_below_the_threshold_is_sitting() -> None:
    assert Desk().work(10).away(2).work(10).minutes == 22


def test_a_long_idle_time_is_a_break_from_its_beginning() -> None:
    desk = Desk().work(20).away(6)
    assert desk.kinds() == ["Sat", "Sat", "Break"]
    assert desk.facts[-1] == Break(MORNING.replace(minute=20), Cause.IDLE)
    assert sum(f.seconds for f in desk.facts if isinstance(f, Sat)) == 20 * 60
    assert desk.minutes == 0
    assert desk.status.mode is Mode.AWAY


def test_the_clock_starts_anew_after_a_break() -> None:
    assert Desk().work(20).away(6).work(5).minutes == 4.75  # the first look finds a fresh input


def test_one_absence_is_one_break_however_long() -> None:
    assert Desk().work(20).away(600).kinds().count("Break") == 1


def test_an_absence_before_any_sitting_is_none() -> None:
    assert Desk().away(30).kinds() == []


@pytest.mark.parametrize("minutes", [3, 6, 60, 600, 20_000])
def test_a_sleep_as_long_as_a_break_is_one(minutes: float) -> None:
    desk = Desk().work(25).sleep(minutes).work(2)
    assert desk.kinds()[-1] == "Break"
    assert desk.facts[-1] == Break(MORNING.replace(minute=25), Cause.GAP)
    assert desk.minutes == 2


def test_a_shorter_sleep_stops_the_clock_and_no_more() -> None:
    desk = Desk().work(20).sleep(2).work(5)
    assert desk.minutes == 25
    assert "Break" not in desk.kinds()


@pytest.mark.parametrize("minutes", [-600, -61, 61, 6000])
def test_a_changed_wall_clock_changes_nothing(minutes: float) -> None:
    assert Desk().work(10).set_clock(minutes).work(10).minutes == 20


def test_unknown_idleness_counts_as_sitting_and_is_called_unknown() -> None:
    desk = Desk().work(5).unknown(10)
    assert desk.minutes == 15
    assert desk.status.mode is Mode.UNKNOWN


def test_a_sleep_is_an_absence_even_where_idleness_is_unknown() -> None:
    desk = Desk().unknown(20)
    desk.sleep(30).unknown(1)
    assert desk.minutes == 1


def test_in_a_meeting_one_sits_without_typing() -> None:
    desk = Desk().work(5).meet(40).away(20)
    assert desk.minutes == 25


def test_a_meeting_that_is_left_ends_in_an_absence() -> None:
    desk = Desk().work(5).meet(10).away(20)
    assert desk.minutes == 0
    assert desk.facts[-1] == Break(MORNING.replace(minute=14, second=45), Cause.IDLE)


def test_standing_stops_the_clock() -> None:
    desk = Desk().work(20).stand().work(2).sit().work(5)
    assert desk.minutes == 25


def test_standing_as_long_as_a_break_is_one() -> None:
    desk = Desk().work(20).stand().work(9)
    assert desk.facts[-1] == Break(MORNING.replace(minute=20), Cause.STOOD)
    assert desk.status.mode is Mode.STANDING
    assert desk.sit().work(5).minutes == 5


def test_a_forgotten_standing_ends_by_itself() -> None:
    desk = Desk().work(5).stand().work(130)
    assert desk.status.mode is Mode.SITTING
    assert desk.minutes == pytest.approx(10, abs=0.5)


def test_having_sat_in_a_train_counts() -> None:
    desk = Desk().work(1).arrive(60)
    assert desk.minutes == 61
    assert desk.kinds()[-2:] == ["Arrived", "Shown"]


def test_the_time_since_the_last_break_goes_on_while_standing_still() -> None:
    desk = Desk().work(10).away(5).work(20).sleep(2).work(10)
    assert desk.status.since_break == pytest.approx(32 * 60, abs=16)
    assert desk.status.sitting == pytest.approx(30 * 60, abs=16)


def test_a_power_cut_costs_the_record_at_most_ten_minutes() -> None:
    desk = Desk().work(25)
    sat = [fact for fact in desk.facts if isinstance(fact, Sat)]
    assert [fact.seconds for fact in sat] == [600, 600]


def test_having_sat_elsewhere_comes_before_what_is_sat_here() -> None:
    desk = Desk().work(10).arrive(60)
    assert desk.minutes == 70
    assert desk.status.since_break == 70 * 60


def test_who_stands_sits_down_first() -> None:
    assert "first say: qlbreak sit" in Desk().work(5).stand().arrive(20).reminder.refused


def test_a_restart_while_standing_changes_nothing() -> None:
    desk = Desk().stand().work(5).start().kill()
    assert desk.status.prompt is not None
    assert desk.done().kinds()[-1] == "Answered"


def test_assumed_sitting_is_told_apart() -> None:
    desk = Desk().work(10).unknown(20).work(1)
    assert [(f.seconds, f.known) for f in desk.facts if isinstance(f, Sat)] == [
        (600, True),
        (600, False),
        (600, False),
    ]


def test_the_machine_need_not_have_slept_while_the_program_was_off() -> None:
    assert Desk().work(10).kill(5).status.reason is None
