"""Writes pictures/movements.png: the figure of every movement, for the left side, with its name."""

from pathlib import Path

from PIL import Image

from qlbreak import data
from qlbreak.figures import moving

TARGET = Path(__file__).parent / "pictures" / "movements.png"


def main() -> None:
    movements = data.load().movements.values()
    page = moving.sheet(movements, moving.load(), columns=6, cell=200)
    flat = page.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    flat.save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
