"""A plan from somebody who knows the person: what it asks for comes first, as it says, and no more;
but for what the person's own settings forbid."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from core.coach.programmes import BY, any_programme, ask, programme
from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.coach.prescriptions import Obstacle, PlanItem, crossings
from qlbreak.core.model.facts import Discontinued, Launched, Prescribed, Shown
from qlbreak.core.model.inputs import Discontinue, Prescribe
from qlbreak.core.model.movements import Exercise, Flag, Stage, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.routine import legs, steps_of
from qlbreak.core.model.rules import day_of
from qlbreak.core.model.terms import Feeling, Side, Why
from qlbreak.record.journal import encode
from qlbreak.texts import moments, outcomes, routines
from thorough import few

EVERYTHING = frozenset[Thing](get_args(Thing))
WITH_ALL = Profile(office=EVERYTHING, home=EVERYTHING, travel=EVERYTHING)


def with_plan(plan: Programme, profile: Profile = WITH_ALL) -> Desk:
    return Desk(profile=profile).give(Prescribe(plan))


def offered(desk: Desk) -> Iterator[tuple[Shown, tuple[Exercise, ...]]]:
    for fact in desk.journal:
        if isinstance(fact, Shown):
            yield fact, CATALOGUE.exercises(fact.blocks)


def a_day(desk: Desk, prompts: int) -> Desk:
    for _ in range(prompts):
        desk.work(32).done()
    return desk


def items(desk: Desk) -> tuple[PlanItem, ...]:
    told = desk.status.programme
    assert told is not None
    return told.items


# What it asks for


def test_it_comes_first_and_says_so() -> None:
    desk = with_plan(programme(ask("str-brace", 4, times=2))).work(30)
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.plan is not None
    assert prompt.plan.blocks[0] == Exercise(CATALOGUE.movements["str-brace"], 35)
    assert Why.PLAN in prompt.plan.why
    assert "From your plan by Jane Doe." in moments.prompt_body(prompt)


@given(any_programme(), st.sampled_from(Stage))
@settings(max_examples=few(60))
def test_its_doses_are_kept_and_its_times_met(plan: Programme, stage: Stage) -> None:
    desk = with_plan(plan)
    desk.state.progress.stage = stage
    span = plan.spans[0]
    wanted = {one.movement: one for one in span.asked}
    a_day(desk, 2 * sum(one.times for one in span.asked) + 6)
    counts = Counter[str]()
    for fact, blocks in offered(desk):
        if day_of(fact.at, desk.rules.day_turn) != MORNING.date():
            break  # the longest plans take until then
        for block in blocks:
            name = block.movement.id
            if name in wanted:
                assert block == wanted[name].exercise(block.movement)
                counts[name] += 1
    assert counts == {one.movement: one.times for one in span.asked}


@given(any_programme(), st.data())
@settings(max_examples=few(60))
def test_it_never_crosses_a_caution_or_a_never_or_what_is_there(
    plan: Programme, data: st.DataObject
) -> None:
    names = sorted(CATALOGUE.movements)
    profile = Profile(
        cautions=frozenset(data.draw(st.lists(st.sampled_from(get_args(Flag)), max_size=4))),
        never=frozenset(data.draw(st.lists(st.sampled_from(names), max_size=6))),
        office=frozenset(data.draw(st.lists(st.sampled_from(get_args(Thing)), max_size=8))),
        discreet=data.draw(st.booleans()),
    )
    desk = a_day(with_plan(plan, profile), 8)
    out = profile.never | set(plan.spans[0].leave_out)
    for _, blocks in offered(desk):
        for movement in (block.movement for block in blocks):
            assert movement.allowed_with(profile.cautions)
            assert movement.possible_with(profile.office)
            assert movement.id not in out or movement.suits_everybody
            assert movement.discreet or not profile.discreet
    told = {one.prescription.movement for one in crossings(plan, CATALOGUE, profile)}
    here = {one.movement.id for one in items(desk) if one.movement and one.obstacle is None}
    assert not told & here


@given(any_programme(), st.integers(0, 10), st.booleans())
@settings(max_examples=few(40))
def test_on_a_sore_day_it_is_gentle_and_without_a_ball(
    plan: Programme, level: int, sore: bool
) -> None:
    desk = with_plan(plan)
    if sore:
        desk.sore(Side.LEFT)
    else:
        desk.check_in(left=level)
    a_day(desk, 6)
    for _, blocks in offered(desk):
        if sore or level >= 6:
            assert all(block.movement.level == "gentle" for block in blocks)
            assert not any(block.movement.ball for block in blocks)
            assert all(block.seconds <= block.movement.max_s for block in blocks)


@given(any_programme())
@settings(max_examples=few(40))
def test_balls_and_strong_ones_keep_their_measure(plan: Programme) -> None:
    desk = a_day(with_plan(plan), 14)
    of = [[block.movement for block in blocks] for _, blocks in offered(desk)]
    balls = [any(movement.ball for movement in movements) for movements in of]
    assert sum(balls) <= 2
    assert not any(a and b for a, b in pairwise(balls))
    assert all(sum(m.level == "strong" for m in movements) <= 1 for movements in of)
    assert sum(any(m.level == "strong" for m in movements) for movements in of) <= 2


def test_one_side_alone_is_done_on_that_side_alone() -> None:
    plan = programme(ask("len-seat-reach", 20, Side.LEFT, 2), ask("len-seat-reach", 12, Side.RIGHT))
    desk = a_day(with_plan(plan), 8)
    works = Counter[tuple[Side, int]]()
    for fact, blocks in offered(desk):
        for block, side, seconds in legs(blocks, fact.side):
            if block.movement.id == "len-seat-reach":
                works[side, seconds] += 1
    assert works == {(Side.LEFT, 25): 2, (Side.RIGHT, 17): 1}
    assert [(one.prescription.side, one.done) for one in items(desk)] == [
        (Side.LEFT, 2), (Side.RIGHT, 1),
    ]  # fmt: skip


def test_what_is_to_be_done_on_one_side_is_said_so() -> None:
    desk = with_plan(programme(ask("len-seat-reach", 30, Side.LEFT))).work(30)
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.plan is not None
    assert "35 s on the left only" in routines.task(prompt.plan)
    assert "first" not in routines.task(prompt.plan)
    assert not any("change sides" in step for step in steps_of(prompt.plan.blocks[0]))


def test_the_same_comes_again_after_an_hour_at_the_earliest() -> None:
    desk = a_day(with_plan(programme(ask("str-brace", times=6))), 12)
    at = [fact.at for fact, blocks in offered(desk) if blocks[0].movement.id == "str-brace"]
    assert len(at) == 6
    assert all(b - a >= timedelta(hours=1) for a, b in pairwise(at))


def test_half_of_it_counts_and_less_does_not() -> None:
    plan = programme(ask("rel-breath", 6))
    assert with_plan(plan).work(30).start().guide(0.2).status.programme.items[0].done == 0  # type: ignore[union-attr]
    assert with_plan(plan).work(30).start().guide(1.0).status.programme.items[0].done == 1  # type: ignore[union-attr]


def test_what_takes_longer_than_the_routine_comes_alone_in_full() -> None:
    desk = with_plan(programme(ask("reset-walk", 240))).work(30)
    (fact, blocks), *_ = offered(desk)
    assert [block.seconds for block in blocks] == [240]
    assert fact.length == 244


def test_after_the_last_snooze_and_in_a_meeting_only_what_is_short_comes() -> None:
    desk = with_plan(programme(ask("reset-walk", 240), ask("str-brace", 3)))
    desk.work(30).snooze(5).work(5).snooze(5).work(5)
    *_, (last, blocks) = offered(desk)
    assert last.length == 30
    assert [block.movement.id for block in blocks] == ["str-brace"]


def test_the_rest_of_the_day_goes_on_as_before() -> None:
    desk = a_day(with_plan(programme(ask("str-brace"), leave_out=("reset-rock",))), 8)
    found = [{block.movement.id for block in blocks} for _, blocks in offered(desk)]
    assert "str-brace" in found[0]
    assert not any("str-brace" in ids for ids in found[1:])
    assert not any("reset-rock" in ids for ids in found)
    assert all(found)


def test_another_one_is_another_one_of_the_plan_then_of_the_rest() -> None:
    desk = with_plan(programme(ask("str-brace"), ask("rel-breath"))).work(30).another()
    (_, first), (again, second) = offered(desk)
    assert not {b.movement.id for b in first} & {b.movement.id for b in second}
    assert Why.PLAN not in again.why


# What is in its way


def why_not(desk: Desk) -> list[Obstacle | None]:
    return [one.obstacle for one in items(desk)]


def test_what_is_in_the_way_is_told() -> None:
    wrist = Profile(cautions=frozenset({"wrist"}))
    assert why_not(with_plan(programme(ask("str-bird-dog")), wrist)) == [Obstacle.CAUTION]
    never = Profile(never=frozenset({"str-brace"}))
    assert why_not(with_plan(programme(ask("str-brace")), never)) == [Obstacle.NEVER]
    assert why_not(with_plan(programme(ask("str-knee-plank")), Profile())) == [Obstacle.THINGS]
    quiet = Profile(discreet=True)
    assert why_not(with_plan(programme(ask("str-hip-hike")), quiet)) == [Obstacle.DISCREET]
    plain = programme(ask("str-hip-hike"))
    assert why_not(with_plan(plain).sore(Side.LEFT)) == [Obstacle.SORE]
    assert why_not(with_plan(plain).meet(30)) == [Obstacle.MEETING]
    assert why_not(with_plan(plain)) == [None]


def test_what_felt_worse_rests_for_a_week() -> None:
    desk = with_plan(programme(ask("str-brace", times=3))).work(30).done().feel(Feeling.WORSE)
    assert why_not(desk) == [Obstacle.WORSE]


def test_at_another_place_there_are_other_things() -> None:
    profile = Profile(home=EVERYTHING)
    desk = with_plan(programme(ask("str-knee-plank")), profile)
    assert why_not(desk) == [Obstacle.THINGS]
    assert why_not(desk.move(Place.HOME)) == [None]


# When it holds


def test_before_it_begins_and_after_its_weeks_all_is_as_before() -> None:
    later = programme(ask("str-brace"), start=MORNING.date() + timedelta(days=7))
    desk = a_day(with_plan(later), 2)
    assert not any(Why.PLAN in fact.why for fact, _ in offered(desk))
    assert desk.status.programme is not None
    assert desk.status.programme.week == 0
    short = programme(ask("str-brace"), weeks=(1, 1))
    desk = with_plan(short).sleep(7 * 24 * 60)
    assert desk.status.programme is not None
    assert desk.status.programme.week == 2
    assert not any(Why.PLAN in fact.why for fact, _ in offered(desk.work(31)))


def test_a_second_one_takes_the_place_of_the_first_and_says_so() -> None:
    desk = with_plan(programme(ask("str-brace"), name="One"))
    desk.forget().give(Prescribe(programme(ask("rel-breath"), name="Two")))
    (fact,) = [fact for fact in desk.facts if isinstance(fact, Prescribed)]
    assert fact.replaced == "One"
    assert [one.prescription.movement for one in items(desk)] == ["rel-breath"]


def test_it_is_ended_and_that_is_recorded() -> None:
    desk = with_plan(programme(ask("str-brace"))).forget().give(Discontinue())
    assert desk.facts == [Discontinued(desk.at, "Six weeks")]
    assert desk.status.programme is None
    desk.give(Discontinue())
    assert desk.reminder.refused == "there is no plan to end"


def test_one_that_is_over_is_refused() -> None:
    old = programme(ask("str-brace"), start=MORNING.date() - timedelta(days=42))
    desk = Desk().give(Prescribe(old))
    assert "over" in desk.reminder.refused
    assert desk.status.programme is None


def test_it_is_taken_up_at_once_where_a_reminder_is_open() -> None:
    desk = Desk(profile=WITH_ALL).work(30)
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.plan is not None
    first = prompt.plan.blocks[0].movement.id
    desk.give(Prescribe(programme(ask("str-brace"), leave_out=(first,))))
    *_, (fact, blocks) = offered(desk)
    assert Why.PLAN in fact.why
    assert blocks[0].movement.id == "str-brace"


# What the record makes of it


def test_a_start_makes_the_same_of_it() -> None:
    desk = with_plan(programme(ask("str-brace", times=3))).work(31).done()
    assert [one.done for one in items(desk)] == [1]
    desk.kill(1)
    assert [one.done for one in items(desk)] == [1]
    launched = [fact for fact in desk.journal if isinstance(fact, Launched)]
    assert launched[-1].programme is not None
    assert launched[-1].prescribed == MORNING


def test_it_outlives_the_part_of_the_journal_that_is_read_back() -> None:
    desk = with_plan(programme(ask("str-brace")))
    desk.kill(1)
    desk.journal = [fact for fact in desk.journal if not isinstance(fact, Prescribed)]
    desk.kill(1)
    assert [one.prescription.movement for one in items(desk)] == ["str-brace"]
    desk.give(Discontinue()).kill(1)
    assert desk.status.programme is None


def test_without_a_plan_a_line_is_as_it_was() -> None:
    desk = Desk().work(31)
    assert not any(word in encode(fact) for fact in desk.journal for word in (b"program", b"only"))


def test_one_that_was_loaded_elsewhere_holds_here_and_the_later_one_wins() -> None:
    desk = with_plan(programme(ask("str-brace"), name="Here"))
    early = Prescribed(MORNING - timedelta(hours=1), programme(ask("rel-breath"), name="Early"))
    desk.hear("there", early)
    assert [one.prescription.movement for one in items(desk)] == ["str-brace"]
    late = Prescribed(MORNING + timedelta(hours=1), programme(ask("rel-breath"), name="Late"))
    desk.hear("there", late)
    assert [one.prescription.movement for one in items(desk)] == ["rel-breath"]
    desk.hear("there", Discontinued(MORNING + timedelta(hours=2), "Late"))
    assert desk.status.programme is None


def test_what_was_done_elsewhere_is_done() -> None:
    desk = with_plan(programme(ask("str-brace", times=2)))
    other = a_day(with_plan(programme(ask("str-brace", times=2))), 1)
    desk.work(60).hear("there", *other.journal)
    assert [one.done for one in items(desk)] == [1]


def test_nobody_is_named_in_the_log() -> None:
    desk = a_day(with_plan(programme(ask("str-brace"))), 2).give(Discontinue())
    assert BY not in "".join(map(outcomes.log_line, desk.journal))
    assert "Six weeks" not in "".join(map(outcomes.log_line, desk.journal))


def test_nobody_is_named_who_has_no_plan() -> None:
    desk = a_day(Desk(), 4)
    assert not any(fact.prescriber for fact, _ in offered(desk))
    assert BY not in "".join(map(repr, desk.journal))
