"""Reads the record from the files: the journals of all devices, and what is not in them yet."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from qlbreak import journal
from qlbreak.checkpoint import Checkpoints
from qlbreak.clock import Clock
from qlbreak.config import Config
from qlbreak.core.events import AnyFact, Sat
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import Rules, day_of
from qlbreak.core.stats import Figures, PromptLine
from qlbreak.core.tally import Tally
from qlbreak.data import load_with
from qlbreak.journal import Problem
from qlbreak.paths import Paths, device


class Record(Struct, frozen=True):
    """All that was recorded up to `at`. `days`: in order, without those on which nothing was.
    `prompts`: of today. `limit`: seconds after which a spell counts as over it."""

    at: datetime
    today: date
    days: Mapping[date, Figures]
    prompts: list[PromptLine]
    catalogue: Catalogue
    limit: float
    problems: list[Problem]

    def day(self, day: date) -> Figures:
        return self.days.get(day, Figures())


def load(paths: Paths, config: Config) -> Record:
    """Raises OSError where the record cannot be read."""
    at, _ = Clock().now()
    rules, (catalogue, _) = config.rules, load_with(paths.own)
    problems: list[Problem] = []
    tally = tallied(paths, rules, catalogue, problems)
    today = day_of(at, rules.day_turn)
    prompts = tally.prompts(today)
    return Record(at, today, tally.days(), prompts, catalogue, rules.sitting, problems)


def tallied(paths: Paths, rules: Rules, catalogue: Catalogue, problems: list[Problem]) -> Tally:
    """All that was recorded; what cannot be read goes to *problems*. Raises OSError."""
    tally = Tally(rules.day_turn, rules.sitting, catalogue)
    for fact in _facts(paths, problems):
        tally.add(fact)
    return tally


def _facts(paths: Paths, problems: list[Problem]) -> list[AnyFact]:
    records = journal.read_all(paths.journal, problems) if paths.journal.exists() else {}
    mine = records.get(device(), [])
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(mine):
        records[device()] = [*mine, Sat(running.at, running.seconds, running.known)]
    return journal.merged(records.values())
