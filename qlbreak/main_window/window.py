"""The one window as a process: its pages beside their names, and what the program tells it."""

from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from qlbreak.language import right_to_left
from qlbreak.main_window.feed import Feed
from qlbreak.main_window.tabs import Tabs
from qlbreak.system.parent import Order
from qlbreak.system.paths import Paths
from qlbreak.texts import main_window
from qlbreak.widgets import application, parts
from qlbreak.widgets.application import Window

_SIZE, _LEAST = (940, 680), (400, 300)
_EDGE = 20
_NARROW = 560  # below that the names stand above the page, which needs the room


def show(paths: Paths, page: str = "today") -> None:
    """Until it is closed. Raises NoWindow."""
    window = application.window(main_window.title(page), *_SIZE, least=_LEAST)
    window.page.setContentsMargins(*_begins(_EDGE - 8, _EDGE, _EDGE, _EDGE))
    feed = Feed(paths)
    pages = Pages(window, paths, feed, page)
    window.page.addWidget(pages)
    window.turned.connect(pages.turn)
    for number, name in enumerate(main_window.PAGES, 1):
        window.key(f"Ctrl+{number}", lambda name=name: pages.turn(name))  # type: ignore[misc]
    application.later(0, pages.tabBar().setFocus, window)  # else the first that shows gets it
    feed.begin()
    try:
        application.run(window, asked=True, leave=lambda word: _leave(window, word))
    finally:
        feed.end()


def _beside() -> QTabWidget.TabPosition:
    """Where one begins to read: Qt mirrors layouts, but not that."""
    position = QTabWidget.TabPosition
    return position.East if right_to_left() else position.West


def _begins(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    return (right, top, left, bottom) if right_to_left() else (left, top, right, bottom)


def _leave(window: Window, word: Order) -> None:
    """A program that was killed is missed here, as one that never ran: the record is still read."""
    if word is Order.CLOSE:
        window.close()


class Pages(QTabWidget):
    """One page at a time, by their names; a page is made when it is turned to."""

    def __init__(self, window: Window, paths: Paths, feed: Feed, first: str) -> None:
        super().__init__()
        self._window, self._paths, self._feed = window, paths, feed
        self._names = list(main_window.PAGES)
        self.setTabBar(Tabs())
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its tabs have it themselves
        self.tabBar().setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTabPosition(_beside())
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(main_window.NAVIGATION)
        for label in main_window.PAGES.values():
            self.addTab(_Holder(), label)
        feed.turn.connect(self.turn)
        self.turn(first)
        self.currentChanged.connect(lambda _: self._arrive())
        self._arrive()

    def turn(self, name: str) -> None:
        """To that page, which then has the keyboard."""
        self.setCurrentIndex(self._names.index(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the names stand above, and the page has no name of its own."""
        narrow = event.size().width() < _NARROW
        side = QTabWidget.TabPosition.North if narrow else _beside()
        if self.tabPosition() is not side:
            self.setTabPosition(side)
            for holder in map(self.widget, range(self.count())):
                assert isinstance(holder, _Holder)
                holder.narrow(narrow)
        super().resizeEvent(event)

    def _arrive(self) -> None:
        name, holder = self._names[self.currentIndex()], self.currentWidget()
        assert isinstance(holder, _Holder)
        self._window.setWindowTitle(main_window.title(name))
        if not holder.full:
            holder.put(main_window.name(name), _made(name, self._paths, self._feed))


class _Holder(QWidget):
    """Where a page stands, which may not be made yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paper")
        self.full = False
        self._heading = parts.heading("")
        self._inside = QVBoxLayout(self)
        self._inside.addWidget(self._heading)
        self._inside.setSpacing(12)
        self.narrow(False)

    def put(self, name: str, page: QWidget) -> None:
        self.full = True
        self._heading.setText(name)
        self._inside.addWidget(page, 1)

    def narrow(self, narrow: bool) -> None:
        """Its name stands right above it then."""
        self._heading.setVisible(not narrow)
        margins = (4, 10, 0, 0) if narrow else (_EDGE - 4, 0, 0, 0)
        self._inside.setContentsMargins(*_begins(*margins))


def _made(name: str, paths: Paths, feed: Feed) -> QWidget:
    """By the name of its module, so that a page is a module more and nothing else."""
    module = f"qlbreak.main_window.{name}_page"
    if find_spec(module) is None:
        return parts.text(main_window.MISSING, soft=True)
    made = import_module(module).make(paths, feed)
    assert isinstance(made, QWidget)
    return made
