"""Questions to a person in a terminal, or in a pipe: a line there, a line back; Return leaves it.

A module of its own, since set-up and check-in ask the same way, and neither is a part of the other.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from qlbreak.language import _, cells

Say = Callable[[str], None]
Hear = Callable[[str], str]
"""A prompt, and the line that answers it; raises EOFError at the end."""

_WIDTH: Final = 78


class Abandoned(Exception):
    """Without writing anything."""


class Dialogue:
    """`ways_out`: what is raised where a word is typed in place of an answer. Each method raises
    it, and EOFError."""

    def __init__(self, say: Say, hear: Hear, ways_out: Mapping[str, type[Exception]]) -> None:
        self._say, self._hear = say, hear
        self._ways_out: dict[str, type[Exception]] = {"q": Abandoned, "quit": Abandoned, **ways_out}

    def paragraph(self, text: str) -> None:
        if text:
            self._say("\n".join(cells.fill(line, _WIDTH) for line in text.split("\n")))

    def line(self, prompt: str) -> str:
        """In lower case, and empty for only Return."""
        line = self._hear(prompt).strip().lower()
        if line in self._ways_out:
            raise self._ways_out[line]
        return line

    def one(self, prompt: str, options: Sequence[Collection[str]]) -> int | None:
        """The index of the one that is named by its number, from 1, or by a word of it; None for
        only Return."""
        while line := self.line(prompt):
            for index, words in enumerate(options):
                if line in words or (line.isdecimal() and int(line) == index + 1):
                    return index
            self._say(_("Please type one number from 1 to {n}, or just Return.", n=len(options)))
        return None
