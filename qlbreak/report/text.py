"""The record as text for a terminal: tables and bars, readable without colour at 80 columns."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from io import StringIO
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.terms import Feeling
from qlbreak.core.statistics.figures import (
    LATELY,
    Figures,
    Hour,
    PromptLine,
    between,
    grouped,
    monday,
    total,
)
from qlbreak.language import _, cells, formats
from qlbreak.record.load import Record
from qlbreak.report import plan_text
from qlbreak.system import streams
from qlbreak.texts import columns, moments, reports, routines
from qlbreak.texts.day import EMPTY
from qlbreak.texts.durations import brief, exact
from qlbreak.texts.names import HELD, KINDS, listed

WIDTH = 80
_NAME = 54  # columns: what 80 leave beside the hour and the end
_BAR = 12
_DAY_S = 8 * 3600.0  # of sitting: what fills a bar
# Up to so many days a row each, then a row a week, then a month.
_DAYS, _WEEKS = 31, 200
_Name = Callable[[Any], str]
# Translators: heads of narrow columns: the longest stretch, and how many natural breaks.
_LONGEST, _BREAKS = _("longest"), _("breaks")
_LEFT_RIGHT = (columns.SIDES["left"], columns.SIDES["right"])


def today(record: Record) -> RenderableType:
    """Today, held against a day of the last four weeks, and what was asked."""
    figures = record.day(record.today)
    first, last = record.today - timedelta(days=LATELY), record.today - timedelta(days=1)
    before = between(record.days, first, last)
    parts: list[RenderableType] = [formats.full_date(record.today)]
    if figures.empty:
        parts += ["", EMPTY]
    if plan := plan_text.today(record):
        parts += ["", *map(Text, plan)]
    if before or not figures.empty:
        parts += ["", _compared(figures, before, record.limit)]
    parts += [*_remarks(figures), *_hours(figures), *_prompts(record.prompts, record.catalogue)]
    return Group(*parts)


def span(record: Record, days: int) -> RenderableType:
    """The last *days* days, today with them: by day, week or month, and in all."""
    first = record.today - timedelta(days=days - 1)
    found = between(record.days, first, record.today)
    parts: list[RenderableType] = [columns.span(first, record.today), ""]
    if not found:
        return Group(*parts, reports.NOTHING_THEN)
    parts += [_course(found, days), ""]
    if len(found) > 1:
        parts += [_weekdays(found), ""]
    figures = total(found.values())
    parts += [_in_all(figures, len(found), record.limit), *_remarks(figures), *_hours(figures)]
    return Group(*parts)


def printed(what: RenderableType) -> str:
    """Plain, as it would stand in a terminal of 80 columns."""
    console = Console(file=StringIO(), width=WIDTH, color_system=None, legacy_windows=False)
    with console.capture() as capture:
        console.print(what, highlight=False)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def tell(what: RenderableType) -> None:
    """To the terminal, as wide as it is; elsewhere plain."""
    if streams.terminal(sys.stdout):
        Console(highlight=False, color_system=None if streams.plain() else "auto").print(what)
    else:
        sys.stdout.write(printed(what))


# A day, or many in all


def _compared(figures: Figures, before: Mapping[date, Figures], limit: float) -> Table:
    table = _table("", _("today"))
    rows = _rows(figures, 1, limit)
    if not before:
        for name, value in rows.items():
            table.add_row(name, value)
        return table
    table.add_column(_("a day in the last 4 weeks"), justify="right")
    usual = _rows(total(before.values()), len(before), limit)
    usual[reports.STRETCH] = brief(_mean_longest(before))
    for name in {**usual, **rows}:
        table.add_row(name, rows.get(name, "-"), usual.get(name, "-"))
    return table


def _mean_longest(days: Mapping[date, Figures]) -> float:
    return sum(figures.longest_spell_s for figures in days.values()) / len(days)


def _in_all(figures: Figures, days: int, limit: float) -> Table:
    table = _table("", _("in all"), _("a day"))
    means = _rows(figures, days, limit)
    means |= {reports.STRETCH: "", reports.BREAKS_TAKEN: ""}
    for name, value in _rows(figures, 1, limit).items():
        table.add_row(name, value, means[name])
    return table


def _rows(figures: Figures, days: int, limit: float) -> dict[str, str]:
    """The figures of so many days, for each of them."""

    def number(value: float) -> str:
        return formats.number(value / days, 1 if days > 1 else 0)

    rows = {
        columns.SITTING: brief(figures.sitting_s / days),
        **({columns.STANDING: brief(figures.standing_s / days)} if figures.standing_s else {}),
        reports.STRETCH: brief(figures.longest_spell_s),
        _("beyond {duration} in a stretch", duration=exact(limit)): brief(figures.over_s / days),
        columns.NATURAL: number(figures.natural_breaks),
    }
    if figures.prompts:
        rows[columns.REMINDERS] = number(figures.prompts)
        for column, name in {**reports.ENDS, "snoozed": columns.SNOOZED}.items():
            rows[f"  {name}"] = number(getattr(figures, column))
    if figures.compliance is not None:
        rows[reports.BREAKS_TAKEN] = formats.percent(figures.compliance)
    if figures.kinds:
        left, right = figures.left_s / days, figures.right_s / days
        rows[_("worked, left / right")] = f"{_seconds(left)} / {_seconds(right)}"
        for kind in (kind for kind in KINDS if kind in figures.kinds):
            rows[f"  {KINDS[kind]}"] = _seconds(figures.kinds[kind] / days)
    return rows


def _remarks(figures: Figures) -> Iterable[RenderableType]:
    """How the figures are to be read."""
    lines = []
    if figures.compliance is not None:
        lines.append(_("Breaks taken: the share done, of those done, skipped or missed."))
    if figures.evidence:
        lines.append(reports.confirmed(figures))
    if figures.put_off:
        lines.append(
            _(
                "Done after a snooze: {done} of {n}.",
                done=figures.put_off_done,
                n=figures.put_off,
            )
        )
    if figures.held:
        lines.append(_("Held back: {reasons}.", reasons=listed(figures.held, HELD)))
    if figures.refusals:
        lines.append(reports.refusals(figures))
    if figures.feelings:
        numbers = figures.feelings
        felt = [f"{numbers[one]} {columns.FELT[one]}" for one in Feeling if one in numbers]
        # Translators: {feelings} is a list like "2 easier, 1 same".
        lines.append(_("Afterwards it felt: {feelings}.", feelings=", ".join(felt)))
    if figures.unknown_s >= 60:
        told = brief(figures.unknown_s)
        lines.append(
            _(
                "{duration} of sitting is assumed: nothing could tell whether you were there.",
                duration=told,
            )
        )
    return ["", *lines] if lines else []


# The course of it


def _course(days: Mapping[date, Figures], number: int) -> Table:
    if number <= _DAYS:
        return _course_of(days, "", columns.day_of_year, _DAY_S)
    if number <= _WEEKS:
        weeks = grouped(days, monday)
        return _course_of(weeks, columns.WEEK_FROM, formats.medium_date, 5 * _DAY_S)
    months = grouped(days, lambda day: day.replace(day=1))
    return _course_of(months, "", formats.month_year, 20 * _DAY_S)


def _course_of(groups: Mapping[Any, Figures], head: str, name: _Name, full: float) -> Table:
    """`full`: seconds that fill a bar, unless more was sat."""
    table = _table(head, columns.SITTING, "", _LONGEST, _BREAKS, columns.DONE, *_LEFT_RIGHT)
    table.columns[2].justify = "left"
    most = max(figures.sitting_s for figures in groups.values())
    sat = _sat_in_minutes if most < 3600 else _sat_in_hours
    for key, figures in sorted(groups.items()):
        table.add_row(
            name(key),
            sat(figures.sitting_s),
            _bar(figures.sitting_s, max(most, full)),
            brief(figures.longest_spell_s),
            str(figures.natural_breaks),
            f"{figures.done}/{figures.ended}",
            _seconds(figures.left_s),
            _seconds(figures.right_s),
        )
    return table


def _weekdays(days: Mapping[date, Figures]) -> Table:
    """What such a day is like."""
    table = _table(_("on a"), _("days"), columns.SITTING, "", _LONGEST, _BREAKS, columns.DONE)
    table.columns[3].justify = "left"
    groups = {n: [f for day, f in days.items() if day.weekday() == n] for n in range(7)}
    sat = {n: sum(f.sitting_s for f in group) / len(group) for n, group in groups.items() if group}
    for number in sat:
        whole, count = total(groups[number]), len(groups[number])
        table.add_row(
            formats.weekdays()[number],
            str(count),
            brief(sat[number]),
            _bar(sat[number], max(_DAY_S, *sat.values())),
            brief(sum(f.longest_spell_s for f in groups[number]) / count),
            formats.number(whole.natural_breaks / count, 1),
            "-" if whole.compliance is None else formats.percent(whole.compliance),
        )
    return table


# Of one unit, so that a column of them can be compared.


def _seconds(value: float) -> str:
    return _("{n} s", n=f"{value:.0f}")


def _sat_in_hours(seconds: float) -> str:
    if 0 < seconds < 180:
        return _("< {n} h", n=formats.number(0.1, 1))
    return _("{n} h", n=formats.number(seconds / 3600, 1))


def _sat_in_minutes(seconds: float) -> str:
    if 0 < seconds < 60:
        return _("< {n} min", n=1)
    return _("{n} min", n=f"{seconds // 60:.0f}")


def _hours(figures: Figures) -> Iterable[RenderableType]:
    """By the hour of the day, those between included."""
    if not figures.hours:
        return
    table = _table(columns.HOUR, columns.SITTING, "", columns.REMINDERS, columns.DONE)
    table.columns[2].justify = "left"
    most = max(3600.0, *(hour.sitting_s for hour in figures.hours.values()))
    for hour in range(min(figures.hours), max(figures.hours) + 1):
        found = figures.hours.get(hour, Hour())
        asked = (str(found.prompts), str(found.done)) if found.prompts else ("", "")
        sat = brief(found.sitting_s) if found.sitting_s else ""
        table.add_row(f"{hour:02d}", sat, _bar(found.sitting_s, most), *asked)
    yield ""
    yield table


def _bar(value: float, most: float) -> str:
    """As long as it is large; a tenth of a sign is not worth a sign of its own kind. The number
    stands beside it: a screen reader would spell out each block."""
    return "█" * round(_BAR * value / most) if most > 0 and not streams.plain() else ""


def _prompts(prompts: Iterable[PromptLine], catalogue: Catalogue) -> Iterable[RenderableType]:
    lines = [
        f"  {formats.clock(line.at)}  {_name(line, catalogue)}{_end(line)}" for line in prompts
    ]
    return ["", *(Text(line) for line in lines)] if lines else []


def _end(line: PromptLine) -> str:
    return reports.ending(line.ending, standing=line.standing)


def _name(line: PromptLine, catalogue: Catalogue) -> str:
    text = moments.routine(routines.name(line.routine, catalogue), line.side)
    return cells.pad(cells.cut(text, _NAME - 1), _NAME)


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=True, show_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table
