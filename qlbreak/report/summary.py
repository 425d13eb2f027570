"""The figures that stand out at the head of the page."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from qlbreak.core.statistics.figures import Figures, total
from qlbreak.report.series import Days
from qlbreak.texts import reports
from qlbreak.texts.durations import brief, counted, exact


class KeyFigure(Struct, frozen=True):
    """A figure that stands out, and what it is."""

    figure: str
    text: str


def span(days: Mapping[date, Figures], today: date) -> str:
    first = min(days, default=today)
    return f"{first:%d %B %Y} to {today:%d %B %Y}" if first < today else f"{today:%d %B %Y}"


def tiles(days: Days, limit: float) -> list[KeyFigure]:
    """Of the last four weeks, and nothing of what was not recorded in them."""
    sat = [figures.sitting_s for figures in days.values() if figures.sitting_s >= 1]
    figures = total(days.values())
    found = []
    if sat:
        mean = brief(sum(sat) / len(sat))
        found.append(KeyFigure(mean, f"sitting a day, over {counted(len(sat), 'day')}"))
        longest = f"{reports.STRETCH}; the limit is {exact(limit)}"
        found.append(KeyFigure(brief(figures.longest_spell_s), longest))
    if figures.standing_s >= 60:
        stood = brief(figures.standing_s / len(days))
        found.append(KeyFigure(stood, "standing a day, as you said"))
    if figures.compliance is not None:
        found.append(KeyFigure(f"{figures.compliance:.0%}", reports.taken(figures)))
    if figures.left_s or figures.right_s:
        sides = f"{figures.left_s / 60:.0f} | {figures.right_s / 60:.0f} min"
        found.append(KeyFigure(sides, "of one-sided work, left | right"))
    return found


def sentences(days: Days) -> list[str]:
    return reports.sentences(total(days.values()))
