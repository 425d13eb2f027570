"""A setting that is saved while it runs, from the file to the record: nothing of a start in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from desk import CATALOGUE
from fakes import Office
from qlbreak.app.inbox import Inbox
from qlbreak.core.model.inputs import Reconfigure
from qlbreak.core.model.movements import Catalogue
from qlbreak.settings import config as settings
from qlbreak.settings.config import Config
from qlbreak.settings.live import Watched
from qlbreak.system import paths


class Follower:
    """An owner whose settings lie on the disk; each minute some of them are saved anew, or not."""

    def __init__(self, folder: Path, *, saves: bool) -> None:
        self._file, self._saves, self._saved = folder / "config.toml", saves, 0
        self._inbox = Inbox()
        self._file.write_text("")
        places = paths.find(folder / "data", self._file)
        config = settings.load(self._file)
        self.watched = Watched(places, config, CATALOGUE, [], self._changed, pytest.fail)
        looks = (self.watched.look,)
        self.office = Office(folder, inbox=self._inbox, looks=looks).launch()

    def _changed(self, config: Config, catalogue: Catalogue) -> None:
        self._saved += 1
        rules = replace(config.rules, notice=0.0)
        self._inbox.put(Reconfigure(catalogue, rules, config.profile))

    def save(self) -> None:
        """One that nothing here depends on."""
        if self._saves:
            before = self._saved
            self._file.write_text(f"[prompt]\nper_day = {18 + before % 2}\n")
            self.watched.look()
            self.office.drain()
            assert self._saved == before + 1

    def work(self, minutes: int) -> "Follower":
        for _ in range(minutes):
            self.save()
            self.office.work(1)
        self.save()
        return self

    def away(self, minutes: int) -> "Follower":
        """Without a key, and back."""
        for _ in range(4 * minutes):
            self.office.idle(15)
        self.save()
        return self

    def tell(self, words: str) -> "Follower":
        assert not self.office.tell(words).refused
        return self

    @property
    def facts(self) -> list[dict[str, Any]]:
        lines = self.office.journal.path.read_bytes().splitlines()
        return [json.loads(line) for line in lines]


def quiet_after_waking(follower: Follower) -> None:
    follower.work(29)
    follower.office.clock.forward(120)  # asleep
    follower.work(2)
    assert follower.facts[-1]["reason"] == "woken"
    follower.work(1)
    assert follower.facts[-1]["type"] == "shown"


def seen_to_be_away(follower: Follower) -> None:
    follower.work(30).away(2).tell("done")
    assert follower.facts[-1]["evidence"] == "away"


def sat_through_it_after_all(follower: Follower) -> None:
    follower.work(10).away(11).work(1).tell("stayed")
    assert follower.facts[-1]["type"] == "stayed"


@pytest.mark.parametrize("day", [quiet_after_waking, seen_to_be_away, sat_through_it_after_all])
def test_the_record_is_the_same_as_without_a_saved_setting(tmp_path: Path, day: Any) -> None:
    """No second `launched`; the quiet minutes and the evidence of an absence stay."""
    records = []
    for saves in (False, True):
        folder = tmp_path / f"{saves}"
        folder.mkdir()
        follower = Follower(folder, saves=saves)
        day(follower)
        records.append(follower.facts)
    without, saved = records
    assert saved == without
    assert [fact["type"] for fact in saved].count("launched") == 1
