"""The record for other programs: whole, in a file or a pipe, and the same again when read back."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from datetime import timedelta

import pytest

from desk import MORNING, Desk, tallied
from needing import has_mode, on_unix
from qlbreak.cli import record
from qlbreak.core.model.facts import AnyFact, Elsewhere
from qlbreak.core.model.terms import Hindrance, Side
from qlbreak.core.statistics import rows
from qlbreak.core.statistics.figures import total
from qlbreak.record.export import Form, What
from qlbreak.record.journal import decode, encode, read
from rig.room import Room

COLUMNS = {
    "facts": rows.FACT, "prompts": rows.PROMPT, "days": rows.DAY, "check-ins": rows.CHECK_IN
}  # fmt: skip


def day(start: int = 0) -> list[AnyFact]:
    desk = Desk(start=MORNING + timedelta(minutes=start))
    desk.work(30).done().undo().work(30).start().done().work(30).snooze(5).work(5).skip()
    return desk.work(10).meet(40).work(45).sleep(5).work(40).sore(Side.LEFT).quit().journal


def write(room: Room, name: str, facts: Sequence[AnyFact], torn: bytes = b"") -> None:
    file = room.home / "data/journal" / f"{name}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(map(encode, facts)) + torn)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_choices_are_those_there_are() -> None:
    assert tuple(What) == record.WHATS
    assert set(record.FORMS) == set(Form)


def test_facts_come_back_as_they_were(room: Room) -> None:
    """Of two devices by turns; each in its own order."""
    journals = {"laptop": day(), "tower": [*day(3), Elsewhere(MORNING, "laptop", 1, MORNING, 9.5)]}
    for name, facts in journals.items():
        write(room, name, facts)
    outcome = room.program().run("export")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    for name, facts in journals.items():
        assert [decode(s.encode()) for s in lines if json.loads(s)["journal"] == name] == facts
    told = [json.loads(line)["journal"] for line in lines]
    assert "".join(name[0] for name in told).count("lt") > 5
    assert list(json.loads(lines[0]))[:3] == ["v", "type", "at"]


def test_facts_as_a_table_have_a_row_each(room: Room) -> None:
    facts = day()
    write(room, "laptop", facts)
    outcome = room.program().run("export", "--format", "csv")
    found = table(outcome.out)
    assert len(found) == len(facts)
    for row, fact in zip(found, facts, strict=True):
        expected = json.loads(encode(decode(encode(fact))))
        assert row.pop("journal") == "laptop"
        for name, cell in row.items():
            value = expected.get(name, "")
            text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
            assert cell == text


@pytest.mark.parametrize("form", Form)
def test_prompts_and_days_are_those_of_the_figures(room: Room, form: Form) -> None:
    facts = day()
    write(room, "laptop", facts)
    program = room.program()
    told = {what: program.run("export", "--of", what, "--format", form).out for what in What}

    def rows_of(what: What) -> list[dict[str, str]]:
        text = told[what]
        if form is Form.CSV:
            return table(text)
        return [json.loads(line) for line in text.splitlines()]

    figures = total(tallied(facts).days().values())
    ends = [row["ending"] for row in rows_of(What.PROMPTS) if row["shown"]]
    assert len(ends) == figures.prompts > 3
    assert ends.count("done") == figures.done
    assert ends.count("skipped") == figures.skipped
    [today] = rows_of(What.DAYS)
    assert float(today["sitting_s"]) == pytest.approx(figures.sitting_s, abs=0.01)
    assert (today["day"], today["week"]) == ("2026-03-02", "2026-W10")
    assert int(today["h09_prompts"]) == figures.hours[9].prompts
    assert float(today["compliance"]) == figures.compliance
    assert int(today["held_meeting"]) == 1


def test_check_ins_are_a_table_of_their_own(room: Room) -> None:
    said = b'{"v":1,"type":"checkedin","at":"2026-03-02T03:00:00+01:00","left":3,"work":"a-bit"}\n'
    write(room, "laptop", [decode(said)])
    [row] = table(room.program().run("export", "--of", "check-ins", "--format", "csv").out)
    assert (row["day"], row["week"], row["left"], row["right"]) == (
        "2026-03-01",
        "2026-W09",
        "3",
        "",
    )
    assert row["work"] == Hindrance.A_BIT


@pytest.mark.parametrize("what", What)
def test_without_a_record_there_is_a_header_and_a_word(room: Room, what: What) -> None:
    outcome = room.program().run("export", "--of", what, "--format", "csv")
    assert outcome.code == 0
    assert outcome.out.rstrip("\r\n").split(",") == list(COLUMNS[what])
    assert outcome.err == f"qlbreak: no {what} are recorded yet\n"
    empty = room.program().run("export", "--of", what)
    assert (empty.code, empty.out, empty.err) == (0, "", outcome.err)


def test_what_cannot_be_read_is_said(room: Room) -> None:
    facts = day()
    write(room, "laptop", facts, b'{"v":1,"type":"sa')
    for what in What:
        outcome = room.program().run("export", "--of", what)
        assert outcome.code == 0
        assert "the last line is torn" in outcome.err


def test_into_a_file_for_the_users_eyes_only(room: Room) -> None:
    write(room, "laptop", day())
    file = room.home / "out.csv"
    file.write_text("before")
    file.chmod(0o644)
    told = room.program().run("export", "--of", "days", "--format", "csv")
    outcome = room.program().run("export", "--of", "days", "--format", "csv", "-o", str(file))
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert file.read_bytes().decode().splitlines() == told.out.splitlines()
    assert b"\r\n" in file.read_bytes()
    assert has_mode(file, 0o600)
    assert sorted(path.name for path in room.home.iterdir()) == ["data", "out.csv"]


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("data", "data is a folder; name a file"),
        ("data/journal/laptop.jsonl", "would end up in the record's folder; choose another folder"),
        ("gone/out.csv", "gone: there is no such folder"),
        pytest.param(
            "/dev/null",
            "/dev/null is no file that could be replaced; name another one",
            marks=on_unix("a device that is a file"),
        ),
        pytest.param("/proc/out.csv", "/proc/out.csv: ", marks=on_unix("what the kernel shows")),
    ],
)
def test_a_file_that_cannot_be_written(room: Room, place: str, what: str) -> None:
    facts = day()
    write(room, "laptop", facts)
    outcome = room.program().run("export", "-o", str(room.home / place))
    assert (outcome.code, outcome.out) == (2, "")
    assert list(read(room.home / "data/journal/laptop.jsonl", [])) == facts
    assert what in outcome.err
    assert outcome.err.count("\n") == 1


@on_unix("a limit set by a shell")
def test_a_full_disk_leaves_what_was_there(room: Room) -> None:
    write(room, "laptop", day())
    file = room.home / "out.jsonl"
    file.write_text("before")
    command = f"ulimit -f 1; trap '' XFSZ; {sys.executable} -m qlbreak --data-dir {room.home}/data"
    outcome = room.run(["sh", "-c", f"{command} export -o {file}"])
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert file.read_text() == "before"
    assert sorted(path.name for path in room.home.iterdir()) == ["data", "out.jsonl"]


@on_unix("a shell's pipe")
def test_a_pipe_that_is_closed(room: Room) -> None:
    write(room, "laptop", day() * 40)
    command = f"{sys.executable} -m qlbreak --data-dir {room.home}/data export"
    outcome = room.run(["sh", "-c", f"{command} | head -n 1"])
    assert (len(outcome.out.splitlines()), outcome.err) == (1, "")


def test_nothing_is_written_into_a_shared_folder(room: Room) -> None:
    """It would be taken for another device's record."""
    shared = room.home / "shared"
    shared.mkdir()
    (shared / "laptop.jsonl").write_bytes(b"".join(map(encode, day())))
    outcome = room.device("laptop", shared).run("export", "-o", str(shared / "mine.jsonl"))
    assert (outcome.code, "would end up in the record's folder" in outcome.err) == (2, True)
    assert [path.name for path in shared.iterdir()] == ["laptop.jsonl"]
