"""What is said of movements that are never to be offered, or may be again."""

from collections.abc import Iterable

from qlbreak.core.model.movements import Movement
from qlbreak.texts import library

NOBODY = "All movements may be offered. To leave one out: qlbreak never MOVEMENT"
NOT_SAVED = "This could not be saved"
TO_TAKE_BACK = "To take one back: qlbreak allow MOVEMENT"
UNKNOWN = "a movement that is not here"
ENDED = "it ended because of an error; in a terminal: qlbreak never"


def left_out(movement: Movement) -> str:
    """What happened, what may still be, and the way back."""
    resort = [library.LAST_RESORT] if movement.suits_everybody else []
    said = f"You will not be offered this any more: {movement.plain_name}."
    return " ".join([said, *resort, f"To take it back: qlbreak allow {movement.id}."])


def already(movement: Movement) -> str:
    return (
        f"You are never offered this already: {movement.plain_name}. To take it back: qlbreak allow"
        f" {movement.id}."
    )


def only_now(why: str) -> str:
    """It could not be written into the settings."""
    return f"It is left out now, but not for good: {why}"


def taken_back(name: str) -> str:
    return f"You may be offered this again: {name}."


def was_not(name: str) -> str:
    return f"You may be offered this already: {name}."


def instead(routine: str) -> str:
    """Of the reminder that is open."""
    return f"Now it is: {routine}."


def of_a_routine(name: str, movements: Iterable[str]) -> str:
    return f"{name!r} is a routine; name one of its movements: {', '.join(movements)}"


def rows(found: Iterable[tuple[str, str]]) -> str:
    """A line each: its id, its name."""
    told = list(found)
    wide = max(len(name) for name, _ in told)
    lines = [f"{name:{wide}}  {what}" for name, what in told]
    return "\n".join([*lines, TO_TAKE_BACK])
