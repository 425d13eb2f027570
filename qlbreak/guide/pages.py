"""The pages of a guide's window: a movement, how it feels afterwards, thanks, the safety text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.routine import Moment
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Figure
from qlbreak.guide import cues, posing
from qlbreak.guide.cues import Cue
from qlbreak.guide.lesson import Lesson
from qlbreak.texts import guiding, safety
from qlbreak.widgets import parts, safety_window
from qlbreak.widgets.figure_view import FigureView
from qlbreak.widgets.theme import Colours, Theme

_USUAL = 900, 570  # of a page whose texts have their usual size; a larger one is read from afar
_SCALES = 0.78, 1.9
_SMALLEST_PT = 8.0
_WIDE = 480  # from this width on the texts stand beside the figure


class Ring(QProgressBar):
    """The seconds of a stretch as a ring around their number. What others hear of it changes once
    a second; the ring itself as often as it can be seen."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours, self._left, self._waits = colours, 1.0, False
        self.setAccessibleName(guiding.SECONDS_LEFT)
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


class Arrow(QWidget):
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
        self._most = self.font().pointSizeF()

    def tell(self, words: str) -> None:
        self.setText(words)
        self._fit()

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Its largest."""
        super().setFont(font)
        self._most = self.font().pointSizeF()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(self._most)
        needed = QFontMetricsF(font).horizontalAdvance(self.text())
        if needed > self.width() > 0:
            font.setPointSizeF(max(self._most * self.width() / needed, _SMALLEST_PT))
        super().setFont(font)


class Band(QFrame):
    """What must be seen from two metres: the side, by word, by arrow and by where it stands."""

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self._colours = colours
        self._arrows = Arrow(), Arrow()
        self.label = OneLine()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._arrows[0])
        row.addWidget(self.label, 1)
        row.addWidget(self._arrows[1])

    def tell(self, cue: Cue) -> None:
        colours = self._colours
        fill, ink = (colours.call, colours.on_call) if cue.urgent else (colours.tint, colours.ink)
        if cue.paused:
            fill, ink = colours.line, colours.ink
            if colours.plain:
                fill = colours.paper
        edge = colours.edge if colours.plain else fill
        self.setStyleSheet(
            f"Band {{ background: {fill}; border: 2px solid {edge}; border-radius: 11px; }}"
            f"QLabel {{ color: {ink}; }}"
        )
        self.label.tell(guiding.paused(cue.now) if cue.paused else cue.now)
        left, right = cue.side is Side.LEFT, cue.side is Side.RIGHT
        sides = {True: Qt.AlignmentFlag.AlignLeft, False: Qt.AlignmentFlag.AlignRight}
        across = sides[left] if left or right else Qt.AlignmentFlag.AlignHCenter
        self.label.setAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        for arrow, there in zip(self._arrows, (left, right), strict=True):
            arrow.setVisible(there)
            arrow.tell(left, ink if cue.urgent else colours.accent)


class Card(QFrame):
    """As high as the page gives it: asked by its width it would want room for a usual figure."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")

    def hasHeightForWidth(self) -> bool:
        return False


class MovementPage(QWidget):
    """Its figure, its side, its seconds, its steps, what comes next. `tell` at every beat."""

    def __init__(self, theme: Theme, still: bool, lesson: Lesson, session: Session) -> None:
        super().__init__()
        self._theme, self._still = theme, still
        self._lesson, self._session = lesson, session
        self._cue: Cue | None = None
        self._sized: dict[QWidget, float] = {}
        self._scale, self._keys = 0.0, True
        self._left, self._legs = parts.text("", soft=True), Legs(theme.colours, session)
        self._title = parts.text(lesson.title, soft=True)
        self._band, self.figure = Band(theme.colours), FigureView(still=still)
        self._step = parts.text("", bold=True)
        self._name, self._meaning = parts.heading(""), parts.text("", soft=True)
        self._ring, self._next = Ring(theme.colours), parts.text("")
        self._warning = parts.text(lesson.warning, bold=True)
        self._care, self._why = parts.text(""), parts.text(lesson.why, soft=True)
        self._list, self._steps = QVBoxLayout(), list[QLabel]()
        # Where the ring stands: above the texts, or beside the figure in a narrow window.
        self._above, self._beside = QVBoxLayout(), QVBoxLayout()
        self._next_beside, self._next_below = QVBoxLayout(), QVBoxLayout()
        self._build()

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._left.setWordWrap(False)
        top = parts.row(self._title, self._left)
        top.setStretch(0, 1)
        page.addLayout(top)
        page.addWidget(self._legs)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(20)
        self._body.addWidget(self._card(), 56)
        self._body.addWidget(self._texts(), 44)
        page.addLayout(self._body, 1)
        self._sized = {
            self._band.label: 2.0, self._step: 1.25, self._name: 1.7, self._meaning: 1.0,
            self._next: 1.2, self._warning: 1.0, self._care: 1.0, self._why: 0.9,
            self._title: 0.95, self._left: 0.95,
        }  # fmt: skip

    def _card(self) -> QFrame:
        """Band, figure, and what is to be done now."""
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.addWidget(self._band)
        beside = QHBoxLayout()
        beside.addWidget(self.figure, 1)
        beside.addLayout(self._beside)
        inside.addLayout(beside, 1)
        self._step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._step)
        return card

    def _texts(self) -> parts.Scroll:
        """The caution stands above the steps: those may be scrolled for, it may not."""
        texts = parts.Scroll()
        column = texts.inside
        column.setContentsMargins(4, 0, 8, 0)
        ring = QHBoxLayout()
        ring.addLayout(self._above)
        ring.addLayout(self._next_beside, 1)
        self._warning.setVisible(bool(self._lesson.warning))
        self._why.setVisible(bool(self._lesson.why))
        column.addWidget(self._name)
        column.addWidget(self._meaning)
        column.addLayout(ring)
        column.addWidget(self._warning)
        column.addWidget(self._care)
        column.addLayout(self._next_below)
        column.addLayout(self._list)
        column.addWidget(self._why)
        column.addStretch(1)
        return texts

    def tell(self, has_keys: bool = True) -> Cue:
        """What has changed since the last call; to be called at every beat."""
        cue = cues.cue(self._session)
        if cue != self._cue:
            self._changed(self._cue, cue)
            self._cue = cue
        if has_keys != self._keys:
            self._keys = has_keys
            self._title.setText(
                self._lesson.title if has_keys else f"{self._lesson.title}  ·  {guiding.NO_KEYS}"
            )
        self._move(cue)
        return cue

    def _changed(self, before: Cue | None, cue: Cue) -> None:
        self._band.tell(cue)
        for label, words in (
            (self._name, cue.name), (self._meaning, cue.meaning), (self._next, cue.next),
            (self._care, guiding.take_care(cue.caution)), (self._step, cue.steps[cue.step]),
        ):  # fmt: skip
            if label.text() != words:
                label.setText(words)
        self._meaning.setVisible(bool(cue.meaning))
        if before is None or (before.steps, before.step) != (cue.steps, cue.step):
            self._tell_steps(cue)
        movement, side = self._session.movement, cue.stretch.side
        if before is None or (before.name, before.stretch.side) != (cue.name, side):
            self.figure.set_figure(self._figure_of(movement), side)
        self.figure.describe(movement.name, cue.steps[cue.step])
        if before is None or (before.now, before.name) != (cue.now, cue.name):
            parts.announce(self._band.label, guiding.title(cue.now, cue.name))
        elif before.step != cue.step:
            parts.announce(self._step, cue.steps[cue.step])

    def _tell_steps(self, cue: Cue) -> None:
        """The present one is bold; a screen reader is told it once, when it is due."""
        while len(self._steps) > len(cue.steps):
            label = self._steps.pop()
            del self._sized[label]
            self._list.removeWidget(label)
            label.deleteLater()
        while len(self._steps) < len(cue.steps):
            label = parts.text("")
            self._sized[label] = 1.0
            self._steps.append(label)
            self._list.addWidget(label)
        for number, (label, step) in enumerate(zip(self._steps, cue.steps, strict=True)):
            label.setText(f"{number + 1}.  {step}")
            here, colours = number == cue.step, self._theme.colours
            ink = label.palette()
            ink.setColor(
                QPalette.ColorRole.WindowText, QColor(colours.ink if here else colours.soft)
            )
            label.setPalette(ink)
            self._size(label, 1.0, bold=here)

    def _move(self, cue: Cue) -> None:
        """What changes all the time."""
        session, still = self._session, self._still
        figure = self._figure_of(session.movement)
        calm = still or posing.rests(session)
        self.figure.show_at(posing.posed(session, figure, still=still), calm=calm)
        seconds, of = cues.seconds(session), cue.stretch.seconds
        # A step a second where no motion is wanted; else as many as can be seen.
        finer = 1 if still else 8
        left = round(session.left * finer) / (of * finer)
        waits = cue.paused or cue.stretch.moment is not Moment.WORK
        self._ring.tell(seconds, round(of), left, waits=waits)
        words = guiding.minutes_left(cues.minutes(session))
        if self._left.text() != words:
            self._left.setText(words)
            self._legs.tell()

    def _figure_of(self, movement: Movement) -> Figure:
        book = moving.load()
        name = self._lesson.figure_of.get(movement.id, movement.id)
        return book[name] if name in book else moving.generic(movement.position)

    # Its sizes

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        wide = width > 1.1 * height and width >= _WIDE
        side, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(side if wide else down)
        share = 56 if wide or height > 500 else 40  # the texts need theirs first
        self._body.setStretch(0, share)
        self._body.setStretch(1, 100 - share)
        (self._above if wide else self._beside).addWidget(self._ring)
        (self._next_beside if wide else self._next_below).addWidget(self._next)
        usual = _USUAL if wide else (600, 760)
        scale = min(max(min(width / usual[0], height / usual[1]), _SCALES[0]), _SCALES[1])
        ring = round((120 if wide and height > 400 else 84) * scale)
        self._ring.resize_to(ring)
        if round(scale, 2) != round(self._scale, 2):
            self._scale = scale
            for widget, size in self._sized.items():
                bold = widget.font().bold() or widget is self._band.label
                self._size(widget, size, bold=bold)

    def _size(self, widget: QWidget, size: float, *, bold: bool) -> None:
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * size * (self._scale or 1.0))
        font.setBold(bold)
        widget.setFont(font)


class EndPage(QWidget):
    """What was done, and how it feels, if the person likes to say."""

    def __init__(self, done: str, felt: Callable[[Feeling], None]) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        card, inside = parts.card()
        card.setMaximumWidth(640)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(parts.heading(done, 1.8))
        inside.addSpacing(8)
        inside.addWidget(parts.text(guiding.QUESTION, 1.4))
        inside.addWidget(parts.text(guiding.OPTIONAL, soft=True))
        inside.addSpacing(8)
        row = parts.row()
        for key, word, feeling in guiding.ANSWERS:
            answer = parts.button(word, lambda feeling=feeling: felt(feeling), key)  # type: ignore[misc]
            row.addWidget(answer)
        row.addStretch(1)
        inside.addLayout(row)
        _in_the_middle(page, card)


class ThanksPage(QWidget):
    """With the rule when to stop, for who feels worse."""

    def __init__(self, feeling: Feeling) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        scroll = parts.Scroll()
        card, inside = parts.card()
        card.setMaximumWidth(680)
        inside.setContentsMargins(32, 28, 32, 28)
        inside.addWidget(parts.heading(guiding.THANKS, 1.7))
        if feeling is Feeling.WORSE:
            inside.addWidget(parts.text(guiding.GO_EASY, 1.2))
            for line in safety.stop_rule().splitlines():
                inside.addWidget(parts.text(line.replace("- ", "•  ", 1)))
        _in_the_middle(scroll.inside, card)
        page.addWidget(scroll)


class SafetyPage(parts.Scroll):
    def __init__(self) -> None:
        super().__init__()
        safety_window.write(self.inside)


def _in_the_middle(page: QVBoxLayout, card: QFrame) -> None:
    page.addStretch(1)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 8)
    row.addStretch(1)
    page.addLayout(row)
    page.addStretch(1)
