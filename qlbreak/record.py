"""Reads a day's record from the files: the journals, and what is not in them yet."""

from typing import Any

from qlbreak import journal, report
from qlbreak.checkpoint import Checkpoints
from qlbreak.clock import Clock
from qlbreak.config import Config
from qlbreak.core.events import Sat
from qlbreak.core.policy import day_of
from qlbreak.core.stats import Day
from qlbreak.data import load
from qlbreak.journal import Problem
from qlbreak.paths import Paths, device


def today(paths: Paths, config: Config) -> tuple[str, dict[str, Any], list[Problem]]:
    """Today's record as text and for programs, and what could not be read. Raises OSError."""
    at, _ = Clock().now()
    turn, catalogue = config.rules.day_turn, load()
    day = Day(day_of(at, turn), turn, catalogue)
    problems: list[Problem] = []
    records = journal.read_all(paths.journal, problems) if paths.journal.exists() else {}
    mine = records.get(device(), [])
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(mine):
        records[device()] = [*mine, Sat(running.at, running.seconds, running.known)]
    for fact in journal.merged(records.values()):
        day.add(fact)
    figures = day.figures()
    return report.day_text(day, figures, catalogue), report.day_contract(figures), problems
