"""How the day lies along its hours in the picture of it."""

from datetime import datetime, timedelta

import pytest

from qlbreak.core.statistics.timeline import DayPart, Doing, Timeline

pytest.importorskip("PySide6")

from qlbreak.main_window.day_picture import Scale

TURN = datetime(2026, 3, 2, 4).astimezone()
WIDTH = 700
ROOM = 50.0  # of a name


def at(hour: float) -> datetime:
    return TURN + timedelta(hours=hour - 4)


def scale(*parts: tuple[Doing, float, float], until: float, width: int = WIDTH) -> Scale:
    told = tuple(DayPart(doing, at(begin), at(end)) for doing, begin, end in parts)
    return Scale.of(Timeline(told, ()), at(until), width, mirrored=False)


@pytest.mark.parametrize("night", [Doing.AWAY, Doing.OFF])
def test_the_night_takes_no_room(night: Doing) -> None:
    """The program ran on since yesterday, or was started in the morning."""
    made = scale((night, 4, 9.1), (Doing.SAT, 9.1, 13.5), until=13.5)
    assert made.hours() == [at(hour) for hour in range(9, 15)]
    assert made.x(at(4)) == made.x(at(9)) == 0
    assert made.x(at(14)) == WIDTH


def test_an_absence_in_the_day_has_its_room() -> None:
    made = scale((Doing.SAT, 9, 10), (Doing.AWAY, 10, 15), (Doing.SAT, 15, 16), until=16)
    assert made.x(at(15)) - made.x(at(10)) == pytest.approx(WIDTH * 5 / 8)


def test_a_day_on_which_nobody_was_there_is_that_of_now() -> None:
    assert scale((Doing.OFF, 4, 11.5), until=11.5).hours() == [at(h) for h in range(11, 16)]


@pytest.mark.parametrize(
    ("until", "width", "named"),
    [
        (12.5, WIDTH, [9, 10, 11, 12, 13]),
        (12.5, 190, [10, 12]),
        (22.5, WIDTH, [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]),
        (22.5, 400, [10, 12, 14, 16, 18, 20, 22]),
        (22.5, 200, [12, 16, 20]),
        (22.5, 40, [12]),
    ],
)
def test_the_named_hours_are_evenly_apart(until: float, width: int, named: list[int]) -> None:
    """As many as there is room for, and where somebody can count on."""
    made = scale((Doing.SAT, 9, until), until=until, width=width)
    assert [hour.hour for hour in made.named(ROOM)] == named
