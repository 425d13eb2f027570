"""From a command to a running program, or to a day's record: lock, log, folders."""

import logging
import logging.handlers
import sys
import tempfile
from pathlib import Path
from typing import Any

from qlbreak import paths as places
from qlbreak.config import Config
from qlbreak.journal import Problem
from qlbreak.lock import AlreadyRunning, Lock
from qlbreak.paths import Paths

_LOG_BYTES, _LOG_FILES = 500_000, 2


class Running(Exception):
    """Another one holds this folder: one line for the person."""


def run(paths: Paths, config: Config, speed: float) -> None:
    """Raises Running, PathError, OSError."""
    places.prepare(paths)
    lock = Lock(paths.lock)
    try:
        lock.take()
    except AlreadyRunning:
        raise Running(_show_the_other(paths)) from None
    try:
        _log_to(paths.log)
        from qlbreak.app import App

        App(paths, config, speed).run()
    finally:
        lock.release()


def scratch(paths: Paths) -> Paths:
    """The same settings, with a folder for a record that nobody misses."""
    return places.find(Path(tempfile.mkdtemp(prefix="qlbreak-")), paths.config)


def today(paths: Paths, config: Config) -> tuple[str, dict[str, Any], list[Problem]]:
    """Today's record as text and for programs, and what could not be read. Raises OSError."""
    from qlbreak import journal, report
    from qlbreak.checkpoint import Checkpoints
    from qlbreak.core.events import Sat
    from qlbreak.core.policy import day_of
    from qlbreak.core.stats import Day
    from qlbreak.data import load
    from qlbreak.ticker import Clock

    at, _ = Clock().now()
    turn, catalogue = config.rules.day_turn, load()
    day = Day(day_of(at, turn), turn, catalogue)
    problems: list[Problem] = []
    facts = journal.read_all(paths.journal, problems) if paths.journal.exists() else []
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(facts):
        facts.append(Sat(running.at, running.seconds))
    for fact in facts:
        day.add(fact)
    figures = day.figures()
    return report.day_text(day, figures, catalogue), report.contract(figures), problems


def _log_to(path: Path) -> None:
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=_LOG_BYTES, backupCount=_LOG_FILES, encoding="utf-8", delay=False
    )
    path.chmod(0o600)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


def log_to_stderr() -> None:
    """A line an event, for a run that nothing else shows."""
    if sys.stderr is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        logging.getLogger().addHandler(handler)


def _show_the_other(paths: Paths) -> str:
    from qlbreak import control

    try:
        control.ask(paths.socket, ("show",))
    except (control.NotRunning, OSError):
        return "it is running already, but does not answer; see: qlbreak doctor"
    return "it is running already, and has shown itself"
