"""The page of a plan: what was asked for and done, on one side of A4, whatever it is called."""

import re
from pathlib import Path

import pytest

from qlbreak.core.statistics.programmes import AskedRow
from qlbreak.record.load import Record
from qlbreak.report import plan_text
from qlbreak.report.plan_page import NoPlan, page, tables
from rig.chromium import Chromium, pages
from six_weeks import long_names, six_weeks
from years import recorded

WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture(scope="module")
def record() -> Record:
    return six_weeks()


def test_every_week_is_there_with_what_was_done(record: Record) -> None:
    course = record.programme
    assert course is not None
    found = tables(course, record)
    assert [len(table.weeks) for table in found] == [2, 2, 2]
    done = sum(row.done for week in course.weeks for row in week.rows)
    told = [
        int(number)
        for table in found
        for row in table.rows
        for cell in row[2:-1]
        for number in re.findall(r"^(\d+) of \d+; \d+ s$", cell)
    ]
    assert sum(told) == done > 300


def test_more_than_half_of_it_was_done_and_nothing_beyond_what_was_asked(record: Record) -> None:
    """Of five days in seven, with some skipped: the coach offers what is asked, and no more."""
    course = record.programme
    assert course is not None
    rows: list[AskedRow] = [row for week in course.weeks for row in week.rows]
    assert all(row.done <= row.asked for row in rows)
    assert sum(row.done for row in rows) > 0.5 * sum(row.asked for row in rows)


def test_it_says_nothing_of_scores_and_shows_no_caution(record: Record) -> None:
    told = page(record)
    assert "%" not in re.sub(r"<style>.*?</style>", "", told, flags=re.DOTALL)
    assert "script-src 'none'" in told
    assert "<script" not in told


def test_without_a_plan_there_is_none() -> None:
    with pytest.raises(NoPlan):
        page(recorded(days=3))
    assert plan_text.of_record(recorded(days=3)) is None


def test_names_of_others_are_text_and_no_markup(record: Record) -> None:
    from msgspec.structs import replace

    course = record.programmes[-1]
    told = replace(course.programme, name="<b>x</b>", by='"&<i>')
    made = page(replace(record, programmes=(replace(course, programme=told),)))
    assert "<b>x</b>" not in made
    assert "&lt;b&gt;x" in made


@pytest.mark.desktop
def test_it_is_one_side_of_paper_and_fits_every_screen(
    browser: Chromium, record: Record, tmp_path: Path
) -> None:
    for name, found in {"usual": record, "long": long_names(record)}.items():
        file = tmp_path / f"{name}.html"
        file.write_text(page(found), "utf-8")
        for width in (375, 768, 1280):
            browser.open(file, width=width)
            wide, inner = browser.evaluate(WIDTHS)
            assert wide <= inner, (name, width)
        assert browser.complaints == []
        assert pages(browser.pdf()) == 1, name
