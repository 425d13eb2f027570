"""What to choose from: check boxes, and radio buttons of which Tab comes to one; labels wrap."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTextBoundaryFinder, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QGroupBox,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
)

from qlbreak.settings.kinds import Option
from qlbreak.widgets.parts import ARROWS, plain, text

_MARK, _ABOVE = 44, 6  # what stands beside a text with a mark, and above it
_RETURN = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_NONE: Mapping[str, str] = MappingProxyType({})


class _Wrapped:
    """Qt does not wrap what stands beside a mark, and makes the window as wide as it is."""

    def _begin(self: Any, words: str) -> None:
        self._words, self._measured = words, ("", ())
        self.setAccessibleName(words)
        self.setMinimumWidth(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self: Any, across: int) -> int:
        metrics = self.fontMetrics()
        lines = self._wrapped(across - _MARK).count("\n") + 1
        return int(max(lines * metrics.lineSpacing(), 20) + 2 * _ABOVE)

    def keyPressEvent(self: Any, event: QKeyEvent) -> None:
        """Return is the window's, on every desktop; on some it would tick as Space does."""
        if event.key() in _RETURN:
            event.ignore()
        else:
            super().keyPressEvent(event)  # type: ignore[misc]

    def resizeEvent(self: Any, event: QResizeEvent) -> None:
        self.setText(self._wrapped(self.width() - _MARK))

    def _wrapped(self: Any, across: int) -> str:
        """Qt asks dozens of times, at all widths, and to measure a word takes long on Windows."""
        font = self.font().key()
        if self._measured[0] != font:
            advance = self.fontMetrics().horizontalAdvance
            self._measured = font, [(part, advance(part)) for part in parted(self._words)]
        return wrapped(self._measured[1], across)


class TickBox(_Wrapped, QCheckBox):
    def __init__(self, words: str) -> None:
        super().__init__()
        self._begin(words)


class RadioBox(_Wrapped, QRadioButton):
    def __init__(self, words: str) -> None:
        super().__init__()
        self._begin(words)


class Choices(QGroupBox):
    """Options side by side: any number of them (`many`), else one; `notes` stand below theirs.
    A screen reader says the name with the first of them; `titled`: it stands above them, too.

    `changed` tells that the person has changed it.
    """

    changed = Signal()

    def __init__(
        self, name: str, options: Sequence[Option], chosen: Iterable[str], *,
        many: bool, columns: int = 1, notes: Mapping[str, str] = _NONE, titled: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(name if titled else "")
        plain(self)
        self.setAccessibleName(name)
        self._options, self._asked = tuple(options), True
        self._group = QButtonGroup(self)
        self._group.setExclusive(not many)
        self.buttons: dict[str, QAbstractButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4 if titled else 0, 0, 0)
        grid.setHorizontalSpacing(18)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        down = -(-len(options) // columns)
        for index, option in enumerate(self._options):
            cell = self._cell(option, notes.get(option.word, ""), many=many)
            grid.addLayout(cell, index % down, index // down)
        self.words = frozenset(chosen)

    def _cell(self, option: Option, note: str, *, many: bool) -> QVBoxLayout:
        made = (TickBox if many else RadioBox)(option.label)
        made.setAccessibleDescription(note)
        made.toggled.connect(self._toggled)  # by a screen reader nothing is clicked
        if not many:  # in a group Tab comes to one alone
            made.installEventFilter(self)
            self._group.addButton(made)
        self.buttons[option.word] = made
        cell = QVBoxLayout()
        cell.setSpacing(0)
        cell.addWidget(made)
        if note:
            below = text(note, 0.9, soft=True)
            below.setContentsMargins(34, 0, 0, 6)
            cell.addWidget(below)
        cell.addStretch(1)
        return cell

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows lead through all columns; Qt's own stay in theirs."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = ARROWS.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._step(watched, step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, here: QObject, step: int) -> None:
        made = list(self.buttons.values())
        index = next(index for index, button in enumerate(made) if button is here) + step
        if 0 <= index < len(made):
            made[index].setFocus(Qt.FocusReason.TabFocusReason)
            made[index].click()

    @property
    def words(self) -> frozenset[str]:
        """What is chosen."""
        return frozenset(word for word, made in self.buttons.items() if made.isChecked())

    @words.setter
    def words(self, chosen: Iterable[str]) -> None:
        wanted = frozenset(chosen)
        exclusive = self._group.exclusive()
        self._group.setExclusive(False)  # also none
        self._asked = False
        for word, made in self.buttons.items():
            made.setChecked(word in wanted)
        self._asked = True
        self._group.setExclusive(exclusive)
        self._lead()

    def _toggled(self, on: bool) -> None:
        """Of one of which only one can be, the other one goes off as well: that is one change."""
        if self._asked and (on or not self._group.exclusive()):
            self._lead()
            self.changed.emit()

    def _lead(self) -> None:
        """Tab comes to the chosen one, as it does in Qt where a person has chosen it by hand."""
        if self._group.exclusive():
            first = self._group.checkedButton() or next(iter(self.buttons.values()), None)
            for made in self.buttons.values():
                policy = Qt.FocusPolicy
                made.setFocusPolicy(policy.StrongFocus if made is first else policy.ClickFocus)


def parted(text: str) -> list[str]:
    """Where a line may end: behind a space, and in scripts that write no spaces between signs."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    ends = [0]
    for position in range(1, len(text)):
        finder.setPosition(position)
        if finder.isAtBoundary():
            ends.append(position)
    return [text[begin:end] for begin, end in pairwise([*ends, len(text)])]


def wrapped(parts: Sequence[tuple[str, int]], across: int) -> str:
    """In lines that are no longer than *across*, unless a single part is; with their widths."""
    lines: list[list[str]] = []
    room = 0
    for part, wide in parts:
        room -= wide
        if not lines or room < 0:
            lines.append([])
            room = across - wide
        lines[-1].append(part)
    return "\n".join("".join(line).rstrip(" ") for line in lines)
