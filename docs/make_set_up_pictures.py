"""Writes pictures/{set-up,safety}.png: the real windows on a real desktop, by names and roles."""

import sys
from contextlib import closing
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from qlbreak.texts import first_steps
from rig.accessibility import Node, Reader
from rig.desktop import Desktop
from rig.waiting import wait_for

PICTURES = ROOT / "docs" / "pictures"
CALM = 5  # pictures in a row that are the same
GAP = 16
CAUTIONS = 4  # the step


def opened(reader: Reader, title: str, *words: str, theme: str) -> Node:
    reader.desktop.program().start(*words, QLBREAK_THEME=theme)
    window = reader.window(title)
    reader.desktop.wait_keys(f"qlbreak: {title}")
    return window


def picture(reader: Reader, window: Node) -> Image.Image:
    """Without its frame, once it no longer changes."""
    shots = [Image.new("RGB", (1, 1))]

    def still() -> bool:
        shots.append(reader.desktop.screenshot(box=window.box).convert("RGB"))
        return all(shot.tobytes() == shots[-1].tobytes() for shot in shots[-CALM:])

    wait_for(still, 10, "the window is drawn")
    return shots[-1]


def closed(reader: Reader, title: str) -> None:
    reader.keys("Escape")
    wait_for(lambda: not any(reader.desktop.window_titles()), 10, f"{title} is closed")


def set_up(reader: Reader) -> Image.Image:
    """The first page, light, and the one about cautions, dark."""
    window = opened(reader, "set-up", "set-up", theme="light")
    first = picture(reader, window)
    closed(reader, "set-up")
    window = opened(reader, "set-up", "set-up", theme="dark")
    window.find("push button", first_steps.BEGIN).press()
    for number in range(1, CAUTIONS):
        reader.window(f"set-up, {number} of ")
        window.find("push button", first_steps.NEXT).press()
    reader.window(f"set-up, {CAUTIONS} of ")
    window.find("check box", part="Blood thinners").press()
    cautions = picture(reader, window)
    closed(reader, "set-up")
    return beside([first, cautions])


def safety(reader: Reader) -> Image.Image:
    window = opened(reader, "safety", "safety", "--window", theme="light")
    shot = picture(reader, window)
    closed(reader, "safety")
    return shot


def beside(shots: list[Image.Image]) -> Image.Image:
    width = sum(shot.width for shot in shots) + GAP * (len(shots) - 1)
    sheet = Image.new("RGB", (width, max(shot.height for shot in shots)), "white")
    left = 0
    for shot in shots:
        sheet.paste(shot, (left, 0))
        left += shot.width + GAP
    return sheet


def save(shot: Image.Image, name: str) -> None:
    reduced = shot.quantize(256, kmeans=2, dither=Image.Dither.NONE)
    reduced.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    with Desktop(panel=False, dunst=False) as desktop, closing(Reader(desktop)) as reader:
        save(set_up(reader), "set-up")
        save(safety(reader), "safety")


if __name__ == "__main__":
    main()
