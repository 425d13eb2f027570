"""What the page says and draws: the figures of the record, no more and nothing else."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import CATALOGUE, RULES, tallied
from qlbreak.core.model.facts import AnyFact, CheckedIn, Sat, Stood
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.terms import Evidence, Reason
from qlbreak.core.statistics.figures import Figures, between, monday, total
from qlbreak.record.journal import Problems
from qlbreak.record.load import Record
from qlbreak.report import palette, series, summary, tables
from qlbreak.texts import names, reports
from qlbreak.texts.durations import brief
from samples import any_fact
from words import AVOIDED
from years import EVENING, recorded

pytest.importorskip("plotly")

from qlbreak.report.page import page
from qlbreak.report.sections import Section, sections
from thorough import few

TODAY = EVENING.date()
HOUR = timedelta(hours=1)
YEAR = recorded()
SECTIONS = {section.name: section for section in sections(YEAR)}


def record(*facts: AnyFact, days: Mapping[date, Figures] | None = None) -> Record:
    found = tallied(facts).days() if days is None else days
    return Record(EVENING, TODAY, found, [], CATALOGUE, RULES.sitting, Problems())


def drawn(section: Section) -> dict[str, list[float]]:
    """The values of each trace by its name; those that are parted over two axes in one list."""
    values: dict[str, list[float]] = {}
    for trace in json.loads(section.figure)["data"]:
        values.setdefault(trace.get("name", ""), []).extend(trace.get("y", ()))
    return values


def read(section: Section, column: int) -> list[str]:
    return [row[column] for row in section.tables[0].rows]


def checked(
    weeks_ago: int, left: int | None, right: int | None = None, middle: int | None = None
) -> CheckedIn:
    return CheckedIn(EVENING - timedelta(weeks=weeks_ago), left, right, middle)


# The first days


@pytest.mark.parametrize("number", [1, 5, 20])
def test_the_first_days_look_like_first_days(number: int) -> None:
    """Two weeks by day and twelve by week at least, each date told once, in whole steps."""
    figures = Figures(
        prompts=1, done=1, sitting_s=3600.0001, longest_spell_s=60.006, left_s=60.006,
        kinds={Kind.LENGTHEN: 60.006},
    )  # fmt: skip
    days = {TODAY - timedelta(days=n): figures for n in range(number)}
    found = {section.name: section for section in sections(record(checked(0, 3), days=days))}
    for name in ("sitting", "spells"):
        axis = layout(found[name])["xaxis2"]
        assert span(axis) >= timedelta(days=14)
        assert axis["dtick"] % 86_400_000 == 0
    for name in ("prompts", "sides", "kinds"):
        assert span(layout(found[name])["xaxis"]) >= timedelta(weeks=12)
    assert len(json.loads(found["calendar"].figure)["data"][0]["x"]) >= 12
    for name in ("sitting", "spells", "prompts", "sides", "kinds"):
        axis = layout(found[name])["yaxis"]
        assert isinstance(axis["dtick"], int)
        assert axis["range"][0] == 0
        assert axis["range"][1] >= 4


def layout(section: Section) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(section.figure)["layout"]
    return found


def span(axis: dict[str, Any]) -> timedelta:
    first, last = (date.fromisoformat(end) for end in axis["range"])
    return last - first


# The spans


def test_weeks_leave_no_gap_and_lose_no_day() -> None:
    days = {TODAY - timedelta(days=n): Figures(done=1) for n in (0, 1, 30, 31, 100)}
    weeks = series.weeks(days, date.min, TODAY)
    assert weeks[0].monday == monday(TODAY - timedelta(days=100))
    assert {b.monday - a.monday for a, b in pairwise(weeks)} == {timedelta(weeks=1)}
    assert sum(week.figures.done for week in weeks) == 5
    assert weeks[-1].monday == monday(TODAY)


@given(st.sets(st.integers(0, 800)))
def test_days_and_the_weeks_before_them_have_each_day_once(ages: set[int]) -> None:
    days = {TODAY - timedelta(days=n): Figures(done=1) for n in sorted(ages, reverse=True)}
    first, since = series.start(TODAY, series.YEAR), series.start(TODAY, series.QUARTER)
    before = series.weeks(days, first, since - timedelta(days=1))
    recent = between(days, since, TODAY)
    number = sum(week.figures.done for week in before) + len(recent)
    assert number == sum(day >= first for day in days)
    assert number == sum(week.figures.done for week in series.weeks(days, first, TODAY))


# Each chart and its table


def test_prompts_by_their_end() -> None:
    section = SECTIONS["prompts"]
    weeks = series.weeks(YEAR.days, series.start(TODAY, series.HALF_YEAR), TODAY)
    assert len(weeks) == 26
    for column, (ending, name) in enumerate(reports.ENDS.items(), 1):
        values = [getattr(week.figures, ending) for week in weeks]
        assert drawn(section)[name] == values
        assert read(section, column) == [str(value) for value in values]
    assert read(section, 5) == [tables.share(week.figures) for week in weeks]


def test_left_and_right() -> None:
    section = SECTIONS["sides"]
    weeks = series.weeks(YEAR.days, series.start(TODAY, series.HALF_YEAR), TODAY)
    for column, name in enumerate(("left", "right"), 1):
        seconds = [getattr(week.figures, f"{name}_s") for week in weeks]
        assert drawn(section)[name] == pytest.approx([one / 60 for one in seconds])
        assert read(section, column) == [brief(one) for one in seconds]


def test_kinds_of_work() -> None:
    section = SECTIONS["kinds"]
    weeks = series.weeks(YEAR.days, series.start(TODAY, series.HALF_YEAR), TODAY)
    seconds = [week.figures.kinds.get(Kind.STRENGTHEN, 0.0) for week in weeks]
    assert drawn(section)["strengthening"] == pytest.approx([one / 60 for one in seconds])
    assert read(section, 3) == [brief(one) for one in seconds]
    all_kinds = sum(sum(values) for values in drawn(section).values()) * 60
    assert all_kinds == pytest.approx(sum(sum(w.figures.kinds.values()) for w in weeks))


def test_every_kind_of_work_is_drawn() -> None:
    assert set(names.KINDS) == set(Kind) - {Kind.NEIGHBOUR}  # which stands in for one of them


def test_sitting_and_spells() -> None:
    since = series.start(TODAY, series.QUARTER)
    recent = between(YEAR.days, since, TODAY)
    parts = drawn(SECTIONS["sitting"])
    last = [one + more for one, more in zip(*parts.values(), strict=True)][-len(recent) :]
    assert last == pytest.approx([figures.sitting_s / 3600 for figures in recent.values()])
    assert read(SECTIONS["sitting"], 1)[-1] == brief(YEAR.day(TODAY).sitting_s)
    longest = drawn(SECTIONS["spells"])["longest stretch"]
    assert longest[-1] == pytest.approx(YEAR.day(TODAY).longest_spell_s / 60)
    assert max(longest) * 60 == pytest.approx(
        max(f.longest_spell_s for d, f in YEAR.days.items() if d >= series.start(TODAY, 52))
    )
    (line,) = json.loads(SECTIONS["spells"].figure)["layout"]["shapes"]
    assert line["y0"] == line["y1"] == 30
    assert len(longest) == len(SECTIONS["spells"].tables[0].rows)


def test_the_calendar() -> None:
    (heat,) = json.loads(SECTIONS["calendar"].figure)["data"]
    cells = [cell for row in heat["z"] for cell in row if cell is not None]
    first = series.start(TODAY, series.YEAR)
    year = between(YEAR.days, first, TODAY)
    assert sum(cells) == total(year.values()).done
    assert len(cells) == len(year)
    rows = SECTIONS["calendar"].tables[0].rows
    assert [len(heat["x"]), sum(int(row[-1]) for row in rows)] == [len(rows), sum(cells)]


def test_hours_of_the_day() -> None:
    recent = between(YEAR.days, series.start(TODAY, series.QUARTER), TODAY)
    hours = total(recent.values()).hours
    values = drawn(SECTIONS["hours"])
    assert values["reminders"] == [hours[hour].prompts for hour in sorted(hours)]
    assert values["done"] == [hours[hour].done for hour in sorted(hours)]
    assert sum(values["sitting"]) * 60 * len(recent) == pytest.approx(
        sum(figures.sitting_s for figures in recent.values())
    )
    assert read(SECTIONS["hours"], 2) == [str(number) for number in values["reminders"]]


def test_what_was_snoozed_known_and_held() -> None:
    snoozed, known, held = SECTIONS["follow-through"].tables
    year = total(between(YEAR.days, series.start(TODAY, series.YEAR), TODAY).values())
    assert [row[-1] for row in snoozed.rows] == [str(year.put_off), str(year.put_off_done)]
    assert sum(int(row[-1]) for row in known.rows) == year.done
    assert sum(int(row[-1]) for row in held.rows) == sum(year.held.values())


def test_every_reason_and_evidence_has_its_words() -> None:
    everything = Figures(
        put_off=1, held=dict.fromkeys(names.HELD, 1), evidence=dict.fromkeys(names.KNOWN, 1)
    )
    found = recorded().days.values()
    assert set(total(found).held) <= set(names.HELD)
    assert set(total(found).evidence) <= set(names.KNOWN)
    _, known, held = tables.follow_through([("ever", everything)])
    assert (len(known.rows), len(held.rows)) == (len(Evidence), len(Reason))


# Check-ins


def test_check_ins_are_drawn_as_they_were_given() -> None:
    facts = [checked(20, 9), checked(3, 4, 2), checked(2, None), checked(1, 3), checked(0, 7, 0)]
    (section,) = sections(record(*facts))
    assert drawn(section) == {"left": [4, 3, 7], "right": [2, 0]}
    assert [row[1:3] for row in section.tables[0].rows] == [("4", "2"), ("3", ""), ("7", "0")]
    assert "middle" not in section.tables[0].head


def test_a_check_in_that_was_put_right_is_drawn_once() -> None:
    """As the sentences beside it take it; said at another device, too."""
    slip = checked(0, 8)
    facts = [checked(1, 4, 2), slip, msgspec.structs.replace(slip, at=EVENING + HOUR, left=3)]
    (section,) = sections(record(*facts))
    assert drawn(section) == {"left": [4, 3], "right": [2]}
    assert [row[1:3] for row in section.tables[0].rows] == [("4", "2"), ("3", "")]


def test_the_middle_is_there_only_where_it_was_given() -> None:
    (section,) = sections(record(checked(1, 4, 2), checked(0, None, None, middle=5)))
    assert drawn(section) == {"left": [4], "right": [2], "middle": [5]}
    assert section.tables[0].head[1:4] == ("left", "right", "middle")


def test_what_is_usual_is_the_median_of_four_weeks_give_or_take_one() -> None:
    levels = [9, 1, 2, 8, 4, 5]
    (section,) = sections(record(*(checked(5 - n, level) for n, level in enumerate(levels))))
    bands = [trace for trace in json.loads(section.figure)["data"] if trace.get("fill")]
    assert bands[0]["y"] == [6, 4, 5.5, 3.5, 2, 4]  # three highs, and the lows backwards
    assert drawn(section)["left"] == levels


def test_few_check_ins_say_nothing_of_what_is_usual() -> None:
    (section,) = sections(record(*(checked(n, 4) for n in (2, 1, 0))))
    assert not [trace for trace in json.loads(section.figure)["data"] if trace.get("fill")]
    assert "usual" not in " ".join(key.text for key in section.legend)


def test_the_words_about_the_trend_come_from_elsewhere() -> None:
    assert '<p class="remark">It &lt;rests&gt;.</p>' in page(record(checked(0, 1)), ["It <rests>."])
    assert 'class="remark"' not in page(record(checked(0, 1)))


# The head


def test_the_summary_counts_nothing_against_the_person() -> None:
    lately = series.lately(YEAR.days, TODAY)
    figures = total(lately.values())
    assert figures.withdrawn
    assert figures.held
    told = " ".join(summary.sentences(lately))
    share = figures.done / (figures.done + figures.skipped + figures.expired)
    assert f"{share:.0%}" in [tile.figure for tile in summary.tiles(lately, RULES.sitting)]
    assert f"You got up before answering {figures.withdrawn} times. This never counts" in told
    assert f"{sum(figures.held.values())} reminders (" in told
    assert f"{figures.prompts} reminders: {figures.done} done" in told
    assert f"{figures.evidence['guided']} with the guide" in told  # type: ignore[index]


def test_an_empty_record_is_told_kindly() -> None:
    text = page(record())
    assert reports.NOTHING in text
    assert reports.ADVICE in text
    assert "<table" not in text
    assert len(text) < 100_000


def test_a_record_that_ended_years_ago() -> None:
    text = page(record(days={date(2020, 1, 1): Figures(sitting_s=60.0)}))
    assert "1 January 2020 to 25 November 2026" in text
    assert reports.NOTHING_LATELY in text


# The file


class Outline(HTMLParser):
    """The headings, and what a reader of the page hears of each chart."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[str] = []
        self.labels: list[str] = []
        self.ids: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(tag)
        if found.get("role") == "img":
            self.labels.append(found["aria-label"])
        if "id" in found:
            self.ids.append(found["id"])
        self.sources += [found[name] for name in ("src", "href") if name in found]


def test_the_outline_of_the_page() -> None:
    text = page(YEAR)
    outline = Outline()
    outline.feed(text)
    assert text.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr">')
    assert outline.levels == ["h1"] + ["h2"] * (2 + len(SECTIONS))
    assert len(outline.labels) == sum(bool(section.figure) for section in SECTIONS.values())
    assert len(set(outline.labels)) == len(outline.labels)
    assert len(set(outline.ids)) == len(outline.ids)
    assert all(source.startswith("data:image/png;base64,") for source in outline.sources)


def test_the_words_of_the_page_promise_nothing() -> None:
    text = page(YEAR)
    own = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    assert len(own) < 300_000
    assert not AVOIDED.search(own)
    assert "because" not in own
    assert "://" not in own


def test_a_colour_of_the_light_has_one_for_the_dark() -> None:
    lights = [light for light, _ in palette.COLOURS.values()]
    assert len(set(lights)) == len(lights)
    used = re.findall(r"#[0-9a-f]{6}", "".join(section.figure for section in SECTIONS.values()))
    assert set(used) <= set(palette.DARK_BY_LIGHT)


@given(st.lists(any_fact(), max_size=12))
@settings(max_examples=few(30))
def test_any_record_makes_a_page(facts: list[AnyFact]) -> None:
    tally = tallied(facts)
    today = max(tally.days(), default=TODAY)
    at = datetime(today.year, today.month, today.day, tzinfo=UTC)
    assert sections(Record(at, today, tally.days(), [], CATALOGUE, 1800.0, Problems())) is not None


def test_a_day_of_sitting_alone() -> None:
    found = sections(record(Sat(EVENING, 3600.0)))
    assert [section.name for section in found] == ["sitting", "spells", "hours"]


def test_what_was_stood_is_told_beside_what_was_sat_and_only_then() -> None:
    (sat, *_) = sections(record(Sat(EVENING, 3600.0), Stood(EVENING, 1800.0)))
    assert drawn(sat)["standing"][-1] == 0.5
    assert sat.tables[0].head[-1] == sat.legend[-1].text == "standing, as you said"
    assert sat.tables[0].rows[-1][-1] == "30 min"
    (alone, *_) = sections(record(Sat(EVENING, 3600.0)))
    assert (len(drawn(alone)), len(alone.tables[0].head)) == (2, 4)
