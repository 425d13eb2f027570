"""What of a plan was done: by week, movement and side, counted from the facts alone."""

from datetime import timedelta

from core.coach.programmes import ask, programme
from desk import MORNING, Desk, tallied
from qlbreak.core.model.facts import Worked
from qlbreak.core.model.inputs import Discontinue, Prescribe
from qlbreak.core.model.terms import Evidence, Side
from qlbreak.core.statistics.programmes import AskedRow, ProgrammeCourse


def courses(desk: Desk) -> list[ProgrammeCourse]:
    return desk.tally.programmes(desk.at)


def rows(desk: Desk, week: int = 1) -> tuple[AskedRow, ...]:
    return courses(desk)[-1].weeks[week - 1].rows


def test_by_movement_and_side_with_how_it_is_known() -> None:
    plan = programme(ask("len-seat-reach", 12, times=2), ask("str-brace", 3))
    desk = Desk().give(Prescribe(plan)).work(30).start().guide(1.0).work(31).done()
    left, right, brace = rows(desk)
    assert [(row.side, row.asked) for row in (left, right, brace)] == [
        (Side.LEFT, 2), (Side.RIGHT, 2), (Side.BOTH, 1),
    ]  # fmt: skip
    assert (left.done, left.seconds, left.days) == (1, 17.0, 1)
    assert left.evidence == right.evidence == {Evidence.GUIDED: 1}
    assert brace.evidence == {Evidence.CLAIMED: 1}


def test_half_counts_once_and_all_seconds_are_there() -> None:
    desk = Desk().give(Prescribe(programme(ask("rel-breath", 6), leave_out=("reset-shift",))))
    desk.work(30).start().guide(0.3)
    (row,) = rows(desk)
    assert row.done == 0
    assert 0 < row.seconds < 0.5 * row.prescription.takes


def test_weeks_that_have_not_come_ask_for_nothing_yet() -> None:
    desk = Desk().give(Prescribe(programme(ask("str-brace", times=2)))).sleep(8 * 24 * 60)
    weeks = courses(desk)[-1].weeks
    assert [week.held for week in weeks] == [7, 2, 0, 0, 0, 0]
    assert [week.rows[0].asked for week in weeks] == [14, 4, 0, 0, 0, 0]


def test_what_was_before_it_and_after_it_is_not_of_it() -> None:
    plan = programme(ask("str-brace", 3))
    desk = Desk().start("str-brace").guide(1.0).work(1)
    desk.give(Prescribe(plan)).give(Discontinue()).start("str-brace").guide(1.0)
    (course,) = courses(desk)
    assert course.until == desk.journal[-1].at or course.until is not None
    assert course.weeks[0].rows[0].done == 0
    assert not course.holds(MORNING.date())


def test_one_after_the_other_each_has_its_own() -> None:
    desk = (
        Desk().give(Prescribe(programme(ask("str-brace", 3), name="One"))).work(30).done().work(1)
    )
    desk.give(Prescribe(programme(ask("str-brace", 3), name="Two")))
    first, second = courses(desk)
    assert first.until == second.since
    assert [course.weeks[0].rows[0].done for course in (first, second)] == [1, 0]


def test_what_was_guided_without_a_reminder_counts_too() -> None:
    desk = Desk().give(Prescribe(programme(ask("str-brace", 3))))
    at = MORNING + timedelta(minutes=5)
    facts = [*desk.journal, Worked(at, 0, "str-brace", Side.BOTH, 26.0)]
    (row,) = tallied(facts).programmes(at)[0].weeks[0].rows
    assert row.done == 1


def test_today_alone() -> None:
    desk = Desk().give(Prescribe(programme(ask("str-brace", 3, times=2)))).work(30).done()
    (row,) = desk.tally.asked(desk.at)
    assert (row.done, row.asked) == (1, 2)
    desk.sleep(24 * 60)
    (row,) = desk.tally.asked(desk.at)
    assert (row.done, row.asked) == (0, 2)
    assert Desk().tally.asked(MORNING) == ()
