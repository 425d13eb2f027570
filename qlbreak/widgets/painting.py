"""Texts and pictures on a canvas: texts that are made smaller until they fit into their place."""

import tkinter as tk
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct
from PIL import Image

from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look

Anchor = Literal["nw", "w", "e", "center"]
_JUSTIFIED: Final[dict[str, Literal["right", "center"]]] = {"e": "right", "center": "center"}
# Smaller than the last nobody can read it: then what matters least is left out.
_SMALLER = (1.0, 0.93, 0.86, 0.8)


class Rect(Struct, frozen=True):
    """In real pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class TextLine(Struct, frozen=True):
    """A paragraph of a column: `gap` is the room above it, `spare` may be left out (highest first).

    `sign` stands before it, in a margin of its own. Sizes in logical pixels.
    """

    text: str
    size: float
    fill: str
    bold: bool = False
    gap: float = 8
    spare: int = 0
    sign: str = ""
    sign_fill: str = ""


class Paint:
    def __init__(self, look: Look, canvas: tk.Canvas) -> None:
        self.look = look
        self.canvas = canvas
        self._kept: list[tk.PhotoImage] = []

    def clear(self) -> None:
        self.canvas.delete("all")
        self._kept.clear()

    def text(
        self,
        spot: tuple[float, float],
        text: str,
        size: float,
        fill: str,
        *,
        bold: bool = False,
        width: int = 0,
        anchor: Anchor = "nw",
    ) -> int:
        """The item's id."""
        return self.canvas.create_text(
            spot[0],
            spot[1],
            text=text,
            font=self.look.font(round(size), bold),
            fill=fill,
            width=width,
            anchor=anchor,
            justify=_JUSTIFIED.get(anchor, "left"),
        )

    def picture(
        self, spot: tuple[float, float], picture: Image.Image, anchor: Anchor = "nw"
    ) -> int:
        photo = shapes.photo(self.canvas, picture)
        self._kept.append(photo)
        return self.canvas.create_image(spot[0], spot[1], image=photo, anchor=anchor)

    def box(self, rect: Rect, fill: str, ground: str, *, radius: float = 14, edge: str = "") -> int:
        px = self.look.px
        shape = shapes.box(rect.width, rect.height, px(radius), ground, fill, edge, max(px(1.4), 1))
        return self.picture((rect.x, rect.y), shape)

    def one_line(
        self,
        rect: Rect,
        text: str,
        size: float,
        fill: str,
        *,
        bold: bool = True,
        anchor: Anchor = "w",
    ) -> int:
        """In the middle of its place's height, smaller where it does not fit."""
        while size > 10 and self.look.font(round(size), bold).measure(text) > rect.width:
            size -= 1
        x = {"w": rect.x, "e": rect.right}.get(anchor, rect.middle[0])
        return self.text((x, rect.middle[1]), text, size, fill, bold=bold, anchor=anchor)

    def block(self, rect: Rect, text: str, size: float, fill: str, *, middle: bool = False) -> None:
        """Bold, in the middle of its place's height, in lines of about the same length."""
        spot = rect.middle if middle else (rect.x, rect.middle[1])
        anchor: Anchor = "center" if middle else "w"
        item = self.text(spot, text, size, fill, bold=True, width=rect.width, anchor=anchor)
        while size > 12 and self._height(item) > rect.height:
            size -= 1
            self.canvas.itemconfigure(item, font=self.look.font(round(size), bold=True))
        high, width = self._height(item), rect.width
        while width > rect.width // 2 and self._height(item) == high:
            width -= rect.width // 24
            self.canvas.itemconfigure(item, width=width)
        self.canvas.itemconfigure(item, width=width + rect.width // 24)

    def _height(self, item: int) -> int:
        _, top, _, bottom = self.canvas.bbox(item)
        return bottom - top

    def column(self, rect: Rect, lines: Sequence[TextLine], scale: float) -> int:
        """Below each other; where the lower end is, in pixels."""
        kept = [line for line in lines if line.text]
        while True:
            for smaller in _SMALLER:
                bottom = self._try(rect, kept, scale * smaller)
                if bottom <= rect.bottom:
                    return bottom
                self.canvas.delete("trial")
            worst = max(reversed(kept), key=lambda line: line.spare)  # of equals the last one
            if not worst.spare:
                bottom = self._try(rect, kept, scale * _SMALLER[-1])
                self.canvas.dtag("trial")
                return bottom
            kept.remove(worst)

    def _try(self, rect: Rect, lines: Sequence[TextLine], scale: float) -> int:
        self.canvas.dtag("trial")
        y = float(rect.y)
        for line in lines:
            y += self.look.px(line.gap * scale) if y > rect.y else 0
            size = max(line.size * scale, 11)
            margin = self.look.px(size * 1.25) if line.sign else 0
            item = self.text(
                (rect.x + margin, y), line.text, size, line.fill, bold=line.bold,
                width=rect.width - margin,
            )  # fmt: skip
            self.canvas.addtag_withtag("trial", item)
            if line.sign:
                sign = self.text((rect.x, y), line.sign, size, line.sign_fill, bold=True)
                self.canvas.addtag_withtag("trial", sign)
            y = self.canvas.bbox(item)[3]
        return round(y)
