"""A good moment shortly before a reminder is due brings it early; what must not."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import CATALOGUE, MORNING, SENSED, TICK, Desk
from qlbreak.core.model.facts import Answered, Held, Inquired, Shown
from qlbreak.core.model.inputs import Launch, Tick
from qlbreak.core.model.rules import Hours, Rules
from qlbreak.core.model.terms import CALL, Answer, Early, Reason
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.texts import moments
from thorough import few
from typists import HABITS, Habits, play


def came(desk: Desk) -> list[tuple[float, Early | None]]:
    """After how many minutes of sitting, and in which moment."""
    shown = [fact for fact in desk.facts if isinstance(fact, Shown)]
    return [(round(fact.sitting / 60, 2), fact.moment) for fact in shown]


def at_a_pause(desk: Desk) -> list[tuple[float, Early | None]]:
    """The hands rest for a quarter of a minute; did it bring one?"""
    return came(desk.forget().away(0.25))


# What brings it


def test_the_first_pause_after_long_work() -> None:
    """Iqbal and Bailey 2008: asked between two things, people are less annoyed and react sooner."""
    desk = Desk().work(26).away(0.25)
    assert came(desk) == [(26.25, Early.PAUSE)]
    assert desk.status.prompt is not None
    assert moments.prompt_title(desk.status, desk.status.prompt) == "You have been sitting 26 min"


@pytest.mark.parametrize("reason", sorted(CALL))
def test_the_end_of_a_call(reason: Reason) -> None:
    desk = Desk().work(10).busy(reason).away(16).busy().work(0.25)
    assert came(desk) == []  # the hand that hung up
    assert at_a_pause(desk) == [(26.5, Early.CALL)]


def test_the_end_of_a_meeting() -> None:
    desk = Desk().work(10).meet(16).away(16).work(0.25)
    assert at_a_pause(desk) == [(26.0, Early.CALL)]


def test_a_call_is_over_when_microphone_and_camera_are() -> None:
    desk = Desk().work(10).busy(*CALL).away(14).busy(Reason.CAMERA).away(2).work(0.25)
    assert at_a_pause(desk) == []
    assert at_a_pause(desk.busy().work(0.25)) == [(27.0, Early.CALL)]


def test_coming_back_to_an_unlocked_screen() -> None:
    desk = Desk().work(25.5).lock().away(1).unlock().work(0.25)
    assert came(desk) == []
    assert [moment for _, moment in at_a_pause(desk)] == [Early.UNLOCKED]


def test_leaving_full_screen() -> None:
    desk = Desk().work(10).busy(Reason.FULL_SCREEN).work(1).away(1).work(14.5).busy().work(0.25)
    assert at_a_pause(desk) == [(27.0, Early.FULL_SCREEN)]


def test_the_nearer_it_is_the_shorter_a_pause_is_enough() -> None:
    early, late = Desk().work(25.25), Desk().work(29.25)
    for desk in early, late:
        desk._advance(5)
        desk._tick(5.0)
    assert (came(early), came(late)) == ([], [(29.33, Early.PAUSE)])


# By how much


def test_no_earlier_than_five_minutes_before() -> None:
    assert came(Desk().work(24.5).away(0.25).work(4)) == []
    assert came(Desk().work(24.75).away(0.25)) == [(25.0, Early.PAUSE)]


def test_nor_than_a_sixth_of_a_shorter_interval() -> None:
    quarter = Rules(sitting=15 * 60.0)
    assert came(Desk(quarter).work(12).away(0.25).work(2)) == []
    assert came(Desk(quarter).work(12.5).away(0.25)) == [(12.75, Early.PAUSE)]


def test_a_longer_interval_has_its_own_five_minutes() -> None:
    desk = Desk().work(10 + 30).work(30 * 2 + 20).longer(True).done().forget()
    assert desk.status.interval == 40 * 60
    assert at_a_pause(desk.work(28)) == []
    desk = Desk(Rules(sitting=40 * 60.0)).work(34)
    assert at_a_pause(desk) == []
    assert at_a_pause(desk.work(2)) == [(36.5, Early.PAUSE)]


def test_after_a_skipped_one_it_is_early_against_the_next() -> None:
    desk = Desk().work(26).away(0.25).skip()
    assert at_a_pause(desk.work(24.5)) == []
    assert at_a_pause(desk.work(1.25)) == [(52.5, Early.PAUSE)]


def test_due_it_waits_for_half_a_minute_as_before() -> None:
    assert came(Desk(notice=30.0).work(31)) == [(30.5, None)]


def test_who_wants_it_to_the_minute_gets_it_to_the_minute() -> None:
    desk = Desk(Rules(early=False)).work(26).away(0.25).lock().away(0.5).unlock().work(0.25)
    desk.away(0.5).work(2)
    assert came(desk) == []
    assert not desk.status.near
    assert [moment for _, moment in came(desk.work(2))] == [None]


# What must not


@pytest.mark.parametrize("reason", sorted(SENSED))
def test_not_while_anything_holds_it_back(reason: Reason) -> None:
    desk = Desk().work(26).busy(reason).away(0.25).work(2).away(0.25)
    assert came(desk) == []
    assert not any(isinstance(fact, Held) for fact in desk.facts), "nothing is due"


def test_not_in_a_meeting_a_pause_or_while_standing() -> None:
    assert at_a_pause(Desk().work(26).meet(30).work(0.25)) == []
    assert at_a_pause(Desk().work(26).pause(30).work(0.25)) == []
    assert at_a_pause(Desk().work(26).stand().work(0.25)) == []


def test_not_outside_the_hours() -> None:
    until_now = Hours(frozenset(range(7)), time(6), time(9, 26))
    assert at_a_pause(Desk(Rules(hours=(until_now,))).work(26)) == []


def test_not_when_there_were_enough_today() -> None:
    desk = Desk(Rules(per_day=4))
    for _ in range(4):
        desk.work(30).done()
    assert at_a_pause(desk.work(26)) == []


def test_not_after_waking() -> None:
    desk = Desk().work(25.5).sleep(2).work(0.25)
    assert at_a_pause(desk) == []
    assert len(at_a_pause(desk.work(2))) == 1


def test_not_in_an_absence_nor_before_an_empty_chair() -> None:
    assert came(Desk().work(24.25).away(1.5)) == []
    assert came(Desk().work(26).lock().away(2)) == []


def test_not_to_a_reader_who_pauses_all_the_time() -> None:
    desk = Desk().work(1)
    for _ in range(39):
        desk.work(0.25).away(0.5)
    assert came(desk) == [(30.0, None)]


def test_not_where_idle_time_is_unknown() -> None:
    desk = Desk().work(20).busy(Reason.FULL_SCREEN).unknown(6).busy().unknown(1)
    assert came(desk) == []
    assert not desk.status.near


def test_not_after_a_call_of_seconds() -> None:
    desk = Desk().away(1).work(0.25)
    for _ in range(60):  # dictated, a word at a time, and never two minutes of work at a stretch
        desk.busy(Reason.MICROPHONE).work(0.25).busy().away(0.25)
    assert {moment for _, moment in came(desk)} <= {None, Early.PAUSE}


def test_not_when_the_call_was_over_for_a_while() -> None:
    desk = Desk().work(10).busy(Reason.MICROPHONE).away(16).busy().work(1.25)
    assert at_a_pause(desk) == []


def test_a_snoozed_one_comes_no_earlier_than_asked() -> None:
    desk = Desk().work(26).away(0.25).snooze(10)
    asked, _ = desk.at, desk.forget()
    desk.work(6).away(0.25).lock().away(0.5).unlock().work(0.25).away(0.25)
    assert came(desk) == []
    desk.work(2.75)
    shown = [(fact.at - asked, fact.moment) for fact in desk.facts if isinstance(fact, Shown)]
    assert shown == [(timedelta(minutes=10), None)]


def test_a_held_one_comes_when_nothing_holds_it() -> None:
    desk = Desk().work(20).busy(Reason.MICROPHONE).work(15).busy().work(0.25)
    assert came(desk) == [(35.25, None)]


def test_a_routine_just_done_starts_the_clock_anew() -> None:
    desk = Desk().work(26).away(0.25).done()
    assert at_a_pause(desk.work(20)) == []
    assert at_a_pause(Desk().work(20).start().work(1).done().work(20)) == []


def test_one_done_at_another_device_counts() -> None:
    desk = Desk().work(26)
    shown = Shown(desk.at, 1, "", desk.status.coming.side, 0.0)
    desk.hear("laptop", shown, Answered(desk.at, 1, Answer.DONE, "tray"))
    assert at_a_pause(desk.work(4)) == []


def test_not_beside_an_open_question() -> None:
    desk = Desk(Rules(expire=3600.0, sitting=900.0)).work(15)
    for _ in range(3):
        desk.work(75)
    assert desk.status.question is not None
    assert at_a_pause(desk.work(13)) == []


def test_the_check_in_keeps_its_five_minutes() -> None:
    """Of the first moment at which one may come."""
    desk = Desk().work(24 * 60 * 0.1)
    for _ in range(8):
        desk.away(18 * 60).work(60 * 6)
    asked = [fact for fact in desk.journal if isinstance(fact, Inquired)]
    shown = [fact for fact in desk.journal if isinstance(fact, Shown)]
    assert asked
    for offer in asked:
        after = [fact.at - offer.at for fact in shown if fact.at > offer.at]
        assert min(after, default=timedelta(hours=1)) >= timedelta(minutes=10)


# What is said


def test_it_says_so_before() -> None:
    desk = Desk().work(26)
    assert moments.coming(desk.status) == "Next reminder in 4 min, or sooner at a pause"
    sat = "You have been sitting 26 min."
    assert (
        moments.why(desk.status) == f"{sat} The next reminder comes in 4 min, or sooner at a pause."
    )
    assert desk.status.next_in == 4 * 60, "until it is due, whatever comes between"
    assert moments.coming(Desk().work(24).status) == "Next reminder in 6 min"
    assert "pause" not in moments.coming(desk.busy(Reason.MICROPHONE).work(0.25).status)


@pytest.mark.parametrize("moment", Early)
def test_and_why_afterwards(moment: Early) -> None:
    desk = Desk().work(26)
    shown = Shown(desk.at, 1, "", desk.status.coming.side, 26 * 60.0, moment=moment)
    desk.state.apply(shown, desk.steady)
    assert moments.why(desk.status).startswith("A reminder is open. It came early, ")


def test_shown_again_it_is_not_early_any_more() -> None:
    desk = Desk().work(26).away(0.25)
    assert moments.why(desk.status).startswith("A reminder is open. It came early, in a pause.")
    assert "early" not in moments.why(desk.snooze(5).work(5).status)


def test_a_restart_knows_why() -> None:
    assert "It came early, in a pause." in moments.why(Desk().work(26).away(0.25).kill(0.1).status)


# What holds for any looks at all


LOOKS = st.lists(
    st.tuples(
        st.one_of(st.floats(0, 3), st.floats(0, 40), st.floats(0, 170)),
        st.sampled_from([frozenset(), frozenset(), frozenset({Reason.MICROPHONE}),
                         frozenset({Reason.FULL_SCREEN})]),
        st.integers(1, 12),
    ),
    max_size=40,
)  # fmt: skip


@given(LOOKS)
def test_never_later_than_before_and_never_in_a_call(
    stretches: list[tuple[float, frozenset[Reason], int]],
) -> None:
    now, before = (
        Reminder(CATALOGUE, rules, MORNING, 0.0) for rules in (Rules(), Rules(early=False))
    )
    steady, first = 0.0, {now: 0.0, before: 0.0}
    for reminder in first:
        reminder.handle(Launch(first=Tick(0.0)), MORNING, 0.0)
    for idle, busy, looks in stretches:
        for number in range(looks):
            steady += TICK
            seen = Tick(min(idle + number * TICK, 179.0) if idle > 3 else idle, None, busy)
            for reminder in first:
                facts = reminder.handle(seen, MORNING + timedelta(seconds=steady), steady)
                shown = [fact for fact in facts if isinstance(fact, Shown)]
                assert not (shown and busy)
                if shown and not first[reminder]:
                    first[reminder] = steady
            assert first[now] or not first[before]
    if first[now] and first[before]:
        assert first[now] <= first[before]


@pytest.mark.parametrize("habits", HABITS, ids=lambda habits: habits.name)
def test_fewer_come_in_a_burst_of_typing(habits: Habits) -> None:
    """Some days of those that docs/moments.md tells of."""
    days = few(50)
    before, now = play(habits, Rules(early=False), days), play(habits, Rules(), days)
    told = [one for day in now for one in day.came]
    bursts = [
        sum(one.in_a_burst for day in days for one in day.came) / sum(len(day.came) for day in days)
        for days in (before, now)
    ]
    assert bursts[1] < 0.75 * bursts[0]
    early = [one for one in told if one.moment is not None]
    assert early
    assert all(0 <= round(one.early, 6) <= 300 for one in early)
    assert all(one.since >= 3 and not one.busy for one in early)
    assert sum(day.over for day in now) <= 1.03 * sum(day.over for day in before), "chance apart"
