"""The pages of the set-up's window: what each asks, and how its answer is taken from it."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from qlbreak.core.model.profile import Place
from qlbreak.settings.schema import Settings
from qlbreak.setup import questions as asked
from qlbreak.setup.choices import Tile, TkChoices
from qlbreak.setup.questions import Question, spans
from qlbreak.texts import safety
from qlbreak.texts.names import PLACES
from qlbreak.widgets.look import Look
from qlbreak.widgets.paragraphs import Paragraph, TkCard, TkScroll, write_sections


class Page:
    """What stands between title and buttons. `forth`: the name of the button that goes on."""

    title = ""
    note = ""
    forth = "Next"

    def __init__(self, look: Look, answers: Settings, body: TkScroll, path: Path) -> None:
        self._look, self._answers, self._body, self._path = look, answers, body, path
        self.told: tk.Misc | None = None
        self.first: tk.Misc | None = None  # gets the keyboard; None: the main button
        self.write(body.inner)

    def write(self, parent: tk.Frame) -> None:
        """Its contents."""

    def taken(self) -> Settings | None:
        """With what is answered here; None where something is to be mended first."""
        return self._answers

    def untouched(self, before: Settings) -> Settings:
        """With what the settings say to this question."""
        return self._answers

    def more(self) -> None:
        """What the button "More" does."""

    def tell(self, text: str) -> None:
        """What is wrong, below all else."""
        if self.told is not None:
            self.told.destroy()
        look, colours = self._look, self._look.colours
        box = TkCard(look, self._body.inner, colours.call, colours.call, pad=14)
        box.pack(fill="x", padx=look.px(5), pady=look.px(10))
        Paragraph(look, box.inner, text, 14, ink=colours.on_call).pack(fill="x")
        self.told = box
        self._body.show(box)

    def _follow(self, choices: TkChoices) -> None:
        """Whatever has the keyboard can be seen."""
        for tile in choices.tiles.values():
            tile.bind("<FocusIn>", lambda _, tile=tile: self._body.show(tile), add=True)  # type: ignore[misc]


class FirstPage(Page):
    """What qlbreak is not, and on request when not to use it."""

    title = "Before you begin"
    forth = "Understood"

    def write(self, parent: tk.Frame) -> None:
        look, colours = self._look, self._look.colours
        self._inset = tk.Frame(parent, background=colours.paper)
        self._inset.pack(fill="x", padx=look.px(5))
        card = TkCard(look, self._inset, colours.tint, colours.tint, pad=22)
        card.pack(fill="x", pady=(look.px(6), 0))
        Paragraph(look, card.inner, safety.disclaimer(), 17).pack(fill="x")
        text = "Six questions follow. Skip any of them; nothing is written before the last."
        coming = Paragraph(look, self._inset, text, 15, ink=colours.soft)
        coming.pack(fill="x", pady=(look.px(16), 0))
        self._more = False

    def more(self) -> None:
        if not self._more:
            self._more = True
            now, soon, _, ask_first, _ = safety.sections()
            write_sections(self._look, self._inset, (now, soon, ask_first))


class AskingPage(Page):
    """One question, a tile an option."""

    question: Question
    small = False

    def write(self, parent: tk.Frame) -> None:
        question = self.question
        self.title, self.note = question.title, question.note
        now = question.now(self._answers)
        self._choices = TkChoices(
            self._look, parent, question.options, now, many=question.many, small=self.small
        )
        self._choices.pack(fill="x", pady=(self._look.px(4), 0))
        self._follow(self._choices)
        self.first = self._choices.first

    def taken(self) -> Settings | None:
        return self.question.take(self._answers, self._choices.words)

    def untouched(self, before: Settings) -> Settings:
        return self.question.take(self._answers, self.question.now(before))


class TighterPage(AskingPage):
    question = asked.TIGHTER


class WeakerPage(AskingPage):
    question = asked.WEAKER


class FloorPage(AskingPage):
    question = asked.FLOOR


class CautionsPage(AskingPage):
    question = asked.CAUTIONS
    small = True


class HoursPage(AskingPage):
    """With a line for hours of one's own."""

    question = asked.HOURS
    forth = "Save"

    def write(self, parent: tk.Frame) -> None:
        super().write(parent)
        look, colours = self._look, self._look.colours
        own = asked.OWN in self._choices.words
        self._text = tk.StringVar(parent, "; ".join(spans(self._answers)) if own else "")
        self._entry = tk.Entry(
            parent,
            textvariable=self._text,
            font=look.font(15),
            background=colours.card,
            foreground=colours.ink,
            insertbackground=colours.ink,
            selectbackground=colours.tint,
            selectforeground=colours.ink,
            relief="flat",
            borderwidth=look.px(7),
            highlightthickness=max(look.px(1.5), 1),
            highlightbackground=colours.line,
            highlightcolor=colours.focus,
        )
        self._entry.pack(fill="x", padx=(look.px(48), look.px(5)), pady=(look.px(6), 0))
        example = Paragraph(look, parent, f"For example {asked.EXAMPLE}", 13, ink=colours.soft)
        example.pack(fill="x", padx=(look.px(50), 0), pady=(look.px(6), 0))
        self._text.trace_add("write", lambda *_: self._choices.press(asked.OWN))
        self._choices.tiles[asked.OWN].bind(
            "<TkButton-1>", lambda _: self._entry.focus_set(), add=True
        )
        self._entry.bind("<FocusIn>", lambda _: self._body.show(self.told or self._entry))

    def taken(self) -> Settings | None:
        if asked.OWN not in self._choices.words:
            return super().taken()
        try:
            return self._answers.having("hours", work=asked.own_hours(self._text.get()))
        except ValueError as error:
            self._entry.focus_set()
            self.tell(str(error))
            return None

    def untouched(self, before: Settings) -> Settings:
        return self._answers.having("hours", work=before.hours.work)


class ThingsPage(Page):
    """What there is here, and in the other place where that differs."""

    title, note = asked.THINGS

    def write(self, parent: tk.Frame) -> None:
        self._same = asked.same_things(self._answers)
        self._part(parent, asked.here(self._answers), self._moved, small=False)
        self._lists = tk.Frame(parent)
        self._list_them()

    def _part(
        self,
        parent: tk.Misc,
        question: Question,
        changed: Callable[[], None] = lambda: None,
        small: bool = True,
    ) -> None:
        look = self._look
        heading = Paragraph(look, parent, question.title, 15, bold=True)
        heading.pack(fill="x", padx=look.px(5), pady=(look.px(10), look.px(3)))

        def take() -> None:
            self._answers = question.take(self._answers, choices.words)
            changed()

        choices = TkChoices(
            look,
            parent,
            question.options,
            question.now(self._answers),
            many=question.many,
            columns=2,
            small=small,
            changed=take,
        )
        choices.pack(fill="x")
        self._follow(choices)
        self.first = self.first or choices.first

    def _list_them(self) -> None:
        look, here = self._look, self._answers.equipment.here
        self._lists.destroy()
        self._lists = tk.Frame(self._body.inner, background=look.colours.paper)
        self._lists.pack(fill="x")
        self._part(self._lists, asked.things(here))
        other = asked.other(here)
        label = f"{PLACES[other]} there is the same"
        tile = Tile(look, self._lists, label, many=True, pressed=self._toggle, small=True)
        tile.pack(fill="x", padx=look.px(5), pady=(look.px(12), look.px(3)))
        tile.choose(self._same)
        tile.bind("<FocusIn>", lambda _: self._body.show(tile), add=True)
        self._same_tile = tile
        if not self._same:
            self._part(self._lists, asked.things(other))
        look.root.update_idletasks()  # Tab passes over what is not on the screen yet

    def _toggle(self) -> None:
        self._same = not self._same
        self._list_them()
        self._same_tile.focus_set()

    def _moved(self) -> None:
        self._same = self._same or asked.same_things(self._answers)
        self._list_them()

    def taken(self) -> Settings | None:
        here = self._answers.equipment.here
        if not self._same:
            return self._answers
        words = asked.things(here).now(self._answers)
        return asked.things(asked.other(here)).take(self._answers, words)

    def untouched(self, before: Settings) -> Settings:
        answers = self._answers.having("equipment", here=before.equipment.here)
        for place in Place:
            question = asked.things(place)
            answers = question.take(answers, question.now(before))
        return answers


class DonePage(Page):
    """What came of it."""

    title = "That is all"
    forth = "Close"
    said = "Your answers are kept in this file, and apply from now on."

    def write(self, parent: tk.Frame) -> None:
        look = self._look
        again = "To change them, come here again by the menu, or edit the file."
        for text, size, ink in (
            (self.said, 16, ""),
            (str(self._path), 14, look.colours.soft),
            (again, 16, ""),
        ):
            line = Paragraph(look, parent, text, size, ink=ink)
            line.pack(fill="x", padx=look.px(5), pady=look.px(6))


class UnchangedPage(DonePage):
    said = "Nothing has changed, so nothing was written. Settings belong in this file."


PAGES: tuple[type[Page], ...] = (
    FirstPage,
    TighterPage,
    WeakerPage,
    ThingsPage,
    FloorPage,
    CautionsPage,
    HoursPage,
)
