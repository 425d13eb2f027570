"""The moving figure of a movement as a widget: a picture that screen readers know, too.

    view = FigureView(still=window.still)
    view.set_figure(figure, Side.LEFT)
    view.describe("Side reach, left side", "Reach over your head.")   # what the pose is, in words
    view.show_at(between)          # the guide: by a clock of its own, as often as it likes
    view.play(motion, seconds)      # the library: over and over, by itself, while it is seen

Each picture is drawn once, when it is first due, and kept as long as there is room for it.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy

from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Between, Figure, Motion, draw
from qlbreak.system.clock import steady
from qlbreak.widgets import parts

FPS = 12  # pictures a second from one pose to the next, at its own pace
_BREATHS = 6  # pictures of a breath in
_MOST_BYTES = 48 << 20  # of pictures that are kept
_LEAST, _USUAL = 96, 320


class _Shown(NamedTuple):
    """A picture without what is empty around it, and where it belongs in its square."""

    picture: QPixmap
    corner: QPoint

    @property
    def rect(self) -> QRect:
        return QRect(self.corner, self.picture.deviceIndependentSize().toSize() + QSize(1, 1))

    @property
    def bytes(self) -> int:
        return self.picture.width() * self.picture.height() * 4


class FigureView(QLabel):
    """As large a square as there is room for, in the middle. A label with a picture is what Qt
    tells screen readers to be an image. `clock` gives seconds that only grow; `most_bytes` of
    pictures are kept.
    """

    _figure: Figure | None = None  # Qt tells of styles before we are made

    def __init__(
        self, *, still: bool, clock: Callable[[], float] = steady, most_bytes: int = _MOST_BYTES
    ) -> None:
        super().__init__()
        mark = QPixmap(1, 1)
        mark.fill(Qt.GlobalColor.transparent)
        self.setPixmap(mark)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._still, self._clock = still, clock
        self._side = Side.LEFT
        self._now: Between | None = None
        self._calm = still
        self._kept: dict[object, _Shown] = {}
        self.kept_bytes, self._most_bytes = 0, most_bytes
        self._shown: _Shown | None = None
        self._motion: Motion | None = None
        self._lasts = self._begun = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000 // FPS)
        self._timer.timeout.connect(self.beat)

    def set_figure(self, figure: Figure, side: Side) -> None:
        """It stands in its first pose until it is told what to show."""
        if figure is not self._figure:
            self._forget()
        self._figure, self._side = figure, side
        self._motion = None
        self._timer.stop()
        self.show_at(moving.start(figure), calm=True)

    def describe(self, name: str, pose: str) -> None:
        """In words, for those who do not see it."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(pose)

    def show_at(self, now: Between, *, calm: bool | None = None) -> None:
        """`calm`: it stays as it is for a while, and so is drawn finer, its arrows strong; else
        where less motion is wanted."""
        self._now = now
        self._calm = self._still if calm is None else calm
        self._look()

    def play(self, motion: Motion, seconds: float) -> None:
        """Over and over from now on, all that it does in so many seconds; where less motion is
        wanted, the pose that tells most."""
        assert self._figure is not None
        self._motion, self._lasts = motion, seconds
        self._begun = self._clock()
        if self._still:
            self.show_at(moving.telling(self._figure))
        else:
            self.beat()
        self._run()

    @property
    def moves(self) -> bool:
        """Is it at work?"""
        return self._timer.isActive()

    def beat(self) -> None:
        """What is due now of what it plays."""
        if self._motion is not None and self.isVisible() and self._exposed():
            self.show_at(self._motion.at((self._clock() - self._begun) % self._lasts))

    # What Qt asks and tells

    def sizeHint(self) -> QSize:
        return QSize(_USUAL, _USUAL)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _LEAST)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = QEvent.Type.PaletteChange, QEvent.Type.StyleChange
        if event.type() in kinds and self._figure is not None:
            self._forget()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._forget()
        return super().event(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._shown is None:
            self._shown = self._due()
        if self._shown is not None:
            painter = QPainter(self)
            painter.drawPixmap(self._shown.corner, self._shown.picture)

    # Pictures

    def _exposed(self) -> bool:
        """Is any of the window on the screen? It is not where another workspace is."""
        return self.window().windowHandle().isExposed()

    def _run(self) -> None:
        if self._motion is not None and not self._still and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _forget(self) -> None:
        """What was drawn fits no more."""
        self._kept.clear()
        self.kept_bytes = 0
        self._shown = None
        self.update()

    def _look(self) -> None:
        """Paints anew what is another picture, and no more of it than there is."""
        if not self.isVisible():
            self._shown = None
            return
        before, self._shown = self._shown, self._due()
        if before is not self._shown:
            for shown in filter(None, (before, self._shown)):
                self.update(shown.rect)

    def _due(self) -> _Shown | None:
        if self._figure is None or self._now is None:
            return None
        now, most = self._now, max(self._most_bytes // (self._pixels**2 * 4), 4)
        quicker = min(now.before.move, now.after.move)
        levels = max(min(round(quicker * FPS), most // 3), 1)
        part, breath = round(now.part * levels), round(now.breath * _BREATHS)
        here, there, level = id(now.before), id(now.after), part
        if here > there:  # there and back again one passes through the same pictures
            here, there, level = there, here, levels - part
        key = (here, there, level, breath, self._calm, self._side)
        found = self._kept.pop(key, None)
        if found is None:
            found = self._drawn(now._replace(part=part / levels, breath=breath / _BREATHS))
            self.kept_bytes += found.bytes
        self._kept[key] = found  # the last one used is the last one forgotten
        while self.kept_bytes > self._most_bytes and len(self._kept) > 1:
            self.kept_bytes -= self._kept.pop(next(iter(self._kept))).bytes
        return found

    @property
    def _pixels(self) -> int:
        """Of the screen, along a side of the square."""
        return max(round(min(self.width(), self.height()) * self.devicePixelRatioF()), 1)

    def _drawn(self, now: Between) -> _Shown:
        assert self._figure is not None
        size, ratio = self._pixels, self.devicePixelRatioF()
        # Of the application: the style sheet makes the ground of a label transparent black.
        ground = QApplication.palette().color(QPalette.ColorRole.Window)
        dark = ground.lightness() < 128
        picture = draw(self._figure, self._side, now, size, dark=dark, still=self._calm)
        box = picture.getbbox() or (0, 0, 1, 1)
        # Whole points of the window, or it would shake by a part of one at 125 %.
        left, top = (self.width() * ratio - size) / 2, (self.height() * ratio - size) / 2
        x, y = int((left + box[0]) / ratio), int((top + box[1]) / ratio)
        corner = max(round(x * ratio - left), 0), max(round(y * ratio - top), 0)
        cut = picture.crop((*corner, *box[2:]))
        return _Shown(parts.pixmap(cut, ratio), QPoint(x, y))
