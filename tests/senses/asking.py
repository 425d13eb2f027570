"""Asks over a bus who may be late, as a busy machine makes anybody."""

from qlbreak.senses.bus_questions import Told
from rig.waiting import wait_for


def _look(told: Told) -> tuple[bool | None] | None:
    """Nothing where it is late."""
    try:
        return (told(),)
    except TimeoutError:
        return None


def late(told: Told) -> bool:
    return _look(told) is None


def asked(told: Told) -> bool | None:
    """What it tells; who is held up by a busy machine for too long tells it later."""
    found = wait_for(lambda: _look(told), 3, "it has answered")
    assert found is not None
    return found[0]


def tells(told: Told, answer: bool | None, what: str, seconds: float = 3) -> None:
    """That it comes to tell this."""
    wait_for(lambda: asked(told) is answer, seconds, what, lambda: asked(told))
