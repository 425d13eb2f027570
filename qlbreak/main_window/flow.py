"""A layout of lines: one thing behind the other, and below where the line is full."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 8
_LEAST = 200


class Flow(QLayout):
    """Qt has none; what is hidden takes no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def put(self, place: int, widget: QWidget) -> None:
        """At that place among the others, wherever it was."""
        if place < len(self._items) and self._items[place].widget() is widget:
            return
        self.removeWidget(widget)
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._lay(box, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """What is wider than the line is cut: there is no room that would be enough for all."""
        high = max((item.minimumSize().height() for item in self._seen()), default=0)
        return QSize(_LEAST, high)

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, box: QRect, *, move: bool) -> int:
        """The height that it takes."""
        at, high = QPoint(box.x(), box.y()), 0
        for item in self._seen():
            size = item.sizeHint().boundedTo(QSize(max(box.width(), 1), 10_000))
            if at.x() > box.x() and at.x() + size.width() > box.right() + 1:
                at, high = QPoint(box.x(), at.y() + high + _GAP), 0
            if move:
                mirrored = self._parent.isRightToLeft()
                left = box.right() + 1 - (at.x() - box.x()) - size.width() if mirrored else at.x()
                item.setGeometry(QRect(QPoint(left, at.y()), size))
            at.setX(at.x() + size.width() + _GAP)
            high = max(high, size.height())
        return at.y() + high - box.y()
