"""What was recorded lately, read from the ends of the files: the same as from the whole of them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desk import MORNING, Desk
from qlbreak.core.model.facts import AnyFact, Sat, Shown
from qlbreak.core.model.inputs import Checkpoint
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import encode
from qlbreak.record.load import lately
from qlbreak.settings import config
from qlbreak.settings.config import Config
from qlbreak.system.paths import Paths, device, find


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    found = find(tmp_path / "data", tmp_path / "config.toml")
    found.journal.mkdir(parents=True)
    return found


def keep(paths: Paths, name: str, facts: list[AnyFact]) -> None:
    (paths.journal / f"{name}.jsonl").write_bytes(b"".join(map(encode, facts)))


def read(paths: Paths, since: datetime) -> list[AnyFact]:
    return lately(paths, settings(paths), since)


def settings(paths: Paths) -> Config:
    return config.load(paths.config)


def day(start: datetime) -> list[AnyFact]:
    return Desk(start=start).work(30).done().away(10).work(20).quit().journal


def sat(facts: list[AnyFact]) -> float:
    return sum(fact.seconds for fact in facts if isinstance(fact, Sat))


def test_before_anything_is_recorded_there_is_nothing(paths: Paths) -> None:
    assert read(paths, MORNING) == []


def test_of_years_only_what_came_since(paths: Paths) -> None:
    days = [day(MORNING + timedelta(days=n)) for n in range(30)]
    keep(paths, device(), [fact for one in days for fact in one])
    assert read(paths, MORNING + timedelta(days=28)) == days[28] + days[29]


def test_what_was_done_at_another_device_is_in_it(paths: Paths) -> None:
    here, there = day(MORNING), day(MORNING + timedelta(hours=3))
    keep(paths, device(), here)
    keep(paths, "tower", there)
    found = read(paths, MORNING)
    assert sat(found) == sat(here) + sat(there) > 0
    assert len({fact.prompt for fact in found if isinstance(fact, Shown)}) == 2


def test_what_is_sat_and_not_in_the_file_yet_is_in_it(paths: Paths) -> None:
    desk = Desk().work(25)
    keep(paths, device(), desk.journal)
    left = Checkpoint(desk.at, desk.journal[-1].at, 300.0, 0.0)
    Checkpoints(None, paths.checkpoint).save(left, 1000.0)
    last = read(paths, MORNING)[-1]
    assert last == Sat(desk.at, 300.0, left.known)
