"""Standing, played out: its own clock, its limit, its end, and what the record says of it."""

from datetime import datetime, time, timedelta

import pytest

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Break,
    Declared,
    Elsewhere,
    Held,
    Sat,
    Shown,
    Stood,
    Withdrawn,
)
from qlbreak.core.model.movements import Position
from qlbreak.core.model.rules import MINUTE, Rules
from qlbreak.core.model.terms import Answer, By, Cause, Posture, Reason, Side
from qlbreak.core.reminder.status import Mode
from qlbreak.core.statistics.merge import merged
from qlbreak.core.statistics.timeline import Doing, timeline

LIMIT = Rules(standing=30 * MINUTE)
ON_THE_FEET = {Position.STANDING, Position.WALL}


def stood(desk: Desk) -> float:
    """Minutes, as the record has them."""
    return sum(fact.seconds for fact in desk.journal if isinstance(fact, Stood)) / 60


def sat(desk: Desk) -> float:
    return sum(fact.seconds for fact in desk.journal if isinstance(fact, Sat)) / 60


def course(desk: Desk) -> list[tuple[Doing, int, int]]:
    pending = desk.reminder.pending
    facts = [*desk.journal, *([pending] if pending.seconds else [])]
    return [
        (one.doing, round((one.begin - MORNING) / timedelta(minutes=1)), round(one.seconds / 60))
        for one in timeline(facts, desk.rules.day_turn, desk.at).parts
    ]


def up(desk: Desk) -> Desk:
    """Stood for as long as the limit allows."""
    return desk.work(10).stand().work(30)


# The clock


def test_what_is_stood_is_counted_and_sitting_is_not() -> None:
    desk = Desk().work(20).stand().work(25)
    assert (desk.stood, desk.minutes) == (25, 0)
    assert desk.sit().work(5).minutes == 5
    assert (stood(desk), desk.figures().standing_s, desk.figures().sitting_s) == (25, 1500, 1500)


def test_an_hour_with_a_coffee_between() -> None:
    desk = Desk().work(10).stand().work(25).away(6).work(29).sit()
    assert stood(desk) == pytest.approx(54, abs=0.3)
    breaks = [(fact.cause, fact.at) for fact in desk.journal if isinstance(fact, Break)]
    minutes = [(cause, round((at - MORNING) / timedelta(minutes=1))) for cause, at in breaks]
    assert minutes == [(Cause.STOOD, 10), (Cause.IDLE, 35)]
    assert course(desk)[1:] == [(Doing.STOOD, 10, 25), (Doing.AWAY, 35, 6), (Doing.STOOD, 41, 29)]


def test_an_absence_begins_standing_anew_and_a_short_one_does_not() -> None:
    assert Desk().stand().work(20).away(2).work(5).stood == 27
    assert Desk().stand().work(20).away(5).work(5).stood == pytest.approx(5, abs=0.3)
    assert Desk().stand().work(20).sleep(2).work(5).stood == pytest.approx(25, abs=0.3)


def test_over_lunch_nobody_stands() -> None:
    desk = Desk().work(10).stand().work(20).away(50).work(15)
    assert stood(desk) + desk.state.running.pending / 60 == pytest.approx(35, abs=0.3)
    assert desk.status.mode is Mode.STANDING
    assert desk.away(10).status.mode is Mode.AWAY


@pytest.mark.parametrize("hours", [1, 9, 60])
def test_over_a_sleep_nobody_stands(hours: float) -> None:
    desk = Desk().work(10).stand().work(20).sleep(60 * hours).work(2)
    assert stood(desk) == pytest.approx(20, abs=0.3)
    assert desk.status.standing is (hours < 1.5)
    assert Break(MORNING + timedelta(minutes=30), Cause.GAP) in desk.journal


def test_behind_a_locked_screen_nobody_stands() -> None:
    desk = Desk().stand().work(20).lock().away(10).unlock().work(5)
    assert stood(desk) == 20
    assert desk.stood == pytest.approx(5, abs=0.3)


def test_in_a_call_one_stands_without_typing() -> None:
    desk = Desk().stand().work(5).busy(Reason.MICROPHONE).away(40).busy()
    assert desk.stood == 45
    assert Desk().stand().work(5).meet(40).away(30).stood == 35


def test_where_idleness_is_unknown_standing_is_assumed() -> None:
    desk = Desk().stand().work(5).unknown(20).sit()
    told = {(fact.known, fact.seconds) for fact in desk.journal if isinstance(fact, Stood)}
    assert told == {(True, 300), (False, 600)}


def test_who_stands_cannot_have_sat_through_an_absence() -> None:
    desk = Desk().work(10).stand().work(20).away(6).work(1)
    assert desk.status.idled is None
    assert "no recent natural break" in desk.stay().reminder.refused


def test_a_moment_on_the_chair_begins_standing_anew() -> None:
    assert Desk().stand().work(20).sit().work(1).stand().work(4).stood == 4


# Its end


def test_standing_may_have_an_end() -> None:
    desk = Desk().work(10).stand(45).work(44)
    assert desk.status.stands_until == MORNING + timedelta(minutes=55)
    desk.forget().work(11)
    assert Declared(MORNING + timedelta(minutes=55), Posture.SITTING, By.TIME) in desk.facts
    assert (stood(desk), desk.minutes) == (45, 10)


def test_it_may_end_at_an_hour() -> None:
    desk = Desk().work(10).stand(until=time(11, 30)).work(139)
    assert desk.status.stands_until == datetime(2026, 3, 2, 11, 30)  # noqa: DTZ001
    assert (desk.status.mode, desk.work(2).status.mode) == (Mode.STANDING, Mode.SITTING)
    assert stood(desk) == 140


def test_an_hour_that_has_passed_is_not_meant() -> None:
    desk = Desk().work(10).stand(until=time(9, 5))
    assert "more than 12 hours away" in desk.reminder.refused
    assert not desk.status.standing


def test_it_may_be_longer_than_anybody_who_forgets_it() -> None:
    assert Desk().stand(180).work(150).status.mode is Mode.STANDING
    assert Desk().stand().work(121).status.mode is Mode.SITTING


def test_its_end_may_be_told_anew_and_only_an_end() -> None:
    desk = Desk().stand(30).work(20)
    assert "already standing" in desk.stand().reminder.refused
    assert desk.stand(30).work(29).status.mode is Mode.STANDING
    assert desk.work(2).status.mode is Mode.SITTING
    assert stood(desk) == 50


def test_an_end_that_comes_while_nobody_is_there_leaves_nobody_there() -> None:
    desk = Desk().work(10).stand(30).work(20).away(30)
    assert (desk.status.mode, desk.status.standing) == (Mode.AWAY, False)
    assert (stood(desk), desk.minutes, sat(desk)) == (20, 0, 10)
    assert desk.work(5).minutes == pytest.approx(5, abs=0.3)


def test_what_was_without_input_at_the_end_is_an_absence_or_was_there() -> None:
    """Before anybody can tell, standing has ended: those seconds are sat, or nothing."""
    gone, there = Desk().stand(30).work(29).away(10), Desk().stand(30).work(29).away(2).work(1)
    assert (stood(gone), sat(gone), gone.minutes) == (29, 0, 0)
    assert stood(there) + there.minutes == 32


# The limit


def test_without_a_limit_standing_holds_reminders_as_before() -> None:
    desk = Desk().work(20).stand().work(100)
    assert "Shown" not in desk.kinds()
    assert desk.status.reason is Reason.STANDING
    assert desk.status.next_in is None


def test_at_the_limit_a_reminder_comes_for_somebody_who_stands() -> None:
    desk = up(Desk(LIMIT))
    shown = next(fact for fact in desk.facts if isinstance(fact, Shown))
    assert (shown.standing, shown.sitting) == (1800, 0)
    assert {CATALOGUE.movements[block.movement].position for block in shown.blocks} <= ON_THE_FEET
    assert desk.status.prompt is not None
    assert desk.status.prompt.standing


def test_it_says_when_it_comes() -> None:
    desk = Desk(LIMIT).work(10).stand().work(12)
    assert desk.status.next_in == 18 * 60
    assert Desk(LIMIT).stand(20).work(12).status.next_in is None  # standing is over before


def test_done_the_clock_begins_anew() -> None:
    desk = up(Desk(LIMIT)).done().forget()
    assert desk.stood == 0
    assert "Shown" not in desk.work(29).kinds()
    assert "Shown" in desk.work(1).kinds()


def test_snoozed_it_comes_again_and_skipped_it_comes_after_as_long_again() -> None:
    desk = up(Desk(LIMIT)).snooze(5).forget().work(5)
    assert desk.kinds() == ["Shown"]
    desk.skip().forget().work(29)
    assert "Shown" not in desk.kinds()
    assert "Shown" in desk.work(2).kinds()


def test_nobody_answers_and_that_is_no_sign_that_one_sits_too_shortly() -> None:
    desk = Desk(LIMIT).stand(600)
    for _ in range(4):
        desk.work(45)
    assert desk.kinds().count("Expired") >= 3
    assert "Asked" not in desk.kinds()


def test_who_sits_down_has_answered() -> None:
    desk = up(Desk(LIMIT)).forget().sit()
    assert desk.kinds() == ["Withdrawn", "Declared"]
    assert (desk.status.prompt, desk.status.mode) == (None, Mode.SITTING)
    assert "Shown" not in desk.forget().work(29).kinds()


def test_who_walks_off_has_answered() -> None:
    desk = up(Desk(LIMIT)).forget().away(4)
    assert desk.kinds()[-2:] == ["Withdrawn", "Break"]
    assert desk.work(1).stood == pytest.approx(1, abs=0.3)


def test_a_call_holds_it_and_sitting_down_then_withdraws_it() -> None:
    desk = Desk(LIMIT).stand().busy(Reason.MICROPHONE).work(31)
    assert desk.status.mode is Mode.HELD
    assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [Reason.MICROPHONE]
    assert desk.sit().kinds()[-2:] == ["Withdrawn", "Declared"]


def test_the_end_of_standing_withdraws_it() -> None:
    desk = Desk(LIMIT).stand(35).work(36)
    assert [type(fact) for fact in desk.facts[-2:]] == [Withdrawn, Declared]


def test_what_was_asked_of_a_sitter_waits_as_before() -> None:
    desk = Desk(LIMIT).work(30).stand().work(1)
    assert desk.status.mode is Mode.STANDING
    assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [Reason.STANDING]
    assert desk.work(3).kinds()[-2:] == ["Withdrawn", "Break"]


def test_an_answer_can_be_taken_back_while_one_stands_and_after() -> None:
    desk = up(Desk(LIMIT)).done().work(1).undo()
    assert desk.stood == pytest.approx(31, abs=0.3)
    assert desk.status.prompt is not None
    later = up(Desk(LIMIT)).done().work(1).sit().work(1).undo()
    assert later.minutes == 1  # it says nothing of what is sat since


def test_a_routine_asked_for_while_standing_is_done_on_the_feet() -> None:
    desk = Desk().stand().work(5).start()
    prompt = desk.state.prompts.open
    assert prompt is not None
    assert prompt.plan is not None
    assert {block.movement.position for block in prompt.plan.blocks} <= ON_THE_FEET
    another = Desk(LIMIT).stand().work(30).another().state.prompts.open
    assert another is not None
    assert another.plan is not None
    assert {block.movement.position for block in another.plan.blocks} <= ON_THE_FEET


def test_another_limit_applies_at_once() -> None:
    desk = Desk(LIMIT).stand().work(20).settings(Rules(standing=15 * MINUTE)).work(0.25)
    assert "Shown" in desk.kinds()


# Over a kill, over devices, over the turn of the day


@pytest.mark.parametrize("minutes", [4, 17, 31])
def test_a_kill_loses_nothing_of_standing(minutes: float) -> None:
    desk = Desk(LIMIT).work(10).stand(90).work(minutes).kill()
    assert desk.stood == minutes
    assert desk.work(5).sit().figures().standing_s == pytest.approx((minutes + 5) * 60)
    assert Desk(LIMIT).stand(40).work(20).kill(15).work(5.25).status.mode is Mode.SITTING


def test_a_prompt_while_standing_outlives_a_kill() -> None:
    desk = up(Desk(LIMIT)).kill(1).forget()
    assert desk.status.prompt is not None
    assert desk.status.prompt.standing
    assert desk.sit().kinds()[-2:] == ["Withdrawn", "Declared"]


def test_off_for_a_while_is_an_absence() -> None:
    desk = Desk().stand().work(20).kill(10).work(5)
    assert desk.stood == pytest.approx(5, abs=0.3)
    assert stood(desk) == 20


def test_a_checkpoint_of_sitting_is_not_taken_for_standing() -> None:
    desk = Desk().work(9)
    stale = desk.reminder.checkpoint()
    desk.stand().work(2)
    desk.reminder.checkpoint = lambda: stale  # type: ignore[method-assign]
    assert (desk.kill().stood, stood(desk), sat(desk)) == (0, 0, 9)


def test_done_at_another_device_counts_for_who_stands_here() -> None:
    desk = Desk(LIMIT).work(10).stand().work(20)
    done = Answered(desk.at - timedelta(minutes=5), 1, Answer.DONE, "tray")
    shown = Shown(done.at, 1, "reset-rock", Side.BOTH, 0.0)
    desk.hear("tower", shown, done)
    told = next(fact for fact in desk.facts if isinstance(fact, Elsewhere))
    assert (told.posture, desk.stood) == (Posture.STANDING, 5)
    assert desk.figures().sitting_s == 600


def test_done_elsewhere_before_standing_up_is_about_what_was_sat() -> None:
    desk = Desk().work(20).stand().work(1)
    done = Answered(desk.at - timedelta(minutes=5), 1, Answer.DONE, "tray")
    desk.hear("tower", done)
    told = next(fact for fact in desk.facts if isinstance(fact, Elsewhere))
    assert (told.posture, told.kept, desk.stood, desk.minutes) == (Posture.SITTING, 240, 1, 4)


def test_the_day_turns_while_one_stands() -> None:
    desk = Desk(start=MORNING.replace(hour=3, minute=30)).stand(60).work(60).sit()
    days = desk.tally.days()
    assert [day.standing_s for day in days.values()] == [1800, 1800]


def test_an_older_record_reads_as_before() -> None:
    """It says when somebody stood up and sat down, and no more."""
    desk = Desk().work(10).stand().work(15).sit().work(5).quit()
    older = [fact for fact in desk.journal if not isinstance(fact, Stood)]
    parts = timeline(older, Rules().day_turn, MORNING + timedelta(minutes=30)).parts
    assert [one.doing for one in parts] == [Doing.SAT, Doing.STOOD, Doing.SAT]


# Several devices


def at(minutes: float) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def test_what_was_said_outweighs_what_was_not() -> None:
    """Both used at once: at one of them the person has said that they stand."""
    one: list[AnyFact] = [Stood(at(30), 30 * 60)]
    other: list[AnyFact] = [Sat(at(40), 20 * 60), Stood(at(60), 10 * 60)]
    found = merged({"one": one, "other": other}, 180)
    assert sum(fact.seconds for fact in found if isinstance(fact, Stood)) == 40 * 60
    assert sum(fact.seconds for fact in found if isinstance(fact, Sat)) == 10 * 60


def test_to_stand_at_another_desk_is_a_break_from_sitting() -> None:
    one: list[AnyFact] = [Sat(at(20), 20 * 60), Break(at(20), Cause.IDLE)]
    found = merged({"one": one, "other": [Stood(at(40), 19 * 60)]}, 180)
    assert any(isinstance(fact, Break) for fact in found)
