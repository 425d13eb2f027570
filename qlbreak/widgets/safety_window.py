"""The window with the safety text."""

import tkinter as tk
from collections.abc import Sequence

from qlbreak.texts import safety
from qlbreak.texts.safety import SafetySection
from qlbreak.widgets.buttons import Button
from qlbreak.widgets.look import Look, window
from qlbreak.widgets.paragraphs import Card, Paragraph, Scroll, write_section

TITLE = "qlbreak: safety"
_URGENT, _USUAL = 18, 14  # of the letters, in logical pixels


def show() -> None:
    """Until it is closed. Raises NoWindow."""
    look = window(TITLE, 720, 640, least=(420, 320))
    edge = look.px(28)
    foot = tk.Frame(look.root, background=look.colours.paper)
    foot.pack(side="bottom", fill="x", padx=edge, pady=(look.px(12), look.px(18)))
    close = Button(look, "Close", look.root.destroy, hint="Esc", main=True, parent=foot)
    close.pack(side="right")
    page = Scroll(look, look.root)
    page.pack(fill="both", expand=True, padx=(edge, look.px(10)), pady=(look.px(22), 0))
    write(look, page.inner)
    look.key("Escape Control-w", look.root.destroy)
    look.key("Up", lambda: page.scroll(-2))
    look.key("Down", lambda: page.scroll(2))
    close.focus_set()
    look.present(asked=True)
    look.root.mainloop()


def write(look: Look, parent: tk.Misc) -> None:
    """All of the text; what is urgent comes first, and is largest."""
    *sections, things = safety.sections()
    write_sections(look, parent, sections)
    _write_things(look, parent, things.title)
    text = Paragraph(look, parent, safety.disclaimer(), 14, ink=look.colours.soft)
    text.pack(fill="x", pady=(look.px(16), look.px(4)))


def write_sections(look: Look, parent: tk.Misc, sections: Sequence[SafetySection]) -> None:
    colours = look.colours
    for number, section in enumerate(sections):
        urgent = number == 0
        ink = colours.on_call if urgent else ""
        size = _URGENT if urgent else _USUAL
        write_section(look, _card(look, parent, urgent), section, ink, soft=ink, size=size)


def _write_things(look: Look, parent: tk.Misc, title: str) -> None:
    card = _card(look, parent)
    Paragraph(look, card, title, 17, bold=True).pack(fill="x")
    for item in safety.equipment_cautions():
        name = Paragraph(look, card, item.name, 14, bold=True, ink=look.colours.accent)
        name.pack(fill="x", pady=(look.px(10), look.px(2)))
        Paragraph(look, card, item.caution, 14).pack(fill="x")


def _card(look: Look, parent: tk.Misc, urgent: bool = False) -> tk.Frame:
    colours = look.colours
    fill, edge = (colours.call, colours.call) if urgent else (colours.card, colours.line)
    card = Card(look, parent, fill, edge)
    card.pack(fill="x", pady=(look.px(12), 0), padx=(0, look.px(4)))
    return card.inner
