"""What to choose from: tiles with a mark, for one of them or for several, by mouse and keys."""

import tkinter as tk
from collections.abc import Callable, Iterable
from functools import cache

from PIL import Image, ImageDraw

from qlbreak.settings.kinds import Option
from qlbreak.setup.questions import with_what_follows, without_what_needs
from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look, TkColours

_FINER = 4
_RADIUS = 9


class Tile(tk.Canvas):
    """One option. `chosen` is how it looks; `pressed` hears of it, and decides."""

    def __init__(
        self,
        look: Look,
        parent: tk.Misc,
        label: str,
        *,
        many: bool,
        pressed: Callable[[], None],
        small: bool = False,
    ) -> None:
        self._look, self._label, self._many, self._pressed = look, label, many, pressed
        self._ground = str(parent.cget("background"))
        super().__init__(
            parent,
            background=self._ground,
            highlightthickness=0,
            borderwidth=0,
            takefocus=True,
            cursor="hand2",
        )
        self._pad = look.px(7 if small else 11)
        self._font = look.font(14 if small else 15)
        self._mark_size = look.px(18 if small else 20)
        self._near, self.chosen, self._across = False, False, 0
        self._pictures: list[tk.PhotoImage] = []
        self.configure(width=1, height=self._mark_size + 2 * self._pad)
        self.bind("<Configure>", lambda event: self._resized(event.width))
        self.bind("<Enter>", lambda _: self._come(True))
        self.bind("<Leave>", lambda _: self._come(False))
        self.bind("<Button-1>", self._clicked)
        self.bind("<space>", self._key)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _: self._draw())

    def choose(self, chosen: bool) -> None:
        if chosen != self.chosen:
            self.chosen = chosen
            self._draw()

    def _come(self, near: bool) -> None:
        self._near = near
        self._draw()

    def _clicked(self, _: object) -> None:
        self.focus_set()
        self._pressed()

    def _key(self, _: object) -> str:
        self._pressed()
        return "break"

    def _resized(self, across: int) -> None:
        """As high as the text takes when it is wrapped to this width."""
        if across == self._across or across <= self._text_left + self._pad:
            return  # nothing new, or not in its place yet
        self._across = across
        probe = self.create_text(0, 0, text=self._label, font=self._font, width=self._text_width)
        _, top, _, bottom = self.bbox(probe)
        self._high = max(bottom - top, self._mark_size) + 2 * self._pad
        self.configure(height=self._high)
        self._draw()

    @property
    def _text_left(self) -> int:
        return 2 * self._pad + self._mark_size + self._look.px(2)

    @property
    def _text_width(self) -> int:
        return max(self._across - self._text_left - self._pad, 1)

    def _draw(self) -> None:
        if not self._across:
            return
        colours, look = self._look.colours, self._look
        fill = colours.tint if self.chosen else colours.card
        edge = colours.accent if self.chosen else colours.soft if self._near else colours.line
        shape = self._across, self._high, look.px(_RADIUS), self._ground, fill
        if self.focus_get() is self:
            tile = shapes.ringed(*shape, colours.focus, max(look.px(2), 2))
        else:
            tile = shapes.box(*shape, edge, max(look.px(1.2), 1))
        mark = _mark(self._mark_size, self._many, self.chosen, fill, colours)
        self._pictures = [shapes.photo(self, tile), shapes.photo(self, mark)]
        self.delete("all")
        self.create_image(0, 0, image=self._pictures[0], anchor="nw")
        middle = self._high // 2
        self.create_image(self._pad + look.px(2), middle, image=self._pictures[1], anchor="w")
        self.create_text(
            self._text_left + look.px(2),
            middle,
            text=self._label,
            font=self._font,
            fill=colours.ink,
            anchor="w",
            width=self._text_width,
        )


class TkChoices(tk.Frame):
    """The tiles of some options in columns; `words` are the chosen ones."""

    def __init__(
        self,
        look: Look,
        parent: tk.Misc,
        options: Iterable[Option],
        words: Iterable[str],
        *,
        many: bool,
        columns: int = 1,
        small: bool = False,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(parent, background=str(parent.cget("background")))
        self._offered, self._many, self._changed = tuple(options), many, changed
        self.words = frozenset(words)
        self.tiles: dict[str, Tile] = {}
        gap = look.px(3 if small else 5)
        for index, option in enumerate(self._offered):
            tile = Tile(
                look,
                self,
                option.label,
                many=many,
                small=small,
                pressed=lambda word=option.word: self._press(word),  # type: ignore[misc]
            )
            row, column = divmod(index, columns)
            edge = look.px(5)
            left = edge + look.px(26) if option.needs and columns == 1 else edge
            tile.grid(row=row, column=column, sticky="ew", padx=(left, edge), pady=gap)
            self.tiles[option.word] = tile
            for key, step in (("Up", -columns), ("Down", columns), ("Left", -1), ("Right", 1)):
                tile.bind(f"<{key}>", lambda _, to=index + step: self._go(to))  # type: ignore[misc]
        for column in range(columns):
            self.columnconfigure(column, weight=1, uniform="column")
        self.show()

    def press(self, word: str) -> None:
        """Chooses it, if it is not chosen yet."""
        if word not in self.words:
            self._press(word)

    def show(self) -> None:
        for word, tile in self.tiles.items():
            tile.choose(word in self.words)

    @property
    def first(self) -> Tile:
        """Where the keyboard should begin: at what is chosen, where only one can be."""
        chosen = [tile for word, tile in self.tiles.items() if word in self.words]
        return chosen[0] if chosen and not self._many else next(iter(self.tiles.values()))

    def _press(self, word: str) -> None:
        if not self._many:
            self.words = frozenset({word})
        elif word in self.words:
            self.words = without_what_needs(self._offered, self.words, word)
        else:
            self.words |= with_what_follows(self._offered, {word})
        self.show()
        self._changed()

    def _go(self, index: int) -> str:
        """As everywhere: where only one can be chosen, that is the one with the keyboard."""
        if 0 <= index < len(self._offered):
            word = self._offered[index].word
            self.tiles[word].focus_set()
            if not self._many:
                self.press(word)
        return "break"


@cache
def _mark(size: int, many: bool, chosen: bool, ground: str, colours: TkColours) -> Image.Image:
    """A circle, or a square where several can be chosen; filled when chosen."""
    full, line = size * _FINER, max(size // 12, 1) * _FINER
    picture = Image.new("RGB", (full, full), ground)
    pen = ImageDraw.Draw(picture)
    fill = colours.accent if chosen else colours.card
    edge = colours.accent if chosen else colours.soft
    radius = full * (0.24 if many else 0.5)
    pen.rounded_rectangle((0, 0, full - 1, full - 1), radius, fill, edge, line)
    if chosen and many:
        tick = [(0.26 * full, 0.53 * full), (0.44 * full, 0.7 * full), (0.76 * full, 0.32 * full)]
        pen.line(tick, colours.on_accent, round(full * 0.11), joint="curve")
    elif chosen:
        pen.ellipse((0.32 * full, 0.32 * full, 0.68 * full, 0.68 * full), colours.on_accent)
    return picture.resize((size, size), Image.Resampling.BOX)
