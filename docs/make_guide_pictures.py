"""Writes pictures/guide-*.png: the real guided routine in its window and in a terminal."""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from rig.desktop import Desktop
from rig.guideuser import SCRIPT, GuideUser
from rig.program import import_path
from rig.waiting import now, wait_for

PICTURES = ROOT / "docs" / "pictures"
TERMINAL = ["xterm", "-T", "guide", "-geometry", "80x24", "-fa", "DejaVu Sans Mono", "-fs", "11"]
COLOURS = ["-bg", "#1d2226", "-fg", "#e6e9ea", "-xrm", "*cursorBlink: false"]


class LargeDesktop(Desktop):
    """Has room for a window with twice the pixels."""

    screen = "1920x1400"


def wait(seconds: float) -> None:
    """For a movement to be at its most telling."""
    until = now() + seconds
    wait_for(lambda: now() >= until, seconds + 5, "time passes")


def at(desktop: Desktop, legs: int, title: str, **env: str) -> GuideUser:
    """So many legs further in the routine, when its window has this title."""
    user = GuideUser(desktop, "r90-desk", **env)
    user.wait_title("Get ready")
    user.focus()
    for _ in range(legs):
        before = user.title
        user.press("Right")
        wait_for(lambda before=before: user.title != before, 5, "the next leg")  # type: ignore[misc]
    user.wait_title(title)
    return user


def window(desktop: Desktop, name: str, legs: int, title: str, seconds: float, **env: str) -> None:
    user = at(desktop, legs, title, **env)
    wait(seconds)
    save(user.picture(), name)
    ended(user)


def end_page(desktop: Desktop) -> None:
    """Of one that was done to its end, in a few seconds."""
    user = GuideUser(desktop, "r90-desk", QLBREAK_GUIDE_SPEED="20")
    user.wait_title("How does your lower back feel now?")
    user.focus()
    wait(0.3)
    save(user.picture(), "guide-end")
    ended(user)


def ended(user: GuideUser) -> None:
    user.press("Escape")
    user.process.wait_exit(5)


def terminal(desktop: Desktop) -> None:
    told = str(desktop.folder / "told.jsonl")
    command = [sys.executable, str(SCRIPT), "terminal", told, "r90-desk"]
    xterm = desktop.spawn(
        "xterm", [*TERMINAL, *COLOURS, "-e", *command], env={**desktop.env, **import_path()}
    )
    number = desktop.activate("guide")
    wait(1)
    desktop.type_key("n")
    wait(10)
    (box,) = (window.box for window in desktop.windows() if window.number == number)
    save(desktop.screenshot(box=box), "guide-terminal")
    desktop.type_key("q")
    xterm.wait_exit(5)


def save(picture: Image.Image, name: str) -> None:
    """In all its colours: the red of the muscle is too small a part to have room in a palette."""
    picture.convert("RGB").save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    with LargeDesktop(panel=False, dunst=False) as desktop:
        window(desktop, "guide-light", 1, "Left side: Seated side reach", 7.5)
        window(desktop, "guide-dark", 2, "Change sides: right", 0.6, QLBREAK_THEME="dark")
        end_page(desktop)
        terminal(desktop)


if __name__ == "__main__":
    main()
