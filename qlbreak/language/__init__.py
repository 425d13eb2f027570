"""The language that all is said in: settled once, at the start of a process; English as written.

`_`, `ngettext` and `pgettext` are those of gettext, but take what is filled in as keywords. A text
that has no translation is said in English, sentence by sentence. Docs: docs/translating.md.
"""

import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qlbreak.language import locales

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH: Final = "en"
SYSTEM: Final = "system"  # of the settings: as the system has it
_DOMAIN = "qlbreak.mo"
# For who translates: a folder like `qlbreak/locale`, which is looked into first.
_FOLDER = "QLBREAK_LOCALE"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class _Spoken:
    """What was settled: a language, and its translations, which English has none of."""

    def __init__(self, language: str, translations: "NullTranslations | None") -> None:
        self.language, self.translations = language, translations


_settled: _Spoken | None = None


def settle(wanted: str = SYSTEM) -> None:
    """Before anything is said. *wanted*: as the settings name it; what is not known is English."""
    global _settled
    language = locales.chosen(wanted, languages(), os.environ)
    _settled = _Spoken(language, _translations(language))


def language() -> str:
    """ "en", "pt_BR" """
    return _spoken().language


def tag() -> str:
    """The same, as pages and voices want it: "pt-BR" """
    return language().replace("_", "-")


def right_to_left() -> bool:
    return language().split("_")[0] in _RIGHT_TO_LEFT


@cache
def languages() -> tuple[str, ...]:
    """All that there are, English among them."""
    found = {one.name for folder in _folders() if folder.is_dir() for one in folder.iterdir()}
    return tuple(sorted({ENGLISH, *(name for name in found if _in(name, _DOMAIN))}))


def of_language(file: str) -> bytes | None:
    """A file that each language has one of, for this one."""
    found = _in(language(), file) or _in(ENGLISH, file)
    return found.read_bytes() if found is not None else None


def _(text: str, /, **values: object) -> str:
    found = _spoken().translations
    said = found.gettext(text) if found is not None else text
    return said.format(**values) if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The form for that number, which is filled in for {n}."""
    return form(one, many, number).format(**{"n": number, **values})


def form(one: str, many: str, number: int) -> str:
    """The same, with nothing filled in."""
    found = _spoken().translations
    english = one if number == 1 else many
    return found.ngettext(one, many, number) if found is not None else english


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Of a word that means two things, and is two words elsewhere."""
    found = _spoken().translations
    said = found.pgettext(context, text) if found is not None else text
    return said.format(**values) if values else said


def N_(text: str) -> str:
    """As it is: it is found for the catalogue here, and translated where it is said."""
    return text


def everywhere(text: str, context: str = "") -> dict[str, str]:
    """In each language that has a translation of it, for files that are written once for all."""
    said = {}
    for name in languages():
        if (found := _translations(name)) is not None:
            said[name] = found.pgettext(context, text) if context else found.gettext(text)
    return {name: told for name, told in said.items() if told != text}


def _spoken() -> _Spoken:
    if _settled is None:
        settle()
    assert _settled is not None
    return _settled


def _translations(of: str) -> "NullTranslations | None":
    found = _in(of, _DOMAIN)
    if of == ENGLISH or found is None:
        return None
    from gettext import GNUTranslations

    with found.open("rb") as file:
        return GNUTranslations(file)


def _in(of: str, file: str) -> Traversable | None:
    for folder in _folders():
        for found in (folder / of / "LC_MESSAGES" / file, folder / of / file):
            if found.is_file():
                return found
    return None


def _folders() -> Sequence[Traversable]:
    own = os.environ.get(_FOLDER)
    return (*([Path(own)] if own else []), files("qlbreak") / "locale")
