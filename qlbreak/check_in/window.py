"""The window of the check-in: one question, then what may be said of the answer."""

import tkinter as tk
from collections.abc import Callable

from qlbreak.check_in import steps
from qlbreak.check_in.steps import Acknowledged
from qlbreak.core.model.terms import Hindrance
from qlbreak.record.deliver import Untold
from qlbreak.settings.config import Config
from qlbreak.settings.kinds import Option
from qlbreak.setup.choices import TkChoices
from qlbreak.system.paths import Paths
from qlbreak.texts import check_in, safety
from qlbreak.widgets.buttons import TkButton
from qlbreak.widgets.look import Look, window
from qlbreak.widgets.paragraphs import Paragraph, TkCard, TkScroll, write_sections
from qlbreak.widgets.scale import Scale

_TITLE = "qlbreak: check-in"


def show(paths: Paths, config: Config) -> bool:
    """Until it is closed. Was something recorded? Raises NoWindow."""
    look = window(_TITLE, 740, 490, least=(520, 380))
    page = CheckInWindow(look, paths, config)
    look.present(asked=True)
    look.root.mainloop()
    return page.recorded


class CheckInWindow:
    """A page to answer on, and one afterwards; Escape leaves both."""

    def __init__(self, look: Look, paths: Paths, config: Config) -> None:
        self._look, self._paths, self._config = look, paths, config
        self.recorded = False
        self._told: TkCard | None = None
        self._page = tk.Frame(look.root)
        self._begin(_TITLE)
        self._ask()
        look.key("Escape Control-w", look.root.destroy)
        look.key("Return KP_Enter", self._save)

    def _begin(self, title: str) -> None:
        """An empty page: head, scrolled body, foot."""
        look = self._look
        paper = look.colours.paper
        self._page.destroy()
        self._page = tk.Frame(look.root, background=paper)
        self._page.pack(fill="both", expand=True)
        edge = look.px(30)
        self._foot = tk.Frame(self._page, background=paper)
        self._foot.pack(side="bottom", fill="x", padx=edge, pady=(look.px(10), look.px(20)))
        self._head = tk.Frame(self._page, background=paper)
        self._head.pack(fill="x", padx=edge, pady=(look.px(22), look.px(8)))
        self._body = TkScroll(look, self._page)
        self._body.pack(fill="both", expand=True, padx=(edge - look.px(5), look.px(12)))
        look.root.title(title)

    def _button(
        self, text: str, action: Callable[[], object], hint: str = "", *, main: bool = False
    ) -> TkButton:
        button = TkButton(self._look, text, action, hint=hint, main=main, parent=self._foot)
        button.pack(side="right" if main else "left")
        return button

    # To answer

    def _ask(self) -> None:
        look, body = self._look, self._body.inner
        Paragraph(look, self._head, check_in.QUESTION, 19, bold=True).pack(fill="x")
        scale = Paragraph(look, self._head, check_in.SCALE, 14, ink=look.colours.soft)
        scale.pack(fill="x", pady=(look.px(8), 0))
        self._rows = self._scales(body)
        Paragraph(look, body, check_in.WORK, 15).pack(
            fill="x", padx=look.px(5), pady=(look.px(18), look.px(4))
        )
        options = [Option(word.value, label) for word, label in check_in.HINDRANCES.items()]
        self._work = TkChoices(look, body, options, (), many=False, columns=3, small=True)
        self._work.pack(fill="x")
        for text, gap in ((check_in.KEPT, 14), (steps.kept_in(self._paths, self._config), 2)):
            kept = Paragraph(look, body, text, 13, ink=look.colours.soft)
            kept.pack(fill="x", padx=look.px(5), pady=(look.px(gap), 0))
        self._button("Skip", self._skip)
        self._button("Save", self._save, "↵", main=True)
        for part in (*self._rows.values(), *self._work.tiles.values()):
            part.bind("<FocusIn>", lambda _, part=part: self._body.show(part), add=True)  # type: ignore[misc]
        self._foot.lift()  # Tab comes to the buttons last
        look.root.update_idletasks()  # what is not on the screen yet cannot have the keyboard
        self._rows["left"].focus_set()

    def _scales(self, parent: tk.Frame) -> dict[str, Scale]:
        look = self._look
        table = tk.Frame(parent, background=look.colours.paper)
        table.pack(fill="x", padx=look.px(5))
        table.columnconfigure(1, weight=1)
        rows = {}
        for number, (name, label) in enumerate(check_in.PLACES.items()):
            text = tk.Label(table, text=label, font=look.font(15), foreground=look.colours.ink)
            text.configure(background=look.colours.paper, borderwidth=0, padx=0, pady=0)
            text.grid(row=number, column=0, sticky="w", padx=(0, look.px(18)))
            rows[name] = Scale(look, table, check_in.HIGHEST, self._untell)
            rows[name].grid(row=number, column=1, sticky="ew", pady=look.px(5))
            for key, to in (("<Up>", number - 1), ("<Down>", number + 1)):
                rows[name].bind(key, lambda _, to=to: self._go(to))  # type: ignore[misc]
        return rows

    def _go(self, number: int) -> str:
        rows = list(self._rows.values())
        rows[min(max(number, 0), len(rows) - 1)].focus_set()
        return "break"

    def _save(self) -> None:
        told: dict[str, int | Hindrance] = {
            name: row.value for name, row in self._rows.items() if row.value is not None
        }
        if not told:
            self._tell(check_in.NOTHING)
            return
        for word in self._work.words:
            told["work"] = Hindrance(word)
        self._record(told)

    def _skip(self) -> None:
        self._record({})

    def _record(self, told: dict[str, int | Hindrance]) -> None:
        entry = check_in.entry(steps.blank(), told)
        try:
            answered = steps.record(self._paths, self._config, entry)
        except Untold as error:
            self._tell(f"It could not be recorded: {error}")
            return
        self.recorded = True
        if told:
            self._answer(answered)
        else:
            self._look.root.destroy()

    def _tell(self, text: str) -> None:
        """What is wrong, below all else."""
        self._untell()
        look, colours = self._look, self._look.colours
        self._told = TkCard(look, self._body.inner, colours.call, colours.call, pad=14)
        self._told.pack(fill="x", padx=look.px(5), pady=look.px(10))
        Paragraph(look, self._told.inner, text, 14, ink=colours.on_call).pack(fill="x")
        self._body.show(self._told)

    def _untell(self) -> None:
        if self._told is not None:
            self._told.destroy()
            self._told = None

    # Afterwards

    def _answer(self, answered: Acknowledged) -> None:
        look, root = self._look, self._look.root
        self._begin(f"{_TITLE}, noted")
        Paragraph(look, self._head, "Noted", 23, bold=True).pack(fill="x")
        unsaved = answered.unsaved[:1].upper() + answered.unsaved[1:]
        for line in filter(None, (*answered.lines, unsaved)):
            Paragraph(look, self._body.inner, line, 16).pack(
                fill="x", padx=look.px(5), pady=(look.px(6), 0)
            )
        if answered.care:
            self._care()
        close = self._button("Close", root.destroy, "↵", main=True)
        look.key("Return KP_Enter", root.destroy)
        self._foot.lift()
        root.update_idletasks()
        close.focus_set()

    def _care(self) -> None:
        """Neutral, said once, and closed with the window; the safety text is behind a button."""
        look, colours, body = self._look, self._look.colours, self._body.inner
        card = TkCard(look, body, colours.tint, colours.tint, pad=20)
        card.pack(fill="x", padx=look.px(5), pady=(look.px(18), 0))
        Paragraph(look, card.inner, check_in.CARE_TITLE, 16, bold=True).pack(fill="x")
        text = Paragraph(look, card.inner, check_in.CARE, 15)
        text.pack(fill="x", pady=(look.px(6), 0))
        help_ = tk.Frame(body, background=colours.paper)
        help_.pack(fill="x", padx=look.px(5))

        def more() -> None:
            if not help_.winfo_children():
                now, soon, *_ = safety.sections()
                write_sections(look, help_, (now, soon))

        self._button("When to get help", more)
