"""The window of the set-up: a page a question; nothing is written before the last one is left."""

import tkinter as tk
from pathlib import Path

from qlbreak.settings import config
from qlbreak.settings.schema import Settings, changes
from qlbreak.setup import file
from qlbreak.setup.question_pages import PAGES, DonePage, Page, UnchangedPage
from qlbreak.system.paths import Paths
from qlbreak.widgets import look as looks
from qlbreak.widgets.buttons import TkButton
from qlbreak.widgets.look import Look
from qlbreak.widgets.paragraphs import Paragraph, TkScroll

_TITLE = "qlbreak: set-up"
_LAST = len(PAGES) - 1


def show(paths: Paths) -> bool:
    """Until it is closed. Was something written? Raises ConfigError, WriteError, NoWindow."""
    before = file.read(paths.config)
    look = looks.window(_TITLE, 760, 580, least=(440, 360))
    window = _Window(look, before, paths.config)
    look.present(asked=True)
    look.root.mainloop()
    return window.written


class _Window:
    """The first page says what qlbreak is not, the others ask; one more says what was written."""

    def __init__(self, look: Look, before: Settings, path: Path) -> None:
        self._look, self._before, self._answers, self._path = look, before, before, path
        self.written = False
        self._number = 0
        self._frame = tk.Frame(look.root)
        self._page = self._shown(PAGES[0])
        look.key("Escape Control-w", look.root.destroy)
        look.key("Return KP_Enter", self._next)

    def _next(self) -> None:
        answers = self._page.taken()
        if answers is not None:
            self._go_on(answers)

    def _skip(self) -> None:
        """What the settings say stays."""
        self._go_on(self._page.untouched(self._before))

    def _back(self) -> None:
        self._number -= 1
        self._page = self._shown(PAGES[self._number])

    def _go_on(self, answers: Settings) -> None:
        self._answers = answers
        if self._number < _LAST:
            self._number += 1
            self._page = self._shown(PAGES[self._number])
        elif self._number == _LAST:
            self._write()
        else:
            self._look.root.destroy()

    def _write(self) -> None:
        changed = changes(self._before, self._answers)
        try:
            file.write(self._path, changed)
        except (config.ConfigError, file.WriteError) as error:
            self._page.tell(str(error))
            return
        self.written = bool(changed)
        self._number += 1
        self._page = self._shown(DonePage if changed else UnchangedPage)

    # What is seen

    def _shown(self, kind: type[Page]) -> Page:
        look = self._look
        self._frame.destroy()
        self._frame = tk.Frame(look.root, background=look.colours.paper)
        self._frame.pack(fill="both", expand=True)
        edge = look.px(30)
        foot = tk.Frame(self._frame, background=look.colours.paper)
        foot.pack(side="bottom", fill="x", padx=edge, pady=(look.px(10), look.px(20)))
        head = tk.Frame(self._frame, background=look.colours.paper)
        head.pack(fill="x", padx=edge, pady=(look.px(22), look.px(8)))
        if self._number:
            self._progress(head)
        body = TkScroll(look, self._frame)
        body.pack(fill="both", expand=True, padx=(edge - look.px(5), look.px(12)))
        page = kind(look, self._answers, body, self._path)
        Paragraph(look, head, page.title, 23, bold=True).pack(fill="x")
        if page.note:
            note = Paragraph(look, head, page.note, 14, ink=look.colours.soft)
            note.pack(fill="x", pady=(look.px(6), 0))
        buttons = self._buttons(foot, page)
        foot.lift()  # Tab comes to the buttons last
        # What is not on the screen yet cannot have the keyboard, and keys may be waiting.
        look.root.update_idletasks()
        (page.first or buttons[-1]).focus_set()
        asking = 0 < self._number <= _LAST
        look.root.title(f"{_TITLE}, {self._number} of {_LAST}" if asking else _TITLE)
        return page

    def _progress(self, head: tk.Frame) -> None:
        """A bar for every question, and the same in words."""
        look, colours = self._look, self._look.colours
        row = tk.Frame(head, background=colours.paper)
        row.pack(fill="x", pady=(0, look.px(16)))
        number = min(self._number, _LAST)
        words = f"{number} of {_LAST}" if self._number <= _LAST else "Done"
        label = tk.Label(row, text=words, font=look.font(13), foreground=colours.soft)
        label.configure(background=colours.paper, borderwidth=0, padx=0, pady=0)
        label.pack(side="right", padx=(look.px(14), 0))
        for index in range(_LAST):
            colour = colours.accent if index < number else colours.line
            bar = tk.Frame(row, height=look.px(4), background=colour)
            bar.pack(side="left", fill="x", expand=True, padx=(0, look.px(5)))

    def _buttons(self, foot: tk.Frame, page: Page) -> list[TkButton]:
        """From left to right; the main one is the last."""
        look, root = self._look, self._look.root
        forth = page.forth, self._next, "↵"
        if self._number > _LAST:
            named = [forth]
        elif self._number:
            named = [("Back", self._back, ""), ("Skip", self._skip, ""), forth]
        else:
            named = [("Not now", root.destroy, "Esc"), ("When to get help", page.more, ""), forth]
        buttons = [
            TkButton(look, text, action, hint=hint, main=text == page.forth, parent=foot)
            for text, action, hint in named
        ]
        for button in reversed(buttons):
            left = button is not buttons[-1] and button is buttons[0]
            button.pack(side="left" if left else "right", padx=0 if left else (look.px(10), 0))
        return buttons
