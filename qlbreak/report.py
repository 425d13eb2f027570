"""A day's record as text, and as the values that programs rely on."""

from typing import Any

from qlbreak import wording
from qlbreak.core.movements import Catalogue
from qlbreak.core.stats import Day, DayFigures, PromptLine
from qlbreak.core.status import Status
from qlbreak.durations import brief

_NAME = 60  # columns: what 80 leave beside the hour and the end


def contract(now: Status, today: DayFigures, trouble: str = "") -> dict[str, Any]:
    """`status --json`: names and units that others rely on."""
    prompt = now.prompt
    return {
        "state": now.mode.value,
        "sitting_s": round(now.sitting),
        "since_break_s": round(now.since_break),
        "next_prompt_in_s": None if now.next_in is None else round(now.next_in),
        "why": trouble or wording.why(now),
        "prompt": prompt
        and {
            "id": prompt.id,
            "routine": prompt.routine,
            "side": prompt.side.value,
            "shown_at": prompt.shown_at and prompt.shown_at.isoformat(),
            "snoozes": prompt.snoozes,
        },
        "today": day_contract(today),
    }


def day_contract(today: DayFigures) -> dict[str, Any]:
    """Names and units of `stats --json`."""
    return {
        "prompts": today.prompts,
        "done": today.done,
        "snoozed": today.snoozed,
        "skipped": today.skipped,
        "expired": today.expired,
        "withdrawn": today.withdrawn,
        "natural_breaks": today.natural_breaks,
        "sitting_s": round(today.sitting_s),
        "longest_spell_s": round(today.longest_spell_s),
        "left_s": today.left_s,
        "right_s": today.right_s,
        "compliance": today.compliance,
    }


def day_text(day: Day, figures: DayFigures, catalogue: Catalogue) -> str:
    """Ready to print; 80 columns, no colour."""
    head = f"{figures.day:%A %d %B %Y}"
    if not figures.prompts and figures.sitting_s < 1:
        return f"{head}\n\nNothing is recorded yet: the day is young.\n"
    rows = [f"  {name:<16}{text}" for name, text in _rows(figures)]
    prompts = [
        f"  {line.at:%H:%M}  {_name(line, catalogue):<{_NAME}}"
        f"{line.ending.value if line.ending else 'open'}"
        for line in day.prompts()
    ]
    return "\n".join([head, "", *rows, *([""] if prompts else []), *prompts, ""])


def _name(line: PromptLine, catalogue: Catalogue) -> str:
    text = wording.routine(line.routine, line.side, catalogue)
    return text if len(text) < _NAME else f"{text[: _NAME - 2]}…"


def _rows(figures: DayFigures) -> list[tuple[str, str]]:
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
        rows.append(("worked sides", f"left {figures.left_s} s, right {figures.right_s} s"))
    if figures.held:
        held = ", ".join(f"{number} {reason.value}" for reason, number in figures.held.items())
        rows.append(("held back", held))
    return rows


def _prompts(figures: DayFigures) -> str:
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
