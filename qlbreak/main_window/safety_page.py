"""The page Safety: when to stop, when to ask first, when to get help."""

from PySide6.QtWidgets import QWidget

from qlbreak.main_window.feed import Feed
from qlbreak.system.paths import Paths
from qlbreak.texts import main_window
from qlbreak.widgets import parts
from qlbreak.widgets.safety_window import write


def make(_: Paths, __: Feed) -> QWidget:
    """The same text as in a window of its own; it changes with nothing."""
    page = parts.Scroll()
    write(page.inside)
    page.stop_at(main_window.name("safety"))
    return page
