"""The running record: facts to the disk, what could not be written kept, and today's figures."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

from qlbreak.core.model.facts import AnyFact, Sat, Stood
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import REMEMBERED, Rules, day_of
from qlbreak.core.statistics.figures import Figures
from qlbreak.core.statistics.merge import merged
from qlbreak.core.statistics.tally import Tally
from qlbreak.language import ngettext
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Journal, Problems
from qlbreak.record.other_devices import OtherDevices
from qlbreak.record.unwritten import Unwritten
from qlbreak.texts import outcomes

_log = logging.getLogger(__name__)
_Look = Callable[[datetime], dict[str, list[AnyFact]]]


class RunningRecord:
    """`rules` say when the day turns, and how long is long."""

    def __init__(
        self,
        journal: Journal,
        unwritten: Unwritten,
        catalogue: Catalogue,
        rules: Rules,
        at: datetime,
    ) -> None:
        self._journal, self._unwritten = journal, unwritten
        self._folder = JournalFolder(journal.folder, journal.device)
        self._others = OtherDevices(self._folder)
        self._catalogue = catalogue
        self._rules = rules
        self._unsaved: list[AnyFact] = []
        self._safe = True  # these, too, would outlive the program
        self.taken = 0  # how many facts there were
        self.trouble = ""  # why the record cannot be written, while it cannot
        self._lately: list[AnyFact] = []  # of yesterday and today
        self._elsewhere: dict[str, list[AnyFact]] = {}  # the same of the other devices
        self._start_day(at)

    def follow(self, rules: Rules, catalogue: Catalogue, at: datetime) -> None:
        """Others apply from now on."""
        self._rules, self._catalogue = rules, catalogue
        self._start_day(at)

    def today(self, pending: Sat | Stood) -> Figures:
        """The figures of the day that *at* of the last call belongs to."""
        if any(self._elsewhere.values()):
            records = {"": [*self._lately, pending], **self._elsewhere}
            days = self._tallied(merged(records, self._rules.away)).days()
        else:
            days = self._tally.days(pending)
        return days.get(self._today, Figures())

    @property
    def unsaved(self) -> str:
        """What is said with an answer that is not on the disk; nothing, when all is."""
        return outcomes.unsaved(self.trouble, safe=self._safe) if self._unsaved else ""

    def recall(self, at: datetime) -> tuple[list[AnyFact], Problems]:
        """What was recorded before, and what the program before this one could not record. Raises
        OSError where it cannot be read."""
        facts, problems = self._folder.recent(at - REMEMBERED)
        self._unsaved = self._unwritten.missing(self._journal)
        if self._unsaved:
            _log.warning("%d facts are recorded late", len(self._unsaved))
        self._keep()
        facts += self._unsaved
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
        """On the disk when this returns, unless `trouble` says why not: what cannot be written is
        kept, also over a start, and tried again with each call."""
        new = list(facts)
        if not new and not self._unsaved:
            return
        late = len(self._unsaved)
        self._unsaved += new
        self.taken += len(new)
        self._count(new, at)
        before, self.trouble = self.trouble, self._write()
        if self.trouble != before:
            _log.warning("%s", self.trouble or "The record is written again, with what was kept")
        if self._unsaved or late:
            self._keep()

    def _keep(self) -> None:
        before = self._safe
        try:
            if self._unsaved:
                self._unwritten.keep(self._unsaved, self._journal)
            else:
                self._unwritten.clear()
            self._safe = True
        except OSError as error:
            self._safe = False
            if before:
                _log.warning("nor can it be kept: %s", error)

    def _write(self) -> str:
        """As far as it can be written, in order; why no further."""
        try:
            while self._unsaved:
                self._journal.append(self._unsaved[0])
                del self._unsaved[0]
        except OSError as error:
            return outcomes.unwritten(error)
        return ""

    def close(self) -> str:
        """What becomes of the facts that are not on the disk; nothing where all are."""
        if not self._unsaved:
            return ""
        if self._safe:
            return outcomes.left_unwritten(len(self._unsaved), lasting=self._unwritten.lasting)
        for fact in self._unsaved:
            _log.error("not recorded: %s at %s", outcomes.log_line(fact), fact.at)
        return ngettext(
            "{n} entry could not be recorded; it is in the log",
            "{n} entries could not be recorded; they are in the log",
            len(self._unsaved),
        )

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
