"""Writes what a screen reader is told of each window into docs/accessibility.md.

    python tests/trees.py

What stands there between two marks is made here, from the real windows on a real desktop.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from rig.accessibility import Reader
from rig.desktop import Desktop

DOC = Path(__file__).parents[1] / "docs" / "accessibility.md"
BEGIN, END = "<!-- python tests/trees.py -->\n", "<!-- until here -->\n"
# What is opened, by which command, and what its title says.
WINDOWS = {
    "The check-in": (("check-in",), "check-in"),
    "The safety text": (("safety", "--window"), "safety"),
}
PASSING = "focused", "default"  # states that depend on where the keyboard is


def trees() -> Iterator[tuple[str, str]]:
    for name, (words, title) in WINDOWS.items():
        with Desktop(panel=False, dunst=False) as desktop, closing(Reader(desktop)) as reader:
            desktop.program().start(*words, QLBREAK_SCALE="1")
            yield name, reader.window(title).tree(without=PASSING)


def written(text: str, made: str) -> str:
    """The text with what was made between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


def main() -> None:
    made = "\n".join(f"### {name}\n\n```text\n{tree}```\n" for name, tree in trees())
    DOC.write_text(written(DOC.read_text("utf-8"), made), "utf-8")
    print(f"{DOC} written", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
