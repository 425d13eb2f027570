"""From a command to a running program, or to a day's record."""

import tempfile
from pathlib import Path
from typing import Any

from qlbreak import config as settings
from qlbreak import logs
from qlbreak import paths as places
from qlbreak.config import Config
from qlbreak.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.journal import Problem
from qlbreak.lock import AlreadyRunning, Lock
from qlbreak.paths import Paths


class Running(Exception):
    """Another one holds this folder: one line for the person."""


def main(paths: Paths, speed: float = 1.0) -> None:
    """Run, and end with the exit codes of the contract. Raises OSError."""
    try:
        run(paths, settings.load(paths.config), speed)
    except Running as running:
        fail(str(running), ALREADY_RUNNING)
    except (settings.ConfigError, places.PathError) as error:
        fail(str(error), USAGE)


def run(paths: Paths, config: Config, speed: float) -> None:
    """Raises Running, PathError, OSError."""
    places.prepare(paths)
    lock = Lock(paths.lock)
    try:
        lock.take()
    except AlreadyRunning:
        raise Running(_show_the_other(paths)) from None
    try:
        logs.write_to(paths.log)
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
    records = journal.read_all(paths.journal, problems) if paths.journal.exists() else {}
    mine = records.get(places.device(), [])
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(mine):
        records[places.device()] = [*mine, Sat(running.at, running.seconds)]
    for fact in journal.merged(records.values()):
        day.add(fact)
    figures = day.figures()
    return report.day_text(day, figures, catalogue), report.day_contract(figures), problems


def _show_the_other(paths: Paths) -> str:
    from qlbreak import control

    try:
        control.ask(paths.socket, ("show",))
    except (control.NotRunning, OSError):
        return "it is running already, but does not answer; see: qlbreak doctor"
    return "it is running already, and has shown itself"
