"""What other devices record is heard once, whatever a synchroniser does to their files."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from desk import MORNING
from fakes import Office
from qlbreak.core.model.facts import Answered, AnyFact, Launched, Sat, Shown
from qlbreak.core.model.terms import Answer, Evidence, Side
from qlbreak.record.folder import JournalFolder, packed
from qlbreak.record.journal import encode
from qlbreak.record.other_devices import OtherDevices

AT = MORNING
FACTS: list[AnyFact] = [Sat(AT - timedelta(minutes=n), 60.0) for n in range(40, 0, -1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def others(folder: Path) -> OtherDevices:
    return OtherDevices(JournalFolder(folder, "here"))


def write(path: Path, facts: list[AnyFact], more: bytes = b"") -> None:
    """As a synchroniser does: a new file in the place of the old one."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(b"".join(map(encode, facts)) + more)
    part.replace(path)


def test_what_grows_is_told_once(folder: Path, others: OtherDevices) -> None:
    there = folder / "there.jsonl"
    assert others.recall(AT) == {}
    write(there, FACTS[:3])
    assert others.look(AT) == {"there": FACTS[:3]}
    assert others.look(AT) == {}
    with there.open("ab") as file:
        file.write(encode(FACTS[3]))
    assert others.look(AT) == {"there": FACTS[3:4]}
    write(there, FACTS[:6])
    assert others.look(AT) == {"there": FACTS[4:6]}
    assert others.recall(AT) == {"there": FACTS[:6]}


def test_a_line_that_is_half_there_waits(folder: Path, others: OtherDevices) -> None:
    there, line = folder / "there.jsonl", encode(FACTS[2])
    write(there, FACTS[:2], line[:20])
    assert others.look(AT) == {"there": FACTS[:2]}
    write(there, FACTS[:2], line[:30])
    assert others.look(AT) == {}
    write(there, FACTS[:2], line + b"\xff rubbish\n" + encode(FACTS[3]))
    assert others.look(AT) == {"there": FACTS[2:4]}


def test_a_file_that_shrank_or_was_gone_is_not_told_again(
    folder: Path, others: OtherDevices
) -> None:
    there = folder / "there.jsonl"
    write(there, FACTS[:20])
    others.recall(AT)
    write(there, FACTS[10:22])  # its months were compressed
    assert others.look(AT) == {"there": FACTS[20:22]}
    there.unlink()
    assert others.look(AT) == {}
    write(there, FACTS[10:23])
    assert others.look(AT) == {"there": FACTS[22:23]}


def test_a_copy_tells_only_what_nobody_has_told(folder: Path, others: OtherDevices) -> None:
    write(folder / "there.jsonl", FACTS[:5])
    others.recall(AT)
    write(folder / "there.sync-conflict-20260302-090000-ABCDEFG.jsonl", FACTS[:7])
    assert others.look(AT) == {"there": FACTS[5:7]}
    write(folder / "there.jsonl", FACTS[:8])
    assert others.look(AT) == {"there": FACTS[7:8]}


def test_what_has_just_retired_counts_as_before(folder: Path, others: OtherDevices) -> None:
    """At a start all that was lately, of a running one only what it has not heard yet."""
    long_ago, lately = (Sat(AT - timedelta(days=days), 60.0) for days in (60, 20))
    there, retired = folder / "there.jsonl", folder / "there.retired.jsonl.gz"
    write(there, [long_ago, lately, *FACTS[:3]])
    assert others.recall(AT) == {"there": [lately, *FACTS[:3]]}
    retired.write_bytes(packed(b"".join(map(encode, [long_ago, lately, *FACTS[:4]]))))
    there.unlink()
    assert others.look(AT) == {"there": FACTS[3:4]}
    assert others.look(AT) == {}
    write(there, FACTS[4:6])  # it was not the end
    assert others.look(AT) == {"there": FACTS[4:6]}
    assert others.recall(AT) == {"there": [lately, *FACTS[:6]]}


def test_what_retired_long_ago_is_not_even_opened(folder: Path, others: OtherDevices) -> None:
    retired = folder / "there.retired.jsonl.gz"
    retired.write_bytes(packed(encode(FACTS[0])))
    before = (AT - timedelta(days=40)).timestamp()
    os.utime(retired, (before, before))
    assert others.recall(AT) == {}


def test_only_the_end_of_a_long_life_is_read(folder: Path, others: OtherDevices) -> None:
    facts = [Sat(AT - timedelta(seconds=n), 1.0) for n in range(20_000, 0, -1)]
    (folder / "there.retired.jsonl.gz").write_bytes(packed(b"".join(map(encode, facts))))
    told = others.recall(AT)["there"]
    assert 10_000 < len(told) < 20_000
    assert told == facts[-len(told) :]


def test_nobody_listens_to_oneself_nor_to_old_months(folder: Path, others: OtherDevices) -> None:
    write(folder / "here.jsonl", FACTS)
    write(folder / "here (1).jsonl", FACTS)
    (folder / "there.2026-01.jsonl.gz").write_bytes(packed(encode(FACTS[0])))
    (folder / "notes.txt").write_text("not ours")
    assert others.recall(AT) == {}


def test_only_the_last_weeks_matter_at_the_start(folder: Path, others: OtherDevices) -> None:
    long_ago = AT - timedelta(days=300)
    write(folder / "there.jsonl", [Launched(long_ago, "1"), Sat(long_ago, 60.0), *FACTS[:2]])
    assert others.recall(AT) == {"there": FACTS[:2]}


def test_a_folder_that_is_lost_is_told_once_and_comes_back(
    folder: Path, others: OtherDevices
) -> None:
    write(folder / "there.jsonl", FACTS[:2])
    others.recall(AT)
    away = folder.with_name("away")
    shutil.move(folder, away)
    with pytest.raises(FileNotFoundError):
        others.look(AT)
    assert others.look(AT) == {}
    shutil.move(away, folder)
    write(folder / "there.jsonl", FACTS[:3])
    assert others.look(AT) == {"there": FACTS[2:3]}


def test_one_that_cannot_be_read_does_not_silence_the_others(
    folder: Path, others: OtherDevices
) -> None:
    write(folder / "a.jsonl", FACTS[:1])
    (folder / "b.jsonl").mkdir()
    write(folder / "c.jsonl", FACTS[:1])
    assert others.look(AT) == {"a": FACTS[:1], "c": FACTS[:1]}
    (folder / "b.jsonl").rmdir()
    write(folder / "b.jsonl", FACTS[:2])
    assert others.look(AT) == {"b": FACTS[:2]}


# In the program


def test_the_days_figures_are_of_both(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(31)
    assert office.owner.scene().today.prompts == 1
    now = office.clock.at
    done: list[AnyFact] = [
        Sat(now - timedelta(minutes=5), 600.0),
        Shown(now - timedelta(minutes=3), 1, "reset-rock", Side.LEFT, 0.0),
        Answered(now - timedelta(minutes=1), 1, Answer.DONE, "tray", Evidence.CLAIMED),
    ]
    write(tmp_path / "tower.jsonl", done)
    office.work(1)
    today = office.owner.scene().today
    assert (today.prompts, today.done, today.withdrawn) == (2, 1, 1)
    assert today.sitting_s == pytest.approx(32 * 60)
    assert office.lines[-2:] == ["withdrawn", "elsewhere"]
    assert office.owner.scene().status.sitting == pytest.approx(120)


def test_a_restart_knows_what_was_heard(tmp_path: Path) -> None:
    office = Office(tmp_path).launch().work(20)
    now = office.clock.at
    write(tmp_path / "tower.jsonl", [Sat(now - timedelta(hours=2), 600.0)])
    office.work(1)
    assert office.owner.scene().today.sitting_s == pytest.approx(31 * 60)
    again = Office(tmp_path, clock=office.clock).launch()
    assert again.owner.scene().today.sitting_s == pytest.approx(31 * 60, abs=15)
    assert again.lines.count("elsewhere") == 0


def test_a_journal_that_was_put_aside_goes_on_in_its_place(tmp_path: Path) -> None:
    office = Office(tmp_path).launch()
    office.tell("start")
    office.tell("done")
    own = office.journal.path
    own.rename(own.with_name("device.sync-conflict-20260302-090000-ABCDEFG.jsonl"))
    office.tell("start")
    assert office.lines[0] == "shown"
    assert office.tell("done").text
    again = Office(tmp_path, clock=office.clock).launch()
    again.tell("start")
    scene = again.owner.scene()
    assert scene.status.prompt is not None
    assert (scene.status.prompt.id, scene.today.done) == (3, 2)
