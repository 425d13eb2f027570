"""The card of a movement in the library: its figure, its text, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.score import work
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.moving import Figure
from qlbreak.guide.coaching import against
from qlbreak.language import formats
from qlbreak.main_window.aside import Aside
from qlbreak.settings.config import ConfigError
from qlbreak.settings.kinds import Option, SomeOf
from qlbreak.settings.schema import SECTIONS, Settings
from qlbreak.setup.unwanted import NeverList
from qlbreak.system.paths import Paths
from qlbreak.texts import cards, library
from qlbreak.widgets import parts, preferences
from qlbreak.widgets.choices import Choices
from qlbreak.widgets.figure_view import FigureView

_FIGURE = 140, 320  # logical pixels, least and most
_SHARE = 0.42  # of the height that there is

Saved = Callable[[Settings], object]


def figure_of(movement: Movement) -> Figure:
    book, name = moving.load(), movement.figure or movement.id
    return book[name] if name in book else moving.generic(movement.position)


class CardPanel(parts.Scroll):
    """`saved` is told the settings that hold once one was changed here."""

    def __init__(self, paths: Paths, catalogue: Catalogue, saved: Saved) -> None:
        super().__init__()
        self._paths, self._catalogue, self._saved = paths, catalogue, saved
        self._list = NeverList(paths, catalogue)
        self._movement: Movement | None = None
        self._settings = Settings()
        kind = SECTIONS["you"]["never"].kind
        assert isinstance(kind, SomeOf)
        self._shipped = set(kind.words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have the keyboard, and turn it
        self._name, self._trade = parts.heading(""), parts.text("", soft=True)
        self._warning = parts.Trouble()
        self._figure = FigureView(still=preferences.still())
        sides = [Option(side, label) for side, label in library.SIDES.items()]
        self._sides = Choices(library.SHOW_SIDE, sides, {Side.LEFT}, many=False, columns=2)
        self._sides.changed.connect(self._play)
        self._meaning = parts.text("", bold=True)
        self._do = parts.button(library.DO_IT, self._do_it, main=True)
        self._never = parts.button(library.NEVER, self._change_never)
        self._note, self._said = parts.text(""), parts.text("", bold=True)
        self._wrong, self._text = parts.Trouble(), QWidget()
        self._inside = QVBoxLayout(self._text)
        self._guide = Aside(self._guide_ended, library.NOT_OPENED)
        self._arrange()
        self._say("")

    def _arrange(self) -> None:
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(4)
        for part in (
            self._name,
            self._trade,
            self._warning,
            self._figure,
            self._sides,
            self._meaning,
        ):
            self.inside.addWidget(part)
        self.inside.addLayout(parts.row(self._do, self._never, None))
        for part in (self._note, self._said, self._wrong):
            self.inside.addWidget(part)
        self.inside.addWidget(self._text)
        self.inside.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low, high = _FIGURE
        self._figure.setFixedHeight(round(min(max(self.height() * _SHARE, low), high)))

    def begin(self) -> None:
        """It gets the keyboard."""
        self._do.setFocus()

    def show_movement(self, movement: Movement, settings: Settings) -> None:
        other = movement is not self._movement
        self._movement, self._settings = movement, settings
        self._tell_state()
        if not other:
            return
        self._say("")
        self._name.setText(movement.plain_name)
        self._trade.setText(movement.trade_name)
        self._trade.setVisible(bool(movement.trade_name))
        self._sides.setVisible(movement.sided)
        self._write(movement)
        self._play()
        parts.lay_out()
        self.verticalScrollBar().setValue(0)

    def _play(self) -> None:
        movement = self._movement
        assert movement is not None
        side = Side.BOTH
        if movement.sided:
            side = Side.RIGHT if Side.RIGHT in self._sides.words else Side.LEFT
        self._meaning.setText(formats.sentence(movement.meaning(side)) if movement.sided else "")
        self._meaning.setVisible(movement.sided)
        figure = figure_of(movement)
        phases = work(movement, movement.min_s, side)
        self._figure.set_figure(figure, side)
        self._figure.describe(library.figure(movement, side), movement.meaning(side))
        self._figure.play(moving.motion(figure, phases), movement.min_s)

    def _write(self, movement: Movement) -> None:
        parts.clear(self._inside)
        told = cards.told_of(movement)
        self._title(library.STEPS)
        for number, step in enumerate(told.steps, 1):
            self._add(parts.text(f"{number}.  {step}"))
        for name, text in (*told.after[:1], *told.rows, *told.after[1:]):
            self._title(formats.capitalized(name))
            self._add(parts.text(formats.capitalized(text)))
        for source in told.sources:
            self._add(parts.text(source, 0.92, soft=True))

    def _title(self, words: str) -> None:
        title = parts.text(words, bold=True, accent=True)
        title.setContentsMargins(0, 10, 0, 0)
        self._add(title)

    def _add(self, label: QLabel) -> None:
        self._inside.addWidget(label)
        label.show()  # Qt would do so later, and lay the card out once more

    def _tell_state(self) -> None:
        movement, profile = self._movement, self._settings.profile
        assert movement is not None
        warning = against([movement], self._catalogue, profile.cautions)
        self._warning.tell(warning) if warning else self._warning.untell()
        never = movement.id in profile.never
        resort = library.LAST_RESORT if never and movement.suits_everybody else ""
        own = movement.id not in self._shipped
        notes = (library.IS_NEVER if never else "", resort, library.OWN if own else "")
        self._note.setText(" ".join(filter(None, notes)))
        self._note.setVisible(bool(self._note.text()))
        words = library.AGAIN if never else library.NEVER
        self._never.setText(words)
        self._never.setAccessibleName(words)

    def _say(self, words: str, wrong: str = "") -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        if words:
            parts.announce(self._said, words)
        self._wrong.tell(wrong) if wrong else self._wrong.untell()

    # What can be done

    def _change_never(self) -> None:
        from qlbreak.setup.file import WriteError  # what it needs takes a while to load

        movement = self._movement
        assert movement is not None
        stands = movement.id in self._settings.you.never
        change = self._list.take_back if stands else self._list.leave_out
        try:
            done = change(movement.id)
        except (ConfigError, WriteError) as error:
            self._say("", library.not_saved(str(error)))
            return
        self._saved(done.settings)
        self._say(library.NOW_AGAIN if stands else library.NOW_NEVER)

    def _do_it(self) -> None:
        assert self._movement is not None
        self._do.setEnabled(False)
        self._say(library.OPENING)
        self._guide.begin(self._paths, "guide", self._movement.id)

    def _guide_ended(self, trouble: str) -> None:
        self._do.setEnabled(True)
        self._say("", trouble)
