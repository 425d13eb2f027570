"""docs/accessibility-trees.md shows each window as a screen reader is told of it today."""

import re

import pytest

from rig.accessibility import Reader
from trees import DOC, WALKS, made, written


@pytest.mark.parametrize("walk", WALKS)
def test_the_docs_show_the_trees_of_today(reader: Reader, walk: str) -> None:
    """Else: python tests/trees.py WALK, and look at the difference."""
    assert made(walk, reader) == written(DOC.read_text("utf-8"), walk)


def test_all_walks_are_there_and_no_others() -> None:
    assert re.findall(r"trees\.py ([\w-]+) -->", DOC.read_text("utf-8")) == list(WALKS)
