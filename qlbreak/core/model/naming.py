"""Which movement or routine somebody means: by id, by name, or by a part of it."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from qlbreak.core.model.movements import Catalogue
from qlbreak.language import _, formats


class NoSuch(Exception):
    """One line for the person."""


class Several(NoSuch):
    """More than one may be meant: their `ids`."""

    def __init__(self, word: str, ids: list[str]) -> None:
        super().__init__(
            # Translators: {ids} are several, and one is to be chosen.
            _("{word} may mean {ids}; say which", word=repr(word), ids=formats.commas(ids))
        )
        self.ids = ids


def find(catalogue: Catalogue, word: str) -> str:
    """Its id. Raises NoSuch, or Several."""
    wanted = _plain(word)
    calls = {name: list(_calls(catalogue, name)) for name in _ids(catalogue)}
    exact = [name for name, known in calls.items() if wanted in known]
    parts = [name for name, known in calls.items() if wanted and _has(" ".join(known), wanted)]
    found = exact if len(exact) == 1 else parts
    if len(found) > 1:
        raise Several(word, found)
    if not found:
        close = get_close_matches(wanted, [call for known in calls.values() for call in known], n=1)
        meant = [name for name, known in calls.items() if close and close[0] in known]
        if meant:
            raise NoSuch(
                _(
                    "there is no movement or routine {word}; did you mean {meant}?",
                    word=repr(word),
                    meant=meant[0],
                )
            )
        raise NoSuch(
            _(
                "there is no movement or routine {word}; see the list: qlbreak movements",
                word=repr(word),
            )
        )
    return found[0]


def _ids(catalogue: Catalogue) -> Iterator[str]:
    yield from catalogue.movements
    yield from catalogue.routines


def _calls(catalogue: Catalogue, name: str) -> Iterator[str]:
    """What it is called: "len-boomerang-wall", "boomerang wall", "Side reach at the wall"."""
    yield _plain(name)
    yield _plain(name.partition("-")[2])
    movement = catalogue.movements.get(name)
    if movement is not None:
        yield _plain(movement.name)
        yield _plain(movement.plain_name)
        if movement.trade_name:
            yield _plain(movement.trade_name)
        yield _plain(movement.short)
    else:
        yield _plain(catalogue.routines[name].name)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _has(known: str, wanted: str) -> bool:
    """All its words, each at the beginning of one."""
    return all(re.search(rf"\b{re.escape(word)}", known) for word in wanted.split())
