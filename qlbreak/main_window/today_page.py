"""The page Today: how things stand, what can be done now, and the day as it went."""

import subprocess
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from qlbreak.main_window.acts import Acts
from qlbreak.main_window.day_picture import DayPicture
from qlbreak.main_window.day_reader import DayReader, Today
from qlbreak.main_window.feed import Feed
from qlbreak.system import launching
from qlbreak.system.control import Reply
from qlbreak.system.paths import Paths
from qlbreak.texts import day, main_window, plans
from qlbreak.texts.day import DayEntry
from qlbreak.widgets import parts, theme

_OPEN = "open "  # before the name of a page, in the menu
_SAFETY = "safety"  # it is a window of its own there


def make(paths: Paths, feed: Feed) -> QWidget:
    return TodayPage(paths, feed)


class TodayPage(parts.Scroll):
    def __init__(self, paths: Paths, feed: Feed) -> None:
        super().__init__()
        self._feed = feed
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has it within
        self._now = Now(paths, feed)
        self._plan = PlanCard(feed)
        self._sums = parts.text("", soft=True)
        self._trouble = parts.Trouble()
        self._picture = DayPicture(theme.chosen().colours)
        self._entries = DayList(self)
        self._reader = DayReader(paths, self._show_day)
        for part in (
            self._now,
            self._plan,
            self._trouble,
            self._sums,
            self._picture,
            self._entries,
        ):
            self.inside.addWidget(part)
        self.inside.addStretch(1)
        feed.follow(self, self._look)

    def _look(self) -> None:
        self._now.look()
        self._plan.look()
        self.setTabOrder(self._now.last, self._entries)  # made first, and yet it stands below
        self._reader.look(running=self._feed.news is not None)

    def _show_day(self, found: Today | None, trouble: str) -> None:
        if found is None:
            self._trouble.tell(main_window.unreadable(trouble))
            return
        self._trouble.untell()
        self._sums.setText("\n".join(found.sums))
        self._picture.show_day(found.timeline, found.at)
        self._entries.show_entries(found.entries)


class Now(QFrame):
    """How things stand, and what can be done about it."""

    def __init__(self, paths: Paths, feed: Feed) -> None:
        super().__init__()
        self._paths, self._feed = paths, feed
        self.setObjectName("tint")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 16)
        inside.setSpacing(8)
        self._clock, self._why = parts.heading("", 1.6), parts.text("")
        self._acts = Acts(self._press)
        self._wrong = _Wrong()
        self._reply, self._refused = parts.text("", bold=True), parts.Trouble()
        self._start = parts.button(main_window.START, self._begin, main=True)
        self._starting = _Starting(self._not_started)
        for part in (
            self._clock, self._why, self._wrong, self._reply, self._refused, self._acts, self._start
        ):  # fmt: skip
            inside.addWidget(part)
        self._start.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for part in (self._reply, self._acts, self._start):
            part.hide()

    def look(self) -> None:
        news, feed = self._feed.news, self._feed
        if news is not None:
            self._say(self._clock, news.clock)
            self._say(self._why, main_window.coming(news.state, news.coming, news.why))
            self._wrong.tell_or_not(news.trouble or news.mistake)
            self._acts.show_lines(news.menu)
        elif feed.known:
            self._say(self._clock, main_window.SILENT if feed.trouble else main_window.NOT_RUNNING)
            self._say(self._why, feed.trouble or main_window.READ_ONLY)
            self._wrong.tell_or_not("")
        self._acts.setVisible(news is not None)
        self._start.setVisible(news is None and feed.known and not feed.trouble)
        self._start.setEnabled(not self._starting.busy)
        if news is not None and self._starting.busy:
            self._starting.arrived()
            self._answer("")

    @property
    def last(self) -> QWidget:
        """Where the keyboard is before it goes on."""
        return self._acts.last or self._start

    def _say(self, label: QLabel, words: str) -> None:
        if label.text() != words:
            label.setText(words)

    def _press(self, key: str) -> None:
        if key == _SAFETY or key.startswith(_OPEN):
            self._feed.turn.emit(key.removeprefix(_OPEN))
            return
        self._answer("")
        self._feed.say(key, self._told)

    def _told(self, reply: Reply) -> None:
        if reply.refused:
            self._refused.tell(reply.refused)
        else:
            self._answer("\n".join(filter(None, (reply.text, reply.unsaved))))

    def _answer(self, words: str) -> None:
        self._refused.untell()
        self._reply.setText(words)
        self._reply.setVisible(bool(words))
        if words:
            parts.announce(self._reply, words)

    def _begin(self) -> None:
        self._start.setEnabled(False)
        self._answer(main_window.STARTING)
        self._starting.begin(self._paths)
        self._feed.look()

    def _not_started(self) -> None:
        self._start.setEnabled(True)
        self._reply.hide()
        self._refused.tell(main_window.NOT_STARTED)


class PlanCard(QFrame):
    """What somebody's plan asks for today, and what of it is done; not there without one."""

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self._feed = feed
        self.setObjectName("card")
        self.setAccessibleName(plans.TITLE)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 12, 18, 12)
        inside.setSpacing(4)
        self._head, self._items = parts.text("", bold=True), parts.text("")
        inside.addWidget(self._head)
        inside.addWidget(self._items)
        self.hide()

    def look(self) -> None:
        news = self._feed.news
        head, *items = news.plan_told if news is not None and news.plan_told else ("",)
        for label, words in ((self._head, head), (self._items, "\n".join(items))):
            if label.text() != words:
                label.setText(words)
        self._items.setVisible(bool(items))
        self.setVisible(bool(head))


class _Wrong(parts.Trouble):
    """With the record, or the settings; said once."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ""

    def tell_or_not(self, words: str) -> None:
        if words != self._told:
            self._told = words
            if words:
                self.tell(words)
            else:
                self.untell()


class _Starting(QObject):
    """`failed` is called where the program that was started has ended."""

    _ended = Signal()

    def __init__(self, failed: Callable[[], object]) -> None:
        super().__init__()
        self.busy = False
        self._failed = failed
        self._ended.connect(self._over, Qt.ConnectionType.QueuedConnection)

    def begin(self, paths: Paths) -> None:
        self.busy = True
        try:
            process = launching.begin(paths)
        except OSError:
            self._ended.emit()
            return
        threading.Thread(target=self._wait, args=(process,), name="start", daemon=True).start()

    def arrived(self) -> None:
        """It runs; how it ends is nobody's business here."""
        self.busy = False

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        self._ended.emit()

    def _over(self) -> None:
        if self.busy:
            self.busy = False
            self._failed()


class DayList(QListWidget):
    """The day in words, the latest first; as high as it is long, since the page scrolls."""

    def __init__(self, page: parts.Scroll) -> None:
        super().__init__()
        self._page = page
        self.setAccessibleName(main_window.TODAY_LIST)
        self.setWordWrap(True)
        self.setItemDelegate(parts.WholeEntries(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentRowChanged.connect(self._follow)
        self._row = 0  # where the keyboard was
        self.hide()  # until the day is read

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setCurrentRow(min(self._row, self.count() - 1))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt tells of a current entry that it has the keyboard, wherever that is."""
        self._row = max(self.currentRow(), 0)
        super().focusOutEvent(event)
        self.setCurrentRow(-1)

    def show_entries(self, entries: tuple[DayEntry, ...]) -> None:
        """Changes only what is otherwise: who reads it with the keys stays where they are."""
        texts = [entry.text for entry in entries] or [day.EMPTY]
        while self.count() > len(texts):
            self.takeItem(0)
        while self.count() < len(texts):
            self.insertItem(0, "")
        for row, text in enumerate(texts):
            item = self.item(row)
            if item.text() != text:
                item.setText(text)
        self.doItemsLayout()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.doItemsLayout()  # Qt would wait for a moment

    def doItemsLayout(self) -> None:
        """How high an entry is that takes several lines is known then."""
        super().doItemsLayout()
        high = self.contentsSize().height() + 2 * self.frameWidth() + 4
        if self.height() != high:
            self.setFixedHeight(high)

    def _follow(self, row: int) -> None:
        if row >= 0 and self.hasFocus():
            box = self.visualItemRect(self.item(row))
            inside = self._page.widget()
            assert inside is not None
            middle = self.mapTo(inside, box.center())
            self._page.ensureVisible(middle.x(), middle.y(), 0, 60)
