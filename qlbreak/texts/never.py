"""What is said of movements that are never to be offered, or may be again."""

from collections.abc import Iterable

from qlbreak.core.model.movements import Movement
from qlbreak.language import _, formats
from qlbreak.texts import library

NOBODY = _("All movements may be offered. To leave one out: qlbreak never MOVEMENT")
NOT_SAVED = _("This could not be saved")
TO_TAKE_BACK = _("To take one back: qlbreak allow MOVEMENT")
UNKNOWN = _("a movement that is not here")
ENDED = _("it ended because of an error; in a terminal: qlbreak never")


def left_out(movement: Movement) -> str:
    """What happened, what may still be, and the way back."""
    return formats.sentences(
        _("You will not be offered this any more: {movement}.", movement=movement.plain_name),
        library.LAST_RESORT if movement.suits_everybody else "",
        _back(movement),
    )


def already(movement: Movement) -> str:
    name = movement.plain_name
    return formats.sentences(
        _("You are never offered this already: {movement}.", movement=name), _back(movement)
    )


def _back(movement: Movement) -> str:
    return _("To take it back: qlbreak allow {id}.", id=movement.id)


def only_now(why: str) -> str:
    """It could not be written into the settings."""
    return _("It is left out now, but not for good: {why}", why=why)


def taken_back(name: str) -> str:
    return _("You may be offered this again: {movement}.", movement=name)


def was_not(name: str) -> str:
    return _("You may be offered this already: {movement}.", movement=name)


def instead(routine: str) -> str:
    """Of the reminder that is open."""
    return _("Now it is: {routine}.", routine=routine)


def of_a_routine(name: str, movements: Iterable[str]) -> str:
    return _(
        "{name} is a routine; name one of its movements: {movements}",
        name=repr(name),
        movements=formats.commas([*movements]),
    )


def rows(found: Iterable[tuple[str, str]]) -> str:
    """A line each: its id, its name."""
    told = list(found)
    wide = max(len(name) for name, _what in told)
    lines = [f"{name:{wide}}  {what}" for name, what in told]
    return "\n".join([*lines, TO_TAKE_BACK])
