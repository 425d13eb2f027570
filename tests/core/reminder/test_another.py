"""Another one: something else for the same place and time, as often as one likes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk
from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import Shown, Started, Swapped
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import Another, Report
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Reason, Side
from thorough import few


def offered(desk: Desk) -> Plan:
    """What the menu names."""
    prompt = desk.status.prompt
    return prompt.plan if prompt is not None and prompt.plan is not None else desk.status.coming


def test_the_open_reminder_offers_something_else_for_the_same_time() -> None:
    desk = Desk().work(31)
    before, sat = offered(desk), desk.minutes
    desk.forget().another()
    swapped, shown = desk.facts
    assert isinstance(swapped, Swapped)
    assert isinstance(shown, Shown)
    assert swapped.prompt == 1
    assert set(swapped.movements) == before.movements
    assert (shown.prompt, shown.asked, shown.length) == (1, False, before.length)
    assert not offered(desk).movements & before.movements
    assert desk.minutes == sat


def test_it_is_one_reminder_and_one_answer_counts_for_what_was_done() -> None:
    desk = Desk().work(31).another().another().done()
    day = desk.figures()
    assert (day.prompts, day.done, day.skipped) == (1, 1, 0)
    last = [fact for fact in desk.journal if isinstance(fact, Shown)][-1]
    assert desk.state.history.offers[-1].ids == {block.movement for block in last.blocks}


def test_the_next_one_is_another_one_without_a_reminder() -> None:
    desk = Desk().work(10).forget()
    before = offered(desk)
    desk.another()
    assert desk.kinds() == ["Swapped"]
    coming = offered(desk)
    assert not coming.movements & before.movements
    assert offered(desk.work(21)).movements == coming.movements


def test_what_the_menu_names_is_what_starts() -> None:
    for desk in (Desk().work(10), Desk().busy(Reason.MICROPHONE).work(40), Desk().work(31)):
        named = offered(desk.another().another())
        assert offered(desk.start()).routine == named.routine
        assert isinstance(desk.facts[-1], Started)


def test_when_all_was_passed_over_it_begins_anew_but_not_with_the_same_one() -> None:
    desk = Desk().work(31)
    seen = []
    for _ in range(60):
        before = offered(desk)
        desk.another()
        assert desk.reminder.refused == ""
        assert not offered(desk).movements & before.movements
        seen.append(offered(desk).routine)
    assert len(set(seen)) < len(seen)
    assert len(set(seen)) >= 5


def test_what_was_passed_over_is_no_past() -> None:
    """It began on no side, and made nothing less behind."""
    desk = Desk().work(31).done().work(31)
    for _ in range(5):
        plan = offered(desk.another())
        assert plan.side in (Side.RIGHT, Side.BOTH), "the left began last time"


def test_the_reminder_after_it_leaves_nothing_out() -> None:
    desk = Desk().work(31).another()
    assert desk.state.prompts.left_out(1)
    assert desk.skip().work(30).state.prompts.number == 2
    assert not desk.state.prompts.left_out(2)


def test_after_a_kill_it_is_what_it_was() -> None:
    desk = Desk().work(31).another()
    chosen = offered(desk).routine
    assert offered(desk.kill(1)).routine == chosen
    desk = Desk().work(10).another()
    chosen = offered(desk).routine
    assert offered(desk.kill(1)).routine == chosen


def test_also_of_one_that_is_under_way_and_what_was_done_of_it_stays_done() -> None:
    desk = Desk().work(31).start()
    before = offered(desk)
    one = Work(next(iter(before.movements)), Side.LEFT, 12.0)
    desk.give(Report(1, (one,))).forget().another()
    assert desk.kinds() == ["Swapped", "Shown"]
    assert desk.status.prompt is not None
    assert desk.status.prompt.started
    assert not offered(desk).movements & before.movements
    desk.guide(1.0)
    day = desk.figures()
    assert (day.prompts, day.done, day.skipped, day.expired) == (1, 1, 0, 0)
    assert desk.state.history.offers[-1].life.works[0] == one


def test_one_that_is_under_way_gets_its_time_anew() -> None:
    """Who has begun is left in peace for three times as long as it takes."""
    desk = Desk(Rules(expire=60.0)).work(31).start().away(2).another().away(2)
    assert desk.status.prompt is not None
    assert desk.status.prompt.started


def test_a_snoozed_one_is_changed_when_it_is_back() -> None:
    desk = Desk().work(31).snooze(5).forget().another()
    assert desk.facts == []
    assert "when it is back" in desk.reminder.refused
    before = offered(desk.work(6))
    assert not offered(desk.another()).movements & before.movements


def test_it_is_about_the_reminder_that_was_seen() -> None:
    desk = Desk().work(31).skip().work(30).forget().give(Another(prompt=1))
    assert desk.facts == []
    assert desk.reminder.refused == "that reminder is over"


@pytest.mark.parametrize("side", [None, *Side])
@settings(max_examples=few(40))
@given(data=st.data())
def test_whatever_is_asked_for_fits_person_and_place(
    side: Side | None, data: st.DataObject
) -> None:
    desk = Desk().move(data.draw(st.sampled_from(Place))).sore(side)
    if data.draw(st.booleans()):
        desk.meet(60)
    desk.work(data.draw(st.sampled_from([5, 31])))
    for _ in range(data.draw(st.integers(1, 12))):
        desk.another()
        plan = offered(desk)
        assert desk.state.coach.fits(plan, desk.at, meeting=desk.reminder.turn.in_meeting)
