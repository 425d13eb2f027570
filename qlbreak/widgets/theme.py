"""How windows look: colours for light, dark and high contrast, as Qt's palette and its style sheet.

On a bare X server Qt knows neither dark nor light, and its frames vanish on black: so the colours
are ours everywhere. QLBREAK_THEME decides before the system does (`preferences`).
"""

from msgspec import Struct
from PySide6.QtGui import QColor, QPalette

from qlbreak.data import colours
from qlbreak.data.colours import Shade
from qlbreak.system.resources import icon_file
from qlbreak.widgets import preferences

ITEM_EDGE = 12  # what an entry of a list leaves at its sides


class Colours(Struct, frozen=True):
    """What they are for: `data.colours`. `edge`: around what can be pressed or filled in, so that
    it is seen without its ground (3:1, WCAG 1.4.11)."""

    paper: str
    card: str
    ink: str
    soft: str
    line: str
    accent: str
    on_accent: str
    tint: str
    call: str
    on_call: str
    focus: str
    edge: str

    @property
    def plain(self) -> bool:
        """Are there no shades, as in high contrast? Then lines tell what surfaces do else."""
        return self.line == self.ink


def _shared(edge: str, *, dark: bool) -> Colours:
    names = [name for name in Colours.__struct_fields__ if name != "edge"]
    shades: dict[str, Shade] = {name: getattr(colours, name.upper()) for name in names}
    found = {name: shade.dark if dark else shade.light for name, shade in shades.items()}
    return Colours(edge=edge, **found)


LIGHT, DARK = _shared("#7d8a84", dark=False), _shared("#7c8a84", dark=True)
# Black, white, and one colour for what can be pressed.
CONTRAST_LIGHT = Colours(
    paper="#ffffff", card="#ffffff", ink="#000000", soft="#000000", line="#000000",
    accent="#00309c", on_accent="#ffffff", tint="#ffffff", call="#ffffff", on_call="#000000",
    focus="#9c0060", edge="#000000",
)  # fmt: skip
CONTRAST_DARK = Colours(
    paper="#000000", card="#000000", ink="#ffffff", soft="#ffffff", line="#ffffff",
    accent="#ffff00", on_accent="#000000", tint="#000000", call="#000000", on_call="#ffffff",
    focus="#00ffff", edge="#ffffff",
)  # fmt: skip


class Theme(Struct, frozen=True):
    colours: Colours
    dark: bool
    contrast: bool


def chosen() -> Theme:
    """The person's, by QLBREAK_THEME or the system."""
    dark, contrast = preferences.dark(), preferences.contrast()
    if contrast:
        return Theme(CONTRAST_DARK if dark else CONTRAST_LIGHT, dark, contrast)
    return Theme(DARK if dark else LIGHT, dark, contrast)


def palette(found: Colours) -> QPalette:
    made, role = QPalette(), QPalette.ColorRole
    for name, colour in {
        role.Window: found.paper, role.WindowText: found.ink, role.Base: found.card,
        role.AlternateBase: found.paper, role.Text: found.ink, role.Button: found.card,
        role.ButtonText: found.ink, role.BrightText: found.ink, role.Highlight: found.accent,
        role.HighlightedText: found.on_accent, role.Link: found.accent,
        role.LinkVisited: found.accent, role.ToolTipBase: found.card,
        role.ToolTipText: found.ink, role.PlaceholderText: found.soft, role.Accent: found.accent,
        role.Light: found.card, role.Midlight: found.line, role.Mid: found.edge,
        role.Dark: found.edge, role.Shadow: found.edge,
    }.items():  # fmt: skip
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(found.soft))
    return made


def sheet(found: Colours) -> str:
    """Names (`#card`, `[main="true"]`) are those that `parts` gives."""
    names = {name: getattr(found, name) for name in found.__struct_fields__}
    tick, arrow = _sign("tick", found.on_accent), _sign("arrow", found.ink)
    # A line's colour is that of ink where there are no shades, and would hide how far a bar is.
    track, rim = (found.card, found.edge) if found.plain else (found.line, found.line)
    # Nor may it hide the words of what is pressed, or has its menu open: that is turned over.
    down, on_down = (found.ink, found.paper) if found.plain else (found.line, found.ink)
    signs = {"tick": tick, "arrow": arrow, "track": track, "rim": rim}
    signs |= {"down": down, "on_down": on_down, "arrow_down": _sign("arrow", on_down)}
    return _SHEET.format_map({**names, **signs, "item_edge": ITEM_EDGE})


def _sign(name: str, colour: str) -> str:
    """A sheet takes pictures from files alone; there is a white one and a black one."""
    shade = "white" if QColor(colour).lightness() > 127 else "black"
    return icon_file(f"{name}-{shade}.png").as_posix()


_SHEET = """
QWidget#paper, QScrollArea#paper, QScrollArea#paper > QWidget > QWidget {{ background: {paper}; }}
QFrame#card {{ background: {card}; border: 1px solid {line}; border-radius: 12px; }}
QFrame#call {{ background: {call}; border: 1px solid {edge}; border-radius: 12px; }}
QFrame#call QLabel {{ color: {on_call}; }}
QFrame#tint {{ background: {tint}; border: 1px solid {line}; border-radius: 12px; }}
QLabel {{ background: transparent; }}
QLabel[soft="true"] {{ color: {soft}; }}
QLabel[accent="true"] {{ color: {accent}; }}
QPushButton {{
    background: {card}; color: {ink}; border: 1px solid {edge}; border-radius: 8px;
    margin: 2px; padding: 7px 16px; min-height: 20px;
}}
QPushButton:hover {{ background: {tint}; }}
QPushButton:pressed {{ background: {down}; color: {on_down}; }}
QPushButton:disabled {{
    color: {soft}; border-color: {line}; border-style: dashed; background: {paper};
}}
QPushButton[main="true"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton:focus {{ margin: 0; border: 3px solid {focus}; border-radius: 10px; }}
QPushButton[small="true"] {{ padding: 5px 6px; }}
QPushButton:checked {{ background: {tint}; border: 2px solid {accent}; }}
QPushButton:checked:focus {{ border: 3px solid {focus}; }}
QLineEdit {{ placeholder-text-color: {soft}; }}
QPushButton::menu-indicator {{
    image: url("{arrow}"); width: 10px; height: 10px;
    subcontrol-position: right center; right: 8px;
}}
QPushButton::menu-indicator:pressed, QPushButton::menu-indicator:open {{
    image: url("{arrow_down}");
}}
QPushButton[small="true"]::menu-indicator {{ right: 0; }}
QPushButton[level="true"] {{ padding: 7px 4px; }}
QPushButton[level="true"]:checked {{
    background: {accent}; color: {on_accent}; border: 1px solid {accent};
}}
QPushButton[level="true"]:focus {{ border: 3px solid {focus}; }}
QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QTimeEdit, QComboBox {{
    background: {card}; color: {ink}; border: 1px solid {edge}; border-radius: 6px;
    padding: 4px 8px; min-height: 22px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QTimeEdit:focus,
QComboBox:focus {{ border: 3px solid {focus}; padding: 2px 6px; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: 12px; height: 12px; }}
QLineEdit[wrong="true"] {{ border: 2px solid {focus}; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 4px 6px; border: 2px solid transparent; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {focus}; border-radius: 6px; }}
QCheckBox::indicator, QRadioButton::indicator {{
    width: 16px; height: 16px; border: 2px solid {edge}; background: {card};
}}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 10px; }}
QCheckBox::indicator:checked {{
    background: {accent}; border-color: {accent}; image: url("{tick}");
}}
QRadioButton::indicator:checked {{
    width: 8px; height: 8px; background: {card}; border: 6px solid {accent};
}}
QListWidget, QTreeWidget, QTableWidget {{
    background: {card}; border: 1px solid {line}; border-radius: 8px; outline: none;
}}
QScrollArea[stop="true"] {{ border: 2px solid transparent; border-radius: 6px; }}
QListWidget:focus, QTreeWidget:focus, QTableWidget:focus, QScrollArea[stop="true"]:focus {{
    border: 2px solid {focus};
}}
QListWidget::item {{ padding: 8px {item_edge}px; }}
QListWidget::item:selected, QTreeWidget::item:selected, QTableWidget::item:selected {{
    background: {accent}; color: {on_accent};
}}
QProgressBar {{
    background: {track}; border: 1px solid {rim}; border-radius: 4px;
    max-height: 8px; min-height: 8px;
}}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QSlider {{ border: 2px solid transparent; min-height: 26px; }}
QSlider:focus {{ border: 2px solid {focus}; border-radius: 6px; }}
QGroupBox {{
    border: 1px solid {line}; border-radius: 10px; margin-top: 12px; padding: 14px 10px 8px 10px;
}}
QGroupBox::title {{ subcontrol-origin: margin; left: 12px; padding: 0 4px; }}
QGroupBox[plain="true"] {{ border: none; margin-top: 0; padding: 0; }}
QGroupBox[titled="true"] {{ margin-top: 20px; }}
QGroupBox[plain="true"]::title {{ left: 0; padding: 0; }}
QScrollBar:vertical {{ background: {paper}; width: 14px; margin: 0; }}
QScrollBar:horizontal {{ background: {paper}; height: 14px; margin: 0; }}
QScrollBar::handle {{
    background: {edge}; border-radius: 4px; margin: 3px; min-height: 28px; min-width: 28px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {card}; color: {ink}; border: 1px solid {edge}; padding: 4px; }}
QMenu {{ background: {card}; border: 1px solid {edge}; }}
QMenu::item {{ padding: 6px 24px; }}
QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu::item:disabled {{ color: {soft}; }}
"""
