"""The rules of composition (docs/coach.md), one test a rule, over thousands of chance histories."""

from itertools import pairwise

import pytest

from core.coach.lives import moments
from core.coach.told import (
    MOVEMENTS,
    ORDER,
    alone_at_least,
    balance,
    done,
    extra,
    felt_worse,
    implied,
    of,
    offers,
    permitted,
    refused,
    stale,
    today,
    travelling,
)
from desk import held_seconds
from qlbreak.core.model.facts import AnyFact, Arrived, Corrected
from qlbreak.core.model.movements import Kind, Position, Stage
from qlbreak.core.model.routine import alone, legs, total_seconds
from qlbreak.core.model.terms import Refusal, Side, Why

# What each stage adds, as docs/coach.md has it.
MENU = {
    Stage.SETTLE: {"str-brace", "str-seat-hitch", "str-wall-plank"},
    Stage.WORK: {"str-hip-hike", "str-side-return", "str-suitcase"},
    Stage.BUILD: {"str-knee-plank", "str-bird-dog"},
    Stage.KEEP: {"str-full-plank"},
}


def test_there_are_thousands_of_them_and_of_every_kind() -> None:
    assert len(moments()) > 4000
    told = {why for moment in moments() for why in moment.plan.why}
    # Of these see test_coach.py, and test_programme.py.
    assert told == set(Why) - {Why.EVENING, Why.BACK, Why.PLAN}


def test_only_what_is_here() -> None:
    for moment in moments():
        for movement in of(moment):
            assert movement.equipment <= moment.things
            choice = movement.equipment_one_of
            assert not choice or choice & moment.things


def test_nothing_that_a_caution_forbids() -> None:
    for moment in moments():
        assert not any(set(m.avoid_if) & implied(moment) for m in of(moment))


def test_discreet_where_it_is_wanted() -> None:
    for moment in moments():
        if moment.profile.discreet or moment.meeting:
            assert all(movement.discreet for movement in of(moment))


def test_where_there_is_no_room_seated_or_at_the_wall() -> None:
    seen = 0
    for moment in moments():
        if Refusal.NO_ROOM in moment.refused:
            seen += 1
            near = (Position.SEATED, Position.WALL)
            assert all(movement.position in near for movement in of(moment))
        assert (Why.NO_ROOM in moment.plan.why) is (
            Refusal.NO_ROOM in moment.refused and not moment.meeting
        )
    assert seen > 50


def test_where_others_can_see_it_discreet() -> None:
    seen = 0
    for moment in moments():
        if Refusal.SEEN in moment.refused:
            seen += 1
            assert all(movement.discreet for movement in of(moment))
    assert seen > 50


def test_what_hurt_rests_for_a_week() -> None:
    seen = 0
    for moment in moments():
        seen += bool(moment.resting)
        rested = not moment.resting & moment.plan.movements
        assert rested is (Why.RESORT not in moment.plan.why)
    assert seen > 500


def test_in_a_meeting_seated_and_half_a_minute() -> None:
    for moment in moments():
        if moment.meeting:
            assert all(movement.position is Position.SEATED for movement in of(moment))
            assert moment.length == 30


def test_never_longer_than_asked_for() -> None:
    for moment in moments():
        assert total_seconds(moment.plan.blocks) <= moment.length


def test_never_shorter_or_longer_than_the_movement_bears() -> None:
    for moment in moments():
        for block, movement in zip(moment.plan.told, of(moment), strict=True):
            assert movement.min_s <= block.seconds <= movement.max_s


def test_reset_release_lengthen_strengthen() -> None:
    """A worked routine may end with slow breaths."""
    for moment in moments():
        if "+" in moment.plan.routine:
            places = [ORDER.index(movement.role) for movement in of(moment)]
            assert places == sorted(places)


def test_no_movement_twice_but_for_the_extra_set() -> None:
    for moment in moments():
        names = [block.movement for block in moment.plan.blocks if not block.extra_side]
        assert len(names) == len(set(names))


def test_no_movement_again_within_three_breaks_or_more_than_three_times_a_day() -> None:
    for moment in moments():
        if Why.FEW not in moment.plan.why:
            assert not {block.movement for block in moment.plan.blocks} & stale(moment)


def test_it_comes_again_only_where_nothing_else_fits() -> None:
    for moment in moments():
        if Why.FEW in moment.plan.why:
            fresh = [m for m in permitted(moment) if m.id not in stale(moment)]
            if moment.length >= 90 and not moment.hurts and not travelling(moment):
                fresh = [m for m in fresh if m.role is Kind.STRENGTHEN]
            worse = felt_worse(moment)
            assert not [
                m.id for m in fresh if m.id not in worse and alone_at_least(m) <= moment.length
            ]


def test_what_is_furthest_behind_its_share_comes() -> None:
    """Over the last three days; with the length of this routine still to be given out."""
    shares = {
        Stage.SETTLE: (0.50, 0.30, 0.20),
        Stage.WORK: (0.35, 0.25, 0.40),
        Stage.BUILD: (0.25, 0.25, 0.50),
        Stage.KEEP: (0.25, 0.25, 0.50),
    }
    checked = 0
    for moment in moments():
        aims = (0.25, 0.10, 0.65) if moment.profile.flexible else shares[moment.stage]
        have = {kind: 0.0 for kind in ORDER}
        for shown, found in done(moment):
            if (moment.at - shown.at).total_seconds() <= 3 * 86400:
                for name, _, seconds, _ in found:
                    have[MOVEMENTS[name].role] += seconds
        loose = have[Kind.RESET] + have[Kind.RELEASE]
        parts = (loose, have[Kind.LENGTHEN], have[Kind.STRENGTHEN])
        whole = sum(parts) + moment.length
        behind = [aim * whole - part for aim, part in zip(aims, parts, strict=True)]
        lead = max(range(3), key=lambda i: behind[i])
        kinds = ([Kind.RESET, Kind.RELEASE], [Kind.LENGTHEN], [Kind.STRENGTHEN])[lead]
        free = [m for m in permitted(moment) if m.role in kinds and m.id not in stale(moment)]
        free = [m for m in free if m.id not in felt_worse(moment)]
        ordinary = moment.length < 90 and Why.FEW not in moment.plan.why and not moment.hurts
        full = any(0.6 * moment.length <= alone_at_least(m) <= moment.length for m in free)
        begun = any(have.values())
        if (
            ordinary
            and full
            and not travelling(moment)
            and not refused(moment, kinds[-1])
            and begun
        ):
            checked += 1
            assert any(movement.role in kinds for movement in of(moment))
    assert checked > 300


def test_strong_ones_are_wanted_late_and_seldom() -> None:
    """One a routine, two a day, from week five on, and only for those who asked for them."""
    seen = 0
    for moment in moments():
        strong = [movement for movement in of(moment) if movement.level == "strong"]
        seen += len(strong)
        assert len(strong) <= 1
        if strong:
            before = [
                shown
                for shown, found in today(moment)
                if any(MOVEMENTS[name].level == "strong" for name, *_ in found)
            ]
            assert len(before) < 2
            assert moment.profile.strong
            assert moment.stage in (Stage.BUILD, Stage.KEEP)
    assert seen > 10


def test_balls_are_short_seldom_and_never_twice_running() -> None:
    seen = 0
    for moment in moments():
        balls = [
            (block, m) for block, m in zip(moment.plan.told, of(moment), strict=True) if m.ball
        ]
        seen += len(balls)
        for block, movement in balls:
            assert block.seconds <= (90 if movement.id == "rel-chair-balls" else 45)
        if balls:
            before = [any(MOVEMENTS[n].ball for n, *_ in found) for _, found in today(moment)]
            assert sum(before) < 2
            last = done(moment)[-1:]
            assert not any(MOVEMENTS[name].ball for _, found in last for name, *_ in found)
    assert seen > 100


def test_from_ninety_seconds_on_something_strengthens() -> None:
    for moment in moments():
        left = any(movement.role is Kind.STRENGTHEN for movement in permitted(moment))
        if moment.length >= 90 and left and not moment.hurts and not travelling(moment):
            assert any(movement.role is Kind.STRENGTHEN for movement in of(moment))


def test_strengthening_waits_for_its_stage() -> None:
    for moment in moments():
        open_ = {name for stage in Stage if stage.rank <= moment.stage.rank for name in MENU[stage]}
        asked = {m.id for m in of(moment) if m.kind is Kind.STRENGTHEN}
        assert asked <= open_


def test_new_ones_are_done_for_as_long_as_is_usual_three_times() -> None:
    for moment in moments():
        for block in moment.plan.told:
            times = sum(
                any(name == block.movement for name, *_ in found) for _, found in done(moment)
            )
            usual = MOVEMENTS[block.movement].default_s
            room = alone(MOVEMENTS[block.movement], usual) <= moment.length
            opens = MOVEMENTS[block.movement].role is Kind.RESET or block.extra_side
            if times < 3 and room and not moment.hurts and not opens:
                assert block.seconds >= usual


def test_sore_today_or_six_and_more_is_gentle_short_and_without_a_ball() -> None:
    seen = 0
    for moment in moments():
        if moment.hurts:
            seen += 1
            for block, movement in zip(moment.plan.told, of(moment), strict=True):
                assert movement.level == "gentle"
                assert not movement.ball
                assert block.seconds <= max(movement.min_s, movement.default_s // 2)
            said = Why.SORE if moment.sore is not None else Why.CHECK_IN
            assert said in moment.plan.why
    assert seen > 200


def test_up_by_two_is_gentle_and_said() -> None:
    seen = 0
    for moment in moments():
        if moment.risen:
            seen += 1
            assert all(movement.level == "gentle" for movement in of(moment))
            assert {Why.SORE, Why.CHECK_IN} & {*moment.plan.why}
        elif not moment.hurts:
            assert Why.CHECK_IN not in moment.plan.why
    assert seen > 100


def test_at_four_and_more_no_deep_stretch_after_a_ball() -> None:
    for moment in moments():
        for first, then in pairwise(of(moment)):
            if moment.pain >= 4 and first.ball and then.role is Kind.LENGTHEN:
                assert then.level == "gentle"


def test_after_travel_nothing_heavy_and_a_walk_first() -> None:
    seen = 0
    for moment in moments():
        if travelling(moment):
            seen += 1
            heavy = [m for m in of(moment) if m.role is Kind.STRENGTHEN and m.level != "gentle"]
            assert not heavy
            first = of(moment)[0]
            room = moment.length >= 90 and not moment.profile.discreet
            room = room and "reset-walk" not in felt_worse(moment) | moment.resting
            room = room and not moment.refused & {Refusal.SEEN, Refusal.NO_ROOM}
            if first.role is Kind.RESET and room:
                assert first.id == "reset-walk"
    assert seen > 100


def test_travel_is_over_with_the_first_thing_done() -> None:
    for moment in moments():
        if travelling(moment):
            arrived = [f.at for f in moment.facts if isinstance(f, Arrived)][-1]
            assert (moment.at - arrived).total_seconds() <= 3600
            assert not any(shown.at >= arrived for shown, _ in done(moment))


def test_the_side_is_said_where_there_is_one() -> None:
    for moment in moments():
        sided = any(movement.sided for movement in of(moment))
        assert (moment.plan.side is Side.BOTH) is not sided
        said = [why for why in moment.plan.why if why.value.startswith("side-")]
        assert len(said) == sided


def test_both_sides_get_the_same_but_for_the_extra_set() -> None:
    for moment in moments():
        regular = [block for block in moment.plan.blocks if not block.extra_side]
        left, right = held_seconds(regular, moment.plan.side)
        assert left == right


def test_the_side_that_is_behind_goes_first_else_the_named_one() -> None:
    for moment in moments():
        plan, profile = moment.plan, moment.profile
        if plan.side is Side.BOTH:
            continue
        ahead = balance(moment)
        if abs(ahead) >= 10:
            assert plan.side is (Side.RIGHT if ahead > 0 else Side.LEFT)
        elif profile.tighter or profile.weaker:
            assert plan.side in (profile.tighter, profile.weaker)


def test_an_extra_set_only_in_the_long_ones_once_and_not_longer_than_the_set() -> None:
    seen = 0
    for moment in moments():
        assert len(extra(moment)) <= (moment.length == 180)
        for block in extra(moment):
            seen += 1
            (full,) = [
                b for b in moment.plan.told if b.movement == block.movement and not b.extra_side
            ]
            assert block.seconds <= full.seconds
    assert seen > 100


def test_an_extra_set_is_for_the_side_that_was_named() -> None:
    """The tighter one gets loosening or lengthening, the weaker one work; never both kinds."""
    for moment in moments():
        for block in extra(moment):
            role, side = MOVEMENTS[block.movement].role, moment.plan.side
            assert role is not Kind.RESET
            named = moment.profile.weaker if role is Kind.STRENGTHEN else moment.profile.tighter
            assert named is side
            spared = moment.hurts or side in moment.risen
            assert not (role is Kind.STRENGTHEN and spared)


def test_extra_sets_are_half_of_the_days_other_work_for_that_side_at_the_most() -> None:
    for moment in moments():
        if not extra(moment):
            continue
        side = moment.plan.side
        regular = more = 0.0
        for _, found in today(moment):
            regular += sum(s for _, on, s, is_extra in found if on is side and not is_extra)
            more += sum(s for _, on, s, is_extra in found if on is side and is_extra)
        for block, on, seconds in legs(moment.plan.blocks, side):
            if on is side:
                regular += 0 if block.extra_side else seconds
                more += seconds if block.extra_side else 0
        assert more <= 0.5 * regular + 1e-6


def test_every_so_many_the_longer_one() -> None:
    for moment in moments():
        plan, rules = moment.plan, moment.rules
        if Why.LAST_CALL in plan.why or moment.meeting:
            continue
        since = 0
        for shown in reversed(offers(moment)):
            if shown.length == rules.longer:
                break
            since += 1
        assert plan.length == (rules.longer if since >= 2 else rules.routine)


@pytest.mark.parametrize("kind", [Corrected])
def test_no_history_here_has_what_the_tests_do_not_understand(kind: type[AnyFact]) -> None:
    assert not any(isinstance(fact, kind) for moment in moments() for fact in moment.facts)
