"""The moving figure of a movement: each picture of its loop is drawn once, when it is first due."""

import tkinter as tk

from PIL import Image

from qlbreak.core.terms import Side
from qlbreak.dialogs import shapes
from qlbreak.figures import Figure, draw

_FPS = 12
_MOST_BYTES = 64 << 20  # Tk keeps four bytes a pixel; then there are fewer pictures to a loop


class Reel:
    def __init__(
        self, master: tk.Misc, figure: Figure, side: Side, size: int, ground: str, dark: bool
    ) -> None:
        self._master, self._figure, self._side = master, figure, side
        self._size, self._ground, self._dark = size, ground, dark
        fitting = _MOST_BYTES // (size * size * 4)
        self._count = max(min(round(figure.cycle_s * _FPS), fitting), 1)
        self._photos: dict[int, tuple[tk.PhotoImage, int, int]] = {}

    def at(self, seconds: float, still: bool) -> tuple[tk.PhotoImage, int, int]:
        """The picture for this moment, and how far right and down in its square it belongs."""
        index = -1
        if not still:
            index = int(seconds / self._figure.cycle_s * self._count) % self._count
        if index not in self._photos:
            at = max(index, 0) * self._figure.cycle_s / self._count
            self._photos[index] = self._drawn(at, still)
        return self._photos[index]

    def _drawn(self, at: float, still: bool) -> tuple[tk.PhotoImage, int, int]:
        picture = draw(self._figure, self._side, at, self._size, dark=self._dark, still=still)
        left, top, right, bottom = picture.getbbox() or (0, 0, 1, 1)
        cut = picture.crop((left, top, right, bottom))
        flat = Image.new("RGB", cut.size, self._ground)
        flat.paste(cut, (0, 0), cut)
        return shapes.photo(self._master, flat), left, top
