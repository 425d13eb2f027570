"""Two devices, each a program of its own, whose records share a folder."""

import json
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from qlbreak.core.model.facts import Answered, Shown
from qlbreak.core.model.movements import Block
from qlbreak.core.model.terms import Answer, Side
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from rig import hands
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

SETTINGS = '[prompt]\nsitting = "15 min"\n'


@pytest.fixture
def room() -> Iterator[Room]:
    with Room() as room, hands.busy():
        hour = Clock().now()[0].astimezone(UTC).hour
        room.env["TZ"] = f"<here>{hour - 12:+d}"  # past noon, so that no day turns meanwhile
        yield room


def recorded(shared: Path, name: str) -> list[dict[str, Any]]:
    file = shared / f"{name}.jsonl"
    lines = file.read_text().splitlines(keepends=True) if file.exists() else []
    return [json.loads(line) for line in lines if line.endswith("\n")]


def wait_kind(program: Program, shared: Path, name: str, kind: str) -> dict[str, Any]:
    def found() -> list[dict[str, Any]]:
        return [fact for fact in recorded(shared, name) if fact["type"] == kind]

    return wait_for(found, 30, f"{name}: {kind}", lambda: program.log[-2000:])[0]


def started(program: Program) -> Program:
    process = program.known().start("run", "--speed", "120")
    wait_for(lambda: not process.alive or program.answers(), 15, "it answers")
    assert process.alive, program.log
    return program


def figures(program: Program) -> dict[str, Any]:
    outcome = program.run("stats", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    told: dict[str, Any] = json.loads(outcome.out)
    return told


@pytest.fixture
def shared(room: Room) -> Path:
    return room.home / "shared"


@pytest.fixture
def both(room: Room, shared: Path) -> list[Program]:
    """A prompt came at the laptop, a routine was done at the tower; both have ended."""
    laptop, tower = (room.device(name, shared, SETTINGS) for name in ("laptop", "tower"))
    started(laptop), started(tower)
    for program, name in ((laptop, "laptop"), (tower, "tower")):
        wait_kind(program, shared, name, "shown")  # from then on both clocks go as usual
    assert tower.run("start").code == 0
    assert tower.run("done").code == 0
    heard = wait_kind(laptop, shared, "laptop", "elsewhere")
    assert heard["device"] == "tower"
    assert laptop.status()["today"]["done"] == 1
    for program in (laptop, tower):
        program.run("quit")
        assert program.wait_exit() == 0
    return [laptop, tower]


def test_done_at_one_counts_at_the_other_and_both_tell_the_same(
    room: Room, shared: Path, both: list[Program]
) -> None:
    kinds = [fact["type"] for fact in recorded(shared, "laptop") if fact["type"] != "sat"]
    assert kinds[:4] in (
        ["launched", "shown", "withdrawn", "elsewhere"],
        ["launched", "shown", "expired", "elsewhere"],  # on a machine that is very busy
    )
    laptop, tower = map(figures, both)
    assert laptop == tower
    assert laptop["done"] == 1
    alone = [
        sum(fact["seconds"] for fact in recorded(shared, name) if fact["type"] == "sat")
        for name in ("laptop", "tower")
    ]
    assert max(alone) - 1 <= laptop["sitting_s"] < sum(alone) * 0.9
    assert not list(room.home.glob("*/journal"))


def test_without_the_program_the_guide_offers_what_the_program_would(room: Room) -> None:
    """It left out what makes the devices differ, and what others had done."""
    shared = room.home / "shared"
    shared.mkdir()
    at = Clock().now()[0] - timedelta(hours=2)
    block = (Block("len-seat-reach", 20),)
    shown = Shown(at, 1, "len-seat-reach", Side.LEFT, 0.0, blocks=block)
    other = encode(shown) + encode(Answered(at, 1, Answer.DONE))
    for name, heard in (("laptop", b""), ("tower", b""), ("desk", other)):
        (shared / "other.jsonl").write_bytes(heard)
        device = room.device(name, shared)
        device.env |= {"QLBREAK_GUIDE_SPEED": "20"}
        alone = device.run("guide", "--terminal", seconds=40)
        assert alone.code == 0, alone
        offered = [json.loads(line) for line in (shared / f"{name}.jsonl").read_text().splitlines()]
        (shared / f"{name}.jsonl").unlink()
        started(device)
        assert device.run("start").code == 0
        lines = (shared / f"{name}.jsonl").read_text().splitlines()
        (there,) = [fact for fact in map(json.loads, lines) if fact["type"] == "shown"]
        assert (offered[0]["routine"], offered[0]["side"]) == (there["routine"], there["side"])
        device.run("quit")
        assert device.wait_exit(10) == 0
        (shared / f"{name}.jsonl").unlink()


def test_copies_and_retired_devices_count_once(shared: Path, both: list[Program]) -> None:
    laptop, told = both[0], figures(both[0])
    lines = (shared / "laptop.jsonl").read_bytes().splitlines(keepends=True)
    copy = shared / "laptop.sync-conflict-20260302-090000-ABCDEFG.jsonl"
    copy.write_bytes(b"".join(lines[:-2]))
    assert figures(laptop) == told
    assert "this device, 1 conflict copy" in laptop.run("devices").out
    refused = laptop.run("devices", "retire", "laptop", "--yes")
    assert (refused.code, "is this device" in refused.err) == (2, True)
    assert "did you mean tower?" in laptop.run("devices", "retire", "towr", "--yes").err
    assert "add --yes" in laptop.run("devices", "retire", "tower").err
    assert laptop.run("devices", "retire", "tower", "--yes").code == 0
    assert [path.name for path in shared.glob("tower*")] == ["tower.retired.jsonl.gz"]
    assert figures(laptop) == told
    assert "retired" in laptop.run("devices").out


def test_a_folder_that_is_not_there_is_said(room: Room) -> None:
    program = room.device("laptop", room.home / "lost" / "shared")
    for command in ("run", "stats", "export", "export --of days", "devices", "compress"):
        outcome = program.run(*command.split())
        assert outcome.code == 2
        assert outcome.err.count("\n") == 1
        assert "lost" in outcome.err
