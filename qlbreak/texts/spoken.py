"""What the guide says aloud: short sentences, for an ear that hears them once."""

from typing import Final

from qlbreak.core.model.terms import Side
from qlbreak.language import _, pgettext

# Translators: from here on, sentences that a voice says aloud.
SIDE: Final = {Side.LEFT: _("Left side."), Side.RIGHT: _("Right side."), Side.BOTH: ""}
CHANGE: Final = {
    Side.LEFT: _("Change sides. Now the left."),
    Side.RIGHT: _("Change sides. Now the right."),
    Side.BOTH: "",
}
READY: Final = _("Press Space when you are ready.")
PAUSED: Final = _("Paused.")
OVER: Final = _("Well done. That is all.")
# From one on, as repetitions are counted.
NUMBERS: Final = (
    pgettext("counting aloud", "One."), pgettext("counting aloud", "Two."),
    pgettext("counting aloud", "Three."), pgettext("counting aloud", "Four."),
    pgettext("counting aloud", "Five."), pgettext("counting aloud", "Six."),
    pgettext("counting aloud", "Seven."), pgettext("counting aloud", "Eight."),
    pgettext("counting aloud", "Nine."), pgettext("counting aloud", "Ten."),
    pgettext("counting aloud", "Eleven."), pgettext("counting aloud", "Twelve."),
)  # fmt: skip
_STOPS = ".!?؟"  # behind which a space stands
_FULL_STOPS = "。！？"  # and none


def number(number: int) -> str:
    """A voice reads figures as well as words."""
    return NUMBERS[number - 1] if number <= len(NUMBERS) else f"{number}."


def sentences(text: str) -> tuple[str, ...]:
    """Of a step: where there is little time its first ones may do."""
    found, begin = [], 0
    for at in range(1, len(text)):
        if text[at - 1] in _STOPS and text[at] == " ":
            found.append(text[begin:at])
            begin = at + 1
        elif text[at - 1] in _FULL_STOPS:
            found.append(text[begin:at])
            begin = at
    return (*found, text[begin:])
