"""Sentences, and what stands in a row in them, as the language puts them together."""

from collections.abc import Iterator

import pytest

from qlbreak import language
from qlbreak.language import formats


@pytest.fixture
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    language.settle(request.param)
    formats.formats.cache_clear()
    yield request.param
    language.settle(language.ENGLISH)
    formats.formats.cache_clear()


@pytest.mark.parametrize(
    ("spoken", "row"), [("en", "a, b, c"), ("ja", "a、b、c")], indirect=["spoken"]
)
def test_a_row_has_no_last_one(spoken: str, row: str) -> None:
    assert formats.commas(["a", "b", "c"]) == row
    assert formats.commas(["{n}"]) == "{n}"
    assert formats.commas([]) == ""


def test_sentences_follow_each_other_and_empty_ones_are_none() -> None:
    assert formats.sentences("One.", "", "Two.") == "One. Two."
    assert formats.sentences("一。", "Two.", "三。") == "一。Two. 三。"
    assert formats.sentences() == ""


def test_what_has_commas_in_it_stands_between_semicolons() -> None:
    assert formats.semicolons(["a, b", "c", "d"]) == "a, b; c; d"
    assert formats.semicolons([]) == ""


@pytest.mark.parametrize(
    ("spoken", "name"), [("en", "side reach"), ("de", "Side reach")], indirect=["spoken"]
)
def test_a_noun_within_a_sentence_keeps_its_capital_where_nouns_have_one(
    spoken: str, name: str
) -> None:
    assert formats.within("Side reach") == name
