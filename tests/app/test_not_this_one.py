"""Not this one, at a real desk: another one, never this one, and why, wherever it can be said; what
the settings and the record say then."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from desk import CATALOGUE
from guide.test_terminal_guide import ON_TERMINAL
from guide.test_terminal_guide import Reader as Terminal
from main_window.mainwindow import Opened
from qlbreak.settings import config
from qlbreak.texts import guidance, labels, notices
from rig.accessibility import Reader
from rig.desktop import Desktop
from rig.nobody import as_nobody
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for

REMARK = "# my own words\n"


def settings(program: Program) -> Path:
    return Path(program.env["HOME"], ".config", "qlbreak", "config.toml")


def running(desktop: Desktop, **env: str) -> Program:
    """With a reminder open, and settings in which somebody has written."""
    program = desktop.program().known()
    file = settings(program)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'[you]\n{REMARK}tighter = "left"  # since the move\n')
    program.start("run", **env)
    wait_for(program.answers, 10, "it answers")
    assert program.run("arrived", "40 min").code == 0
    wait_for(lambda: program.status()["prompt"], 10, "a reminder is open")
    return program


def facts(program: Program, kind: str) -> list[dict[str, Any]]:
    return [fact for fact in program.journal() if fact["type"] == kind]


def shown(program: Program) -> set[str]:
    """The movements of what is open."""
    return {block["movement"] for block in facts(program, "shown")[-1]["blocks"]}


def name(movement: str) -> str:
    return CATALOGUE.movements[movement].plain_name


def never(program: Program) -> frozenset[str]:
    return config.load(settings(program)).settings.you.never


def kept(program: Program) -> bool:
    """What somebody has written there is there."""
    text = settings(program).read_text()
    return REMARK in text and 'tighter = "left"  # since the move' in text


def wait_shown(program: Program, number: int) -> None:
    wait_for(lambda: len(facts(program, "shown")) == number, 10, "it is another", program.journal)


@pytest.mark.desktop
def test_by_the_menu_of_the_tray(desktop: Desktop) -> None:
    watch = desktop.watch_bus()
    program = running(desktop)
    desktop.wait_tray_item("qlbreak", 10)
    first = shown(program)
    desktop.press_menu([labels.NOT_THIS, labels.ANOTHER])
    wait_shown(program, 2)
    gone = sorted(shown(program))[0]
    assert not shown(program) & first
    desktop.press_menu([labels.NOT_THIS, labels.never(name(gone))])
    wait_for(lambda: never(program) == {gone}, 10, "it stands in the settings", lambda: program.log)
    wait_shown(program, 3)
    assert gone not in shown(program)
    assert kept(program)
    told = watch.wait_notification(lambda note: "any more" in note.summary)
    assert name(gone) in told.summary
    assert f"qlbreak allow {gone}" in told.body
    rests = shown(program)
    desktop.press_menu([labels.NOT_THIS, "Skip: it hurts"])
    care = watch.wait_notification(lambda note: note.summary == notices.HURTS)
    assert "never push through it" in care.body
    (answered,) = facts(program, "answered")
    assert (answered["answer"], answered["reason"], answered["prompt"]) == ("skipped", "hurts", 1)
    assert program.run("arrived", "40 min").code == 0
    wait_shown(program, 4)
    assert not shown(program) & (rests | {gone})
    assert "hurt" in facts(program, "shown")[-1]["why"]


@pytest.mark.desktop
def test_by_the_window_and_its_reasons(reader: Reader) -> None:
    program = running(reader.desktop)
    window = Opened(reader, program).window

    def choose(number: int) -> None:
        """That line of the menu."""
        button = window.find("push button", labels.NOT_THIS)
        button.focus()
        reader.keys("space")
        wait_for(lambda: "pressed" in button.states, 10, "its menu is open")
        reader.keys(*["Down"] * number, "Return")

    first = shown(program)
    choose(1)
    wait_shown(program, 2)
    assert not shown(program) & first
    window.find("label", part="Now it is: ")
    gone = facts(program, "shown")[-1]["blocks"][0]["movement"]
    choose(6)
    window.find("label", reader.hears("You will not be offered this any more"))
    assert never(program) == {gone}
    assert kept(program)
    choose(2)
    window.find("label", reader.hears("routines are seated or at the wall"))
    (answered,) = facts(program, "answered")
    assert (answered["reason"], answered["place"]) == ("no-room", "office")


@pytest.fixture
def plain(room: Room) -> Program:
    """Where there is no desktop at all, and nobody but commands."""
    program = Program(room, room.folder / "data").known()
    file = settings(program)
    file.parent.mkdir(parents=True, exist_ok=True)
    own = '[movement.rel-neck-roll]\nname = "My neck roll"\nkind = "release"\nposition = "seated"\n'
    (file.parent / "movements.toml").write_text(f'{own}steps = ["Roll."]\n')
    file.write_text(f'[you]\n{REMARK}tighter = "left"  # since the move\n')
    program.start("run")
    wait_for(program.answers, 10, "it answers")
    assert program.run("arrived", "40 min").code == 0
    wait_for(lambda: program.status()["prompt"], 10, "a reminder is open")
    return program


def test_by_commands(plain: Program) -> None:
    first = shown(plain)
    assert plain.run("another").out.startswith("Now it is: ")
    assert not shown(plain) & first
    gone = sorted(shown(plain))[0]
    told = plain.run("never", *gone.split("-")[1:])
    assert f"To take it back: qlbreak allow {gone}. Now it is: " in told.out
    assert never(plain) == {gone}
    assert kept(plain)
    assert gone not in shown(plain)
    assert "nobody notices" in plain.run("skip", "seen").out
    (answered,) = facts(plain, "answered")
    assert (answered["reason"], answered["via"]) == ("seen", "command")
    assert plain.run("skip", "rain").code == 2
    plain.run("quit")
    assert plain.wait_exit() == 0


def test_also_one_of_your_own_and_all_of_it_is_taken_back(plain: Program) -> None:
    assert plain.run("never", "my", "neck", "roll").code == 0
    assert plain.run("never", "short", "walk").code == 0
    assert never(plain) == {"reset-walk", "rel-neck-roll"}
    listed = plain.run("never").out.splitlines()
    assert [line.split()[0] for line in listed[:2]] == ["reset-walk", "rel-neck-roll"]
    assert "My neck roll" in listed[1]
    assert plain.run("config", "check").code == 0
    assert plain.run("allow", "walk").code == 0
    assert plain.run("allow", "rel-neck-roll").code == 0
    assert never(plain) == frozenset()
    assert kept(plain)
    plain.run("quit")
    assert plain.wait_exit() == 0


def guides(desktop: Desktop) -> list[int]:
    return [n for n, line in desktop.processes().items() if line.rstrip().endswith("guide")]


@pytest.fixture
def guided(reader: Reader) -> Program:
    """With the guide of a long routine in front."""
    program = running(reader.desktop, QLBREAK_GUIDE_SPEED="2")
    assert program.run("start", "r180-no-kit").code == 0
    reader.window("Get ready").find("push button", guidance.NOT_THIS)
    reader.desktop.activate("Get ready")
    return program


@pytest.mark.desktop
def test_in_the_guides_window_by_keys(reader: Reader, guided: Program) -> None:
    window = reader.window(": ")
    number = len(facts(guided, "shown"))
    first = shown(guided)
    reader.keys("o")
    wait_shown(guided, number + 1)
    assert not shown(guided) & first
    window.find("label", reader.hears("What you did counts."))
    reader.keys("v")
    wait_for(lambda: never(guided), 10, "it stands in the settings", lambda: guided.log)
    window.find("label", reader.hears("You will not be offered this any more"))
    assert kept(guided)
    assert not never(guided) & shown(guided)
    guided.wait_fact(lambda f: f["type"] == "worked", 60)
    reader.keys("f")
    window.find("push button", guidance.BACK_TO_IT)
    reader.keys("Escape")
    guided.wait_fact(lambda f: f["type"] in ("answered", "stopped"), 20)
    assert {f["prompt"] for f in facts(guided, "worked")} == {1}


@pytest.mark.desktop
def test_what_a_command_says_the_open_guide_goes_on_with(reader: Reader, guided: Program) -> None:
    window, before = reader.window(": "), guides(reader.desktop)
    assert guided.run("another").code == 0
    block = facts(guided, "shown")[-1]["blocks"][0]["movement"]
    window.find("label", part=name(block))
    gone = facts(guided, "shown")[-1]["blocks"][-1]["movement"]
    assert guided.run("never", gone).code == 0
    assert gone not in shown(guided)
    assert reader.hears("Now it is: ")
    assert guides(reader.desktop) == before
    guided.wait_fact(lambda f: f["type"] == "answered", 120)
    answered = facts(guided, "answered")
    assert [(f["answer"], f["evidence"], f["prompt"]) for f in answered] == [("done", "guided", 1)]
    assert gone not in {f["movement"] for f in facts(guided, "worked")}


class AtTheGuide(Terminal):
    """Somebody who is guided in a terminal, by the real program or without it."""

    def guide(self, program: Program, **env: str) -> None:
        settings = {"TERM": "xterm-256color", "COLUMNS": "", **env}
        settings |= {"TERMINAL": os.ttyname(self._theirs)}
        self.process = self.room.spawn(
            "sh",
            ["sh", "-c", ON_TERMINAL, "sh", *program.command, "guide", "--terminal"],
            env={**program.env, **settings},
        )

    def wait_fact(self, program: Program, kind: str, number: int = 1) -> None:
        """What is drawn meanwhile is read, or it would wait."""
        wait_for(
            lambda: self.raw and len(facts(program, kind)) >= number, 40, kind, lambda: self.text
        )


@pytest.fixture
def terminal(room: Room) -> AtTheGuide:
    return AtTheGuide(room)


@pytest.mark.parametrize("runs", [True, False])
def test_by_keys_of_the_guide_in_the_terminal(terminal: AtTheGuide, runs: bool) -> None:
    """With the running program, and without one."""
    program = Program(terminal.room, terminal.room.folder / "data").known()
    if runs:
        program.start("run")
        wait_for(program.answers, 10, "it answers")
    terminal.size(100, 40)
    terminal.guide(program, QLBREAK_GUIDE_SPEED="4")
    terminal.wait_text("o another")
    first = shown(program)
    terminal.press("o")
    terminal.wait_text("What you did counts.")
    assert not shown(program) & first
    terminal.wait_fact(program, "worked")
    terminal.press("v")
    terminal.wait_fact(program, "swapped", 2)
    terminal.press("f")
    terminal.wait_text("back feel now")
    assert never(program)
    terminal.press("q")
    wait_for(lambda: not (terminal.raw and terminal.process.alive), 20, "it ends")
    assert "Traceback" not in terminal.text
    kinds = [fact["type"] for fact in program.journal()]
    assert kinds.count("swapped") == 2
    assert kinds.count("answered") + kinds.count("stopped") == 1
    assert {fact["prompt"] for fact in facts(program, "worked")} == {1}
    if runs:
        program.run("quit")
        assert program.wait_exit() == 0


# With the settings read-only

AS_NOBODY = as_nobody(
    "qlbreak.cli.main", "qlbreak.cli.local", "qlbreak.setup.unwanted", "qlbreak.setup.file"
)


def test_where_the_settings_are_read_only_one_line_says_so_and_they_stay(room: Room) -> None:
    place = room.folder / "place" / "qlbreak"
    place.mkdir(parents=True)
    file = place / "config.toml"
    file.write_text(f"[you]\n{REMARK}")
    room.folder.chmod(0o755)
    file.chmod(0o444)
    env = {**room.env, "XDG_CONFIG_HOME": str(place.parent)}
    words = ["--data-dir", str(place / "data"), "never", "short walk"]
    told = room.run([sys.executable, "-c", AS_NOBODY, *words], env=env)
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1), told
    assert told.err.endswith("is read-only\n")
    aside = room.run([sys.executable, "-c", AS_NOBODY, *words, "--aside"], env=env)
    assert aside.out.endswith("is read-only\n"), "the running program hears why"
    assert file.read_text() == f"[you]\n{REMARK}"
