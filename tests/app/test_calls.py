"""A call at a real desk, played through: nothing is typed, and nothing may come in between."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.test_app import work_until
from rig.desktop import Desktop
from rig.processes import Process
from rig.program import Program
from rig.sound import record, start_sound
from rig.waiting import wait_for

SPEED = "60"  # a minute in a second: three seconds without the pointer are a natural break
HELD = "Microphone in use"


@pytest.fixture
def program(desktop: Desktop, tmp_path: Path) -> Program:
    start_sound(desktop)
    settings = tmp_path / "config.toml"
    settings.write_text('[prompt]\nsitting = "15 min"\n')
    return desktop.program("--config", str(settings)).known()


def started(program: Program) -> None:
    program.start("run", "--speed", SPEED)
    wait_for(program.answers, 10, "it answers commands")


def of(program: Program, kind: str) -> list[dict[str, Any]]:
    return [fact for fact in program.journal() if fact["type"] == kind]


def prompted(desktop: Desktop, program: Program) -> None:
    assert program.run("arrived", "20 min").code == 0
    work_until(desktop, lambda: of(program, "shown"), 10, "a prompt is open")


def held(desktop: Desktop, program: Program) -> None:
    """With its reason: journal, `why`, `status`, the menu; and the sitting clock runs on."""
    program.wait_fact(lambda fact: fact["type"] == "held" and fact["reason"] == "microphone")
    before = program.status()
    assert before["state"] == "held"
    assert before["sitting_s"] > 0
    why = program.run("why").out
    assert why.startswith(HELD), why

    def labels() -> list[str]:
        return [line.label for line in desktop.tray_menu().children]

    wait_for(lambda: any("Microphone in use" in t for t in labels()), 5, "menu", labels)
    # More minutes without a key than make a natural break.
    wait_for(
        lambda: program.status()["sitting_s"] > before["sitting_s"] + 5 * 60, 10, "it counts on"
    )
    assert program.status()["state"] == "held"
    # At this speed a machine that stands still for a second has slept, and says so in between.
    reasons = [fact["reason"] for fact in of(program, "held")]
    assert set(reasons) <= {"microphone", "woken"}
    assert all(one != other for one, other in pairwise(reasons)), reasons


def over(desktop: Desktop, program: Program, call: Process) -> None:
    """One prompt, with the time that was sat."""
    shown = len(of(program, "shown"))
    sat = program.status()["sitting_s"]
    desktop.move_pointer()
    call.kill9()
    work_until(desktop, lambda: len(of(program, "shown")) > shown, 10, "it is offered")
    assert of(program, "shown")[-1]["sitting"] >= sat
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "it is on the screen")
    assert len(of(program, "shown")) == shown + 1
    assert program.run("done").code == 0


def test_a_call_holds_the_prompt_and_one_comes_afterwards(
    desktop: Desktop, program: Program
) -> None:
    call = record(desktop)
    started(program)
    assert program.run("arrived", "20 min").code == 0
    held(desktop, program)
    assert of(program, "shown") == []
    over(desktop, program, call)


def test_a_call_takes_an_open_prompt_away_and_brings_it_back(
    desktop: Desktop, program: Program
) -> None:
    started(program)
    prompted(desktop, program)
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "it is on the screen")
    call = record(desktop)
    held(desktop, program)
    assert desktop.notices.count() == 0
    over(desktop, program, call)


def test_a_call_during_a_snooze_keeps_it_back(desktop: Desktop, program: Program) -> None:
    started(program)
    prompted(desktop, program)
    assert program.run("snooze", "5 min").code == 0
    call = record(desktop)
    held(desktop, program)
    over(desktop, program, call)
    assert {fact["prompt"] for fact in of(program, "shown")} == {1}


def test_a_start_in_the_middle_of_a_call_shows_nothing(desktop: Desktop, program: Program) -> None:
    started(program)
    prompted(desktop, program)
    program.kill9()
    desktop.notices.close()  # what a crash leaves on the screen
    call = record(desktop)
    started(program)
    held(desktop, program)
    assert len(of(program, "shown")) == 1
    over(desktop, program, call)
