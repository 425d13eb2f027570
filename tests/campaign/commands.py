"""A command in this process: a start of Python for each of ten thousand would take an hour."""

import contextlib
import io
import signal
import sys
import traceback
from collections.abc import Iterator
from types import FrameType

from qlbreak import __main__ as program
from rig.processes import Outcome

LIMIT_S = 30
HANGS = -1
"""The exit code of what did not end in its time."""


class _Late(BaseException):
    """No `except Exception` must swallow it."""


def command(*words: str) -> Outcome:
    """As the shell has it, but for a start without words: that would be the program."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code = 0
    before = sys.argv
    sys.argv = ["qlbreak", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _limited():
        try:
            program.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1 if end.code else 0
        except _Late:
            code = HANGS
        except BaseException:  # noqa: BLE001  what a person would see as a traceback
            traceback.print_exc()
            code = 1
        finally:
            sys.argv = before
    return Outcome(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
