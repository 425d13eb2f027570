"""What the page Movements says, beside the cards: filters, what can be done with a movement."""

from collections.abc import Mapping

from qlbreak.core.model.movements import Kind, Movement, Position
from qlbreak.core.model.terms import Side

SEARCH = "Search"
SEARCH_HINT = "Name or muscle"
LIST = "Movements"
FILTERS = "Filters"
KIND, POSITION, PLACE = "Kind", "Position", "Place"
ANY_KIND, ANY_POSITION, ANY_PLACE = "Every kind", "Every position", "Any equipment"
KINDS: Mapping[Kind, str] = {
    Kind.RESET: "Posture resets",
    Kind.RELEASE: "Loosening",
    Kind.LENGTHEN: "Stretching",
    Kind.STRENGTHEN: "Strengthening",
    Kind.NEIGHBOUR: "Muscles nearby",
}
POSITIONS: Mapping[Position, str] = {
    Position.SEATED: "Sitting",
    Position.STANDING: "Standing",
    Position.WALL: "At a wall",
    Position.FLOOR: "On the floor",
}
DISCREET = "Nobody notices it"
MINE = "Only what suits me"
NONE_FITS = "No movement fits. Clear the search or a filter."
BACK = "All movements"

SHOW_SIDE = "Side that the figure shows"
SIDES: Mapping[Side, str] = {Side.LEFT: "Left side", Side.RIGHT: "Right side"}
STEPS = "How to do it"

DO_IT = "Do it now"
OPENING = "The guide opens."
NOT_OPENED = "The guide did not open. To find out why, run: qlbreak doctor"
NEVER = "Never offer this one"
AGAIN = "Offer it again"
IS_NEVER = "You are never offered this one. You can still do it from here."
LAST_RESORT = "It comes only where nothing else would be left."
NOW_NEVER = "You will not be offered this one any more."
NOW_AGAIN = "You may be offered this one again."
OWN = "This movement is your own."


def line(movement: Movement) -> str:
    """In the list: its name, and below that where and how long."""
    return f"{movement.plain_name}\n{POSITIONS[movement.position]}, {_seconds(movement)}"


def _seconds(movement: Movement) -> str:
    seconds = movement.default_s
    return f"{seconds} s a side" if movement.sided else f"{seconds} s"


def count(number: int) -> str:
    return "1 movement" if number == 1 else f"{number} movements"


def figure(movement: Movement, side: Side) -> str:
    """What the picture shows."""
    if not movement.sided:
        return f"Figure: {movement.plain_name}"
    return f"Figure: {movement.plain_name}, {side.value} side"


def not_saved(why: str) -> str:
    return f"This could not be saved: {why}"
