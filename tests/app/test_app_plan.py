"""A plan at a real desk: loaded by command while it runs, done with the guide, told on its page;
and once with a disk that takes nothing."""

from pathlib import Path

import pytest

from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

pytestmark = pytest.mark.desktop

PLAN = """\
name = "Six weeks"
from = "Jane Doe"

[weeks.1-6]
str-brace = { repetitions = 3, times-a-day = 2 }
leave-out = ["reset-rock"]
"""


@pytest.fixture
def program(desktop: Desktop) -> Program:
    program = desktop.program().known()
    program.start("run", QLBREAK_GUIDE_SPEED="20")
    wait_for(program.answers, 20, "it answers", lambda: program.log)
    desktop.wait_tray_item("qlbreak", 20)
    return program


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return str(path)


def more(desktop: Desktop) -> list[str]:
    """What can be seen below the lines of the menu."""
    return [label for line in desktop.tray_menu().children for label in line.labels]


def test_from_the_file_to_the_reminder_the_guide_the_journal_and_the_page(
    desktop: Desktop, program: Program, file: str, tmp_path: Path
) -> None:
    watch = desktop.watch_bus()
    assert not any(label.startswith("Your plan") for label in more(desktop))
    loaded = program.run("plan", "load", file, "--yes")
    assert (loaded.code, loaded.err) == (0, "")
    assert "This plan is yours now: Six weeks." in loaded.out
    wait_for(
        lambda: "Your plan, week 1 of 6: 2 to do today" in more(desktop), 10, "it is in the menu"
    )
    assert program.run("arrived", "40 min").code == 0
    shown = program.wait_fact(lambda fact: fact["type"] == "shown")
    assert "plan" in shown["why"]
    assert shown["prescriber"] == "Jane Doe"
    assert shown["blocks"][0]["movement"] == "str-brace"
    watch.wait_notification(lambda note: "From your plan by Jane Doe." in note.body, 15)
    start = next(line.label for line in desktop.tray_menu().children if "Start: " in line.label)
    desktop.press_menu(start)
    program.wait_fact(lambda fact: fact["type"] == "answered", 60)
    done = [fact["movement"] for fact in program.journal() if fact["type"] == "worked"]
    assert "str-brace" in done
    assert program.status()["plan"]["today"][0]["done"] == 1
    page = tmp_path / "page.html"
    assert program.run("report", "--plan", "-o", str(page)).code == 0
    assert "1 of 2; " in page.read_text("utf-8")
    assert "done 1 of 2" in program.run("plan").out
    assert program.run("plan", "end").out.startswith("Your plan has ended: Six weeks.")
    assert program.status()["plan"] is None
    kinds = [fact["type"] for fact in program.journal()]
    assert kinds.count("prescribed") == kinds.count("discontinued") == 1
