"""A record that somebody else wrote, or nobody: it steers no terminal, and stalls nothing."""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qlbreak.record.journal import Journal, Problem, Problems
from qlbreak.system import printable
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

LAUNCHED = '{"v":1,"type":"launched","at":"2026-03-02T08:00:00Z","version":"=1+1"}'
TITLE, RED, CLEAR = "\x1b]0;OWNED\x07", "\x1b[31m", "\x1b[2J"

AT = datetime(2026, 3, 2, tzinfo=UTC)


def line(kind: str, **more: object) -> str:
    return json.dumps({"v": 1, "type": kind, "at": "2026-03-02T09:00:00Z", **more})


EVIL = [
    LAUNCHED,
    line("sat", seconds=605),
    line("shown", prompt=1, routine=f"{TITLE}{RED}[red]\u202eevil", side="left", sitting=605),
    line("answered", prompt=1, answer="done", via="@SUM(1+1)", evidence="claimed"),
    line("shown", prompt=2, routine='=HYPERLINK("http://x","y")', side="left", sitting=0),
    line("answered", prompt=2, answer="skipped", via="-2+3"),
    line(f"bad{CLEAR}"),
]
OWN = f"""[movement.len-evil]
name = "Bold {printable.line(TITLE)}"
kind = "lengthen"
position = "standing"
steps = ["Stand {printable.line(RED)}red.", "Breathe."]
["sect{printable.line(CLEAR)}ion"]
""".replace("\\x1b", "\\u001b").replace("\\x07", "\\u0007")


@pytest.fixture
def evil(room: Room) -> Program:
    settings = room.home / "mine" / "config.toml"
    settings.parent.mkdir()
    settings.touch()
    settings.with_name("movements.toml").write_text(OWN, "utf-8")
    program = Program(room, room.home / "data", ("--config", str(settings)))
    journals = program.data_dir / "journal"
    journals.mkdir(parents=True)
    for name in ("other-1234.jsonl", "-dash.jsonl"):
        (journals / name).write_text("\n".join([*EVIL, ""]), "utf-8")
    return program


@pytest.mark.parametrize(
    "words",
    [
        "stats", "stats --days 9999", "devices", "movements len-evil", "movements --mine", "doctor",
        "doctor --report", "export", "export --format csv", "export --of prompts --format csv",
        "config check",
    ],
)  # fmt: skip
def test_nothing_of_it_steers_a_terminal(evil: Program, words: str) -> None:
    outcome = evil.run(*words.split())
    told = (outcome.out + outcome.err).replace("\r\n", "\n")
    assert told
    assert "\x1b" not in told
    assert words == "export" or "\u202e" not in told, "JSON is for programs"
    assert not [sign for sign in told if sign < " " and sign not in "\n\t"]


def test_it_is_shown_as_text(evil: Program) -> None:
    assert "unknown section sect\\x1b[2Jion" in evil.run("doctor").out
    assert "'bad\\x1b[2J' is not known here; skipped" in evil.run("stats").err


@pytest.mark.parametrize("what", ["facts", "prompts"])
def test_no_cell_is_a_formula(evil: Program, what: str) -> None:
    out = evil.run("export", "--of", what, "--format", "csv").out
    cells = [cell.strip('"') for row in out.splitlines() for cell in row.split(",")]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'@SUM(1+1)" in cells
    assert json.loads(evil.run("export").out.splitlines()[0])["version"] == "=1+1"


def test_what_steers_is_told_by_its_number() -> None:
    assert printable.line(f"{TITLE}a\tb\n") == "\\x1b]0;OWNED\\x07a\\tb\\n"
    assert printable.line("Nacken für Zoë 🙆‍♀️ \u202e") == "Nacken für Zoë 🙆‍♀️ \\u202e"


# A file of rubbish


def test_complaints_are_counted_and_the_first_told() -> None:
    problems = Problems()
    for number in range(1, 1001):
        problems.append(Problem(Path("x.jsonl"), number, "not readable"))
    assert problems.number == 1000
    assert problems.told[0] == "x.jsonl, line 1: not readable; skipped"
    rest = "995 more lines like these were skipped; see: qlbreak doctor"
    assert problems.told[5:] == [rest]


def test_a_journal_of_rubbish_stalls_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "device")
    rubbish = os.urandom(16 << 20)
    journal.path.write_bytes(rubbish + b"\n" + LAUNCHED.encode() + b"\n")
    began = time.process_time()
    found, problems = journal.recent(AT)
    assert time.process_time() - began < 10
    assert len(found) == 1
    assert problems.number > 50_000
    assert len(problems.told) < 10


def test_the_start_with_it_is_logged_in_a_few_lines(room: Room) -> None:
    program = room.program()
    journals = program.data_dir / "journal"
    assert program.run("check-in", "--left", "3").code == 0
    [own] = journals.iterdir()
    with own.open("ab") as file:
        file.write(os.urandom(4 << 20) + b"\n")
    program.start("run")
    wait_for(program.answers, 20, "it answers", lambda: program.log)
    log = (program.data_dir / "qlbreak.log").read_text("utf-8")
    assert log.count("; skipped") == 5
    assert "more lines like these were skipped" in log
    outcome = program.run("stats")
    assert (outcome.code, outcome.err.count("\n")) == (0, 6)
