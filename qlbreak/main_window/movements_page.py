"""The page Movements: the library with filters, the card of the chosen one, and its figure."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QItemSelectionModel, QSize, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QKeySequence,
    QPalette,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.terms import Side
from qlbreak.data import load_with
from qlbreak.figures import moving
from qlbreak.main_window.feed import Feed
from qlbreak.main_window.movement_card import CardPanel, figure_of
from qlbreak.settings import config
from qlbreak.settings.schema import Settings
from qlbreak.system.paths import Paths
from qlbreak.texts import cards, library, names
from qlbreak.widgets import parts
from qlbreak.widgets.flow import Flow

_NARROW = 620  # less room than for two columns
_LOW = 460  # less height than for the filters beside the list
_LIST_WIDTH = 300
_PICTURE = 56
_GAP = 6
_ID = Qt.ItemDataRole.UserRole


def make(paths: Paths, feed: Feed) -> QWidget:
    return MovementsPage(paths, feed)


class MovementsPage(QWidget):
    """Two columns; where there is no room for two, the list, and the card in its place."""

    def __init__(self, paths: Paths, feed: Feed) -> None:
        super().__init__()
        self._paths = paths
        self._catalogue, _ = load_with(paths.own)
        self._settings = config.load_or_default(paths.config).settings
        self._filters = Filters(self._look)
        self._list = MovementList(self._catalogue)
        self._card = CardPanel(paths, self._catalogue, self._settings_changed)
        self._back = parts.button(library.BACK, self._show_list)
        self._left, self._right = QWidget(), QWidget()
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._filters)
        left.addWidget(self._list, 1)
        right.addLayout(parts.row(self._back, None))
        right.addWidget(self._card, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(18)
        across.addWidget(self._left)
        across.addWidget(self._right, 1)
        self._reading = False  # where it is narrow: the card is shown
        self._list.itemSelectionChanged.connect(self._chosen)
        self._list.itemClicked.connect(lambda _: self._read())
        self._list.itemActivated.connect(lambda _: self._read())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._filters.begin)
        feed.follow(self, self._follow)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._filters.fold(low=self.height() < _LOW)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < _NARROW
        self._back.setVisible(narrow)
        self._left.setVisible(not narrow or not self._reading)
        self._right.setVisible(not narrow or self._reading)
        self._left.setMaximumWidth(_MOST if narrow else _LIST_WIDTH)
        self._left.setMinimumWidth(0 if narrow else _LIST_WIDTH)

    def _read(self) -> None:
        self._reading = True
        self._arrange()
        if self.width() < _NARROW:
            self._card.begin()

    def _show_list(self) -> None:
        self._reading = False
        self._arrange()
        self._list.setFocus()

    def _follow(self) -> None:
        """The settings may be others now."""
        if (found := config.load_or_default(self._paths.config).settings) != self._settings:
            self._settings_changed(found)

    def _settings_changed(self, found: Settings) -> None:
        self._settings = found
        self._look()
        self._chosen()

    def _look(self) -> None:
        fitting = self._filters.select(self._catalogue, self._settings)
        self._filters.tell(len(fitting))
        self._list.show_only({movement.id for movement in fitting})

    def _chosen(self) -> None:
        if (name := self._list.chosen) is not None:
            self._card.show_movement(self._catalogue.movements[name], self._settings)


_MOST = 16_777_215  # Qt's own: no limit


class Filters(QWidget):
    """`changed` is called when another selection is wanted."""

    def __init__(self, changed: Callable[[], object]) -> None:
        super().__init__()
        self._words = QLineEdit(self)  # first, and so the first that Tab comes to
        self._words.setPlaceholderText(library.SEARCH_HINT)
        self._words.setAccessibleName(library.SEARCH)
        self._words.setClearButtonEnabled(True)
        self._more = parts.button(library.FILTERS, self._fold)
        self._more.setCheckable(True)
        self._more.setParent(self)
        self._box = QWidget(self)
        self._kind = _choice(library.KIND, library.ANY_KIND, library.KINDS)
        self._position = _choice(library.POSITION, library.ANY_POSITION, library.POSITIONS)
        self._place = _choice(library.PLACE, library.ANY_PLACE, names.PLACES)
        self._discreet, self._mine = QCheckBox(library.DISCREET), QCheckBox(library.MINE)
        self._count = parts.text("", 0.92, soft=True)
        self._beside: bool | None = None
        self._arrange()
        self._words.textChanged.connect(lambda _: changed())
        for field in (self._kind, self._position, self._place):
            field.currentIndexChanged.connect(lambda _: changed())
        for box in (self._discreet, self._mine):
            box.toggled.connect(lambda _: changed())
        self._low: bool | None = None

    def _arrange(self) -> None:
        self._grid = grid = QGridLayout(self._box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._place_choices()
        boxes = QWidget(self._box)
        flow = Flow(boxes, middle=False)
        for box in (self._discreet, self._mine):
            flow.addWidget(box)
        grid.addWidget(boxes, 3, 0, 1, 2)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(parts.row(self._words, self._more))
        inside.addWidget(self._box)
        inside.addWidget(self._count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_choices()

    def _place_choices(self) -> None:
        """Kind and position side by side, unless a word of them would be cut: letters are as wide
        as the desktop's font has them."""
        needed = max(field.sizeHint().width() for field in (self._kind, self._position))
        beside = 2 * needed + _GAP <= self.width()
        if beside == self._beside:
            return
        self._beside = beside
        self._grid.addWidget(self._kind, 0, 0, 1, 1 if beside else 2)
        self._grid.addWidget(self._position, *((0, 1, 1, 1) if beside else (1, 0, 1, 2)))
        self._grid.addWidget(self._place, 2, 0, 1, 2)

    def begin(self) -> None:
        self._words.setFocus()
        self._words.selectAll()

    def fold(self, *, low: bool) -> None:
        """They are open where there is room, until the person says otherwise."""
        if low != self._low:
            self._low = low
            self._more.setChecked(not low)
            self._fold()

    def _fold(self) -> None:
        self._box.setVisible(self._more.isChecked())

    def tell(self, number: int) -> None:
        self._count.setText(library.count(number) if number else library.NONE_FITS)

    def select(self, catalogue: Catalogue, settings: Settings) -> list[Movement]:
        place, profile = self._place.currentData(), settings.profile
        if place is not None:
            profile = replace(profile, here=place)
        found = cards.select(
            catalogue,
            self._kind.currentData(),
            self._position.currentData(),
            discreet=self._discreet.isChecked(),
            things=None if place is None else profile.things(place),
            profile=profile if self._mine.isChecked() else None,
        )
        wanted = self._words.text().lower().split()
        return [one for one in found if all(word in _said(one) for word in wanted)]


def _choice(name: str, everything: str, options: Mapping[Any, str]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.addItem(everything, None)
    for value, label in options.items():
        made.addItem(label, value)
    made.setMinimumContentsLength(8)
    return made


def _said(movement: Movement) -> str:
    """All that somebody may look for it by."""
    told = (movement.id, movement.name, movement.short, movement.targets, *movement.steps)
    kinds = library.KINDS[movement.kind], library.POSITIONS[movement.position]
    return " ".join((*told, *kinds)).lower()


class MovementList(QListWidget):
    """All of them, of which some are hidden; each with a small picture, drawn when it has time."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.setAccessibleName(library.LIST)
        self.setIconSize(QSize(_PICTURE, _PICTURE))
        self.setWordWrap(True)
        self.setItemDelegate(parts.WholeEntries(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = QPixmap(_PICTURE, _PICTURE)  # so that rows are as high before as after
        room.fill(Qt.GlobalColor.transparent)
        for movement in catalogue.movements.values():
            item = QListWidgetItem(library.line(movement))
            item.setData(_ID, movement.id)
            item.setIcon(QIcon(room))
            self.addItem(item)
        self.itemSelectionChanged.connect(self._into_sight)
        self._undrawn = list(range(self.count()))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw)
        self._timer.start(0)

    @property
    def chosen(self) -> str | None:
        found = [item for item in self.selectedItems() if not item.isHidden()]
        return str(found[0].data(_ID)) if found else None

    def show_only(self, ids: set[str]) -> None:
        """What was chosen stays, if it is still there."""
        first = None
        for row in range(self.count()):
            item = self.item(row)
            item.setHidden(item.data(_ID) not in ids)
            if first is None and not item.isHidden():
                first = item
        if self.chosen is None and first is not None:
            self.clearSelection()
            first.setSelected(True)

    # Qt tells of a current entry that it has the keyboard, wherever that is: there is none but
    # while the list has it. What is chosen stays so.

    def focusInEvent(self, event: QFocusEvent) -> None:
        for item in self.selectedItems():
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.indexFromItem(item), keep)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.selectionModel().clearCurrentIndex()

    def _into_sight(self) -> None:
        for item in self.selectedItems():
            self.scrollToItem(item)

    def _draw(self) -> None:
        """One at a time, so that keys and pointer are answered in between."""
        if not self._undrawn:
            self._timer.stop()
            return
        item = self.item(self._undrawn.pop(0))
        movement = self._catalogue.movements[item.data(_ID)]
        item.setIcon(_small(movement, self.devicePixelRatioF()))


def _small(movement: Movement, ratio: float) -> QIcon:
    figure, size = figure_of(movement), round(_PICTURE * ratio)
    ground = QApplication.palette().color(QPalette.ColorRole.Base)
    dark = ground.lightness() < 128
    picture = moving.draw(figure, Side.LEFT, moving.telling(figure), size, dark=dark, still=True)
    icon, drawn = QIcon(), parts.pixmap(picture, ratio)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # or Qt would colour what is chosen
        icon.addPixmap(drawn, mode)
    return icon
