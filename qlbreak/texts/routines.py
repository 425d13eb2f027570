"""A routine in words: its name, and why it was chosen now."""

from collections.abc import Mapping

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.movements import Catalogue, Movement, Position
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.terms import Side, Why
from qlbreak.system import printable
from qlbreak.texts.durations import exact, left

_SECONDS = 120  # beyond them nobody thinks in seconds
_NO_ROOM = {
    frozenset({Position.SEATED}): "Seated, because there was no room.",
    frozenset({Position.WALL}): "At the wall, because there was no room.",
}
# Of the very first side there is nothing to say.
_TEXTS = {
    Why.BACK: "A gentle start after some time off.",
    Why.LONGER: "This is the longer routine.",
    Why.LAST_CALL: "This is the short one, after your snoozes.",
    Why.SORE: "Gentle, because you are sore today.",
    Why.CHECK_IN: "Gentle, because of your last check-in.",
    Why.TRAVEL: "After a trip, start by getting up.",
    Why.MEETING: "Nobody in the meeting will notice.",
    Why.AFTER_MEETING: "Up from the chair after a long meeting.",
    Why.EVENING: "For the end of the day.",
    Why.LOOSEN_BEHIND: "You have done less loosening lately.",
    Why.LENGTHEN_BEHIND: "You have done less lengthening lately.",
    Why.STRENGTHEN_BEHIND: "You have done less strengthening lately.",
    Why.NO_ROOM: "Seated or at the wall, because there was no room.",
    Why.SEEN: "Nobody around you will notice, because others could see you.",
    Why.HURT: "The movements that hurt are resting.",
    Why.FEW: "Little else fits today.",
    Why.RESORT: "Nothing else is left, so this is one that suits everybody.",
    Why.SIDE_TIGHTER: "{Side} first, your tighter side.",
    Why.SIDE_WEAKER: "{Side} first, your weaker side.",
    Why.SIDE_BEHIND: "{Side} first, because it has had less so far.",
    Why.SIDE_TURN: "{Side} first, because {other} went first last time.",
    Why.PLAN: "From your plan by {by}.",
    Why.EXTRA: "That side gets one extra short set.",
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


def task(plan: Plan) -> str:
    """What to do in one line: its name, the seconds, the side; how, the guide shows.

    "Wall boomerang: 24 s each side, left first."
    """
    called, first = title(plan), plan.side
    sided = any(block.in_turn for block in plan.blocks)
    if len(plan.blocks) > 1:
        seconds = total_seconds(plan.blocks)
        whole = exact(seconds) if seconds <= _SECONDS else left(seconds)
        return f"{called}: {whole}, {first} first." if sided else f"{called}: {whole}."
    (block,) = plan.blocks
    if block.only is not None:
        return f"{called}: {block.seconds} s on the {block.only} only."
    if sided:
        return f"{called}: {block.seconds} s each side, {first} first."
    return f"{called}: {block.seconds} s."


def _composed(routine: str, known: Mapping[str, Movement]) -> str:
    parts = routine.split("+")
    if not all(part in known for part in parts):
        return printable.line(routine)
    *rest, last = (known[part].short for part in parts)
    text = f"{', '.join(rest)} and {last}" if rest else last
    return text[0].upper() + text[1:]


def why(plan: Plan) -> str:
    """A short sentence for each reason; nothing where there is nothing to say."""
    other = Side.LEFT if plan.side is Side.RIGHT else Side.RIGHT
    told = [reason for reason in plan.why if reason in _TEXTS]
    named = {
        "Side": plan.side.capitalize(),
        "other": other.value,
        "by": printable.line(plan.prescriber),
    }
    positions = frozenset(block.movement.position for block in plan.blocks)
    texts = {**_TEXTS, Why.NO_ROOM: _NO_ROOM.get(positions, _TEXTS[Why.NO_ROOM])}
    return " ".join(texts[reason].format(**named) for reason in told)
