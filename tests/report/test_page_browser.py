"""The page of the record in a real browser: from the disk alone, on every screen, on paper."""

import json
from pathlib import Path

import pytest

from rig.chromium import Chromium, pages
from years import recorded

DRAWN = "document.documentElement.dataset.drawn"
WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"
LIGHT, DARK = "rgb(253, 252, 249)", "rgb(31, 39, 37)"  # what charts stand on
# Of every chart: how many traces it has, how large its drawing is, what it stands on.
CHARTS = """JSON.stringify([...document.querySelectorAll('.chart')].map(chart => {
    const box = chart.querySelector('svg.main-svg')?.getBoundingClientRect();
    const marks = chart.querySelectorAll('.trace, .hm').length;
    const ground = chart.querySelector('svg.main-svg')?.style.background;
    const room = chart.getBoundingClientRect();
    return {marks, width: box?.width, height: box?.height, ground,
        fits: box?.width <= room.width + 1 && box?.height <= room.height + 1};
}))"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year's record, with something of everything."""
    pytest.importorskip("plotly")
    from qlbreak.report.page import page

    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page(recorded(), ["About the same."]), "utf-8")
    return path


def look(browser: Chromium) -> list[dict[str, object]]:
    charts: list[dict[str, object]] = json.loads(browser.evaluate(CHARTS))
    return charts


def test_it_is_drawn_from_the_disk_alone(browser: Chromium, file: Path) -> None:
    from qlbreak.report.sections import sections

    browser.open(file)
    browser.wait(DRAWN)
    charts = look(browser)
    assert len(charts) == sum(bool(section.figure) for section in sections(recorded()))
    assert all(chart["marks"] and chart["fits"] for chart in charts), charts
    assert all(float(str(chart["height"])) > 100 for chart in charts), charts
    assert browser.complaints == []
    loaded = [url for url in browser.requests if not url.startswith("data:image/png")]
    assert loaded == [file.as_uri()]


def test_what_a_page_may_load_is_nothing(browser: Chromium, file: Path) -> None:
    """Even what a script would add later: the policy stands in its way, not only the network."""
    browser.open(file)
    browser.wait(DRAWN)
    browser.evaluate("addEventListener('securitypolicyviolation', e => blocked = e.blockedURI)")
    for made in (
        "document.body.append(Object.assign(new Image(), {src: 'file:///picture.png'}))",
        "document.head.append(Object.assign(document.createElement('script'), {text: '1'}))",
    ):
        browser.evaluate(f"blocked = '', {made}")
        assert browser.wait("blocked") in ("file", "inline")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1600])
def test_nothing_scrolls_sideways(browser: Chromium, file: Path, width: int, dark: bool) -> None:
    browser.open(file, width=width, height=740, dark=dark)
    browser.wait(DRAWN)
    browser.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    content, window = browser.evaluate(WIDTHS)
    assert content <= window == width
    assert all(chart["fits"] for chart in look(browser))


def test_the_charts_follow_the_screen(browser: Chromium, file: Path) -> None:
    """From light to dark, and from wide to narrow, while the page is open."""
    browser.open(file)
    browser.wait(DRAWN)
    light = {chart["ground"] for chart in look(browser)}
    browser.paint(dark=True)
    ground = "document.querySelector('svg.main-svg').style.background"
    browser.wait(f"{ground} === '{DARK}'")
    assert {chart["ground"] for chart in look(browser)} == {DARK}
    assert light == {LIGHT}
    browser.resize(420, 800)
    browser.wait("document.querySelector('svg.main-svg').getBoundingClientRect().width < 420")
    assert all(chart["fits"] for chart in look(browser))


@pytest.mark.parametrize("dark", [False, True])
def test_a_year_is_printed_on_two_pages(browser: Chromium, file: Path, dark: bool) -> None:
    browser.open(file, dark=dark)
    browser.wait(DRAWN)
    before = look(browser)
    printed = browser.pdf()
    assert pages(printed) == 2
    assert b"/MediaBox [0 0 594.95996 841.91998]" in printed  # A4
    browser.wait("!document.documentElement.classList.contains('printing')")
    assert look(browser) == before
    assert browser.complaints == []


def test_before_printing_the_charts_are_those_for_paper(browser: Chromium, file: Path) -> None:
    browser.open(file, dark=True)
    browser.wait(DRAWN)
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    charts = look(browser)
    assert {chart["ground"] for chart in charts} == {LIGHT}
    assert all(chart["fits"] and float(str(chart["width"])) < 718 for chart in charts)
    assert browser.evaluate("document.querySelector('details.short').open")


def test_an_empty_record(browser: Chromium, tmp_path: Path) -> None:
    pytest.importorskip("plotly")
    from qlbreak.report.page import page

    path = tmp_path / "report.html"
    path.write_text(page(recorded(days=0)), "utf-8")
    browser.open(path, width=360)
    assert "Nothing is recorded yet" in browser.evaluate("document.body.innerText")
    content, window = browser.evaluate(WIDTHS)
    assert content <= window
    assert browser.complaints == []
    assert pages(browser.pdf()) == 1
