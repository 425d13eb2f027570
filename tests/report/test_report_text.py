"""The record as text: what stands in it, how it is counted, that it fits and is kind."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import CATALOGUE, MORNING, RULES, Desk, tallied
from qlbreak.core.model.facts import AnyFact, Sat, Shown
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.terms import Reason, Side
from qlbreak.core.statistics.figures import Figures
from qlbreak.language import formats
from qlbreak.record.journal import Problems
from qlbreak.record.load import Record
from qlbreak.report import contract, text
from samples import any_fact
from thorough import few


def record_of(
    facts: list[AnyFact], at: datetime = MORNING, catalogue: Catalogue = CATALOGUE
) -> Record:
    tally, day = tallied(facts), at.date()
    prompts = tally.prompts(day)
    return Record(at, day, tally.days(), prompts, catalogue, RULES.sitting, Problems())


def today(desk: Desk, catalogue: Catalogue = CATALOGUE) -> str:
    return text.printed(text.today(record_of(desk.journal, desk.at, catalogue)))


def row(told: str, name: str) -> list[str]:
    """What stands beside it."""
    line = next(line for line in told.splitlines() if line.strip().startswith(name))
    return line.strip().removeprefix(name).split()


def busy() -> Desk:
    desk = Desk().work(30).done().work(30).snooze(5).work(5).skip().work(40)
    return desk.meet(30).work(40).away(5)


def test_an_empty_day_is_young() -> None:
    assert "Nothing is recorded yet" in today(Desk())


def test_a_first_day_looks_like_one() -> None:
    """In minutes, with a bar as long as that is of a day or of an hour."""
    desk = Desk().work(12)
    told = text.printed(text.span(record_of(desk.journal, desk.at), 7))
    (line,) = (line for line in told.splitlines() if "Mon 2 Mar" in line)
    assert "10 min" in line
    assert "0.0 h" not in told
    assert "█" not in line  # a fortieth of a day's work
    hours = [line for line in told.splitlines() if line.strip()[:2].isdigit() and "█" in line]
    assert sum(line.count("█") for line in hours) <= 4


def test_a_day_tells_all_that_was() -> None:
    told = today(busy())
    assert told.startswith("Monday 2 March 2026")
    counted = {"done": "1", "skipped": "1", "missed": "2", "snoozed": "1", "natural breaks": "1"}
    assert {name: row(told, name)[-1] for name in counted} == counted
    assert row(told, "breaks taken") == ["25%"]
    assert "How breaks were confirmed: 1 reported by you.\nDone after a snooze: 0 of 1." in told


def test_what_was_held_back_is_told_in_the_words_of_the_page() -> None:
    """And in one order, whichever day it was on."""
    days = {MORNING.date() - timedelta(days=n): Figures(held=held) for n, held in enumerate(_HELD)}
    record = Record(MORNING, MORNING.date(), days, [], CATALOGUE, RULES.sitting, Problems())
    told = text.printed(text.span(record, 7))
    assert "Held back: 2 in a meeting, 1 just after the computer woke up." in told


_HELD = [{Reason.WOKEN: 1}, {Reason.MEETING: 2}]


def test_today_is_held_against_the_days_of_the_last_four_weeks() -> None:
    facts: list[AnyFact] = [
        Sat(MORNING - timedelta(days=29), 9 * 3600.0),  # too long ago
        Sat(MORNING - timedelta(days=28), 1800.0),
        Sat(MORNING - timedelta(days=2), 3600.0),
        Sat(MORNING, 1200.0),
    ]
    told = text.printed(text.today(record_of(facts)))
    assert row(told, "sitting") == ["20", "min", "45", "min"]
    assert row(told, "longest stretch") == ["20", "min", "45", "min"]
    values = contract.today(record_of(facts))["last_4_weeks"]
    assert (values["days"], values["sitting_s"]) == (2, 5400)


def test_a_routine_that_is_gone_keeps_its_id() -> None:
    desk = Desk().work(30)
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt.routine not in today(desk)
    assert prompt.routine in today(desk, Catalogue({}, {}))


@pytest.mark.parametrize(("days", "rows"), [(10, 10), (31, 31), (32, 6), (200, 30), (201, 8)])
def test_a_row_a_day_a_week_or_a_month(days: int, rows: int) -> None:
    facts: list[AnyFact] = [Sat(MORNING - timedelta(days=n), 600.0) for n in range(400)]
    told = text.printed(text.span(record_of(facts), days))
    course = told.split("\n\n")[1].splitlines()
    assert len(course) == rows + 1
    first = MORNING.date() - timedelta(days=days - 1)
    assert told.startswith(f"{formats.long_date(first)} to 2 March 2026")
    assert contract.span(record_of(facts), days)["total"]["sitting_s"] == 600 * days
    assert len(contract.span(record_of(facts), days)["days"]) == days


def test_a_span_without_anything_is_told_kindly() -> None:
    told = text.printed(text.span(record_of([], MORNING), 7))
    assert told.startswith("24 February 2026 to 2 March 2026\n\nNothing was recorded")
    assert contract.span(record_of([]), 7)["days"] == []


def test_a_weekday_is_told_by_its_mean() -> None:
    mondays: list[AnyFact] = [Sat(MORNING - timedelta(days=7 * n), 3600.0 * n) for n in (1, 2, 3)]
    told = text.printed(text.span(record_of(mondays), 28))
    assert row(told, "Monday")[:3] == ["3", "2", "h"]
    assert "Tuesday" not in told


@given(st.lists(any_fact(), max_size=12), st.integers(1, 40_000))
@settings(max_examples=few(60))
def test_whatever_was_recorded_fits_into_80_columns(facts: list[AnyFact], days: int) -> None:
    facts.append(Shown(MORNING, 1 << 41, "gone" * 40, Side.LEFT, 1800.0))
    record = record_of(facts)
    for told in (text.printed(text.today(record)), text.printed(text.span(record, days))):
        assert max(map(len, told.splitlines())) <= text.WIDTH
        assert "\x1b" not in told
    assert contract.today(record)["day"] == date(2026, 3, 2).isoformat()
    assert contract.span(record, days)["total"]["prompts"] >= 1
