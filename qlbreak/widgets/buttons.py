"""Flat buttons with round corners: by mouse, or by Tab and then Space or Return."""

import tkinter as tk
from collections.abc import Callable

from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look

_RADIUS = 9


class TkButton(tk.Canvas):
    """`hint` names the key that does the same, in small letters after the text.

    `main`: the one that most people will want. Its size follows from its text; `place`, `pack` or
    `grid` it. Looks for `ground` behind its corners.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        action: Callable[[], object],
        *,
        hint: str = "",
        main: bool = False,
        ground: str = "",
        size: float = 15,
        parent: tk.Misc | None = None,
    ) -> None:
        self._look, self._action, self._main = look, action, main
        self._ground = ground or look.colours.paper
        super().__init__(
            parent or look.root,
            background=self._ground,
            highlightthickness=0,
            borderwidth=0,
            takefocus=True,
            cursor="hand2",
        )
        self._size = size
        self._near = self._held = False
        self._picture: tk.PhotoImage | None = None
        self.name(text, hint)
        for event in ("<Enter>", "<Leave>", "<ButtonPress-1>", "<ButtonRelease-1>"):
            self.bind(event, self._mouse)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _: self._draw())
        for event in ("<space>", "<Return>", "<KP_Enter>"):
            self.bind(event, self._key)

    def name(self, text: str, hint: str = "") -> None:
        """Another text, and the size for it."""
        look = self._look
        self.text, self.hint = text, hint
        self._font, self._small = look.font(self._size, bold=True), look.font(self._size - 3)
        inner = self._font.measure(text)
        inner += look.px(8) + self._small.measure(hint) if hint else 0
        self.width = inner + 2 * look.px(self._size)
        self.height = round(self._font.metrics("linespace") + 1.3 * look.px(self._size))
        self.configure(width=self.width, height=self.height)
        self._draw()

    def sized(self, size: float) -> None:
        """With letters of this size, and as large as they need."""
        if size != self._size:
            self._size = size
            self.name(self.text, self.hint)

    def _draw(self) -> None:
        look, colours = self._look, self._look.colours
        fill, ink, edge = colours.card, colours.ink, colours.line
        if self._main:
            fill, ink, edge = colours.accent, colours.on_accent, colours.accent
        if self._near:
            edge = colours.ink
        shape = self.width, self.height, look.px(_RADIUS), self._ground, fill
        if self.focus_get() is self:
            picture = shapes.ringed(*shape, colours.focus, max(look.px(2), 2))
        else:
            picture = shapes.box(*shape, edge, max(look.px(1.4), 1))
        self._picture = shapes.photo(self, picture)
        self.delete("all")
        self.create_image(0, 0, image=self._picture, anchor="nw")
        x, y = look.px(self._size), self.height // 2 + (1 if self._held else 0)
        self.create_text(x, y, text=self.text, font=self._font, fill=ink, anchor="w")
        if self.hint:
            soft = ink if self._main else colours.soft
            x = self.width - look.px(self._size)
            self.create_text(x, y, text=self.hint, font=self._small, fill=soft, anchor="e")

    def _mouse(self, event: "tk.Event[tk.Misc]") -> None:
        inside = 0 <= event.x < self.width and 0 <= event.y < self.height
        clicked = event.type is tk.EventType.ButtonRelease and self._held and inside
        if event.type is tk.EventType.ButtonPress:
            self._held = True
        elif event.type is not tk.EventType.Enter:
            self._held = False
        self._near = inside and event.type is not tk.EventType.Leave
        self._draw()
        if clicked:
            self._action()

    def _key(self, _: object) -> str:
        self._action()
        return "break"  # the window's own meaning of the key stays out of it
