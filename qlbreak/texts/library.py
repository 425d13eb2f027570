"""What the page Movements says, beside the cards: filters, what can be done with a movement."""

from collections.abc import Mapping

from qlbreak.core.model.movements import Kind, Movement, Position
from qlbreak.core.model.terms import Side
from qlbreak.language import _, formats, ngettext, pgettext

SEARCH = _("Search")
SEARCH_HINT = _("Name or muscle")
LIST = _("Movements")
FILTERS = _("Filters")
KIND, POSITION, PLACE = _("Kind"), _("Position"), _("Place")
ANY_KIND, ANY_POSITION, ANY_PLACE = _("Every kind"), _("Every position"), _("Any equipment")
KINDS: Mapping[Kind, str] = {
    Kind.RESET: _("Posture resets"),
    Kind.RELEASE: _("Loosening"),
    Kind.LENGTHEN: _("Stretching"),
    Kind.STRENGTHEN: _("Strengthening"),
    Kind.NEIGHBOUR: _("Muscles nearby"),
}
# Translators: the position of a movement
POSITIONS: Mapping[Position, str] = {
    Position.SEATED: pgettext("position", "Sitting"),
    Position.STANDING: pgettext("position", "Standing"),
    Position.WALL: _("At a wall"),
    Position.FLOOR: _("On the floor"),
}
DISCREET = _("Nobody notices it")
MINE = _("Only what suits me")
NONE_FITS = _("No movement fits. Clear the search or a filter.")
BACK = _("All movements")

SHOW_SIDE = _("Side that the figure shows")
SIDES: Mapping[Side, str] = {Side.LEFT: _("Left side"), Side.RIGHT: _("Right side")}
STEPS = _("How to do it")

DO_IT = _("Do it now")
OPENING = _("The guide opens.")
NOT_OPENED = _("The guide did not open. To find out why, run: qlbreak doctor")
NEVER = _("Never offer this one")
AGAIN = _("Offer it again")
IS_NEVER = _("You are never offered this one. You can still do it from here.")
LAST_RESORT = _("It comes only where nothing else would be left.")
NOW_NEVER = _("You will not be offered this one any more.")
NOW_AGAIN = _("You may be offered this one again.")
OWN = _("This movement is your own.")


def line(movement: Movement) -> str:
    """In the list: its name, and below that where and how long."""
    below = formats.commas([POSITIONS[movement.position], _seconds(movement)])
    return f"{movement.plain_name}\n{below}"


def _seconds(movement: Movement) -> str:
    if movement.sided:
        return _("{n} s a side", n=movement.default_s)
    return _("{n} s", n=movement.default_s)


def count(number: int) -> str:
    return ngettext("{n} movement", "{n} movements", number, n=number)


_FIGURES = {
    Side.LEFT: _("Figure: {movement}, left side"),
    Side.RIGHT: _("Figure: {movement}, right side"),
}


def figure(movement: Movement, side: Side) -> str:
    """What the picture shows."""
    name = movement.plain_name
    if not movement.sided or side is Side.BOTH:
        return _("Figure: {movement}", movement=name)
    return _FIGURES[side].format(movement=name)


def not_saved(why: str) -> str:
    return _("This could not be saved: {why}", why=why)
