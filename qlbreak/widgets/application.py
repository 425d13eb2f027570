"""A window as a process: Qt's start, a window's frame, who may close it, and its end.

    window = application.window("qlbreak: safety", 720, 640, least=(420, 320))  # raises NoWindow
    ...widgets from `parts` into window.page, a QVBoxLayout...
    application.run(window, asked=True)     # until it is closed

Sizes are Qt's logical pixels. QLBREAK_SCALE=2 overrides the scale of the screen.
"""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QObject,
    QSize,
    QSocketNotifier,
    Qt,
    QTimer,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QCloseEvent, QFont, QIcon, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QVBoxLayout, QWidget

from qlbreak.language import ENGLISH, language, right_to_left
from qlbreak.system import identity, parent, signals
from qlbreak.system.parent import Order
from qlbreak.system.resources import icon_file
from qlbreak.widgets import NoWindow, preferences, qt, theme
from qlbreak.widgets.theme import Theme

if sys.platform == "linux":
    from qlbreak.widgets import window_on_x11
elif sys.platform == "win32":
    from qlbreak.widgets import window_on_windows

_FRAME = 40, 60  # what a window manager may put around a window
_TEXT_PT = 10.5  # smaller than this no desktop sets its texts; a bare X server does
_SCALES = 0.5, 4.0
_ANEW_MS = 150  # between hiding a window and showing it as a new one
_SWEEP_MS = 10_000

# Where a language is written in more than one way: as `qlbreak.language.formats` has it.
_LOCALES = {"ar": "ar_AE", "en": "en_GB"}

Leave = Callable[[Order], None]


class Window(QMainWindow):
    """What is in it stands in `page`. `theme` has its colours; `still`: no motion is wanted."""

    closing = Signal()  # the person, the program or a signal has asked for the end
    turned = Signal(str)  # the program has called it to the front, at this page

    def __init__(self, title: str, look: Theme) -> None:
        super().__init__()
        self.theme, self.still = look, preferences.still()
        middle = QWidget()
        middle.setObjectName("paper")
        self.setCentralWidget(middle)
        self.page = QVBoxLayout(middle)
        self.page.setContentsMargins(28, 22, 28, 20)
        self.page.setSpacing(12)
        self.setWindowTitle(title)
        self.keys: dict[str, Callable[[], object]] = {}
        self._enter: Callable[[], object] | None = None
        self.key("Ctrl+W", self.close)

    def key(self, names: str, action: Callable[[], object]) -> None:
        """Keys of the whole window ("Escape Ctrl+W"), by Qt's names; whatever has the focus and
        wants them goes first: a button takes Space and Return for itself."""
        self.keys |= dict.fromkeys(map(_normal, names.split()), action)

    def enter(self, action: Callable[[], object]) -> None:
        """What Return does, wherever the keyboard is but on a button, which it presses: on some
        desktops (Qt asks their theme) a choice would take it for itself."""
        if self._enter is None:
            for name in ("Return", "Enter"):
                QShortcut(QKeySequence(name), self).activated.connect(self._entered)
        self._enter = action

    def _entered(self) -> None:
        has = QApplication.focusWidget()
        if isinstance(has, QPushButton) and not has.isCheckable():
            has.click()
        elif self._enter is not None:
            self._enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = _normal(QKeySequence(event.keyCombination()).toString())
        action = self.keys.get(name.removeprefix("Num+"))
        if action is None:
            super().keyPressEvent(event)
            return
        event.accept()
        action()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)


def _normal(name: str) -> str:
    return QKeySequence(name).toString()


def window(
    title: str, width: int, height: int, least: tuple[int, int], *, tiled: bool = False
) -> Window:
    """One that is not shown yet, never larger than what panels leave of the screen. Raises
    NoWindow. `tiled`: a tiling window manager may give it any size."""
    made = Window(title, _started())
    if not tiled:
        flag = Qt.WindowType
        made.setWindowFlags(flag.Dialog | flag.WindowMinMaxButtonsHint | flag.WindowCloseButtonHint)
    screen = QApplication.primaryScreen().availableGeometry()
    room = QSize(max(screen.width() - _FRAME[0], 1), max(screen.height() - _FRAME[1], 1))
    made.setMinimumSize(QSize(*least).boundedTo(room))
    made.resize(QSize(width, height).boundedTo(room))
    return made


def run(shown: Window, *, asked: bool = False, leave: Leave | None = None) -> None:
    """Until it is closed, by whomever; a mistake of ours in it ends it, and is raised here.

    `asked`: the person has just asked for it, and so gets the keyboard with it; another window
    leaves the keyboard where it is. `leave`: for one that does not just close when the program
    tells it to, or is gone.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(True)
    if not asked:
        shown.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    mistakes: list[BaseException] = []

    def failed(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        mistakes.append(error)  # Qt would print it and go on
        app.quit()

    before, sys.excepthook = sys.excepthook, failed
    hearing = _Hearing(shown, leave or (lambda _: _end(shown)))
    wake, sweep = _Wake(shown), _Sweep(shown)
    undo = signals.call(lambda: _end(shown))
    try:
        shown.show()
        if asked:
            _lift(shown)
        hearing.begin()
        app.exec()
    finally:
        undo()
        wake.end()
        sweep.stop()
        sys.excepthook = before
    if mistakes:
        raise mistakes[0]


def focused() -> bool:
    """Has a window of ours the keyboard?"""
    return QApplication.focusWindow() is not None


def _end(shown: Window) -> None:
    shown.close()
    QApplication.quit()


class _Hearing(QObject):
    """What the program says comes on a thread of its own; Qt brings it to the window's."""

    said = Signal(str, str)

    def __init__(self, shown: Window, leave: Leave) -> None:
        super().__init__()
        self._shown, self._leave = shown, leave
        self.said.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        parent.hear(lambda word, page: self.said.emit(word.value, page))

    def _heard(self, word: str, page: str) -> None:
        parent.taken(Order(word))
        if word == Order.FRONT:
            if page:
                self._shown.turned.emit(page)
            come_forward(self._shown)
        else:
            self._leave(Order(word))


def come_forward(shown: QWidget) -> None:
    """In front, with the keyboard: the person has just asked for it."""
    shown.setWindowState(shown.windowState() & ~Qt.WindowState.WindowMinimized)
    shown.show()
    shown.raise_()
    _lift(shown)
    on_wayland = QApplication.platformName() == "wayland"
    if on_wayland and not shown.isActiveWindow() and not parent.activation():
        # Without the desktop's leave it would only be told to be ready; what is new does come.
        # GNOME shows nothing of a window that is hidden and shown in one go.
        shown.hide()
        later(_ANEW_MS, shown.show, shown)
        return
    shown.activateWindow()
    if sys.platform == "linux" and QApplication.platformName() == "xcb":
        window_on_x11.activate(int(shown.winId()))


def _lift(shown: QWidget) -> None:
    if sys.platform == "win32":
        window_on_windows.lift(int(shown.winId()))


class _Wake:
    """Qt sleeps outside of Python, where no signal handler of Python's would run: a signal writes
    into a socket that Qt watches."""

    def __init__(self, keeper: QObject) -> None:
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        self._before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, keeper)
        self._notifier.activated.connect(self._taken)

    def _taken(self) -> None:
        with suppress(OSError):
            self._here.recv(64)  # and on the way back to Qt Python calls the handler

    def end(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        self._here.close()
        self._there.close()


class _Sweep(QTimer):
    """Python clears its rubbish away on whatever thread has made some. A window that is left to it
    ends there, waits for Qt's thread, and that one for Python: so it is done here alone."""

    def __init__(self, keeper: QObject) -> None:
        super().__init__(keeper)
        self._settled = False
        self.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timeout.connect(self._sweep)
        self.start(_SWEEP_MS)

    def _sweep(self) -> None:
        if gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect()
        if not self._settled:  # what is there by now stays, and is looked through no more
            gc.freeze()
            self._settled = True


def _started() -> Theme:
    """Qt, once in a process. Raises NoWindow."""
    if QApplication.instance() is None:
        if trouble := qt.missing():
            raise NoWindow(trouble)
        _scale()
        identity.announce()
        # What Qt misses of a desktop, or paints after a window has closed, nobody could mend.
        os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;*.warning=false")
        gc.disable()
        app = QApplication(["qlbreak"])
        app.setApplicationName("qlbreak")
        app.setDesktopFileName("qlbreak")  # so that a Wayland compositor finds the icon
        app.setWindowIcon(QIcon(str(icon_file("qlbreak.png"))))
        _speak(app)
    return restyle()


def _speak(app: QApplication) -> None:
    """Qt's own texts, and what it writes by itself, are in the language that was settled too."""
    QLocale.setDefault(QLocale(_LOCALES.get(language(), language())))
    direction = Qt.LayoutDirection
    app.setLayoutDirection(direction.RightToLeft if right_to_left() else direction.LeftToRight)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language() != ENGLISH and translator.load(f"qtbase_{language()}", folder):
        app.installTranslator(translator)


def restyle() -> Theme:
    """Colours and sizes as the person wants them now."""
    app, found = QApplication.instance(), theme.chosen()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    if sys.platform in ("win32", "darwin"):  # the frame is theirs, and dark or light as we are
        scheme = Qt.ColorScheme.Dark if found.dark else Qt.ColorScheme.Light
        app.styleHints().setColorScheme(scheme)
    app.setPalette(theme.palette(found.colours))
    app.setStyleSheet(theme.sheet(found.colours))
    font = QFont(app.font())
    font.setPointSizeF(max(font.pointSizeF(), _TEXT_PT))
    app.setFont(font)
    return found


def _scale() -> None:
    with suppress(ValueError):
        wanted = float(os.environ.get("QLBREAK_SCALE", ""))
        factor = min(max(wanted, _SCALES[0]), _SCALES[1])
        os.environ |= {
            "QT_ENABLE_HIGHDPI_SCALING": "0",  # instead of the screen's, not on top of it
            "QT_SCALE_FACTOR": f"{factor:g}",
            "QT_FONT_DPI": "96",
        }


def later(milliseconds: int, action: Callable[[], None], keeper: QObject) -> QTimer:
    """Once, unless the keeper is gone before."""
    timer = QTimer(keeper)
    timer.setSingleShot(True)
    timer.timeout.connect(action)
    timer.start(milliseconds)
    return timer
