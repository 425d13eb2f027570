"""A plan on one side of A4, to hand back: week by week what was asked for, and what was done."""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from itertools import groupby

from msgspec import Struct

from qlbreak.core.coach.check_ins import entries
from qlbreak.core.coach.prescriptions import crossings
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.programme import Programme
from qlbreak.core.statistics.figures import between
from qlbreak.core.statistics.programmes import AskedRow, AskedWeek, ProgrammeCourse
from qlbreak.record.load import Record
from qlbreak.report import palette
from qlbreak.report.document import document, icon, own
from qlbreak.texts import plans, reports, safety
from qlbreak.texts.names import listed

_ABREAST = 4  # weeks in a table
# In print, points: what a side of A4 has room for beside head and foot, what lies between two
# rows, and the smallest and the largest letters. About every other row takes two lines.
_ROOM_PT, _GAP_PT, _LINE = 600, 2.6, 1.25 * 1.45
_SMALLEST_PT, _LARGEST_PT = 4.8, 8.4


class NoPlan(Exception):
    """No plan was ever loaded."""


class PlanTable(Struct, frozen=True):
    """Weeks that ask for the same, side by side. A cell is what was done, or "" where the week has
    not come, or the plan did not hold in it."""

    title: str
    weeks: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def page(record: Record) -> str:
    """Of the plan that was loaded last. Raises NoPlan."""
    course = record.programme
    if course is None:
        raise NoPlan
    found = tables(course, record)
    rows = sum(len(table.rows) + 3 for table in found)
    size = f"--size:{_size(rows, course.programme):.1f}pt"
    body = [
        _head(course, record),
        f'<div class="weeks" style="{size}">{"".join(map(_table, found))}</div>',
        _foot(course, record),
    ]
    style = palette.css() + own("page.css") + own("plan.css")
    return document(plans.PAGE, style, "\n".join(body))


def _size(rows: int, programme: Programme) -> float:
    """Of the letters; long names and a note take room of their own."""
    lines = len(programme.name) / 45 + len(programme.by) / 60 + len(programme.note) / 85
    room = _ROOM_PT - 11 * lines
    fitting = (room - _GAP_PT * rows) / (_LINE * rows) if rows else _LARGEST_PT
    return min(max(fitting, _SMALLEST_PT), _LARGEST_PT)


def tables(course: ProgrammeCourse, record: Record) -> list[PlanTable]:
    programme, found = course.programme, list[PlanTable]()
    for span in sorted(programme.spans, key=lambda span: span.first):
        weeks = [week for week in course.weeks if span.first <= week.number <= span.last]
        for at in range(0, len(weeks), _ABREAST):
            some = weeks[at : at + _ABREAST]
            rows = (*_rows(some), *_check_ins(some, record))
            found.append(PlanTable(plans.title(some), tuple(map(plans.week_head, some)), rows))
    return found


def _rows(weeks: Sequence[AskedWeek]) -> Iterator[tuple[str, ...]]:
    """A row a movement and side: its name, its dose and times, a cell a week, how it is known."""
    for number, first in enumerate(weeks[0].rows):
        of_weeks = [week.rows[number] for week in weeks]
        one = first.prescription
        yield (
            plans.of_side(plans.name(one.movement, first.movement), first.side),
            f"{plans.dose(one, first.movement)}, {plans.times(one.times)}",
            *(_cell(week, row) for week, row in zip(weeks, of_weeks, strict=True)),
            _known(of_weeks),
        )


def _cell(week: AskedWeek, row: AskedRow) -> str:
    return plans.cell(row.done, row.asked, row.seconds) if week.held else ""


def _known(rows: Sequence[AskedRow]) -> str:
    sums = {kind: sum(row.evidence.get(kind, 0) for row in rows) for kind in plans.KNOWN}
    return listed({kind: number for kind, number in sums.items() if number}, plans.KNOWN)


def _check_ins(weeks: Sequence[AskedWeek], record: Record) -> Iterator[tuple[str, ...]]:
    """How it was in those weeks, as the person said; no row where nothing was."""
    said = [_said(record, week.first, week.last) for week in weeks]
    if any(said):
        yield (plans.CHECK_IN, plans.CHECK_IN_SCALE, *(map(plans.levels, said)), "")


def _said(record: Record, first: date, last: date) -> CheckedIn | None:
    """The last of that week."""
    days = between(record.days, first, last).values()
    found = entries(fact for day in days for fact in day.check_ins)
    return found[-1] if found else None


# As HTML


def _head(course: ProgrammeCourse, record: Record) -> str:
    programme = course.programme
    lines = plans.when(course.programme, course.since, course.until, record.today)
    note = f'<p class="note">{escape(programme.note)}</p>' if programme.note else ""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f'<header><img src="{icon()}" alt="" width="40" height="40"><div>'
        f"<h1>{escape(programme.name)}</h1>"
        f'<p class="span">{escape(plans.from_whom(programme))}</p></div></header>'
        f'<div class="when">{told}{note}</div>'
    )


def _table(table: PlanTable) -> str:
    head = "".join(
        f'<th role="columnheader" scope="col">{escape(cell)}</th>'
        for cell in plans.columns(table.weeks)
    )
    names = plans.columns(table.weeks)[1:]
    rows = "".join(_row(row, names) for row in table.rows) or _row((plans.NOTHING_ASKED,), ())
    return (
        f'<section class="card"><h2>{escape(table.title)}</h2>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f'<table role="table" class="of-{len(table.weeks)}">'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div></section>'
    )


def _row(cells: tuple[str, ...], names: Sequence[str]) -> str:
    """On a narrow screen each cell stands on a line of its own, behind the name of its column; what
    a table is to those who hear it, it stays."""
    first, *rest = cells
    told = "".join(
        f'<td role="cell" data-name="{escape(name)}">{escape(cell)}</td>'
        for name, cell in zip(names, rest, strict=False)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{escape(first)}</th>{told}</tr>'


def _foot(course: ProgrammeCourse, record: Record) -> str:
    ruled_out = crossings(course.programme, record.catalogue, record.profile)
    names = [plans.ruled_out(one) for one in ruled_out]
    left = plans.left_out([name for name, _same in groupby(names)]) if names else ""
    lines = [*filter(None, (left,)), *plans.EXPLAINED, f"{reports.ADVICE} {safety.disclaimer()}"]
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<footer class="explained">{told}</footer>'
