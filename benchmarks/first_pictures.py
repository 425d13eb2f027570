"""`python -m benchmarks.first_pictures`: how long each of our windows takes until it shows.

On a headless desktop of its own, with a day of history and no running program. Needs Linux and what
the desktop tests need.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.installed import ROOT, install
from benchmarks.opened import FIRST_PICTURE_BUDGET_S, opened
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
    parser = argparse.ArgumentParser(prog="benchmarks.first_pictures", description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--venv", type=Path, help="made if it is not there, else used as it is")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name, Desktop() as desktop:
        program = install(options.venv or Path(name) / "venv")
        data = Path(name) / "data"
        keep_a_day(data)
        rows = []
        for words, title in WINDOWS.items():
            command: list[str | Path] = [program, "--data-dir", data, *words.split()]
            taken = []
            for _ in range(options.times + 1):  # the first one fills caches
                process, seconds = opened(desktop, words.split()[0], command, title)
                taken.append(seconds)
                process.kill9()
            rows.append(Row(words, statistics.median(taken[1:]), FIRST_PICTURE_BUDGET_S))
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
