"""The guide by somebody who goes by names and roles: what is there, what it says, and how often."""

import sys
from typing import Any

import pytest

from desk import CATALOGUE
from guide.test_guide_window import OTHER
from qlbreak.texts import guidance
from rig import inspection
from rig.accessibility import Node, Reader
from rig.guideuser import begin, heard
from rig.processes import Process
from rig.program import import_path
from rig.waiting import wait_for
from thorough import themes

pytestmark = pytest.mark.desktop
ROUTINE = "r60-desk"
ROCK, REACH = (block.movement for block in CATALOGUE.exercises(CATALOGUE.routines[ROUTINE].blocks))


class Guide:
    """Its window, found by its name."""

    def __init__(self, reader: Reader, **env: str) -> None:
        self.reader = reader
        self.process: Process = begin(reader.desktop, ROUTINE, "left", **env)
        self.window: Node = reader.window("Get ready")

    def press(self, name: str) -> None:
        self.window.find("push button", name).press()

    def wait_title(self, part: str) -> None:
        self.reader.window(part)

    @property
    def bar(self) -> Node:
        return self.window.find("progress bar", guidance.SECONDS_LEFT)

    def ended(self) -> list[dict[str, Any]]:
        """What its listener has heard."""
        assert self.process.wait_exit(20) == 0, self.process.log.read_text()
        return heard(self.reader.desktop)


def test_all_of_it_by_names_and_roles(reader: Reader) -> None:
    guide = Guide(reader)
    guide.wait_title("Both sides")
    guide.press("Pause")
    guide.window.find("label", guidance.paused("Both sides"))
    left = guide.bar.value
    guide.press("Go on")
    wait_for(lambda: (guide.bar.value or 0) < (left or 0), 5, "it goes on")
    guide.press("Next")
    guide.wait_title("Get ready: left side")
    guide.press("Back")
    guide.wait_title(f"Get ready: {ROCK.name}")
    guide.press("Next")
    guide.wait_title("Get ready: left side")
    guide.press("Finish")
    guide.wait_title(guidance.QUESTION)
    guide.press("Easier")
    guide.wait_title(guidance.THANKS)
    told = guide.ended()
    assert {"felt": "easier"} in told
    assert {work[0] for line in told for work in line.get("worked", [])} == {ROCK.id}


def test_the_figure_is_an_image_that_says_its_pose(reader: Reader) -> None:
    guide = Guide(reader)
    guide.wait_title("Both sides")
    figure = guide.window.find("image", ROCK.name)
    first, *others = ROCK.steps_for(15)
    assert figure.description == first
    wait_for(lambda: figure.description in others, 10, "the next pose", lambda: figure.description)
    assert reader.hears(others[0][:-1])  # and is said when it is due
    guide.press("Next")
    guide.wait_title("Get ready: left side")
    assert guide.window.find("image", REACH.name)
    guide.press("Close")
    guide.ended()


def test_each_stretch_is_said_once_in_its_order(reader: Reader) -> None:
    guide = Guide(reader, QLBREAK_GUIDE_SPEED="3")
    guide.wait_title(guidance.QUESTION)
    wait_for(lambda: guidance.QUESTION in reader.said, 5, "the question is said")
    names = ROCK.name, REACH.name
    assert [words for words in reader.said if words.endswith(names)] == [
        guidance.title("Get ready", ROCK.name),
        guidance.title("Both sides", ROCK.name),
        guidance.title("Get ready: left side", REACH.name),
        guidance.title("Left side", REACH.name),
        guidance.title("Then: right side", REACH.name),
        guidance.title("Change sides: right", REACH.name),
        guidance.title("Right side", REACH.name),
    ]
    guide.press("Close")
    guide.ended()


def test_the_countdown_tells_no_more_than_a_value_a_second(reader: Reader) -> None:
    """Seconds of its own: how fast this machine is does not matter."""
    guide = Guide(reader)
    guide.wait_title("Both sides")
    bar = guide.bar
    first = int(bar.value or 0)
    before = changes(reader, bar)
    wait_for(lambda: (bar.value or 0) <= first - 5, 10, "five seconds are over")
    last = int(bar.value or 0)
    assert 1 <= changes(reader, bar) - before <= first - last + 1
    guide.press("Close")
    guide.ended()


def changes(reader: Reader, bar: Node) -> int:
    """How often it was told that its value is another."""
    there = "accessible-value", bar.path
    return sum((event.detail, event.source) == there for event in reader.heard)


def test_unasked_it_says_what_comes_and_leaves_the_keyboard(reader: Reader) -> None:
    desktop = reader.desktop
    desktop.spawn("other", [sys.executable, "-c", OTHER], env={**desktop.env, **import_path()})
    letter = reader.window("letter").find("text")
    desktop.wait_keys("letter")
    guide = Guide(reader)
    assert reader.hears("Get ready") == guidance.title("Get ready", ROCK.name)
    guide.wait_title("Both sides")
    assert reader.focused == letter
    assert guide.window.with_focus() is None
    guide.press("Close")  # nothing else needs it either
    guide.ended()
    assert reader.focused == letter


@pytest.mark.parametrize("theme", themes("contrast-dark"))
def test_everybody_can_use_each_of_its_pages(reader: Reader, theme: str) -> None:
    """All as it stands: what moves cannot be looked at."""
    guide = Guide(reader, QLBREAK_THEME=theme, QLBREAK_MOTION="reduced")
    found: list[str] = []

    def look() -> None:
        title = guide.window.name
        found.extend(f"{title}: {line}" for line in inspection.complaints(reader, guide.window))

    guide.reader.desktop.activate("Get ready")
    guide.press("Pause")
    look()
    guide.press("Go on")
    guide.wait_title("Both sides")
    found += inspection.hard_to_read(reader, guide.window)
    wait_for(lambda: (guide.bar.value or 0) < 13, 10, "something is done")
    guide.press("Pause")
    look()
    for title in ("Get ready: left", "Change sides: right"):  # two presses in a moment are one
        guide.press("Next")
        guide.wait_title(title)
    look()
    guide.press("Finish")
    guide.wait_title(guidance.QUESTION)
    look()
    guide.press("Safety")
    guide.window.find("label", "Get help now")
    look()
    guide.press("Back")
    guide.press("Worse")
    guide.wait_title(guidance.THANKS)
    look()
    assert found == []
