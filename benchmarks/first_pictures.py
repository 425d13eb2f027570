"""`python -m benchmarks.first_pictures`: how long each of our windows takes until it shows.

On a headless desktop of its own, with a day of history and no running program. Needs Linux and what
the desktop tests need.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.installed import ROOT, asked, install
from benchmarks.opened import FIRST_PICTURE_BUDGET_S, first_picture_s
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from main_window.mainwindow import keep_a_day
from rig.desktop import Desktop, missing_programs

# The words of the command, and a pattern of the window's title.
WINDOWS = {
    "set-up": "set-up",
    "check-in": "check-in",
    "safety --window": "safety",
    "guide r90-desk": "(Ready|side)",
    **{
        f"open --here --page {page}": f"qlbreak: {page}"
        for page in ("today", "movements", "record", "settings", "safety")
    },
}


def main() -> None:
    options = asked("first_pictures", __doc__, 5)
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name, Desktop() as desktop:
        program = install(options.venv or Path(name) / "venv")
        data = Path(name) / "data"
        keep_a_day(data)
        rows = []
        for words, title in WINDOWS.items():
            command: list[str | Path] = [program, "--data-dir", data, *words.split()]
            seconds = first_picture_s(desktop, words.split()[0], command, title, options.times)
            rows.append(Row(words, seconds, FIRST_PICTURE_BUDGET_S))
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
