"""What the machine tells of a person: locked, in a call, busy, unknown, in the midst of typing."""

from datetime import timedelta

import pytest

from desk import MORNING, SENSED, Desk
from qlbreak.core.model.facts import Break, Held, Shown, Stuck
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import CALL, Cause, Reason
from qlbreak.core.reminder.status import Mode
from qlbreak.texts import moments

HELD_ONLY = sorted(SENSED - CALL)


# A lock is an absence from that moment


def test_a_lock_is_an_absence_at_once() -> None:
    desk = Desk().work(10).lock().work(0.25)
    assert desk.status.mode is Mode.AWAY
    assert desk.minutes == 10


def test_a_lock_for_a_moment_resets_nothing() -> None:
    """hovancik/stretchly 1724 and 1248."""
    desk = Desk().work(20).lock().away(1).unlock().work(5)
    assert desk.minutes == pytest.approx(25, abs=0.3)
    assert "Break" not in desk.kinds()


def test_a_lock_as_long_as_a_break_is_one() -> None:
    desk = Desk().work(20).lock().away(4).unlock().work(5)
    assert [fact.cause for fact in desk.facts if isinstance(fact, Break)] == [Cause.LOCK]
    assert desk.minutes == pytest.approx(5, abs=0.3)


def test_a_lock_after_idling_began_with_the_idling() -> None:
    desk = Desk().work(20).away(2).lock().away(3).unlock().work(1)
    assert "Break" in desk.kinds()
    assert desk.figures().sitting_s == pytest.approx(21 * 60, abs=125)


def test_a_lock_whose_end_nobody_told_is_outweighed_by_work() -> None:
    desk = Desk().work(10).lock().work(4)
    assert desk.status.mode is Mode.AWAY  # somebody tries passwords, perhaps
    assert desk.work(4).status.mode is Mode.SITTING
    assert desk.away(1).work(0.25).status.mode is Mode.AWAY


def test_a_lock_during_a_prompt_takes_it_back_when_it_is_a_break() -> None:
    desk = Desk().work(30).lock().away(4)
    assert desk.kinds()[-2:] == ["Withdrawn", "Break"]
    assert desk.unlock().work(29).kinds()[-1] != "Shown"


def test_a_lock_ends_a_call() -> None:
    desk = Desk().busy(Reason.MICROPHONE).work(10).lock().away(10)
    assert desk.status.mode is Mode.AWAY
    assert "Break" in desk.kinds()


# In a call


@pytest.mark.parametrize("reason", sorted(CALL))
def test_in_a_call_one_sits_without_typing_and_is_not_asked(reason: Reason) -> None:
    desk = Desk().work(5).busy(reason).away(60)
    assert desk.minutes == 65
    assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [reason]
    assert "Shown" not in desk.kinds()
    assert desk.status.mode is Mode.HELD
    told = moments.why(desk.status)
    held = f"{reason.capitalize()} in use for 59 min. A reminder is waiting."
    assert told == f"{held} You have been sitting 1 h 05 min."


def test_what_fell_due_in_a_call_is_offered_once_afterwards() -> None:
    """hovancik/stretchly 1313: not dropped, and it says how long one has sat."""
    desk = Desk().busy(Reason.CAMERA, Reason.MICROPHONE).away(94).forget().busy().work(0.25)
    shown = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert [round(fact.sitting / 60) for fact in shown] == [94]
    assert "Shown" not in desk.forget().done().work(29).kinds()


def test_a_snoozed_prompt_does_not_come_in_a_call() -> None:
    """AllanChain/sane-break 166."""
    desk = Desk().work(30).snooze(5).busy(Reason.MICROPHONE).forget().work(30)
    assert desk.kinds() == ["Held"] + ["Sat"] * (len(desk.kinds()) - 1)
    assert desk.busy().work(0.25).kinds()[-1] == "Shown"


def test_a_call_takes_an_open_prompt_from_the_screen() -> None:
    desk = Desk().work(30).busy(Reason.MICROPHONE).work(0.25)
    assert desk.kinds()[-1] == "Held"
    assert desk.figures().expired == 0


def test_in_a_call_a_discreet_routine_can_be_opened_by_hand() -> None:
    desk = Desk().work(10).busy(Reason.MICROPHONE).work(5).start()
    prompt = desk.state.prompts.open
    assert prompt is not None
    assert prompt.plan is not None
    assert all(block.movement.discreet for block in prompt.plan.blocks)


def test_a_line_left_open_is_no_call_for_ever() -> None:
    desk = Desk().work(5).busy(Reason.MICROPHONE).away(60 * 8)
    assert desk.figures().sitting_s < 3 * 3600
    assert "Break" in desk.kinds()


# Other reasons


@pytest.mark.parametrize("reason", HELD_ONLY)
def test_a_prompt_is_held_and_offered_afterwards(reason: Reason) -> None:
    """tom-james-watson/breaktimer-app 35."""
    desk = Desk().busy(reason).work(45)
    assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [reason]
    assert desk.figures().held == {reason: 1}
    assert desk.busy().work(0.25).kinds()[-1] == "Shown"


@pytest.mark.parametrize("reason", HELD_ONLY)
def test_who_is_away_is_away_all_the_same(reason: Reason) -> None:
    desk = Desk().work(10).busy(reason).away(10)
    assert desk.status.mode is Mode.AWAY
    assert desk.minutes == 0


def test_a_change_of_the_reason_is_told() -> None:
    desk = Desk().busy(Reason.MICROPHONE, Reason.DO_NOT_DISTURB).work(35)
    desk.busy(Reason.DO_NOT_DISTURB).work(5).pause(5).work(1)
    reasons = [fact.reason for fact in desk.facts if isinstance(fact, Held)]
    assert reasons == [Reason.MICROPHONE, Reason.DO_NOT_DISTURB, Reason.PAUSED]


def test_two_weeks_of_do_not_disturb_are_said_once_a_day() -> None:
    """hovancik/stretchly 1600 and slgobinath/safeeyes 898: breaks never came, silently."""
    desk = Desk().busy(Reason.DO_NOT_DISTURB)
    for _ in range(14):
        desk.work(60 * 6).away(60 * 18)
    said = [fact for fact in desk.facts if isinstance(fact, Stuck)]
    assert 13 <= len(said) <= 15
    assert len({fact.at.date() for fact in said}) == len(said)
    assert all(fact.seconds >= 3 * 3600 for fact in said)
    assert "Shown" not in desk.kinds()
    assert "Do not disturb is on for 14 d" in moments.why(desk.work(40).status)


@pytest.mark.parametrize("reason", HELD_ONLY)
def test_whatever_is_left_on_for_hours_is_said(reason: Reason) -> None:
    """slgobinath/safeeyes 898: with a "caffeine" on breaks never came, silently."""
    desk = Desk().busy(reason).work(60 * 5 + 1)
    (said,) = [fact for fact in desk.facts if isinstance(fact, Stuck)]
    assert said.reason is reason
    assert "for 5 h" in moments.why(desk.status)


@pytest.mark.parametrize("reason", sorted(SENSED))
def test_whatever_holds_a_prompt_a_routine_can_be_begun_by_hand(reason: Reason) -> None:
    """hovancik/stretchly 1441: stuck on, and no way out of it."""
    desk = Desk().busy(reason).work(40).start()
    assert desk.kinds()[-2:] == ["Shown", "Started"]
    assert desk.work(1).done().kinds()[-1] == "Answered"


def test_an_hour_of_it_is_nothing_to_be_said() -> None:
    desk = Desk()
    for _ in range(6):
        desk.busy(Reason.FULL_SCREEN).work(60).busy().work(1).done()
    assert "Stuck" not in desk.kinds()


# Unknown


def test_unknown_counts_as_present_for_a_plausible_spell_only() -> None:
    desk = Desk(Rules(expire=3600.0)).unknown(60 * 9)
    assert desk.figures().sitting_s == pytest.approx(2 * 3600, abs=30)
    assert desk.status.mode is Mode.AWAY
    assert [fact.cause for fact in desk.facts if isinstance(fact, Break)] == [Cause.UNKNOWN]


def test_a_word_is_a_sign() -> None:
    desk = Desk().unknown(100).done().unknown(100)
    assert desk.status.mode is Mode.UNKNOWN
    assert desk.unknown(60).status.mode is Mode.AWAY
    assert desk.resume().status.mode is not Mode.AWAY


def test_a_night_without_a_sign_is_not_sat_through() -> None:
    """ActivityWatch/activitywatch 854: seven hours of sleep logged as not away."""
    assert Desk().work(30).unknown(60 * 7).figures().sitting_s < 3 * 3600


# A pause in typing


def test_a_prompt_waits_for_a_pause_in_typing() -> None:
    """hovancik/stretchly 1007."""
    desk = Desk(notice=30.0).work(30)
    assert "Shown" not in desk.kinds()
    assert desk.reminder.waits
    assert desk.away(0.25).kinds()[-1] == "Shown"
    assert not desk.reminder.waits


def test_it_does_not_wait_for_longer_than_its_notice() -> None:
    desk = Desk(notice=30.0).work(30.5)
    shown = [fact.at for fact in desk.facts if isinstance(fact, Shown)]
    assert shown == [MORNING + timedelta(minutes=30, seconds=30)]


def test_who_gets_up_meanwhile_is_not_asked() -> None:
    desk = Desk(Rules(notice=30.0), notice=30.0).work(30).sleep(10).work(1)
    assert "Shown" not in desk.kinds()
    assert not desk.reminder.waits


# A second time, more clearly; then the icon only


def test_it_asks_a_second_time_and_no_third() -> None:
    """tom-james-watson/breaktimer-app 106: a notification is easy to miss."""
    desk = Desk().work(30).forget().work(9)
    assert [kind for kind in desk.kinds() if kind != "Sat"] == ["Reminded"]
    assert [kind for kind in desk.work(2).kinds() if kind != "Sat"] == ["Reminded", "Expired"]


def test_who_has_answered_or_begun_is_not_asked_again() -> None:
    for desk in (Desk().work(30).done(), Desk().work(30).start(), Desk().work(30).skip()):
        assert "Reminded" not in desk.work(9).kinds()


def test_it_can_be_left_out() -> None:
    assert "Reminded" not in Desk(Rules(again=0.0)).work(39).kinds()


def test_after_a_restart_it_is_not_asked_a_third_time() -> None:
    desk = Desk().work(36).kill().forget().work(3)
    assert "Reminded" not in desk.kinds()
