"""Why somebody skips: what the next reminders make of it, for how long, and the way back."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import Answered
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import Report
from qlbreak.core.model.movements import Flag, Kind, Position
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Refusal, Side, Why
from qlbreak.texts import routines
from thorough import few

SEATED_OR_WALL = {Position.SEATED, Position.WALL}


def open_now(desk: Desk) -> Plan:
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.plan is not None
    return prompt.plan


def positions(plan: Plan) -> set[Position]:
    return {block.movement.position for block in plan.blocks}


def discreet(plan: Plan) -> bool:
    return all(block.movement.discreet for block in plan.blocks)


def skipped(desk: Desk) -> Answered:
    return [fact for fact in desk.journal if isinstance(fact, Answered)][-1]


def through_the_day(desk: Desk, reminders: int = 8) -> list[Plan]:
    """What is offered from now on; each is done."""
    plans = []
    for _ in range(reminders):
        plans.append(open_now(desk.work(31)))
        desk.done()
    return plans


def test_no_room_is_seated_or_at_the_wall_for_the_rest_of_the_day_and_said() -> None:
    desk = Desk().work(31).skip(Refusal.NO_ROOM)
    assert skipped(desk).reason is Refusal.NO_ROOM
    assert skipped(desk).place is Place.OFFICE
    plans = through_the_day(desk)
    assert all(positions(plan) <= SEATED_OR_WALL for plan in plans)
    assert all(Why.NO_ROOM in plan.why for plan in plans)
    told = routines.why(plans[0])
    assert "because there was no room." in told
    desk.sleep(16 * 60)
    later = through_the_day(desk)
    assert not any(Why.NO_ROOM in plan.why for plan in later)
    assert not all(positions(plan) <= SEATED_OR_WALL for plan in later)


def test_seen_by_others_is_discreet_for_the_rest_of_the_day() -> None:
    desk = Desk().work(31).skip(Refusal.SEEN)
    plans = through_the_day(desk)
    assert all(map(discreet, plans))
    assert all(Why.SEEN in plan.why for plan in plans)
    assert "others could see you" in routines.why(plans[0])
    later = through_the_day(desk.sleep(16 * 60))
    assert not all(map(discreet, later))


@pytest.mark.parametrize("reason", [Refusal.NO_ROOM, Refusal.SEEN])
def test_elsewhere_it_does_not_hold_and_back_there_it_does_again(reason: Refusal) -> None:
    desk = Desk().work(31).skip(reason)
    why = Why(reason.value)
    assert why in desk.status.coming.why
    assert why not in desk.move(Place.HOME).status.coming.why
    assert why in desk.move(Place.OFFICE).status.coming.why


def test_what_hurts_rests_for_a_week_and_is_said_once() -> None:
    desk = Desk().work(31)
    rests = open_now(desk).movements
    desk.skip(Refusal.HURTS)
    assert skipped(desk).place is None
    first = open_now(desk.work(31))
    assert Why.HURT in first.why
    assert routines.why(first).startswith("The movements that hurt are resting.")
    desk.done()
    for day in range(6):
        for plan in through_the_day(desk, 6):
            assert not plan.movements & rests, day
            assert Why.HURT not in plan.why
        desk.sleep(20 * 60 + 54)
    seen = set[str]()
    for _ in range(3):
        for plan in through_the_day(desk.sleep(20 * 60), 8):
            seen |= plan.movements
    assert seen & rests


def test_not_now_changes_nothing() -> None:
    plain, told = Desk().work(31), Desk().work(31)
    plain.skip()
    told.skip(Refusal.NOT_NOW)
    assert skipped(told).reason is Refusal.NOT_NOW
    for one, other in zip(through_the_day(plain), through_the_day(told), strict=True):
        assert one == other


@pytest.mark.parametrize("reason", [Refusal.NO_ROOM, Refusal.SEEN, Refusal.NOT_NOW])
def test_a_no_to_the_moment_is_none_to_that_kind_of_work(reason: Refusal) -> None:
    """Two without a word, and something else comes in between; with one of these it does not."""
    desk = Desk().work(31).skip(reason).work(31).skip(reason)
    now = desk.state.coach._past(desk.at)
    assert now.declined == frozenset()


def test_undo_takes_the_reason_back_and_it_stays_so() -> None:
    desk = Desk().work(31).skip(Refusal.NO_ROOM)
    assert Why.NO_ROOM in desk.status.coming.why
    desk.undo()
    assert Why.NO_ROOM not in desk.status.coming.why
    desk.undo()  # it was not done either
    assert desk.status.undo is not None
    assert Why.NO_ROOM not in desk.status.coming.why
    assert desk.figures().refusals == {}


def test_a_kill_forgets_no_reason() -> None:
    desk = Desk().work(31).skip(Refusal.SEEN)
    before = desk.status.coming
    assert desk.kill(1).status.coming == before
    assert Why.SEEN in before.why


def test_a_snoozed_one_is_skipped_with_a_reason_as_well() -> None:
    desk = Desk().work(31).snooze(5).skip(Refusal.NO_ROOM)
    assert desk.reminder.refused == ""
    assert skipped(desk).answer is Answer.SKIPPED


def test_a_reason_given_at_another_device_counts_here() -> None:
    there = Desk().work(31)
    rests = open_now(there).movements
    there.skip(Refusal.HURTS)
    here = Desk().work(35).done().hear("laptop", *there.journal)
    for plan in through_the_day(here):
        assert not plan.movements & rests
    there = Desk().work(31).skip(Refusal.SEEN)
    here = Desk().work(10).hear("laptop", *there.journal)
    assert Why.SEEN in here.status.coming.why
    assert discreet(here.status.coming)
    assert Why.SEEN not in here.move(Place.HOME).status.coming.why


def test_an_open_one_with_what_hurt_elsewhere_is_replaced_when_it_comes_again() -> None:
    there = Desk().work(31)
    plan = open_now(there)
    there.skip(Refusal.HURTS)
    here = Desk().work(31).snooze(5)
    assert open_now(here.hear("laptop", *there.journal)).movements == plan.movements
    assert not open_now(here.work(6)).movements & plan.movements


def test_in_a_meeting_nothing_more_is_said() -> None:
    desk = Desk().work(31).skip(Refusal.NO_ROOM).meet(60)
    plan = open_now(desk.start())
    assert positions(plan) == {Position.SEATED}
    assert Why.NO_ROOM not in plan.why
    assert Why.MEETING in plan.why


def test_the_figures_list_them() -> None:
    desk = Desk().work(31).skip(Refusal.NO_ROOM).work(31).skip(Refusal.NO_ROOM)
    desk.work(31).skip(Refusal.HURTS).work(31).skip()
    day = desk.figures()
    assert day.refusals == {Refusal.NO_ROOM: 2, Refusal.HURTS: 1}
    assert day.skipped == 4


# Never, and what rests: only where nothing else would be left

CAUTIONS = st.frozensets(st.sampled_from(sorted(CATALOGUE.cautions)), max_size=4)
EVERYBODY = {m.id for m in CATALOGUE.movements.values() if m.suits_everybody}


@settings(max_examples=few(60))
@given(data=st.data())
def test_what_is_not_wanted_and_what_rests_comes_only_where_nothing_else_is_left(
    data: st.DataObject,
) -> None:
    """Whatever is said, cautions, place and meeting hold; and where it comes after all, that is
    said, and it suits everybody."""
    ids = sorted(CATALOGUE.movements)
    never = data.draw(st.frozensets(st.sampled_from(ids), max_size=len(ids)))
    profile = Profile(
        never=never,
        cautions=frozenset(
            data.draw(st.sets(st.sampled_from(sorted(CATALOGUE.cautions)), max_size=4))
        ),
        discreet=data.draw(st.booleans()),
        here=data.draw(st.sampled_from(Place)),
    )
    desk = Desk(Rules(routine=data.draw(st.sampled_from([30, 60, 90, 180]))), profile=profile)
    rests: set[str] = set()
    for _ in range(data.draw(st.integers(1, 6))):
        plan = open_now(desk.work(31))
        unwanted = plan.movements & (never | rests)
        assert (Why.RESORT in plan.why) is bool(unwanted)
        assert unwanted <= EVERYBODY
        assert desk.state.coach.fits(plan, desk.at, meeting=False)
        for block in plan.blocks:
            assert block.movement.allowed_with(profile.cautions)
            assert block.movement.discreet or not profile.discreet
        if data.draw(st.booleans()):
            desk.another()
            if not desk.reminder.refused:
                assert not open_now(desk).movements & (never | rests)
            plan = open_now(desk)
        reason = data.draw(st.sampled_from([None, *Refusal]))
        if reason is Refusal.HURTS:
            rests |= plan.movements
        desk.skip(reason)


def test_all_but_what_suits_everybody_out_and_these_hurt_last() -> None:
    never = frozenset(CATALOGUE.movements)
    desk = Desk(profile=Profile(never=never)).work(31)
    first = open_now(desk)
    assert Why.RESORT in first.why
    desk.skip(Refusal.HURTS).work(31)
    assert not open_now(desk).movements & first.movements
    for _ in range(6):
        desk.skip(Refusal.HURTS).work(31)
    assert open_now(desk).movements <= EVERYBODY
    assert "suits everybody" in routines.why(open_now(desk))


def test_without_anything_that_strengthens_the_long_ones_are_filled_with_the_rest() -> None:
    """And not with what was never to come."""
    out = frozenset(m.id for m in CATALOGUE.movements.values() if m.role.value == "strengthen")
    desk = Desk(Rules(routine=90), profile=Profile(never=out)).work(31)
    plan = open_now(desk)
    assert not plan.movements & out
    assert Why.RESORT not in plan.why
    assert plan.length == 90


# New settings while it is open, or under way


def test_never_this_one_takes_it_out_of_what_is_open() -> None:
    desk = Desk().work(31).forget()
    gone = open_now(desk).movements
    desk.settings(profile=Profile(never=gone))
    assert desk.kinds() == ["Shown"]
    assert not open_now(desk).movements & gone
    assert desk.journal[-1].prompt == 1  # type: ignore[union-attr]
    assert desk.done().figures().prompts == 1


def long_one(**settings: int) -> Desk:
    return Desk(Rules(routine=180), start=MORNING + timedelta(hours=1)).work(31).start().forget()


def test_under_way_it_goes_on_without_it_and_with_something_else_in_its_place() -> None:
    desk = long_one()
    plan = open_now(desk)
    gone = next(b.movement for b in plan.blocks[1:] if b.movement.role is Kind.LENGTHEN)
    desk.settings(profile=Profile(never=frozenset({gone.id})))
    assert desk.kinds() == ["Swapped", "Shown"]
    after = open_now(desk)
    assert gone.id not in after.movements
    assert after.blocks[0] == plan.blocks[0]
    new = after.movements - plan.movements
    assert [CATALOGUE.movements[name].role for name in new] == [gone.role]
    assert after.length == plan.length
    assert desk.status.prompt is not None
    assert desk.status.prompt.started
    assert desk.guide(1.0).figures().done == 1


def test_what_is_behind_already_stays_behind() -> None:
    desk = long_one()
    plan = open_now(desk)
    first = plan.blocks[0]
    sides = [Side.LEFT, Side.RIGHT] if first.movement.sided else [Side.BOTH]
    works = tuple(Work(first.movement.id, side, float(first.seconds)) for side in sides)
    desk.give(Report(1, works)).forget()
    desk.settings(profile=Profile(never=frozenset({first.movement.id})))
    assert desk.facts == []
    gone = plan.blocks[1].movement.id
    desk.settings(profile=Profile(never=frozenset({first.movement.id, gone})))
    assert first.movement.id not in open_now(desk).movements


def test_what_was_asked_for_by_its_name_is_not_taken_away_by_other_settings() -> None:
    desk = Desk(profile=Profile(never=frozenset({"str-brace"}))).start("str-brace").forget()
    desk.settings(Rules(sitting=2400))
    assert desk.facts == []


def test_the_guide_tells_where_it_is() -> None:
    desk = long_one()
    plan = open_now(desk)
    gone = plan.blocks[2].movement.id
    desk.go_on(gone, 2)
    after = open_now(desk)
    assert gone not in after.movements
    assert not after.movements & {plan.blocks[0].movement.id, plan.blocks[1].movement.id}
    kept = [block for block in plan.blocks[2:] if block.movement.id != gone]
    assert [block for block in after.blocks if block in plan.blocks] == kept


def test_without_anything_left_the_guide_is_at_its_end() -> None:
    everything = frozenset(CATALOGUE.movements) - {"str-brace"}
    desk = Desk(Rules(routine=30), profile=Profile(never=everything)).start("str-brace").forget()
    desk.go_on("str-brace")
    assert desk.kinds() == ["Swapped"]
    assert desk.go_on("no-such").reminder.refused != ""


@pytest.mark.parametrize("length", [30, 60, 90, 180])
@settings(max_examples=few(25))
@given(
    cautions=CAUTIONS,
    tighter=st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    here=st.sampled_from(Place),
    places=st.lists(st.integers(0, 5), min_size=1, max_size=4),
)
def test_going_on_never_takes_longer_and_respects_what_always_holds(
    length: int,
    cautions: frozenset[Flag],
    tighter: Side | None,
    here: Place,
    places: list[int],
) -> None:
    profile = Profile(cautions=cautions, tighter=tighter, here=here)
    desk = Desk(Rules(routine=length), profile=profile).work(31).start()
    for place in places:
        plan = open_now(desk)
        block = min(place, len(plan.blocks) - 1)
        gone = plan.blocks[block].movement.id
        desk.forget().go_on(gone, block)
        if desk.kinds() == ["Swapped"]:
            return
        after = open_now(desk)
        assert gone not in after.movements
        assert total_seconds(after.blocks) <= total_seconds(plan.blocks[block:])
        for one in after.blocks:
            assert one.movement.allowed_with(profile.cautions)
            assert one.movement.possible_with(profile.things(here))
            assert one.movement.min_s <= one.seconds <= one.movement.max_s
