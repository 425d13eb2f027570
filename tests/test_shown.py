"""What others rely on has not changed unseen: the record, the commands, the menu, the page."""

import pytest

from shown import ALL, FOLDER


@pytest.mark.parametrize("name", ALL)
def test_it_is_as_it_was(name: str) -> None:
    """Else, where it is meant: python tests/shown.py"""
    if name == "page.txt":
        pytest.importorskip("plotly")
    assert ALL[name]() == (FOLDER / name).read_text("utf-8")
