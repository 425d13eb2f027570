"""How a command ends: the exit codes of the contract, and one line on stderr."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

USAGE, NOT_RUNNING, ALREADY_RUNNING, TO_MEND = 2, 3, 4, 5
UNSAVED = 6  # the answer was taken, but is not on the disk yet
BROKEN = 70  # the program ended itself because of a bug


def fail(text: str, code: int) -> NoReturn:
    if sys.stderr is not None:
        sys.stderr.write(f"qlbreak: {text}\n")
    sys.exit(code)


@contextmanager
def one_line() -> Iterator[None]:
    """What the system refuses gets one line, as all other mistakes do."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        fail(plain(error), USAGE)


def plain(error: OSError) -> str:
    """For a person: Python would show a number, and double the backslashes of a file's name."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"
