"""The check-in in a terminal, or in a pipe: a line for each place; Return leaves it out."""

import textwrap
from collections.abc import Callable, Iterator

from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.terms import Hindrance
from qlbreak.texts import check_in

Say = Callable[[str], None]
Hear = Callable[[str], str]  # prompt -> a line; raises EOFError at the end

_WIDTH = 78
_KEYS = "Return leaves a line out, s skips the check-in, q ends without recording anything."


class _Skipped(Exception):
    """Not this time."""


class _Ended(Exception):
    """Without recording anything."""


def ask(blank: CheckedIn, place: str, say: Say, hear: Hear) -> CheckedIn | None:
    """What was answered, *blank* itself where it is skipped, None where the person has ended it.
    *place*: where it will be kept."""
    for text in (check_in.QUESTION, check_in.SCALE, f"{check_in.KEPT} {place}", _KEYS):
        say(textwrap.fill(text, _WIDTH))
    try:
        levels: dict[str, int | Hindrance] = {}
        while not levels:
            levels.update(_levels(say, hear))
            if not levels:
                say(check_in.NOTHING)
        work = _work(say, hear)
    except _Skipped:
        return blank
    except (_Ended, EOFError):
        return None
    return check_in.entry(blank, levels | ({"work": work} if work is not None else {}))


def _levels(say: Say, hear: Hear) -> Iterator[tuple[str, int]]:
    """The middle is asked about where a side was left out."""
    missing = False
    for name, label in check_in.PLACES.items():
        if name == "middle" and not missing:
            return
        value = _level(label, say, hear)
        if value is None:
            missing = True
        else:
            yield name, value


def _level(label: str, say: Say, hear: Hear) -> int | None:
    while line := _line(f"{label}, 0 to {check_in.HIGHEST}: ", hear):
        try:
            return check_in.level(line)
        except ValueError:
            say(f"Please type a whole number, 0 to {check_in.HIGHEST}, or only Return.")
    return None


def _work(say: Say, hear: Hear) -> Hindrance | None:
    options = list(check_in.HINDRANCES.items())
    offered = ", ".join(f"{n} {label.lower()}" for n, (_, label) in enumerate(options, 1))
    while line := _line(f"{check_in.WORK} {offered}: ", hear):
        for number, (word, label) in enumerate(options, 1):
            if line in (str(number), word, label.lower()):
                return word
        say(f"Please type one number, 1 to {len(options)}, or only Return.")
    return None


def _line(prompt: str, hear: Hear) -> str:
    line = hear(prompt).strip().lower()
    if line in ("s", "skip"):
        raise _Skipped
    if line in ("q", "quit"):
        raise _Ended
    return line
