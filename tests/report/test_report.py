"""`report`: where the page goes, who may read it, what opens it, and what is without plotly."""

import sys
from pathlib import Path

import pytest

from qlbreak.core.model.facts import Sat
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from rig.desktop import Desktop
from rig.processes import Outcome
from rig.program import Program
from rig.room import Room
from rig.session import Session
from rig.waiting import wait_for

WITHOUT_PLOTLY = """
import sys
sys.modules["plotly"] = None
from qlbreak.__main__ import main
main()
"""


@pytest.fixture
def sat(room: Room) -> Room:
    """In which an hour was sat."""
    journal = room.home / "data/journal/laptop.jsonl"
    journal.parent.mkdir(parents=True)
    journal.write_bytes(encode(Sat(Clock().now()[0], 3600.0)))
    return room


@pytest.fixture
def opener(room: Room) -> Path:
    return opener_in(room)


def opener_in(session: Session) -> Path:
    """What the desktop's opener was told to open, once it was."""
    told, program = session.folder / "opened", session.folder / "bin/xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" > {told}.new && mv {told}.new {told}\n')
    program.chmod(0o755)
    session.env["PATH"] = f"{program.parent}:{session.env['PATH']}"
    return told


def without_plotly(room: Room, *words: str) -> Outcome:
    data = str(room.home / "data")
    return room.run([sys.executable, "-c", WITHOUT_PLOTLY, "--data-dir", data, "report", *words])


def test_the_page_is_written_for_the_users_eyes_only(sat: Room) -> None:
    outcome = sat.program().run("report")
    page = sat.home / "data/report.html"
    assert (outcome.code, outcome.out, outcome.err) == (0, f"{page}\n", "")
    assert page.stat().st_mode & 0o777 == 0o600
    assert "1 h" in page.read_text("utf-8")
    assert sorted(path.name for path in page.parent.iterdir()) == ["journal", "report.html"]


def test_another_place_takes_the_place_of_what_was_there(sat: Room) -> None:
    page = sat.folder / "mine.html"
    page.write_text("before")
    page.chmod(0o644)
    outcome = sat.program().run("report", "-o", str(page))
    assert (outcome.code, outcome.out) == (0, f"{page}\n")
    assert page.stat().st_mode & 0o777 == 0o600
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert not (sat.home / "data/report.html").exists()


@pytest.mark.parametrize(
    ("place", "what"),
    [(".", "is a folder; name a file"), ("nowhere/page.html", "there is no such folder")],
)
def test_a_place_that_cannot_be(sat: Room, place: str, what: str) -> None:
    outcome = sat.program().run("report", "-o", place)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("qlbreak: ")
    assert outcome.err.endswith(f"{what}\n")
    assert outcome.err.count("\n") == 1


def test_a_folder_where_the_page_belongs(sat: Room) -> None:
    (sat.home / "data/report.html").mkdir()
    outcome = sat.program().run("report")
    assert (outcome.code, outcome.out) == (2, "")
    assert "report.html is a folder; name a file" in outcome.err
    assert len(list((sat.home / "data").iterdir())) == 2


def test_without_a_record(room: Room) -> None:
    outcome = room.program().run("report")
    assert (outcome.code, outcome.err) == (0, "")
    assert "Nothing is recorded yet" in Path(outcome.out.strip()).read_text("utf-8")


def test_it_is_opened(sat: Room, opener: Path) -> None:
    outcome = sat.program().run("report", "--open")
    assert outcome.code == 0
    wait_for(opener.exists, 10, "something is opened")
    assert opener.read_text() == outcome.out == f"{sat.home / 'data/report.html'}\n"


def test_it_is_opened_where_a_browser_in_a_sandbox_can_read_it(sat: Room, opener: Path) -> None:
    """A snap's sees nothing below a hidden folder."""
    downloads = sat.home / "Downloads"
    downloads.mkdir()
    hidden = sat.home / ".local/share/qlbreak"
    hidden.parent.mkdir(parents=True)
    (sat.home / "data").rename(hidden)
    program = Program(sat, hidden)
    for _ in range(2):
        assert program.run("report", "--open").out == f"{downloads / 'qlbreak-report.html'}\n"
    wait_for(opener.exists, 10, "something is opened")
    assert opener.read_text() == f"{downloads / 'qlbreak-report.html'}\n"
    (page,) = downloads.iterdir()  # one, however often it was opened
    assert page.stat().st_mode & 0o777 == 0o600
    assert program.run("report").out == f"{hidden / 'report.html'}\n"  # nobody opens that one
    assert program.run("delete-data", "--yes").code == 0
    assert not page.exists()


@pytest.mark.parametrize("there", [True, False])
def test_what_cannot_be_opened_is_told_with_its_place(sat: Room, there: bool) -> None:
    folder = sat.folder / "bin"
    folder.mkdir()
    if there:
        (folder / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
        (folder / "xdg-open").chmod(0o755)
        sat.env["PATH"] = f"{folder}:{sat.env['PATH']}"
    else:
        sat.env["PATH"] = str(folder)
    outcome = sat.program().run("report", "--open")
    page = sat.home / "data/report.html"
    assert (outcome.code, outcome.out) == (2, f"{page}\n")
    assert outcome.err.startswith("qlbreak: no browser opened it (")
    assert outcome.err.endswith(f"open it yourself: {page}\n")
    assert page.exists()


def test_how_far_it_is_is_shown_in_a_terminal(sat: Room) -> None:
    """And nowhere else: standard output is for the name of the file."""
    command = f"{sys.executable} -m qlbreak --data-dir {sat.home / 'data'} report >/dev/null"
    shown = sat.run(["script", "-qec", command, "/dev/null"], env=sat.env | {"TERM": "xterm"})
    assert shown.code == 0
    assert "reading the record" in shown.out


def test_without_plotly_it_is_said_how_to_get_it(sat: Room) -> None:
    outcome = without_plotly(sat)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("qlbreak: the page needs plotly")
    assert 'pipx install ".[report]"' in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (sat.home / "data/report.html").exists()


def test_without_plotly_the_menu_still_opens_todays_text(sat: Room, opener: Path) -> None:
    outcome = without_plotly(sat, "--open")
    today = sat.home / "data/today.txt"
    assert (outcome.code, outcome.out) == (0, f"{today}\n")
    assert outcome.err.startswith("qlbreak: the page needs plotly")
    wait_for(opener.exists, 10, "something is opened")
    assert opener.read_text() == f"{today}\n"
    assert "longest stretch" in today.read_text("utf-8")
    assert "the page needs plotly" in today.read_text("utf-8")
    assert today.stat().st_mode & 0o777 == 0o600


# From the running program


def test_from_the_menu(desktop: Desktop) -> None:
    told = opener_in(desktop)
    program = desktop.program().known()
    program.start("run")
    desktop.wait_tray_item("qlbreak", 10)
    desktop.press_menu("Record as a page")
    wait_for(told.exists, 15, "something is opened", lambda: program.log)
    page = program.data_dir / "report.html"
    assert told.read_text() == f"{page}\n"
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_page_that_cannot_be_made_is_said(desktop: Desktop) -> None:
    told = opener_in(desktop)
    program = desktop.program().known()
    (program.data_dir / "report.html").mkdir()
    program.start("run")
    desktop.wait_tray_item("qlbreak", 10)
    watch = desktop.watch_bus()
    desktop.press_menu("Record as a page")
    note = watch.wait_notification(lambda n: "cannot be opened" in n.summary, 15)
    assert note.body == "To see why, run in a terminal: qlbreak report"
    assert not told.exists()
