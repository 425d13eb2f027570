"""Saves one setting of a file time and again, as a window of the settings does; run by the Windows
Python, several of them at once.

    saving.py FILE SECTION KEY NUMBER...
"""

import sys
from pathlib import Path

from qlbreak.setup.file import write


def main() -> None:
    file, section, key, *numbers = sys.argv[1:]
    for number in map(int, numbers):
        assert write(Path(file), {(section, key): number})


if __name__ == "__main__":
    main()
