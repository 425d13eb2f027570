"""docs/accessibility.md shows each window as a screen reader is told of it today."""

import pytest

from rig.accessibility import Reader
from trees import DOC, PASSING, WINDOWS


@pytest.mark.parametrize("name", WINDOWS)
def test_the_docs_show_the_tree_of_today(reader: Reader, name: str) -> None:
    """Else: python tests/trees.py, and look at the difference."""
    words, title = WINDOWS[name]
    reader.desktop.program().start(*words, QLBREAK_SCALE="1")
    tree = reader.window(title).tree(without=PASSING)
    assert f"### {name}\n\n```text\n{tree}```\n" in DOC.read_text("utf-8")
