"""The record as the values that programs rely on."""

from typing import Any

from qlbreak import wording
from qlbreak.core.stats import Figures
from qlbreak.core.status import Status


def status(now: Status, today: Figures, trouble: str = "") -> dict[str, Any]:
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
        "today": day(today),
    }


def day(today: Figures) -> dict[str, Any]:
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
        "left_s": round(today.left_s),
        "right_s": round(today.right_s),
        "compliance": today.compliance,
    }
