"""A row of the numbers 0 to 10 to choose one from, or none: by mouse, arrows or digits."""

import tkinter as tk
from collections.abc import Callable

from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look

_HIGH = 40  # logical pixels
_GAP = 5
_RADIUS = 8


class Scale(tk.Canvas):
    """`value`: None as long as nothing is chosen; what is chosen is let go by choosing it again."""

    def __init__(
        self,
        look: Look,
        parent: tk.Misc,
        highest: int,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._look, self._highest, self._changed = look, highest, changed
        self._ground = str(parent.cget("background"))
        super().__init__(
            parent,
            background=self._ground,
            highlightthickness=0,
            borderwidth=0,
            takefocus=True,
            cursor="hand2",
            width=1,
            height=look.px(_HIGH),
        )
        self.value: int | None = None
        self._near: int | None = None  # the pointer is on it
        self._typed = ""
        self._pictures: list[tk.PhotoImage] = []
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<Motion>", lambda event: self._come(self._at(event.x)))
        self.bind("<Leave>", lambda _: self._come(None))
        self.bind("<Button-1>", self._clicked)
        self.bind("<Key>", self._key)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _: self._draw())

    def choose(self, value: int | None) -> None:
        self.value = value
        self._draw()
        self._changed()

    def _come(self, near: int | None) -> None:
        if near != self._near:
            self._near = near
            self._draw()

    def _at(self, x: int) -> int:
        width = max(self.winfo_width(), 1)
        return min(max(x * (self._highest + 1) // width, 0), self._highest)

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        self.focus_set()
        number = self._at(event.x)
        self.choose(None if number == self.value else number)

    def _key(self, event: "tk.Event[tk.Misc]") -> str | None:
        """None leaves the key to the window."""
        name = event.keysym.removeprefix("KP_")
        if name not in (*"0123456789", *_STEPS, *_CLEARS):
            self._typed = ""
            return None
        if name in _CLEARS:
            self.choose(None)
        elif name in _STEPS:
            now = -1 if self.value is None else self.value
            self.choose(min(max(now + _STEPS[name], 0), self._highest))
        else:
            # Two digits are one number where there is such a one: 10.
            both = int(self._typed + name)
            self.choose(both if both <= self._highest else int(name))
        self._typed = name if name.isdecimal() else ""
        return "break"

    def _draw(self) -> None:
        width = self.winfo_width()
        if width < 2:  # not in its place yet
            return
        look, count = self._look, self._highest + 1
        gap = look.px(_GAP)
        edges = [round(number * (width + gap) / count) for number in range(count + 1)]
        self.delete("all")
        self._pictures = []
        for number in range(count):
            left, right = edges[number], edges[number + 1] - gap
            self._cell(number, left, max(right - left, 2))

    def _cell(self, number: int, left: int, across: int) -> None:
        look, colours = self._look, self._look.colours
        chosen = number == self.value
        focused = self.focus_get() is self and number == (self.value or 0)
        fill = colours.accent if chosen else colours.card
        edge = colours.accent if chosen else colours.soft if number == self._near else colours.line
        high = look.px(_HIGH)
        shape = across, high, look.px(_RADIUS), self._ground, fill
        if focused:
            box = shapes.ringed(*shape, colours.focus, max(look.px(2), 2))
        else:
            box = shapes.box(*shape, edge, max(look.px(1.2), 1))
        self._pictures.append(shapes.photo(self, box))
        self.create_image(left, 0, image=self._pictures[-1], anchor="nw")
        self.create_text(
            left + across // 2,
            high // 2,
            text=str(number),
            font=look.font(15, bold=chosen),
            fill=colours.on_accent if chosen else colours.ink,
        )


_STEPS = {"Left": -1, "Right": 1}
_CLEARS = ("BackSpace", "Delete")
