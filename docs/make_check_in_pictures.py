"""Writes pictures/check-in.png: the real window on a real desktop, before and after the answer."""

import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from make_set_up_pictures import beside, picture, save, shown, until
from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from qlbreak.core.model.facts import CheckedIn
from qlbreak.record.journal import Journal
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from rig.desktop import Desktop
from rig.program import Program


def remembered(program: Program, levels: Sequence[tuple[int, int]]) -> None:
    """One check-in a week, up to last week."""
    folder = program.data_dir / "journal"
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    journal, (now, _) = Journal(folder, device()), Clock().now()
    journal.open()
    for number, (left, right) in enumerate(levels):
        journal.append(CheckedIn(now - timedelta(days=7 * (len(levels) - number)), left, right))
    journal.close()


def check_in(desktop: Desktop, theme: str = "light", **settings: str) -> list[Image.Image]:
    """Answered by the keyboard, and what is said then."""
    remembered(desktop.program(), [(3, 2), (3, 1), (6, 2), (2, 2), (5, 2)])
    desktop.program().start("check-in", QLBREAK_THEME=theme, **settings)
    shown(desktop, "qlbreak: check-in")
    empty = picture(desktop)
    until(desktop, "5", lambda: picture(desktop).tobytes() != empty.tobytes())
    desktop.type_key("Down", "3", "Tab", "Tab", "Right", "Right")
    asked = picture(desktop)
    desktop.type_key("Return")
    shown(desktop, "qlbreak: check-in, noted")
    said = picture(desktop)
    desktop.type_key("Escape")
    return [asked, said]


def main() -> None:
    with Desktop(panel=False, dunst=False) as desktop:
        save(beside(check_in(desktop)), "check-in")


if __name__ == "__main__":
    main()
