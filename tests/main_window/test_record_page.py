"""The page Record: what its pictures hold is what was recorded, and it is read by names alone."""

import gc
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from desk import CATALOGUE
from main_window.mainwindow import Opened, keep_a_day, keep_an_evening
from qlbreak.core.model.terms import Evidence
from qlbreak.core.statistics.figures import Figures
from qlbreak.record.journal import Problems
from qlbreak.record.load import Record, load
from qlbreak.settings.config import load_or_default
from qlbreak.system.paths import find
from qlbreak.texts import weeks
from rig import inspection
from rig.accessibility import Reader
from rig.offscreen import settle
from rig.program import Program
from rig.waiting import wait_for
from thorough import themes

NOW = datetime(2026, 3, 4, 15).astimezone()  # a Wednesday
TODAY = NOW.date()
SAT = Figures(
    sitting_s=9000.0, over_s=1800.0, done=3, left_s=60.0, right_s=45.0,
    evidence={Evidence.GUIDED: 2, Evidence.CLAIMED: 1},
)  # fmt: skip


def recorded(days: dict[date, Figures]) -> Record:
    return Record(NOW, TODAY, days, [], CATALOGUE, 1800.0, Problems())


def test_the_first_day_stands_at_the_end_of_two_weeks() -> None:
    from qlbreak.main_window import record_page

    shown = record_page.shown_days(recorded({TODAY: SAT}))
    assert len(shown) == 14
    assert shown[-1] == TODAY


def test_no_more_than_four_weeks_are_shown() -> None:
    from qlbreak.main_window import record_page

    record = recorded({TODAY - timedelta(days=300): SAT, TODAY: SAT})
    shown = record_page.shown_days(record)
    assert (shown[0], shown[-1]) == (TODAY - timedelta(days=27), TODAY)


def test_bars_hold_what_the_figures_say() -> None:
    from qlbreak.main_window import record_page

    before = TODAY - timedelta(days=2)
    record = recorded({before: SAT, TODAY: Figures(sitting_s=600.0)})
    shown = record_page.shown_days(record)
    sitting = record_page.sitting(record, shown)
    assert sitting.values[-3:] == ((7200.0, 1800.0), (0.0, 0.0), (600.0, 0.0))
    assert sum(map(sum, sitting.values)) == 9600.0
    assert (
        sitting.told[-3] == "Monday 2 March 2026: 2 h 30 min sitting, 30 min of it beyond the limit"
    )
    assert sitting.told[-2] == "Tuesday 3 March 2026: nothing recorded"
    breaks = record_page.breaks(record, shown)
    assert sum(breaks.values[-3]) == SAT.done
    assert breaks.values[-3][0] == 2
    sides = record_page.sides(record, shown)
    assert sides.values[-3] == (60.0, 45.0)


@pytest.mark.parametrize(("most", "step"), [(0, 1800.0), (10800, 3600.0), (28800, 7200.0)])
def test_a_scale_has_four_lines_at_most_and_all_below_it(most: float, step: float) -> None:
    from qlbreak.main_window.charts_drawn import Bars

    bars = Bars((TODAY,), ("sat",), ((most,),), ("",), timed=True, stacked=True, least=7200.0)
    assert bars.step == step
    assert bars.top >= bars.most
    assert bars.top / bars.step <= 4


def test_reading_leaves_the_clearing_away_to_the_window(offscreen: None, tmp_path: Path) -> None:
    """Python would do it on the reader's thread else."""
    assert not gc.isenabled()
    paths = find(tmp_path)
    load(paths, load_or_default(paths.config))
    assert not gc.isenabled()


# On a screen


@pytest.fixture
def program(reader: Reader) -> Program:
    return reader.desktop.program().known()


@pytest.mark.desktop
def test_a_first_start_is_met_with_a_kind_word(reader: Reader, program: Program) -> None:
    window = Opened(reader, program, "record").window
    window.find("label", weeks.EMPTY)
    assert not window.has("label", weeks.SITTING)


@pytest.mark.desktop
def test_a_day_is_told_and_read_as_a_table(reader: Reader, program: Program) -> None:
    keep_an_evening(reader, program)
    window = Opened(reader, program, "record").window
    window.find("label", part="reminders done")
    window.find("push button", weeks.button(weeks.SITTING, weeks.TABLE)).press()
    table = window.find("table", weeks.of(weeks.SITTING))
    assert any("min" in cell.name for cell in table.all("table cell"))


@pytest.mark.desktop
def test_arrows_lead_from_day_to_day(reader: Reader, program: Program) -> None:
    keep_an_evening(reader, program)
    window = Opened(reader, program, "record").window
    window.find("image", part=weeks.SITTING).focus()
    reader.keys("Home")
    window.find("label", weeks.NOTHING)
    reader.keys("End")
    window.find("label", part="reminders done")


def test_the_days_are_exported(offscreen: None, tmp_path: Path) -> None:
    from qlbreak.main_window.feed import Feed
    from qlbreak.main_window.record_page import RecordPage

    paths = find(tmp_path / "data")
    keep_a_day(paths.data)
    page = RecordPage(paths, Feed(paths))
    file = tmp_path / "days.csv"
    page.export_to(str(file))
    wait_for(lambda: file.exists() and file.read_text().count("\n") > 1, 20, "it is written")

    def said() -> bool:
        settle()
        return page.said == weeks.EXPORTED

    wait_for(said, 20, "it is said")


@pytest.mark.desktop
@pytest.mark.parametrize("theme", themes("dark"))
def test_nothing_in_it_is_nameless_lost_or_hard_to_read(
    reader: Reader, program: Program, theme: str
) -> None:
    keep_an_evening(reader, program)
    window = Opened(reader, program, "record", QLBREAK_THEME=theme).window
    window.find("label", part="reminders done")
    found = inspection.complaints(reader, window)
    assert not found, "\n".join(found)
