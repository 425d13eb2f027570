"""What pages are made of: headings, paragraphs, cards, buttons, a scrolled part, pictures.

All of them are Qt's own widgets with the names and relations that a screen reader needs.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QFont, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qlbreak.language import pgettext
from qlbreak.texts.safety import SafetySection
from qlbreak.widgets.theme import ITEM_EDGE

if TYPE_CHECKING:
    from PIL import Image

    from qlbreak.widgets.application import Window

HEADING = 1.5  # of a usual text's size
ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}
_LAYOUTS = 4  # from a text to the page that it is on
_SPOKEN = {
    "↵": pgettext("key", "Enter"),
    "Esc": pgettext("key", "Escape"),
}  # keys as a screen reader should call them


def text(
    words: str, size: float = 1.0, *, bold: bool = False, soft: bool = False, accent: bool = False
) -> QLabel:
    """A paragraph: as wide as it is given, as high as that takes; `size` of a usual text's."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    _sized(label, size, bold=bold)
    label.setProperty("soft", soft)
    label.setProperty("accent", accent)
    return label


def heading(words: str, size: float = HEADING) -> QLabel:
    """A screen reader reads it as text: Qt has no role for headings."""
    return text(words, size, bold=True)


def card(kind: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """A surface: `card`, `tint` for what belongs to the person, `call` for what must be seen."""
    frame = QFrame()
    frame.setObjectName(kind)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(18, 14, 18, 16)
    inside.setSpacing(8)
    return frame, inside


class Button(QPushButton):
    """Arrows are the window's: they may mean something there, and Tab goes from one to the next."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def button(
    words: str, action: Callable[[], object], hint: str = "", *, main: bool = False
) -> QPushButton:
    """`hint`: the key that does the same, said after the words and to screen readers."""
    made = Button()
    rename(made, words, hint)
    made.setProperty("main", main)
    made.setAutoDefault(True)  # Return presses it as Space does
    made.clicked.connect(lambda: action())
    return made


def rename(made: QPushButton, words: str, key: str = "") -> None:
    """It says something else from now on, in its place."""
    if (made.accessibleName(), made.property("key")) != (words, key):
        hinted = made.text() != made.accessibleName() or not made.text()
        made.setAccessibleName(words)
        made.setProperty("key", key)
        made.setAccessibleDescription(_SPOKEN.get(key, key))
        hint(made, shown=hinted)


def hint(made: QPushButton, *, shown: bool) -> None:
    """At its key, as it was given to `button`, or the words alone."""
    words, key = made.accessibleName(), made.property("key")
    made.setText(f"{words}   {key}" if key and shown else words)


def set_small(made: QPushButton, *, small: bool) -> None:
    """With less room around its words."""
    if bool(made.property("small")) is not small:
        made.setProperty("small", small)
        made.style().unpolish(made)
        made.style().polish(made)
        made.updateGeometry()


def row(*parts: QWidget | None, gap: int = 10) -> QHBoxLayout:
    """Side by side; None is room that grows."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    for part in parts:
        if part is None:
            made.addStretch(1)
        else:
            made.addWidget(part)
    return made


def named(label: QLabel, field: QWidget, description: str = "") -> QWidget:
    """The label belongs to the field, for eyes, keys and screen readers."""
    label.setBuddy(field)
    field.setAccessibleName(label.text().replace("&", ""))
    field.setAccessibleDescription(description)
    return field


def plain(group: QGroupBox) -> QGroupBox:
    """Without a frame: its title stands above what is in it, and names it to screen readers."""
    group.setProperty("plain", True)
    group.setProperty("titled", bool(group.title()))
    style = group.style()
    style.unpolish(group)  # else it keeps the room that its frame has taken
    style.polish(group)
    return group


def clear(layout: QLayout) -> None:
    """All that is in it goes."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def lay_out() -> None:
    """At once: else other texts are seen for a moment in the room that those before had. Qt hands
    on from one to the next that there is another height."""
    for _ in range(_LAYOUTS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def section(told: SafetySection, size: float = 1.0) -> list[QLabel]:
    """A part of the safety text, line by line."""
    lead = [text(told.lead, size)] if told.lead else []
    points = [text(f"•  {point}", size) for point in told.points]
    close = [text(told.close, size)] if told.close else []
    return [text(told.title, size * 1.2, bold=True), *lead, *points, *close]


class WholeEntries(QStyledItemDelegate):
    """Of a list whose entries may take several lines. Qt measures them without the room that is
    left at their sides, and cuts the last word of one that lacks just that."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - 2 * ITEM_EDGE)
        return super().sizeHint(narrower, index)


class Scroll(QScrollArea):
    """Put things into `inside`. What gets the keyboard comes into sight; Tab does not stop at it,
    since it has nothing to say: where nothing in it takes the keyboard, `keys` scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        page.setObjectName("paper")
        self.inside = QVBoxLayout(page)
        self.inside.setContentsMargins(2, 2, 12, 2)
        self.inside.setSpacing(12)
        self.setWidget(page)
        QApplication.instance().focusChanged.connect(self._focused)  # type: ignore[union-attr]

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)

    def stop_at(self, name: str) -> None:
        """Tab stops at it all the same, so that its own keys scroll it: it says what it is, and a
        ring shows that the keyboard is there."""
        self.setAccessibleName(name)
        self.setProperty("stop", True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keys(self, window: "Window") -> None:
        """The window's arrows and page keys scroll it."""
        for key, lines in {"Up": -2, "Down": 2, "PgUp": -12, "PgDown": 12}.items():
            window.key(key, lambda lines=lines: self.by_lines(lines))  # type: ignore[misc]

    def show_top(self, part: QWidget) -> None:
        """It begins where the view begins."""
        page = self.widget()
        if page is not None:
            self.verticalScrollBar().setValue(part.mapTo(page, QPoint(0, 0)).y())

    def by_lines(self, steps: float) -> None:
        """By so many lines of text."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(steps * self.fontMetrics().lineSpacing()))

    def _focused(self, _: QWidget | None, now: QWidget | None) -> None:
        page = self.widget()
        if now is not None and page is not None and page.isAncestorOf(now):
            self.ensureWidgetVisible(now, 20, 40)


class Trouble(QFrame):
    """What is wrong, in its place on the page; hidden where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("call")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(14, 10, 14, 10)
        self._text = text("")
        inside.addWidget(self._text)
        self.hide()

    def tell(self, words: str) -> None:
        """Screen readers say it as well: it becomes an alert."""
        self._text.setText(words)
        self._text.setAccessibleName(words)
        self.show()
        announce(self, words)

    def untell(self) -> None:
        self.hide()


def announce(source: QObject, words: str) -> None:
    """Said by a screen reader, without taking the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    if not QAccessible.isActive():
        return
    try:
        from PySide6.QtGui import QAccessibleAnnouncementEvent
    except ImportError:  # before Qt 6.8
        QAccessible.updateAccessibility(QAccessibleEvent(source, QAccessible.Event.Alert))
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, words))


def pixmap(picture: "Image.Image", ratio: float = 1.0) -> QPixmap:
    """Of a picture with so many of its pixels to a logical one."""
    flat = picture.convert("RGBA")
    image = QImage(
        flat.tobytes(), flat.width, flat.height, flat.width * 4, QImage.Format.Format_RGBA8888
    )
    made = QPixmap.fromImage(image.copy())
    made.setDevicePixelRatio(ratio)
    return made


def picture(image: "Image.Image", told: str, ratio: float = 1.0) -> QLabel:
    """`told`: what is to be seen there, for those who do not see it."""
    label = QLabel()
    label.setPixmap(pixmap(image, ratio))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setAccessibleName(told)
    return label


def _sized(widget: QWidget, size: float, *, bold: bool = False) -> None:
    font = QFont(widget.font())
    font.setPointSizeF(font.pointSizeF() * size)
    font.setBold(bold)
    widget.setFont(font)
