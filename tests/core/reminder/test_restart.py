"""A kill at any moment, and a start some time later."""

from collections.abc import Callable

import pytest

from desk import Desk
from qlbreak.core.model.facts import Held
from qlbreak.core.model.terms import Reason
from qlbreak.core.reminder.status import Mode

Again = Callable[[Desk], Desk]


@pytest.mark.parametrize("minutes_off", [0, 0.5, 1.5, 2.9])
def test_the_clock_goes_on_where_it_was(minutes_off: float) -> None:
    desk = Desk().work(17).kill(minutes_off)
    counted = (
        minutes_off if minutes_off <= 1 else 0
    )  # longer than a tick may take: not seen, not sat
    assert desk.minutes == 17 + counted
    assert desk.work(5).minutes == 22 + counted


@pytest.mark.parametrize("minutes_off", [3, 5, 600, 50_000])
def test_it_is_reset_when_a_break_has_passed(minutes_off: float) -> None:
    desk = Desk().work(17).kill(minutes_off).work(1)
    assert desk.minutes <= 1
    assert desk.kinds()[-1] == "Break"


def test_the_open_prompt_is_still_open() -> None:
    desk = Desk().work(32).kill(1)
    assert desk.status.prompt is not None
    assert desk.work(1).done().kinds()[-1] == "Answered"


def test_the_open_prompt_is_withdrawn_after_a_night() -> None:
    desk = Desk().work(32).kill(600).work(0.25)
    assert desk.kinds()[-2:] == ["Withdrawn", "Break"]


def test_a_snooze_goes_on() -> None:
    desk = Desk().work(30).snooze(5).work(2).kill(1).forget().work(3)
    assert desk.kinds().count("Shown") == 1


def test_the_idle_tail_stays_uncertain() -> None:
    desk = Desk().work(10).away(2).kill(0.5)
    assert desk.minutes == 12.5
    assert desk.away(0.5).minutes == 0  # the person had left before the kill
    assert sum(getattr(f, "seconds", 0) for f in desk.journal) == 600


def test_without_a_checkpoint_what_was_settled_remains() -> None:
    desk = Desk().work(17).kill(1, checkpoint=False)
    assert desk.figures().sitting_s == 600
    assert desk.minutes == 0  # nobody knows when it was last seen running


def test_a_stale_checkpoint_is_not_counted_twice() -> None:
    desk = Desk().work(9)
    stale = desk.reminder.checkpoint()
    desk.work(2)  # ten minutes are settled in the journal now
    desk.reminder.checkpoint = lambda: stale  # type: ignore[method-assign]
    assert desk.kill().minutes == 11


def test_pause_meeting_and_posture_survive() -> None:
    assert Desk().work(5).pause(60).kill(1).status.mode is Mode.PAUSED
    assert Desk().work(5).meet(60).kill(1).status.meeting
    desk = Desk().work(5).stand().work(1).kill(1)
    assert desk.status.mode is Mode.STANDING
    assert desk.work(2).kinds()[-1] == "Break"


def test_a_posture_that_is_over_leaves_no_absence_behind() -> None:
    assert Desk().stand().sit().work(4).kill().minutes == 4


def test_the_longer_interval_survives_when_its_fact_is_no_longer_read() -> None:
    desk = Desk().work(120).longer(True).kill(1)
    desk.journal = desk.journal[-1:]  # only the start of the program
    assert desk.kill(1).status.interval == 40 * 60


def test_rotation_numbers_and_undo_survive() -> None:
    desk = Desk().work(30).done().work(1).kill(0.5)
    assert desk.undo().minutes == pytest.approx(31.5, abs=0.3)
    first = desk.done().journal
    desk.work(30)
    numbers = {getattr(f, "prompt", 0) for f in first} | {desk.status.prompt.id}  # type: ignore[union-attr]
    assert numbers >= {1, 2}


@pytest.mark.parametrize("minutes", [-60, 60])
def test_what_nobody_touched_over_a_kill_and_a_set_clock_counts_once(minutes: float) -> None:
    desk = Desk().away(0.5).set_clock(minutes).kill(0)
    assert desk.minutes == 0.5
    assert not {"Sat", "Break"} & {*desk.kinds()}


def test_a_clock_set_back_while_off_goes_on() -> None:
    desk = Desk().work(17).set_clock(-120).kill(0)
    assert desk.work(1).minutes == pytest.approx(18, abs=0.3)


@pytest.mark.parametrize("reason", [Reason.MICROPHONE, Reason.DO_NOT_DISTURB])
def test_a_start_in_a_call_brings_no_prompt(reason: Reason) -> None:
    """Neither one that is due, nor a snooze that is over, nor one that was up."""
    due = Desk().work(29.75)
    for desk in (due, Desk().work(30).snooze(5).work(4.75), Desk().work(31)):
        desk.busy(reason).kill(0.5).work(1)
        assert "Shown" not in desk.kinds()[desk.kinds().index("Launched") :]
        assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [reason]
        assert desk.forget().busy().work(0.25).kinds()[-1] == "Shown"


def test_a_start_behind_a_locked_screen_brings_no_prompt() -> None:
    desk = Desk().work(29.75).lock().kill(0.5)
    assert desk.status.mode is Mode.AWAY
    assert desk.kinds()[-1] != "Shown"
    assert desk.unlock().work(1).kinds()[-1] == "Shown"


@pytest.mark.parametrize("again", [Desk.kill, Desk.settings])
def test_a_call_behind_a_locked_screen_changes_nothing_that_is_asked_for(again: Again) -> None:
    """A start, or the same settings once more, where a shorter one would fit the call."""
    desk = Desk().work(31).lock().busy(Reason.CAMERA).away(0.25)
    before = desk.status.prompt
    assert again(desk).status.prompt == before
    assert desk.kinds().count("Shown") == 1
