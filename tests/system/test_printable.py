"""Text as it can be shown."""

import pytest

from qlbreak.system.printable import clipped


@pytest.mark.parametrize(
    ("text", "units", "result"),
    [
        ("", 5, ""),
        ("12345", 5, "12345"),
        ("123456", 5, "1234…"),
        ("123 56", 5, "123…"),
        ("🧘🧘", 4, "🧘🧘"),
        ("🧘🧘🧘", 5, "🧘🧘…"),
        ("1🧘🧘🧘", 5, "1🧘…"),
        ("ä½日本語", 4, "ä½日…"),
    ],
)
def test_texts_are_clipped_by_what_windows_counts(text: str, units: int, result: str) -> None:
    """UTF-16: an emoji counts twice, and is never cut in two."""
    assert clipped(text, units) == result
    assert len(clipped(text, units).encode("utf-16-le")) <= 2 * units
