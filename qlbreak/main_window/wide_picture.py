"""A picture as wide as its page gives it, with what its colours mean in lines below."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from qlbreak.widgets.theme import Colours

SWATCH = 14  # of a colour, and how much stands around it and its word
_BESIDE, _BETWEEN = 6, 18


class WidePicture(QLabel):
    """To a screen reader a picture with a name; Qt knows a label with one to be that. Its height
    is `heightForWidth`."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours = colours
        # Time goes from left to right in it, however one reads.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setPixmap(QPixmap(1, 1))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(480, self.heightForWidth(480))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(160))

    def hasHeightForWidth(self) -> bool:
        return True

    @property
    def _line(self) -> int:
        """How high a line of the legend is."""
        return self.fontMetrics().height() + 6

    def _in_lines(self, names: Sequence[str], width: int) -> list[list[tuple[int, float]]]:
        """The names by their numbers, each with where its swatch begins."""
        lines: list[list[tuple[int, float]]] = []
        x = 0.0
        for number, name in enumerate(names):
            wide = SWATCH + _BESIDE + self.fontMetrics().horizontalAdvance(name) + _BETWEEN
            if not lines or x + wide > width:
                lines.append([])
                x = 0.0
            lines[-1].append((number, x))
            x += wide
        return lines
