"""Hooks as real small programs: what they are told, how long they may take, what is left."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from desk import CATALOGUE, MORNING
from fakes import Office
from needing import on_unix
from qlbreak.app.hooks import HookRunner
from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import Answered, AnyFact, Break, Expired, Held, Shown, Withdrawn
from qlbreak.core.model.inputs import Reconfigure
from qlbreak.core.model.life import Life
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Cause, Posture, Reason, Side
from qlbreak.core.reminder.posture import PostureClock
from qlbreak.core.reminder.prompts import Phase, Prompt
from qlbreak.settings.hooks_section import HooksSection
from qlbreak.settings.schema import PLACEHOLDERS, SECTIONS
from rig.program import Program
from rig.room import Room
from rig.waiting import PATIENCE, in_time, now, wait_for

SHOWN = Shown(MORNING, 7, "r60-desk", Side.LEFT, 1830.0, snoozes=1, length=60)
DONE = Answered(MORNING, 7, Answer.DONE, "tray")
OPEN = Prompt(7, Life(MORNING), PostureClock(Posture.SITTING, 0.0, 180.0, 60.0))
OPEN.phase = Phase.SHOWN
OPEN.plan = Plan("r60-desk", (), Side.LEFT)
WRITE = """\
import sys
with open(sys.argv[1], 'a', encoding='utf-8') as file:
    file.write('|'.join(sys.argv[2:]) + '\\n')
"""
BOTH_WAYS = """\
import os, sys
file, words, names = sys.argv[1], sys.argv[2::2], sys.argv[3::2]
told = [os.environ['QLBREAK_' + name.upper()] for name in names]
with open(file, 'w', encoding='utf-8') as into:
    print(os.environ['QLBREAK_HOOK'], *words, sep='|', file=into)
    print(os.environ['QLBREAK_HOOK'], *told, sep='|', file=into)
"""
SAYS = """\
import sys
print('one', flush=True)
print('two', file=sys.stderr)
sys.exit(3)
"""
ENDLESS = "while True: print('y')"
TOO_MUCH = {
    "without end": ENDLESS,
    "two of them": f"import subprocess, sys; subprocess.call([sys.executable, '-c', {ENDLESS!r}])",
    "much at once": "import sys; sys.stdout.write('y' * 5000000)",
}
WAITS = """\
import os, sys, threading
told, answer, gate = sys.argv[1:]
with open(told, 'a') as file:
    file.write(answer + '\\n')
while not os.path.exists(gate):
    threading.Event().wait(0.05)
"""
CALLS = """\
import signal, socket, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
line = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
line.recv(1)
"""
STARTS_ONE = f"""\
import subprocess, sys
subprocess.Popen([sys.executable, '-c', {CALLS!r}, sys.argv[1]], start_new_session=APART)
"""
IN_A_FAMILY = STARTS_ONE.replace("APART", "False") + CALLS
LEAVES_ONE = STARTS_ONE.replace("APART", "True")
HANGS = "import threading; threading.Event().wait(600)"
FILE = {key: one.field for key, one in SECTIONS["hooks"].items()}


def wanting(**commands: Sequence[str]) -> HooksSection:
    return HooksSection(**{key: tuple(words) for key, words in commands.items()})


def noting(path: Path, *words: str) -> list[str]:
    """A program that writes what it is told into a file."""
    return [sys.executable, "-c", WRITE, str(path), *words]


def python(code: str, *words: str) -> list[str]:
    return [sys.executable, "-c", code, *words]


def shell(script: str, *words: str) -> list[str]:
    return ["sh", "-c", script, "hook", *words]


@pytest.fixture
def made(caplog: pytest.LogCaptureFixture) -> Iterator[list[HookRunner]]:
    caplog.set_level(logging.INFO)
    hooks: list[HookRunner] = []
    yield hooks
    for hook in hooks:
        hook.close()
    wait_for(lambda: not threads(), 5, "their threads end", threads)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("hook")]


def children() -> list[str]:
    """Of this process: also those that have ended, and that nobody has asked about; of which
    Windows has none."""
    if sys.platform == "win32":
        return []
    found: list[str] = []
    for thread in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # it has just ended, and its children are another's
            found += (thread / "children").read_text().split()
    return found


def hooks(made: list[HookRunner], wanted: HooksSection, limit: float = 10.0) -> HookRunner:
    made.append(HookRunner(wanted, CATALOGUE, limit))
    return made[-1]


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


class Switchboard:
    """Where programs call and stay, so that their end is noticed however it comes."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._calls: list[socket.socket] = []
        self.number = str(self._server.getsockname()[1])

    def __enter__(self) -> "Switchboard":
        return self

    def __exit__(self, *_: object) -> None:
        """Hangs up: who waited goes on."""
        for line in (*self._calls, self._server):
            line.close()

    def called(self, times: int, seconds: float = PATIENCE) -> None:
        self._server.settimeout(seconds)
        for _ in range(times):
            try:
                self._calls.append(self._server.accept()[0])
            except TimeoutError as late:
                raise AssertionError(f"{times} have not called within {seconds} s") from late

    def all_gone(self) -> bool:
        for line in self._calls:
            line.settimeout(PATIENCE)
            with suppress(ConnectionResetError):  # as Windows says it of one that was ended
                assert not line.recv(1)
        return True


# What it is told


@pytest.mark.parametrize(
    ("facts", "kind", "told"),
    [
        ([replace(SHOWN, prompt=8)], "prompted", "8|Rock and reach|r60-desk|left|30|0|60|1"),
        (
            [replace(SHOWN, prompt=8, sitting=0.0, standing=1500.0)],
            "prompted",
            "8|Rock and reach|r60-desk|left|0|25|60|1",
        ),
        ([DONE], "answered", "7|Rock and reach|r60-desk|left|done|tray"),
        ([Expired(MORNING, 7)], "answered", "7|Rock and reach|r60-desk|left|expired|"),
        ([Withdrawn(MORNING, 7)], "answered", "7|Rock and reach|r60-desk|left|withdrawn|"),
        ([Break(MORNING, Cause.IDLE)], "break", "idle"),
        ([Held(MORNING, 7, Reason.PAUSED)], "held", "7|paused"),
    ],
)
def test_each_placeholder_is_filled_in_and_in_the_environment(
    made: list[HookRunner], tmp_path: Path, facts: list[AnyFact], kind: str, told: str
) -> None:
    file, names = tmp_path / "told", PLACEHOLDERS[kind]
    words = [word for name in names for word in (f"{{{name}}}", name)]
    command = python(BOTH_WAYS, str(file), *words)
    command[2] = command[2].replace("{", "{{").replace("}", "}}")
    hooks(made, wanting(**{FILE[kind]: command})).hear(facts, OPEN)
    wait_for(lambda: len(lines(file)) == 2, 5, "it is told", lambda: lines(file))
    assert lines(file) == [f"{kind}|{told}"] * 2


def test_no_shell_ever_reads_it(made: list[HookRunner], tmp_path: Path) -> None:
    file = tmp_path / "a file; touch x"
    words = ["$HOME `id` *", "a  b", "", "{{}}", "–ü'\"\\", "{side}; rm -rf {side}"]
    hooks(made, wanting(prompted=noting(file, *words))).hear([SHOWN], None)
    wait_for(lambda: lines(file), 5, "it is told")
    assert lines(file) == ["$HOME `id` *|a  b||{}|–ü'\"\\|left; rm -rf left"]


def test_other_facts_and_other_kinds_run_nothing(made: list[HookRunner], tmp_path: Path) -> None:
    file = tmp_path / "told"
    hooks(made, wanting(held=noting(file))).hear([SHOWN, DONE, Break(MORNING, Cause.GAP)], None)
    assert (threads(), lines(file)) == ([], [])


def test_a_prompt_that_is_shown_anew_is_no_new_one(made: list[HookRunner], tmp_path: Path) -> None:
    """Since somebody is sore now, or has other settings; after a snooze it asks again."""
    told = tmp_path / "told"
    hook = hooks(made, wanting(prompted=noting(told, "{prompt}", "{snoozes}", "{routine_id}")))
    office = Office(tmp_path, hear=hook.hear).launch()
    office.work(31)
    wait_for(lambda: len(lines(told)) == 1, 5, "it is told")
    assert office.tell("sore left").text
    office.give(Reconfigure(CATALOGUE, Rules(), office.profile))
    assert office.lines.count("shown") > 1
    assert office.tell("snooze").text
    office.work(6)
    wait_for(lambda: len(lines(told)) > 1, 5, "it is told again", lambda: lines(told))
    assert [line.split("|")[:2] for line in lines(told)] == [["1", "0"], ["1", "1"]]


def test_other_settings_apply_to_the_next(made: list[HookRunner], tmp_path: Path) -> None:
    hook = hooks(made, wanting())
    hook.hear([DONE], OPEN)
    hook.follow(wanting(answered=noting(tmp_path / "told", "{routine}")), CATALOGUE)
    hook.hear([DONE], OPEN)
    wait_for(lambda: lines(tmp_path / "told") == ["Rock and reach"], 5, "it knows the prompt")


# How it ends


def logged(caplog: pytest.LogCaptureFixture, text: str) -> str:
    wait_for(lambda: text in caplog.text, 5, text, lambda: caplog.text)
    return caplog.text


def test_what_it_says_and_its_exit_code_go_to_the_log(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture
) -> None:
    hooks(made, wanting(held=python(SAYS))).hear([Held(MORNING, 1, Reason.QUIET)], None)
    assert "hook held: exit code 3: one / two\n" in logged(caplog, "exit code 3: one")
    wait_for(lambda: not children(), 5, "nobody is left unasked", children)


@pytest.mark.parametrize("code", TOO_MUCH.values(), ids=TOO_MUCH)
def test_one_that_says_too_much_is_cut(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture, code: str
) -> None:
    command = python(code.replace("{", "{{").replace("}", "}}"))
    hooks(made, wanting(prompted=command), limit=0.5).hear([SHOWN], None)
    assert len(logged(caplog, "exit code")) < 1500
    wait_for(lambda: not children(), 5, "none is left", children)


def test_one_that_takes_too_long_is_ended_with_all_it_started(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture
) -> None:
    def attempt(number: int) -> None:
        with Switchboard() as switchboard:
            command = python(IN_A_FAMILY, switchboard.number)
            hooks(made, wanting(prompted=command), limit=5**number).hear([SHOWN], None)
            switchboard.called(2, 2.0 * 5**number)  # or it was ended before it could
            logged(caplog, f"hook prompted: ended after {5**number} s")
            assert switchboard.all_gone()

    in_time(attempt)
    wait_for(lambda: not threads(), 5, "nobody waits for it any more", threads)


def test_what_it_leaves_behind_on_purpose_keeps_nobody(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture
) -> None:
    """It holds the output of its parent, which has ended."""
    with Switchboard() as switchboard:
        hook = hooks(made, wanting(prompted=python(LEAVES_ONE, switchboard.number)))
        for _ in range(2):
            caplog.clear()
            hook.hear([SHOWN], None)
            switchboard.called(1)
            logged(caplog, "hook prompted: exit code 0")


def test_a_program_that_is_not_there_is_told_once(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    none, script = tmp_path / "none", "#!/bin/sh\necho there\n"
    missing = "No such file or directory"
    if sys.platform == "win32":
        none, script, missing = tmp_path / "none.cmd", "@echo there\r\n", "[WinError 2]"
    hook = hooks(made, wanting(prompted=[str(none)]))
    hook.hear([SHOWN, SHOWN], None)
    hook.hear([SHOWN], None)
    assert caplog.text.count("hook prompted cannot be started: ") == 1
    assert missing in caplog.text
    none.write_text(script)
    none.chmod(0o755)
    hook.hear([SHOWN], None)
    logged(caplog, "exit code 0: there")


def test_of_those_that_wait_the_newest_runs(
    made: list[HookRunner], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    file, gate = tmp_path / "told", tmp_path / "gate"
    hook = hooks(made, wanting(answered=python(WAITS, str(file), "{answer}", str(gate))))
    hook.hear([DONE], OPEN)
    wait_for(lambda: lines(file), 5, "the first runs")
    hook.hear([Expired(MORNING, 8), Withdrawn(MORNING, 9)], OPEN)
    assert caplog.text.count("the one before still runs") == 1
    gate.touch()
    wait_for(lambda: lines(file) == ["done", "withdrawn"], 5, "the newest follows")
    wait_for(lambda: caplog.text.count("exit code 0") == 2, 5, "both have ended")


def test_one_that_hangs_is_in_nobodys_way(made: list[HookRunner], tmp_path: Path) -> None:
    hook = hooks(made, wanting(prompted=python(HANGS), answered=noting(tmp_path / "told", "x")))
    office = Office(tmp_path, hear=hook.hear).launch()
    office.work(31)
    before = now()
    assert office.tell("done").text == "Done. The clock restarts."
    wait_for(lambda: lines(tmp_path / "told"), 5, "another kind runs beside it")
    hook.close()
    wait_for(lambda: not threads(), 3, "it has ended", threads)
    assert now() - before < 500
    assert children() == []


def test_one_that_will_not_end_is_ended(made: list[HookRunner]) -> None:
    with Switchboard() as switchboard:
        hook = hooks(made, wanting(prompted=python(CALLS, switchboard.number)))
        hook.hear([SHOWN], None)
        switchboard.called(1)
        hook.close()
        assert switchboard.all_gone()
        hook.hear([SHOWN], None)
        assert children() == [], "none is started at the end"


# The program


@on_unix("nobody tells of idle time in its session, so somebody sits")
def test_a_start_runs_none_and_a_prompt_does(tmp_path: Path) -> None:
    told = tmp_path / "told"
    settings = tmp_path / "config.toml"
    words = ", ".join(map(repr, noting(told, "{routine_id}", "{side}")[3:]))
    code = f'"""{WRITE}"""'
    command = f"[{sys.executable!r}, '-c', {code}, {words}]".replace("\\n", "\\\\n")
    settings.write_text(f'[prompt]\nsitting = "15 min"\n[hooks]\nprompted = {command}\n')
    with Room() as room:
        program = Program(room, tmp_path / "data", ("--config", str(settings)))
        process = program.known().start("run", "--speed", "600")
        shown = program.wait_fact(lambda fact: fact["type"] == "shown")
        wait_for(lambda: lines(told), 5, "the hook runs", lambda: program.log)
        assert lines(told)[0] == f"{shown['routine']}|{shown['side']}"
        process.kill9()
        told.unlink()
        program.start("run", "--speed", "600", HOME=str(tmp_path))
        wait_for(program.answers, 10, "it answers")
        assert program.run("quit").code == 0
        assert program.wait_exit() == 0
        facts = [fact["type"] for fact in program.journal()]
        launched = len(facts) - facts[::-1].index("launched")
        assert len(lines(told)) == facts[launched:].count("shown") - (facts[launched] == "shown")
