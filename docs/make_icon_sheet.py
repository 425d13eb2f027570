"""Writes pictures/icons.png: the states of the tray icon on a light and a dark panel."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from qlbreak.tray.icon import draw
from qlbreak.tray.states import SIZES, STEPS, Picture

LIGHT, DARK = "#f0f0f0", "#2b2b2b"
ROWS = [
    (Picture("sitting"), "sitting", "the clock has just begun"),
    (Picture("sitting", 4), "sitting", "a third of the limit"),
    (Picture("sitting", 8), "sitting", "two thirds"),
    (Picture("sitting", STEPS), "sitting", "the limit is reached"),
    (Picture("sitting", 8, -1), "sitting", "the silent cue: to one side"),
    (Picture("sitting", 8, 1), "sitting", "and to the other"),
    (Picture("due"), "due", "a reminder is open: get up"),
    (Picture("snoozed"), "snoozed", "the reminder comes back"),
    (Picture("held"), "held", "it waits, say for a film to end"),
    (Picture("meeting"), "meeting", "a meeting or a call: silent"),
    (Picture("standing"), "standing", "declared by you"),
    (Picture("paused"), "paused", "by you"),
    (Picture("quiet"), "quiet", "outside your hours"),
    (Picture("away"), "away", "nobody at the desk"),
    (Picture("unknown"), "unknown", "cannot tell who is there"),
    (Picture("error"), "error", "something needs you"),
]
GAP, ROW, HEAD, LABEL = 16, 76, 30, 236
PANEL = sum(SIZES) + GAP * (len(SIZES) + 1)


def _panel(sheet: Image.Image, left: int, colour: str) -> None:
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((left, HEAD, left + PANEL - 1, sheet.height), colour)
    x = left + GAP
    for size in SIZES:
        pen.text((x + size / 2, HEAD / 2), str(size), "#667078", _font(13), "mm")
        for row, (picture, _, _) in enumerate(ROWS):
            y = HEAD + row * ROW + (ROW - size) // 2
            sheet.alpha_composite(draw(picture, size), (x, y))
        x += size + GAP


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def sheet() -> Image.Image:
    result = Image.new("RGBA", (LABEL + 2 * PANEL, HEAD + ROW * len(ROWS)), "#ffffff")
    pen = ImageDraw.Draw(result)
    for row, (_, name, meaning) in enumerate(ROWS):
        middle = HEAD + row * ROW + ROW // 2
        pen.text((GAP, middle - 10), name, "#1d2932", _font(18), "lm")
        pen.text((GAP, middle + 12), meaning, "#667078", _font(13), "lm")
    _panel(result, LABEL, LIGHT)
    _panel(result, LABEL + PANEL, DARK)
    return result


if __name__ == "__main__":
    file = Path(__file__).parent / "pictures" / "icons.png"
    file.parent.mkdir(exist_ok=True)
    sheet().convert("RGB").save(file, optimize=True)
