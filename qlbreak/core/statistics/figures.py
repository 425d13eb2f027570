"""What the record amounts to: the figures of a day, and of any span of days."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct

from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.terms import Ending, Evidence, Feeling, Reason, Refusal, Side

LATELY = 28  # days that a day is held against
_HIGHEST = "longest_spell_s"  # which is no sum


class Hour(Struct, frozen=True):
    """An hour of the day by the clock on the wall: seconds sat in it, prompts that came up in it,
    and those of them that were done."""

    sitting_s: float = 0.0
    prompts: int = 0
    done: int = 0


class Figures(Struct, frozen=True):
    """Durations in seconds.

    `snoozed`: how often; `put_off`: prompts that were snoozed, `put_off_done`: those of them done
    in the end. `unknown_s`: of the sitting, what was assumed, since nothing could tell it.
    `over_s`: of the sitting, what lay beyond the limit in its spell. `standing_s`: stood at the
    desk, as declared. `left_s`, `right_s`: one-sided work, and `kinds` all work. `held`: prompts
    kept back, by the last reason. `refusals`: of the skipped ones, where a reason was given.
    `evidence`: of the done ones. `hours`: by the hour of the day, 0 to 23; those in which nothing
    was are left out.
    """

    prompts: int = 0
    done: int = 0
    snoozed: int = 0
    put_off: int = 0
    put_off_done: int = 0
    skipped: int = 0
    expired: int = 0
    withdrawn: int = 0
    natural_breaks: int = 0
    spells: int = 0
    sitting_s: float = 0.0
    standing_s: float = 0.0
    unknown_s: float = 0.0
    over_s: float = 0.0
    longest_spell_s: float = 0.0
    left_s: float = 0.0
    right_s: float = 0.0
    kinds: Mapping[Kind, float] = {}
    held: Mapping[Reason, int] = {}
    refusals: Mapping[Refusal, int] = {}
    evidence: Mapping[Evidence, int] = {}
    feelings: Mapping[Feeling, int] = {}
    hours: Mapping[int, Hour] = {}
    check_ins: tuple[CheckedIn, ...] = ()

    @property
    def ended(self) -> int:
        """The prompts that count for the compliance."""
        return self.done + self.skipped + self.expired

    @property
    def compliance(self) -> float | None:
        """Done / (done + skipped + expired); None before there is any of them."""
        return self.done / self.ended if self.ended else None

    @property
    def empty(self) -> bool:
        return self == Figures()


class PromptLine(Struct, frozen=True):
    """A prompt of the day. `ending`: None while it is open. `standing`: it came to somebody who
    stood."""

    at: datetime
    routine: str
    side: Side
    ending: Ending | None
    standing: bool = False


class PromptCourse(Struct, frozen=True):
    """All that became of a prompt. `day`: the one on which it first came up.

    `shown`: when it was first; None where it was only ever held back. `sitting`: the seconds that
    had been sat by then; `length`: those it was last meant for. `ended`: when it ended as it did,
    or was last corrected. `evidence`: where it was done. `held`: why it was last kept back.
    `reason`: why it was skipped, where that was said.
    """

    day: date
    shown: datetime | None = None
    asked: bool = False
    routine: str = ""
    side: Side | None = None
    length: int = 0
    sitting: float = 0.0
    snoozes: int = 0
    ending: Ending | None = None
    ended: datetime | None = None
    evidence: Evidence | None = None
    via: str = ""
    feeling: Feeling | None = None
    held: Reason | None = None
    reason: Refusal | None = None


def total(days: Iterable[Figures]) -> Figures:
    """The sum over the days; of the longest spells the longest."""
    sums: dict[str, Any] = {}
    for day in days:
        for name in Figures.__struct_fields__:
            value = getattr(day, name)
            if name not in sums:
                sums[name] = value
            elif value:
                sums[name] = (
                    max(sums[name], value) if name == _HIGHEST else _plus(sums[name], value)
                )
    return Figures(**sums)


def grouped(
    days: Mapping[date, Figures], key: Callable[[date], Hashable]
) -> dict[Hashable, Figures]:
    """The sums over the days of one key each, in the order of the days: weeks, months, weekdays."""
    groups: dict[Hashable, list[Figures]] = {}
    for day, figures in days.items():
        groups.setdefault(key(day), []).append(figures)
    return {name: total(group) for name, group in groups.items()}


def monday(day: date) -> date:
    """Of that day's week, which it begins."""
    return day - timedelta(days=day.weekday())


def between(days: Mapping[date, Figures], first: date, last: date) -> dict[date, Figures]:
    """The days from *first* to *last*, both included, on which something was."""
    return {day: days[day] for day in days if first <= day <= last}  # the others' are not wanted


def _plus(one: Any, other: Any) -> Any:
    match one:
        case Mapping():
            common = {key: _plus(one[key], value) for key, value in other.items() if key in one}
            return {**one, **other, **common}
        case Hour():
            return Hour(
                one.sitting_s + other.sitting_s, one.prompts + other.prompts, one.done + other.done
            )
        case _:
            return one + other
