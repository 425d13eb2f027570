"""The pages of the set-up's window: what each says and asks, and how its answer is taken."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qlbreak.core.model.movements import Catalogue
from qlbreak.settings.kinds import Option
from qlbreak.setup import first_pictures, icon_place, starting
from qlbreak.setup import questions as asked
from qlbreak.setup.answers import Answers, Beginning
from qlbreak.setup.questions import Question, spans
from qlbreak.texts import first_steps, notices, safety
from qlbreak.widgets import application, parts, safety_window
from qlbreak.widgets.application import Window
from qlbreak.widgets.choices import Choices, TickBox
from qlbreak.widgets.parts import Scroll, Trouble

_NO_NOTES: Mapping[str, str] = MappingProxyType({})
_ICON = 44
_FIGURE = 190
_LAID_OUT_MS = 60  # wrapped text finds its height in a second pass


class StepPage:
    """What stands between title and buttons: written into `body`, answered by `taken`.

    `first` gets the keyboard; None: the main button. `below`: what is not scrolled with the rest.
    `again` shows the same page anew.
    """

    title = ""
    note = ""

    def __init__(
        self,
        window: Window,
        begun: Beginning,
        answers: Answers,
        catalogue: Catalogue,
        body: QVBoxLayout,
        again: Callable[[Answers], None],
    ) -> None:
        self._window, self._begun, self._catalogue = window, begun, catalogue
        self._answers, self._body, self._again = answers, body, again
        self.first: QWidget | None = None
        self.below: QWidget | None = None
        self.write()

    def write(self) -> None:
        """Its contents."""

    def taken(self) -> Answers | None:
        """With what is answered here; None where something is to be mended first."""
        return self._answers

    def skipped(self) -> Answers:
        """With what holds now for all that is asked here."""
        return self._answers

    def _put(self, question: Question, into: QBoxLayout, *, columns: int = 1) -> Choices:
        """A card with the question."""
        frame, inside = parts.card()
        inside.addWidget(parts.text(question.title, 1.1, bold=True))
        if question.note:
            inside.addWidget(parts.text(question.note, soft=True))
        choices = self._choices(question, columns=columns)
        inside.addWidget(choices)
        into.addWidget(frame)
        self.first = self.first or first_of(choices)
        return choices

    def _choices(
        self, question: Question, *, columns: int = 1, notes: Mapping[str, str] = _NO_NOTES
    ) -> Choices:
        choices = Choices(
            question.title, question.options, question.now(self._answers.settings),
            many=question.many, columns=columns, notes=notes,
        )  # fmt: skip
        if question.many:
            follow_needs(choices, question.options)
        return choices


def first_of(choices: Choices) -> QWidget:
    """Where the keyboard begins: at what is chosen, where only one can be."""
    buttons = choices.buttons.values()
    return next(
        (made for made in buttons if made.isChecked() and made.group()), next(iter(buttons))
    )


def follow_needs(choices: Choices, options: tuple[Option, ...]) -> None:
    """What is ticked ticks what it needs, and unticked, what means nothing without it."""
    before = [choices.words]

    def changed() -> None:
        now = choices.words
        for word in now - before[0]:
            now = asked.with_what_follows(options, now | {word})
        for word in before[0] - now:
            now = asked.without_what_needs(options, now, word)
        before[0] = now
        if choices.words != now:
            choices.words = now

    choices.changed.connect(changed)


class WelcomePage(StepPage):
    """What it does, in two sentences and a picture; what it is not."""

    title = notices.WELCOME

    def write(self) -> None:
        look, ratio = self._window.theme, self._window.devicePixelRatioF()
        self._body.addWidget(parts.text(first_steps.WHAT, 1.15))
        frame, inside = parts.card()
        drawn = first_pictures.a_break(
            round(_FIGURE * ratio), dark=look.dark, ink=look.colours.accent
        )
        inside.addWidget(parts.picture(drawn, first_steps.FIGURES, ratio))
        self._body.addWidget(frame)
        tint, told = parts.card("tint")
        told.addWidget(parts.text(safety.disclaimer()))
        self._body.addWidget(tint)
        self._body.addWidget(parts.text(first_steps.COMING, soft=True))
        self._told = False

    def more(self) -> None:
        """When to get help; below the rest, and scrolled into sight."""
        if self._told:
            return
        self._told = True
        now, soon, _, ask_first, _ = safety.sections()
        help_ = QWidget()
        inside = QVBoxLayout(help_)
        inside.setContentsMargins(0, 0, 0, 0)
        safety_window.write_sections(inside, (now, soon, ask_first))
        self._body.insertWidget(self._body.count() - 1, help_)
        scroll = next(s for s in self._window.findChildren(Scroll) if s.isAncestorOf(help_))
        application.later(_LAID_OUT_MS, lambda: scroll.show_top(help_), help_)
        parts.announce(help_, now.title)


class IconPage(StepPage):
    title = first_steps.ICON

    def write(self) -> None:
        ratio = self._window.devicePixelRatioF()
        frame, inside = parts.card()
        row = QHBoxLayout()
        row.setSpacing(18)
        for state, fraction, caption in first_steps.STATES:
            column = QVBoxLayout()
            drawn = first_pictures.icon(state, fraction, round(_ICON * ratio))
            column.addWidget(parts.picture(drawn, first_steps.icon(caption), ratio))
            below = parts.text(caption, soft=True)
            below.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(below)
            row.addLayout(column, 1)
        inside.addLayout(row)
        self._body.addWidget(frame)
        for paragraph in icon_place.told():
            self._body.addWidget(parts.text(paragraph, 1.1))


class QuestionsPage(StepPage):
    """Some questions, a card each."""

    columns = 1

    def questions(self) -> tuple[Question, ...]:
        """In their order."""
        return ()

    def write(self) -> None:
        self._chosen = [
            (question, self._put(question, self._body, columns=self.columns))
            for question in self.questions()
        ]

    def taken(self) -> Answers | None:
        settings = self._answers.settings
        for question, choices in self._chosen:
            settings = question.take(settings, choices.words)
        return self._answers.with_settings(settings)

    def skipped(self) -> Answers:
        settings, now = self._answers.settings, self._begun.now.settings
        for question, _ in self._chosen:
            settings = question.take(settings, question.now(now))
        return self._answers.with_settings(settings)


class WhenPage(QuestionsPage):
    """How often, how long, and at which hours; with a line for others than those offered."""

    title = first_steps.WHEN
    columns = 2

    def questions(self) -> tuple[Question, ...]:
        return asked.interval(self._answers.settings), asked.LENGTH

    def write(self) -> None:
        super().write()
        frame, inside = parts.card()
        inside.addWidget(parts.text(asked.HOURS.title, 1.1, bold=True))
        inside.addWidget(parts.text(asked.HOURS.note, soft=True))
        self._hours = self._choices(asked.HOURS)
        inside.addWidget(self._hours)
        own = asked.OWN in self._hours.words
        self._line = QLineEdit("; ".join(spans(self._answers.settings)) if own else "")
        name = parts.text(first_steps.example(asked.EXAMPLE), soft=True)
        parts.named(name, self._line)
        self._line.setAccessibleName(first_steps.OWN_HOURS)
        self._line.setAccessibleDescription(name.text())
        self._line.textEdited.connect(lambda _: self._choose_own())
        inside.addWidget(self._line)
        inside.addWidget(name)
        self._trouble = Trouble()
        inside.addWidget(self._trouble)
        self._body.addWidget(frame)

    def _choose_own(self) -> None:
        self._hours.words = frozenset({asked.OWN})

    def taken(self) -> Answers | None:
        answers = super().taken()
        if answers is None or asked.OWN not in self._hours.words:
            hours = asked.HOURS.take(self._answers.settings, self._hours.words).hours.work
            return answers and answers.with_settings(answers.settings.having("hours", work=hours))
        try:
            hours = asked.own_hours(self._line.text())
        except ValueError as error:
            self._trouble.tell(str(error))
            self._line.setFocus()
            return None
        return answers.with_settings(answers.settings.having("hours", work=hours))

    def skipped(self) -> Answers:
        answers, work = super().skipped(), self._begun.now.settings.hours.work
        return answers.with_settings(answers.settings.having("hours", work=work))


class SidesPage(QuestionsPage):
    title, note = first_steps.SIDES, first_steps.SIDES_NOTE

    def questions(self) -> tuple[Question, ...]:
        return asked.TIGHTER, asked.WEAKER


class CautionsPage(QuestionsPage):
    """Each says how many movements it hides, and all that is ticked, how many are left."""

    title, note = asked.CAUTIONS.title, asked.CAUTIONS.note

    def write(self) -> None:
        frame, inside = parts.card()
        counts = asked.hidden(self._catalogue)
        notes = {word: first_steps.hides(number) for word, number in counts.items()}
        choices = self._choices(asked.CAUTIONS, notes=notes)
        self._chosen = [(asked.CAUTIONS, choices)]
        self._left = parts.text("", bold=True)
        choices.changed.connect(self._count)
        inside.addWidget(choices)
        self._body.addWidget(frame)
        self.below = self._left
        self.first = first_of(choices)
        self._tell()

    def _count(self) -> None:
        self._tell()
        parts.announce(self._left, self._left.text())

    def _tell(self) -> None:
        answers = self.taken()
        if answers is not None:
            self._left.setText(first_steps.left(*asked.left(self._catalogue, answers.settings)))


class ThingsPage(StepPage):
    """What there is here, and in the other place where that differs; and where the floor is."""

    title, note = asked.THINGS

    def write(self) -> None:
        settings = self._answers.settings
        here = settings.equipment.here
        other = asked.other(here)
        self._ask(asked.here(settings), self._moved)
        self._ask(asked.things(here))
        self._same = TickBox(first_steps.THE_SAME[other])
        self._same.setChecked(asked.same_things(settings))
        self._body.addWidget(self._same)
        elsewhere = self._ask(asked.things(other)).parentWidget()
        assert elsewhere is not None
        elsewhere.setVisible(not self._same.isChecked())
        self._same.toggled.connect(lambda same: elsewhere.setVisible(not same))
        self._ask(asked.FLOOR)

    def _ask(self, question: Question, then: Callable[[], None] = lambda: None) -> Choices:
        choices = self._put(question, self._body, columns=2)

        def take() -> None:
            settings = question.take(self._answers.settings, choices.words)
            self._answers = self._answers.with_settings(settings)
            then()

        choices.changed.connect(take)
        return choices

    def _moved(self) -> None:
        """The place where one is comes first."""
        self._again(self.taken())

    def taken(self) -> Answers:
        settings = self._answers.settings
        here = settings.equipment.here
        if self._same.isChecked():
            words = asked.things(here).now(settings)
            settings = asked.things(asked.other(here)).take(settings, words)
        return self._answers.with_settings(settings)

    def skipped(self) -> Answers:
        found = self._begun.now.settings.equipment
        return self._answers.with_settings(replace(self._answers.settings, equipment=found))


class StartPage(StepPage):
    title, note = first_steps.START, first_steps.START_NOTE

    def write(self) -> None:
        offered = self._begun.switches
        frame, inside = parts.card()
        self._ticks = Choices(
            first_steps.START, starting.choices(offered), self._answers.starts,
            many=True, notes=starting.notes(offered),
        )  # fmt: skip
        inside.addWidget(self._ticks)
        self._body.addWidget(frame)
        self.first = first_of(self._ticks) if offered else None

    def taken(self) -> Answers | None:
        return Answers(self._answers.settings, self._ticks.words)

    def skipped(self) -> Answers:
        return Answers(self._answers.settings, self._begun.now.starts)


PAGES: tuple[type[StepPage], ...] = (
    WelcomePage, IconPage, WhenPage, SidesPage, CautionsPage, ThingsPage, StartPage,
)  # fmt: skip
