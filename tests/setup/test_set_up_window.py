"""The set-up's window as somebody uses it who does not see it, and by the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from needing import writing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import MINUTE
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import load
from qlbreak.setup.questions import spans
from qlbreak.system.resources import example_config
from qlbreak.texts import first_steps, safety
from rig import inspection
from rig.accessibility import Node, Reader
from rig.program import Program
from rig.waiting import wait_for
from thorough import themes

pytest.importorskip("PySide6.QtWidgets", reason="no Qt here", exc_type=ImportError)
STEPS = 6


class Newcomer:
    """Somebody before the set-up, whose settings are the example."""

    def __init__(self, reader: Reader, **env: str) -> None:
        self.reader, self.desktop = reader, reader.desktop
        home = Path(self.desktop.env["HOME"])
        self.path = home / ".config/qlbreak/config.toml"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(example_config().read_bytes())
        self.autostart = home / ".config/autostart/qlbreak.desktop"
        self.launcher = home / ".local/share/applications/qlbreak.desktop"
        self.program: Program = self.desktop.program()
        self.process = self.program.start("set-up", **env)
        self.window = reader.window("set-up")
        self.desktop.wait_keys("qlbreak: set-up")

    def press(self, name: str) -> None:
        self.window.find("push button", name).press()

    def choose(self, *names: str) -> None:
        """Radio buttons and check boxes, by their names."""
        for name in names:
            self.window.find("", name).press()

    def ticked(self) -> set[str]:
        marks = [*self.window.all("check box"), *self.window.all("radio button")]
        return {node.name for node in marks if node.checked}

    def groups(self) -> list[Node]:
        """Of choices, in their order."""
        return [node for node in self.window.all("panel") if node.name]

    def page(self, number: int) -> Node:
        return self.reader.window(f"set-up, {number} of {STEPS}")

    def done(self) -> Node:
        return self.reader.window("set-up, done")

    def keys(self, *names: str) -> None:
        self.reader.keys(*names)

    def ended(self) -> str:
        """What it said at its end."""
        assert self.process.wait_exit(10) == 0, self.program.log
        lines = self.program.log.splitlines()
        return "\n".join(line for line in lines if not line.startswith("qt."))


@pytest.fixture
def newcomer(reader: Reader) -> Newcomer:
    return Newcomer(reader)


def test_all_of_it_by_names_and_roles(newcomer: Newcomer) -> None:
    for number, answer in enumerate((_welcome, _icon, _when, _sides, _cautions, _things, _start)):
        if number:
            newcomer.page(number)
        answer(newcomer)
    done = newcomer.done()
    assert newcomer.reader.hears(first_steps.KEPT)
    assert done.has("label", first_steps.NOT_RUNNING)
    newcomer.press("Close")
    assert newcomer.ended().startswith(f"Written to {newcomer.path}.\n{first_steps.KEPT}\n")
    config = load(newcomer.path)
    assert config.profile == Profile(
        tighter=Side.LEFT,
        weaker=Side.RIGHT,
        here=Place.HOME,
        home=frozenset({"desk", "wall", "soft ball", "mat"}),
        cautions=frozenset({"preg", "preg-late", "wrist"}),
    )
    assert (config.rules.sitting, config.rules.routine) == (45 * MINUTE, 180)
    assert spans(config.settings) == ["Mon-Fri 09:00-17:00"]
    remarks = [line for line in example_config().read_text().splitlines() if "#" in line]
    assert [line for line in newcomer.path.read_text().splitlines() if "#" in line] == remarks
    assert newcomer.autostart.exists()
    assert newcomer.launcher.exists()


def _welcome(newcomer: Newcomer) -> None:
    for words in (first_steps.WHAT, first_steps.FIGURES, safety.disclaimer()):
        assert newcomer.window.find("", words)
    newcomer.press("Begin")


def _icon(newcomer: Newcomer) -> None:
    assert newcomer.window.has("label", first_steps.HIDDEN["other"])
    newcomer.press("Next")


def _when(newcomer: Newcomer) -> None:
    assert newcomer.ticked() == {"30 minutes (recommended)", "1 minute (recommended)", "Always"}
    newcomer.choose("45 minutes", "3 minutes")
    newcomer.window.find("text", first_steps.OWN_HOURS).type("Mon-Fri 9:00-17:00")
    newcomer.press("Next")


def _sides(newcomer: Newcomer) -> None:
    tighter, weaker = newcomer.groups()
    tighter.find("radio button", "Left").press()
    weaker.find("radio button", "Right").press()
    newcomer.press("Next")


def _cautions(newcomer: Newcomer) -> None:
    """A stricter one ticks what it is a form of."""
    assert newcomer.window.find("check box", "Pregnant").description == "Hides 13 movements"
    newcomer.choose("Pregnant beyond about 16 weeks", "A wrist that needs care")
    assert newcomer.reader.hears("movements are left")
    assert {"Pregnant", "Pregnant beyond about 16 weeks"} <= newcomer.ticked()
    newcomer.press("Next")


def _things(newcomer: Newcomer) -> None:
    """At home there is something else than at the office, and a floor."""
    window = newcomer.window
    window.find("radio button", "At home").press()
    assert window.find("panel", "At home")
    newcomer.choose("A chair", "A soft ball", "The same at the office")
    assert window.find("panel", "At the office")
    newcomer.groups()[-1].find("check box", "At home").press()
    newcomer.press("Next")


def _start(newcomer: Newcomer) -> None:
    assert newcomer.ticked() == {first_steps.LOGIN, first_steps.LAUNCHER}
    newcomer.press("Save")


def test_all_of_it_by_the_keyboard(newcomer: Newcomer) -> None:
    newcomer.keys("Return")
    newcomer.page(1)
    newcomer.keys("Return")
    newcomer.page(2)
    newcomer.keys("Up", "Return")  # from 30 minutes to 20
    newcomer.page(3)
    newcomer.keys("Up", "Up", "Tab", "Up", "Return")  # from neither to left, and to right
    newcomer.page(4)
    newcomer.keys("Tab", "space", "Return")
    newcomer.page(5)
    newcomer.keys("Tab", "space", "Return")  # no chair
    newcomer.page(6)
    newcomer.keys("Tab", "space", "Return")  # no entry in the menu
    newcomer.done()
    newcomer.keys("Escape")
    assert newcomer.ended().startswith("Written to ")
    config = load(newcomer.path)
    assert config.rules.sitting == 20 * MINUTE
    assert (config.profile.tighter, config.profile.weaker) == (Side.LEFT, Side.RIGHT)
    assert config.profile.cautions == {"bleed"}
    assert config.profile.office == config.profile.home == {"desk", "wall"}
    assert newcomer.autostart.exists()
    assert not newcomer.launcher.exists()


def test_escape_writes_nothing(newcomer: Newcomer) -> None:
    before = writing(newcomer.path)
    newcomer.keys("Return")
    newcomer.page(1)
    newcomer.keys("Return")
    newcomer.page(2)
    newcomer.keys("Up", "Return")
    newcomer.page(3)
    newcomer.keys("Escape")
    assert newcomer.ended() == first_steps.NOTHING_WRITTEN
    assert writing(newcomer.path) == before
    assert not newcomer.autostart.exists()


def test_skip_leaves_all_as_it_is(newcomer: Newcomer) -> None:
    before = writing(newcomer.path)
    newcomer.press("Begin")
    for number in range(1, STEPS + 1):
        newcomer.page(number)
        if number == 3:
            newcomer.window.all("radio button", "Left")[0].press()
        newcomer.press("Skip")
    assert newcomer.done().has("label", first_steps.UNCHANGED)
    newcomer.press("Close")
    assert newcomer.ended().startswith(first_steps.UNCHANGED)
    assert writing(newcomer.path) == before
    assert not newcomer.autostart.exists()


def test_back_keeps_what_was_answered(newcomer: Newcomer) -> None:
    newcomer.press("Begin")
    for number in (1, 2):
        newcomer.page(number)
        newcomer.press("Next")
    newcomer.page(3)
    newcomer.window.all("radio button", "Left")[0].press()
    newcomer.press("Next")
    newcomer.page(4)
    newcomer.press("Back")
    newcomer.page(3)
    assert newcomer.window.all("radio button", "Left")[0].checked
    newcomer.keys("Escape")


def test_hours_that_are_none_are_said_in_their_place(newcomer: Newcomer) -> None:
    window = newcomer.window
    newcomer.press("Begin")
    newcomer.page(1)
    newcomer.press("Next")
    newcomer.page(2)
    field = window.find("text", first_steps.OWN_HOURS)
    field.type("sometimes")
    assert "At other hours" in newcomer.ticked()
    newcomer.press("Next")
    assert newcomer.reader.hears("sometimes")
    wait_for(lambda: field.has_focus, 5, "the field has the keyboard")
    field.type("Mon-Thu 9-17")
    newcomer.press("Next")
    newcomer.page(3)
    newcomer.keys("Escape")


def test_when_to_get_help_is_there_for_the_asking(newcomer: Newcomer) -> None:
    now = safety.sections()[0].title
    assert not newcomer.window.has("label", now)
    newcomer.press(first_steps.HELP)
    assert newcomer.window.find("label", now)
    newcomer.keys("Escape")


def test_undone_it_is_as_it_was(newcomer: Newcomer) -> None:
    before = newcomer.path.read_bytes()
    newcomer.press("Begin")
    for number in range(1, STEPS + 1):
        newcomer.page(number)
        if number == 2:
            newcomer.choose("20 minutes")
        newcomer.press("Next" if number < STEPS else "Save")
    newcomer.done()
    newcomer.press("Close")
    newcomer.ended()
    assert newcomer.path.read_bytes() != before
    assert newcomer.autostart.exists()
    told = newcomer.program.run("set-up", "--undo")
    assert (told.code, told.out) == (0, f"{first_steps.UNDONE}\n")
    assert newcomer.path.read_bytes() == before
    assert not newcomer.autostart.exists()
    assert not newcomer.launcher.exists()


def test_at_its_end_it_says_when_the_first_reminder_comes_and_shows_a_routine(
    reader: Reader,
) -> None:
    program = reader.desktop.program()
    program.start("run")
    window = reader.window("set-up")  # it comes by itself
    window.find("push button", "Begin").press()
    for number in range(1, STEPS + 1):
        reader.window(f"{number} of {STEPS}")
        window.find("push button", "Next" if number < STEPS else "Save").press()
    done = reader.window("set-up, done")
    assert done.find("label", part="Your first reminder comes at about ")
    done.find("push button", first_steps.TRY).press()
    wait_for(lambda: not _titled(reader, "set-up"), 10, "it makes room")
    program.wait_fact(lambda fact: fact["type"] == "started")
    program.run("quit")
    assert program.wait_exit(10) == 0


def _titled(reader: Reader, part: str) -> list[str]:
    return [title for title in reader.desktop.window_titles() if part in title]


@pytest.mark.parametrize("theme", themes("dark"))
def test_every_page_can_be_used_and_read_by_all(reader: Reader, theme: str) -> None:
    newcomer = Newcomer(reader, QLBREAK_THEME=theme)
    assert dict(_complaints(newcomer)) == {}
    newcomer.press("Close")
    newcomer.ended()


def _complaints(newcomer: Newcomer) -> Iterator[tuple[int, list[str]]]:
    """By page, where there are any."""
    for number in range(STEPS + 2):
        if number > STEPS:
            newcomer.done()
        elif number:
            newcomer.page(number)
        if found := inspection.complaints(newcomer.reader, newcomer.window):
            yield number, found
        if number <= STEPS:
            newcomer.press({0: "Begin", STEPS: "Save"}.get(number, "Next"))


def test_a_small_window_at_a_large_scale_shows_what_has_the_keyboard(reader: Reader) -> None:
    newcomer = Newcomer(reader, QLBREAK_SCALE="2")
    number = newcomer.desktop.activate("qlbreak")
    newcomer.desktop.run(["xdotool", "windowsize", "--sync", str(number), "1024", "600"])
    for page in range(1, 5):
        newcomer.keys("Return")
        newcomer.page(page)
    newcomer.keys(*["Tab"] * 15)
    last = newcomer.window.find("check box", "A hip replacement")
    wait_for(lambda: last.has_focus, 5, "the last one has the keyboard")
    _, top, _, bottom = newcomer.window.box
    assert top < last.box[1] < last.box[3] < bottom
    newcomer.keys("Escape")
    newcomer.ended()


def test_the_safety_text_opens_and_closes(reader: Reader) -> None:
    process = reader.desktop.program().start("safety", "--window")
    window = reader.window("safety")
    assert window.find("label", safety.sections()[0].title)
    reader.desktop.wait_keys("qlbreak: safety")
    reader.keys("Escape")
    assert process.wait_exit(5) == 0
