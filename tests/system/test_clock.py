"""A wall clock that cannot be right: what is written can be read, and somebody is told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.core.model.facts import Break, Quit
from qlbreak.core.model.terms import Cause
from qlbreak.record.journal import decode, encode
from qlbreak.system.clock import EARLIEST, LATEST, Clock
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for


class Wrong(Clock):
    """Its wall clock shows what it is set to."""

    def __init__(self, wall: datetime, speed: float = 1.0) -> None:
        self.wall = wall
        super().__init__(speed)

    def _wall(self) -> datetime:
        return self.wall


NEVER = [
    datetime(1969, 12, 31, 19, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2000, 1, 1, tzinfo=UTC),
    EARLIEST - timedelta(seconds=1),
    LATEST,
    datetime(9999, 12, 31, 12, tzinfo=UTC),
]


@pytest.mark.parametrize("wall", NEVER, ids=str)
@pytest.mark.parametrize("speed", [1.0, 60.0])
def test_labels_are_such_as_can_be_read(wall: datetime, speed: float) -> None:
    clock = Wrong(wall, speed)
    assert not clock.set
    (first, _), (second, _) = clock.now(), clock.now()
    assert EARLIEST <= first <= second < EARLIEST + timedelta(hours=1)
    for fact in (Quit(first), Break(first - timedelta(days=3), Cause.IDLE)):
        assert decode(encode(fact)) == fact


def test_once_it_is_set_it_counts() -> None:
    clock = Wrong(NEVER[0])
    steady = clock.now()[1]
    clock.wall = datetime(2026, 3, 2, 9, tzinfo=UTC)
    at, later = clock.now()
    assert (clock.set, at) == (True, clock.wall)
    assert later >= steady


def libraries() -> list[Path]:
    return sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


@on_unix("a library that is put before the system's")
@pytest.mark.skipif(not libraries(), reason="needs faketime")
def test_a_start_at_the_epoch_west_of_greenwich(room: Room) -> None:
    program = Program(room, room.home / "data")
    program.env |= {
        "TZ": "America/New_York",
        "LD_PRELOAD": str(libraries()[0]),
        "FAKETIME": "@1969-12-31 19:00:20",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    program.start("run")
    wait_for(lambda: program.run("sore", "left").code == 0, 10, "it answers", lambda: program.log)
    assert program.log.count("the clock of this machine is not set;") == 1
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0
    for name in ("LD_PRELOAD", "FAKETIME"):
        del program.env[name]
    assert {fact["at"][:10] for fact in program.journal()} == {"2025-12-31"}
    outcome = program.run("stats", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)
    assert "To mend" not in program.run("doctor").out
