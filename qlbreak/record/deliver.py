"""Tells what happened in a window or a command: to the running program, else to the journal."""

import threading
from collections.abc import Sequence
from contextlib import suppress

from qlbreak.core.model.facts import AnyFact
from qlbreak.language import _
from qlbreak.record.folder import JournalFolder
from qlbreak.record.unwritten import Unwritten
from qlbreak.system import control
from qlbreak.system.control import Reply
from qlbreak.system.lock import AlreadyRunning, Lock
from qlbreak.system.paths import Paths

# A program that is just starting has the lock, but does not answer yet.
_TRIES = 5
_pause = threading.Event()


class Untold(Exception):
    """It is recorded nowhere: why, in one line for the person."""


def tell(
    paths: Paths, folder: JournalFolder, words: tuple[str, ...], facts: Sequence[AnyFact]
) -> Reply:
    """The words to the running program, which makes of them what they mean; where none runs, the
    facts under its lock, and an empty reply. Raises Untold."""
    left = list(facts)
    trouble = _("the running program does not answer")
    for _try in range(_TRIES):
        try:
            return control.ask(paths.socket, words)
        except control.NotRunning:
            pass
        except OSError as error:
            trouble = str(error)
        try:
            write(paths, folder, left)
            return Reply()
        except AlreadyRunning:
            _pause.wait(0.2)
        except OSError as error:
            trouble = str(error)
    raise Untold(trouble)


def write(paths: Paths, folder: JournalFolder, facts: list[AnyFact]) -> None:
    """Into this device's journal, behind what could not be recorded before; *facts* are then those
    that are still to be recorded. Raises AlreadyRunning, OSError."""
    with Lock(paths.lock):
        journal, unwritten = folder.own, Unwritten(*paths.kept)
        journal.open()
        try:
            for fact in unwritten.missing(journal):
                journal.append(fact)
            with suppress(OSError):  # what is recorded is known to be
                unwritten.clear()
            while facts:
                journal.append(facts[0])
                del facts[0]
        finally:
            journal.close()
