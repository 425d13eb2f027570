"""What of a movement must be seen from afar: the side, the seconds, how far the routine is."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from qlbreak.core.model.guided import Session
from qlbreak.core.model.score import Moment
from qlbreak.core.model.terms import Side
from qlbreak.guide.cues import Cue
from qlbreak.texts import guidance
from qlbreak.widgets.theme import Colours

_SMALLEST_PT = 8.0
_ROUNDED = 0.95  # letters come in whole pixels, and may be a little wider than was asked for


class Ring(QProgressBar):
    """The seconds of a stretch as a ring around their number. What others hear of it changes once
    a second; the ring itself as often as it can be seen."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours, self._left, self._waits = colours, 1.0, False
        self.setAccessibleName(guidance.SECONDS_LEFT)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def resize_to(self, size: int) -> None:
        """The style sheet knows progress bars that are flat, and goes before what is set."""
        rule = f"min-height: {size}px; max-height: {size}px; background: transparent;"
        self.setStyleSheet(f"Ring {{ {rule} }}")
        self.setFixedWidth(size)

    def tell(self, seconds: int, of: int, left: float, *, waits: bool) -> None:
        """`left`: 1 to 0, of the ring. `waits`: it is not the work that runs."""
        if (self.value(), self.maximum()) != (seconds, of):
            self.setRange(0, of)
            self.setValue(seconds)
        if (left, waits) != (self._left, self._waits):
            self._left, self._waits = left, waits
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        pen, colours = QPainter(self), self._colours
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = self.width() * 0.085
        room = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
        track = thick / 4 if colours.plain else thick
        for colour, share, across in (
            (colours.line, 1.0, track),
            (colours.soft if self._waits else colours.accent, self._left, thick),
        ):
            line = QPen(QColor(colour), across)
            line.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setPen(line)
            pen.drawArc(room, 90 * 16, round(360 * 16 * share))
        font = self.font()
        font.setPixelSize(max(round(self.width() * 0.36), 8))
        font.setBold(True)
        pen.setFont(font)
        pen.setPen(QColor(colours.ink))
        pen.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.value()))
        pen.end()


class Legs(QWidget):
    """How far the whole routine is: a piece for each stretch of work. For eyes only: the minutes
    beside it say the same."""

    def __init__(self, colours: Colours, session: Session) -> None:
        super().__init__()
        self._colours, self._session = colours, session
        self._passed: list[float] = []
        self.setFixedHeight(7)

    def tell(self) -> None:
        session = self._session
        here = session.stretches.index(session.stretch)
        passed = [
            session.elapsed / session.stretch.seconds if index == here else float(index < here)
            for index, stretch in enumerate(session.stretches)
            if stretch.moment is Moment.WORK
        ]
        if passed != self._passed:
            self._passed = passed
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        pen, gap, high = QPainter(self), 5.0, float(self.height())
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setPen(Qt.PenStyle.NoPen)
        work = [s.seconds for s in self._session.stretches if s.moment is Moment.WORK]
        length, x = (self.width() - gap * (len(work) - 1)) / sum(work), 0.0
        for seconds, passed in zip(work, self._passed or [0.0] * len(work), strict=True):
            pen.setBrush(QColor(self._colours.line))
            top, thick = (high / 2 - 1, 2.0) if self._colours.plain else (0.0, high)
            pen.drawRoundedRect(QRectF(x, top, seconds * length, thick), 3, 3)
            if passed:
                pen.setBrush(QColor(self._colours.accent))
                pen.drawRoundedRect(QRectF(x, 0, seconds * length * passed, high), 3, 3)
            x += seconds * length + gap
        pen.end()


class SideArrow(QWidget):
    """To the side that is meant, which a word says as well."""

    def __init__(self) -> None:
        super().__init__()
        self._left, self._colour = True, QColor()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def tell(self, left: bool, colour: str) -> None:
        self._left, self._colour = left, QColor(colour)
        self.update()

    def sizeHint(self) -> QSize:
        high = round(self.fontMetrics().height() * 1.6)
        return QSize(high, high)

    def paintEvent(self, _: QPaintEvent) -> None:
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(self._colour)
        size = min(self.width(), self.height())
        pen.translate(self.width() / 2, self.height() / 2)
        pen.scale(-size if self._left else size, size)
        tip, neck, thin, wide = 0.46, 0.04, 0.13, 0.4
        points = [(-tip, -thin), (neck, -thin), (neck, -wide), (tip, 0),
                  (neck, wide), (neck, thin), (-tip, thin)]  # fmt: skip
        polygon = QPolygonF()
        for x, y in points:
            polygon.append(QPointF(x, y))
        pen.drawPolygon(polygon)
        pen.end()


class OneLine(QLabel):
    """In one line, in smaller letters where it would not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._largest = QFont(self.font())

    def tell(self, words: str) -> None:
        self.setText(words)
        self._fit()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Its largest. Kept, since a style sheet that comes later makes it thin again."""
        super().setFont(font)
        self._largest = QFont(self.font())
        self._largest.setPointSizeF(self.fontInfo().pointSizeF())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font, most = QFont(self._largest), self._largest.pointSizeF()
        needed = QFontMetricsF(font).horizontalAdvance(self.text())
        if needed > self.width() > 0:
            fits = _ROUNDED * most * self.width() / needed
            font.setPointSizeF(max(fits, _SMALLEST_PT))
        super().setFont(font)


class Band(QFrame):
    """What must be seen from two metres: the side, by word, by arrow and by where it stands. From
    farther away with larger arrows."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours = colours
        self._arrows = SideArrow(), SideArrow()
        # The left of the body is on the left, however one reads.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.label = OneLine()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._arrows[0])
        row.addWidget(self.label, 1)
        row.addWidget(self._arrows[1])

    def set_arrows(self, font: QFont) -> None:
        """As high as a line of that."""
        for arrow in self._arrows:
            arrow.setFont(font)
            arrow.updateGeometry()

    def tell(self, cue: Cue) -> None:
        colours = self._colours
        fill, ink = (colours.call, colours.on_call) if cue.urgent else (colours.tint, colours.ink)
        if cue.paused:
            fill, ink = colours.line, colours.ink
        edge, line = fill, "solid"
        if colours.plain:  # no shades: what must be seen is turned over, a rest has a broken line
            edge = colours.edge
            calls = cue.urgent and not cue.paused
            fill, ink = (colours.ink, colours.paper) if calls else (colours.paper, colours.ink)
            line = "dashed" if cue.paused else "solid"
        self.setStyleSheet(
            f"Band {{ background: {fill}; border: 2px {line} {edge}; border-radius: 11px; }}"
            f"QLabel {{ color: {ink}; }}"
        )
        now = guidance.counted(cue.now, cue.count)
        self.label.tell(guidance.paused(now) if cue.paused else now)
        left, right = cue.side is Side.LEFT, cue.side is Side.RIGHT
        sides = {True: Qt.AlignmentFlag.AlignLeft, False: Qt.AlignmentFlag.AlignRight}
        across = sides[left] if left or right else Qt.AlignmentFlag.AlignHCenter
        self.label.setAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        for arrow, there in zip(self._arrows, (left, right), strict=True):
            arrow.setVisible(there)
            arrow.tell(left, ink if cue.urgent else colours.accent)
