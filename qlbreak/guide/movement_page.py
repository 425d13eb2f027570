"""The page of a guide's window on which somebody moves: figure, side, seconds, steps."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.score import Moment
from qlbreak.figures import moving
from qlbreak.figures.moving import Figure
from qlbreak.guide import cues, posing
from qlbreak.guide.cues import Cue
from qlbreak.guide.lesson import Lesson
from qlbreak.guide.signs import Band, Legs, Ring
from qlbreak.language import formats
from qlbreak.texts import guidance
from qlbreak.widgets import parts
from qlbreak.widgets.figure_view import FigureView
from qlbreak.widgets.theme import Theme

_USUAL = 900, 570  # of a page whose texts have their usual size; a larger one is read from afar
_SCALES = 0.78, 1.9
_WIDE = 480  # from this width on the texts stand beside the figure
# Of the height of a large page: its side, its step, its caution, its ring. A letter is read from
# two hundred times its height, so a step on a screen of 24 inches from three metres.
_BAND, _STEP, _CARE, _RING = 0.1, 0.074, 0.028, 0.38
_UPRIGHT = 0.75  # of its width, where it is higher than that


class PageCard(QFrame):
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
        self._told = (-1, -1), 0  # of which place, how many steps were said
        self._sized: dict[QWidget, float] = {}
        self._scale, self._keys, self._large = 0.0, True, False
        self._left, self._legs = parts.text("", soft=True), Legs(theme.colours, session)
        self._title = parts.text(lesson.title, soft=True)
        self._band, self.figure = Band(theme.colours), FigureView(still=still)
        self._step = parts.text("", bold=True)
        self._name, self._meaning = parts.heading(""), parts.text("", soft=True)
        self._ring, self._next = Ring(theme.colours), parts.text("")
        self._warning = parts.text(lesson.warning, bold=True)
        self._care, self._why = parts.text(""), parts.text(lesson.why, soft=True)
        self._care_below = parts.text("")
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
        self._beside_figure = self._texts()
        self._body.addWidget(self._beside_figure, 44)
        page.addLayout(self._body, 1)
        self._sized = {
            self._band.label: 2.0, self._step: 1.25, self._name: 1.7, self._meaning: 1.0,
            self._next: 1.2, self._warning: 1.0, self._care: 1.0, self._why: 0.9,
            self._title: 0.95, self._left: 0.95,
        }  # fmt: skip

    def _card(self) -> QFrame:
        """Band, figure, and what is to be done now."""
        card = PageCard()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 10, 10, 10)
        inside.addWidget(self._band)
        beside = QHBoxLayout()
        beside.addWidget(self.figure, 1)
        beside.addLayout(self._beside)
        inside.addLayout(beside, 1)
        self._step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._step)
        self._care_below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._care_below.hide()
        inside.addWidget(self._care_below)
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
            parts.lay_out()
        if has_keys != self._keys:
            self._keys = has_keys
            self._title.setText(
                self._lesson.title if has_keys else f"{self._lesson.title}  ·  {guidance.NO_KEYS}"
            )
        self._move(cue)
        return cue

    def _changed(self, before: Cue | None, cue: Cue) -> None:
        self._band.tell(cue)
        step = formats.sentences(guidance.NEW, guidance.HOW) if cue.waits else cue.steps[cue.step]
        for label, words in (
            (self._name, cue.name), (self._meaning, cue.meaning), (self._next, cue.next),
            (self._care, guidance.take_care(cue.caution)), (self._step, step),
            (self._care_below, guidance.take_care(cue.caution)),
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
        first = self._first_time(cue)
        if before is None or (before.now, before.name) != (cue.now, cue.name):
            title = guidance.title(cue.now, cue.name)
            told = formats.sentences(formats.sentence(title), step) if cue.waits else title
            parts.announce(self._band.label, told)
        elif first:
            parts.announce(self._step, cue.steps[cue.step])
        elif before.count != cue.count:
            parts.announce(self._step, cue.count)

    def _first_time(self, cue: Cue) -> bool:
        """Has a step of this stretch come that was not said yet? In a repetition it comes again."""
        where = self._session.jumps, self._session.phase.stretch
        told = self._told[1] if self._told[0] == where else 0
        self._told = where, max(told, cue.step + 1)
        return cue.step >= told

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
        waits = cue.paused or cue.waits or cue.stretch.moment is not Moment.WORK
        self._ring.tell(seconds, round(of), left, waits=waits)
        words = guidance.minutes_left(cues.minutes(session))
        if self._left.text() != words:
            self._left.setText(words)
            self._legs.tell()

    def _figure_of(self, movement: Movement) -> Figure:
        book = moving.load()
        name = self._lesson.figure_of.get(movement.id, movement.id)
        return book[name] if name in book else moving.generic(movement.position)

    # Its sizes

    def set_large(self, large: bool) -> None:
        """Only what is to be read from afar, on all of it: figure, side, seconds, step."""
        self._large, self._scale = large, 0.0
        self._band.set_arrows(self.font())
        for widget in (self._title, self._left, self._legs, self._beside_figure):
            widget.setVisible(not large)
        self._care_below.setVisible(large)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self._large:
            self._arrange_large(min(self.height(), round(_UPRIGHT * self.width())))
        else:
            self._arrange_usual(self.width(), self.height())

    def _arrange_large(self, height: int) -> None:
        self._body.setDirection(QBoxLayout.Direction.LeftToRight)
        self._beside.addWidget(self._ring)
        self._ring.resize_to(round(_RING * height))
        for label, share in (
            (self._band.label, _BAND), (self._step, _STEP), (self._care_below, _CARE),
        ):  # fmt: skip
            font = self.font()
            font.setPixelSize(max(round(share * height), 8))
            font.setBold(label is not self._care_below)
            label.setFont(font)
        arrow = self.font()
        arrow.setPixelSize(round(0.6 * _BAND * height))
        self._band.set_arrows(arrow)

    def _arrange_usual(self, width: int, height: int) -> None:
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
