"""The record as flat rows for other programs: their columns are documented in docs/record.md."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

import msgspec

from qlbreak.core.model.facts import AnyFact, CheckedIn
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.terms import Evidence, Feeling, Reason, Refusal
from qlbreak.core.statistics.figures import Figures, Hour, PromptCourse

# A column's name and what stands in it; None where there is nothing to say.
Row = dict[str, Any]

_FIELDS = dict.fromkeys(name for kind in get_args(AnyFact) for name in kind.__struct_fields__)
_KINDS_OF_FIGURES = {
    "kinds", "held", "refusals", "evidence", "feelings", "hours", "check_ins",
}  # fmt: skip


def of_fact(version: int, journal: str, fact: AnyFact) -> Row:
    """As in the journal: what is as usual is left out, and None here."""
    found: dict[str, Any] = msgspec.to_builtins(fact)
    head = {"v": version, "type": found["type"], "at": found["at"], "journal": journal}
    return head | {name: found.get(name) for name in _FIELDS if name != "at"}


def of_prompt(course: PromptCourse) -> Row:
    shown = course.shown is not None
    return {
        **_dated(course.day),
        "shown": course.shown,
        "asked": course.asked if shown else None,
        "routine": course.routine or None,
        "side": course.side,
        "length_s": course.length or None,
        "sitting_s": _seconds(course.sitting) if shown else None,
        "snoozes": course.snoozes,
        "ending": course.ending,
        "ended": course.ended,
        "evidence": course.evidence,
        "via": course.via or None,
        "feeling": course.feeling,
        "held": course.held,
        "reason": course.reason,
    }


def of_day(day: date, figures: Figures) -> Row:
    plain = [name for name in Figures.__struct_fields__ if name not in _KINDS_OF_FIGURES]
    return {
        **_dated(day),
        **{name: _seconds(getattr(figures, name)) for name in plain},
        "compliance": figures.compliance,
        **{f"{_word(k)}_s": _seconds(figures.kinds.get(k, 0.0)) for k in Kind},
        **_each("held", Reason, figures.held),
        **_each("evidence", Evidence, figures.evidence),
        **_each("feeling", Feeling, figures.feelings),
        **_hours(figures.hours),
        "check_ins": len(figures.check_ins),
        **_each("skipped", Refusal, figures.refusals),
    }


def of_check_in(day: date, fact: CheckedIn) -> Row:
    said = {name: getattr(fact, name) for name in ("left", "right", "middle", "work")}
    return {**_dated(day), "at": fact.at, **said}


def _dated(day: date) -> Row:
    year, week, _ = day.isocalendar()
    return {"day": day, "week": f"{year:04}-W{week:02}"}


def _seconds(value: float) -> float:
    """To the thousandth, as they are recorded; counts stay what they are."""
    return round(value, 3)


def _word(name: str) -> str:
    return name.replace("-", "_")


def _each(prefix: str, names: Iterable[str], found: Mapping[Any, int]) -> Row:
    return {f"{prefix}_{_word(name)}": found.get(name, 0) for name in names}


def _hours(hours: Mapping[int, Hour]) -> Row:
    row: Row = {}
    for hour in range(24):
        found = hours.get(hour, Hour())
        row[f"h{hour:02}_sitting_s"] = _seconds(found.sitting_s)
        row[f"h{hour:02}_prompts"], row[f"h{hour:02}_done"] = found.prompts, found.done
    return row


# The columns of each, whatever is in the rows.
FACT = tuple(dict.fromkeys(["v", "type", "at", "journal", *_FIELDS]))
PROMPT = tuple(of_prompt(PromptCourse(date.min)))
DAY = tuple(of_day(date.min, Figures()))
CHECK_IN = ("day", "week", "at", "left", "right", "middle", "work")
