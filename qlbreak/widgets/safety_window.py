"""The window with the safety text, and the same text as a part of other windows."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLayout, QVBoxLayout

from qlbreak.language import _, pgettext
from qlbreak.texts import safety
from qlbreak.texts.safety import SafetySection
from qlbreak.widgets import application, parts

TITLE = _("qlbreak: safety")
_URGENT = 1.25  # of a usual text's size


def show() -> None:
    """Until it is closed. Raises NoWindow."""
    window = application.window(TITLE, 720, 640, least=(360, 320))
    page = parts.Scroll()
    write(page.inside)
    close = parts.button(pgettext("button", "Close"), window.close, hint="Esc", main=True)
    window.page.addWidget(page, 1)
    window.page.addLayout(parts.row(None, close))
    window.key("Escape", window.close)
    page.keys(window)
    close.setFocus()
    application.run(window, asked=True)


def write(into: QVBoxLayout) -> None:
    """All of the text; what is urgent comes first, and is largest."""
    *sections, things = safety.sections()
    write_sections(into, sections)
    frame, inside = parts.card()
    inside.addWidget(parts.text(things.title, 1.2, bold=True))
    for item in safety.equipment_cautions():
        inside.addWidget(parts.text(item.name, bold=True, accent=True))
        inside.addWidget(parts.text(item.caution))
    into.addWidget(frame)
    into.addWidget(parts.text(safety.disclaimer(), soft=True))


def write_sections(into: QLayout, sections: Sequence[SafetySection]) -> None:
    """The first of them is the urgent one."""
    for number, section in enumerate(sections):
        frame, inside = parts.card("card" if number else "call")
        for line in parts.section(section, 1.0 if number else _URGENT):
            inside.addWidget(line)
        into.addWidget(frame)
