"""Labels beside a mark: in lines that fit, by the width of their words."""

import pytest

pytest.importorskip("PySide6")

from qlbreak.widgets.choices import parted, wrapped


@pytest.mark.parametrize(
    ("across", "lines"),
    [
        (100, ["one three five"]),
        (14, ["one three five"]),
        (13, ["one three", "five"]),
        (9, ["one", "three", "five"]),
        (1, ["one", "three", "five"]),
        (-44, ["one", "three", "five"]),
    ],
)
def test_a_line_is_as_long_as_it_may_be(across: int, lines: list[str]) -> None:
    parts = [(part, len(part)) for part in parted("one three five")]
    assert wrapped(parts, across).splitlines() == lines


def test_where_no_spaces_are_written_a_line_ends_between_signs() -> None:
    """But not before a full stop, nor behind an opening bracket."""
    parts = [(part, len(part)) for part in parted("薬（抗血栓薬）、出血しやすい。")]
    assert wrapped(parts, 6).splitlines() == ["薬（抗血栓", "薬）、出血し", "やすい。"]
