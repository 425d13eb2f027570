"""Every window in the language of the environment: `python tests/every_window.py FOLDER`.

Without a screen; writes a picture a page, and into texts.json what stands there, and which of it
has not the room that it needs.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QLBREAK_MOTION"] = "reduced"
os.environ.setdefault("QLBREAK_THEME", "light")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QTabBar,
    QTableWidget,
    QTreeWidget,
    QWidget,
)

from qlbreak.settings import config
from qlbreak.system import paths
from qlbreak.texts import weeks
from qlbreak.widgets import application

_STEP_MS = 400
_PATIENCE = 150  # steps that what is read in the background may take, and to be laid out


class Seen:
    """Pictures and texts, page by page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: dict[str, dict[str, list[str]]] = {}
        self.wanted: set[str] = set()

    def take(self, name: str) -> bool:
        """Whether it is there and nothing is cut; a moment later it may be, and have its room."""
        self.wanted.add(name)
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.windowTitle():
                window.grab().save(str(self.folder / f"{name}.png"))
                parts = [window, *window.findChildren(QWidget)]
                told = [text for part in parts for text in texts(part) if text.strip()]
                cut = [complaint for part in parts for complaint in cramped(part)]
                self.pages[name] = {"texts": list(dict.fromkeys(told)), "cut": cut}
        return name in self.pages and not self.pages[name]["cut"]

    def play(self, show: Callable[[], object], *steps: Callable[[], object]) -> None:
        """Each step some time after the one before; then the window is closed."""
        left, waited = [*steps, _close], 0
        failed: list[Exception] = []

        def go_on() -> None:
            nonlocal waited
            waited += 1
            late = waited > _PATIENCE
            try:
                if (not _reading() or late) and (left[0]() is not False or late):
                    left.pop(0)
            except Exception as error:  # noqa: BLE001 - Qt would print it, and wait for ever
                failed.append(error)
                left[:] = []
                QApplication.exit(1)
            if left:
                QTimer.singleShot(_STEP_MS, go_on)

        QTimer.singleShot(2 * _STEP_MS, go_on)
        show()
        if failed:
            raise failed[0]


def _reading() -> bool:
    labels = (part for part in QApplication.allWidgets() if isinstance(part, QLabel))
    return any(label.isVisible() and label.text() == weeks.READING for label in labels)


def _close() -> None:
    for window in QApplication.topLevelWidgets():
        window.close()


def texts(part: QWidget) -> Iterator[str]:
    yield from (part.toolTip(), part.accessibleName(), part.accessibleDescription())
    if part.isWindow():
        yield part.windowTitle()
    match part:
        case QLabel() | QAbstractButton():
            yield part.text()
        case QGroupBox():
            yield part.title()
        case QLineEdit():
            yield part.placeholderText()
        case _:
            yield from _entries(part)


def _entries(part: QWidget) -> list[str]:
    """Of one that has many."""
    match part:
        case QComboBox():
            return [part.itemText(number) for number in range(part.count())]
        case QTabBar():
            return [part.tabText(number) for number in range(part.count())]
        case QListWidget():
            return [part.item(number).text() for number in range(part.count())]
        case QTreeWidget():
            head = part.headerItem()
            return [head.text(number) for number in range(head.columnCount())]
        case QTableWidget():
            heads = map(part.horizontalHeaderItem, range(part.columnCount()))
            return [head.text() for head in heads if head is not None]
        case _:
            return []


def cramped(part: QWidget) -> Iterator[str]:
    """A text that has less room than it needs: it would be cut."""
    if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton) or not part.text():
        return
    if isinstance(part, QLabel) and part.wordWrap():
        needed = part.heightForWidth(part.width())
        if part.height() < needed:
            yield f"{part.text()}: {part.height()} of {needed} pixels of height"
    elif part.width() < part.minimumSizeHint().width():
        wide = part.minimumSizeHint().width()
        yield f"{part.text()}: {part.width()} of {wide} pixels of width"
    outer = part.parentWidget()
    if outer is not None and not isinstance(outer.parentWidget(), QScrollArea):
        over = part.geometry().right() - outer.rect().right()
        if over > 1:
            yield f"{part.text()}: {over} pixels beyond what it stands in"


def main_window(seen: Seen, here: paths.Paths) -> None:
    from qlbreak.main_window import window
    from qlbreak.texts.main_window import PAGES

    for page in PAGES:
        seen.play(partial(window.show, here, page), partial(seen.take, page))


def set_up(seen: Seen, here: paths.Paths) -> None:
    from qlbreak.setup import window
    from qlbreak.texts import first_steps

    def press(text: str) -> None:
        for top in QApplication.topLevelWidgets():
            for button in top.findChildren(QAbstractButton):
                if button.isVisible() and text in button.text():
                    button.click()
                    return

    steps: list[Callable[[], object]] = [lambda: seen.take("set-up-0")]
    steps.append(lambda: press(first_steps.BEGIN))
    for number in range(1, 8):
        steps.append(partial(seen.take, f"set-up-{number}"))
        steps.append(lambda: press(first_steps.NEXT))
    seen.play(lambda: window.show(here), *steps)


def check_in(seen: Seen, here: paths.Paths) -> None:
    from qlbreak.check_in import window

    seen.play(lambda: window.show(here, config.load(here.config)), lambda: seen.take("check-in"))


def safety(seen: Seen, _here: paths.Paths) -> None:
    from qlbreak.widgets import safety_window

    seen.play(safety_window.show, lambda: seen.take("safety-window"))


def guide(seen: Seen, here: paths.Paths) -> None:
    from qlbreak.guide import coaching, window

    begun = coaching.begin(here, config.load(here.config), "r60-desk", lambda _: "")
    seen.play(
        lambda: window.show(begun.lesson, begun.teller, None, begun.chooser, asked=True),
        lambda: seen.take("guide"),
    )
    begun.teller.close(0.0)


def a_record(folder: Path) -> None:
    """Some weeks, until today."""
    from qlbreak.record.journal import encode
    from years import Year

    journal = folder / "journal"
    journal.mkdir(parents=True)
    facts = Year(datetime.now().astimezone(), days=60).facts()  # noqa: TID251
    lines = b"".join(map(encode, facts))
    (journal / "desk-0001.jsonl").write_bytes(lines)


WINDOWS: tuple[Callable[[Seen, paths.Paths], Any], ...] = (
    main_window, set_up, check_in, safety, guide,
)  # fmt: skip


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    a_record(data)
    here = paths.find(data, folder / "config.toml")
    application.window("", 10, 10, least=(1, 1))  # Qt begins
    seen = Seen(folder)
    for act in WINDOWS:
        act(seen, here)
    assert seen.wanted == set(seen.pages), "each has opened"
    (folder / "texts.json").write_text(
        json.dumps(seen.pages, ensure_ascii=False, indent=1), "utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
