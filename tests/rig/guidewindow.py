"""A guided routine as a program of its own; what its listener hears goes to stdout, a line each.

    python guidewindow.py window|terminal ROUTINE [SIDE [NEW ...]]

It waits for those movements that are NEW, as where the record knows nothing of them.
Ends with the share that was done; QLBREAK_GUIDE_SPEED=20 makes it fast.
"""

import json
import sys
from pathlib import Path

from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.data import load
from qlbreak.guide.aloud import Aloud
from qlbreak.guide.lesson import Lesson
from qlbreak.settings.guide_section import GuideSection
from qlbreak.sound import means
from qlbreak.widgets import NoWindow
from qlbreak.widgets.qt import needing_qt

WHY = "Chosen because you said that your left side is tight; the right side is done as well."


class Teller:
    def __init__(self, path: str) -> None:
        self._path = path

    def worked(self, works: list[Work]) -> None:
        self._tell("worked", [[work.movement, work.side, work.seconds] for work in works])

    def felt(self, feeling: Feeling) -> None:
        self._tell("felt", feeling)

    def close(self, share: float) -> None:
        self._tell("done", round(share, 3))

    def ended(self, share: float) -> None:
        self._tell("share", round(share, 3))

    def _tell(self, kind: str, value: object) -> None:
        with open(self._path, "a") as target:  # noqa: PTH123
            target.write(json.dumps({kind: value}) + "\n")


def lesson(routine: str, side: Side, *new: str) -> Lesson:
    catalogue = load()
    found = catalogue.routines[routine]
    blocks = catalogue.exercises(found.blocks)
    extra = [
        Exercise(block.movement, 15, extra_side=True)
        for block in blocks[-1:]
        if routine.startswith("r90") and block.movement.sided
    ]
    return Lesson(found.name, WHY, (*blocks, *extra), side, new=frozenset(new))


def silent() -> Aloud:
    """As the settings have it: it could be heard, by a key."""
    return Aloud(means.speaker(GuideSection(), frozenset(), Path("nobody")))


def main(front: str, told: str, routine: str, side: str = "left", *new: str) -> None:
    teller = Teller(told)
    what = lesson(routine, Side(side), *new)
    try:
        if front == "window":
            with needing_qt():
                from qlbreak.guide.window import show

            teller.ended(show(what, teller, silent()))
        else:
            from qlbreak.guide.terminal import run

            teller.ended(run(what, teller, silent()))
    except NoWindow as reason:
        print(reason)  # noqa: T201
        raise SystemExit(5) from None


if __name__ == "__main__":
    main(*sys.argv[1:])
