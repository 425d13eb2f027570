"""What the running program tells: followed on a thread of its own, heard on the window's.

Nothing looks now and then while the program runs. While it does not, a look every other second is
what finds it when it is started.
"""

import threading
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from qlbreak.system import control
from qlbreak.system.control import Followed, NotRunning, Reply
from qlbreak.system.paths import Paths
from qlbreak.texts import main_window
from qlbreak.tray import MenuLine

_AGAIN_S = 2.0
_PARTING_S = 1.0

Hear = Callable[[Reply], object]


class News(Struct, frozen=True):
    """How things stand: `state` and the figures of `today` as in `status --json`; `clock`, `coming`
    and `why` are sentences, `trouble` what is wrong with the record, `mistake` with the settings.
    `recorded`: how many facts there were. `menu`: what can be done now. `plan_told`: how far
    somebody's plan is, and what of it is done today, a line each."""

    state: str
    why: str
    clock: str
    coming: str
    recorded: int
    sitting_s: float
    today: dict[str, Any]
    menu: tuple[MenuLine, ...]
    trouble: str = ""
    mistake: str = ""
    plan_told: tuple[str, ...] = ()


class Feed(QObject):
    """`news` of the moment, None while no program runs; `trouble` says why where one runs, and does
    not answer."""

    changed = Signal()
    turn = Signal(str)  # to another page, by its name
    _told = Signal(object, str)
    _replied = Signal(object, object)

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self._paths = paths
        self.news: News | None = None
        self.trouble = ""
        self.known = False  # whether a program runs or not
        self._line: Followed | None = None
        self._again, self._ended = threading.Event(), False
        self._thread = threading.Thread(target=self._follow, name="feed", daemon=True)
        queued = Qt.ConnectionType.QueuedConnection
        self._told.connect(self._take, queued)
        self._replied.connect(self._answered, queued)

    def begin(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended = True
        self._again.set()
        if (line := self._line) is not None:
            line.hang_up()
        self._thread.join(_PARTING_S)

    def look(self) -> None:
        """For a program that has just been started."""
        self._again.set()

    def follow(self, page: QWidget, look: Callable[[], object]) -> None:
        """*look* now and whenever there is something new, for as long as *page* is there; while
        it is hidden, when it is next shown."""
        _Follower(self, page, look)

    def say(self, words: str, then: Hear | None = None) -> None:
        """To the program; *then* hears what it answered, or why it did not."""
        thread = threading.Thread(
            target=self._ask, args=(tuple(words.split()), then), name="say", daemon=True
        )
        thread.start()

    def _ask(self, words: tuple[str, ...], then: Hear | None) -> None:
        try:
            reply = control.ask(self._paths.socket, words, "window")
        except NotRunning:
            reply = Reply(refused=main_window.NOT_RUNNING)
        except OSError as error:
            reply = Reply(refused=main_window.silent(str(error)))
        if then is not None:
            self._replied.emit(then, reply)

    # The thread

    def _follow(self) -> None:
        while not self._ended:
            try:
                self._line = Followed(self._paths.socket)
                if self._ended:
                    self._line.hang_up()
                for reply in self._line:
                    self._told.emit(_news(reply), "")
                self._told.emit(None, "")
            except NotRunning:
                self._told.emit(None, "")
            except (OSError, ValueError) as error:
                self._told.emit(None, main_window.silent(str(error)))
            self._line = None
            self._again.wait(_AGAIN_S)
            self._again.clear()

    def _answered(self, then: Hear, reply: Reply) -> None:
        then(reply)

    def _take(self, news: News | None, trouble: str) -> None:
        before = self.known, self.news, self.trouble
        self.known, self.news, self.trouble = True, news, trouble
        if before != (True, news, trouble):
            self.changed.emit()


def _news(reply: Reply) -> News:
    """Raises ValueError: another version may run."""
    return msgspec.convert(reply.data, News)


class _Follower(QObject):
    """A child of its page, and so gone with it."""

    def __init__(self, feed: Feed, page: QWidget, look: Callable[[], object]) -> None:
        super().__init__(page)
        self._page, self._look = page, look
        self._late = True
        feed.changed.connect(self._changed)
        page.installEventFilter(self)
        self._changed()

    def _changed(self) -> None:
        self._late = not self._page.isVisible()
        if not self._late:
            self._look()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._late:
            self._late = False
            self._look()
        return False
