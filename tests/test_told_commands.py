"""What README and docs tell people to type works: each line is run in a scratch home, or a table
here says why it is not.
"""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.hours import MORNING, move_to
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAMS = ("qlbreak", "make", "python", "sudo", "pip", "pipx", ".venv/bin/pytest")
LINE = re.compile(r"^ {4}(?P<alone>[^\s#].*)$|`(?P<within>[^`]+)`", re.MULTILINE)
# What is to be filled in, and where there is a choice.
OPEN = re.compile(r"[\[\]|]|\.\.\.|\b[A-Z]{2,}\b(?!=)")


def told() -> Iterator[str]:
    """Without the remark behind it and the variables before it."""
    for page in PAGES:
        for found in LINE.finditer(page.read_text("utf-8")):
            text = (found["alone"] or found["within"]).replace("\n", " ")
            line = re.sub(r"^([A-Z_]+=\S+ )+", "", re.sub(r"\s+# .*", "", text).strip())
            if line.split(" ")[0] in PROGRAMS and not OPEN.search(line):
                yield line


LINES = list(dict.fromkeys(told()))
OURS = [line for line in LINES if line.split(" ")[0] == "qlbreak"]
OTHERS = [line for line in LINES if line not in OURS]

STAYS = {
    "qlbreak": "it runs until it is told to quit",
    "qlbreak run": "the same",
    "qlbreak run --speed 60": "the same",
}
WATCHES = {"qlbreak watch", "qlbreak watch --json"}
ENDS = {"qlbreak quit": "it is what ends each of those that stay"}
# Whether there is something to answer, or to take back, is another matter.
ANSWERS = {
    *("start", "start knee plank", "another", "done", "snooze 10 min", "skip", "undo"),
    "skip no-room",
    *("less-often", "as-before", "resume", "meeting off", "stayed", "harder", "not-yet", "easier"),
}
# What they end with here, and why that is right.
CODES = {
    "qlbreak open": (2, "a window, and there is no screen"),
    "qlbreak open --page settings": (2, "the same"),
    "qlbreak open --start": (2, "the same"),
    "qlbreak guide": (2, "the same"),
    "qlbreak set-up": (2, "the same"),
    "qlbreak check-in": (2, "the same"),
    "qlbreak place": (2, "a sentence names the command; it asks where"),
    "qlbreak sore": (2, "the same; it asks which side"),
    "qlbreak devices retire old-laptop-1a2b": (2, "nobody here has that laptop"),
    "qlbreak plan show from-jane.toml": (2, "nobody has sent such a file here"),
    "qlbreak plan load from-jane.toml": (2, "the same"),
    "qlbreak plan load": (2, "a sentence names the command; it wants a file"),
    "qlbreak report --plan": (2, "no plan was loaded here"),
    "qlbreak plan end": (2, "there is none to end"),
    "qlbreak compress": (4, "it says that qlbreak must be ended first, as its page does"),
    "qlbreak delete-data": (4, "the same"),
}
# They change the machine, or take it for an hour.
ELSEWHERE = ("sudo apt ", "pip install", "pipx install", "pipx uninstall", "make")


@pytest.fixture(scope="module")
def running() -> Iterator[Program]:
    """Somebody's program, at a console without a desktop, in the morning: some of the lines name an
    hour of the same day."""
    with Room() as room:
        program = room.program().known()
        move_to(MORNING, program.env)
        program.env["QLBREAK_GUIDE_SPEED"] = "60"
        program.start("run")
        wait_for(program.answers, 20, "it answers", lambda: program.log)
        yield program


def test_there_is_something_to_try() -> None:
    """And the tables are of lines that are told."""
    assert len(OURS) > 60
    assert {*STAYS, *WATCHES, *ENDS, *CODES, *(f"qlbreak {words}" for words in ANSWERS)} <= {*OURS}


@pytest.mark.parametrize("line", [line for line in OURS if line not in {*STAYS, *WATCHES, *ENDS}])
def test_what_is_told_works(running: Program, line: str) -> None:
    _, *words = shlex.split(line)
    done = running.run(*words, seconds=30)
    assert "Usage:" not in done.err, done.err
    code, _ = CODES.get(line, (0, ""))
    assert done.code in ({0, 2} if " ".join(words) in ANSWERS else {code}), done.err
    assert not done.code or re.fullmatch(r"qlbreak: .+\n", done.err)


@pytest.mark.parametrize("line", sorted(WATCHES))
def test_what_is_watched_says_something_at_once(running: Program, line: str) -> None:
    with Room() as room:
        out = room.folder / "told"
        _, *words = shlex.split(line)
        watching = room.spawn("watch", [*running.command, *words], env=running.env, out=out)
        wait_for(lambda: out.read_text("utf-8"), 20, "a line", lambda: watching.log.read_text())
        assert watching.alive


@pytest.mark.parametrize("line", STAYS)
def test_what_stays_is_ended_by_quit(room: Room, line: str) -> None:
    program = room.program().known()
    _, *words = shlex.split(line)
    program.start(*words)
    wait_for(program.answers, 20, "it answers", lambda: program.log)
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0


@pytest.mark.parametrize("line", OTHERS)
def test_what_else_is_told_is_there(line: str) -> None:
    """The make targets, modules and files; they are not run here, nor what changes the machine."""
    match shlex.split(line):
        case ["make", target, *_]:
            targets = rf"^(?:[\w-]+ )*{target}(?: [\w-]+)*:"
            assert re.search(targets, (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        case ["python", "-m", "pytest", *words] | [".venv/bin/pytest", *words]:
            assert all((ROOT / word).exists() for word in words if "/" in word)
        case ["python", "-m", module, *_]:
            assert (ROOT / f"{module.replace('.', '/')}.py").exists()
        case ["python", file, *_]:
            assert (ROOT / file).exists()
        case _:
            assert line.startswith(ELSEWHERE)
