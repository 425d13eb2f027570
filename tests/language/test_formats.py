"""Dates, times, numbers and lists are those of CLDR, as Babel writes them."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

import messages
from qlbreak import language
from qlbreak.language import formats

DAYS = [date(2026, 1, 1) + timedelta(days=17 * number) for number in range(22)]


@pytest.fixture(params=messages.LANGUAGES)
def cldr(request: pytest.FixtureRequest) -> Iterator[Locale]:
    """The language as CLDR has it; it is spoken meanwhile."""
    language.settle(request.param)
    formats.formats.cache_clear()
    yield Locale.parse(messages.LANGUAGES[request.param])
    language.settle(language.ENGLISH)
    formats.formats.cache_clear()


def test_days(cldr: Locale) -> None:
    comma = str(cldr) == "en_GB"
    for day in DAYS:
        full = format_date(day, "full", cldr)
        assert formats.full_date(day) == (full.replace(",", "") if comma else full)
        assert formats.long_date(day) == format_date(day, "long", cldr)
        assert formats.medium_date(day) == format_skeleton("yMMMd", day, locale=cldr)
        assert formats.day_month(day) == format_skeleton("MMMd", day, locale=cldr)
        assert formats.month_year(day) == format_skeleton("yMMMM", day, locale=cldr)
        assert formats.weekday(day) == cldr.days["stand-alone"]["wide"][day.weekday()]
        assert formats.weekdays()[day.weekday()] == formats.weekday(day)


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (8, 5), (14, 30), (23, 59)])
def test_times(cldr: Locale, hour: int, minute: int) -> None:
    at = datetime(2026, 11, 29, hour, minute)  # noqa: DTZ001
    assert formats.clock(at) == format_skeleton("Hm", at, locale=cldr)
    assert formats.clock(at.time()) == formats.clock(at)


@pytest.mark.parametrize("number", [0.0, 0.5, 7.25, 999.0, 1234567.8, -3.1])
def test_numbers(cldr: Locale, number: float) -> None:
    # Arabic has the digits of the West here, as its clocks do; Spanish groups from 10,000 on.
    if str(cldr) not in ("ar", "es"):
        assert formats.number(number, 1) == format_decimal(number, "#,##0.0", locale=cldr)


@pytest.mark.parametrize(("value", "short"), [(0.05, "0.05"), (5.0, "5"), (2.5, "2.5")])
def test_a_short_number(cldr: Locale, value: float, short: str) -> None:
    assert formats.short(value) == short.replace(".", formats.number(1.5, 1)[1])


@pytest.mark.parametrize("words", [["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d", "e"]])
def test_lists(cldr: Locale, words: list[str]) -> None:
    assert formats.listed(words) == format_list(words, locale=cldr)
    assert formats.either(words) == format_list(words, style="or", locale=cldr)


def test_what_is_put_into_a_list_is_left_as_it_is() -> None:
    assert formats.listed(["{0}", "{1}", "}"]) == "{0}, {1} and }"
    assert formats.listed([]) == ""


@pytest.mark.parametrize("name", messages.LANGUAGES)
def test_they_are_up_to_date(name: str) -> None:
    told = (messages.LOCALE / name / "formats.json").read_text("utf-8")
    assert json.loads(told) == json.loads(messages.formats(name)), "run: python tests/messages.py"
