"""A first day by somebody who goes by names and roles alone: set-up, guide and check-in, one after
the other, in one home."""

from pathlib import Path

import pytest

from qlbreak.core.model.rules import MINUTE
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import load
from qlbreak.texts import check_in, first_steps, guidance
from rig.accessibility import Node, Reader
from rig.program import Program

pytestmark = pytest.mark.desktop
STEPS = 6


def test_a_first_day_without_seeing_anything(reader: Reader) -> None:
    program = reader.desktop.program()
    program.start("run", QLBREAK_GUIDE_SPEED="3")
    _set_up(reader, reader.window("set-up"))  # it comes by itself
    home = Path(reader.desktop.env["HOME"])
    config = load(home / ".config/qlbreak/config.toml")
    assert (config.rules.sitting, config.profile.tighter) == (45 * MINUTE, Side.LEFT)
    assert config.profile.cautions == {"wrist"}
    entry = home / ".config/autostart/qlbreak.desktop"
    assert str(program.data_dir) in entry.read_text()
    _guide(reader, program)
    _check_in(reader, program)
    assert program.run("quit").code == 0
    assert program.wait_exit(10) == 0


def _set_up(reader: Reader, window: Node) -> None:
    window.find("push button", "Begin").press()
    for number in range(1, STEPS + 1):
        reader.window(f"{number} of {STEPS}")
        match number:
            case 2:
                window.find("radio button", "45 minutes").press()
            case 3:
                window.all("radio button", "Left")[0].press()
            case 4:
                window.find("check box", "A wrist that needs care").press()
            case 6:
                assert window.find("check box", first_steps.LOGIN).checked
            case _:
                pass
        window.find("push button", "Next" if number < STEPS else "Save").press()
    reader.window("set-up, done").find("push button", first_steps.TRY).press()
    reader.gone("set-up")


def _guide(reader: Reader, program: Program) -> None:
    # Of a movement, whichever the coach has chosen. Without a tray the one window comes as well.
    window = reader.window(": ", beside="qlbreak: ")
    window.find("push button", "Pause").press()
    window.find("label", part=guidance.paused(""))
    window.find("push button", "Go on").press()
    reader.window(guidance.QUESTION)
    window.find("push button", "Easier").press()
    program.wait_fact(lambda fact: fact["type"] == "felt")
    facts = {fact["type"]: fact for fact in program.journal()}
    answered = facts["answered"]
    assert (answered["answer"], answered["evidence"]) == ("done", "guided")
    assert "worked" in facts
    assert facts["felt"]["feeling"] == "easier"
    reader.gone(guidance.THANKS)


def _check_in(reader: Reader, program: Program) -> None:
    running = program.process
    program.start("check-in")
    window = reader.window("check-in")
    for place, level in (("left", "6"), ("right", "2")):
        group = window.find("panel", check_in.PLACES[place])
        group.find("radio button", level).press()
    window.find("push button", "Save").press()
    fact = program.wait_fact(lambda fact: fact["type"] == "checkedin")
    assert (fact["left"], fact["right"]) == (6, 2)
    reader.window("noted").find("push button", "Close").press()
    assert program.wait_exit(10) == 0
    program.process = running
