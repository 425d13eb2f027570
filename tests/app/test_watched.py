"""A running program that is watched: a line at once, one for each change, none for nothing."""

import itertools
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from fakes import Office
from needing import on_unix
from qlbreak.system.control import Reply
from rig.processes import Process
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

STATUS = {
    "state", "sitting_s", "standing_s", "since_break_s", "next_prompt_in_s", "why", "prompt",
    "today", "plan",
}  # fmt: skip
_NUMBERS = itertools.count()
PAGE = {"clock", "coming", "trouble", "mistake", "recorded", "menu", "meeting", "plan_told"}


class Desk:
    """Those who watch an owner: what they are told, and whether there is anybody."""

    def __init__(self, *, anybody: bool = True) -> None:
        self.anybody, self.told = anybody, list[Reply]()

    def tell(self, news: Any) -> None:
        if self.anybody:
            self.told.append(news())


# The owner


def test_what_is_told_is_the_status_with_the_sentences_and_the_menu(tmp_path: Path) -> None:
    desk = Desk()
    office = Office(tmp_path, tell=desk.tell).launch().work(30)
    news, status = desk.told[-1].data, office.tell("status").data
    assert news is not None
    assert news.keys() == STATUS | PAGE
    assert {name: news[name] for name in STATUS} == status
    keys = [line["key"] for line in news["menu"]]
    assert keys.index("show") < keys.index("start") < keys.index("quit")
    assert "trouble" not in keys  # not to be seen now
    json.dumps(news)


def test_a_fact_and_a_minute_are_told_and_a_tick_alone_is_not(tmp_path: Path) -> None:
    desk = Desk()
    office = Office(tmp_path, tell=desk.tell).launch().work(2)
    before = len(desk.told)
    office.work(5)
    assert len(desk.told) == before + 5
    office.tell("stand")
    assert desk.told[-1].data is not None
    assert desk.told[-1].data["state"] == "standing"
    before = len(desk.told)
    office.work(3)  # whose clock runs, too
    assert len(desk.told) == before + 3


def test_whoever_comes_is_told_how_it_is_and_the_others_nothing(tmp_path: Path) -> None:
    desk = Desk()
    office = Office(tmp_path, tell=desk.tell).launch().work(10)
    before = len(desk.told)
    data = office.tell("watch").data
    assert data is not None
    assert data["clock"] == "Sitting 10 min"
    assert len(desk.told) == before


# The program


@pytest.fixture
def program(room: Room) -> Program:
    program = room.program()
    process = program.start()
    wait_for(lambda: not process.alive or program.answers(), 10, "it answers")
    return program


def watch(room: Room, program: Program, *options: str) -> Process:
    process = room.spawn(
        f"watch {next(_NUMBERS)}", [*program.command, "watch", *options], env=program.env
    )
    wait_for(lambda: said(process) or not process.alive, 10, "it says a line")
    return process


def said(process: Process) -> list[str]:
    return process.log.read_text().splitlines()


def hears(process: Process, text: str) -> None:
    wait_for(lambda: text in process.log.read_text(), 10, f"{text!r}", lambda: said(process))


pytestmark = on_unix("Windows has idle time everywhere")


def test_a_line_at_once_and_one_for_each_change(room: Room, program: Program) -> None:
    lines, plain = watch(room, program, "--json"), watch(room, program)
    program.ask("stand")
    hears(lines, '"state": "standing"')
    hears(plain, "You have been standing ")
    program.ask("sit")
    wait_for(lambda: len(said(lines)) == 3, 10, "the third line")
    assert [json.loads(line)["state"] for line in said(lines)] == ["unknown", "standing", "unknown"]
    assert program.ask("quit").text == "qlbreak ends"
    assert (lines.wait_exit(5), plain.wait_exit(5), program.wait_exit(5)) == (0, 0, 0)


def test_where_nothing_runs_it_says_so(room: Room) -> None:
    outcome = room.program().run("watch")
    assert (outcome.code, outcome.err) == (
        3,
        "qlbreak: not running; start it with: qlbreak\n",
    )


def test_a_program_that_is_killed_ends_those_who_watch(room: Room, program: Program) -> None:
    process = watch(room, program)
    program.kill9()
    assert process.wait_exit(5) == 0


def test_many_watch_some_are_killed_and_one_is_stopped(room: Room, program: Program) -> None:
    watching = [watch(room, program) for _ in range(5)]
    os.kill(watching[0].pid, signal.SIGSTOP)
    watching[1].kill9()
    for _ in range(200):
        program.ask("stand")
        program.ask("sit")
    program.ask("stand")
    for process in watching[2:]:
        wait_for(lambda p=process: said(p)[-1].startswith("You have been standing"), 10, "the last")  # type: ignore[misc]
    os.kill(watching[0].pid, signal.SIGCONT)
    wait_for(lambda: said(watching[0])[-1].startswith("You have been standing"), 10, "the newest")
    assert program.run("quit").code == 0
    assert program.wait_exit(5) == 0
    assert [process.wait_exit(5) for process in (watching[0], *watching[2:])] == [0] * 4
