"""The record as text for a terminal of 80 columns, readable without colour."""

from collections.abc import Iterable
from datetime import date

from qlbreak import wording
from qlbreak.core.movements import Catalogue
from qlbreak.core.stats import Figures, PromptLine
from qlbreak.durations import brief

_NAME = 60  # columns: what 80 leave beside the hour and the end


def day_text(
    day: date, figures: Figures, prompts: Iterable[PromptLine], catalogue: Catalogue
) -> str:
    """Ready to print; 80 columns, no colour."""
    head = f"{day:%A %d %B %Y}"
    if not figures.prompts and figures.sitting_s < 1:
        return f"{head}\n\nNothing is recorded yet: the day is young.\n"
    rows = [f"  {name:<16}{text}" for name, text in _rows(figures)]
    lines = [
        f"  {line.at:%H:%M}  {_name(line, catalogue):<{_NAME}}"
        f"{line.ending.value if line.ending else 'open'}"
        for line in prompts
    ]
    return "\n".join([head, "", *rows, *([""] if lines else []), *lines, ""])


def _name(line: PromptLine, catalogue: Catalogue) -> str:
    text = wording.routine(line.routine, line.side, catalogue)
    return text if len(text) < _NAME else f"{text[: _NAME - 2]}…"


def _rows(figures: Figures) -> list[tuple[str, str]]:
    sat = f"{brief(figures.sitting_s)}, longest spell {brief(figures.longest_spell_s)}"
    rows = [("sat", sat), ("natural breaks", str(figures.natural_breaks))]
    if figures.prompts:
        rows.append(("prompts", _prompts(figures)))
    if figures.compliance is not None:
        share = f"{figures.compliance:.0%} done, of those done, skipped or expired"
        rows.append(("compliance", share))
    if figures.evidence:
        known = ", ".join(f"{kind.value} {number}" for kind, number in figures.evidence.items())
        rows.append(("known as", known))
    if figures.left_s or figures.right_s:
        rows.append(("worked sides", f"left {figures.left_s:.0f} s, right {figures.right_s:.0f} s"))
    if figures.held:
        held = ", ".join(f"{number} {reason.value}" for reason, number in figures.held.items())
        rows.append(("held back", held))
    return rows


def _prompts(figures: Figures) -> str:
    ends = {
        "done": figures.done,
        "skipped": figures.skipped,
        "expired": figures.expired,
        "withdrawn": figures.withdrawn,
    }
    told = ", ".join(f"{number} {name}" for name, number in ends.items() if number)
    times = "once" if figures.snoozed == 1 else f"{figures.snoozed} times"
    snoozed = f"; snoozed {times}" if figures.snoozed else ""
    return f"{figures.prompts}{': ' if told else ''}{told}{snoozed}"
