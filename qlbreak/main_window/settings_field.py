"""A setting on the page: label, entry, help, what is wrong, and the way back to its default."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qlbreak.language import formats
from qlbreak.main_window.entries import SwitchEntry, ValueEntry
from qlbreak.settings.kinds import SomeOf
from qlbreak.settings.schema import ConfigKey
from qlbreak.setup import form
from qlbreak.texts import settings_form as texts
from qlbreak.widgets import parts

_BESIDE = 340


class SettingField(QWidget):
    """`entered`: the person is done with a value that may stand there. `reset`: the default is
    wanted. `seen`: what the file said when it was last shown."""

    entered, reset = Signal(object), Signal()

    def __init__(self, key: ConfigKey, label: str, help_text: str, entry: ValueEntry) -> None:
        super().__init__()
        self.key, self.label, self._help, self._entry = key, label, help_text, entry
        self.seen: Any = key.default
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 2, 0, 2)
        inside.setSpacing(4)
        self._back: QWidget | None = None
        if not isinstance(entry, SwitchEntry):
            inside.addLayout(self._head())
        entry.control.setAccessibleDescription(help_text)
        inside.addWidget(entry)
        if help_text:
            inside.addWidget(_indented(parts.text(help_text, 0.92, soft=True), entry))
        self._told = _Told()
        inside.addWidget(self._told)
        self._question = _Question()
        inside.addWidget(self._question)
        entry.typing.connect(self._check)
        entry.left.connect(self.leave)
        self._show_back()

    def _head(self) -> QHBoxLayout:
        """Its name, and the way back."""
        name = parts.text(self.label, bold=True)
        parts.named(name, self._entry.control)
        kind = self.key.kind
        default = "" if isinstance(kind, SomeOf) else form.in_words(kind, self.key.default)
        words = texts.back_to(default) if default else texts.BACK
        self._back = parts.button(words, self.reset.emit)
        self._back.setAccessibleName(texts.back_of(self.label, words))
        self._back.setProperty("small", True)
        self._top = QHBoxLayout()
        self._top.addWidget(name, 1)
        self._top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        return self._top

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the way back stands below the name."""
        super().resizeEvent(event)
        if self._back is not None:
            ways, beside = QBoxLayout.Direction, self.width() >= _BESIDE
            self._top.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    @property
    def edited(self) -> bool:
        """Whether something stands there that is not saved."""
        try:
            return bool(self._entry.value() != self.seen)
        except ValueError:
            return True

    def show_value(self, value: Any) -> None:
        self.seen = value
        self._entry.show_value(value)
        self._told.clear()
        self._question.hide()
        self._show_back()

    def leave(self) -> None:
        """The person is done with it, or the page goes."""
        try:
            value = self._entry.value()
        except ValueError as error:
            self.tell_wrong(str(error))
            return
        if value == self.seen:
            self._told.forget_wrong()
        else:
            self.entered.emit(value)

    def ask(self, mine: Any, now: Any) -> None:
        """Somebody else has changed it as well: which one is to stay?"""
        kind = self.key.kind
        self._told.clear()
        self._question.ask(
            texts.conflict(form.in_words(kind, now)),
            texts.keep(form.in_words(kind, mine)),
            texts.take(form.in_words(kind, now)),
            lambda: self._keep(mine, now),
            lambda: self.show_value(now),
        )

    def _keep(self, mine: Any, now: Any) -> None:
        self.seen = now
        self._question.hide()
        self.entered.emit(mine)

    def tell(self, words: str) -> None:
        self._told.tell(words, wrong=False)

    def tell_wrong(self, words: str) -> None:
        self._told.tell(words, wrong=True)
        self._entry.control.setAccessibleDescription(
            formats.sentences(formats.sentence(words), self._help)
        )

    def _check(self) -> None:
        """While it is typed it is said on the page only: nobody wants each key read out."""
        try:
            self._entry.value()
        except ValueError as error:
            self._told.tell(str(error), wrong=True, aloud=False)
        else:
            self._told.clear()
            self._entry.control.setAccessibleDescription(self._help)

    def _show_back(self) -> None:
        if self._back is not None:
            self._back.setVisible(self.seen != self.key.default)


class _Told(QLabel):
    """What is wrong with it, or what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.hide()
        self._wrong = False

    def tell(self, words: str, *, wrong: bool, aloud: bool = True) -> None:
        self._wrong = wrong
        self.setProperty("wrong", wrong)
        self.setProperty("accent", not wrong)
        self.style().unpolish(self)
        self.style().polish(self)
        font = self.font()
        font.setBold(wrong)
        self.setFont(font)
        self.setText(words)
        self.setAccessibleName(words)
        self.show()
        if aloud:
            parts.announce(self, words)

    def clear(self) -> None:
        self._wrong = False
        self.hide()

    def forget_wrong(self) -> None:
        if self._wrong:
            self.clear()


class _Question(QWidget):
    """Two answers, in the place where they count."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def ask(self, words: str, mine: str, theirs: str, keep: Any, take: Any) -> None:
        parts.clear(self._inside)
        self._inside.addWidget(parts.text(words))
        self._inside.addLayout(
            parts.row(parts.button(mine, keep), parts.button(theirs, take), None)
        )
        self.show()
        parts.announce(self, words)


def _indented(label: QLabel, entry: ValueEntry) -> QLabel:
    """Help stands below the words that it is on."""
    if isinstance(entry, SwitchEntry):
        label.setContentsMargins(34, 0, 0, 0)
    return label
