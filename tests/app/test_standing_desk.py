"""Standing at a real desk: said in the menu, counted, reminded of, and found in the record."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

# A minute in a second, and a second goes as usual while a reminder is open.
LIMIT = '[prompt]\nsitting = "15 min"\nstanding = "15 min"\n'


def work_until(desktop: Desktop, condition: Callable[[], Any], seconds: float, what: str) -> None:
    def moved() -> Any:
        desktop.stir()
        return condition()

    wait_for(moved, seconds, what)


def kinds(program: Program) -> list[str]:
    return [fact["type"] for fact in program.journal()]


def by_its_button(desktop: Desktop, program: Program) -> None:
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "dunst shows it")
    desktop.notices.press("I'm sitting")


def in_the_menu(desktop: Desktop, program: Program) -> None:
    """The daemon that would show it is gone."""
    desktop.kill_dunst()
    desktop.press_menu("I'm sitting again")


@pytest.mark.parametrize("answer", [by_its_button, in_the_menu])
def test_who_stands_is_reminded_and_sits_down(
    desktop: Desktop, tmp_path: Path, answer: Callable[[Desktop, Program], None]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(LIMIT)
    program = desktop.program("--config", str(config)).known()
    program.start("run", "--speed", "60")
    wait_for(program.answers, 10, "it answers")
    desktop.wait_tray_item("qlbreak", 10)
    desktop.press_menu("I'm standing")
    declared = program.wait_fact(lambda fact: fact["type"] == "declared")
    assert declared["posture"] == "standing"
    work_until(desktop, lambda: program.status()["prompt"], 30, "a reminder for who stands")
    shown = program.wait_fact(lambda fact: fact["type"] == "shown")
    assert shown["standing"] >= 10 * 60  # or in a good moment before
    assert "You have been standing" in program.run("status").out
    answer(desktop, program)
    program.wait_fact(lambda fact: fact.get("posture") == "sitting", 5)
    assert kinds(program).count("withdrawn") == 1
    assert program.status()["state"] == "sitting"
    today = json.loads(program.run("stats", "--json").out)
    assert today["standing_s"] >= 10 * 60
    assert today["withdrawn"] == 1
    assert "standing" in program.run("stats").out
    assert program.run("quit").code == 0


def test_a_kill_while_standing_loses_nothing_and_its_end_holds(
    desktop: Desktop, tmp_path: Path
) -> None:
    program = desktop.program().known()
    program.start("run", "--speed", "60")
    wait_for(program.answers, 10, "it answers")
    said = program.run("stand", "25 min")
    assert said.out.startswith("Standing until ")
    work_until(desktop, lambda: program.status()["standing_s"] > 300, 20, "five minutes")
    program.kill9()
    program.start("run", "--speed", "60")
    wait_for(program.answers, 10, "it answers again")
    assert program.status()["standing_s"] >= 240
    work_until(desktop, lambda: program.status()["state"] == "sitting", 40, "its end")
    last = [fact for fact in program.journal() if fact["type"] == "declared"][-1]
    assert (last["posture"], last["by"]) == ("sitting", "time")
    stood = sum(fact["seconds"] for fact in program.journal() if fact["type"] == "stood")
    assert stood > 15 * 60
    assert program.run("quit").code == 0
