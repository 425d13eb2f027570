"""The last resort: a few lines on the terminal, and in the log where there is none."""

import logging
import sys

from qlbreak.language import N_
from qlbreak.notify import Note
from qlbreak.system import streams

_log = logging.getLogger(__name__)


class ErrorStream:
    name = N_("the terminal")

    def show(self, note: Note) -> bool:
        if streams.terminal(sys.stderr):
            answers = " | ".join(button.key for button in note.buttons)
            lines = [
                note.title,
                *note.body.splitlines(),
                *([f"qlbreak {answers}"] if answers else []),
            ]
            sys.stderr.write("\n  ".join(lines) + "\n")
            sys.stderr.flush()
        else:
            _log.info("%s: %s", note.title, note.body)
        return True

    def close(self, slot: str) -> None:
        pass
