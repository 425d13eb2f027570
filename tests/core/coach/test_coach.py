"""The coach over days and months: what is missed comes back, sides stay even, stages move."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.coach.lives import START, Life
from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.coach.composer import Composer, planned
from qlbreak.core.coach.constraints import Context, Past, Situation
from qlbreak.core.model.facts import Answered, Felt, Invited, Launched, Shown, Staged, Withdrawn
from qlbreak.core.model.movements import Block, Flag, Kind, Position, Stage, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.routine import legs, total_seconds
from qlbreak.core.model.rules import Hours, Rules
from qlbreak.core.model.terms import Answer, By, Evidence, Feeling, Side, Why
from qlbreak.texts import routines
from thorough import few

MOVEMENTS = CATALOGUE.movements
EVERY_FLAG = frozenset(get_args(Flag))
EVERY_THING = frozenset(get_args(Thing))


@pytest.mark.parametrize("seed", range(8))
def test_a_month_leaves_the_sides_even_but_for_the_extra_sets(seed: int) -> None:
    """Random skips, and routines left in the middle; by one block at most."""
    life = Life(seed, Profile(tighter=Side.LEFT if seed % 2 else None, office=EVERY_THING))
    for _ in life.live(30, 8):
        pass
    done = [
        work for offer in life.history.offers for work in life.history.done(offer) if not work.extra
    ]
    left = sum(work.seconds for work in done if work.side is Side.LEFT)
    right = sum(work.seconds for work in done if work.side is Side.RIGHT)
    assert left > 600
    longest = max(movement.max_s for movement in MOVEMENTS.values() if movement.sided)
    assert abs(left - right) <= longest
    extra = [w for o in life.history.offers for w in life.history.done(o) if w.extra]
    assert all(work.side is Side.LEFT for work in extra)
    assert bool(extra) is bool(seed % 2)


@pytest.mark.parametrize("missed", [Kind.LENGTHEN, Kind.STRENGTHEN])
def test_what_was_missed_comes_back(missed: Kind) -> None:
    """For three days everything of one kind is skipped; then all is done, and it catches up."""
    life = Life(3, Profile(), Rules(longer_every=0))
    life.tell(Staged(life.at, Stage.WORK, By.USER))

    def spend(days: range, *, skip: bool) -> list[set[Kind]]:
        offered = []
        for number in days:
            life.at = START + timedelta(days=number)
            for _ in range(10):
                life.at += timedelta(minutes=40)
                plan = life.propose().plan
                roles = {MOVEMENTS[block.movement].role for block in plan.told}
                offered.append(roles)
                life.tell(
                    Shown(life.at, life.number, plan.routine, plan.side, 0.0, blocks=plan.told)
                )
                answer = Answer.SKIPPED if skip and missed in roles else Answer.DONE
                life.tell(Answered(life.at, life.number, answer, "tray"))
        return offered

    offered = spend(range(3), skip=True)
    assert not all(missed in roles for roles in offered), "something else in between"
    assert share(life, missed) == 0
    assert missed in set().union(*spend(range(3, 4), skip=False)[:2])
    spend(range(4, 7), skip=False)
    target = {Kind.LENGTHEN: 0.25, Kind.STRENGTHEN: 0.40}[missed]
    assert share(life, missed) == pytest.approx(target, abs=0.08)


def share(life: Life, kind: Kind) -> float:
    works = [
        work
        for offer in life.history.offers
        if life.at - offer.at <= timedelta(days=3)
        for work in life.history.done(offer)
    ]
    mine = sum(work.seconds for work in works if MOVEMENTS[work.movement].role is kind)
    return mine / sum(work.seconds for work in works)


@pytest.mark.parametrize("meeting", [False, True])
@pytest.mark.parametrize("length", [30, 60, 90, 180])
def test_with_every_caution_and_no_thing_there_is_still_something(
    length: int, meeting: bool
) -> None:
    profile = Profile(cautions=EVERY_FLAG, office=frozenset(), discreet=True)
    life = Life(1, profile, Rules(routine=length))
    for moment in life.live(4, 12):
        plan = life.propose(meeting=meeting).plan
        for shown in (moment.plan, plan):
            assert shown.blocks
            assert all(not block.movement.avoid_if for block in shown.blocks)


def test_the_same_history_and_seed_choose_the_same() -> None:
    first, second, other = ([m.plan for m in Life(s).live(5, 8)] for s in (7, 7, 8))
    assert first == second
    assert first != other


# Rules that need a level of pain, which is told at check-ins

CONTEXTS = st.builds(
    Context,
    at=st.just(MORNING),
    day=st.just(MORNING.date()),
    length=st.sampled_from([30, 60, 90, 180]),
    things=st.frozensets(st.sampled_from(get_args(Thing))),
    cautions=st.frozensets(st.sampled_from(get_args(Flag)), max_size=3),
    stage=st.sampled_from(Stage),
    strong=st.booleans(),
    flexible=st.booleans(),
    discreet=st.booleans(),
    situation=st.sampled_from(Situation),
    sore=st.sampled_from([None, *Side]),
    pain=st.integers(0, 10),
    tighter=st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    weaker=st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    number=st.integers(0, 99),
    seed=st.integers(0, 99),
)
COUNTS = st.dictionaries(st.sampled_from(sorted(MOVEMENTS)), st.integers(0, 9))
PASTS = st.builds(
    Past,
    recent=st.frozensets(st.sampled_from(sorted(MOVEMENTS)), max_size=9),
    age=COUNTS,
    times=COUNTS,
    today=COUNTS,
    worse=st.frozensets(st.sampled_from(sorted(MOVEMENTS)), max_size=4),
    by_role=st.dictionaries(st.sampled_from(ROLES := list(Kind)[:4]), st.floats(0, 3000)),
    neighbours=st.floats(0, 900),
    balls_today=st.integers(0, 3),
    ball_last=st.booleans(),
    strong_today=st.integers(0, 3),
    balance=st.floats(-60, 60),
    composed_last=st.booleans(),
    done=st.integers(0, 200),
)


@given(CONTEXTS, PASTS)
def test_whatever_was_there_is_something_that_fits(now: Context, past: Past) -> None:
    plan = Composer(CATALOGUE, now, past).plan()
    assert 0 < total_seconds(plan.blocks) <= now.length


@given(CONTEXTS, PASTS)
def test_no_deep_stretch_after_a_ball_where_it_hurts(now: Context, past: Past) -> None:
    movements = [MOVEMENTS[b.movement] for b in Composer(CATALOGUE, now, past).plan().told]
    for first, then in pairwise(movements):
        if now.pain >= 4 and first.ball and then.role is Kind.LENGTHEN:
            assert then.level == "gentle"


@given(CONTEXTS, PASTS)
def test_where_it_hurts_a_lot_gentle_and_no_ball(now: Context, past: Past) -> None:
    if now.pain >= 6 or now.sore is not None:
        for block in Composer(CATALOGUE, now, past).plan().told:
            assert MOVEMENTS[block.movement].level == "gentle"
            assert not MOVEMENTS[block.movement].ball


# Situations


def shown(desk: Desk) -> list[Shown]:
    return [fact for fact in desk.journal if isinstance(fact, Shown)]


def positions(fact: Shown) -> list[Position]:
    return [MOVEMENTS[block.movement].position for block in fact.blocks]


def test_the_floor_in_the_evening_where_there_is_one() -> None:
    home = Profile(here=Place.HOME, home=EVERY_THING, tighter=Side.LEFT)
    evening = MORNING.replace(hour=18)
    (first,) = shown(Desk(Rules(routine=180), evening, home).work(30))
    assert Position.FLOOR in positions(first)
    assert Why.EVENING in first.why


def test_the_last_hour_of_work_is_the_evening() -> None:
    rules = Rules(
        hours=(Hours(frozenset(range(7)), START.time(), MORNING.replace(hour=12).time()),)
    )
    first, *_, last = shown(Desk(rules).work(30).done().work(100).done().work(35))
    assert Why.EVENING not in first.why
    assert Why.EVENING in last.why


def test_started_in_a_meeting_nobody_will_notice() -> None:
    (asked,) = shown(Desk().meet(60).work(10).start())
    assert asked.length == 30
    assert all(MOVEMENTS[block.movement].discreet for block in asked.blocks)
    assert Why.MEETING in asked.why


def test_after_a_long_meeting_up_from_the_chair() -> None:
    fact = shown(Desk().meet(70).away(70).work(1))[-1]
    assert Why.AFTER_MEETING in fact.why
    assert set(positions(fact)) & {Position.STANDING, Position.WALL}


def test_after_a_journey_a_walk() -> None:
    (fact,) = shown(Desk(Rules(routine=90)).arrive(90).work(0.25))
    assert fact.blocks[0].movement == "reset-walk"
    assert Why.TRAVEL in fact.why


def test_every_third_is_the_longer_one() -> None:
    desk = Desk()
    for _ in range(7):
        desk.work(30).done()
    assert [fact.length for fact in shown(desk)] == [60, 60, 180, 60, 60, 180, 60]


def test_never_longer_where_that_is_switched_off() -> None:
    desk = Desk(Rules(longer_every=0))
    for _ in range(6):
        desk.work(30).done()
    assert {fact.length for fact in shown(desk)} == {60}


def test_a_place_has_its_things_for_a_day() -> None:
    profile = Profile(office=frozenset(), home=EVERY_THING)
    desk = Desk(profile=profile).move(Place.HOME)
    assert desk.status.place is Place.HOME
    assert desk.sleep(60 * 24).status.place is Place.OFFICE


def test_sore_is_for_today() -> None:
    desk = Desk().sore(Side.LEFT).work(30)
    assert Why.SORE in shown(desk)[-1].why
    assert desk.sleep(60 * 24).work(30).status.sore is None
    assert Why.SORE not in shown(desk)[-1].why


def test_a_routine_by_its_name() -> None:
    desk = Desk()
    desk.start("r60-desk")
    assert shown(desk)[-1].routine == "r60-desk"
    desk.done().start("str-brace")
    assert [block.movement for block in shown(desk)[-1].blocks] == ["str-brace"]
    assert "no movement or routine 'nonsense'" in desk.done().start("nonsense").reminder.refused


# Stages


def weeks(desk: Desk, days: int, prompts: int = 4) -> Desk:
    """So many days with so many prompts, all done."""
    for _ in range(days):
        morning = desk.at
        for _ in range(prompts):
            desk.work(30).done()
        desk.sleep((morning + timedelta(days=1) - desk.at) / timedelta(minutes=1))
    return desk


def facts(desk: Desk, kind: type) -> list[datetime]:
    return [fact.at for fact in desk.journal if isinstance(fact, kind)]


def test_after_two_weeks_of_work_it_asks_and_takes_yes() -> None:
    desk = weeks(Desk(), 14)
    assert facts(desk, Invited) == []
    weeks(desk, 2)
    assert len(facts(desk, Invited)) == 1
    assert desk.status.invited is Stage.WORK
    desk.pace(1)
    assert desk.state.progress.stage is Stage.WORK
    assert desk.status.invited is None


def test_it_asks_once_a_week_and_takes_silence_for_no() -> None:
    desk = weeks(Desk(), 23)
    assert len(facts(desk, Invited)) == 2
    assert desk.state.progress.stage is Stage.SETTLE
    assert desk.pace(0).status.invited is None


def test_harder_says_what_is_missing() -> None:
    assert "this stage takes 14 days" in Desk().pace(1).reminder.refused
    desk = weeks(Desk(), 15, prompts=0)
    assert "0 of 8 strengthening sets" in desk.pace(1).reminder.refused


def test_easier_at_any_time_down_to_the_gentlest() -> None:
    desk = Desk()
    desk.reminder.turn.emit(Staged(desk.at, Stage.BUILD, By.USER))
    assert desk.pace(-1).state.progress.stage is Stage.WORK
    desk.pace(-1)
    assert "gentlest" in desk.pace(-1).reminder.refused


def test_two_weeks_off_go_back_one_stage_once_and_without_a_word_of_blame() -> None:
    desk = Desk().work(30).done()
    desk.reminder.turn.emit(Staged(MORNING, Stage.BUILD, By.USER))
    desk.sleep(60 * 24 * 15).work(30)
    assert desk.state.progress.stage is Stage.WORK
    assert Why.BACK in shown(desk)[-1].why
    desk.skip().work(30).skip()
    assert desk.state.progress.stage is Stage.WORK


def test_worse_twice_in_a_week_goes_back_one_stage() -> None:
    desk = Desk()
    desk.reminder.turn.emit(Staged(MORNING, Stage.KEEP, By.USER))
    desk.work(30).done().feel(Feeling.WORSE).work(30).done().feel(Feeling.WORSE)
    assert [f for f in desk.journal if isinstance(f, Felt)]
    desk.work(30)
    assert desk.state.progress.stage is Stage.BUILD
    desk.done().work(30)
    assert desk.state.progress.stage is Stage.BUILD


def test_what_felt_worse_rests_for_a_week() -> None:
    desk = Desk(Rules(longer_every=0)).work(30).done().feel(Feeling.WORSE)
    names = {b.movement for b in shown(desk)[0].blocks if not MOVEMENTS[b.movement].repeats}
    assert names
    for _ in range(8):
        desk.work(30).done()
    assert not names & {block.movement for fact in shown(desk)[1:] for block in fact.blocks}


def test_a_restart_keeps_the_stage() -> None:
    desk = weeks(Desk(), 16).pace(1)
    staged = desk.state.progress.since
    desk.kill(5)
    assert (desk.state.progress.stage, desk.state.progress.since) == (Stage.WORK, staged)
    last = [fact for fact in desk.journal if isinstance(fact, Launched)][-1]
    assert (last.stage, last.staged) == (Stage.WORK, staged)


# What the guide and the minutes after a claim tell


def answered(desk: Desk) -> Answered:
    return [fact for fact in desk.journal if isinstance(fact, Answered)][-1]


def test_the_work_of_a_plan_is_that_of_its_legs() -> None:
    plan = Life(1).propose().plan
    seconds = sum(seconds for _, _, seconds in legs(plan.blocks, plan.side))
    assert 0 < seconds <= total_seconds(plan.blocks)


def test_nobody_there_and_no_claim_is_no_evidence() -> None:
    desk = Desk().work(30).away(10)
    assert [fact for fact in desk.journal if isinstance(fact, Withdrawn)]
    assert Evidence.AWAY not in {getattr(fact, "evidence", None) for fact in desk.journal}


def test_what_nobody_knows_any_more_is_told_by_the_plan() -> None:
    told = (Block("len-gone", 20), Block("str-brace", 25))
    plan = planned(CATALOGUE, "len-gone+str-brace", told, Side.BOTH)
    assert (plan.lost, plan.whole, plan.told) == (("len-gone",), False, told[1:])
    assert routines.title(plan) == "len-gone+str-brace"
    assert not Life(1).coach.fits(plan, START, meeting=False)
    known = planned(CATALOGUE, "r60-desk", CATALOGUE.routines["r60-desk"].blocks, Side.LEFT)
    assert (known.whole, routines.title(known)) == (True, known.worked)


@pytest.mark.parametrize("meeting", [False, True])
@pytest.mark.parametrize("length", [30, 60, 90, 180])
def test_where_nothing_is_wanted_only_what_suits_everybody_comes(
    length: int, meeting: bool
) -> None:
    never = frozenset(CATALOGUE.movements)
    life = Life(1, Profile(never=never, cautions=EVERY_FLAG), Rules(routine=length))
    for moment in life.live(2, 8):
        for plan in (moment.plan, life.propose(meeting=meeting).plan):
            assert plan.blocks
            assert all(block.movement.suits_everybody for block in plan.blocks)


@settings(max_examples=few(30))
@given(st.frozensets(st.sampled_from(sorted(CATALOGUE.movements)), max_size=20))
def test_what_is_never_wanted_does_not_come_while_there_is_something_else(
    never: frozenset[str],
) -> None:
    unwanted = {name for name in never if not CATALOGUE.movements[name].suits_everybody}
    for moment in Life(2, Profile(never=never)).live(2, 8):
        assert not unwanted & {block.movement.id for block in moment.plan.blocks}
