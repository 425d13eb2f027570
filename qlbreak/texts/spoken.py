"""What the guide says aloud: short sentences, for an ear that hears them once."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from qlbreak.core.model.terms import Side


class SpokenWords(Struct, frozen=True):
    """Of a language. `numbers`: from one on, as they are counted."""

    language: str
    side: Mapping[Side, str]
    change: Mapping[Side, str]
    ready: str
    paused: str
    over: str
    numbers: tuple[str, ...]

    def number(self, number: int) -> str:
        """A voice reads figures as well as words."""
        return self.numbers[number - 1] if number <= len(self.numbers) else f"{number}."


_ENGLISH: Final = SpokenWords(
    language="en",
    side={Side.LEFT: "Left side.", Side.RIGHT: "Right side.", Side.BOTH: ""},
    change={
        Side.LEFT: "Change sides. Now the left.",
        Side.RIGHT: "Change sides. Now the right.",
        Side.BOTH: "",
    },
    ready="Press Space when you are ready.",
    paused="Paused.",
    over="Well done. That is all.",
    numbers=(
        "One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten.",
        "Eleven.", "Twelve.",
    ),
)  # fmt: skip
_KNOWN: Final = {words.language: words for words in (_ENGLISH,)}


def words(language: str = "en") -> SpokenWords:
    """In that language ("de", "de-AT"), or in English: the movements are told in it as well."""
    return _KNOWN.get(language.split("-")[0].lower(), _ENGLISH)


def sentences(text: str) -> tuple[str, ...]:
    """Of a step: where there is little time its first ones may do."""
    found, begin = [], 0
    for at in range(1, len(text)):
        if text[at - 1] in ".!?" and text[at] == " ":
            found.append(text[begin:at])
            begin = at + 1
    return (*found, text[begin:])
