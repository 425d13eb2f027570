"""The figures that stand out at the head of the page."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from qlbreak.core.statistics.figures import Figures, total
from qlbreak.language import _, formats, ngettext
from qlbreak.report.series import Days
from qlbreak.texts import columns, reports
from qlbreak.texts.durations import brief, exact


class KeyFigure(Struct, frozen=True):
    """A figure that stands out, and what it is."""

    figure: str
    text: str


def span(days: Mapping[date, Figures], today: date) -> str:
    first = min(days, default=today)
    return columns.span(min(first, today), today)


def tiles(days: Days, limit: float) -> list[KeyFigure]:
    """Of the last four weeks, and nothing of what was not recorded in them."""
    sat = [figures.sitting_s for figures in days.values() if figures.sitting_s >= 1]
    figures = total(days.values())
    found = []
    if sat:
        mean = brief(sum(sat) / len(sat))
        # Translators: below a large figure such as "5 h 10 min".
        told = ngettext(
            "sitting a day, over {n} day", "sitting a day, over {n} days", len(sat), n=len(sat)
        )
        found.append(KeyFigure(mean, told))
        longest = _("longest stretch; the limit is {duration}", duration=exact(limit))
        found.append(KeyFigure(brief(figures.longest_spell_s), longest))
    if figures.standing_s >= 60:
        stood = brief(figures.standing_s / len(days))
        found.append(KeyFigure(stood, _("standing a day, as you said")))
    if figures.compliance is not None:
        found.append(KeyFigure(formats.percent(figures.compliance), reports.taken(figures)))
    if figures.left_s or figures.right_s:
        left, right = round(figures.left_s / 60), round(figures.right_s / 60)
        sides = _("{left} | {right} min", left=left, right=right)
        found.append(KeyFigure(sides, _("of one-sided work, left | right")))
    return found


def sentences(days: Days) -> list[str]:
    return reports.sentences(total(days.values()))
