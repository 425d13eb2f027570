"""What changes while a prompt is open, and odd records: nothing forbidden, nothing lost."""

from datetime import time, timedelta

import pytest

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.model.facts import Answered, AnyFact, Confirmed, Invited, Shown, Started, Worked
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import Close, Launch, Report, Tick
from qlbreak.core.model.movements import Block, Flag, Position
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import Hours, Rules
from qlbreak.core.model.terms import Answer, Evidence, Side, Why
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.reminder import Reminder

MOVEMENTS = CATALOGUE.movements
CAREFUL = frozenset[Flag](("leg", "shoulder", "balance"))


def shown(desk: Desk) -> list[Shown]:
    return [fact for fact in desk.journal if isinstance(fact, Shown)]


def asks(desk: Desk, name: str) -> Desk:
    """A prompt is open, and it is for this movement."""
    desk.work(30)
    fact = shown(desk)[-1]
    other = Shown(fact.at, fact.prompt, name, Side.LEFT, 0.0, length=60, blocks=(Block(name, 15),))
    desk.reminder.turn.emit(other)
    desk.journal.append(other)
    return desk


def names(desk: Desk) -> set[str]:
    return {block.movement for block in shown(desk)[-1].blocks}


def restarted(desk: Desk, profile: Profile) -> Desk:
    """With other settings."""
    desk.profile = profile
    return desk.kill()


def test_new_cautions_change_the_prompt_that_is_open() -> None:
    desk = asks(Desk(), "len-boomerang-wall")
    restarted(desk, Profile(cautions=CAREFUL))
    assert all(MOVEMENTS[name].allowed_with(CAREFUL) for name in names(desk))
    assert [fact.prompt for fact in shown(desk)] == [1, 1, 1]


def test_new_cautions_change_the_prompt_that_is_snoozed() -> None:
    desk = asks(Desk(), "len-boomerang-wall").snooze(5)
    restarted(desk, Profile(cautions=CAREFUL)).work(5)
    assert all(MOVEMENTS[name].allowed_with(CAREFUL) for name in names(desk))


def test_sore_now_asks_for_something_gentle_instead() -> None:
    desk = asks(Desk(), "len-boomerang-wall").sore(Side.LEFT)
    assert all(MOVEMENTS[name].level == "gentle" for name in names(desk))
    assert Why.SORE in shown(desk)[-1].why


def test_elsewhere_it_asks_for_what_can_be_done_there() -> None:
    desk = asks(Desk(), "len-boomerang-wall").move(Place.TRAVEL)
    assert all(MOVEMENTS[name].possible_with({"chair"}) for name in names(desk))


def test_what_still_fits_stays() -> None:
    desk = asks(Desk(), "len-seat-lean").sore(Side.LEFT).move(Place.TRAVEL)
    assert names(desk) == {"len-seat-lean"}


def test_started_in_a_meeting_it_becomes_a_quiet_one() -> None:
    desk = asks(Desk(), "len-boomerang-wall").meet(60).start()
    assert all(MOVEMENTS[name].position is Position.SEATED for name in names(desk))
    assert shown(desk)[-1].length == 30


def test_a_movement_that_is_gone_is_replaced_and_nothing_breaks() -> None:
    gone = Shown(MORNING, 1, "len-gone", Side.LEFT, 0.0, blocks=(Block("len-gone", 15),))
    reminder = Reminder(CATALOGUE, Rules(), MORNING + timedelta(minutes=1), 60.0)
    reminder.replay([gone, Started(MORNING, 1, "tray")])
    facts = reminder.handle(Launch(first=Tick(0.0)), MORNING + timedelta(minutes=1), 60.0)
    (again,) = [fact for fact in facts if isinstance(fact, Shown)]
    assert again.prompt == 1
    assert {block.movement for block in again.blocks} <= MOVEMENTS.keys()


# The record says what was done


def test_the_last_call_counts_as_what_it_was() -> None:
    desk = Desk().work(30).snooze(5).work(5).snooze(5).work(5)
    last = shown(desk)[-1]
    desk.done()
    sided = any(MOVEMENTS[block.movement].sided for block in last.blocks)
    assert bool(desk.figures().left_s) is sided


def test_taken_back_what_was_guided_counts_no_more() -> None:
    desk = Desk().start("r60-desk").guide(1.0).undo()
    figures = desk.figures()
    assert (figures.done, figures.left_s, figures.right_s) == (0, 0, 0)
    assert not desk.state.history.offers[-1].done


def test_the_guides_end_between_two_looks_adds_no_sitting() -> None:
    desk = Desk().work(30).start().work(0.25)
    desk._advance(14)
    desk.give(Close(1, 1.0))
    desk._advance(1)
    desk.give(Tick(0.0))
    assert desk.state.clock.lasted <= 1.001


def test_a_restart_after_it_was_written_without_the_program_knows_it_done() -> None:
    """As `qlbreak guide` writes it while the program is off."""
    at = MORNING + timedelta(minutes=5)
    blocks = (Block("str-brace", 25),)
    facts: list[AnyFact] = [
        Shown(at, 1, "str-brace", Side.BOTH, 0.0, asked=True, blocks=blocks),
        Started(at, 1, "guide"),
        Worked(at, 1, "str-brace", Side.BOTH, 25),
        Answered(at, 1, Answer.DONE, "guide", Evidence.GUIDED),
    ]
    reminder = Reminder(CATALOGUE, Rules(), at + timedelta(minutes=1), 400.0)
    reminder.replay(facts)
    assert reminder.state.prompts.open is None
    assert reminder.state.prompts.last == 1
    assert [offer.done for offer in reminder.state.history.offers] == [True]


def test_who_closed_the_guide_early_during_a_pause_is_not_asked_in_it() -> None:
    desk = Desk().work(30).start().pause(60)
    desk.give(Close(1, 0.1))
    prompt = desk.state.prompts.open
    assert prompt is not None
    assert prompt.phase is Phase.HELD


def test_start_again_shows_it_again() -> None:
    desk = Desk().work(30).start().start()
    assert desk.kinds()[-2:] == ["Started", "Started"]


def test_reports_of_a_guide_for_a_prompt_that_is_over_count_for_it() -> None:
    desk = Desk().work(30).start().done().work(31)
    desk.give(Report(1, (Work("str-brace", Side.BOTH, 20.0),)))
    assert desk.state.prompts.open is not None
    assert desk.state.prompts.open.number == 2
    assert not [fact for fact in desk.journal if isinstance(fact, Confirmed)]


# Situations end


def test_the_hour_before_lunch_is_not_the_evening() -> None:
    day = frozenset(range(7))
    rules = Rules(hours=(Hours(day, time(8), time(12)), Hours(day, time(13), time(17))))
    desk = Desk(rules, MORNING.replace(hour=11)).work(30)
    assert Why.EVENING not in shown(desk)[-1].why
    late = Desk(rules, MORNING.replace(hour=16)).work(30)
    assert Why.EVENING in shown(late)[-1].why


def test_after_a_long_meeting_is_over_within_the_hour() -> None:
    desk = Desk().work(5).meet(60).away(61).sleep(60 * 20).work(31)
    assert Why.AFTER_MEETING not in shown(desk)[-1].why


def test_a_meeting_that_was_prolonged_is_one_long_one() -> None:
    desk = Desk().meet(50).away(45).meet(40).away(41).work(1)
    assert Why.AFTER_MEETING in shown(desk)[-1].why


def test_an_arrival_that_a_wrong_clock_has_labelled_is_no_journey_for_ever() -> None:
    desk = Desk().set_clock(240).arrive(30).set_clock(-240).work(1).done()
    for _ in range(3):
        desk.work(30).done()
    assert Why.TRAVEL not in shown(desk)[-1].why


def test_a_start_in_the_wrong_year_does_not_keep_the_stage_for_years() -> None:
    desk = Desk(start=MORNING.replace(year=2035))
    desk.at = MORNING
    desk.kill(1)
    since = desk.state.progress.since
    assert since is not None
    assert since <= desk.at


def test_a_sore_day_is_one_also_when_it_was_taken_back() -> None:
    desk = Desk()
    for _ in range(16):
        morning = desk.at
        for _ in range(4):
            desk.work(30).done()
        desk.sore(Side.LEFT).sore(None)
        desk.sleep((morning + timedelta(days=1) - desk.at) / timedelta(minutes=1))
    assert not [fact for fact in desk.journal if isinstance(fact, Invited)]


def test_getting_up_twice_is_no_no() -> None:
    desk = Desk()
    for _ in range(2):
        desk.work(30).away(5)
    lead = {MOVEMENTS[b.movement].role for fact in shown(desk) for b in fact.blocks}
    desk.work(30)
    assert {MOVEMENTS[b.movement].role for b in shown(desk)[-1].blocks} & lead


@pytest.mark.parametrize("length", [60, 180])
def test_the_longer_ones_turn_is_used_up_by_its_last_call(length: int) -> None:
    desk = Desk(Rules(longer=length)).work(30).done().work(30).done()
    desk.work(30).snooze(5).work(5).snooze(5).work(5).done().work(30)
    assert shown(desk)[-1].length == 60
