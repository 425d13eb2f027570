"""Writes icons/tick-*.png and icons/arrow-*.png: what stands in a ticked box, and in a list that
opens, of our windows; a white one and a black one each."""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parents[1] / "icons"
SIZE, FINER = 32, 8
WAYS = {
    "tick": [(6, 17), (13, 24), (26, 8)],
    "arrow": [(7, 12), (16, 21), (25, 12)],
}

for sign, way in WAYS.items():
    for name, colour in {"white": "#ffffff", "black": "#000000"}.items():
        picture = Image.new("RGBA", (SIZE * FINER, SIZE * FINER))
        pen = ImageDraw.Draw(picture)
        points = [(x * FINER, y * FINER) for x, y in way]
        pen.line(points, colour, 5 * FINER, joint="curve")
        for x, y in points:
            pen.ellipse((x - 20, y - 20, x + 20, y + 20), colour)
        picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(ICONS / f"{sign}-{name}.png")
