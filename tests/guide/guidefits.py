"""Shows movements in the guide's page; says of which the caution or the step is not all seen.

python guidefits.py FIRST STEP [WIDTH HEIGHT]   # 0 1: all; else as large as it opens
"""

import sys

from PySide6.QtWidgets import QApplication, QLabel

from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.terms import Side
from qlbreak.data import load
from qlbreak.guide.lesson import Lesson
from qlbreak.guide.movement_page import MovementPage
from qlbreak.widgets import application
from qlbreak.widgets.application import Window


def main() -> None:
    window = application.window("fits", 900, 640, least=(340, 380))
    first, step, *room = sys.argv[1:]
    if room:
        window.resize(int(room[0]), int(room[1]))
    window.show()
    print(f"{window.devicePixelRatio():g} {window.width()} {window.height()}")  # noqa: T201
    for name in [*load().movements][int(first) :: int(step)]:
        for said in trouble(window, name):
            print(name, said)  # noqa: T201


def trouble(window: Window, name: str) -> list[str]:
    block = Exercise(load().movements[name], 60)
    lesson = Lesson("A routine", "", (block,), Side.LEFT)
    session = lesson.session()
    page = MovementPage(window.theme, window.still, lesson, session)
    window.page.addWidget(page)
    session.advance(4.0)  # at work
    cue = page.tell()
    for _ in range(4):  # sizes follow letters, and letters sizes
        QApplication.processEvents()
    labels = {label.text(): label for label in page.findChildren(QLabel)}
    wanted = {"caution": f"Take care: {cue.caution}", "step": cue.steps[cue.step], "side": cue.now}
    found = [(what, labels.get(words)) for what, words in wanted.items()]
    said = [what for what, label in found if label is None or not whole(label)]
    window.page.removeWidget(page)
    page.hide()
    page.deleteLater()
    return [f"{what} is cut off" for what in said]


def whole(label: QLabel) -> bool:
    seen = label.visibleRegion().boundingRect()
    needed = label.sizeHint().width() if not label.wordWrap() else 0
    high = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    return seen == label.rect() and label.height() >= high and label.width() >= needed


if __name__ == "__main__":
    main()
