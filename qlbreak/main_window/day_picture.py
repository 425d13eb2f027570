"""The day as a picture: what was sat, stood and away along the hours, reminders above it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen

from qlbreak.core.model.terms import Ending
from qlbreak.core.statistics.timeline import DayPart, Doing, Timeline
from qlbreak.language import formats
from qlbreak.main_window.wide_picture import SWATCH, WidePicture
from qlbreak.texts import day
from qlbreak.widgets.theme import Colours

_HOUR = timedelta(hours=1)
_LEAST = 4 * _HOUR  # a morning's first minutes are not stretched over the whole width
_MARKS, _BAR, _THIN, _GAP = 22, 30, 7, 5  # heights
_MARK = 8.0  # half of a reminder's width
# Behind what was sat lies what only says that nobody was there.
_ORDER = (Doing.OFF, Doing.AWAY, Doing.ASSUMED, Doing.SAT, Doing.STOOD)
_OVER = (Doing.MEETING, Doing.PAUSED, Doing.HELD)
_NOBODY = (Doing.OFF, Doing.AWAY)
_STEPS = (1, 2, 3, 4, 6, 12)  # hours from one that is named to the next
_APART = 10  # the least between two names


class DayPicture(WidePicture):
    """What it shows stands in words beside it: to a screen reader it is one picture."""

    def __init__(self, colours: Colours) -> None:
        super().__init__(colours)
        self._told = Timeline((), ())
        self._at: datetime | None = None
        self.setAccessibleName(day.PICTURE)

    def show_day(self, told: Timeline, at: datetime) -> None:
        self._told, self._at = told, at
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width)) if self._at is not None else 0
        return self._axis + 6 + lines * self._line

    @property
    def _axis(self) -> int:
        """Down to below the hours."""
        return _MARKS + _THIN + _GAP + _BAR + self.fontMetrics().height() + 4

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._at is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = Scale.of(self._told, self._at, self.width(), mirrored=self.isRightToLeft())
        self._paint_hours(painter, scale)
        for doing in (*_ORDER, *_OVER):
            for one in self._told.parts:
                if one.doing is doing:
                    self._paint_part(painter, scale, one)
        self._paint_frame(painter)
        for life in self._told.prompts:
            if life.first is not None:
                middle = QPointF(scale.x(life.first.at), _MARKS / 2)
                self._paint_mark(painter, middle, life.ending, over=life.over)
        self._paint_legend(painter)

    def _paint_hours(self, painter: QPainter, scale: "Scale") -> None:
        top, bottom = _MARKS + _THIN + _GAP, _MARKS + _THIN + _GAP + _BAR
        metrics = self.fontMetrics()
        for hour in scale.hours():
            x = scale.x(hour)
            painter.setPen(QPen(QColor(self._colours.line), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom + 3))
        painter.setPen(QColor(self._colours.soft))
        for hour in scale.named(metrics.horizontalAdvance("00:00") + _APART):
            name = formats.clock(hour)
            wide = metrics.horizontalAdvance(name)
            left = min(max(scale.x(hour) - wide / 2, 0.0), self.width() - float(wide))
            painter.drawText(QPointF(left, bottom + 2 + metrics.ascent()), name)

    def _paint_frame(self, painter: QPainter) -> None:
        """Over what lies at its ends."""
        painter.setPen(QPen(QColor(self._colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(0.5, _MARKS + _THIN + _GAP + 0.5, self.width() - 1, _BAR - 1)
        painter.drawRoundedRect(box, 4, 4)

    def _paint_part(self, painter: QPainter, scale: "Scale", one: DayPart) -> None:
        left, right = sorted((scale.x(one.begin), scale.x(one.end)))
        over = one.doing in _OVER
        top, high = (_MARKS, _THIN) if over else (_MARKS + _THIN + _GAP, _BAR)
        self._fill(painter, QRectF(left, top, max(right - left, 1.5), high), one.doing)

    def _fill(self, painter: QPainter, box: QRectF, doing: Doing) -> None:
        """Told apart by more than colours: full, striped, empty."""
        colours = self._colours
        painter.setPen(Qt.PenStyle.NoPen)
        match doing:
            case Doing.SAT | Doing.ASSUMED:
                painter.setBrush(QColor(colours.accent))
                if doing is Doing.ASSUMED:
                    painter.setBrush(QBrush(QColor(colours.accent), Qt.BrushStyle.Dense4Pattern))
            case Doing.STOOD:
                painter.fillRect(box, QColor(colours.tint))
                painter.setBrush(QBrush(QColor(colours.accent), Qt.BrushStyle.BDiagPattern))
            case Doing.AWAY | Doing.OFF:
                painter.setBrush(QColor(colours.card))
            case _:
                painter.setBrush(QColor(colours.edge))
        painter.drawRect(box.adjusted(0, 1, 0, -1))

    def _paint_mark(
        self, painter: QPainter, middle: QPointF, ending: Ending | None, *, over: bool
    ) -> None:
        colours = self._colours
        box = QRectF(middle.x() - _MARK, middle.y() - _MARK, 2 * _MARK, 2 * _MARK)
        done = ending is Ending.DONE
        painter.setPen(QPen(QColor(colours.accent if done else colours.edge), 1.6))
        fill = colours.accent if done else colours.card if over else colours.call
        painter.setBrush(QColor(fill))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        sign = colours.on_accent if done else colours.ink if over else colours.on_call
        painter.setPen(QPen(QColor(sign), 1.8, c=Qt.PenCapStyle.RoundCap))
        for line in _SIGNS[ending]:
            ends = [middle + QPointF(x, y) for x, y in line]
            painter.drawPolyline(ends)

    # The legend

    def _legend(self) -> list[tuple[Doing | Ending | None, str]]:
        marks = {life.ending for life in self._told.prompts if life.first is not None}
        return [
            *day.LEGEND.items(),
            *((ending, name) for ending, name in day.REMINDERS.items() if ending in marks),
        ]

    def _lines(self, width: int) -> list[list[tuple[int, float]]]:
        return self._in_lines([name for _, name in self._legend()], width)

    def _paint_legend(self, painter: QPainter) -> None:
        metrics, legend = self.fontMetrics(), self._legend()
        for row, line in enumerate(self._lines(self.width())):
            top = self._axis + 6 + row * self._line
            middle = top + metrics.height() / 2
            for number, x in line:
                kind, name = legend[number]
                left = self.width() - x - SWATCH if self.isRightToLeft() else x
                box = QRectF(left, middle - SWATCH / 2, SWATCH, SWATCH)
                self._paint_swatch(painter, box, kind)
                painter.setPen(QColor(self._colours.soft))
                wide = metrics.horizontalAdvance(name)
                text = left - 6 - wide if self.isRightToLeft() else left + SWATCH + 6
                painter.drawText(QPointF(text, top + metrics.ascent()), name)

    def _paint_swatch(self, painter: QPainter, box: QRectF, kind: Doing | Ending | None) -> None:
        if not isinstance(kind, Doing):
            self._paint_mark(painter, box.center(), kind, over=kind is not None)
            return
        if kind in _OVER:
            self._fill(painter, box.adjusted(0, 3, 0, -3), kind)
            return
        self._fill(painter, box, kind)
        painter.setPen(QPen(QColor(self._colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


_SIGNS: Mapping[Ending | None, tuple[tuple[tuple[float, float], ...], ...]] = {
    Ending.DONE: (((-3, 0), (-1, 3), (4, -3)),),
    Ending.SKIPPED: (((-2.5, -2.5), (2.5, 2.5)), ((2.5, -2.5), (-2.5, 2.5))),
    Ending.EXPIRED: (((-3, 0), (3, 0)),),
    Ending.WITHDRAWN: (((0, 3.5), (0, -3.5)), ((-2.5, -1), (0, -3.5), (2.5, -1))),
    None: (((0, -4), (0, 1)), ((0, 4), (0, 4.2))),
}


class Scale:
    """Where the moments stand; time is counted on, also where the clocks are changed."""

    def __init__(self, begin: datetime, end: datetime, width: int, *, mirrored: bool) -> None:
        self._begin, self._end, self._width = begin, end, width
        self._mirrored = mirrored

    @classmethod
    def of(cls, told: Timeline, at: datetime, width: int, *, mirrored: bool) -> "Scale":
        """From the full hour before somebody was there to the one after now: the day turns at
        night, and nothing is to be seen of its first hours."""
        firsts = [one.begin for one in told.parts if one.doing not in _NOBODY]
        firsts += [life.first.at for life in told.prompts if life.first is not None]
        begin = min((*firsts, at)).replace(minute=0, second=0, microsecond=0)
        end = at.replace(minute=0, second=0, microsecond=0) + _HOUR
        return cls(begin, max(end, begin + _LEAST), width, mirrored=mirrored)

    def x(self, at: datetime) -> float:
        share = (at - self._begin) / (self._end - self._begin)
        share = min(max(share, 0.0), 1.0)
        return self._width * (1 - share if self._mirrored else share)

    def hours(self) -> list[datetime]:
        """The full ones."""
        count = int((self._end - self._begin) / _HOUR)
        return [self._begin + number * _HOUR for number in range(count + 1)]

    def named(self, room: float) -> list[datetime]:
        """Those whose names stand there, where each takes so much room: as far apart as can be
        counted on, say every other one."""
        of_one = self._width * (_HOUR / (self._end - self._begin))
        step = next((step for step in _STEPS if step * of_one >= room), _STEPS[-1])
        return [hour for hour in self.hours() if hour.hour % step == 0]
