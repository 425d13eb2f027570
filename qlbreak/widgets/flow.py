"""A layout for things side by side that takes as many rows as they need."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_NOWHERE = Qt.Orientation(0)


class Flow(QLayout):
    """Hidden widgets take no room. `middle`: where each row stands; else at the beginning of it.
    `least`: the width that it asks for at least, where what is wider may be cut; 0: all that the
    widest needs."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        gap: int = 8,
        middle: bool = True,
        least: int = 0,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._middle, self._least = gap, middle, least
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, index: int, widget: QWidget) -> None:
        """At that place among the others, wherever it was."""
        if index < len(self._items) and self._items[index].widget() is widget:
            return
        self.removeWidget(widget)
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return _NOWHERE

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return sum(_height(row) for row in rows) + self._gap * max(len(rows) - 1, 0)

    def sizeHint(self) -> QSize:
        (row,) = self._rows(1 << 24) or [[]]
        return QSize(self._across(row), _height(row))

    def minimumSize(self) -> QSize:
        row = self._shown()
        widest = max((item.sizeHint().width() for item in row), default=0)
        return QSize(min(widest, self._least) if self._least else widest, _height(row))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        parent, y = self.parentWidget(), rect.y()
        mirrored = parent is not None and parent.isRightToLeft()
        for row in self._rows(rect.width()):
            high, spare = _height(row), rect.width() - self._across(row)
            x = max(spare // 2, 0) if self._middle else 0
            for item in row:
                wide = min(item.sizeHint().width(), rect.width())
                left = rect.width() - x - wide if mirrored else x
                item.setGeometry(QRect(QPoint(rect.x() + left, y), QSize(wide, high)))
                x += wide + self._gap
            y += high + self._gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _across(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self._gap * max(len(row) - 1, 0)

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._shown():
            if rows and self._across([*rows[-1], item]) <= width:
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows


def _height(row: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in row), default=0)
