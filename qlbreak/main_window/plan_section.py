"""A plan, on the page of settings: what it is, one loaded from a file once it was read, ended."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import day_of
from qlbreak.main_window.aside import Aside
from qlbreak.main_window.feed import Feed
from qlbreak.settings import config, plan_file
from qlbreak.system.clock import Clock
from qlbreak.system.paths import Paths
from qlbreak.texts import plans
from qlbreak.widgets import parts


class PlanSection(QWidget):
    """What it asks for is read first, and applies when the person says so."""

    def __init__(self, paths: Paths, feed: Feed, catalogue: Catalogue) -> None:
        super().__init__()
        self._paths, self._feed, self._catalogue = paths, feed, catalogue
        self._file, self._name = Path(), ""
        self._state = parts.text("")
        self._load = parts.button(plans.LOAD, self._choose)
        self._end = parts.button(plans.END, self._discontinue)
        self._page = parts.button(plans.OPEN_PAGE, lambda: self._act("report", "--plan", "--open"))
        self._asks = parts.text("")
        self._asks.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._apply = parts.button(plans.APPLY, self._agree, main=True)
        self._drop = parts.button(plans.CANCEL, self._forget)
        self._said, self._trouble = parts.text("", accent=True), parts.Trouble()
        self._aside = Aside(self._over, plans.FAILED)
        self._done = ""
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        for part in (parts.text(plans.WHAT, soft=True), self._state):
            inside.addWidget(part)
        inside.addLayout(parts.row(self._load, self._end, self._page, None))
        for below in (self._said, self._trouble, self._asks):
            inside.addWidget(below)
        inside.addLayout(parts.row(self._apply, self._drop, None))
        self._said.hide()
        self._forget()
        feed.follow(self, self._look)

    def _look(self) -> None:
        news = self._feed.news
        told = news.plan_told if news is not None else ()
        none = plans.NONE_HERE if news is not None else plans.UNKNOWN
        self._state.setText("\n".join(told) if told else none)
        self._state.setVisible(self._feed.known)
        for button in (self._end, self._page):
            button.setVisible(bool(told))

    # To load one

    def _choose(self) -> None:
        dialog = QFileDialog(self, plans.LOAD_TITLE, "", plans.KIND_OF_FILE)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.read(Path(file)))
        dialog.open()

    def read(self, file: Path) -> None:
        """Show what it asks for, and ask whether it is to apply."""
        self._forget()
        self._said.hide()
        try:
            settings = config.load_or_default(self._paths.config)
            today = day_of(Clock().now()[0], settings.rules.day_turn)
            found = plan_file.load(file, self._catalogue, today).programme
        except plan_file.PlanError as error:
            self._trouble.tell("\n".join(error.mistakes))
            return
        lines = plans.asks(found, self._catalogue, settings.profile)
        if self._feed.news is not None and self._feed.news.plan_told:
            lines += ["", plans.REPLACES]
        self._file, self._name = file, found.name
        self._asks.setText("\n".join(lines))
        for part in (self._asks, self._apply, self._drop):
            part.show()
        parts.announce(self._asks, "\n".join(lines))

    def _forget(self) -> None:
        self._trouble.untell()
        for part in (self._asks, self._apply, self._drop):
            part.hide()

    def _agree(self) -> None:
        self._done = plans.yours(self._name)
        self._begin("plan", "load", "--yes", str(self._file))

    # What else is done with it

    def _discontinue(self) -> None:
        self._done = plans.ENDED
        self._begin("plan", "end")

    def _act(self, *words: str) -> None:
        self._done = ""
        self._begin(*words)

    def _begin(self, *words: str) -> None:
        self._forget()
        self._said.hide()
        self._aside.begin(self._paths, *words)

    def _over(self, wrong: str) -> None:
        if wrong:
            self._trouble.tell(wrong)
        elif self._done:
            self._said.setText(self._done)
            self._said.show()
            parts.announce(self._said, self._done)
