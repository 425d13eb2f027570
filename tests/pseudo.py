"""A language that nobody speaks: each text of the catalogue «in marks», so that what is said past
the catalogue stands out. `python tests/pseudo.py FOLDER` writes it, for QLBREAK_LOCALE.
"""

import json
import sys
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import messages

LANGUAGE = "qps"
# What stands at the end of a step, and is looked for there, keeps its end.
OPEN, CLOSE = "«", "»"


def write(folder: Path) -> None:
    """As `qlbreak/locale` is."""
    catalogue = Catalog(locale="en", domain="qlbreak", fuzzy=False)
    with messages.TEMPLATE.open("rb") as file:
        for one in read_po(file):
            if one.id:
                said = tuple(map(marked, one.id)) if one.pluralizable else marked(str(one.id))
                catalogue.add(one.id, said, context=one.context)
    target = folder / LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True)
    with (target / "qlbreak.mo").open("wb") as file:
        write_mo(file, catalogue)
    told = json.loads(messages.formats("en"))
    (folder / LANGUAGE / "formats.json").write_text(
        json.dumps({name: _names(one) for name, one in told.items()}, ensure_ascii=False), "utf-8"
    )


def marked(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def _names(told: Any) -> Any:
    return [marked(name) for name in told] if isinstance(told, list) else told


def outside(text: str) -> str:
    """What of it is in no marks."""
    depth, left = 0, []
    for sign in text:
        depth += (sign == OPEN) - (sign == CLOSE)
        if not depth and sign != CLOSE:
            left.append(sign)
    return "".join(left)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
