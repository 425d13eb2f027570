"""What each caution leaves out, as a page to read: `python tests/cautions.py` writes it."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import get_args

from qlbreak import data
from qlbreak.core.model.movements import Ask, Catalogue, Caution, Movement
from qlbreak.texts import safety

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "cautions.md"

HEAD = """# What each caution leaves out

For a physiotherapist, or anybody who wants to check it. A movement says what it asks of the body, a
caution says which of that it forbids, and what asks for something forbidden is not offered. The
sentence in italics is that of the safety page (`qlbreak safety`), made from the same table,
`qlbreak/data/cautions.toml`.

This page is written by `python tests/cautions.py`, and a test holds it. No clinician has read it.
"""


def page() -> str:
    catalogue = data.load()
    parts = [HEAD, *(_part(catalogue, caution) for caution in catalogue.cautions.values())]
    return "\n".join([*parts, "\n".join(_pairs(catalogue)), "\n".join(_asks(catalogue))])


def _part(catalogue: Catalogue, caution: Caution) -> str:
    every = catalogue.movements.values()
    out = [m for m in every if caution.id in m.avoid_if]
    lines = [f"## `{caution.id}`", "", f"*{safety.sentence(caution)}*", "", caution.because, ""]
    if out:
        lines += [f"Not offered ({len(out)}):", ""]
        forbidden = data.forbidden(caution)
        lines += [f"- {m.name}: {_listed(m.asks & forbidden)}" for m in out]
    else:
        lines += ["Not offered: nothing; it changes how sides are shared out."]
    return "\n".join([*lines, ""])


def _pairs(catalogue: Catalogue) -> Iterator[str]:
    def left(*flags: str) -> list[Movement]:
        return catalogue.available(set(flags))  # type: ignore[arg-type]

    least = min(combinations(catalogue.cautions, 2), key=lambda pair: len(left(*pair)))
    yield "## Two at once, and all"
    yield ""
    of, names = len(catalogue.movements), " and ".join(f"`{flag}`" for flag in least)
    yield f"Of {of} movements the fewest are left with {names}: {len(left(*least))}."
    names = ", ".join(m.short for m in left(*catalogue.cautions))
    yield f"With every caution at once these are left: {names}."
    yield ""


def _asks(catalogue: Catalogue) -> Iterator[str]:
    yield "## What each movement asks of the body"
    yield ""
    yield "| movement | asks for | not with |"
    yield "|---|---|---|"
    for m in catalogue.movements.values():
        flags = ", ".join(f"`{flag}`" for flag in catalogue.cautions if flag in m.avoid_if)
        yield f"| {m.name} | {_listed(m.asks)} | {flags} |"
    yield ""


def _listed(asks: frozenset[Ask]) -> str:
    return ", ".join(ask for ask in get_args(Ask) if ask in asks)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
