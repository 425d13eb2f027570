"""The page Record: the last four weeks in pictures, each also a table, and a day in words."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from qlbreak.core.statistics.figures import LATELY, Figures, between
from qlbreak.main_window.aside import Aside
from qlbreak.main_window.charts_drawn import BarPicture, Bars, Drawn, LevelPicture
from qlbreak.main_window.feed import Feed
from qlbreak.main_window.file_reader import FileReader
from qlbreak.record.load import Record, load
from qlbreak.report import series, tables
from qlbreak.report.series import Days
from qlbreak.report.tables import Table
from qlbreak.settings import config
from qlbreak.system.paths import Paths
from qlbreak.texts import main_window, weeks
from qlbreak.texts.names import KNOWN
from qlbreak.widgets import parts, theme

_FEWEST = 14  # days: with fewer the first ones would look like a wall
_LONG = 18  # a head of so many letters is told in several lines
_TALLEST = 320  # of a table; a longer one scrolls

# The pictures of days, and what stands there while there is nothing to draw.
_BARS = {weeks.SITTING: "", weeks.BREAKS: weeks.NO_BREAKS, weeks.SIDES: weeks.NO_SIDES}

Told = Callable[[str, Figures | None], str]


def make(paths: Paths, feed: Feed) -> QWidget:
    return RecordPage(paths, feed)


class RecordPage(parts.Scroll):
    def __init__(self, paths: Paths, feed: Feed) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on it has the keyboard
        self._feed, self._paths = feed, paths
        self._recorded = -1
        self._record: Record | None = None
        self._day: date | None = None
        colours = theme.chosen().colours
        self._trouble = parts.Trouble()
        self._about = parts.text(weeks.READING, soft=True)
        self._chosen = DayCard()
        self._pictures = {name: BarPicture(colours) for name in _BARS}
        self._levels = LevelPicture(colours)
        self._charts = {name: Chart(name, self._pictures[name], _BARS[name]) for name in _BARS}
        self._check_ins = Chart(weeks.CHECK_INS, self._levels, weeks.NO_CHECK_INS)
        self._said, self._wrong = parts.text("", bold=True), parts.Trouble()
        self._page = Aside(self._opened, weeks.FAILED)
        self._file = Aside(self._exported, weeks.FAILED)
        page = parts.button(weeks.OPEN_PAGE, self._open_page, main=True)
        self.inside.addWidget(self._trouble)
        self.inside.addWidget(self._about)
        self.inside.addLayout(parts.row(page, parts.button(weeks.EXPORT, self._export), None))
        for part in (self._said, self._wrong):
            self.inside.addWidget(part)
        self._parts = (self._chosen, *self._charts.values(), self._check_ins)
        for card in self._parts:
            self.inside.addWidget(card)
            card.hide()
        self.inside.addStretch(1)
        for picture in self._pictures.values():
            picture.chosen.connect(self._choose)
        self._said.hide()
        self._reader = FileReader("record", self._read, self._show)
        feed.follow(self, self._look)

    def _read(self) -> Record:
        return load(self._paths, config.load_or_default(self._paths.config))

    def _look(self) -> None:
        """Reads it again where there are new facts."""
        news = self._feed.news
        recorded = news.recorded if news is not None else 0
        if recorded != self._recorded:
            self._recorded = recorded
            self._reader.look()

    def _show(self, record: Record | None, trouble: str) -> None:
        if record is None:
            self._trouble.tell(main_window.unreadable(trouble))
            return
        self._trouble.untell()
        self._record = record
        for card in self._parts:
            card.setVisible(bool(record.days))
        if not record.days:
            self._about.setText(weeks.EMPTY)
            return
        first = min(record.days) >= record.today - timedelta(days=1)
        self._about.setText(f"{weeks.FIRST} {weeks.ABOUT}" if first else weeks.ABOUT)
        self._draw(record, series.lately(record.days, record.today))
        self._choose(self._day if self._day is not None else record.today, say=False)

    def _draw(self, record: Record, days: Days) -> None:
        shown = shown_days(record)
        broke = any(one.evidence for one in days.values())
        worked = any(one.left_s or one.right_s for one in days.values())
        for name, bars, table, there in (
            (weeks.SITTING, sitting(record, shown), _by_day(tables.sitting((), days)), True),
            (weeks.BREAKS, breaks(record, shown), tables.known(days), broke),
            (weeks.SIDES, sides(record, shown), tables.sides_by_day(days), worked),
        ):
            self._pictures[name].show_bars(bars, weeks.bars(name, shown[0], len(shown)))
            self._charts[name].fill(table, there=there)
        since = series.start(record.today, series.QUARTER)
        entries = series.entries(record.days, since, record.today)
        points = series.points(entries, since)
        self._levels.show_points(points, weeks.levels(len(entries)))
        self._check_ins.fill(tables.check_ins(entries), there=bool(points))

    def _choose(self, day: date, *, say: bool = True) -> None:
        if self._record is None:
            return
        self._day = day
        for picture in self._pictures.values():
            picture.choose(day)
        title = weeks.day_name(day, self._record.today)
        words = self._chosen.show_day(title, weeks.day_lines(self._record.days.get(day)))
        if say:
            parts.announce(self._chosen, words)

    # What can be done

    def _open_page(self) -> None:
        self._say(weeks.OPENING)
        self._page.begin(self._paths, "report", "--open")

    def _export(self) -> None:
        there = str(Path.home() / weeks.EXPORT_FILE)
        file, _ = QFileDialog.getSaveFileName(self, weeks.EXPORT_TITLE, there, weeks.TABLES)
        if file:
            self.export_to(file)

    @property
    def said(self) -> str:
        """What became of the last that was asked for."""
        return self._said.text()

    def export_to(self, file: str) -> None:
        self._file.begin(self._paths, "export", "--of", "days", "--format", "csv", "-o", file)

    def _opened(self, trouble: str) -> None:
        if trouble:
            self._say("", trouble)

    def _exported(self, trouble: str) -> None:
        self._say("" if trouble else weeks.EXPORTED, trouble)

    def _say(self, words: str, wrong: str = "") -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        if words:
            parts.announce(self._said, words)
        if wrong:
            self._wrong.tell(wrong)
        else:
            self._wrong.untell()


# Values


def _by_day(table: Table) -> Table:
    """Of days alone."""
    return Table((weeks.DAY, *table.head[1:]), table.rows)


def shown_days(record: Record) -> tuple[date, ...]:
    """Up to today, at most four weeks; a few at least, though nothing was then."""
    since = (record.today - min(record.days)).days + 1
    number = min(max(since, _FEWEST), LATELY)
    return tuple(record.today - timedelta(days=back) for back in reversed(range(number)))


def sitting(record: Record, shown: tuple[date, ...]) -> Bars:
    def values(figures: Figures) -> tuple[float, ...]:
        return figures.sitting_s - figures.over_s, figures.over_s

    names = weeks.within(record.limit), weeks.OVER
    return _bars(record, shown, names, values, weeks.sitting, least=2 * 3600.0, stacked=True)


def breaks(record: Record, shown: tuple[date, ...]) -> Bars:
    def values(figures: Figures) -> tuple[float, ...]:
        return tuple(float(figures.evidence.get(how, 0)) for how in KNOWN)

    names = tuple(KNOWN.values())
    return _bars(record, shown, names, values, weeks.breaks, least=4.0, stacked=True, timed=False)


def sides(record: Record, shown: tuple[date, ...]) -> Bars:
    def values(figures: Figures) -> tuple[float, ...]:
        return figures.left_s, figures.right_s

    return _bars(record, shown, ("left", "right"), values, weeks.sides, least=60.0)


def _bars(
    record: Record, shown: tuple[date, ...], names: tuple[str, ...],
    values: Callable[[Figures], tuple[float, ...]], told: Told, *,
    least: float, stacked: bool = False, timed: bool = True,
) -> Bars:  # fmt: skip
    days = between(record.days, shown[0], shown[-1])
    return Bars(
        shown, names,
        tuple(values(days.get(day, Figures())) for day in shown),
        tuple(told(weeks.day_name(day, record.today), days.get(day)) for day in shown),
        timed, stacked, least,
    )  # fmt: skip


# What stands on the page


class DayCard(QFrame):
    """What the chosen day had."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tint")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 16)
        self._title, self._text = parts.text("", 1.2, bold=True), parts.text("")
        for part in (self._title, self._text, parts.text(weeks.CHOOSE, 0.92, soft=True)):
            inside.addWidget(part)

    def show_day(self, title: str, lines: Sequence[str]) -> str:
        """Returns all of it."""
        self._title.setText(title)
        self._text.setText("\n".join(lines))
        return weeks.told(title, lines)


class Chart(QFrame):
    """A picture with its title, and the same as a table; `otherwise`: while there is nothing."""

    def __init__(self, title: str, picture: Drawn, otherwise: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self._title, self._picture = title, picture
        self._otherwise = parts.text(otherwise, soft=True)
        self._button = parts.button(weeks.TABLE, self._fold)
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._table = DataTable(weeks.of(title))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(18, 14, 18, 16)
        inside.addLayout(parts.row(parts.text(title, 1.2, bold=True), self._button))
        for part in (self._otherwise, picture, self._table):
            inside.addWidget(part)
        self._table.hide()

    def fill(self, table: Table, *, there: bool = True) -> None:
        self._table.show_table(table)
        self._otherwise.setVisible(not there)
        self._picture.setVisible(there)
        self._button.setVisible(there)
        self._show_table(there and not self._table.isHidden())

    def _fold(self) -> None:
        self._show_table(self._table.isHidden())

    def _show_table(self, shown: bool) -> None:
        words = weeks.PICTURE if shown else weeks.TABLE
        self._button.setText(words)
        self._button.setAccessibleName(weeks.button(self._title, words))
        self._table.setVisible(shown)


class DataTable(QTableWidget):
    """As high as it is long, up to a bound."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)  # Tab leads on, arrows go through it
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )

    def show_table(self, table: Table) -> None:
        self.setColumnCount(len(table.head))
        self.setRowCount(len(table.rows))
        self.setHorizontalHeaderLabels(list(table.head))
        header = self.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        lines = 1.6 if max(map(len, table.head)) < _LONG else 3.4
        header.setFixedHeight(round(header.fontMetrics().lineSpacing() * lines))
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(cell))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        high = self.horizontalHeader().height() + self.verticalHeader().length() + 6
        return QSize(320, min(high, _TALLEST))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(self.sizeHint().height(), _TALLEST))
