"""The names of the pages, as tabs for keys and screen readers, and to be read without a turn."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QTabBar

_ROOM, _TIGHT = (18, 11), 11  # around a name; beside it, where they stand side by side
_ROUND = 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Tabs(QTabBar):
    """Qt turns the names of tabs at the side by a quarter, which nobody likes to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setMouseTracking(True)
        self._under = -1  # the pointer

    def tabSizeHint(self, index: int) -> QSize:
        level = self.shape() is QTabBar.Shape.RoundedNorth
        shown = [index] if level else range(self.count())
        words = [self.tabText(n).replace("&", "") for n in shown]
        metrics = self.fontMetrics()
        widest = max(map(metrics.horizontalAdvance, words), default=0)
        return QSize(widest + 2 * (_TIGHT if level else _ROOM[0]), metrics.height() + 2 * _ROOM[1])

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.HoverMove, QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self._under = self.tabAt(self.mapFromGlobal(self.cursor().pos()))
            self.update()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt goes on by Left and Right alone, though they stand below each other."""
        by = _STEPS.get(Qt.Key(event.key()), 0)
        if not by or self.shape() is QTabBar.Shape.RoundedNorth:
            super().keyPressEvent(event)
            return
        self.setCurrentIndex(min(max(self.currentIndex() + by, 0), self.count() - 1))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint(painter, index, self.tabRect(index).adjusted(3, 2, -3, -2))

    def _paint(self, painter: QPainter, index: int, box: QRect) -> None:
        colours, role = self.palette(), QPalette.ColorRole
        chosen, ink = index == self.currentIndex(), role.WindowText
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setBrush(colours.color(role.Highlight))
            ink = role.HighlightedText
        elif index == self._under:
            painter.setPen(colours.color(role.Mid))
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if chosen and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.color(role.Window)), 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), _ROUND - 3, _ROUND - 3)
        painter.setPen(colours.color(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        level = self.shape() is QTabBar.Shape.RoundedNorth
        room = (_TIGHT if level else _ROOM[0]) - 6
        words = box.adjusted(room, 0, -room, 0)
        painter.drawText(words, flags | Qt.TextFlag.TextShowMnemonic, self.tabText(index))
