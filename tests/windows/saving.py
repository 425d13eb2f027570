"""Saves one setting of a file time and again, as a window of the settings does; run by the Windows
Python, several of them at once.

    saving.py FILE SECTION KEY VALUE...
"""

import sys
from pathlib import Path

from qlbreak.setup.file import write


def main() -> None:
    file, section, key, *values = sys.argv[1:]
    for value in values:
        assert write(Path(file), {(section, key): value})


if __name__ == "__main__":
    main()
