"""How much of a movement is done: the way in, so many repetitions or one hold, the way out."""

import re
from collections.abc import Iterator
from enum import StrEnum
from math import ceil, floor
from typing import Annotated

from msgspec import Meta, Struct

from qlbreak.language import N_, _, form, ngettext

Number = Annotated[int, Meta(ge=1, le=600)]
Length = Annotated[float, Meta(ge=0, le=60)]
# The smallest that is worth doing, the usual, and the most.
Range = tuple[Number, Number, Number]

_WORDS = (
    N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"),
    N_("eight"), N_("nine"), N_("ten"), N_("eleven"), N_("twelve"),
)  # fmt: skip
_SLOT = re.compile(r"\{(n|number|times|hold|held)\}")
_BIT = 1e-9  # what is lost in sums of tenths
_LEAST_S = 0.1  # nothing that anybody does is done in less


class Part(StrEnum):
    IN = "in"
    THERE = "there"
    HOLD = "hold"
    BACK = "back"
    REST = "rest"
    OUT = "out"
    AGAIN = "again"  # the second repetition and all that follow


class Dose(
    Struct, frozen=True, forbid_unknown_fields=True, rename={"way_in": "in", "way_out": "out"}
):
    """What is done, for each side where there are sides; all lengths in seconds.

    Either `reps`, each of them `there`, `hold` and `back`, with a `rest` before the next, and a
    `stay` after the last where there is one; or one stretch that is `held`. `way_in`, `way_out`:
    getting into it, and out again. `say`: how it is told, with {n} or {number} for the repetitions,
    {hold} and {held} for seconds. When what happens is laid out in `score`.

    `way_in` may be a list: the seconds of each of the first steps. `tells`: which part of the dose
    each step after them tells; steps in a row that tell the same share it.
    """

    say: Annotated[str, Meta(min_length=1)]
    reps: Range | None = None
    held: Range | None = None
    way_in: Length | tuple[Length, ...] = 0
    there: Length = 0
    hold: Length = 0
    back: Length = 0
    rest: Length = 0
    stay: Length = 0
    way_out: Length = 0
    tells: tuple[Part, ...] = ()

    @property
    def ways(self) -> tuple[float, ...]:
        """The seconds of each step that leads in."""
        if isinstance(self.way_in, tuple):
            return self.way_in
        return (self.way_in,) if self.way_in else ()

    @property
    def in_s(self) -> float:
        return sum(self.ways)

    @property
    def range(self) -> Range:
        return self.reps or self.held or (1, 1, 1)

    @property
    def least_s(self) -> int:
        return self.seconds(self.range[0])

    @property
    def usual_s(self) -> int:
        return self.seconds(self.range[1])

    @property
    def most_s(self) -> int:
        return self.seconds(self.range[2])

    def seconds(self, number: int) -> int:
        """What so many repetitions take, or so many seconds of holding; whole seconds."""
        body = number * self._each + (number - 1) * self.rest if self.reps else number
        return ceil(self.in_s + body + self.stay + self.way_out - _BIT)

    def number(self, seconds: float) -> int:
        """How many repetitions, or seconds of holding, these seconds have room for."""
        body = seconds - self.in_s - self.stay - self.way_out
        if self.reps:
            body = (body + self.rest) / (self._each + self.rest)
        return max(1, floor(body + _BIT))

    def longer(self, seconds: int) -> int:
        """The next length that is filled without waiting."""
        return self.seconds(self.number(seconds) + 1)

    @property
    def _each(self) -> float:
        return self.there + self.hold + self.back


def told(dose: Dose, seconds: int) -> str:
    """ "5 slow rocks" """
    return filled(dose.say, dose, seconds)


def filled(text: str, dose: Dose, seconds: int) -> str:
    """The text with the numbers of these seconds in it, and where it has "(s)", in its form."""
    number = dose.number(seconds)
    values = {
        "n": str(number),
        "number": _word(number),
        "times": _times(number),
        "hold": f"{dose.hold:g}",
        "held": str(number),
    }
    said = _formed(text, number) if "(s)" in text and _SLOT.search(text) else text
    return _SLOT.sub(lambda slot: values[slot[1]], said)


def _formed(text: str, number: int) -> str:
    """Nothing is filled in yet: what else stands in braces is the person's own."""
    one, many = text.replace("(s)", ""), text.replace("(s)", "s")
    return form(one, many, number)


def _times(number: int) -> str:
    if number < 3:
        return _("once") if number == 1 else _("twice")
    # Translators: {number} is a word: "three times"
    return ngettext("{number} time", "{number} times", number, number=_word(number))


def _word(number: int) -> str:
    return _(_WORDS[number]) if number < len(_WORDS) else str(number)


def faults(dose: Dose) -> Iterator[str]:
    if (dose.reps is None) == (dose.held is None):
        yield _("dose: either reps or held")
    elif not dose.range[0] <= dose.range[1] <= dose.range[2]:
        yield _("dose: the least, the usual and the most must rise")
    if dose.reps and dose.there + dose.hold + dose.back < _LEAST_S:
        yield _("dose: a repetition takes no time")
    if dose.stay and (dose.hold or dose.held):
        yield _("dose: stay: only after repetitions without a hold of their own")
    if dose.tells and 0 in dose.ways:
        yield _("dose: in: a step that leads in takes no time")
