"""The silent cue: when the icon moves, and that it never does where it would be a nuisance."""

from collections.abc import Callable

import pytest

from desk import Desk
from qlbreak.core.model.inputs import AnyInput, Tick
from qlbreak.core.model.rules import MINUTE, Hours, Rules
from qlbreak.core.model.terms import Reason

CUED = Rules(cue=5 * MINUTE)


class Seen(Desk):
    """Counts how often the icon has moved, and when: in minutes."""

    def __init__(self, rules: Rules = CUED) -> None:
        self.moved: list[float] = []
        super().__init__(rules)

    def give(self, event: AnyInput) -> "Seen":
        super().give(event)
        if isinstance(event, Tick) and self.reminder.cue(event):
            self.moved.append((self.steady - 1000) / 60)
        return self


def test_once_in_so_many_minutes_of_sitting() -> None:
    desk = Seen()
    desk.work(29)
    assert desk.moved == [5, 10, 15, 20, 25]


def test_unless_somebody_asks_for_it_never() -> None:
    desk = Seen(Rules())
    desk.work(29)
    assert desk.moved == []


def test_nothing_is_recorded_of_it() -> None:
    desk, other = Seen(), Seen(Rules())
    assert desk.work(29).journal == other.work(29).journal


def test_a_break_begins_it_anew() -> None:
    desk = Seen()
    desk.work(7).away(4).work(4.5)
    assert desk.moved == [5]


def test_an_open_reminder_is_enough() -> None:
    desk = Seen()
    desk.work(39)
    assert max(desk.moved) < 30
    desk.moved.clear()
    desk.snooze(5).work(4)
    assert desk.moved == []


def test_a_reminder_that_comes_in_a_minute_is_enough() -> None:
    desk = Seen(Rules(cue=29.5 * MINUTE))
    desk.work(30)
    assert desk.moved == []


@pytest.mark.parametrize(
    "play",
    [
        lambda desk: desk.away(20),
        lambda desk: desk.lock().work(20),
        lambda desk: desk.meet(60).work(20),
        lambda desk: desk.busy(Reason.MICROPHONE).work(20),
        lambda desk: desk.busy(Reason.FULL_SCREEN).work(20),
        lambda desk: desk.busy(Reason.DO_NOT_DISTURB).work(20),
        lambda desk: desk.pause(60).work(20),
        lambda desk: desk.stand().work(20),
        lambda desk: desk.unknown(20),
    ],
    ids=[
        "away",
        "locked",
        "meeting",
        "call",
        "full screen",
        "quiet",
        "pause",
        "standing",
        "unknown",
    ],
)
def test_not_where_it_would_be_a_nuisance_or_nobody_sees_it(play: Callable[[Desk], Desk]) -> None:
    desk = Seen()
    desk.work(4)
    play(desk)
    assert desk.moved == []


def test_not_outside_the_hours_nor_beyond_the_days_reminders() -> None:
    nights = Hours(frozenset(range(7)), CUED.day_turn, CUED.day_turn.replace(hour=5))
    desk = Seen(Rules(cue=5 * MINUTE, hours=(nights,)))
    desk.work(20)
    assert desk.moved == []
    enough = Seen(Rules(cue=5 * MINUTE, per_day=0))
    enough.work(20)
    assert enough.moved == []


def test_who_reads_for_a_minute_is_left_in_peace() -> None:
    desk = Seen()
    desk.work(4).away(2)
    assert desk.moved == []
    desk.work(0.25)
    assert desk.moved == [6.25]
