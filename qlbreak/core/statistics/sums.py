"""What adds up to the figures of a day: its prompts and what became of them, sitting, work."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.guided import Work
from qlbreak.core.model.life import Life
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.terms import Ending, Evidence, Feeling, Reason, Refusal, Side
from qlbreak.core.statistics.figures import Figures, Hour, PromptCourse
from qlbreak.core.statistics.spells import Sitting

_T = TypeVar("_T")


def course(life: Life, day: date) -> PromptCourse:
    """*day*: the one that it belongs to, with all that becomes of it."""
    first, shown, done = life.first, life.shown, life.ending is Ending.DONE
    told = PromptCourse(
        day, snoozes=life.snoozes, ending=life.ending, ended=life.ended,
        evidence=life.evidence if done else None, via=life.via, feeling=life.feeling,
        held=life.held, reason=life.reason,
    )  # fmt: skip
    if first is None or shown is None:
        return told
    return replace(
        told, shown=first.at, sitting=first.sitting, asked=shown.asked, routine=shown.routine,
        side=shown.side, length=shown.length,
    )  # fmt: skip


class DaySum:
    """The figures of a day in the making."""

    def __init__(self) -> None:
        self.sitting = Sitting()
        self.prompts: list[Life] = []
        self.works: list[Work] = []  # of no prompt
        self.check_ins: tuple[CheckedIn, ...] = ()

    def figures(self, works: Iterable[Work], roles: Mapping[str, Kind]) -> Figures:
        shown = [prompt for prompt in self.prompts if prompt.counts]
        ends = _numbers(prompt.ending for prompt in shown)  # what nobody saw, nobody answered
        put_off = [prompt for prompt in shown if prompt.snoozes]
        done = [prompt for prompt in shown if prompt.ending is Ending.DONE]
        sides, kinds = _work(works, roles)
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
            standing_s=self.sitting.stood,
            unknown_s=self.sitting.unknown,
            over_s=self.sitting.over,
            longest_spell_s=self.sitting.longest,
            left_s=sides[Side.LEFT],
            right_s=sides[Side.RIGHT],
            kinds={kind: kinds[kind] for kind in Kind if kind in kinds},
            held=_counted(Reason, (prompt.held for prompt in self.prompts)),
            refusals=_counted(Refusal, (prompt.reason for prompt in shown)),
            evidence=_counted(Evidence, (prompt.evidence for prompt in done)),
            feelings=_counted(Feeling, (prompt.feeling for prompt in shown)),
            hours=self._hours(shown),
            check_ins=self.check_ins,
        )

    def _hours(self, shown: list[Life]) -> dict[int, Hour]:
        sat = self.sitting.hours
        came = _numbers(life.first.at.hour for life in shown if life.first)
        done = _numbers(
            life.first.at.hour for life in shown if life.first and life.ending is Ending.DONE
        )
        return {
            hour: Hour(sat.get(hour, 0.0), came.get(hour, 0), done.get(hour, 0))
            for hour in sorted(sat.keys() | came.keys())
        }


def _work(
    works: Iterable[Work], roles: Mapping[str, Kind]
) -> tuple[dict[Side, float], dict[Kind, float]]:
    sides: dict[Side, float] = dict.fromkeys(Side, 0.0)
    kinds: dict[Kind, float] = {}
    for work in works:
        sides[work.side] += work.seconds
        role = roles.get(work.movement)
        if role is not None:
            kinds[role] = kinds.get(role, 0.0) + work.seconds
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
