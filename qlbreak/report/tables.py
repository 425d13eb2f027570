"""The charts as tables, for those who read rather than look."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from qlbreak.core.statistics.figures import Figures
from qlbreak.report.series import Checked, Days, Week
from qlbreak.texts import reports
from qlbreak.texts.durations import brief
from qlbreak.texts.names import HELD, KINDS, KNOWN

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Table(Struct, frozen=True):
    """The first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def calendar(weeks: Sequence[Week], days: Days) -> Table:
    """Done breaks; nothing where nothing was recorded."""
    rows = []
    for week in weeks:
        dates = [date.fromordinal(week.monday.toordinal() + number) for number in range(7)]
        cells = (str(days[day].done) if day in days else "" for day in dates)
        rows.append((_day(week.monday), *cells, str(week.figures.done)))
    return Table(("week from", *_WEEKDAYS, "all"), tuple(rows))


def sitting(weeks: Sequence[Week], days: Days) -> Table:
    """Weeks first, as a mean of their days, then the days."""
    stood = any(one.standing_s for one in (*(week.figures for week in weeks), *days.values()))
    head = ("day, or week from (average day)", "sitting", "beyond the limit", "assumed")
    return _table(
        (*head, reports.STOOD) if stood else head,
        [
            (f"week from {_day(week.monday)}", *_sat(week.figures, week.days, stood=stood))
            for week in weeks
        ],
        [(_day(day), *_sat(figures, stood=stood)) for day, figures in days.items()],
    )


def _sat(figures: Figures, days: int = 1, *, stood: bool) -> tuple[str, ...]:
    sums: tuple[float, ...] = (figures.sitting_s, figures.over_s, figures.unknown_s)
    if stood:
        sums = (*sums, figures.standing_s)
    return tuple(brief(seconds / days) if days else "" for seconds in sums)


def spells(weeks: Sequence[Week], days: Days) -> Table:
    return _table(
        ("day, or week from", reports.STRETCH, "stretches", "natural breaks"),
        [(f"week from {_day(week.monday)}", *_spells(week.figures)) for week in weeks],
        [(_day(day), *_spells(figures)) for day, figures in days.items()],
    )


def _spells(figures: Figures) -> tuple[str, ...]:
    longest = brief(figures.longest_spell_s)
    return longest, str(figures.spells), str(figures.natural_breaks)


def endings(weeks: Sequence[Week]) -> Table:
    return Table(
        ("week from", *reports.ENDS.values(), reports.BREAKS_TAKEN),
        tuple(
            (_day(week.monday), *map(str, _ends(week.figures)), share(week.figures))
            for week in weeks
        ),
    )


def _ends(figures: Figures) -> tuple[int, ...]:
    return figures.done, figures.skipped, figures.expired, figures.withdrawn


def share(figures: Figures) -> str:
    return "" if figures.compliance is None else f"{figures.compliance:.0%}"


def sides(weeks: Sequence[Week]) -> Table:
    return Table(
        ("week from", "left", "right"),
        tuple(
            (_day(week.monday), brief(week.figures.left_s), brief(week.figures.right_s))
            for week in weeks
        ),
    )


def kinds(weeks: Sequence[Week]) -> Table:
    return Table(
        ("week from", *KINDS.values()),
        tuple(
            (_day(week.monday), *(brief(week.figures.kinds.get(kind, 0.0)) for kind in KINDS))
            for week in weeks
        ),
    )


def hours(figures: Figures, days: int) -> Table:
    """Sitting as a mean of so many days; of the prompts all."""
    return Table(
        ("hour", "sitting a day", "reminders", "done"),
        tuple(
            (f"{hour:02d}:00", brief(one.sitting_s / days), str(one.prompts), str(one.done))
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
        rows.append((_day(entry.day), *cells, work.value.replace("-", " ") if work else ""))
    return Table(("day", *names, "in the way of work"), tuple(rows))


def follow_through(spans: Sequence[tuple[str, Figures]]) -> tuple[Table, ...]:
    """What became of snoozed prompts, how done ones are known, why others were held back; a column
    a span."""
    names = [name for name, _ in spans]
    found = [figures for _, figures in spans]

    def rows(*numbers: tuple[str, list[int]]) -> tuple[tuple[str, ...], ...]:
        return tuple((name, *map(str, each)) for name, each in numbers if any(each))

    snoozed = rows(
        ("snoozed", [one.put_off for one in found]),
        ("done in the end", [one.put_off_done for one in found]),
    )
    known = rows(*((KNOWN[k], [one.evidence.get(k, 0) for one in found]) for k in KNOWN))
    held = rows(*((HELD[k], [one.held.get(k, 0) for one in found]) for k in HELD))
    heads = {"Snoozed reminders": snoozed, reports.CONFIRMED: known, "Held back": held}
    return tuple(Table((head, *names), rows) for head, rows in heads.items() if rows)


def _table(head: tuple[str, ...], *parts: Sequence[tuple[str, ...]]) -> Table:
    return Table(head, tuple(row for part in parts for row in part))


def _day(day: date) -> str:
    return f"{day:%a %d %b %Y}"


def known(days: Days) -> Table:
    """Done breaks, by how they are known."""
    return Table(
        ("day", *KNOWN.values()),
        tuple(
            (_day(day), *(str(figures.evidence.get(how, 0)) for how in KNOWN))
            for day, figures in days.items()
        ),
    )


def sides_by_day(days: Days) -> Table:
    return Table(
        ("day", "left", "right"),
        tuple((_day(d), brief(one.left_s), brief(one.right_s)) for d, one in days.items()),
    )
