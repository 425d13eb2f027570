"""Reads the record from the files: the journals of all devices, and what is not in them yet."""

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct

from qlbreak import journal, shelf
from qlbreak.checkpoint import Checkpoints
from qlbreak.clock import Clock
from qlbreak.config import Config
from qlbreak.core.devices import merged
from qlbreak.core.events import AnyFact, Sat
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import day_of
from qlbreak.core.stats import Figures, PromptLine
from qlbreak.core.tally import Tally
from qlbreak.data import load_with
from qlbreak.journal import Problem
from qlbreak.paths import Paths


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
    tally = Tally(rules.day_turn, rules.sitting, catalogue)
    for fact in _facts(paths, config, problems):
        tally.add(fact)
    today = day_of(at, rules.day_turn)
    prompts = tally.prompts(today)
    return Record(at, today, tally.days(), prompts, catalogue, rules.sitting, problems)


def _facts(paths: Paths, config: Config, problems: list[Problem]) -> list[AnyFact]:
    place = shelf.of(paths, config)
    if config.record.folder:
        place.folder.stat()  # one that is not there is not the same as one with nothing in it
    records = place.read_all(problems)
    mine = records.get(place.device, [])
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(mine):
        mine.append(Sat(running.at, running.seconds, running.known))
        records[place.device] = mine
    return merged(records, config.rules.away)
