"""Durations as people write and read them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.texts.durations import brief, exact, parse, written


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10 min", 600),
        ("10min", 600),
        ("10m", 600),
        (" 90 S ", 90),
        ("1 h 30 min", 5400),
        ("1h30m", 5400),
        ("2.5 min", 150),
        ("1 hour 5 minutes 10 secs", 3910),
        ("1 day", 86400),
        ("0 s", 0),
    ],
)
def test_ways_to_write_one(text: str, seconds: float) -> None:
    assert parse(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", " ", "banana", "10", "10 apples", "-5 min", "5 min!", "1,5 h", "min", "1e3 s", "1 h 5"],
)
def test_what_is_none_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match='write for example "10 min"') as refusal:
        parse(text)
    assert repr(text) in str(refusal.value)


def test_a_bare_number_needs_a_unit_that_is_understood() -> None:
    assert parse("10", unit="min") == 600
    assert parse("1 h 30", unit="min") == 5400


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (3900, "1 h 05 min"),
        (86400, "1 d"),
        (90000, "1 d 1 h"),
    ],
)
def test_brief_cuts_and_never_rounds_up(seconds: float, text: str) -> None:
    assert brief(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (90, "90 s"),
        (180, "3 min"),
        (3600, "1 h"),
        (5400, "90 min"),
        (7200, "2 h"),
        (9000, "2 h 30 min"),
        (86_400, "1 day"),
        (7 * 86_400, "7 days"),
        (36 * 3600, "36 h"),
    ],
)
def test_exact_is_as_the_settings_say_it(seconds: float, text: str) -> None:
    assert exact(seconds) == written(seconds) == text


@given(st.integers(0, 10**7))
def test_exact_reads_back_as_the_same(seconds: int) -> None:
    assert parse(exact(seconds)) == seconds


@given(st.text(alphabet="0123456789. hmindsax", max_size=20))
def test_any_text_is_a_number_of_seconds_or_a_mistake(text: str) -> None:
    with suppress(ValueError):
        assert parse(text) >= 0
