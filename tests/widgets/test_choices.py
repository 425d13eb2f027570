"""Labels beside a mark: in lines that fit, by the width of their words."""

import pytest

from qlbreak.widgets.choices import wrapped


@pytest.mark.parametrize(
    ("across", "lines"),
    [
        (100, ["one three five"]),
        (14, ["one three five"]),
        (13, ["one three", "five"]),
        (8, ["one", "three", "five"]),
        (1, ["one", "three", "five"]),
        (-44, ["one", "three", "five"]),
    ],
)
def test_a_line_is_as_long_as_it_may_be(across: int, lines: list[str]) -> None:
    words = [(word, len(word)) for word in ("one", "three", "five")]
    assert wrapped(words, 1, across).splitlines() == lines
