"""The record told: of a journal, written by hand or by the demo's day."""

import json
import sys
from datetime import UTC, datetime, timedelta, timezone

from qlbreak.core.model.facts import Answered, AnyFact, Expired, Sat, Shown
from qlbreak.core.model.terms import Answer, Evidence, Side
from qlbreak.data import load
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from rig.room import Room


def noon_today() -> tuple[datetime, str]:
    """Now, and the TZ in which it is past noon, so that no day turns while a test looks."""
    now = Clock().now()[0].astimezone(UTC)
    west = now.hour - 12
    return now.astimezone(timezone(timedelta(hours=-west))), f"<here>{west:+d}"


def test_stats_of_a_journal_written_by_hand(room: Room) -> None:
    now, zone = noon_today()
    routine = next(iter(load().routines))

    def ago(minutes: float) -> datetime:
        return now - timedelta(minutes=minutes)

    facts: list[AnyFact] = [
        Sat(ago(60 * 24), 3600.0),
        Sat(ago(90), 1800.0),
        Shown(ago(90), 1, routine, Side.LEFT, 1800.0),
        Answered(ago(88), 1, Answer.DONE, "tray", Evidence.CLAIMED),
        Sat(ago(50), 1800.0),
        Shown(ago(50), 2, routine, Side.RIGHT, 1800.0),
        Expired(ago(40), 2),
    ]
    journal = room.home / "data/journal"
    journal.mkdir(parents=True)
    lines = [encode(fact) for fact in facts]
    lines[3:3] = [b"\x80\xff\n", b'{"v":2,"type":"napped"}\n']
    (journal / "laptop.jsonl").write_bytes(b"".join(lines) + b'{"v":1,"type":"sat"')
    before = (journal / "laptop.jsonl").read_bytes()
    room.env["TZ"] = zone
    program = room.program()
    told = program.run("stats")
    assert told.code == 0
    assert all(line in told.out for line in ("  done                              1", "missed"))
    assert "1 h" in told.out
    assert [line.split(": ", 2)[2] for line in told.err.splitlines()] == [
        "not readable; skipped",
        "written by a newer qlbreak (version 2 of the format); skipped",
        "the last line is torn: not readable; skipped",
    ]
    data = json.loads(program.run("stats", "--json").out)
    assert (data["prompts"], data["done"], data["compliance"]) == (2, 1, 0.5)
    assert (data["sitting_s"], data["longest_spell_s"]) == (3600, 1800)
    assert (journal / "laptop.jsonl").read_bytes() == before


def test_stats_of_two_devices_are_added_up(room: Room) -> None:
    """Both have a first prompt: one of last year, one of today."""
    now, room.env["TZ"] = noon_today()
    for name, at in (("laptop", now - timedelta(days=300)), ("tower", now)):
        file = room.home / f"data/journal/{name}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(encode(Shown(at, 1, "gone", Side.BOTH, 1800.0)) + encode(Expired(at, 1)))
    data = json.loads(room.program().run("stats", "--json").out)
    assert (data["prompts"], data["expired"]) == (1, 1)


def test_stats_without_a_record(room: Room) -> None:
    outcome = room.program().run("stats")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nothing is recorded yet" in outcome.out
    assert list(room.home.iterdir()) == []


def test_the_demo_plays_a_day_whose_record_adds_up(room: Room) -> None:
    outcome = room.run([sys.executable, "-m", "qlbreak", "demo", "--fast"])
    assert (outcome.code, outcome.err) == (0, "")
    for told in ("Done. ", "Snoozed until ", "Skipped. ", "missed", "In a meeting until "):
        assert told in outcome.out
    assert outcome.out.count("Done. ") == 3
    assert "3 of 5 reminders done, 3 natural breaks" in outcome.out


def test_the_demo_takes_a_page_and_leaves_nothing_behind(room: Room) -> None:
    before = sorted(room.folder.rglob("*"))
    lines = room.run([sys.executable, "-m", "qlbreak", "demo", "--fast"]).out.splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert sorted(room.folder.rglob("*")) == before
