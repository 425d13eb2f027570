"""What holds for every source, whatever it is asked: one that fails, is slow, or comes back."""

import logging
from itertools import pairwise
from typing import Any

import pytest

from qlbreak.core.model.terms import Reason
from qlbreak.senses.source import (
    FIRST_REST_S,
    LAST_REST_S,
    SLOW,
    SOUND_AFTER,
    Ask,
    InUse,
    Sense,
    Source,
)  # fmt: skip

TICK = 15.0
GONE, LATE = RuntimeError("gone"), TimeoutError("no answer")
LOGGER = "qlbreak.senses"


class Tap:
    """A source that runs, or does not; a tick passes at each look."""

    def __init__(self, *answers: Any, about: Sense | Reason = Reason.CAMERA) -> None:
        self.answers = list(answers)
        self.opened = self.closed = 0
        self.now = 86_400.0
        self.in_use = InUse(Source(about, "tap", self.open))

    def open(self) -> Ask:
        self.opened += 1
        return self

    def __call__(self) -> Any:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed += 1

    def look(self) -> Any:
        self.now += TICK
        return look(self.in_use, self.now)


def look(source: InUse, now: float) -> Any:
    source.open(now)
    return source.look(now)


def test_one_that_fails_is_closed_logged_once_and_asked_later_and_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tap, asked = Tap(True, *[GONE] * 8, True), list[float]()
    with caplog.at_level(logging.INFO, LOGGER):
        assert tap.look() is True
        while tap.answers:
            opened = tap.opened
            tap.look()
            if tap.opened > opened:
                asked.append(tap.now)
        assert tap.in_use.finding == ("tap", True, "")
    pauses = [later - sooner for sooner, later in pairwise(asked)]
    doubled = [min(FIRST_REST_S * 2**n, LAST_REST_S) for n in range(1, len(asked))]
    assert pauses == doubled
    assert (asked[0], tap.closed) == (86_400.0 + 2 * TICK + FIRST_REST_S, 8)
    assert caplog.messages == [
        "camera: tap cannot be read: gone",
        "camera: tap can be read again",
    ]
    assert caplog.records[0].levelname == "WARNING"


def test_one_that_was_never_there_is_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    tap = Tap(OSError("not here"), about=Sense.IDLE)
    with caplog.at_level(logging.INFO, LOGGER):
        assert tap.look() is None
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("INFO", "idle time: tap cannot be read: not here")
    ]


def test_one_that_fails_for_a_day_costs_no_more_than_a_question_in_a_quarter_of_an_hour(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tap, day = Tap(1.0, *[GONE] * 1000, about=Sense.IDLE), 24 * 3600
    with caplog.at_level(logging.INFO, LOGGER):
        assert tap.look() == 1.0
        assert {tap.look() for _ in range(int(day / TICK))} == {None}
    assert tap.opened == pytest.approx(day / LAST_REST_S, abs=6)
    assert caplog.messages == ["idle time: tap cannot be read: gone"]


def test_one_that_flaps_is_told_once_until_it_has_been_sound_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tap = Tap(*[True, GONE] * 3, *[True] * SOUND_AFTER, GONE, True)
    with caplog.at_level(logging.INFO, LOGGER):
        while tap.answers:
            tap.look()
    again = ["camera: tap cannot be read: gone", "camera: tap can be read again"]
    assert caplog.messages == again * 2


def test_one_that_is_slow_is_asked_again_at_the_next_look() -> None:
    tap = Tap(True, LATE, True, LATE, LATE, False)
    assert [tap.look(), tap.look()] == [True, None]
    assert (tap.in_use.late, tap.in_use.finding.trouble) == (True, "no answer")
    assert (tap.look(), tap.in_use.late, tap.in_use.trouble) == (True, False, "")
    assert [tap.look() for _ in range(3)] == [None, None, False]
    assert (tap.opened, tap.closed) == (1, 0)


def test_one_that_goes_on_being_slow_has_failed() -> None:
    tap = Tap(True, *[LATE] * SLOW, *[LATE] * 9)
    assert [tap.look() for _ in range(SLOW + 1)] == [True, None, None, None]
    assert (tap.in_use.late, tap.closed) == (False, 1)
    left = len(tap.answers)
    for _ in range(int(FIRST_REST_S / TICK)):
        tap.look()
    assert (len(tap.answers), tap.closed) == (left - 1, 2), "and then needs no three tries"


def test_one_that_cannot_be_opened_is_slow_likewise() -> None:
    def refuse() -> Ask:
        tries.append(1)
        raise LATE

    tries: list[int] = []
    slow = InUse(Source(Reason.CAMERA, "slow", refuse))
    for number in range(6):
        assert look(slow, number * TICK) is None
    assert (len(tries), slow.late, slow.trouble) == (SLOW, False, "no answer")


def test_who_tells_of_changes_is_given_whom() -> None:
    told: list[float] = []

    def open_source(stir: Any) -> Ask:
        stir(7.0)
        return lambda: True

    in_use = InUse(Source(Sense.LOCKED, "tells", open_source, tells=True), told.append)
    assert (look(in_use, 8.0), told) == (True, [7.0])
