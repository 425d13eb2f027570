"""The weekly check-in: when it is offered, what it changes, what may be said of it."""

from datetime import time, timedelta
from random import Random

import pytest

from core.reminder.watched import Watched
from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.coach.check_ins import Course, Lean, Reading, Trend, concerning, entries, read
from qlbreak.core.model.facts import CheckedIn, Inquired, Shown, Staged
from qlbreak.core.model.movements import Kind, Stage
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.rules import DAY, NEVER, Hours, Rules
from qlbreak.core.model.terms import By, Hindrance, Side, Why

WEEK = 7 * 24 * 60  # minutes


def offers(desk: Desk) -> int:
    return sum(isinstance(fact, Inquired) for fact in desk.facts)


def a_week_later(rules: Rules | None = None) -> Desk:
    """The record has its week, nothing was offered yet, and somebody has just come."""
    return Desk(rules).sleep(WEEK).forget()


# When it is offered


def test_it_is_offered_after_a_week_at_the_desk() -> None:
    desk = a_week_later().work(10)
    assert offers(desk) == 1
    assert desk.facts[-1].at - MORNING <= timedelta(minutes=WEEK + 10)


def test_not_before_the_record_has_a_week() -> None:
    assert offers(Desk().sleep(WEEK - 60).work(20)) == 0


def test_once_a_week_and_ignored_it_waits_for_the_next() -> None:
    desk = a_week_later().work(20)
    for _ in range(6):
        desk.sleep(24 * 60 - 25).work(25)
    assert offers(desk) == 1
    assert offers(desk.sleep(24 * 60).work(20)) == 2


@pytest.mark.parametrize("skipped", [False, True])
def test_doing_it_or_skipping_it_starts_the_interval_anew(skipped: bool) -> None:
    desk = a_week_later().check_in(*() if skipped else (3, 2)).work(20)
    assert offers(desk.sleep(WEEK - 120).work(25)) == 0
    assert offers(desk.sleep(120).work(25)) == 1


def test_never_and_other_intervals() -> None:
    assert offers(a_week_later(Rules(check_in=NEVER)).work(20)) == 0
    daily = a_week_later(Rules(check_in=DAY)).work(20).sleep(24 * 60).work(20)
    assert offers(daily) == 2


def test_not_in_the_first_minutes_after_waking_or_a_natural_break() -> None:
    assert offers(a_week_later().work(4.75)) == 0
    assert offers(a_week_later().work(2).away(4).work(4.75)) == 0


def test_not_shortly_before_a_prompt_or_while_it_is_open() -> None:
    desk = a_week_later().pause(26).work(26)
    assert offers(desk.work(4)) == 0  # a prompt is due in four minutes
    assert offers(desk.work(9)) == 0  # it is open
    assert desk.status.prompt is not None


@pytest.mark.parametrize("answer", ["done", "skip"])
def test_not_shortly_after_an_answer(answer: str) -> None:
    desk = a_week_later().pause(26).work(30)
    getattr(desk, answer)()
    assert offers(desk.work(4.75)) == 0
    assert offers(desk.work(0.5)) == 1


def test_not_after_a_prompt_that_nobody_answered() -> None:
    desk = a_week_later().pause(26).work(40)
    assert desk.kinds()[-1] == "Expired"
    assert offers(desk.work(4.75)) == 0
    assert offers(desk.work(0.5)) == 1


def test_not_while_paused_in_a_meeting_or_standing() -> None:
    assert offers(a_week_later().pause(20).work(19.75)) == 0
    assert offers(a_week_later().meet(20).work(19.75)) == 0
    assert offers(a_week_later().stand().work(20)) == 0


def test_not_outside_the_hours() -> None:
    later = Rules(hours=(Hours(frozenset(range(7)), time(9, 20), time(17)),))
    desk = a_week_later(later).work(19.75)
    assert offers(desk) == 0
    assert offers(desk.work(0.25)) == 1


def test_not_to_an_empty_chair() -> None:
    """A minute without a key or the pointer is no absence yet, but nobody may be looking."""
    desk = a_week_later().work(4).away(2)
    assert offers(desk) == 0
    assert offers(desk.work(0.25)) == 1


def test_not_while_a_question_is_open() -> None:
    desk = Desk(Rules(expire=1200)).sleep(WEEK - 200).work(30 + 50 + 50 + 20)
    assert desk.kinds()[-1] == "Asked"
    desk.sleep(2).work(6)
    assert desk.state.prompts.question is not None
    assert offers(desk) == 0


def test_a_restart_forgets_nothing() -> None:
    desk = a_week_later().work(10).kill(5).work(20)
    assert offers(desk) == 1


def test_in_chance_lives_it_comes_and_never_at_a_bad_moment() -> None:
    """The desk itself looks on."""
    offered = 0
    for seed in range(12):
        dice, desk = Random(seed), Watched()
        for _ in range(20):
            desk.sleep(24 * 60 - 90)
            for _ in range(9):
                getattr(desk, dice.choice(["done", "skip", "snooze", "stand", "sit", "resume"]))()
                getattr(desk, dice.choice(["pause", "meet", "arrive"]))(dice.choice([2, 10]))
                desk.work(dice.choice([3, 10, 20])).away(dice.choice([0, 0, 1, 4]))
            if dice.random() < 0.05:
                desk.check_in(3, 3)
        offered += offers(desk)
    assert offered > 12


# What it says


def told(*levels: tuple[int | None, ...] | int | None, days: float = 7) -> tuple[CheckedIn, ...]:
    """One every so many days: (left, right, middle), or both alike."""
    found = []
    for number, value in enumerate(levels):
        left, right, middle = _three(value)
        at = MORNING + timedelta(days=days * number)
        found.append(CheckedIn(at, left, right, middle))
    return entries(found)


def _three(value: tuple[int | None, ...] | int | None) -> tuple[int | None, ...]:
    return (*value, None)[:3] if isinstance(value, tuple) else (value, value, None)


def test_it_is_recorded_as_it_was_said() -> None:
    desk = Desk().check_in(3, 5, work=Hindrance.A_BIT)
    assert desk.facts == [CheckedIn(desk.at, 3, 5, None, Hindrance.A_BIT)]
    assert desk.figures().check_ins == (desk.facts[0],)
    assert Desk().check_in().facts == [CheckedIn(MORNING)]


def test_skipped_ones_are_no_entries_and_a_correction_takes_the_place() -> None:
    slip, right = CheckedIn(MORNING, 9), CheckedIn(MORNING + timedelta(hours=1), 2, 3)
    (only,) = entries([slip, CheckedIn(MORNING), right])
    assert (only.at, only.left, only.right) == (MORNING, 2, 3)


def test_under_four_points_nothing_is_compared() -> None:
    assert read(()) == Reading()
    assert [c.trend for c in read(told(3, 3, 8)).courses] == [Trend.FEW, Trend.FEW]


@pytest.mark.parametrize(
    ("levels", "trend"),
    [
        ((3, 3, 3, 3), Trend.SAME),
        ((3, 3, 3, 9), Trend.ONCE),
        ((3, 3, 9, 3), Trend.SAME),
        ((3, 3, 3, 4), Trend.SAME),
        ((3, 3, 5, 5), Trend.CHANGED),
        ((3, 3, 4, 5), Trend.ONCE),
        ((6, 5, 3, 2), Trend.CHANGED),
        ((5, 5, 3, 7), Trend.ONCE),  # up and down
        ((9, 9, 9, 3, 3, 3, 3, 5, 6), Trend.CHANGED),  # against the four weeks before, not all
    ],
)
def test_changed_only_where_the_last_two_differ_by_two(
    levels: tuple[int, ...], trend: Trend
) -> None:
    assert {course.trend for course in read(told(*levels)).courses} == {trend}


def test_each_side_for_itself() -> None:
    left, right = read(told((3, 1), (4, 1), (6, 1), (6, 2))).courses
    assert left == Course(Side.LEFT, Trend.CHANGED, (6, 6), 3.5)
    assert right == Course(Side.RIGHT, Trend.SAME, (1, 2), 1.0)


def test_asked_every_four_weeks_the_two_before_are_the_usual() -> None:
    assert read(told(3, 3, 5, 5, days=28)).courses[0].trend is Trend.CHANGED


def test_only_the_middle_is_one_course() -> None:
    middles = [(None, None, level) for level in (3, 3, 6, 6)]
    assert read(told(*middles)).courses == (Course(Side.BOTH, Trend.CHANGED, (6, 6), 3.0),)


def test_the_middle_stands_for_a_side_that_was_not_named() -> None:
    left, right = read(told((None, None, 3), (None, None, 3), (5, None, 3), (5, 3))).courses
    assert (left.trend, right.trend) == (Trend.CHANGED, Trend.SAME)


@pytest.mark.parametrize(
    ("levels", "lean"),
    [
        (((5, 3), (5, 3)), Lean(Side.LEFT, 2)),
        (((1, 4), (2, 6)), Lean(Side.RIGHT, 3)),
        (((5, 3), (5, 4)), None),
        (((5, 3), (3, 5)), None),
        (((5, 3), (5, None, 3)), None),  # the middle is no side
        (((5, 3),), None),
    ],
)
def test_a_side_is_higher_only_twice_running(
    levels: tuple[tuple[int | None, ...], ...], lean: Lean | None
) -> None:
    assert read(told(*levels)).lean == lean


def test_even_after_four_weeks() -> None:
    apart = [(5, 2)] * 3
    assert read(told(*apart, (3, 2), (2, 2))).even
    assert not read(told(*apart, (4, 2), (2, 2))).even
    assert not read(told((5, 2), (3, 2), (2, 2))).even


# When somebody might look at it


@pytest.mark.parametrize(
    ("levels", "seek"),
    [
        ((7, 7), True),
        ((7, 6, 7), False),
        (((7, 0), (0, 8)), True),
        ((3, 3, 5), True),
        ((3, 5, 4), False),
        ((2, 3, 4), True),
        ((3, 5), False),  # a week is not two
        ((4, 4, 4, 4, 4, 4, 4), True),
        ((4, 4, 4, 4, 4, 4), False),
        ((4, 4, 4, 3, 4, 4, 4), False),
        ((6, 6, 6, 6, 6, 6, 3), False),
    ],
)
def test_care(levels: tuple[int, ...], seek: bool) -> None:
    assert concerning(told(*levels)) is seek


def test_what_nobody_knows_is_no_lasting() -> None:
    assert not concerning(told(5, 5, days=60))
    assert concerning(told(5, 5, 5, days=28))


def test_it_is_said_once_and_again_only_after_it_did_not_hold() -> None:
    levels = (7, 7, 7, 6, 5, 7, 7, 7)
    said = [read(told(*levels[: n + 1])).care for n in range(len(levels))]
    assert said == [False, True, False, False, False, False, True, False]


# What the coach makes of it


def shown(desk: Desk) -> Shown:
    return [fact for fact in desk.journal if isinstance(fact, Shown)][-1]


def harsh(fact: Shown) -> bool:
    return any(CATALOGUE.movements[b.movement].level != "gentle" for b in fact.blocks)


def working(days: float = 0, profile: Profile | None = None, rules: Rules | None = None) -> Desk:
    """In the second stage, the first check-in so many days ago."""
    desk = Desk(rules or Rules(check_in=NEVER, routine=90), profile=profile)
    desk._take([fact := Staged(desk.at, Stage.WORK, By.USER)])
    desk.reminder.turn.emit(fact)
    return desk


def test_six_or_more_is_gentle_and_said() -> None:
    for levels in ((6, 0), (0, 7), (None, None, 6)):
        desk = working().check_in(*levels).work(30)
        assert not harsh(shown(desk))
        assert Why.CHECK_IN in shown(desk).why


def test_up_by_two_is_gentle_and_said() -> None:
    desk = working().check_in(1, 1).sleep(WEEK).check_in(3, 1).work(30)
    assert not harsh(shown(desk))
    assert Why.CHECK_IN in shown(desk).why
    same = working().check_in(3, 1).sleep(WEEK).check_in(4, 2).work(30)
    assert Why.CHECK_IN not in shown(same).why


def test_it_counts_until_the_next_and_for_two_weeks_at_most() -> None:
    desk = working().check_in(7, 7)
    assert Why.CHECK_IN in shown(desk.sleep(13 * 24 * 60).work(30)).why
    assert Why.CHECK_IN not in shown(desk.skip().sleep(25 * 60).work(30)).why
    better = working().check_in(7, 7).sleep(WEEK).check_in(2, 2).work(30)
    assert Why.CHECK_IN not in shown(better).why
    skipped = working().check_in(7, 7).sleep(WEEK).check_in().work(30)
    assert Why.CHECK_IN in shown(skipped).why


def test_an_open_prompt_changes_with_it() -> None:
    desk = working().start("str-hip-hike")
    assert harsh(shown(desk.check_in(7, 7)))  # under way, it stays
    desk.guide(0.1).check_in(7, 7)
    assert shown(desk).prompt == 1
    assert not harsh(shown(desk))


def extra(desk: Desk) -> list[Kind]:
    blocks = [block for block in shown(desk).blocks if block.extra_side]
    return [CATALOGUE.movements[block.movement].role for block in blocks]


def test_no_extra_strength_on_a_side_that_went_up() -> None:
    weaker, long = Profile(weaker=Side.LEFT), Rules(check_in=NEVER, routine=180)
    other = working(profile=weaker, rules=long).check_in(1, 1).sleep(WEEK).check_in(1, 3).work(30)
    assert extra(other) == [Kind.STRENGTHEN]
    same = working(profile=weaker, rules=long).check_in(1, 1).sleep(WEEK).check_in(3, 1).work(30)
    assert extra(same) == []


def test_up_by_two_is_one_stage_back_once() -> None:
    desk = working().check_in(1, 1).sleep(WEEK).check_in(3, 1).work(30)
    assert desk.state.progress.stage is Stage.SETTLE
    staged = [fact for fact in desk.journal if isinstance(fact, Staged)]
    assert staged[-1].by is By.TIME
    desk = working()
    desk._take([fact := Staged(desk.at, Stage.BUILD, By.USER)])
    desk.reminder.turn.emit(fact)
    desk.check_in(1, 1).sleep(WEEK).check_in(3, 1).work(30).done().work(30).done().work(30)
    assert desk.state.progress.stage is Stage.WORK


def test_up_by_two_is_no_time_for_more() -> None:
    desk = working().sleep(10 * 24 * 60)
    for _ in range(9):
        desk.start("str-brace").done()
    desk.sleep(5 * 24 * 60)
    assert desk.state.staging.missing(desk.at) == ""
    desk.check_in(1, 1).sleep(24 * 60).check_in(2, 3).pace(1)
    assert desk.reminder.refused == "not yet: your last check-in was higher by 2 or more"
