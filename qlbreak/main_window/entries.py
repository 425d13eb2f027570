"""What a value is entered with, one for each kind of setting: a box, a number, a choice, a text.

Each has `control`, which gets the label and the keyboard; tells by `left` that the person is done
with a value, and by `typing` that it is not yet; and never tells of what it was only shown.
"""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTime, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from qlbreak.core.model.rules import NEVER
from qlbreak.language import _
from qlbreak.settings.kinds import (
    Count,
    DayTime,
    Duration,
    Folder,
    Length,
    OneOf,
    Option,
    SomeOf,
    Switch,
    ValueKind,
)
from qlbreak.setup import form
from qlbreak.setup.questions import with_what_follows, without_what_needs
from qlbreak.texts import durations
from qlbreak.texts import settings_form as texts
from qlbreak.widgets import application, parts
from qlbreak.widgets.choices import Choices, TickBox

_PAUSE_MS = 400  # after the last of several steps it is written
_MOST = 99_999
_BARE = "QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0px; border: none; }"


class ValueEntry(QWidget):
    """`value` raises ValueError with a line for people."""

    left, typing = Signal(), Signal()
    control: QWidget

    def show_value(self, value: Any) -> None:
        raise NotImplementedError

    def value(self) -> Any:
        raise NotImplementedError


class _Calm(QObject):
    """A wheel turns the page, not a value that happens to be under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def calm(control: QWidget) -> None:
    control.installEventFilter(_Calm(control))


class _ClockBox(QTimeEdit):
    """Tab leaves it; from the hours to the minutes the arrows lead, as they do elsewhere."""

    def focusNextPrevChild(self, forth: bool) -> bool:
        return QAbstractSpinBox.focusNextPrevChild(self, forth)


def clock() -> QTimeEdit:
    """A time of day, as the person's language writes it; it is typed, or stepped by the arrows."""
    made = _ClockBox()
    bare(made)
    calm(made)
    return made


def bare(box: QAbstractSpinBox) -> None:
    """Without its arrows, which are too small to press; Qt's own way leaves no room for the text
    where there is a style sheet."""
    box.setStyleSheet(_BARE)
    box.setAlignment(Qt.AlignmentFlag.AlignCenter)


def _alone(entry: ValueEntry, control: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(entry)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(control)
    for other in others:
        row.addWidget(other)
    return row


class SwitchEntry(ValueEntry):
    def __init__(self, label: str) -> None:
        super().__init__()
        self.control: QCheckBox = TickBox(label)
        _alone(self, self.control)
        self.control.toggled.connect(lambda _: self.left.emit())

    def show_value(self, value: Any) -> None:
        before = self.control.blockSignals(True)
        self.control.setChecked(bool(value))
        self.control.blockSignals(before)

    def value(self) -> Any:
        return self.control.isChecked()


class _NumberBox(QSpinBox):
    """Takes any number that is typed, since the page says what is wrong with it; steps go no
    further than `lowest` and `highest`."""

    def __init__(self, lowest: int, highest: int, *, never: bool) -> None:
        super().__init__()
        self.lowest, self.highest, self._never = lowest, highest, never
        self.setRange(0, _MOST)
        self.setKeyboardTracking(False)
        self.setAccelerated(False)
        if never:
            self.setSpecialValueText(texts.NEVER)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        found = super().validate(text, position)
        digits = text.removesuffix(self.suffix()).strip()
        if found[0] is QValidator.State.Intermediate and digits.isdigit():
            return QValidator.State.Acceptable, text, position
        return found

    def stepBy(self, steps: int) -> None:
        now = self.value()
        wanted = now + steps * self.singleStep()
        if self._never and (wanted < self.lowest or (now == 0 and steps < 0)):
            wanted = 0
        elif now == 0 and self._never and steps > 0:
            wanted = self.lowest
        else:
            wanted = min(max(wanted, self.lowest), self.highest)
        self.setValue(wanted)
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self.value() < self.highest:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self.value() > (0 if self._never else self.lowest):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags


def _step(sign: str, name: str, action: Callable[[], object]) -> QWidget:
    """For the pointer; the keyboard has its arrows in the field itself."""
    made = parts.button(sign, action)
    made.setAccessibleName(name)
    made.setAutoRepeat(True)
    made.setProperty("small", True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


class NumberEntry(ValueEntry):
    """A whole number of units; `factor` is how many of the setting's own one of them is."""

    def __init__(self, kind: Count | Duration, name: str) -> None:
        super().__init__()
        self._kind, self._factor, self._unit = kind, 1, ""
        self.control: _NumberBox = _NumberBox(0, _MOST, never=kind.never)
        calm(self.control)
        bare(self.control)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(_step("−", texts.less(name), self.control.stepDown))
        row.addWidget(self.control)
        row.addWidget(_step("+", texts.more(name), self.control.stepUp))
        row.addStretch(1)
        self._showing = False
        self._pause = application.later(0, self.left.emit, self)
        self._pause.stop()
        self.control.valueChanged.connect(lambda _: self._moved())
        self.control.editingFinished.connect(self._done)
        self.control.lineEdit().textEdited.connect(lambda _: self.typing.emit())
        self._measure(None)

    def _measure(self, value: float | None) -> None:
        """The largest unit that bounds, steps and the value are whole numbers of."""
        kind, box = self._kind, self.control
        step = 1.0
        if isinstance(kind, Duration):
            whole = [kind.low, kind.high, kind.step, *([] if value in (None, NEVER) else [value])]
            unit = next(u for u, n in texts.UNITS.items() if all(w % n == 0 for w in whole if w))
            self._factor = texts.UNITS[unit]
            self._unit = f" {durations.UNIT_NAMES[unit]}"
            box.setSuffix(self._unit)
            step = kind.step / self._factor or (10 if unit == "s" else 1)
        box.lowest, box.highest = int(kind.low / self._factor), int(kind.high / self._factor)
        box.setSingleStep(int(step))

    def show_value(self, value: Any) -> None:
        self._showing = True
        self._measure(value)
        self.control.setValue(0 if value == NEVER else round(value / self._factor))
        self.control.lineEdit().deselect()
        self._showing = False

    def value(self) -> Any:
        text = self.control.lineEdit().text().removesuffix(self.control.suffix()).strip()
        number = 0 if text == texts.NEVER else int(text) if text.isdigit() else None
        if number is None:
            raise ValueError(_("expected a number, got {text}", text=repr(text)))
        if isinstance(self._kind, Count):
            return self._kind.read(number)
        if number == 0 and self._kind.never:
            return NEVER
        return self._kind.read(f"{number}{self._unit}")

    def _moved(self) -> None:
        if not self._showing:
            self.typing.emit()
            self._pause.start(_PAUSE_MS)

    def _done(self) -> None:
        self._pause.stop()
        self.left.emit()


class OptionsEntry(ValueEntry):
    """All that can be chosen is seen: one of it, or any number."""

    def __init__(self, kind: OneOf | SomeOf | Length, name: str, notes: Mapping[str, str]) -> None:
        super().__init__()
        self._kind = kind
        self._many = isinstance(kind, SomeOf)
        self._options = _options(kind)
        columns = 2 if isinstance(kind, Length) or (self._many and not notes) else 1
        self._choices = Choices(
            name, self._options, (), many=self._many, columns=columns, notes=notes
        )
        self._before: frozenset[str] = frozenset()
        self._others: frozenset[str] = frozenset()  # that are no options here, and stay
        _alone(self, self._choices)
        self.control: QWidget = self._choices
        self._choices.changed.connect(self._changed)

    @property
    def words(self) -> frozenset[str]:
        return self._choices.words

    def _changed(self) -> None:
        """What is a more exact form of another comes and goes with it."""
        now = self._choices.words
        if self._many:
            for word in self._before - now:
                now = without_what_needs(self._options, now, word)
            now = with_what_follows(self._options, now)
            self._choices.words = now
        self._before = now
        self.left.emit()

    def show_value(self, value: Any) -> None:
        written = self._kind.write(value)
        found = frozenset(written if isinstance(written, list) else [str(written)])
        self._others = found - {option.word for option in self._options}
        self._before = self._choices.words = found - self._others

    def value(self) -> Any:
        words = self._choices.words
        return self._kind.read([*words, *self._others] if self._many else next(iter(words)))


def _options(kind: OneOf | SomeOf | Length) -> tuple[Option, ...]:
    if isinstance(kind, Length):
        written = [str(kind.write(length)) for length in kind.lengths]
        return tuple(Option(word, word) for word in written)
    return kind.choices


class TimeEntry(ValueEntry):
    def __init__(self, kind: DayTime) -> None:
        super().__init__()
        self._kind = kind
        self.control: QTimeEdit = clock()
        row = _alone(self, self.control)
        row.addStretch(1)
        self.control.editingFinished.connect(self.left.emit)
        self.control.timeChanged.connect(lambda _: self.typing.emit())

    def show_value(self, value: Any) -> None:
        before = self.control.blockSignals(True)
        self.control.setTime(QTime(value.hour, value.minute))
        self.control.blockSignals(before)

    def value(self) -> Any:
        found = self.control.time()
        return self._kind.read(f"{time(found.hour(), found.minute()):%H:%M}")


class TextEntry(ValueEntry):
    """Anything that is written; a folder can be chosen as well."""

    def __init__(self, kind: ValueKind, name: str) -> None:
        super().__init__()
        self._kind = kind
        self.control: QLineEdit = QLineEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.control, 5)
        if isinstance(kind, Folder):
            choose = parts.button(texts.CHOOSE, self._choose)
            choose.setAccessibleName(texts.choose(name))
            row.addWidget(choose)
        row.addStretch(1)
        self.control.textEdited.connect(lambda _: self.typing.emit())
        self.control.editingFinished.connect(self.left.emit)

    def show_value(self, value: Any) -> None:
        self.control.setText(form.shown(self._kind, value))
        self.control.setCursorPosition(0)

    def value(self) -> Any:
        return form.typed(self._kind, self.control.text())

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "", self.control.text())
        if found:
            self.control.setText(found)
            self.left.emit()


def entry(kind: ValueKind, label: str, notes: Mapping[str, str]) -> ValueEntry:
    """*notes*: below options, by their words."""
    match kind:
        case Switch():
            return SwitchEntry(label)
        case Count() | Duration():
            return NumberEntry(kind, label)
        case OneOf() | SomeOf() | Length():
            return OptionsEntry(kind, label, notes)
        case DayTime():
            return TimeEntry(kind)
        case _:
            return TextEntry(kind, label)
