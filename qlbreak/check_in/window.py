"""The window of the check-in: one question, then what may be said of the answer."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from qlbreak.check_in import steps
from qlbreak.check_in.levels import Levels
from qlbreak.check_in.steps import Acknowledged
from qlbreak.core.model.terms import Hindrance
from qlbreak.language import formats
from qlbreak.record.deliver import Untold
from qlbreak.settings.config import Config
from qlbreak.settings.kinds import Option
from qlbreak.system.paths import Paths
from qlbreak.texts import check_in, guidance, labels, safety
from qlbreak.widgets import application, parts
from qlbreak.widgets.application import Window
from qlbreak.widgets.choices import Choices
from qlbreak.widgets.safety_window import write_sections


def show(paths: Paths, config: Config) -> bool:
    """Until it is closed. Was something recorded? Raises NoWindow."""
    window = application.window(check_in.TITLE, 740, 600, least=(300, 260))
    page = CheckInPage(window, paths, config)
    application.run(window, asked=True)
    return page.recorded


class CheckInPage:
    """To answer on, and then what is said; Escape leaves both."""

    def __init__(self, window: Window, paths: Paths, config: Config) -> None:
        self._window, self._paths, self._config = window, paths, config
        self.recorded = False
        self._trouble = parts.Trouble()
        self._rows = {name: Levels(label) for name, label in check_in.PLACES.items()}
        options = [Option(word.value, label) for word, label in check_in.HINDRANCES.items()]
        nothing = Option("", check_in.NO_ANSWER)
        self._work = Choices(
            check_in.WORK, [nothing, *options], [""], many=False, columns=2, titled=True
        )
        self._ask()
        window.key("Escape", window.close)

    # To answer

    def _ask(self) -> None:
        window, scroll = self._window, parts.Scroll()
        body = scroll.inside
        body.addWidget(parts.heading(check_in.QUESTION, 1.3))
        body.addWidget(parts.text(check_in.SCALE, soft=True))
        for number, row in enumerate(self._rows.values()):
            body.addWidget(row)
            row.changed.connect(self._untell)
            row.leaving.connect(lambda by, number=number: self._go(number + by))
        body.addWidget(self._work)
        for words in (check_in.KEPT, steps.kept_in(self._paths, self._config)):
            body.addWidget(parts.text(words, 0.9, soft=True))
        body.addStretch(1)
        skip = parts.button(labels.SKIP, self._skip)
        save = parts.button(check_in.SAVE, self._save, "↵", main=True)
        window.page.addWidget(scroll, 1)
        window.page.addWidget(self._trouble)
        window.page.addLayout(parts.row(skip, None, save))
        window.enter(self._save)
        self._go(0)

    def _go(self, number: int) -> None:
        rows = list(self._rows.values())
        rows[min(max(number, 0), len(rows) - 1)].begin()

    def _save(self) -> None:
        told: dict[str, int | Hindrance] = {
            name: row.value for name, row in self._rows.items() if row.value is not None
        }
        if not told:
            self._tell(check_in.NOTHING)
            return
        for word in filter(None, self._work.words):
            told["work"] = Hindrance(word)
        self._record(told)

    def _skip(self) -> None:
        self._record({})

    def _record(self, told: dict[str, int | Hindrance]) -> None:
        entry = check_in.entry(steps.blank(), told)
        try:
            answered = steps.record(self._paths, self._config, entry)
        except Untold as error:
            self._tell(check_in.unrecorded(error))
            return
        self.recorded = True
        if told:
            self._answer(answered)
        else:
            self._window.close()

    def _tell(self, words: str) -> None:
        """What is wrong, and the keyboard where it can be mended."""
        self._trouble.tell(words)
        first, *_ = self._rows.values()
        first.tell(words)
        first.begin()

    def _untell(self) -> None:
        self._trouble.untell()
        for row in self._rows.values():
            row.untell()

    # Afterwards

    def _answer(self, answered: Acknowledged) -> None:
        window, scroll = self._window, parts.Scroll()
        parts.clear(window.page)
        window.setWindowTitle(check_in.NOTED_TITLE)
        unsaved = formats.capitalized(answered.unsaved)
        lines = list(filter(None, (*answered.lines, unsaved)))
        body = scroll.inside
        body.addWidget(parts.heading(check_in.NOTED))
        for line in lines:
            body.addWidget(parts.text(line, 1.1))
        close = parts.button(guidance.CLOSE, window.close, "↵", main=True)
        foot = parts.row(None, close)
        if answered.care:
            lines += self._care(body)
            foot.insertWidget(0, self._help(scroll, close))
        body.addStretch(1)
        scroll.keys(window)
        window.enter(window.close)
        window.page.addWidget(scroll, 1)
        window.page.addLayout(foot)
        # A screen reader says it with what has the keyboard; an announcement not each of them says.
        close.setAccessibleDescription(formats.sentences(*lines))
        close.show()  # what is not there yet cannot have the keyboard
        close.setFocus()

    def _care(self, body: QVBoxLayout) -> tuple[str, str]:
        """Neutral, said once, and closed with the window; the safety text is behind a button."""
        card, inside = parts.card("tint")
        inside.addWidget(parts.text(check_in.CARE_TITLE, 1.1, bold=True))
        inside.addWidget(parts.text(check_in.CARE))
        body.addWidget(card)
        return formats.sentence(check_in.CARE_TITLE), check_in.CARE

    def _help(self, scroll: parts.Scroll, close: QPushButton) -> QPushButton:
        def more() -> None:
            now, soon, *_ = safety.sections()
            text = QWidget()
            frames = QVBoxLayout(text)
            frames.setContentsMargins(0, 0, 0, 0)
            write_sections(frames, (now, soon))
            scroll.inside.insertWidget(scroll.inside.count() - 1, text)  # what grows is last
            # Its place is known once it is there.
            application.later(0, lambda: scroll.show_top(text), scroll)
            told = (line for part in (now, soon) for line in (part.title, part.lead, *part.points))
            close.setAccessibleDescription(formats.sentences(*map(formats.sentence, told)))
            made.setEnabled(False)  # the keyboard goes on to the other

        made = parts.button(check_in.HELP, more)
        return made
