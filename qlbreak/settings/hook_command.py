"""A value that is a program to run, with the words that are filled in."""

from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import Any

from msgspec import Struct

from qlbreak.language import _
from qlbreak.settings.kinds import Written, close_to, of_files, text_of


class Command(Struct, frozen=True):
    """A program and its arguments; nothing for none. `names`: the placeholders that may stand in
    them, and what each is filled with."""

    names: Mapping[str, str]

    @property
    def bounds(self) -> str:
        names = ", ".join(f"{{{name}}}" for name in self.names)
        return _("words, with {names}", names=names)

    def read(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise ValueError(
                _(
                    "{value} is not a list; write for example {example}",
                    value=repr(value),
                    example='["notify-send", "hello"]',
                )
            )
        words = tuple(map(text_of, value))
        if words and not words[0]:
            raise ValueError(_("the first word is empty; put the program there"))
        for word in words:
            _check_placeholders(word, [*self.names])
        if words:
            of_files(words[0])
        return words

    def write(self, value: Iterable[str]) -> Written:
        return [*value]


def _check_placeholders(word: str, names: Sequence[str]) -> None:
    if "\0" in word:
        raise ValueError(_("a word has a zero character in it; remove it"))
    try:
        found = list(Formatter().parse(word))
    except ValueError:
        raise ValueError(
            _(
                "{word}: write {open} or {close} for a literal brace",
                word=repr(word),
                open="{{",
                close="}}",
            )
        ) from None
    for _text_before, name, form, conversion in found:
        if name is not None and name not in names:
            hint = close_to(name, names)
            slot = f"{{{name}}}"
            raise ValueError(_("unknown placeholder {slot}; {hint}", slot=slot, hint=hint))
        if form or conversion:
            slot = f"{{{name}}}"
            raise ValueError(
                _("{word}: write only {slot} between the braces", word=repr(word), slot=slot)
            )
