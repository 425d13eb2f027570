"""GNOME's menu: its extension takes what changes in a line from one signal alone, and never asks
again. On a host of the tests' own that is as strict, and on the real one where it is installed.
"""

from collections.abc import Iterator

import pytest

from app.test_app import work_until
from desk import CATALOGUE, Desk
from qlbreak.core.model.rules import Rules
from qlbreak.tray import SEPARATOR, Face, MenuLine
from qlbreak.tray.dbusmenu import MENU_PATH
from qlbreak.tray.menu import lines
from rig.desks import provide
from rig.desktop import Desktop
from rig.gnomeshell import GnomeShell, extension
from rig.program import Program
from rig.shellhost import ShellHost
from rig.trayuser import TEAL, TrayUser
from rig.waiting import wait_for
from rig.watcher import ITEM_NAME, TrayBus, Watcher
from tray.test_menu import DESKS

ANSWERS = ("Done", "Snooze", "Skip")
CONFIG = '[prompt]\nsitting = "15 min"\n'


def menu(desk: Desk, rules: Rules | None = None) -> tuple[MenuLine, ...]:
    return lines(desk.status, rules or Rules())


def wanted(found: tuple[MenuLine, ...]) -> dict[str, bool]:
    return {x.label: x.enabled for x in found if x.visible and x != SEPARATOR}


@pytest.fixture
def trays() -> Iterator[TrayBus]:
    with TrayBus() as started:
        yield started


def test_a_host_that_never_asks_again_shows_every_moment_right(trays: TrayBus) -> None:
    first = Face(TEAL, "", menu(Desk()))
    with Watcher(trays.session_address), TrayUser(trays.session_address, first) as user:
        assert user.next_kind() == "sni"
        with ShellHost(trays.session_address, (ITEM_NAME, MENU_PATH)) as host:
            for name, play in DESKS.items():
                found = menu(play())
                user.tray.show(Face(TEAL, "", found))
                wait_for(lambda: host.seen() == wanted(found), 3, name, host.seen)  # noqa: B023
            assert host.complaints == []
            host.press("Open qlbreak")
            assert user.next_press() == "open"


def test_it_hears_of_the_lines_that_stay_when_others_come(trays: TrayBus) -> None:
    """Other lengths of a snooze, in the settings, are the only lines that ever do."""
    first = Face(TEAL, "", menu(Desk()))
    with Watcher(trays.session_address), TrayUser(trays.session_address, first) as user:
        assert user.next_kind() == "sni"
        with ShellHost(trays.session_address, (ITEM_NAME, MENU_PATH)) as host:
            found = menu(Desk().work(31), Rules(snoozes=(60.0, 300.0, 1200.0)))
            user.tray.show(Face(TEAL, "", found))
            wait_for(lambda: host.seen() == wanted(found), 3, "the new lines", host.seen)
            assert list(host.seen(host.number("Snooze"))) == ["1 min", "5 min", "20 min"]
            snooze = host.number("Snooze")
            assert host.complaints[-1] == f"the lines of {snooze} are other ones"
            assert len([c for c in host.complaints if "other ones" in c]) == 1


def started(desktop: Desktop) -> Program:
    settings = desktop.home / "config.toml"
    settings.write_text(CONFIG)
    program = desktop.program("--config", str(settings)).known()
    program.start("run")
    wait_for(program.answers, 20, "it answers commands")
    desktop.wait_tray_item("qlbreak", 20)
    return program


def test_the_first_prompt_of_a_day_can_be_answered_there(desktop: Desktop) -> None:
    program = started(desktop)
    name, path = desktop.wait_tray_item("qlbreak")
    assert path == "/StatusNotifierItem"
    with ShellHost(desktop.session_address, (name, MENU_PATH)) as host:
        assert not host.seen().keys() & set(ANSWERS)
        assert program.run("arrived", "20 min").code == 0
        work_until(desktop, lambda: "Done" in host.seen(), 10, "Done can be pressed")
        routine = program.status()["prompt"]["routine"]
        assert [host.seen()[answer] for answer in ANSWERS] == [True, True, True]
        (start,) = (label for label in host.seen() if label.startswith("Start: "))
        shown = next(x for x in CATALOGUE.routines.values() if x.id == routine)
        assert shown.name in start
        host.press("Another one")
        program.wait_fact(lambda fact: fact["type"] == "swapped", 5)
        wait_for(lambda: start not in host.seen(), 5, "it is another one", host.seen)
        host.press("Skip")
        program.wait_fact(lambda fact: fact.get("answer") == "skipped", 5)
        wait_for(lambda: "Skip" not in host.seen(), 5, "it is over there, too", host.seen)
        assert host.seen()["Undo: I did do the last one"]
        host.press("Undo: I did do the last one")
        program.wait_fact(lambda fact: fact["type"] == "corrected", 5)
        assert host.complaints == []


# The real one


@pytest.fixture
def gnome(request: pytest.FixtureRequest) -> Iterator[GnomeShell]:
    yield from provide(request, GnomeShell())


@pytest.mark.desktop
def test_on_gnome_the_first_prompt_of_a_day_can_be_answered(gnome: GnomeShell) -> None:
    program = started(gnome)
    wait_for(lambda: "Quit" in gnome.shown(), 10, "the menu is there", gnome.shown)
    assert next(iter(gnome.shown())) == "Open qlbreak"
    assert not gnome.shown().keys() & set(ANSWERS)
    assert program.run("arrived", "20 min").code == 0
    wait_for(lambda: "Done" in gnome.shown(), 40, "Done can be pressed", gnome.shown)
    assert [gnome.shown()[answer] for answer in ANSWERS] == [True, True, True]
    wait_for(lambda: "a reminder is open" in gnome.icon_words(), 5, "words", gnome.icon_words)
    top, bottom = gnome.open_menu()
    assert 0 < top < bottom < 600, "Quit is on every screen"
    gnome.press("Skip")
    program.wait_fact(lambda fact: fact.get("answer") == "skipped", 5)
    assert program.run("meeting").code == 0
    wait_for(lambda: "in a meeting" in gnome.icon_words(), 5, "the meeting", gnome.icon_words)
    shown = list(gnome.shown())
    assert shown.index("The meeting is over") == shown.index("Today I am…") - 1
    (gnome.home / "config.toml").write_text(f'{CONFIG}snooze = ["1 min", "20 min"]\n')
    lengths = ["1 min", "20 min"]
    wait_for(lambda: gnome.shown_below("Snooze") == lengths, 30, "other lengths of a snooze")
    wait_for(lambda: list(gnome.shown()) == gnome.tray_menu().labels, 5, "all in their places")
    assert f"/{extension()}/" not in gnome.journal, "no complaint from its code"
    assert program.run("quit").code == 0
