"""Prompts: when they come, and how they end."""

from datetime import time, timedelta
from itertools import pairwise

import msgspec
import pytest

from desk import CATALOGUE, MORNING, RULES, Desk
from qlbreak.app.commands import Occasion, parse
from qlbreak.core.model.facts import Answered, Corrected, Expired, Held, Lengthened, Reopened, Shown
from qlbreak.core.model.inputs import Respond
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import Hours, Rules
from qlbreak.core.model.terms import Answer, Ending, Evidence, Reason, Side, Why
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Mode

WEEKDAYS = frozenset(range(5))


def shown(desk: Desk) -> list[Shown]:
    return [fact for fact in desk.facts if isinstance(fact, Shown)]


def test_a_prompt_comes_after_the_interval() -> None:
    desk = Desk().work(29.75)
    assert shown(desk) == []
    assert len(shown(desk.work(0.25))) == 1


def test_it_comes_once() -> None:
    assert len(shown(Desk().work(39))) == 1


def test_done_starts_the_clock_anew() -> None:
    desk = Desk().work(30).done()
    assert desk.minutes == 0
    answer = desk.facts[-1]
    assert answer == Answered(desk.at, 1, Answer.DONE, "tray", Evidence.CLAIMED)
    assert len(shown(desk.work(30))) == 2


def test_skipped_leaves_the_clock_running_and_asks_again_an_interval_later() -> None:
    desk = Desk().work(30).skip().work(29.75)
    assert len(shown(desk)) == 1
    assert len(shown(desk.work(0.25))) == 2
    assert desk.minutes == 60


def test_a_shown_prompt_resets_nothing() -> None:
    assert Desk().work(35).minutes == 35


def test_snoozed_it_comes_back_as_the_same_prompt() -> None:
    desk = Desk().work(30).snooze(10).work(9.75)
    assert len(shown(desk)) == 1
    first, second = shown(desk.work(0.25))
    assert (second.prompt, second.routine, second.snoozes) == (first.prompt, first.routine, 1)


def test_snooze_takes_the_first_length_when_none_is_named() -> None:
    assert len(shown(Desk().work(30).snooze().work(5))) == 2


def test_after_the_last_snooze_the_short_routine_is_offered_and_no_further_snooze() -> None:
    desk = Desk().work(30).snooze(5).work(5).snooze(5).work(5)
    last = shown(desk)[-1]
    assert (last.length, last.why[0]) == (30, Why.LAST_CALL)
    assert total_seconds(CATALOGUE.exercises(last.blocks)) <= 30
    assert desk.status.prompt is not None
    assert desk.status.prompt.snoozes_left == 0
    assert "cannot be snoozed again" in desk.snooze().reminder.refused


def test_a_snoozed_prompt_cannot_be_snoozed_again_but_done_and_skipped() -> None:
    assert "already" in Desk().work(30).snooze(5).snooze(5).reminder.refused
    assert Desk().work(30).snooze(5).done().kinds()[-1] == "Answered"


def test_nobody_answers_and_it_expires() -> None:
    desk = Desk().work(40)
    assert desk.kinds()[-1] == "Expired"
    assert desk.minutes == 40
    assert len(shown(desk.work(30))) == 2


def test_a_natural_break_withdraws_it() -> None:
    desk = Desk().work(30).away(4)
    assert desk.kinds()[-2:] == ["Withdrawn", "Break"]


def test_a_natural_break_withdraws_a_snoozed_one_too() -> None:
    desk = Desk().work(30).snooze(15).away(20).work(20)
    assert desk.kinds().count("Withdrawn") == 1
    assert len(shown(desk)) == 1


def test_answers_without_a_prompt_are_refused() -> None:
    desk = Desk().work(5).done()
    assert desk.reminder.refused == "no reminder is open"
    assert desk.kinds() == []


def test_an_answer_after_a_sleep_finds_the_prompt_withdrawn() -> None:
    desk = Desk().work(30)
    desk._advance(3600)
    assert desk.skip().reminder.refused == "no reminder is open"
    assert desk.kinds()[-2:] == ["Withdrawn", "Break"]


def test_start_marks_the_routine_as_begun_and_it_waits_for_an_answer() -> None:
    desk = Desk().work(35).start().work(9.75)
    assert "Expired" not in desk.kinds()
    assert desk.work(0.25).kinds()[-1] == "Expired"


def test_start_out_of_turn_opens_a_prompt() -> None:
    desk = Desk().work(5).start().work(1).done()
    assert desk.kinds() == ["Shown", "Started", "Sat", "Answered"]
    assert desk.minutes == 0


def test_sides_take_turns_and_no_routine_repeats() -> None:
    desk = Desk(Rules(per_day=20))
    for _ in range(12):
        desk.work(30).done()
    routines = [fact.routine for fact in shown(desk)]
    assert all(a != b for a, b in pairwise(routines))
    sides = [fact.side for fact in shown(desk) if fact.side is not Side.BOTH]
    assert sides == [Side.LEFT, Side.RIGHT] * (len(sides) // 2) + [Side.LEFT] * (len(sides) % 2)


# Holding


def test_in_a_meeting_it_is_held_and_offered_once_afterwards() -> None:
    desk = Desk().work(20).meet(60).work(59)
    assert Held(MORNING + timedelta(minutes=30), 1, Reason.MEETING) in desk.facts
    assert desk.kinds().count("Held") == 1
    assert desk.status.mode is Mode.HELD
    assert shown(desk) == []
    (prompt,) = shown(desk.work(2))
    assert prompt.sitting == 80 * 60


def test_a_pause_holds_what_falls_due_and_ends_by_itself() -> None:
    desk = Desk().work(20).pause(30).work(29)
    assert shown(desk) == []
    assert desk.status.mode is Mode.PAUSED
    assert len(shown(desk.work(1))) == 1


def test_a_pause_until_an_hour_follows_the_wall_clock() -> None:
    desk = Desk().work(29).pause(until=time(10)).work(30.75)
    assert shown(desk) == []
    assert len(shown(desk.work(0.25))) == 1


@pytest.mark.parametrize("act", ["meeting", "pause", "pause tomorrow", "pause until 08:00"])
def test_a_forgotten_meeting_or_pause_ends_by_itself(act: str) -> None:
    """workrave 407 and 659, breaktimer-app 13: switched off for a meeting, forgotten for a week."""
    desk = Desk().give(parse(act.split(), Occasion("tray"))).work(60 * 25)
    assert "Shown" in desk.forget().work(90).kinds()


def test_resume_ends_a_pause() -> None:
    assert len(shown(Desk().work(10).pause(120).work(30).resume())) == 1


def test_a_prompt_that_is_up_is_held_when_a_meeting_begins() -> None:
    desk = Desk().work(31).meet(30)
    assert desk.kinds()[-1] == "Held"
    desk.work(30)
    first, second = shown(desk)
    assert first.prompt == second.prompt


def test_a_snooze_that_ends_in_a_meeting_is_held() -> None:
    desk = Desk().work(30).snooze(5).work(1).meet(60).work(30)
    assert "Held" in desk.kinds()
    assert len(shown(desk)) == 1


def test_outside_the_hours_nothing_is_shown() -> None:
    desk = Desk(Rules(hours=(Hours(WEEKDAYS, time(9, 45), time(17)),))).work(44)
    assert shown(desk) == []
    assert desk.status.mode is Mode.HELD
    assert len(shown(desk.work(1))) == 1


def test_hours_may_go_past_midnight() -> None:
    night = Hours(frozenset({0}), time(22), time(2))
    monday = MORNING.replace(hour=23)
    assert night.covers(monday)
    assert night.covers(monday + timedelta(hours=2))
    assert not night.covers(monday + timedelta(hours=3, minutes=1))
    assert not night.covers(monday - timedelta(days=1))


def test_enough_is_enough() -> None:
    desk = Desk(Rules(per_day=4))
    for _ in range(4):
        desk.work(30).done()
    desk.work(40)
    assert len(shown(desk)) == 4
    assert desk.kinds().count("Held") == 1
    assert desk.status.reason is Reason.ENOUGH


def test_no_prompt_in_the_first_minutes_after_waking() -> None:
    desk = Desk().work(29.5).sleep(2).work(1.5)
    assert shown(desk) == []
    assert len(shown(desk.work(1))) == 1


# Undo


def test_undo_of_done_leaves_the_prompt_open_with_its_routine() -> None:
    """A slip of the hand counted as skipped, and the routine was lost."""
    desk = Desk().work(30)
    before = desk.status.prompt
    assert before is not None
    desk.done().work(5).undo()
    assert desk.facts[-1] == Reopened(desk.at, 1)
    assert desk.minutes == 35
    now = desk.status.prompt
    assert now is not None
    assert (now.id, now.phase, now.plan) == (1, Phase.SHOWN, before.plan)
    assert desk.status.undo is None
    figures = desk.figures()
    assert (figures.prompts, figures.done, figures.skipped, figures.left_s) == (1, 0, 0, 0)


def test_what_is_open_again_ends_as_any_other() -> None:
    def reopened() -> Desk:
        return Desk().work(30).done().work(5).undo().work(2)

    ended = {"done": reopened().done(), "skipped": reopened().skip(), "expired": reopened().work(8)}
    for name, desk in ended.items():
        figures = desk.figures()
        assert getattr(figures, name) == 1
        assert figures.done + figures.skipped + figures.expired == 1
        assert figures.prompts == 1
    desk = Desk().work(30).snooze(5).work(5).done().undo().snooze().work(10.25)
    assert desk.status.prompt is not None
    assert desk.status.prompt.snoozes == 2
    assert desk.figures().snoozed == 2


def test_a_spell_goes_on_through_what_was_done_by_mistake() -> None:
    desk = Desk().work(30).done().work(5).undo().work(5).done().work(10)
    figures = desk.figures()
    assert (figures.spells, figures.longest_spell_s) == (2, 40 * 60)
    assert desk.minutes == 10
    still = Desk().work(30).done().work(5).undo().work(5)
    assert (still.figures().spells, still.figures().longest_spell_s) == (1, 40 * 60)


def test_a_break_while_it_is_open_again_withdraws_it() -> None:
    desk = Desk().work(30).done().work(1).undo().away(5).work(1)
    assert desk.figures().withdrawn == 1


def test_what_was_guided_to_its_end_is_to_be_done_again_and_counts_no_more() -> None:
    desk = Desk().work(30).start().guide(1.0).undo()
    assert desk.kinds()[-1] == "Reopened"
    assert desk.figures().left_s == desk.figures().right_s == 0
    assert not desk.state.history.offers[-1].done
    desk.start().guide(1.0)
    assert desk.figures().done == 1


def test_it_is_held_where_there_is_a_reason_to_be_silent() -> None:
    desk = Desk().work(30).done().pause(60).undo()
    assert desk.kinds()[-2:] == ["Reopened", "Held"]


def test_after_a_kill_it_is_open_again_and_can_still_be_reopened() -> None:
    desk = Desk().work(30).done().undo().work(1).kill(0.5)
    assert desk.status.prompt is not None
    assert desk.status.prompt.id == 1
    assert desk.minutes == 31.5
    assert Desk().work(30).done().kill(0.5).forget().undo().kinds()[-1] == "Reopened"


def test_undo_of_done_while_another_prompt_is_open_says_that_it_was_skipped() -> None:
    desk = Desk().work(30).done().work(1).start("r30-rock").undo()
    assert desk.facts[-1] == Corrected(desk.at, 1, Ending.SKIPPED)
    assert desk.status.prompt is not None
    assert desk.status.prompt.id == 2


def test_what_is_done_at_another_device_counts_there_also_after_a_slip() -> None:
    laptop, office = Desk().work(30).done(), Desk().work(25)
    office.hear("laptop", *laptop.facts)
    assert office.minutes == 0
    laptop.work(5).forget().undo()
    office.work(5).hear("laptop", *laptop.facts)
    assert (laptop.minutes, office.minutes) == (35, 5)
    laptop.work(2).forget().done()
    office.work(2).hear("laptop", *laptop.facts)
    assert office.minutes == 0
    assert office.kinds().count("Elsewhere") == 2


def test_undo_turns_skipped_into_done() -> None:
    desk = Desk().work(30).skip().work(5).undo()
    assert desk.facts[-1] == Corrected(desk.at, 1, Ending.DONE)
    assert desk.minutes == 5


def test_undo_twice_is_as_before() -> None:
    assert "nothing to undo" in Desk().work(30).done().undo().undo().reminder.refused
    assert Desk().work(30).skip().work(5).undo().undo().minutes == 35


def test_undo_brings_a_snoozed_prompt_back() -> None:
    desk = Desk().work(30).snooze(15).work(1).undo()
    assert desk.status.prompt is not None
    assert desk.status.prompt.snoozes_left == 2


def test_undo_is_for_ten_minutes() -> None:
    assert "10 minutes" in Desk().work(30).done().work(10.25).undo().reminder.refused


def test_undo_after_a_natural_break_does_not_touch_the_clock() -> None:
    desk = Desk().work(30).done().work(2).away(4).work(1).undo()
    assert desk.minutes == pytest.approx(1, abs=0.3)
    assert desk.facts[-1] == Corrected(desk.at, 1, Ending.SKIPPED)


# Ignored


def ignore_three() -> Desk:
    return Desk().work(30 + 10).work(30 * 2 + 20)


def test_after_three_ignored_in_a_row_it_asks_once() -> None:
    desk = ignore_three()
    assert desk.kinds().count("Expired") == 3
    assert desk.kinds()[-1] == "Asked"
    assert desk.status.question == 40 * 60


def test_unanswered_the_interval_is_lengthened() -> None:
    desk = ignore_three().work(10)
    assert Lengthened(desk.at, 600, desk.facts[-1].by) == desk.facts[-1]  # type: ignore[union-attr]
    assert desk.status.interval == 40 * 60


def test_a_no_keeps_it_and_it_does_not_ask_again_in_the_same_run() -> None:
    desk = ignore_three().longer(False).forget()
    assert desk.status.interval == 30 * 60
    assert "Asked" not in desk.work(120).kinds()


def test_what_a_window_may_have_covered_is_not_ignored() -> None:
    """Under a window that fills the screen GNOME shows nothing, and on Wayland nobody tells."""
    desk = Desk()
    desk.hidden = True
    desk.work(30 + 10).work(30 * 2 + 20)
    assert desk.kinds().count("Expired") == 3
    assert {fact.seen for fact in desk.facts if isinstance(fact, Expired)} == {False}
    assert desk.state.prompts.ignored == 0
    assert "Asked" not in desk.kinds()
    desk.hidden = False
    desk.work(30 * 3 + 30)
    assert desk.kinds()[-1] == "Asked", "from here on it was to be seen"


def test_what_was_put_away_was_seen() -> None:
    desk = Desk()
    desk.hidden = True
    for _ in range(3):
        desk.work(30.25).put_away().work(9.75)
    assert desk.kinds().count("Expired") == 3
    assert desk.kinds()[-1] == "Asked"
    assert desk.put_away().reminder.refused == "no reminder is open"


def test_an_answer_ends_the_run() -> None:
    desk = Desk().work(70).skip().work(80)
    assert desk.kinds().count("Expired") == 3
    assert "Asked" not in desk.kinds()


def test_the_configured_interval_can_be_had_back() -> None:
    desk = ignore_three().longer(True).longer(False)
    assert desk.status.interval == 30 * 60


def test_leaving_the_desk_is_not_ignoring_the_question() -> None:
    desk = ignore_three().away(20).work(15)
    assert desk.status.interval == 30 * 60
    assert desk.status.question is None


# Away from the keys, doing it


def test_a_started_routine_is_not_withdrawn_while_it_is_done() -> None:
    desk = Desk().work(30).start().away(4).work(0.25).done()
    assert desk.facts[-1] == Answered(desk.at, 1, Answer.DONE, "tray", Evidence.AWAY)
    assert desk.figures().done == 1


def test_a_started_routine_that_nobody_answers_after_a_break_is_withdrawn_not_expired() -> None:
    desk = Desk().work(30).start().away(6).work(5)
    assert "Withdrawn" in desk.kinds()
    assert "Expired" not in desk.kinds()


def test_done_said_after_the_withdrawal_counts() -> None:
    desk = Desk().work(30).away(4).work(0.25).done()
    assert desk.facts[-1] == Corrected(desk.at, 1, Ending.DONE)
    assert desk.figures().done == 1


def test_done_for_another_prompt_than_the_last_does_not() -> None:
    desk = Desk().work(30).away(4).work(0.25)
    desk.give(Respond(Answer.DONE, "notification", prompt=7))
    assert desk.reminder.refused


def test_what_nobody_was_shown_nobody_has_done() -> None:
    desk = Desk().work(10).meet(60).work(25).sleep(10).work(1).undo()
    assert "nothing to undo" in desk.reminder.refused
    assert desk.figures().withdrawn == 0


@pytest.mark.parametrize("ended", ["withdrawn", "expired"])
def test_a_second_undo_is_as_before(ended: str) -> None:
    desk = Desk().work(30)
    desk = desk.away(5).work(1) if ended == "withdrawn" else desk.work(11)
    figures = desk.undo().undo().figures()
    assert (figures.done, figures.skipped) == (0, 0)
    assert getattr(figures, ended) == 1


def test_a_snooze_given_while_held_ends_in_being_held() -> None:
    desk = Desk().work(30).meet(60).snooze(10).work(20)
    assert desk.kinds().count("Held") == 2
    assert desk.status.mode is Mode.HELD


def test_after_the_last_snooze_a_hold_changes_nothing_of_the_routine() -> None:
    desk = Desk().work(30).snooze(1).work(1).snooze(1).work(1).meet(5).work(6)
    assert shown(desk)[-1].routine == shown(desk)[-2].routine


def test_a_correction_ends_the_run_of_ignored_prompts() -> None:
    assert "Asked" not in Desk().work(41).undo().work(41).work(41).kinds()


@pytest.mark.parametrize("meanwhile", ["pause", "meet"])
def test_silence_is_no_answer_while_something_else_is_on(meanwhile: str) -> None:
    desk = ignore_three()
    getattr(desk, meanwhile)(60)
    assert desk.work(15).status.interval == 30 * 60
    assert desk.status.question is None


def test_unknown_presence_is_no_ignoring() -> None:
    desk = Desk(Rules(sitting=900.0)).unknown(110)
    assert desk.kinds().count("Expired") >= 3
    assert "Asked" not in desk.kinds()
    assert desk.figures().unknown_s == pytest.approx(110 * 60, abs=601)


def test_the_interval_stays_within_its_bounds_when_the_settings_change() -> None:
    desk = Desk().work(131)
    desk.rules = Rules(sitting=90 * 60)
    assert desk.kill(0).status.interval == 90 * 60


def test_who_has_begun_a_long_routine_has_the_time_for_it() -> None:
    desk = Desk(rules=msgspec.structs.replace(RULES, expire=120.0, routine=180))
    desk.work(31).start().work(8)
    assert desk.status.prompt is not None, "three times three minutes"
    desk.work(2)
    assert desk.status.prompt is None
