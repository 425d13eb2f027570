"""Figures as picture files, for notifications: where they are, and drawing them all, once.

`python -m qlbreak.figures.picture_files FOLDER` draws them, in a process of its own: the tray stays
light.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from zlib import crc32

from qlbreak import __version__
from qlbreak.core.model.movements import Exercise, Kind, Movement
from qlbreak.core.model.terms import Side
from qlbreak.system import exits
from qlbreak.system.paths import DRAWING, FIGURES, private

_SIZE = 192  # most desktops show 48 to 128 pixels, twice that on fine screens
_CARD = "#f4f6f5"  # a light ground of its own, on whatever the desktop shows it
_SIDES = (Side.LEFT, Side.RIGHT)


class Pictures:
    """Those of this version, in a folder below *cache*; another version draws its own."""

    def __init__(self, cache: Path) -> None:
        drawn = crc32(files("qlbreak.data").joinpath("figures.toml").read_bytes())
        self.folder = cache / f"{FIGURES}{__version__}-{drawn:08x}"

    @property
    def complete(self) -> bool:
        return self.folder.is_dir()

    def of(self, blocks: Sequence[Exercise], side: Side) -> Path | None:
        """Of what the routine is mainly about; None where it is not drawn, or not yet."""
        movements = [block.movement for block in blocks]
        if not movements:
            return None
        main = next((m for m in movements if m.role is not Kind.RESET), None)
        path = self.folder / _name(main or movements[0], side)
        return path if path.exists() else None


def _name(movement: Movement, side: Side) -> str:
    return _file(movement.figure or movement.id, side if movement.sided else Side.LEFT)


def _file(figure: str, side: Side) -> str:
    return f"{figure}-{Side.RIGHT if side is Side.RIGHT else Side.LEFT}.png"


def draw_all(folder: Path) -> None:
    """All or nothing is there at the end. Raises OSError."""
    from PIL import Image, ImageDraw

    from qlbreak.figures import moving

    private(folder.parent)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=DRAWING) as name:
        drawing = Path(name) / folder.name
        drawing.mkdir()
        ground = Image.new("RGBA", (_SIZE, _SIZE))
        pen = ImageDraw.Draw(ground)
        pen.rounded_rectangle((0, 0, _SIZE - 1, _SIZE - 1), _SIZE // 8, _CARD)
        for movement, figure in moving.load().items():
            for side in _SIDES:
                person = moving.draw(figure, side, moving.telling(figure), _SIZE, still=True)
                picture = Image.alpha_composite(ground, person)
                picture.quantize(64).save(drawing / _file(movement, side), optimize=True)
        if not folder.exists():
            drawing.rename(folder)


if __name__ == "__main__":
    os.umask(0o077)  # for the person's eyes only, as all else
    if hasattr(os, "nice"):
        os.nice(10)  # nobody waits for it
    with exits.one_line():
        draw_all(Path(sys.argv[1]))
