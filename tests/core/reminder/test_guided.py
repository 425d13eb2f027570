"""What is known of a done routine: guided, seen, claimed; and of an absence that was none."""

import pytest

from desk import MORNING, Desk, tallied
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Break,
    Confirmed,
    Corrected,
    Felt,
    Shown,
    Started,
    Stayed,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.inputs import Close
from qlbreak.core.model.movements import Block
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Ending, Evidence, Feeling, Reason, Side


def last(desk: Desk, kind: type[AnyFact]) -> AnyFact:
    return [fact for fact in desk.journal if isinstance(fact, kind)][-1]


def none(desk: Desk, kind: type[AnyFact]) -> bool:
    return not [fact for fact in desk.journal if isinstance(fact, kind)]


# The guide


def test_guided_to_the_end_is_done_and_known_block_by_block() -> None:
    desk = Desk().start("r60-desk").guide(1.0)
    done = last(desk, Answered)
    assert isinstance(done, Answered)
    assert (done.answer, done.evidence, done.via) == (Answer.DONE, Evidence.GUIDED, "guide")
    works = [(f.movement, f.side.value, f.seconds) for f in desk.journal if isinstance(f, Worked)]
    assert works == [
        ("reset-rock", "both", 15),
        ("len-seat-reach", "left", 17),
        ("len-seat-reach", "right", 17),
    ]
    assert desk.minutes == 0
    figures = desk.figures()
    assert (figures.left_s, figures.right_s, figures.done) == (17, 17, 1)
    assert figures.evidence == {Evidence.GUIDED: 1}


def test_what_was_guided_once_is_new_no_more_even_after_a_restart() -> None:
    desk = Desk().start("r60-desk")
    assert new(desk) == {"reset-rock", "len-seat-reach"}
    desk.guide(0.2)  # of the rock alone
    assert new(desk.start("r60-desk")) == {"len-seat-reach"}
    assert new(desk.kill().start("r60-desk")) == {"len-seat-reach"}
    desk.guide(1.0)
    assert new(desk.start("r60-desk")) == set()


def test_what_was_only_said_to_be_done_is_new_to_the_guide() -> None:
    desk = Desk().start("r60-desk").done()
    assert new(desk.start("r60-desk")) == {"reset-rock", "len-seat-reach"}


def new(desk: Desk) -> frozenset[str]:
    """What the guide would wait for."""
    prompt = desk.state.prompts.open
    assert prompt is not None
    assert prompt.plan is not None
    return desk.state.coach.new_in(prompt.plan)


def test_left_past_the_half_is_done_and_counts_its_part() -> None:
    desk = Desk().start("r60-desk").guide(0.6)
    assert none(desk, Stopped)
    figures = desk.figures()
    assert (figures.done, figures.right_s) == (1, 0)
    assert 10 <= figures.left_s <= 17


def test_left_before_the_half_the_prompt_asks_as_before_and_the_seconds_count() -> None:
    desk = Desk().start("r60-desk").guide(0.2)
    assert isinstance(desk.journal[-1], Stopped)
    prompt = desk.status.prompt
    assert prompt is not None
    assert not prompt.started
    assert desk.skip().figures().skipped == 1
    assert any(isinstance(f, Worked) for f in desk.journal)


def test_nobody_stays_seated_for_more_than_a_day() -> None:
    """What is recorded can be read back: a line tells a day of sitting at most."""
    desk = Desk().work(10).away(30 * 60).work(1)
    assert desk.status.idled is None
    desk.stay()
    assert desk.reminder.refused
    assert none(desk, Stayed)


def opened_and_closed(desk: Desk) -> Desk:
    number = desk.state.prompts.last
    return desk.give(Close(number, 0.0))


def test_asked_for_and_left_without_work_there_is_nothing_to_count() -> None:
    desk = opened_and_closed(Desk().work(5).start("r60-desk")).work(20)
    assert "Expired" not in desk.kinds()
    assert desk.status.prompt is None
    assert desk.minutes == 25
    figures = desk.figures()
    assert (figures.prompts, figures.expired, figures.ended) == (0, 0, 0)
    assert list(desk.tally.courses()) == []
    assert desk.tally.prompts(MORNING.date()) == []
    assert desk.kill().status.prompt is None
    assert desk.work(6).figures().prompts == 1


def test_due_and_left_without_work_it_asks_as_before() -> None:
    desk = opened_and_closed(Desk().work(30).start())
    assert desk.status.prompt is not None
    assert desk.work(11).figures().expired == 1


def test_what_was_held_back_comes_by_itself_after_it_was_looked_at() -> None:
    desk = Desk().busy(Reason.MICROPHONE).work(31).start()
    desk.forget().busy().give(Close(1, 0.0)).work(0.25)
    assert desk.kinds()[:1] == ["Stopped"]
    assert desk.status.prompt is not None
    assert desk.status.prompt.id == 2
    assert desk.skip().figures().prompts == 1


def test_left_without_the_program_the_work_counts() -> None:
    at, blocks = MORNING, (Block("len-seat-reach", 20),)
    shown = Shown(at, 1, "len-seat-reach", Side.LEFT, 0.0, asked=True, blocks=blocks)
    work = Worked(at, 1, "len-seat-reach", Side.LEFT, 9.0)
    figures = tallied([shown, Started(at, 1, "guide"), work, Stopped(at, 1)]).days()[at.date()]
    assert (figures.prompts, figures.ended, figures.left_s) == (1, 0, 9)
    looked = tallied([shown, Started(at, 1, "guide"), Stopped(at, 1)])
    assert looked.days()[at.date()].prompts == 0
    assert list(looked.courses()) == []
    again = tallied([shown, Stopped(at, 1), Corrected(at, 1, Ending.DONE)]).days()[at.date()]
    assert (again.prompts, again.done) == (1, 1)


def test_guided_to_the_end_after_done_was_said_makes_the_claim_known() -> None:
    desk = Desk().work(30).start("r60-desk").done()
    desk.give(Close(1, 1.0))
    assert last(desk, Confirmed) == Confirmed(desk.at, 1, Evidence.GUIDED)
    assert desk.figures().evidence == {Evidence.GUIDED: 1}


def test_guided_to_the_end_after_it_had_expired_counts() -> None:
    desk = Desk(Rules(expire=120)).work(30).start("r180-no-kit")
    number = desk.state.prompts.last
    desk.work(9.5)
    assert desk.kinds()[-1] == "Expired"
    desk.give(Close(number, 0.9))
    assert last(desk, Corrected) == Corrected(desk.at, number, Ending.DONE)
    assert last(desk, Confirmed) == Confirmed(desk.at, number, Evidence.GUIDED)
    assert desk.figures().done == 1


def test_how_it_feels_is_kept() -> None:
    desk = Desk().work(30).start().guide(1.0).feel(Feeling.EASIER)
    assert last(desk, Felt) == Felt(desk.at, 1, Feeling.EASIER)


def test_an_absence_for_the_guide_withdraws_nothing() -> None:
    desk = Desk(Rules(routine=180)).work(30).start("r180-no-kit").guide(1.0)
    assert none(desk, Withdrawn)
    assert desk.figures().done == 1


# Without the guide


def test_away_long_enough_after_the_claim_is_seen() -> None:
    desk = Desk().work(30).done()
    assert desk.figures().evidence == {Evidence.CLAIMED: 1}
    desk.away(1.5)
    assert desk.figures().evidence == {Evidence.AWAY: 1}


def test_typing_through_it_leaves_it_claimed() -> None:
    desk = Desk().work(30).done().work(8).away(2)
    assert none(desk, Confirmed)
    assert desk.figures().evidence == {Evidence.CLAIMED: 1}


def test_away_before_done_was_said_is_seen_too() -> None:
    desk = Desk().work(30).away(1.5).work(0.25).done()
    done = last(desk, Answered)
    assert isinstance(done, Answered)
    assert done.evidence is Evidence.AWAY


def test_where_idleness_is_unknown_a_claim_stays_a_claim() -> None:
    desk = Desk().work(30).unknown(1).done().unknown(5)
    assert none(desk, Confirmed)


def test_taken_back_nothing_is_confirmed() -> None:
    desk = Desk().work(30).done().undo().away(2)
    assert none(desk, Confirmed)


def test_a_correction_either_way() -> None:
    desk = Desk().work(30).skip().undo().undo()
    assert (desk.figures().done, desk.figures().skipped) == (0, 1)
    desk.undo()
    assert desk.figures().evidence == {Evidence.CORRECTED: 1}


# I stayed seated


def test_who_stayed_seated_gets_the_clock_back() -> None:
    desk = Desk().work(20).away(6).work(1)
    assert desk.minutes == 0.75
    assert desk.status.idled == pytest.approx(360, abs=20)
    desk.stay()
    assert desk.minutes == pytest.approx(27, abs=0.3)
    assert desk.status.idled is None
    figures = desk.figures()
    assert figures.natural_breaks == 0
    assert figures.longest_spell_s == pytest.approx(27 * 60, abs=20)
    assert isinstance(last(desk, Stayed), Stayed)


def test_it_is_offered_for_a_few_minutes() -> None:
    desk = Desk().work(20).away(6).work(6)
    assert desk.status.idled is None
    assert "no recent natural break" in desk.stay().reminder.refused


def test_once_for_each_break() -> None:
    desk = Desk().work(20).away(6).work(1).stay()
    assert "no recent natural break" in desk.stay().reminder.refused


def test_not_for_one_that_was_before_another_break() -> None:
    desk = Desk().work(20).away(6).stay().sleep(3).stay()
    assert "no recent natural break" in desk.reminder.refused
    assert desk.minutes <= 26


def test_not_after_a_sleep_or_standing_up() -> None:
    for desk in (Desk().work(20).sleep(30).work(1), Desk().work(20).stand().away(5).sit().work(1)):
        assert desk.status.idled is None
        assert "no recent natural break" in desk.stay().reminder.refused


def test_the_prompt_that_was_withdrawn_comes_again() -> None:
    desk = Desk().work(30).away(6).work(1)
    assert not none(desk, Withdrawn)
    desk.stay()
    shown = [fact for fact in desk.journal if isinstance(fact, Shown)]
    assert [fact.prompt for fact in shown] == [1, 2]


def test_a_restart_after_it_tells_the_same() -> None:
    desk = Desk().work(20).away(6).work(1).stay().work(1)
    minutes = desk.minutes
    assert desk.kill().minutes == pytest.approx(minutes, abs=0.01)


def test_a_break_without_anything_sat_is_none_to_take_back() -> None:
    desk = Desk().away(10).work(1)
    assert none(desk, Break)
    assert "no recent natural break" in desk.stay().reminder.refused


def test_the_side_that_was_left_out_goes_first_next_time() -> None:
    desk = Desk().start("r60-desk").guide(0.65).start("r60-boomerang")
    shown = last(desk, Shown)
    assert isinstance(shown, Shown)
    assert shown.side is Side.RIGHT
