"""The charts as tables, for those who read rather than look."""

from collections.abc import Sequence
from datetime import date, time

from msgspec import Struct

from qlbreak.core.statistics.figures import Figures
from qlbreak.language import formats
from qlbreak.report.series import Checked, Days, Week
from qlbreak.texts import columns, reports
from qlbreak.texts.columns import SIDES, WEEK_FROM, day, week
from qlbreak.texts.durations import brief
from qlbreak.texts.names import HELD, KINDS, KNOWN


class Table(Struct, frozen=True):
    """The first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def calendar(weeks: Sequence[Week], days: Days) -> Table:
    """Done breaks; nothing where nothing was recorded."""
    rows = []
    for one in weeks:
        dates = [date.fromordinal(one.monday.toordinal() + number) for number in range(7)]
        cells = (str(days[at].done) if at in days else "" for at in dates)
        rows.append((day(one.monday), *cells, str(one.figures.done)))
    return Table((WEEK_FROM, *formats.weekdays_short(), columns.ALL), tuple(rows))


def sitting(weeks: Sequence[Week], days: Days) -> Table:
    """Weeks first, as a mean of their days, then the days."""
    stood = any(one.standing_s for one in (*(one.figures for one in weeks), *days.values()))
    head = (columns.DAY_OR_MEAN_WEEK, columns.SITTING, columns.BEYOND, columns.ASSUMED)
    return _table(
        (*head, reports.STOOD) if stood else head,
        [(week(one.monday), *_sat(one.figures, one.days, stood=stood)) for one in weeks],
        [(day(at), *_sat(figures, stood=stood)) for at, figures in days.items()],
    )


def _sat(figures: Figures, days: int = 1, *, stood: bool) -> tuple[str, ...]:
    sums: tuple[float, ...] = (figures.sitting_s, figures.over_s, figures.unknown_s)
    if stood:
        sums = (*sums, figures.standing_s)
    return tuple(brief(seconds / days) if days else "" for seconds in sums)


def spells(weeks: Sequence[Week], days: Days) -> Table:
    return _table(
        (columns.DAY_OR_WEEK, reports.STRETCH, columns.STRETCHES, columns.NATURAL),
        [(week(one.monday), *_spells(one.figures)) for one in weeks],
        [(day(at), *_spells(figures)) for at, figures in days.items()],
    )


def _spells(figures: Figures) -> tuple[str, ...]:
    longest = brief(figures.longest_spell_s)
    return longest, str(figures.spells), str(figures.natural_breaks)


def endings(weeks: Sequence[Week]) -> Table:
    return Table(
        (WEEK_FROM, *reports.ENDS.values(), reports.BREAKS_TAKEN),
        tuple(
            (day(one.monday), *map(str, _ends(one.figures)), share(one.figures)) for one in weeks
        ),
    )


def _ends(figures: Figures) -> tuple[int, ...]:
    return figures.done, figures.skipped, figures.expired, figures.withdrawn


def share(figures: Figures) -> str:
    return "" if figures.compliance is None else formats.percent(figures.compliance)


def sides(weeks: Sequence[Week]) -> Table:
    return Table(
        (WEEK_FROM, SIDES["left"], SIDES["right"]),
        tuple(
            (day(one.monday), brief(one.figures.left_s), brief(one.figures.right_s))
            for one in weeks
        ),
    )


def kinds(weeks: Sequence[Week]) -> Table:
    return Table(
        (WEEK_FROM, *KINDS.values()),
        tuple(
            (day(one.monday), *(brief(one.figures.kinds.get(kind, 0.0)) for kind in KINDS))
            for one in weeks
        ),
    )


def hours(figures: Figures, days: int) -> Table:
    """Sitting as a mean of so many days; of the prompts all."""
    return Table(
        (columns.HOUR, columns.SITTING_A_DAY, columns.REMINDERS, columns.DONE),
        tuple(
            (
                formats.clock(time(hour)),
                brief(one.sitting_s / days),
                str(one.prompts),
                str(one.done),
            )
            for hour, one in sorted(figures.hours.items())
        ),
    )


def check_ins(entries: Sequence[Checked]) -> Table:
    middle = any(entry.levels.middle is not None for entry in entries)
    names = ("left", "right", *(("middle",) if middle else ()))
    rows = []
    for entry in entries:
        levels = (getattr(entry.levels, name) for name in names)
        cells = ("" if level is None else str(level) for level in levels)
        work = entry.levels.work
        rows.append((day(entry.day), *cells, columns.HINDERED[work] if work else ""))
    heads = (columns.DAY, *map(SIDES.__getitem__, names), columns.IN_THE_WAY)
    return Table(heads, tuple(rows))


def follow_through(spans: Sequence[tuple[str, Figures]]) -> tuple[Table, ...]:
    """What became of snoozed prompts, how done ones are known, why others were held back; a column
    a span."""
    names = [name for name, _ in spans]
    found = [figures for _, figures in spans]

    def rows(*numbers: tuple[str, list[int]]) -> tuple[tuple[str, ...], ...]:
        return tuple((name, *map(str, each)) for name, each in numbers if any(each))

    snoozed = rows(
        (columns.SNOOZED, [one.put_off for one in found]),
        (columns.DONE_IN_THE_END, [one.put_off_done for one in found]),
    )
    known = rows(*((KNOWN[k], [one.evidence.get(k, 0) for one in found]) for k in KNOWN))
    held = rows(*((HELD[k], [one.held.get(k, 0) for one in found]) for k in HELD))
    heads = {
        columns.SNOOZED_REMINDERS: snoozed, reports.CONFIRMED: known, columns.HELD_BACK: held,
    }  # fmt: skip
    return tuple(Table((head, *names), rows) for head, rows in heads.items() if rows)


def _table(head: tuple[str, ...], *parts: Sequence[tuple[str, ...]]) -> Table:
    return Table(head, tuple(row for part in parts for row in part))


def known(days: Days) -> Table:
    """Done breaks, by how they are known."""
    return Table(
        (columns.DAY, *KNOWN.values()),
        tuple(
            (day(at), *(str(figures.evidence.get(how, 0)) for how in KNOWN))
            for at, figures in days.items()
        ),
    )


def sides_by_day(days: Days) -> Table:
    return Table(
        (columns.DAY, SIDES["left"], SIDES["right"]),
        tuple((day(at), brief(one.left_s), brief(one.right_s)) for at, one in days.items()),
    )
