"""In a terminal columns stand below each other, and lines end where the language lets them."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.language import cells

SENTENCE = "感じる強さは、0（何も感じない）～10（想像できる最悪）のうち、どこまでよいですか？"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("abc", 3), ("設定", 4), ("e\u0301", 1), ("ａ", 2), ("か\u3099", 2), ("الظهر", 5)],
)
def test_a_width(text: str, width: int) -> None:
    assert cells.width(text) == width
    assert cells.width(cells.pad(text, 9)) == 9


@given(st.text("ab、設（ é", max_size=20), st.integers(-1, 9))
def test_what_is_cut_fits(text: str, most: int) -> None:
    told = cells.cut(text, most)
    assert cells.width(told) <= max(most, 0)
    assert told == text or told.endswith("…") or most <= 0


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1), st.integers(12, 30))
def test_words_are_filled_as_textwrap_does(words: list[str], most: int) -> None:
    text = " ".join(words)
    filled = textwrap.fill(text, most, initial_indent="- ", subsequent_indent="  ")
    assert cells.fill(text, most, first="- ", hang="  ") == filled


@given(st.integers(14, 60))
def test_a_line_ends_at_any_sign_where_there_are_no_words(most: int) -> None:
    lines = cells.fill(SENTENCE, most).split("\n")
    assert "".join(lines) == SENTENCE
    assert all(most - 12 < cells.width(line) <= most for line in lines[:-1])
    assert not any(line.startswith(("、", "）", "？", "～")) for line in lines)
    assert not any(line.endswith("（") for line in lines)


def test_a_word_longer_than_a_line_stays_whole() -> None:
    path = "/home/zoe/" + "folder/" * 9
    assert cells.fill(f"in {path} it is", 20) == f"in\n{path}\nit is"
