"""A routine in words: its name, and why it was chosen now."""

from collections.abc import Mapping

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.movements import Catalogue, Movement, Position
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.score import order
from qlbreak.core.model.terms import Side, Why
from qlbreak.language import _, formats
from qlbreak.system import printable
from qlbreak.texts.durations import exact, left

_SECONDS = 120  # beyond them nobody thinks in seconds
_NO_ROOM = {
    frozenset({Position.SEATED}): _("Seated, because there was no room."),
    frozenset({Position.WALL}): _("At the wall, because there was no room."),
}
# Of the very first side there is nothing to say.
_TEXTS = {
    Why.BACK: _("A gentle start after some time off."),
    Why.LONGER: _("This is the longer routine."),
    Why.LAST_CALL: _("This is the short one, after your snoozes."),
    Why.SORE: _("Gentle, because you are sore today."),
    Why.CHECK_IN: _("Gentle, because of your last check-in."),
    Why.TRAVEL: _("After a trip, start by getting up."),
    Why.MEETING: _("Nobody in the meeting will notice."),
    Why.AFTER_MEETING: _("Up from the chair after a long meeting."),
    Why.EVENING: _("For the end of the day."),
    Why.LOOSEN_BEHIND: _("You have done less loosening lately."),
    Why.LENGTHEN_BEHIND: _("You have done less lengthening lately."),
    Why.STRENGTHEN_BEHIND: _("You have done less strengthening lately."),
    Why.NO_ROOM: _("Seated or at the wall, because there was no room."),
    Why.SEEN: _("Nobody around you will notice, because others could see you."),
    Why.HURT: _("The movements that hurt are resting."),
    Why.FEW: _("Little else fits today."),
    Why.RESORT: _("Nothing else is left, so this is one that suits everybody."),
    # Translators: {by} is the name of a physiotherapist or doctor.
    Why.PLAN: _("From your plan by {by}."),
    Why.EXTRA: _("That side gets one extra short set."),
}
_TEXTS_OF_A_SIDE = {
    Why.SIDE_TIGHTER: {
        Side.LEFT: _("Left first, your tighter side."),
        Side.RIGHT: _("Right first, your tighter side."),
    },
    Why.SIDE_WEAKER: {
        Side.LEFT: _("Left first, your weaker side."),
        Side.RIGHT: _("Right first, your weaker side."),
    },
    Why.SIDE_BEHIND: {
        Side.LEFT: _("Left first, because it has had less so far."),
        Side.RIGHT: _("Right first, because it has had less so far."),
    },
    Why.SIDE_TURN: {
        Side.LEFT: _("Left first, because right went first last time."),
        Side.RIGHT: _("Right first, because left went first last time."),
    },
}
# Translators: a title; a notification shows some 40 characters of it.
_TASK = {
    Side.LEFT: _("{name}: {long}, left first."),
    Side.RIGHT: _("{name}: {long}, right first."),
}
_TASK_A_SIDE = {
    Side.LEFT: _("{name}: {seconds} s each side, left first."),
    Side.RIGHT: _("{name}: {seconds} s each side, right first."),
}
_TASK_ONE_SIDE = {
    Side.LEFT: _("{name}: {seconds} s on the left only."),
    Side.RIGHT: _("{name}: {seconds} s on the right only."),
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
    called, (first, _other) = title(plan), order(plan.side)
    sided = any(block.in_turn for block in plan.blocks)
    if len(plan.blocks) > 1:
        seconds = total_seconds(plan.blocks)
        whole = exact(seconds) if seconds <= _SECONDS else left(seconds)
        return _TASK[first].format(name=called, long=whole) if sided else _plainly(called, whole)
    (block,) = plan.blocks
    if block.only is not None:
        return _TASK_ONE_SIDE[block.only].format(name=called, seconds=block.seconds)
    if sided:
        return _TASK_A_SIDE[first].format(name=called, seconds=block.seconds)
    return _plainly(called, _("{n} s", n=block.seconds))


def _plainly(called: str, long: str) -> str:
    return _("{name}: {long}.", name=called, long=long)


def _composed(routine: str, known: Mapping[str, Movement]) -> str:
    parts = routine.split("+")
    if not all(part in known for part in parts):
        return printable.line(routine)
    return formats.capitalized(formats.listed([known[part].short for part in parts]))


def why(plan: Plan) -> str:
    """A short sentence for each reason; nothing where there is nothing to say."""
    return formats.sentences(*(_because(reason, plan) for reason in plan.why))


def _because(reason: Why, plan: Plan) -> str:
    if reason in _TEXTS_OF_A_SIDE:
        return _TEXTS_OF_A_SIDE[reason][order(plan.side)[0]]
    if reason is Why.NO_ROOM:
        positions = frozenset(block.movement.position for block in plan.blocks)
        return _NO_ROOM.get(positions, _TEXTS[reason])
    return _TEXTS.get(reason, "").format(by=printable.line(plan.prescriber))
