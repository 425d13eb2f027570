"""What adds up to the figures of a day: its prompts and what became of them, sitting, work."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from qlbreak.core.model.facts import CheckedIn, Shown
from qlbreak.core.model.guided import Work
from qlbreak.core.model.movements import Catalogue, Kind
from qlbreak.core.model.terms import Ending, Evidence, Feeling, Reason, Side
from qlbreak.core.statistics.figures import Figures, Hour, PromptCourse
from qlbreak.core.statistics.spells import Sitting

_T = TypeVar("_T")


class PromptSum:
    """Belongs to the day on which it first came up, with all that becomes of it."""

    __slots__ = (
        "at", "day", "ended", "ending", "evidence", "feeling", "held", "left", "shown",
        "sitting", "snoozes", "via", "works",
    )  # fmt: skip

    def __init__(self, day: date) -> None:
        self.day = day
        self.at: datetime | None = None  # when it was first shown
        self.sitting = 0.0  # the seconds sat by then
        self.shown: Shown | None = None  # how it was last shown
        self.held: Reason | None = None
        self.left = False  # its guide was closed early
        self.snoozes = 0
        self.take_back()

    def take_back(self) -> None:
        """As before its end; what was done of it was not."""
        self.ending: Ending | None = None
        self.ended: datetime | None = None
        self.evidence = Evidence.CLAIMED
        self.via = ""
        self.feeling: Feeling | None = None
        self.works: list[Work] = []

    @property
    def counts(self) -> bool:
        """It was shown; but of one that was asked for and left without work there is nothing to
        count."""
        shown, ended = self.shown, self.ending is not None or bool(self.works)
        return shown is not None and (ended or not (shown.asked and self.left))

    def course(self) -> PromptCourse:
        shown, done = self.shown, self.ending is Ending.DONE
        course = PromptCourse(
            self.day, self.at, snoozes=self.snoozes, ending=self.ending, ended=self.ended,
            evidence=self.evidence if done else None, via=self.via, feeling=self.feeling,
            held=self.held, sitting=self.sitting,
        )  # fmt: skip
        if shown is None:
            return course
        return replace(
            course, asked=shown.asked, routine=shown.routine, side=shown.side, length=shown.length
        )


class DaySum:
    """The figures of a day in the making."""

    def __init__(self) -> None:
        self.sitting = Sitting()
        self.prompts: list[PromptSum] = []
        self.works: list[Work] = []  # of no prompt
        self.check_ins: tuple[CheckedIn, ...] = ()

    def figures(self, works: Iterable[Work], catalogue: Catalogue) -> Figures:
        shown = [prompt for prompt in self.prompts if prompt.counts]
        ends = _numbers(prompt.ending for prompt in shown)  # what nobody saw, nobody answered
        put_off = [prompt for prompt in shown if prompt.snoozes]
        done = [prompt for prompt in shown if prompt.ending is Ending.DONE]
        sides, kinds = _work(works, catalogue)
        return Figures(
            prompts=len(shown),
            done=len(done),
            snoozed=sum([prompt.snoozes for prompt in put_off]),
            put_off=len(put_off),
            put_off_done=sum(prompt.ending is Ending.DONE for prompt in put_off),
            skipped=ends.get(Ending.SKIPPED, 0),
            expired=ends.get(Ending.EXPIRED, 0),
            withdrawn=ends.get(Ending.WITHDRAWN, 0),
            natural_breaks=self.sitting.breaks,
            spells=self.sitting.spells,
            sitting_s=self.sitting.seconds,
            unknown_s=self.sitting.unknown,
            over_s=self.sitting.over,
            longest_spell_s=self.sitting.longest,
            left_s=sides[Side.LEFT],
            right_s=sides[Side.RIGHT],
            kinds={kind: kinds[kind] for kind in Kind if kind in kinds},
            held=_counted(Reason, (prompt.held for prompt in self.prompts)),
            evidence=_counted(Evidence, (prompt.evidence for prompt in done)),
            feelings=_counted(Feeling, (prompt.feeling for prompt in shown)),
            hours=self._hours(shown),
            check_ins=self.check_ins,
        )

    def _hours(self, shown: list[PromptSum]) -> dict[int, Hour]:
        sat = self.sitting.hours
        came = _numbers(prompt.at.hour for prompt in shown if prompt.at)
        done = _numbers(p.at.hour for p in shown if p.at and p.ending is Ending.DONE)
        return {
            hour: Hour(sat.get(hour, 0.0), came.get(hour, 0), done.get(hour, 0))
            for hour in sorted(sat.keys() | came.keys())
        }


def _work(
    works: Iterable[Work], catalogue: Catalogue
) -> tuple[dict[Side, float], dict[Kind, float]]:
    sides: dict[Side, float] = dict.fromkeys(Side, 0.0)
    kinds: dict[Kind, float] = {}
    for work in works:
        sides[work.side] += work.seconds
        movement = catalogue.movements.get(work.movement)
        if movement is not None:
            kinds[movement.role] = kinds.get(movement.role, 0.0) + work.seconds
    return sides, kinds


def _numbers(found: Iterable[_T | None]) -> dict[_T, int]:
    """How often each comes up. A Counter takes longer to make, and thousands of days have some."""
    numbers: dict[_T, int] = {}
    for item in found:
        if item is not None:
            numbers[item] = numbers.get(item, 0) + 1
    return numbers


def _counted(kinds: Iterable[_T], found: Iterable[_T | None]) -> dict[_T, int]:
    """In the order of the kinds, without those that do not come up."""
    numbers = _numbers(found)
    return {kind: numbers[kind] for kind in kinds if kind in numbers}
