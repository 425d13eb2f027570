"""The guided routine's window at work: its pages, its keys and buttons, its beat, its end."""

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from qlbreak.core.model.rules import HALF
from qlbreak.core.model.terms import Feeling
from qlbreak.guide import pages
from qlbreak.guide.lesson import Lesson, Listener, Playback
from qlbreak.system.clock import steady
from qlbreak.system.parent import Order
from qlbreak.system.signals import noted
from qlbreak.widgets.look import window
from qlbreak.widgets.painting import Paint
from qlbreak.widgets.toolbar import Choice, Toolbar

_BEAT_MS = 83  # twelve pictures a second
_SLOW_MS = 125  # when nothing moves
_THANKS_S = 2.5
_KEYS = "space Left Right End Escape Control-w Prior Next Up Down BackSpace b n f h 1 2 3"


def show(lesson: Lesson, listener: Listener, *, asked: bool = False) -> float:
    """Returns the share that was done, 0 to 1, when the window is closed. Raises NoWindow.

    `asked`: the person has just asked for it, and so gets the keyboard with it; otherwise it stays
    where it is. On the main thread of a process. It ends on SIGTERM and SIGINT as if it were
    closed. With a lost display Tk ends the process; then the completed legs have been told.
    """
    with noted() as ended:
        return GuideWindow(lesson, listener, ended).run(asked=asked)


class GuideWindow:
    def __init__(self, lesson: Lesson, listener: Listener, ended: Callable[[], bool]) -> None:
        self._lesson, self._listener, self._ended = lesson, listener, ended
        self._look = window("qlbreak", 900, 640, least=(420, 480))
        root = self._root = self._look.root
        self._canvas = tk.Canvas(
            root, background=self._look.colours.paper, highlightthickness=0, borderwidth=0
        )
        self._paint = Paint(self._look, self._canvas)
        self._playback = Playback(lesson, listener)
        self._movement = pages.MovementPage(self._paint, lesson, self._playback.session)
        self._page, self._paused_before, self._until = "lesson", False, 0.0
        self._said: Feeling | None = None
        self._toolbar = Toolbar(self._look)
        self._error: BaseException | None = None
        self._drawn: object = None
        self._scrolled = 0.0
        self._closed = self._alone = False

    def run(self, *, asked: bool) -> float:
        """Until it is closed; the share that was done."""
        root = self._root
        root.report_callback_exception = self._failed
        root.protocol("WM_DELETE_WINDOW", self._close)
        for key in _KEYS.split():
            self._look.key(key, lambda key=key: self._pressed(key))  # type: ignore[misc]
        root.bind("<MouseWheel>", lambda event: self._scroll(-event.delta / 120))
        root.bind("<Button-4>", lambda _: self._scroll(-1))
        root.bind("<Button-5>", lambda _: self._scroll(1))
        try:
            self._look.present(asked, self._leave)
            root.update()  # then it has its size, and the first beat draws
            root.after(1, self._beat)  # in the main loop: a quit before that would be forgotten
            root.mainloop()
        finally:
            self._playback.finish()
            with suppress(tk.TclError):
                root.destroy()
        if self._error:
            raise self._error
        return self._playback.session.share

    # What happens by itself

    def _beat(self) -> None:
        idle = self._page != "lesson" or self._playback.session.paused
        if self._closed or self._ended() or (self._alone and idle):
            self._close()
            return
        if self._page == "lesson":
            self._playback.tick()
            if self._playback.session.over:
                self._over()
        elif self._until and steady() >= self._until:
            self._close()
            return
        self._draw()
        moves = (
            self._page == "lesson" and not self._playback.session.paused and not self._look.still
        )
        self._root.after(_BEAT_MS if moves else _SLOW_MS, self._beat)

    def _over(self) -> None:
        """What was done is told now: the page stays until it is closed. The person may say how it
        is, where there was something."""
        share = self._playback.session.share
        if share == 0:
            self._close()
            return
        if share >= HALF:
            self._listener.close(share)
        self._page = "end"

    def _leave(self, said: Order) -> None:
        """Nobody is stopped in the middle of a movement because the program has ended."""
        self._alone = said is Order.GONE
        if not self._alone:
            self._close()

    def _draw(self) -> None:
        self._toolbar.show(self._offered())
        width, height = self._root.winfo_width(), self._root.winfo_height()
        if width < 2:
            return  # not on the screen yet
        room = height - self._toolbar.arrange(width, height)
        if self._canvas.place_info().get("height") != str(room):
            self._canvas.place(x=0, y=0, relwidth=1.0, height=room)
        if self._page == "lesson":
            has_keys = self._root.focus_displayof() is not None
            cue = self._movement.draw(width, room, has_keys)
            self._title(f"{cue.now}: {cue.name}")
            return
        if self._drawn == (now := (self._page, width, room)):
            return
        self._drawn = now
        self._draw_page(width, room)

    def _draw_page(self, width: int, room: int) -> None:
        if self._page == "end":
            answers = pages.ask_how_it_is(self._paint, width, room)
            self._toolbar.arrange_inside(answers)
            self._title(pages.QUESTION)
        elif self._page == "safety":
            high = pages.show_safety(self._paint, width, room)
            self._scrolled = max(high - room, 0)
            self._root.after_idle(self._draw)  # there may be buttons for scrolling now
            self._canvas.configure(scrollregion=(0, 0, width, room + self._scrolled))
            self._title("Safety")
        elif self._said:
            pages.thank(self._paint, width, room, self._said)
            self._title("Thank you")

    # What the person does

    def _offered(self) -> list[Choice]:
        close = Choice("Close", "Esc", "Escape Control-w", self._close)
        help_ = Choice("Safety", "H", "h", self._open_safety)
        match self._page:
            case "lesson":
                pause = "Go on" if self._playback.session.paused else "Pause"
                return [
                    Choice("Back", "←", "Left b", self._playback.back),
                    Choice(pause, "Space", "space", self._playback.toggle, main=True),
                    Choice("Next", "→", "Right n", self._playback.next),
                    Choice("Finish", "F", "f End", self._playback.finish),
                    help_,
                    close,
                ]
            case "end":
                resume = Choice("Back to it", "←", "Left b", self._resume)
                return [*map(self._answer, pages.ANSWERS), resume, help_, close]
            case "safety":
                up = Choice("Up", "↑", "Up", lambda: self._scroll(-3))
                down = Choice("Down", "↓", "Down", lambda: self._scroll(3))
                keys = "Escape h BackSpace Left b"
                back = Choice("Back", "Esc", keys, self._leave_safety, main=True)
                return [back, up, down] if self._scrolled else [back]
            case _:
                return [help_, close]

    def _answer(self, answer: tuple[str, str, Feeling]) -> Choice:
        key, word, feeling = answer
        return Choice(word, key, key, lambda: self._felt(feeling), inside=True)

    def _pressed(self, key: str) -> None:
        if key in {"Prior", "Next"}:
            self._scroll(-10 if key == "Prior" else 10)
            return
        for choice in self._offered():
            if key in choice.keys.split():
                choice.action()
                self._draw()
                return
        if key == "Control-w":
            self._close()

    def _felt(self, feeling: Feeling) -> None:
        self._listener.felt(feeling)
        self._said, self._page = feeling, "thanks"
        if feeling is not Feeling.WORSE:  # who feels worse is shown when to stop, and reads it
            self._until = steady() + max(_THANKS_S / self._playback.speed, 0.5)

    def _resume(self) -> None:
        self._playback.back()
        self._go("lesson")

    def _open_safety(self) -> None:
        """Time stands still while somebody reads that."""
        self._came_from, self._paused_before = self._page, self._playback.session.paused
        if not self._paused_before:
            self._playback.toggle()
        self._go("safety")

    def _leave_safety(self) -> None:
        if not self._paused_before:
            self._playback.toggle()
        self._go(self._came_from)

    def _go(self, page: str) -> None:
        self._page, self._until, self._drawn, self._scrolled = page, 0.0, None, 0.0
        self._movement.forget()
        self._canvas.yview_moveto(0)
        self._canvas.configure(scrollregion=())

    def _scroll(self, steps: float) -> None:
        if self._page == "safety" and self._scrolled:
            self._canvas.configure(yscrollincrement=self._look.px(30))
            self._canvas.yview_scroll(round(steps), "units")

    def _close(self) -> None:
        self._closed = True
        self._root.quit()

    def _failed(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """A bug ends it loudly, once what was done is told. Tk would print it and go on."""
        self._error = error
        self._root.quit()

    def _title(self, text: str) -> None:
        if self._root.title() != text:
            self._root.title(text)
