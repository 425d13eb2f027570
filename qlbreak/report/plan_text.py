"""A plan and what became of it, as lines and values: for `plan show`, `stats`, and programs."""

from collections.abc import Iterator
from typing import Any

from qlbreak.core.coach.prescriptions import crossings
from qlbreak.core.statistics.programmes import AskedRow, AskedWeek, ProgrammeCourse
from qlbreak.record.load import Record
from qlbreak.texts import plans


def shown(record: Record) -> list[str]:
    """The plan that was loaded last: how far it is, what is to do today, and all of it."""
    course = record.programme
    if course is None or course.until is not None:
        return [plans.NO_PLAN]
    programme = course.programme
    lines = plans.head(programme)
    if course.holds(record.today):
        lines += ["", *today(record)]
    lines += plans.asked(programme, record.catalogue)
    found = crossings(programme, record.catalogue, record.profile)
    if found:
        told = (plans.crossing(one) for one in found)
        lines += ["", plans.YOURS_FIRST, *(f"  {line}" for line in dict.fromkeys(told))]
    return lines


def today(record: Record) -> list[str]:
    """What is asked for today, and what of it is done."""
    course = record.programme
    if course is None or not course.holds(record.today):
        return []
    lines = [plans.state_of(course.programme, record.today)]
    lines += [f"  {row(one)}" for one in record.asked]
    return lines


def row(one: AskedRow) -> str:
    called = plans.called(one.prescription, one.side, one.movement)
    return f"{called}: {plans.done_of(one.done, one.asked)}"


def of_record(record: Record) -> dict[str, Any] | None:
    """For `stats --json`; None where no plan was ever loaded."""
    course = record.programme
    if course is None:
        return None
    programme = course.programme
    return {
        "name": programme.name,
        "from": programme.by,
        "start": programme.start.isoformat(),
        "last_day": programme.last_day.isoformat(),
        "week": programme.week(record.today) if course.holds(record.today) else None,
        "ended": None if course.until is None else course.until.isoformat(),
        "today": [_row(one) for one in record.asked],
        "weeks": [_week(week) for week in _begun(course)],
    }


def _begun(course: ProgrammeCourse) -> Iterator[AskedWeek]:
    return (week for week in course.weeks if week.held)


def _week(week: AskedWeek) -> dict[str, Any]:
    return {
        "week": week.number,
        "first": week.first.isoformat(),
        "days": week.held,
        "movements": [_row(one) for one in week.rows],
    }


def _row(one: AskedRow) -> dict[str, Any]:
    return {
        "movement": one.prescription.movement,
        "side": one.side.value,
        "repetitions": one.prescription.repetitions,
        "seconds": one.prescription.seconds,
        "asked": one.asked,
        "done": one.done,
        "days": one.days,
        "done_s": round(one.seconds),
        "evidence": {kind.value: number for kind, number in one.evidence.items()},
    }
