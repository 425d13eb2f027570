"""A plan in the window: loaded from a file once it was read, on the page Today, ended."""

from pathlib import Path

import pytest

from main_window.mainwindow import Opened
from qlbreak.texts import plans
from rig.accessibility import Node, Reader
from rig.program import Program
from rig.waiting import wait_for

pytestmark = pytest.mark.desktop

PLAN = """\
name = "Six weeks"
from = "Jane Doe"

[weeks.1-6]
str-brace = { repetitions = 3, times-a-day = 2 }
str-knee-plank = {}
"""


@pytest.fixture
def program(reader: Reader) -> Program:
    program = reader.desktop.program().known()
    program.start()
    wait_for(program.answers, 20, "it answers", lambda: program.log)
    return program


def section(window: Node) -> None:
    window.find("page tab", plans.SECTION).press()


def choose(reader: Reader, window: Node, file: Path) -> None:
    """In the dialog, which has the keyboard."""
    window.find("push button", plans.LOAD).press()
    reader.window(plans.LOAD_TITLE)
    reader.desktop.wait_keys(plans.LOAD_TITLE)
    assert reader.desktop.run(["xdotool", "type", "--delay", "0", str(file)]).code == 0
    reader.keys("Return")
    reader.gone(plans.LOAD_TITLE)


def test_it_is_read_first_and_applies_by_a_button(
    reader: Reader, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, "utf-8")
    window = Opened(reader, program, "settings").window
    section(window)
    window.find("label", plans.NONE_HERE)
    choose(reader, window, file)
    asks = window.find("label", part="Sit tall with a firm waist: 3 holds")
    assert "Side plank on knees (weeks 1 to 6): there is no mat" in asks.name
    assert program.status()["plan"] is None
    window.find("push button", plans.APPLY).press()
    told = wait_for(lambda: program.status()["plan"], 20, "it applies")
    assert (told["name"], told["from"]) == ("Six weeks", "Jane Doe")
    window.find("label", part="Week 1 of 6 of your plan by Jane Doe.")
    window.find("push button", plans.END).press()
    wait_for(lambda: program.status()["plan"] is None, 20, "it has ended")
    reader.hears(plans.yours("Six weeks"))
    reader.hears(plans.ENDED)


def test_a_mistake_is_told_with_its_line_and_nothing_applies(
    reader: Reader, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("repetitions", "repetitons"), "utf-8")
    window = Opened(reader, program, "settings").window
    section(window)
    choose(reader, window, file)
    reader.hears("line 5: weeks.1-6.str-brace.repetitons: unknown key")
    assert program.status()["plan"] is None


def test_today_says_what_is_due_and_why_some_is_not(
    reader: Reader, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, "utf-8")
    assert program.run("plan", "load", str(file), "--yes").code == 0
    window = Opened(reader, program).window
    window.find("label", part="Week 1 of 6 of your plan by Jane Doe.")
    told = window.find("label", part="3 holds of").name
    assert "done 0 of 2" in told
    assert "not now: there is no mat" in told


def test_where_no_program_runs_it_does_not_say_that_there_is_no_plan(
    reader: Reader, program: Program, tmp_path: Path
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN, "utf-8")
    assert program.run("plan", "load", str(file), "--yes").code == 0
    assert program.run("quit").code == 0
    program.wait_exit()
    window = Opened(reader, program, "settings").window
    section(window)
    window.find("label", plans.UNKNOWN)
    program.start()
    window.find("label", part="Week 1 of 6 of your plan by Jane Doe.")
