"""Sleep of every length in every state, clocks that jump, zones that change: what was sat stays."""

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from desk import MORNING, Desk
from qlbreak.app.commands import Occasion, parse
from qlbreak.core.model.facts import Break, Sat, Shown
from qlbreak.core.model.rules import WOKEN_GRACE, Rules
from qlbreak.core.model.terms import Cause, Reason
from qlbreak.core.reminder.status import Mode
from qlbreak.record.journal import decode
from qlbreak.texts.timetable import week

STATES: dict[str, Callable[[], Desk]] = {
    "sitting": lambda: Desk().work(20),
    "a prompt is open": lambda: Desk().work(31),
    "asked twice": lambda: Desk().work(37),
    "snoozed": lambda: Desk().work(30).snooze(10).work(2),
    "held": lambda: Desk().busy(Reason.FULL_SCREEN).work(40),
    "in a call": lambda: Desk().busy(Reason.MICROPHONE).work(40),
    "under way": lambda: Desk().work(30).start().work(0.5),
    "done just now": lambda: Desk().work(30).done(),
    "skipped": lambda: Desk().work(30).skip().work(5),
    "paused": lambda: Desk().work(10).pause(120),
    "in a meeting": lambda: Desk().work(10).meet(60).work(5),
    "standing": lambda: Desk().work(10).stand().work(5),
    "away": lambda: Desk().work(20).away(10),
    "locked": lambda: Desk().work(20).lock().away(1),
    "unknown": lambda: Desk().work(10).unknown(20),
    "just started": Desk,
}
SLEEPS = (0.1, 0.5, 0.9, 1.1, 2, 2.9, 3.1, 5, 9, 11, 30, 61, 8 * 60, 24 * 60, 3 * 1440, 21 * 1440)
STEPS = (-26 * 1440, -1440, -60, -1, 1, 60, 1440, 26 * 1440)


@pytest.mark.parametrize("minutes", SLEEPS)
@pytest.mark.parametrize("state", STATES)
def test_a_sleep_is_no_sitting_and_brings_no_prompt(state: str, minutes: float) -> None:
    """workrave 539, 540, 404; safeeyes 324; breaktimer-app 206; sane-break 172."""
    desk = STATES[state]().forget()
    before = desk.minutes
    desk.sleep(minutes)
    assert desk.minutes <= before + min(minutes, 1.0) + 0.01
    if minutes > 1.01:  # longer than the ticks allow: nobody was there
        desk.busy().unlock().forget().work(WOKEN_GRACE / 60 - 0.25)
        assert "Shown" not in desk.kinds()
    if minutes > 3.2 and before > 0 and state not in ("standing", "under way"):
        assert desk.minutes <= 2
    desk.work(5)
    assert [kind for kind in desk.kinds() if kind == "Shown"] in ([], ["Shown"])
    told = desk.status
    assert told.next_in is None or told.next_in >= 0
    assert told.sitting >= 0


@pytest.mark.parametrize("state", STATES)
def test_it_goes_on_after_any_sleep(state: str) -> None:
    """safeeyes 911: after an idle night the next break stayed in the past until a restart."""
    desk = STATES[state]()
    for minutes in (600, 3, 0.5):
        desk.sleep(minutes).busy().unlock().resume().sit().work(1)
    desk.forget().work(95)
    assert "Shown" in desk.kinds()


@pytest.mark.parametrize("minutes", STEPS)
@pytest.mark.parametrize("state", STATES)
def test_a_wall_clock_that_is_set_changes_nothing_that_was_sat(state: str, minutes: float) -> None:
    desk, still = STATES[state](), STATES[state]()
    desk.set_clock(minutes)
    for each in (desk, still):
        each.forget().work(4)
    assert desk.minutes == still.minutes
    assert desk.status.mode is still.status.mode
    assert desk.status.next_in == pytest.approx(still.status.next_in) or state == "paused"
    kinds = [[k for k in each.kinds() if k not in ("Sat", "Stuck")] for each in (desk, still)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("state", STATES)
def test_a_steady_clock_that_goes_back_counts_nothing_twice(state: str) -> None:
    desk = STATES[state]()
    before = desk.minutes
    desk.steady -= 500
    desk.work(5)
    assert desk.minutes <= max(before, 0) + 5
    desk.work(10)
    assert desk.status.sitting >= 0


@pytest.mark.parametrize("month", [3, 10], ids=["forward", "back"])
def test_summer_time_changes_nothing_that_was_sat(month: int) -> None:
    """Berlin, the night of the last Sunday, across both changes."""
    zone = ZoneInfo("Europe/Berlin")
    last = {3: 29, 10: 25}[month]
    start = MORNING.replace(month=month, day=last, hour=0, minute=10)
    desk = Desk(start=start).fly(zone).work(160)
    shown = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert shown[0].sitting == 30 * 60
    sat = sum(fact.seconds for fact in desk.facts if isinstance(fact, Sat))
    assert sat + desk.state.clock.pending == pytest.approx(160 * 60)


@pytest.mark.parametrize("hours", [-11, -8, 5.75, 13])
def test_a_zone_that_changes_in_flight_changes_nothing_that_was_sat(hours: float) -> None:
    desk = Desk().work(20)
    desk.at = desk.at.astimezone(timezone(timedelta(hours=hours)))
    desk.work(11)
    assert desk.minutes == 31
    assert desk.kinds()[-1] == "Shown"


def test_a_pause_until_tomorrow_ends_where_the_wall_clock_says() -> None:
    """stretchly 741: until the morning was wrong in New Zealand."""
    zone = timezone(timedelta(hours=13))
    evening = MORNING.replace(hour=22, tzinfo=zone)
    desk = Desk(start=evening).pause().work(60 * 5)
    assert desk.status.mode is Mode.PAUSED
    assert desk.work(62).status.mode is not Mode.PAUSED


EVENING = time(18)
EVES = [
    ("Europe/Berlin", (2026, 10, 24)),
    ("Europe/Berlin", (2026, 3, 28)),
    ("America/New_York", (2026, 3, 7)),
    ("Australia/Lord_Howe", (2026, 4, 4)),  # half an hour
]


def paused(desk: Desk) -> bool:
    return desk.status.mode is Mode.PAUSED


@pytest.mark.parametrize(("zone", "eve"), EVES, ids=lambda value: str(value))
@pytest.mark.parametrize(("words", "hour"), [("until 09:00", 9), ("tomorrow", 4)])
def test_a_pause_ends_by_the_wall_clock_of_the_next_day(
    zone: str, eve: tuple[int, int, int], words: str, hour: int
) -> None:
    """Over the change of the clocks it was an hour off what had been said."""
    desk = Desk(start=datetime(*eve, 22, tzinfo=ZoneInfo(zone))).fly(ZoneInfo(zone))
    desk.give(parse(["pause", *words.split()], Occasion("command")))
    while paused(desk):
        desk.work(1)
    assert f"{desk.at:%H:%M}" == f"{hour:02}:00"
    assert desk.at.day != eve[2]


def test_a_pause_until_the_evening_ends_in_the_evening_where_one_has_flown_to() -> None:
    desk = Desk().fly(ZoneInfo("Europe/Berlin")).pause(until=EVENING).work(60)
    desk.fly(ZoneInfo("Asia/Tokyo"))  # it is seven in the evening there
    assert not paused(desk.work(0.25))
    desk = Desk().fly(ZoneInfo("Europe/Berlin")).pause(until=EVENING).work(60)
    desk.fly(ZoneInfo("America/New_York")).work(12 * 60)
    assert paused(desk)
    assert not paused(desk.kill().work(61))


def test_a_pause_that_is_over_does_not_come_back_with_the_clock() -> None:
    """Summer ends: a quarter past two comes twice, half past two is passed the first time."""
    berlin = ZoneInfo("Europe/Berlin")
    start = datetime(2026, 10, 25, 1, 50, tzinfo=berlin)
    desk = Desk(start=start).fly(berlin).pause(until=time(2, 30)).work(45)
    assert not paused(desk)
    desk.work(40)
    assert f"{desk.at:%H:%M}" == "02:15"
    assert not paused(desk)
    assert not paused(desk.kill().work(1))
    desk.fly(ZoneInfo("America/New_York"))
    assert not paused(desk.work(1))


def test_a_pause_that_an_older_version_wrote_ends_by_the_wall_clock_as_well() -> None:
    """With the offset of the moment at which it was said, which was summer time."""
    at, until = "2026-10-24T22:00:00+02:00", "2026-10-25T09:00:00+02:00"
    desk = Desk(start=datetime.fromisoformat(at))
    line = f'{{"v":1,"type":"paused","at":"{at}","until":"{until}"}}'
    desk.journal.append(decode(line.encode()))
    desk.fly(ZoneInfo("Europe/Berlin")).kill()
    assert paused(desk.work(11 * 60 + 59))
    assert f"{desk.at:%H:%M}" == "08:59"
    assert not paused(desk.work(1))


@pytest.mark.parametrize(("zone", "eve"), EVES, ids=lambda value: str(value))
def test_it_says_when_the_hours_begin_by_the_wall_clock_of_then(
    zone: str, eve: tuple[int, int, int]
) -> None:
    rules = Rules(hours=week("every day 08:30-18:00"))
    desk = Desk(rules, datetime(*eve, 22, tzinfo=ZoneInfo(zone))).fly(ZoneInfo(zone))
    desk.work(0.25)
    assert f"{desk.status.until:%H:%M}" == "08:30"
    while desk.status.reason is Reason.QUIET:
        desk.work(1)
    assert f"{desk.at:%H:%M}" == "08:30"


def test_a_sleep_during_a_guide_leaves_no_break_on_the_screen() -> None:
    """stretchly 1807 and workrave 404: the same break was still there after waking."""
    desk = Desk().work(30).start().work(0.25).sleep(60).work(5)
    assert desk.kinds().count("Withdrawn") == 1
    assert desk.state.prompts.open is None


def test_an_hour_of_sleep_is_a_break_since_the_last_look() -> None:
    """workrave 540: sleep did not count as a break."""
    desk = Desk().work(20).sleep(60).work(1)
    (broke,) = [fact for fact in desk.facts if isinstance(fact, Break)]
    assert broke.cause is Cause.GAP
    assert broke.at == MORNING + timedelta(minutes=20)


def test_a_night_leaves_nothing_of_yesterday() -> None:
    """sane-break 172: in the morning seconds away from yesterday's long break."""
    desk = Desk().work(29).sleep(14 * 60).forget().work(25)
    assert "Shown" not in desk.kinds()
    assert desk.minutes == pytest.approx(25, abs=0.3)
