"""The window of a guided routine: `show`. Where in the routine the person is, its session knows."""

from qlbreak.guide.lesson import Lesson, Listener
from qlbreak.system.signals import noted
from qlbreak.widgets import NoWindow, needing_tk

__all__ = ["NoWindow", "show"]


def show(lesson: Lesson, listener: Listener, *, asked: bool = False) -> float:
    """Returns the share that was done, 0 to 1, when the window is closed. Raises NoWindow.

    `asked`: the person has just asked for it, and so gets the keyboard with it; otherwise it stays
    where it is. On the main thread of a process. It ends on SIGTERM and SIGINT as if it were
    closed. With a lost display Tk ends the process; then the completed legs have been told.
    """
    with needing_tk():
        from qlbreak.guide.window import GuideWindow
    with noted() as ended:
        return GuideWindow(lesson, listener, ended).run(asked=asked)
