"""Pictures of the record: bars by day, and levels over time; drawn, and walked by keys."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from qlbreak.language import formats
from qlbreak.main_window.wide_picture import SWATCH, WidePicture
from qlbreak.report.series import Point
from qlbreak.texts.durations import brief
from qlbreak.widgets.theme import Colours

_HEIGHT = 170
_TOP, _GAP = 10, 4
_STEPS_S = (60, 300, 600, 900, 1800, 3600, 7200, 4 * 3600, 6 * 3600)
_STEPS = (1, 2, 5, 10, 20, 50)
_LINES = 4  # of the scale, at most
_LEVELS = 10  # of a check-in
_BROAD = 26  # no bar is wider


class Bars(Struct, frozen=True):
    """`values`: of each day, one for each name; beside each other, or on top where `stacked`.
    `told`: what each day says in words. `timed`: in seconds, else numbers. `least`: of the scale,
    so that a first little looks little."""

    days: tuple[date, ...]
    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    told: tuple[str, ...]
    timed: bool
    stacked: bool
    least: float

    @property
    def most(self) -> float:
        pick = sum if self.stacked else max
        return max(self.least, *(pick(each) for each in self.values))

    @property
    def step(self) -> float:
        """Between two lines of the scale."""
        steps: Sequence[float] = _STEPS_S if self.timed else _STEPS
        return next((step for step in steps if step * _LINES >= self.most), steps[-1])

    @property
    def top(self) -> float:
        return -(-self.most // self.step) * self.step

    def mark(self, value: float) -> str:
        if not self.timed:
            return f"{value:g}"
        return brief(value) if value else "0"


class Drawn(WidePicture):
    """With a scale on the left and days below."""

    @property
    def names(self) -> tuple[str, ...]:
        return ()

    def heightForWidth(self, width: int) -> int:
        return _HEIGHT + len(self._in_lines(self.names, width)) * self._line

    def _plot(self, marks: Sequence[str]) -> QRectF:
        """Where the bars are, right of the widest mark of the scale."""
        metrics = self.fontMetrics()
        left = max(map(metrics.horizontalAdvance, marks), default=0) + 10
        bottom = _HEIGHT - metrics.height() - _GAP
        return QRectF(left, _TOP, self.width() - left - 4, bottom - _TOP)

    def _draw_legend(self, painter: QPainter) -> None:
        y = float(_HEIGHT + 4)
        for line in self._in_lines(self.names, self.width()):
            for number, x in line:
                self._swatch(painter, number, QRectF(x, y + 2, SWATCH, SWATCH))
                painter.setPen(QColor(self._colours.ink))
                words = QRectF(x + SWATCH + 6, y, self.width(), self._line)
                painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.names[number])
            y += self._line

    def _swatch(self, painter: QPainter, number: int, box: QRectF) -> None:
        raise NotImplementedError

    def _scale(self, painter: QPainter, plot: QRectF, marks: Sequence[tuple[float, str]]) -> None:
        """Lines across, at shares of the height."""
        for share, mark in marks:
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(QColor(self._colours.edge if share == 0 else self._colours.line)))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(self._colours.soft))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 12, plot.left() - 6, 24), flags, mark)

    def _dates(self, painter: QPainter, plot: QRectF, days: Sequence[tuple[float, str]]) -> None:
        """Below; what has no room is left out."""
        painter.setPen(QColor(self._colours.soft))
        metrics, free = self.fontMetrics(), 0.0
        for x, words in days:
            wide = metrics.horizontalAdvance(words)
            left = min(max(x - wide / 2, 0), self.width() - wide)
            if left >= free:
                painter.drawText(QPointF(left, plot.bottom() + metrics.ascent() + _GAP), words)
                free = left + wide + 10


class BarPicture(Drawn):
    """`chosen` tells the day that was clicked, or gone to by the arrow keys."""

    chosen = Signal(object)

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bars: Bars | None = None
        self._day: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return self._bars.names if self._bars is not None else ()

    def show_bars(self, bars: Bars, name: str) -> None:
        self._bars = bars
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def choose(self, day: date) -> None:
        self._day = day
        if self._bars is not None and day in self._bars.days:
            self.setAccessibleDescription(self._bars.told[self._bars.days.index(day)])
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -999,
                 Qt.Key.Key_End: 999}  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or self._bars is None:
            super().keyPressEvent(event)
            return
        days = self._bars.days
        here = days.index(self._day) if self._day in days else len(days) - 1
        self.chosen.emit(days[min(max(here + step, 0), len(days) - 1)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._bars is None:
            return
        plot, days = self._area(self._bars), self._bars.days
        index = int((event.position().x() - plot.left()) / (plot.width() / len(days)))
        self.chosen.emit(days[min(max(index, 0), len(days) - 1)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _marks(self, bars: Bars) -> list[tuple[float, str]]:
        number = round(bars.top / bars.step)
        return [(n / number, bars.mark(n * bars.step)) for n in range(number + 1)]

    def _area(self, bars: Bars) -> QRectF:
        return self._plot([mark for _, mark in self._marks(bars)])

    def paintEvent(self, _: QPaintEvent) -> None:
        bars = self._bars
        if bars is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._area(bars)
        wide = plot.width() / len(bars.days)
        if self._day in bars.days:
            x = plot.left() + bars.days.index(self._day) * wide
            painter.setPen(QPen(QColor(self._colours.edge), 1, Qt.PenStyle.DotLine))
            painter.setBrush(QColor(self._colours.tint))
            painter.drawRect(QRectF(x, plot.top() - 4, wide, plot.height() + 4))
        self._scale(painter, plot, self._marks(bars))
        for index, values in enumerate(bars.values):
            slot = QRectF(plot.left() + index * wide, plot.top(), wide, plot.height())
            self._draw_day(painter, bars, values, slot)
        last = len(bars.days) - 1
        mondays = [
            (plot.left() + (index + 0.5) * wide, formats.day_month(day))
            for index, day in enumerate(bars.days)
            if day.weekday() == 0 or index == last
        ]
        self._dates(painter, plot, mondays)
        self._draw_legend(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.focus), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _draw_day(
        self, painter: QPainter, bars: Bars, values: tuple[float, ...], slot: QRectF
    ) -> None:
        each = min(slot.width() * 0.76, _BROAD) / (1 if bars.stacked else len(values))
        left = slot.center().x() - each * (1 if bars.stacked else len(values)) / 2
        bottom = slot.bottom()
        for number, value in enumerate(values):
            high = value / bars.top * slot.height()
            x = left if bars.stacked else left + number * each
            if high > 0:
                high = max(high, 2.0)  # a little is seen, too
                self._swatch(painter, number, QRectF(x, bottom - high, max(each - 1, 2), high))
            if bars.stacked:
                bottom -= high

    def _swatch(self, painter: QPainter, number: int, box: QRectF) -> None:
        """Told apart by how they are filled as well, for those who see no colours."""
        colours = self._colours
        styles = (
            (colours.accent, Qt.BrushStyle.SolidPattern),
            (colours.focus, Qt.BrushStyle.BDiagPattern),
            (colours.soft, Qt.BrushStyle.Dense4Pattern),
            (colours.ink, Qt.BrushStyle.NoBrush),
        )
        colour, style = styles[number % len(styles)]
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QBrush(QColor(colour), style))
        painter.drawRect(box)


class LevelPicture(Drawn):
    """Check-ins: a line for each side, with marks of its own."""

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours)
        self._points: dict[str, list[Point]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._points)

    def show_points(self, points: dict[str, list[Point]], name: str) -> None:
        self._points = points
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self._plot(["10"])
        self._scale(painter, plot, [(n / _LEVELS, str(n)) for n in (0, 5, 10)])
        plot.adjust(12, 0, -12, 0)
        days = sorted({point.day for points in self._points.values() for point in points})
        first, span = days[0], max((days[-1] - days[0]).days, 1)

        def x(day: date) -> float:
            return plot.left() + (day - first).days / span * plot.width()

        for number, points in enumerate(self._points.values()):
            corners = [QPointF(x(p.day), plot.bottom() - p.level / _LEVELS * plot.height())
                      for p in points]  # fmt: skip
            painter.setPen(self._pen(number))
            painter.drawPolyline(corners)
            for corner in corners:
                self._mark(painter, number, corner)
        self._dates(painter, plot, [(x(day), formats.day_month(day)) for day in days])
        self._draw_legend(painter)

    def _pen(self, number: int) -> QPen:
        colours = (self._colours.accent, self._colours.focus, self._colours.soft)
        lines = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
        return QPen(QColor(colours[number % 3]), 2, lines[number % 3])

    def _mark(self, painter: QPainter, number: int, middle: QPointF) -> None:
        pen = self._pen(number)
        painter.setPen(QPen(pen.color(), 2))
        painter.setBrush(pen.color() if number == 0 else QColor(self._colours.card))
        box = QRectF(middle.x() - 4.5, middle.y() - 4.5, 9, 9)
        if number == 1:
            painter.drawRect(box)
        else:
            painter.drawEllipse(box)

    def _swatch(self, painter: QPainter, number: int, box: QRectF) -> None:
        self._mark(painter, number, box.center())
