"""Reads the record from the files: the journals of all devices, and what is not in them yet."""

import gc
from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec import Struct

from qlbreak.core.model.facts import AnyFact, Sat, Stood
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import NOBODY, Profile
from qlbreak.core.model.rules import day_of
from qlbreak.core.statistics.figures import Figures, PromptLine
from qlbreak.core.statistics.merge import merged
from qlbreak.core.statistics.programmes import AskedRow, ProgrammeCourse
from qlbreak.core.statistics.tally import Tally
from qlbreak.data import load_with
from qlbreak.record import journal
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Problem, Problems
from qlbreak.record.unwritten import Unwritten
from qlbreak.settings.config import Config
from qlbreak.system.clock import Clock
from qlbreak.system.paths import Paths

_STEP = 8192  # facts between two words of the progress


class Record(Struct, frozen=True):
    """All that was recorded up to `at`. `days`: in order, without those on which nothing was.
    `prompts`: of today. `limit`: seconds after which a spell counts as over it. `programmes`: in
    the order in which they were loaded; `asked`: what the last one asks for today."""

    at: datetime
    today: date
    days: Mapping[date, Figures]
    prompts: list[PromptLine]
    catalogue: Catalogue
    limit: float
    problems: Problems
    profile: Profile = NOBODY
    programmes: tuple[ProgrammeCourse, ...] = ()
    asked: tuple[AskedRow, ...] = ()

    @property
    def programme(self) -> ProgrammeCourse | None:
        """The one that was loaded last."""
        return self.programmes[-1] if self.programmes else None

    def day(self, day: date) -> Figures:
        return self.days.get(day, Figures())


def load(
    paths: Paths, config: Config, progress: Callable[[float], None] = lambda _: None
) -> Record:
    """*progress* hears how far it is, from 0 to 1. Raises OSError where it cannot be read."""
    looks = gc.isenabled()  # not in a window, which clears away itself
    gc.disable()  # years of facts would keep it busy, and there is nothing to collect
    try:
        return _load(paths, config, progress)
    finally:
        if looks:
            gc.enable()


def _load(paths: Paths, config: Config, progress: Callable[[float], None]) -> Record:
    at, _ = Clock().now()
    rules, (catalogue, _) = config.rules, load_with(paths.own)
    problems = Problems()
    tally = tallied(paths, config, catalogue, problems, progress)
    today = day_of(at, rules.day_turn)
    prompts = tally.prompts(today)
    return Record(
        at, today, tally.days(), prompts, catalogue, rules.sitting, problems, config.profile,
        tuple(tally.programmes(at)), tally.asked(at),
    )  # fmt: skip


def tallied(
    paths: Paths,
    config: Config,
    catalogue: Catalogue,
    problems: list[Problem],
    progress: Callable[[float], None] = lambda _: None,
) -> Tally:
    """All that was recorded; what cannot be read goes to *problems*. Raises OSError."""
    tally = Tally(config.rules.day_turn, config.rules.sitting, catalogue)
    facts = _facts(paths, config, problems)
    for number, fact in enumerate(facts):
        if number % _STEP == 0:  # to read them took about as long as to add them up does
            progress((1 + number / len(facts)) / 2)
        tally.add(fact)
    return tally


def lately(paths: Paths, config: Config, since: datetime) -> list[AnyFact]:
    """What was recorded since then at all devices, and what is not in the files yet. Reads no more
    of them than that takes. Raises OSError."""
    folder = JournalFolder.there(paths, config)
    records = {
        device: [
            fact
            for file in parts
            if not file.part
            for fact in journal.recent(file.path, since, launched=False)[0]
        ]
        for device, parts in folder.files().items()
        if device != folder.device
    }
    try:
        records[folder.device] = folder.recent(since)[0]
    except FileNotFoundError:  # nothing was recorded here yet
        records[folder.device] = []
    found = _with_the_rest(paths, config, folder, records)
    return [fact for fact in found if fact.at >= since]


def _facts(paths: Paths, config: Config, problems: list[Problem]) -> list[AnyFact]:
    folder = JournalFolder.there(paths, config)
    return _with_the_rest(paths, config, folder, folder.read_all(problems))


def _with_the_rest(
    paths: Paths, config: Config, folder: JournalFolder, records: dict[str, list[AnyFact]]
) -> list[AnyFact]:
    """Of all devices in one, with what is not in our own file yet."""
    mine = records.get(folder.device, [])
    late = Unwritten(*paths.kept).missing(folder.own)
    if late:
        mine += late
        records[folder.device] = mine
    running = Checkpoints(paths.heartbeat, paths.checkpoint).load()
    if running is not None and running.after == journal.settled_at(mine):
        spent = Stood if journal.stands(mine) else Sat
        mine.append(spent(running.at, running.seconds, running.known))
        records[folder.device] = mine
    return merged(records, config.rules.away)
