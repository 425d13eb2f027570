"""A row of the numbers 0 to 10, and "No answer": one of them is chosen, by mouse, arrows, digits.

To a screen reader it is a group of radio buttons under its name, which is what it is.
"""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QGroupBox, QPushButton, QSizePolicy

from qlbreak.texts import check_in
from qlbreak.widgets import parts

_GAP = 5
_LEAST = 26  # logical pixels across for a number; where fewer are left, they stand in two lines
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_CLEARS = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_ALWAYS = QSizePolicy.Policy


class Levels(QGroupBox):
    """`value`: None as long as there is no answer. `changed` tells that the person changed it."""

    changed = Signal()
    leaving = Signal(int)  # by so many rows up or down

    def __init__(self, name: str) -> None:
        super().__init__(name)
        parts.plain(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setSpacing(_GAP)
        self._none = self._choice(check_in.NO_ANSWER)
        self._numbers = [self._choice(str(number)) for number in range(check_in.HIGHEST + 1)]
        self._none.setChecked(True)
        self._typed, self._columns = "", 0

    @property
    def value(self) -> int | None:
        return next((n for n, made in enumerate(self._numbers) if made.isChecked()), None)

    def begin(self) -> None:
        """Gets the keyboard."""
        self._chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def tell(self, words: str) -> None:
        """What is wrong with it: a screen reader says it with what has the keyboard."""
        self._chosen.setAccessibleDescription(words)

    def untell(self) -> None:
        for made in (self._none, *self._numbers):
            made.setAccessibleDescription("")

    @property
    def _chosen(self) -> QPushButton:
        value = self.value
        return self._none if value is None else self._numbers[value]

    def _choice(self, words: str) -> QPushButton:
        made = QPushButton(words, self)
        made.setProperty("level", True)
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setAutoDefault(False)
        made.setSizePolicy(_ALWAYS.Ignored if words.isdecimal() else _ALWAYS.Minimum, _ALWAYS.Fixed)
        made.toggled.connect(self._toggled)  # by a screen reader nothing is clicked
        made.installEventFilter(self)
        return made

    def _choose(self, value: int | None) -> None:
        made = self._none if value is None else self._numbers[value]
        made.setChecked(True)
        made.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggled(self, on: bool) -> None:
        """One goes off as another one goes on: that is one change."""
        if on:
            self.changed.emit()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        """Whether it was meant for the numbers; all others are the window's."""
        key, digit = Qt.Key(event.key()), event.text()
        before, self._typed = self._typed, ""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.leaving.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in _CLEARS:
            self._choose(None)
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif digit.isascii() and digit.isdecimal():
            # Two digits are one number where there is such a one: 10.
            both = int(before + digit)
            self._choose(both if both <= check_in.HIGHEST else int(digit))
            self._typed = digit
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        value = self.value
        now = (-1 if value is None else value) + step
        self._choose(None if now < 0 else min(now, check_in.HIGHEST))

    # Place

    def minimumSizeHint(self) -> QSize:
        half = (check_in.HIGHEST + 2) // 2 * (_LEAST + _GAP)
        return QSize(half, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = len(self._numbers)
        numbers = count * (_LEAST + _GAP)
        across = self.contentsRect().width()
        if across >= numbers + self._none.sizeHint().width():
            self._arrange(count, beside=True)
        else:
            self._arrange(count if across >= numbers else (count + 1) // 2, beside=False)

    def _arrange(self, columns: int, *, beside: bool) -> None:
        wanted = columns * 2 + beside
        if wanted == self._columns:
            return
        self._columns = wanted
        for made in (self._none, *self._numbers):
            self._grid.removeWidget(made)
        first = 1 if beside else 0
        self._grid.addWidget(self._none, 0, 0, 1, 1 if beside else columns)
        for number, made in enumerate(self._numbers):
            down, right = divmod(number, columns)
            self._grid.addWidget(made, down + 1 - first, right + first)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(first <= column < columns + first))
