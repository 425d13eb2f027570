"""A routine in words: its name, and why it was chosen now."""

from collections.abc import Mapping

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.terms import Side, Why
from qlbreak.system import printable

# Of the very first side there is nothing to say.
_TEXTS = {
    Why.BACK: "a gentle start after some time off",
    Why.LONGER: "the longer one, as now and then",
    Why.LAST_CALL: "the short one, after the snoozes",
    Why.SORE: "gentle, since you are sore today",
    Why.CHECK_IN: "gentle, going by your last check-in",
    Why.TRAVEL: "after sitting on the way, up and about first",
    Why.MEETING: "nobody in the meeting will notice",
    Why.AFTER_MEETING: "up from the chair after a long meeting",
    Why.EVENING: "for the end of the day",
    Why.LOOSEN_BEHIND: "loosening is behind these days",
    Why.LENGTHEN_BEHIND: "lengthening is behind these days",
    Why.STRENGTHEN_BEHIND: "strengthening is behind these days",
    Why.FEW: "little else fits what is here today",
    Why.SIDE_TIGHTER: "{side} first, the tighter side",
    Why.SIDE_WEAKER: "{side} first, the weaker side",
    Why.SIDE_BEHIND: "{side} first, it has had less so far",
    Why.SIDE_TURN: "{side} first, the {other} began last time",
    Why.EXTRA: "one short set more for that side",
}


def name(routine: str, catalogue: Catalogue) -> str:
    """ "Rock and reach", "Pelvic rock, side reach and hip hike"; a journal may tell of a routine
    that an update has taken away."""
    worked = catalogue.routines.get(routine)
    return worked.name if worked is not None else _composed(routine, catalogue.movements)


def title(plan: Plan | None) -> str:
    """The same; of nothing, nothing."""
    if plan is None:
        return ""
    known = {block.movement.id: block.movement for block in plan.blocks}
    return plan.worked or _composed(plan.routine, known)


def _composed(routine: str, known: Mapping[str, Movement]) -> str:
    parts = routine.split("+")
    if not all(part in known for part in parts):
        return printable.line(routine)
    *rest, last = (known[part].short for part in parts)
    text = f"{', '.join(rest)} and {last}" if rest else last
    return text[0].upper() + text[1:]


def why(plan: Plan) -> str:
    """One sentence, or nothing where there is nothing to say."""
    other = Side.LEFT if plan.side is Side.RIGHT else Side.RIGHT
    told = [reason for reason in plan.why if reason in _TEXTS]
    texts = [_TEXTS[reason].format(side=plan.side, other=other) for reason in told]
    text = "; ".join(texts)
    return f"{text[0].upper()}{text[1:]}." if text else ""
