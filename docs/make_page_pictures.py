"""Writes pictures/page-*.png: the page of a made-up year in a real browser, and on paper."""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from qlbreak.report.page import page
from rig.chromium import Chromium
from years import recorded

PICTURES = ROOT / "docs" / "pictures"
DRAWN = "document.documentElement.dataset.drawn"
GAP = 16


def shot(browser: Chromium, file: Path, width: int, *, dark: bool = False) -> Image.Image:
    """The whole page."""
    browser.open(file, width=width, dark=dark)
    browser.wait(DRAWN)
    target = file.with_suffix(".png")
    browser.screenshot(target, whole=True)
    return Image.open(target).convert("RGB")


def on_paper(browser: Chromium, file: Path) -> Image.Image:
    """Both pages side by side, 100 dots an inch."""
    browser.open(file)
    browser.wait(DRAWN)
    printed = file.with_suffix(".pdf")
    printed.write_bytes(browser.pdf())
    subprocess.run(["pdftoppm", "-r", "100", "-png", printed, file.with_suffix("")], check=True)
    return beside([Image.open(one) for one in sorted(file.parent.glob(f"{file.stem}-*.png"))])


def part(browser: Chromium, tall: Image.Image, first: str, last: str) -> Image.Image:
    """From one card to another, by what they are named by."""
    edge = "document.querySelector('{}').getBoundingClientRect().{} + scrollY"
    top = int(browser.evaluate(edge.format(first, "top"))) - GAP
    bottom = int(browser.evaluate(edge.format(last, "bottom"))) + GAP
    return tall.crop((0, max(top, 0), tall.width, bottom))


def columns(tall: Image.Image, number: int) -> Image.Image:
    """A long page, cut and laid side by side."""
    height = -(-tall.height // number)
    boxes = [(0, n * height, tall.width, min((n + 1) * height, tall.height)) for n in range(number)]
    return beside([tall.crop(box) for box in boxes])


def beside(shots: list[Image.Image]) -> Image.Image:
    width = sum(one.width for one in shots) + GAP * (len(shots) - 1)
    sheet = Image.new("RGB", (width, max(one.height for one in shots)), "#8d999f")
    left = 0
    for one in shots:
        sheet.paste(one, (left, 0))
        left += one.width + GAP
    return sheet


def save(picture: Image.Image, name: str) -> None:
    reduced = picture.quantize(200, dither=Image.Dither.NONE)
    reduced.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="qlbreak-page-") as name, Chromium() as browser:
        file = Path(name) / "report.html"
        file.write_text(page(recorded()), "utf-8")
        light = shot(browser, file, 1100)
        save(part(browser, light, "header", ".card.calendar"), "page-light")
        dark = shot(browser, file, 1100, dark=True)
        save(part(browser, dark, ".card.spells", ".card.hours"), "page-dark")
        save(columns(shot(browser, file, 360), 4), "page-phone")
        save(on_paper(browser, file), "page-print")


if __name__ == "__main__":
    main()
