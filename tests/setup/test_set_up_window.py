"""The set-up's and the safety text's windows on a real desktop, with the keyboard alone."""

from collections.abc import Callable

from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import load
from qlbreak.setup.questions import spans
from qlbreak.system.resources import example_config
from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

URGENT = (247, 215, 148)  # the surface of what must be seen now, when light
FOCUS = (20, 88, 200)
SETTINGS = {"QLBREAK_THEME": "light"}


class Window:
    """The one that a command opens."""

    def __init__(self, desktop: Desktop, *words: str, **settings: str) -> None:
        self.desktop = desktop
        self.path = desktop.folder / "config.toml"
        self.path.write_bytes(example_config().read_bytes())
        self.program: Program = desktop.program("--config", str(self.path))
        self.process = self.program.start(*words, **SETTINGS, **settings)
        self.wait_for(lambda: any(self.titles), "a window")

    @property
    def titles(self) -> list[str]:
        return self.desktop.window_titles()

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        wait_for(condition, 10, what, lambda: (self.titles, self.program.log))

    def press(self, *keys: str) -> None:
        self.desktop.type_key(*keys)

    def press_until(self, key: str, condition: Callable[[], object], what: str) -> None:
        """For keys that do no harm twice: a window that opens may not have the keyboard yet."""

        def tried() -> object:
            self.press(key)
            return condition()

        self.wait_for(tried, what)

    def page(self, title: str) -> None:
        self.wait_for(lambda: self.titles == [f"qlbreak: {title}"], title)

    def shows(self, colour: tuple[int, int, int]) -> bool:
        found = self.desktop.screenshot().convert("RGB").getcolors(1 << 20) or []
        return sum(count for count, seen in found if seen == colour) > 500


def awake(window: Window) -> None:
    """Reads when to get help, which is there for the asking, and goes back to the main button."""
    window.page("set-up")
    window.desktop.wait_keys("qlbreak: set-up")
    assert not window.shows(URGENT)
    window.press("shift+Tab")
    window.press_until("space", lambda: window.shows(URGENT), "when to get help")
    window.press("Tab")


def test_from_start_to_end_by_the_keyboard(bare_desktop: Desktop) -> None:
    window = Window(bare_desktop, "set-up")
    awake(window)
    window.press("Return")
    window.page("set-up, 1 of 6")
    window.press("Up", "Up", "Return")  # from neither to left
    window.page("set-up, 2 of 6")
    window.press("Up", "Return")
    window.page("set-up, 3 of 6")
    window.press("Right")  # at home
    window.press("Tab", "space", *["Tab"] * 4, "space")  # no chair, a ball
    window.press(*["Tab"] * 7, "space", "Return")  # which is not so at the office
    window.page("set-up, 4 of 6")
    window.press("Tab", "space", "Return")
    window.page("set-up, 5 of 6")
    window.press("space", *["Down"] * 11, "space", *["Down"] * 3, "space", "Return")
    window.page("set-up, 6 of 6")
    window.press("Down", "Down", "Tab", "x", "Return")
    window.wait_for(lambda: window.shows(URGENT), "what is wrong")
    window.press("ctrl+slash")
    bare_desktop.run(["xdotool", "type", "Mon-Fri 9:00-17:00"])
    window.press("Return")
    window.page("set-up")  # all is said
    window.press("Return")
    assert window.process.wait_exit(5) == 0
    assert window.program.log.startswith(f"Written to {window.path}")
    config = load(window.path)
    assert config.profile == Profile(
        tighter=Side.LEFT,
        weaker=Side.RIGHT,
        here=Place.HOME,
        home=frozenset({"desk", "wall", "soft ball", "mat"}),
        cautions=frozenset({"osteo", "preg", "preg-late", "wrist"}),
    )
    assert spans(config.settings) == ["Mon-Fri 09:00-17:00"]
    remarks = [line for line in example_config().read_text().splitlines() if "#" in line]
    assert [line for line in window.path.read_text().splitlines() if "#" in line] == remarks


def test_escape_writes_nothing(bare_desktop: Desktop) -> None:
    window = Window(bare_desktop, "set-up")
    before = window.path.stat()
    awake(window)
    window.press("Return")
    window.page("set-up, 1 of 6")
    window.press("Up", "Return")
    window.page("set-up, 2 of 6")
    window.press("Escape")
    assert window.process.wait_exit(5) == 0
    assert window.program.log == "Nothing was written.\n"
    assert window.path.stat() == before


def test_skip_leaves_a_question_as_it_is(bare_desktop: Desktop) -> None:
    window = Window(bare_desktop, "set-up")
    awake(window)
    window.press("Return")
    window.page("set-up, 1 of 6")
    window.press("Up", "Tab", "Tab", "Tab", "space")
    window.page("set-up, 2 of 6")
    window.press("Tab", "space")  # back
    for number in range(1, 7):
        window.page(f"set-up, {number} of 6")
        window.press("Return")
    window.page("set-up")
    window.press("Return")
    assert window.process.wait_exit(5) == 0
    assert window.program.log == "Nothing was written.\n"


def test_a_small_window_shows_what_has_the_keyboard(bare_desktop: Desktop) -> None:
    window = Window(bare_desktop, "set-up")
    awake(window)
    number, *_ = bare_desktop.run(["xdotool", "search", "--name", "qlbreak"]).out.split()
    bare_desktop.run(["xdotool", "windowsize", "--sync", number, "640", "480"])
    for page in range(1, 6):
        window.press("Return")
        window.page(f"set-up, {page} of 6")
    window.press(*["Down"] * 15)
    window.wait_for(lambda: window.shows(FOCUS), "the ring around the last of them")
    window.press("Escape")
    assert window.process.wait_exit(5) == 0


def test_the_safety_text_opens_and_closes(bare_desktop: Desktop) -> None:
    window = Window(bare_desktop, "safety", "--window")
    window.page("safety")
    window.wait_for(lambda: window.shows(URGENT), "the text")
    window.press_until("Down", lambda: not window.shows(URGENT), "further down")
    window.press_until("Prior", lambda: window.shows(URGENT), "up again")
    window.press("Escape")
    assert window.process.wait_exit(5) == 0
    assert window.program.log == ""
