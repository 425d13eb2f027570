"""What pages of text are made of: paragraphs that wrap by themselves, lists, a scrolled part."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import Any, Literal

from qlbreak.texts.safety import SafetySection
from qlbreak.widgets import shapes
from qlbreak.widgets.look import Look

_BAR = "Flat.Vertical.TScrollbar"


class Paragraph(tk.Label):
    """As wide as it is given, and as high as that takes."""

    def __init__(
        self,
        look: Look,
        parent: tk.Misc,
        text: str,
        size: float = 15,
        *,
        bold: bool = False,
        ink: str = "",
        ground: str = "",
    ) -> None:
        super().__init__(
            parent,
            text=text,
            font=look.font(size, bold),
            foreground=ink or look.colours.ink,
            background=ground or str(parent.cget("background")),
            anchor="nw",
            justify="left",
            padx=0,
            pady=0,
            borderwidth=0,
        )
        self.bind("<Configure>", lambda event: self.configure(wraplength=max(event.width, 1)))


class TkScroll(tk.Frame):
    """Put things into `inner`. It has a bar only where not everything fits."""

    def __init__(self, look: Look, parent: tk.Misc) -> None:
        paper = look.colours.paper
        super().__init__(parent, background=paper)
        self._look = look
        self._canvas = tk.Canvas(self, background=paper, highlightthickness=0, borderwidth=0)
        # A canvas asks for 378 by 265 pixels else, more than a small window has to give.
        self._canvas.configure(width=1, height=1, yscrollincrement=look.px(24))
        # Its place stays free: coming and going it would change how the texts wrap.
        gutter = tk.Frame(self, background=paper, width=look.px(14))
        gutter.pack_propagate(False)
        gutter.pack(side="right", fill="y")
        self._bar = ttk.Scrollbar(gutter, style=_style(look), command=self._canvas.yview)
        self._canvas.configure(yscrollcommand=self._bar.set)
        self.inner = tk.Frame(self._canvas, background=paper)
        self._whole = self._canvas.create_window(0, 0, anchor="nw", window=self.inner)
        self._canvas.pack(side="left", fill="both", expand=True)
        self._seen: tk.Misc | None = None
        self._canvas.bind("<Configure>", lambda _: self._fit())
        self.inner.bind("<Configure>", lambda _: self._fit())
        self._listen()

    def show(self, child: tk.Misc) -> None:
        """Scrolls as far as it takes to see the child, now and when things have moved."""
        self._seen = child
        self.after_idle(self._reveal)

    def _reveal(self) -> None:
        child = self._seen
        if child is None or not child.winfo_exists():
            return
        room = self._canvas.winfo_height()
        all_of_it = max(self.inner.winfo_reqheight(), room, 1)
        top = child.winfo_rooty() - self.inner.winfo_rooty() - self._look.px(8)
        bottom = top + child.winfo_height() + self._look.px(16)
        seen = self._canvas.canvasy(0)
        if top < seen:
            self._canvas.yview_moveto(max(top, 0) / all_of_it)
        elif bottom > seen + room:
            self._canvas.yview_moveto((bottom - room) / all_of_it)

    def scroll(self, steps: int, what: Literal["units", "pages"] = "units") -> None:
        if self._canvas.winfo_exists():
            self._canvas.yview("scroll", steps, what)

    def _fit(self) -> None:
        self._canvas.itemconfigure(self._whole, width=self._canvas.winfo_width())
        high, room = self.inner.winfo_reqheight(), self._canvas.winfo_height()
        self._canvas.configure(scrollregion=(0, 0, 1, max(high, room)))
        if high > room:
            self._bar.pack(side="right", fill="y")
        else:
            self._bar.pack_forget()
        self.after_idle(self._reveal)

    def _listen(self) -> None:
        root = self._look.root
        root.bind("<Prior>", lambda _: self.scroll(-1, "pages"))
        root.bind("<Next>", lambda _: self.scroll(1, "pages"))
        root.bind("<Button-4>", lambda _: self.scroll(-2))
        root.bind("<Button-5>", lambda _: self.scroll(2))
        root.bind("<MouseWheel>", lambda event: self.scroll(-2 if event.delta > 0 else 2))


class TkCard(tk.Frame):
    """A surface with round corners; put things into `inner`."""

    def __init__(self, look: Look, parent: tk.Misc, fill: str, edge: str, pad: float = 18) -> None:
        self._ground = str(parent.cget("background"))
        super().__init__(parent, background=self._ground)
        self._look, self._fill, self._edge = look, fill, edge
        self._surface = tk.Label(self, background=self._ground, borderwidth=0)
        self._surface.place(relwidth=1, relheight=1)
        self.inner = tk.Frame(self, background=fill)
        self.inner.pack(fill="x", padx=look.px(pad), pady=look.px(pad - 4))
        self._picture: tk.PhotoImage | None = None
        self.bind("<Configure>", lambda event: self._draw(event.width, event.height))

    def _draw(self, across: int, high: int) -> None:
        look = self._look
        line = max(look.px(1), 1)
        box = shapes.box(across, high, look.px(10), self._ground, self._fill, self._edge, line)
        self._picture = shapes.photo(self, box)
        self._surface.configure(image=self._picture)


def write_section(
    look: Look,
    parent: tk.Misc,
    section: SafetySection,
    ink: str = "",
    soft: str = "",
    size: float = 14,
) -> None:
    """A heading, a sentence, a list."""
    soft = soft or look.colours.soft
    Paragraph(look, parent, section.title, size + 3, bold=True, ink=ink).pack(fill="x")
    if section.lead:
        lead = Paragraph(look, parent, section.lead, size, ink=soft)
        lead.pack(fill="x", pady=(look.px(4), 0))
    for point in section.points:
        write_point(look, parent, point, ink, size)
    if section.close:
        close = Paragraph(look, parent, section.close, size, ink=soft)
        close.pack(fill="x", pady=(look.px(8), 0))


def write_point(look: Look, parent: tk.Misc, text: str, ink: str = "", size: float = 14) -> None:
    ground = str(parent.cget("background"))
    row = tk.Frame(parent, background=ground)
    row.pack(fill="x", pady=(look.px(6), 0))
    bullet = tk.Label(row, text="•", font=look.font(size), background=ground, padx=0, pady=0)
    bullet.configure(foreground=ink or look.colours.accent, borderwidth=0)
    bullet.pack(side="left", anchor="n", padx=(look.px(4), look.px(10)))
    Paragraph(look, row, text, size, ink=ink).pack(side="left", fill="x", expand=True)


def _style(look: Look) -> str:
    """A thumb on paper, no arrows."""
    colours, style = look.colours, ttk.Style(look.root)
    style.theme_use("clam")
    thumb = ("Vertical.Scrollbar.thumb", {"expand": "1", "sticky": "nswe"})
    trough: Any = ("Vertical.Scrollbar.trough", {"children": [thumb], "sticky": "ns"})
    style.layout(_BAR, [trough])
    style.configure(
        _BAR,
        background=colours.line,
        troughcolor=colours.paper,
        bordercolor=colours.paper,
        lightcolor=colours.line,
        darkcolor=colours.line,
        gripcount=0,
        arrowsize=look.px(10),
        width=look.px(8),
    )
    style.map(_BAR, background=[("active", colours.soft), ("disabled", colours.paper)])
    return _BAR


def write_sections(look: Look, parent: tk.Misc, sections: Sequence[SafetySection]) -> None:
    """Of the safety text; the first is the urgent one, and largest."""
    colours = look.colours
    for number, section in enumerate(sections):
        ink, size = ("", 14) if number else (colours.on_call, 18)
        fill, edge = (colours.card, colours.line) if number else (colours.call, colours.call)
        card = TkCard(look, parent, fill, edge)
        card.pack(fill="x", pady=(look.px(12), 0), padx=(0, look.px(4)))
        write_section(look, card.inner, section, ink, soft=ink, size=size)
