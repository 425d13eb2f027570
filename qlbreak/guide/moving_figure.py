"""The moving figure of a movement: each picture of it is drawn once, when it is first due."""

import tkinter as tk

from PIL import Image

from qlbreak.core.model.terms import Side
from qlbreak.figures.moving import Between, Figure, draw
from qlbreak.widgets import shapes

_FPS = 12  # pictures a second from one pose to the next, at its own pace
_BREATHS = 6  # pictures of a breath in
_MOST_BYTES = 64 << 20  # Tk keeps four bytes a pixel; then there are fewer pictures to a move


class Reel:
    def __init__(
        self, master: tk.Misc, figure: Figure, side: Side, size: int, ground: str, dark: bool
    ) -> None:
        self._master, self._figure, self._side = master, figure, side
        self._size, self._ground, self._dark = size, ground, dark
        self._most = max(_MOST_BYTES // (size * size * 4), 4)
        self._photos: dict[object, tuple[tk.PhotoImage, int, int]] = {}

    def at(self, now: Between, still: bool) -> tuple[tk.PhotoImage, int, int]:
        """The picture for this moment, and how far right and down in its square it belongs."""
        quicker = min(now.before.move, now.after.move)
        levels = max(min(round(quicker * _FPS), self._most // 3), 1)
        part, breath = round(now.part * levels), round(now.breath * _BREATHS)
        here, there, level = id(now.before), id(now.after), part
        if here > there:  # there and back again one passes through the same pictures
            here, there, level = there, here, levels - part
        key = (here, there, level, breath, still)
        photo = self._photos.pop(key, None)
        if photo is None:
            photo = self._drawn(now._replace(part=part / levels, breath=breath / _BREATHS), still)
        self._photos[key] = photo  # the last one used is the last one forgotten
        if len(self._photos) > self._most:
            del self._photos[next(iter(self._photos))]
        return photo

    def _drawn(self, now: Between, still: bool) -> tuple[tk.PhotoImage, int, int]:
        picture = draw(self._figure, self._side, now, self._size, dark=self._dark, still=still)
        left, top, right, bottom = picture.getbbox() or (0, 0, 1, 1)
        cut = picture.crop((left, top, right, bottom))
        flat = Image.new("RGB", cut.size, self._ground)
        flat.paste(cut, (0, 0), cut)
        return shapes.photo(self._master, flat), left, top
