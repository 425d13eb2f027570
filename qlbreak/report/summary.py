"""What stands at the head of the page, and what its words mean: sentences, no charts."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from qlbreak.core.statistics.figures import Figures, total
from qlbreak.report.series import Days
from qlbreak.texts.durations import brief, counted, exact
from qlbreak.texts.names import HELD, KNOWN, listed

ADVICE = "This is general movement advice, not medicine."
FOR_WHOM = (
    "For you, and for whomever you choose to show it to: a physiotherapist, say. It was made on "
    "your own machine from your own record, and loads nothing from anywhere."
)
NOTHING = (
    "Nothing is recorded yet, so there is nothing to draw. Let qlbreak run for a day or two while "
    "you work; then this page shows how long you sat and what became of the prompts."
)
NOTHING_LATELY = "In the last four weeks nothing was recorded."
MEANINGS = (
    ("sat", "Time at the desk, in hours and minutes. Sleep, lock and time away are not sitting."),
    ("assumed", "Sitting that nothing could confirm, since idle time could not be read."),
    ("spell", "An unbroken stretch of sitting. The limit is when a prompt falls due."),
    ("natural break", "You got up without being asked."),
    ("done", "You did the routine: with the guide, or you said so."),
    ("skipped, expired", "You said no; nobody answered."),
    ("withdrawn", "You got up by yourself before you answered. Never counted against you."),
    ("held back", "It was not the moment: a meeting, a pause. Never counted against you."),
    ("compliance", "Done, of those done, skipped or expired."),
    ("left, right", "Work for one side only; the side is the one that the movement is for."),
    ("release, lengthen, strengthen", "What the movements are for: loosen, make longer, load."),
    (
        "check-in",
        "Discomfort over seven days, 0 to 10. Rating left and right apart is our own idea; how "
        "well it measures is not known.",
    ),
)


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
        found.append(KeyFigure(mean, f"sat a day, on {counted(len(sat), 'day')} with sitting"))
        longest = f"longest spell; the limit is {exact(limit)}"
        found.append(KeyFigure(brief(figures.longest_spell_s), longest))
    if figures.compliance is not None:
        share = f"of the prompts done: {figures.done} of the {figures.ended} that count"
        found.append(KeyFigure(f"{figures.compliance:.0%}", share))
    if figures.left_s or figures.right_s:
        sides = f"{figures.left_s / 60:.0f} | {figures.right_s / 60:.0f} min"
        found.append(KeyFigure(sides, "of one-sided work, left | right"))
    return found


def sentences(days: Days) -> list[str]:
    """The last four weeks, with what is never counted against the person told apart."""
    figures = total(days.values())
    if figures.empty:
        return [NOTHING_LATELY]
    parts = (_prompts, _apart, _known, _assumed)
    return [text for part in parts if (text := part(figures))]


def _prompts(figures: Figures) -> str:
    if not figures.prompts:
        return "No prompt came up."
    ends = f"{figures.done} done, {figures.skipped} skipped, {figures.expired} expired"
    return f"{counted(figures.prompts, 'prompt')} came up: {ends}."


def _apart(figures: Figures) -> str:
    told = []
    if figures.withdrawn:
        told.append(f"{figures.withdrawn} withdrawn, since you got up by yourself")
    if figures.held:
        reasons = listed(figures.held, HELD)
        told.append(f"{sum(figures.held.values())} held back ({reasons})")
    return f"Besides them, and never counted against you: {'; '.join(told)}." if told else ""


def _known(figures: Figures) -> str:
    if not figures.evidence:
        return ""
    return f"How the done ones are known: {listed(figures.evidence, KNOWN)}."


def _assumed(figures: Figures) -> str:
    if figures.unknown_s < 60:
        return ""
    return f"{brief(figures.unknown_s)} of the sitting are assumed: idle time could not be read."
