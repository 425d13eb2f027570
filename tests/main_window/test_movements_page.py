"""The page Movements by names and roles: found, read, done now, never offered and offered again."""

from pathlib import Path

import pytest

from desk import CATALOGUE
from main_window.mainwindow import Opened
from qlbreak.settings import config
from qlbreak.texts import library
from rig import inspection
from rig.accessibility import Node, Reader
from rig.offscreen import settle
from rig.program import Program
from rig.waiting import wait_for
from thorough import themes

pytestmark = pytest.mark.desktop

WALL = CATALOGUE.movements["len-boomerang-wall"]


@pytest.fixture
def program(reader: Reader) -> Program:
    return reader.desktop.program().known()


def settings(program: Program) -> Path:
    file = Path(program.env["HOME"], ".config", "qlbreak", "config.toml")
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def listed(window: Node) -> list[str]:
    return [item.name for item in window.find("list", library.LIST).all("list item")]


def searched(reader: Reader, window: Node, words: str, number: int) -> None:
    window.find("text", library.SEARCH).focus()
    reader.keys("ctrl+a", *words)
    wait_for(lambda: len(listed(window)) == number, 10, f"{number} fit", lambda: listed(window))


def test_a_movement_is_found_and_its_card_read(reader: Reader, program: Program) -> None:
    window = Opened(reader, program, "movements", QLBREAK_MOTION="reduced").window
    window.find("label", library.count(len(CATALOGUE.movements)))
    searched(reader, window, "boomerang", 2)
    window.find("label", WALL.plain_name)
    window.find("image", library.figure(WALL, next(iter(library.SIDES))))
    for step in WALL.steps_for(WALL.default_s):
        window.find("label", part=step)
    window.find("label", WALL.caution)


def test_never_this_one_stands_in_the_settings_until_it_is_taken_back(
    reader: Reader, program: Program
) -> None:
    window = Opened(reader, program, "movements", QLBREAK_MOTION="reduced").window
    searched(reader, window, "boomerang", 2)
    window.find("push button", library.NEVER).press()
    window.find("label", library.NOW_NEVER)
    never = config.load(settings(program)).settings.you.never
    assert never == {WALL.id}
    window.find("label", library.IS_NEVER)
    window.find("push button", library.AGAIN).press()
    window.find("label", library.NOW_AGAIN)
    assert config.load(settings(program)).settings.you.never == frozenset()


def test_what_does_not_suit_the_person_is_left_out_and_said(
    reader: Reader, program: Program
) -> None:
    settings(program).write_text('[you]\ncautions = ["shoulder"]\nnever = ["reset-walk"]\n')
    window = Opened(reader, program, "movements", QLBREAK_MOTION="reduced").window
    window.find("check box", library.MINE).press()
    wait_for(lambda: len(listed(window)) < len(CATALOGUE.movements), 10, "some are left out")
    assert not [line for line in listed(window) if WALL.plain_name in line or "walk" in line]
    window.find("check box", library.MINE).press()
    searched(reader, window, "boomerang", 2)
    window.find("label", part="This does not suit what you need to be careful with")


def test_do_it_now_opens_the_guide_of_it(reader: Reader, program: Program) -> None:
    program.start()
    wait_for(program.answers, 10, "it answers")
    window = Opened(reader, program, "movements", QLBREAK_MOTION="reduced").window
    searched(reader, window, "boomerang", 2)
    window.find("push button", library.DO_IT).press()
    window.find("label", library.OPENING)
    wait_for(
        lambda: any(fact["type"] == "started" for fact in program.journal()), 20, "it is begun"
    )
    shown = [fact for fact in program.journal() if fact["type"] == "shown"]
    assert shown[-1]["routine"] == WALL.id


@pytest.mark.parametrize("theme", themes("light"))
def test_nothing_in_it_is_nameless_lost_or_hard_to_read(
    reader: Reader, program: Program, theme: str
) -> None:
    window = Opened(
        reader, program, "movements", QLBREAK_MOTION="reduced", QLBREAK_THEME=theme
    ).window
    window.find("label", library.count(len(CATALOGUE.movements)))
    found = inspection.complaints(reader, window)
    assert not found, "\n".join(found)


@pytest.mark.usefixtures("offscreen")
@pytest.mark.parametrize("width", [200, 300, 400])
def test_no_word_of_a_filter_is_cut(width: int) -> None:
    """On GNOME, whose letters are wider than Plasma's, "Every position" was."""
    from PySide6.QtWidgets import QComboBox

    from qlbreak.main_window.movements_page import Filters

    filters = Filters(lambda: None)
    filters.resize(width, 400)
    filters.show()
    settle()
    found = filters.findChildren(QComboBox)
    told = {box.accessibleName(): (box.width(), box.sizeHint().width()) for box in found}
    assert len(told) == 3
    assert {name: of for name, of in told.items() if of[0] < of[1]} == {}
