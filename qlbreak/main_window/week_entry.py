"""Hours of the week by day: a box each, from when to when, and a second span if need be."""

from collections.abc import Callable
from datetime import time
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from qlbreak.main_window.entries import ValueEntry, clock
from qlbreak.settings.kinds import Option
from qlbreak.setup.form import Span, by_day, of_days
from qlbreak.setup.questions import USUAL_DAY
from qlbreak.texts import settings_form as texts
from qlbreak.widgets import parts
from qlbreak.widgets.choices import Choices

_ALWAYS, _HOURS = "always", "hours"
_BESIDE = 490
_WORK = range(1, 5)  # those that may have Monday's


class WeekEntry(ValueEntry):
    def __init__(self, name: str) -> None:
        super().__init__()
        options = Option(_ALWAYS, texts.ALWAYS), Option(_HOURS, texts.AT_HOURS)
        self._which = Choices(name, options, (_ALWAYS,), many=False)
        self._which.changed.connect(self._chosen)
        self.control: QWidget = self._which
        self._days = QWidget()
        rows = QVBoxLayout(self._days)
        rows.setContentsMargins(10, 0, 0, 0)
        rows.setSpacing(4)
        self._rows = [_DayRow(number, self._changed) for number in range(7)]
        for row in self._rows:
            rows.addWidget(row)
        self._like = parts.button(texts.COPY, self._copy)
        rows.addLayout(parts.row(self._like, None))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._which)
        inside.addWidget(self._days)

    def show_value(self, value: Any) -> None:
        self._which.words = frozenset({_HOURS if value else _ALWAYS})
        self._days.setVisible(bool(value))
        for row, spans in zip(self._rows, by_day(value), strict=True):
            row.show_spans(spans)
        self._order()

    def value(self) -> Any:
        if self._which.words == {_ALWAYS}:
            return ()
        found = of_days(tuple(row.spans for row in self._rows))
        if not found:
            raise ValueError(texts.NO_DAY)
        return found

    def _chosen(self) -> None:
        hours = self._which.words == {_HOURS}
        self._days.setVisible(hours)
        if hours and not any(row.spans for row in self._rows):
            for row in self._rows[:5]:
                row.show_spans((USUAL_DAY,))
        self._changed()

    def _changed(self) -> None:
        self._order()
        self.left.emit()

    def _order(self) -> None:
        """Tab comes to hours after their day, also to those that are new."""
        stops = [stop for row in self._rows for stop in row.stops]
        for one, other in pairwise([*stops, self._like]):
            QWidget.setTabOrder(one, other)

    def _copy(self) -> None:
        for number in _WORK:
            self._rows[number].show_spans(self._rows[0].spans)
        self._changed()


class _DayRow(QWidget):
    """A day; without a tick it has no hours."""

    def __init__(self, number: int, changed: Callable[[], None]) -> None:
        super().__init__()
        self._name, self._changed = texts.DAYS[number], changed
        self._tick = QCheckBox(self._name)
        self._tick.toggled.connect(self._ticked)
        widest = max(self._tick.fontMetrics().horizontalAdvance(day) for day in texts.DAYS)
        self._tick.setMinimumWidth(widest + 48)
        self._spans = QVBoxLayout()
        self._spans.setSpacing(4)
        self.setMinimumWidth(1)  # else it would never be too narrow
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(self._spans, 1)
        self._parts: list[_SpanPart] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the hours stand below their day."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(part.span for part in self._parts) if self._tick.isChecked() else ()

    @property
    def stops(self) -> list[QWidget]:
        return [self._tick, *(stop for part in self._parts for stop in part.stops)]

    def show_spans(self, spans: tuple[Span, ...]) -> None:
        if spans == tuple(sorted(set(self.spans))):  # also in the middle of entering another
            return
        before = self._tick.blockSignals(True)
        self._tick.setChecked(bool(spans))
        self._tick.blockSignals(before)
        for part in list(self._parts):
            self._drop(part)
        for span in spans:
            self._add(span)

    def _ticked(self, on: bool) -> None:
        if on and not self._parts:
            self._add(USUAL_DAY)
        elif not on:
            for part in list(self._parts):
                self._drop(part)
        self._changed()

    def _add(self, span: Span) -> None:
        part = _SpanPart(self._name, span, self._changed, self._more, self._fewer)
        self._parts.append(part)
        self._spans.addWidget(part)
        self._show_buttons()

    def _drop(self, part: "_SpanPart") -> None:
        self._parts.remove(part)
        self._spans.removeWidget(part)
        part.hide()
        part.deleteLater()
        self._show_buttons()

    def _show_buttons(self) -> None:
        for part in self._parts:
            part.allow(more=part is self._parts[-1], fewer=len(self._parts) > 1)

    def _more(self) -> None:
        begin = self._parts[-1].span[1]
        self._add((begin, time(min(begin.hour + 2, 23), begin.minute)))
        self._parts[-1].first.setFocus()
        self._changed()

    def _fewer(self, part: "_SpanPart") -> None:
        self._drop(part)
        self._parts[-1].first.setFocus()
        self._changed()


class _SpanPart(QWidget):
    def __init__(
        self,
        day: str,
        span: Span,
        changed: Callable[[], None],
        more: Callable[[], None],
        fewer: Callable[["_SpanPart"], None],
    ) -> None:
        super().__init__()
        self.first, self._last = clock(), clock()
        for edit, at, name in zip(
            (self.first, self._last), span, (texts.begins(day), texts.ends(day)), strict=True
        ):
            edit.setAccessibleName(name)
            edit.setTime(QTime(at.hour, at.minute))
            edit.timeChanged.connect(lambda _: self._tell_night())
            edit.editingFinished.connect(changed)
        self._night = parts.text("", soft=True)
        self._night.setWordWrap(False)
        self._more = parts.button(texts.ADD_SPAN, more)
        self._more.setAccessibleName(texts.more_hours(day))
        self._more.setToolTip(texts.more_hours(day))
        self._fewer = parts.button(texts.REMOVE_SPAN, lambda: fewer(self))
        self._fewer.setAccessibleName(texts.fewer_hours(day))
        self._fewer.setToolTip(texts.fewer_hours(day))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        between = parts.text(texts.UNTIL)
        between.setWordWrap(False)
        for small in (self._more, self._fewer):
            small.setProperty("small", True)
        for widget in (self.first, between, self._last, self._fewer, self._more, self._night):
            line.addWidget(widget)
        line.addStretch(1)
        self._tell_night()

    @property
    def span(self) -> Span:
        first, last = self.first.time(), self._last.time()
        return time(first.hour(), first.minute()), time(last.hour(), last.minute())

    @property
    def stops(self) -> list[QWidget]:
        return [self.first, self._last, self._fewer, self._more]

    def allow(self, *, more: bool, fewer: bool) -> None:
        self._more.setVisible(more)
        self._fewer.setVisible(fewer)

    def _tell_night(self) -> None:
        start, end = self.span
        self._night.setText(texts.NEXT_DAY if end <= start else "")
