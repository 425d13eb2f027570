"""The settings of the person: what they are offered, and what they have where."""

from functools import cache
from typing import Annotated

from msgspec import Struct

from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import NOBODY, Place
from qlbreak.core.model.terms import Side
from qlbreak.data import FORMER, cautions, load
from qlbreak.language import _
from qlbreak.settings.kinds import OneOf, Option, SomeOf, Switch
from qlbreak.texts.names import PLACES

_SIDE = OneOf(
    (
        Option("left", _("Left")),
        Option("right", _("Right")),
        Option("none", _("Neither, or I can't tell")),
    ),
    Side,
)


def _cautions() -> tuple[Option, ...]:
    return tuple(Option(word, told.label, told.needs or "") for word, told in cautions().items())


@cache
def _movements() -> tuple[Option, ...]:
    """Those of the program."""
    return tuple(Option(one.id, one.name) for one in load().movements.values())


class YouSection(Struct, frozen=True):
    """You: what you are offered, and which side goes first."""

    tighter: Annotated[
        Side | None,
        _SIDE,
        "Which side of your lower back feels tighter or sorer",
        "Both sides are always trained. This one goes first and sometimes gets an extra short set.",
    ] = NOBODY.tighter
    weaker: Annotated[
        Side | None,
        _SIDE,
        "Which side feels weaker or wobblier",
        "For example in a side plank. It can be the other side.",
    ] = NOBODY.weaker
    cautions: Annotated[
        frozenset[Flag],
        SomeOf(_cautions, FORMER),
        "What you need to be careful with; movements that do not suit it are hidden",
        "If any of these is true for you, ask a health professional before you begin.",
    ] = NOBODY.cautions
    strong: Annotated[bool, Switch(), "Offer strong movements, after about five weeks"] = (
        NOBODY.strong
    )
    flexible: Annotated[
        bool, Switch(), "You are very flexible: prefer strengthening to stretching"
    ] = NOBODY.flexible
    discreet: Annotated[bool, Switch(), "Offer only what nobody around you would notice"] = (
        NOBODY.discreet
    )
    never: Annotated[
        frozenset[str],
        SomeOf(_movements, listed=_('ids that "qlbreak movements" lists'), more=True),
        "Movements that you never want to be offered",
        'For example ["reset-walk"]. "qlbreak never walk" adds one, "qlbreak allow walk" takes it'
        " out; your own movements may stand here, too. Where nothing else would be left, one that"
        " suits everybody comes after all.",
    ] = NOBODY.never


_THINGS: dict[Thing, tuple[str, Thing | None]] = {
    "chair": (_("A chair"), None),
    "steady chair": (_("A chair that cannot roll, or is braked"), "chair"),
    "desk": (_("A desk"), None),
    "wall": (_("A free piece of wall"), None),
    "mat": (_("A floor you are happy to lie on"), None),
    "soft ball": (_("A soft ball"), None),
    "second soft ball": (_("A second soft ball"), "soft ball"),
    "large soft ball": (_("A large soft ball"), None),
    "bag": (_("A bag to lift, 2 to 8 kg"), None),
    "towel": (_("A towel"), None),
    "cushion": (_("A cushion"), None),
    "low step": (_("A low step"), None),
}
_EQUIPMENT = SomeOf(
    lambda: tuple(Option(word, label, needs or "") for word, (label, needs) in _THINGS.items())
)


class EquipmentSection(Struct, frozen=True):
    """Where you are, and what you have there."""

    here: Annotated[
        Place,
        OneOf(tuple(Option(*place) for place in PLACES.items()), Place),
        "Where you are when qlbreak starts",
        '"qlbreak place home" changes it.',
    ] = NOBODY.here
    office: Annotated[frozenset[Thing], _EQUIPMENT, "What you have at the office"] = NOBODY.office
    home: Annotated[frozenset[Thing], _EQUIPMENT, "What you have at home"] = NOBODY.home
    travel: Annotated[frozenset[Thing], _EQUIPMENT, "What you have when travelling"] = NOBODY.travel
