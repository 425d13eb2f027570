"""Writes pictures/{set-up,safety}.png: the real windows on a real desktop, by the keyboard."""

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from rig.desktop import Desktop
from rig.waiting import wait_for

PICTURES = ROOT / "docs" / "pictures"
URGENT = {"light": (247, 215, 148), "dark": (107, 78, 16)}  # the surface of "get help now"
GAP = 16


def opened(desktop: Desktop, title: str, *words: str, theme: str = "light") -> None:
    desktop.program().start(*words, QLBREAK_THEME=theme)
    shown(desktop, title)


def shown(desktop: Desktop, title: str) -> None:
    wait_for(lambda: title in desktop.window_titles(), 10, title)


def until(desktop: Desktop, key: str, condition: Callable[[], object]) -> None:
    """Until it has the keyboard; these keys do no harm twice."""

    def tried() -> object:
        desktop.type_key(key)
        return condition()

    wait_for(tried, 10, f"{key} is heard")


def picture(desktop: Desktop) -> Image.Image:
    """The window that has the keyboard, without its frame, once it no longer changes."""
    number = desktop.run(["xdotool", "getactivewindow"]).out.strip()
    told = desktop.run(["xwininfo", "-id", number]).out
    names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    left, top, width, height = (int(told.split(f"{name}:")[1].split()[0]) for name in names)
    shots = [Image.new("RGB", (1, 1))]

    def still() -> bool:
        shots.append(desktop.screenshot(box=(left, top, left + width, top + height)).convert("RGB"))
        return all(shot.tobytes() == shots[-1].tobytes() for shot in shots[-5:])

    wait_for(still, 10, "the window is drawn")
    return shots[-1]


def set_up(desktop: Desktop, theme: str) -> list[Image.Image]:
    """A question about a side, and the one about things."""
    opened(desktop, "qlbreak: set-up", "set-up", theme=theme)
    desktop.type_key("shift+Tab")
    until(desktop, "space", lambda: URGENT[theme] in colours(picture(desktop)))
    desktop.type_key("Tab", "Return")
    shown(desktop, "qlbreak: set-up, 1 of 6")
    desktop.type_key("Up", "Up")
    side = picture(desktop)
    desktop.type_key("Return")
    shown(desktop, "qlbreak: set-up, 2 of 6")
    desktop.type_key("Return")
    shown(desktop, "qlbreak: set-up, 3 of 6")
    desktop.type_key(*["Tab"] * 5, "space", "Tab", "Tab", "Tab", "space", "shift+Tab")
    things = picture(desktop)
    desktop.type_key("Escape")
    wait_for(lambda: not any(desktop.window_titles()), 5, "it is closed")
    return [side, things]


def safety(desktop: Desktop) -> Image.Image:
    opened(desktop, "qlbreak: safety", "safety", "--window")
    wait_for(lambda: URGENT["light"] in colours(picture(desktop)), 5, "the text")
    shot = picture(desktop)
    until(desktop, "Escape", lambda: not any(desktop.window_titles()))
    return shot


def colours(shot: Image.Image) -> set[object]:
    return {colour for _, colour in shot.getcolors(1 << 20) or []}


def beside(shots: list[Image.Image]) -> Image.Image:
    width = sum(shot.width for shot in shots) + GAP * (len(shots) - 1)
    sheet = Image.new("RGB", (width, max(shot.height for shot in shots)), "white")
    left = 0
    for shot in shots:
        sheet.paste(shot, (left, 0))
        left += shot.width + GAP
    return sheet


def save(shot: Image.Image, name: str) -> None:
    reduced = shot.quantize(96, dither=Image.Dither.NONE)
    reduced.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    with Desktop(panel=False, dunst=False) as desktop:
        side, _ = set_up(desktop, "light")
        _, things = set_up(desktop, "dark")
        save(beside([side, things]), "set-up")
        save(safety(desktop), "safety")


if __name__ == "__main__":
    main()
