"""The record as the values that programs rely on."""

from datetime import timedelta
from typing import Any

from qlbreak.core.coach.prescriptions import PlanDay
from qlbreak.core.reminder.status import Status
from qlbreak.core.statistics.figures import LATELY, Figures, between, total
from qlbreak.record.load import Record
from qlbreak.report import plan_text
from qlbreak.texts import moments


def status(now: Status, today: Figures, trouble: str = "") -> dict[str, Any]:
    """`status --json`: names and units that others rely on."""
    prompt = now.prompt
    return {
        "state": now.mode.value,
        "sitting_s": round(now.sitting),
        "standing_s": round(now.stood),
        "since_break_s": round(now.since_break),
        "next_prompt_in_s": None if now.next_in is None else round(now.next_in),
        "why": trouble or moments.why(now),
        "prompt": prompt
        and {
            "id": prompt.id,
            "routine": prompt.routine,
            "side": prompt.side.value,
            "shown_at": prompt.shown_at and prompt.shown_at.isoformat(),
            "snoozes": prompt.snoozes,
        },
        "today": day(today),
        "plan": now.programme and _plan(now.programme),
    }


def _plan(now: PlanDay) -> dict[str, Any]:
    """What somebody's plan asks for today; `week` is 0 before it begins."""
    return {
        "name": now.programme.name,
        "from": now.programme.by,
        "week": now.week,
        "weeks": now.programme.weeks,
        "today": [
            {
                "movement": item.prescription.movement,
                "side": item.prescription.side.value,
                "times": item.prescription.times,
                "done": item.done,
                "obstacle": item.obstacle and item.obstacle.value,
            }
            for item in now.items
        ],
    }


def day(today: Figures) -> dict[str, Any]:
    """`today` in `status --json`."""
    return {
        "prompts": today.prompts,
        "done": today.done,
        "snoozed": today.snoozed,
        "skipped": today.skipped,
        "expired": today.expired,
        "withdrawn": today.withdrawn,
        "natural_breaks": today.natural_breaks,
        "sitting_s": round(today.sitting_s),
        "standing_s": round(today.standing_s),
        "longest_spell_s": round(today.longest_spell_s),
        "left_s": round(today.left_s),
        "right_s": round(today.right_s),
        "compliance": today.compliance,
    }


def today(record: Record) -> dict[str, Any]:
    """`stats --json`: what stands in `status --json`, and all the rest."""
    yesterday = record.today - timedelta(days=1)
    before = between(record.days, yesterday - timedelta(days=LATELY - 1), yesterday)
    return {
        "day": record.today.isoformat(),
        **figures(record.day(record.today)),
        "last_4_weeks": {"days": len(before), **figures(total(before.values()))},
        "plan": plan_text.of_record(record),
    }


def span(record: Record, days: int) -> dict[str, Any]:
    """`stats --days N --json`."""
    first = record.today - timedelta(days=days - 1)
    found = between(record.days, first, record.today)
    return {
        "from": first.isoformat(),
        "to": record.today.isoformat(),
        "days": [{"day": day.isoformat(), **figures(found[day])} for day in found],
        "total": figures(total(found.values())),
    }


def figures(of: Figures) -> dict[str, Any]:
    """Durations in whole seconds; hours of the day as text, "0" to "23"."""
    return {
        **day(of),
        "unknown_s": round(of.unknown_s),
        "over_s": round(of.over_s),
        "spells": of.spells,
        "put_off": of.put_off,
        "put_off_done": of.put_off_done,
        "kinds_s": {kind.value: round(seconds) for kind, seconds in of.kinds.items()},
        "held": {reason.value: number for reason, number in of.held.items()},
        "refusals": {reason.value: number for reason, number in of.refusals.items()},
        "evidence": {kind.value: number for kind, number in of.evidence.items()},
        "feelings": {feeling.value: number for feeling, number in of.feelings.items()},
        "hours": {
            str(hour): {"sitting_s": round(h.sitting_s), "prompts": h.prompts, "done": h.done}
            for hour, h in of.hours.items()
        },
        "check_ins": [
            {
                "at": entry.at.isoformat(),
                "left": entry.left,
                "right": entry.right,
                "middle": entry.middle,
                "work": entry.work and entry.work.value,
            }
            for entry in of.check_ins
        ],
    }
