"""The running record: facts to the disk, what could not be written kept, and today's figures."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from qlbreak import outcomes
from qlbreak.attempt import attempt
from qlbreak.core.devices import merged
from qlbreak.core.events import AnyFact, Sat
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import Rules, day_of
from qlbreak.core.stats import Figures
from qlbreak.core.tally import Tally
from qlbreak.journal import MEMORY, Journal, Problem
from qlbreak.others import Others
from qlbreak.shelf import Shelf

_log = logging.getLogger(__name__)
_Look = Callable[[datetime], dict[str, list[AnyFact]]]


class Ledger:
    """`rules` say when the day turns, and how long is long."""

    def __init__(self, journal: Journal, catalogue: Catalogue, rules: Rules, at: datetime) -> None:
        self._journal = journal
        self._shelf = Shelf(journal.folder, journal.device)
        self._others = Others(self._shelf)
        self._catalogue = catalogue
        self._rules = rules
        self._unsaved: list[AnyFact] = []
        self._lately: list[AnyFact] = []  # of yesterday and today
        self._elsewhere: dict[str, list[AnyFact]] = {}  # the same of the other devices
        self._start_day(at)

    def follow(self, rules: Rules, catalogue: Catalogue, at: datetime) -> None:
        """Others apply from now on."""
        self._rules, self._catalogue = rules, catalogue
        self._start_day(at)

    def today(self, pending: Sat) -> Figures:
        """The figures of the day that *at* of the last call belongs to."""
        if any(self._elsewhere.values()):
            records = {"": [*self._lately, pending], **self._elsewhere}
            days = self._tallied(merged(records, self._rules.away)).days()
        else:
            days = self._tally.days(pending)
        return days.get(self._today, Figures())

    @property
    def trouble(self) -> str:
        return "The record cannot be written: see the log" if self._unsaved else ""

    def recall(self, at: datetime, *, count: bool = True) -> tuple[list[AnyFact], list[Problem]]:
        """What was recorded before; *count*: for the first time. Raises OSError where it cannot be
        read."""
        facts, problems = self._shelf.recent(at - MEMORY)
        facts += self._unsaved
        if count:
            self._count(facts, at)
        return facts, problems

    def overhear(self, at: datetime) -> Mapping[str, list[AnyFact]]:
        """By device, what the others have recorded since the last time."""
        return self._heard(self._others.look, at)

    def recall_others(self, at: datetime) -> Mapping[str, list[AnyFact]]:
        """The same, of what they recorded lately."""
        self._elsewhere.clear()
        return self._heard(self._others.recall, at)

    def _heard(self, look: _Look, at: datetime) -> Mapping[str, list[AnyFact]]:
        try:
            news = look(at)
        except OSError as error:
            _log.warning("the other devices cannot be heard for now: %s", error)
            return {}
        for device, facts in news.items():
            late = [fact for fact in facts if self._is_late(fact, at)]
            self._elsewhere.setdefault(device, []).extend(late)
        return news

    def record(self, facts: Iterable[AnyFact], at: datetime) -> None:
        """On the disk when this returns. What cannot be written is tried again with each call."""
        self._unsaved += facts
        self._count(facts, at)
        while self._unsaved and attempt(self._journal.append, self._unsaved[0]):
            del self._unsaved[0]

    def close(self) -> int:
        """How many facts never came to the disk; they are in the log."""
        for fact in self._unsaved:
            _log.error("not recorded: %s at %s", outcomes.log_line(fact), fact.at)
        return len(self._unsaved)

    def _count(self, facts: Iterable[AnyFact], at: datetime) -> None:
        if self._day(at) != self._today:
            self._start_day(at)
        for fact in facts:
            if self._is_late(fact, at):
                self._tally.add(fact)
                self._lately.append(fact)

    def _start_day(self, at: datetime) -> None:
        self._today = self._day(at)
        self._lately = [fact for fact in self._lately if self._is_late(fact, at)]
        self._tally = self._tallied(self._lately)
        for device, facts in self._elsewhere.items():
            self._elsewhere[device] = [fact for fact in facts if self._is_late(fact, at)]

    def _tallied(self, facts: Iterable[AnyFact]) -> Tally:
        tally = Tally(self._rules.day_turn, self._rules.sitting, self._catalogue)
        for fact in facts:
            tally.add(fact)
        return tally

    def _day(self, at: datetime) -> date:
        return day_of(at, self._rules.day_turn)

    def _is_late(self, fact: AnyFact, at: datetime) -> bool:
        """A prompt of yesterday may still be open today."""
        return self._day(fact.at) >= self._day(at) - timedelta(days=1)
