"""What a person has told about themselves and their places: it decides what can be offered."""

from enum import StrEnum

from msgspec import Struct

from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.terms import Side


class Place(StrEnum):
    OFFICE = "office"
    HOME = "home"
    TRAVEL = "travel"


_USUAL = frozenset[Thing](("chair", "steady chair", "desk", "wall"))


class Profile(Struct, frozen=True):
    """`tighter`, `weaker`: the side that feels so, None for neither. `cautions` hide movements.

    `strong`: strong movements are wanted. `flexible`: very, so rather work than stretching.
    `discreet`: nothing that others would notice. `never`: movements that are not to be offered, by
    their ids. A "mat" among the things of a place means that the floor may be used.
    """

    tighter: Side | None = None
    weaker: Side | None = None
    cautions: frozenset[Flag] = frozenset()
    strong: bool = False
    flexible: bool = False
    discreet: bool = False
    never: frozenset[str] = frozenset()
    here: Place = Place.OFFICE
    office: frozenset[Thing] = _USUAL
    home: frozenset[Thing] = _USUAL
    travel: frozenset[Thing] = frozenset[Thing](("chair", "steady chair"))

    def things(self, place: Place) -> frozenset[Thing]:
        things: frozenset[Thing] = getattr(self, place)
        return things

    @property
    def first(self) -> Side | None:
        """The side that gets the fresh minute: the tighter one, else the weaker one."""
        return self.tighter or self.weaker


NOBODY = Profile()
"""Who has told nothing."""
