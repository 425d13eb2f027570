"""A screen with Wine's desktop on it: a bar with a tray, and somebody at the mouse."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby

from PIL import Image, ImageChops, ImageGrab

from rig.screen import Screen
from rig.waiting import Unmet, wait_for
from windows.wine_python import WinePython, starter

_EXPLORER = r"HKCU\Software\Wine\Explorer"
_BAR = 20  # its height in pixels, at the bottom; icons stand in it from the right
_NUDGE_S = 0.2
SOON = 10  # seconds, on a machine with nothing else to do
_INK, _PAPER = 200, 250  # darker is written, lighter is the menu's ground
_RULE = 2  # pixels that a separator is high at most
_TEXT = 20, 60  # from the menu's edge, where something of each label is

_ASIDE = 80  # pixels
_PATIENT = 4  # times as long, on a machine that has more to do
_FRAME, _HEAD = 6, 34  # pixels of a window, at its edges and at its top
_DRAWN = 40  # colours; until it is drawn it is black

Place = tuple[int, int]


class WineDesktop(Screen):
    """All that runs in the prefix is on it, and ends with it."""

    def __init__(self, windows: WinePython) -> None:
        super().__init__()
        self._windows = windows

    def start(self) -> None:
        super().start()
        self._windows.env["DISPLAY"] = self.display
        # Only the desktop of this name has a bar.
        self._register(_EXPLORER, "Desktop", "shell")
        self._register(rf"{_EXPLORER}\Desktops", "shell", self.screen)
        words = [*starter(), "explorer", f"/desktop=shell,{self.screen}"]
        self.spawn("explorer", words, env=self._windows.env)
        wait_for(lambda: self.shows("Wine desktop"), SOON, "the desktop is there")
        # Nobody else would give it the keyboard: there is no window manager.
        self.use("search", "--name", "Wine desktop", "windowfocus")

    def stop(self) -> None:
        self._windows.end()
        self._windows.env.pop("DISPLAY", None)
        super().stop()

    def _register(self, key: str, name: str, value: str) -> None:
        self._windows.register(key, name, value)

    @contextmanager
    def somebody(self) -> Iterator[None]:
        """At the mouse, for as long as this lasts."""
        gone = threading.Event()
        thread = threading.Thread(target=self._nudge, args=(gone,), name="somebody")
        thread.start()
        try:
            yield
        finally:
            gone.set()
            thread.join()

    def _nudge(self, gone: threading.Event) -> None:
        step = 1
        while not gone.wait(_NUDGE_S):
            self.use("mousemove_relative", "--", str(step), "0")
            step = -step

    def click(self, place: Place, button: int = 1) -> None:
        self.use("mousemove", *map(str, place), "click", str(button))

    def above_the_bar(self) -> Image.Image:
        """Where balloons and windows are."""
        seen = self.picture()
        return seen.crop((0, 0, seen.width, seen.height - _BAR))

    @property
    def icon(self) -> Place:
        """Where the first one in the tray is."""
        width, height = map(int, self.screen.split("x"))
        return width - _BAR // 2, height - _BAR // 2

    def menu(self) -> list[list[Place]]:
        """Opens that of the icon: where its lines are, in groups between separators. Once more
        where something else has left the screen meanwhile, as balloons do."""
        try:
            return self._opened()
        except Unmet:
            self.use("key", "Escape")
            return self._opened()

    def _opened(self) -> list[list[Place]]:
        before = self.picture()
        self.click(self.icon, 3)
        self.use("mousemove", "9", "9")  # or what the icon says of itself covers it
        return wait_for(lambda: self._lines(before), SOON, "a menu opens", busy=_PATIENT)

    def submenu(self, line: Place) -> Place:
        """Opens it: where its first line is, which stands to the left of that one."""
        first = line[0] - _ASIDE, line[1]
        before = self.picture().getpixel(first)
        self.click(line)
        wait_for(lambda: self.picture().getpixel(first) != before, SOON, "a submenu opens")
        return first

    def shows(self, title: str) -> bool:
        """A window with that in its title."""
        return any(re.search(title, told, re.I) for told in self.titles())

    def titles(self) -> list[str]:
        """Of all windows that are there."""
        return [window.title for window in self.windows() if window.title]

    def look_at(self, title: str) -> Image.Image | None:
        """A window whose title fits that pattern, when all of it is drawn."""
        found = [window for window in self.windows() if re.search(title, window.title, re.I)]
        if not found:
            return None
        left, top, right, bottom = box = found[-1].box
        width, height = right - left, bottom - top
        before, now = self.picture().crop(box), self.picture().crop(box)
        inside = now.crop((_FRAME, _HEAD, width - _FRAME, height - _FRAME))
        drawn = len(inside.getcolors(width * height) or ()) > _DRAWN
        return now if drawn and now.tobytes() == before.tobytes() else None

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def _lines(self, before: Image.Image) -> list[list[Place]]:
        """Of a menu that stands on the bar now and did not before; none while it is being drawn."""
        now = self.picture()
        width, height = now.size
        foot = height - _BAR - 4
        strip = (0, foot, width, foot + 2)
        changed = ImageChops.difference(now.crop(strip), before.crop(strip)).getbbox()
        if changed is None:
            return []
        left = changed[0]
        edge = _grey(now, (left + 2, 0, left + 3, foot))
        top = max((y for y, shade in enumerate(edge) if shade < _PAPER), default=0)
        text = (left + _TEXT[0], top + 1, left + _TEXT[1], foot)
        found = groups(now, text)
        return found if len(found) > 1 and found == groups(self.picture(), text) else []


def groups(picture: Image.Image, box: tuple[int, int, int, int]) -> list[list[Place]]:
    """The lines that are written in the box, between separators."""
    left, top, right, _ = box
    text, width = _grey(picture, box), right - left
    rows = [text[at : at + width] for at in range(0, len(text), width)]
    groups: list[list[Place]] = [[]]
    for is_ink, block in groupby(range(len(rows)), lambda row: min(rows[row]) < _INK):
        found = list(block)
        if is_ink and len(found) <= _RULE:
            groups.append([])
        elif is_ink:
            groups[-1].append((left, top + found[len(found) // 2]))
    return groups


def _grey(picture: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    return picture.crop(box).convert("L").tobytes()
