"""Asks over a bus who may be late, as a busy machine makes anybody."""

from qlbreak.senses.bus_questions import Told
from rig.waiting import wait_for


def late(told: Told) -> bool:
    try:
        told()
    except TimeoutError:
        return True
    return False


def asked(told: Told) -> bool | None:
    """What it tells; who is held up by a busy machine for too long tells it later."""
    wait_for(lambda: not late(told), 3, "it has answered")
    return told()
