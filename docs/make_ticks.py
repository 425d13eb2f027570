"""Writes icons/tick-white.png and tick-black.png: what stands in a ticked box of our windows."""

from pathlib import Path

from PIL import Image, ImageDraw

ICONS = Path(__file__).parents[1] / "icons"
SIZE, FINER = 32, 8
WAY = [(6, 17), (13, 24), (26, 8)]

for name, colour in {"white": "#ffffff", "black": "#000000"}.items():
    picture = Image.new("RGBA", (SIZE * FINER, SIZE * FINER))
    pen = ImageDraw.Draw(picture)
    points = [(x * FINER, y * FINER) for x, y in WAY]
    pen.line(points, colour, 5 * FINER, joint="curve")
    for x, y in points:
        pen.ellipse((x - 20, y - 20, x + 20, y + 20), colour)
    picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).save(ICONS / f"tick-{name}.png")
