"""The main job at a real desk: sit, be told, answer, find it in the record."""

import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qlbreak.texts import labels
from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

SPEED = "60"  # a minute in a second: three seconds without the pointer are a natural break
CONFIG = '[prompt]\nsitting = "15 min"\n'


def work_until(desktop: Desktop, condition: Callable[[], Any], seconds: float, what: str) -> None:
    """Real pointer movement, until something has happened."""

    def moved() -> Any:
        desktop.stir()
        return condition()

    wait_for(moved, seconds, what)


def answers(program: Program) -> list[tuple[str, str]]:
    return [(f["answer"], f["via"]) for f in program.journal() if f["type"] == "answered"]


def start(desktop: Desktop, tmp_path: Path, *, speed: str = SPEED, **settings: str) -> Program:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    program = desktop.program("--config", str(config)).known()
    program.start("run", "--speed", speed, **settings)
    wait_for(program.answers, 10, "it answers commands")
    return program


def prompted(desktop: Desktop, program: Program) -> None:
    """The next prompt at once, instead of a quarter of an hour's work."""
    assert program.run("arrived", "20 min").code == 0
    work_until(desktop, lambda: program.status()["prompt"], 10, "a prompt is open")


def ended(desktop: Desktop, program: Program) -> None:
    """Quit leaves no process, no lock and no socket."""
    assert program.wait_exit() == 0
    left = [line for line in desktop.processes().values() if "qlbreak" in line]
    assert left == []
    assert list((desktop.runtime / "qlbreak").glob("*.sock")) == []
    assert program.run("status").code == 3
    assert program.journal()[-1]["type"] == "quit"
    again = program.start("run", "--speed", SPEED)
    wait_for(program.answers, 10, "nothing is locked")
    again.signal(signal.SIGTERM)
    assert again.wait_exit(5) == 0


def answered_in_the_tray(desktop: Desktop, program: Program) -> None:
    desktop.wait_tray_item("qlbreak", 10)
    work_until(desktop, lambda: desktop.tray_menu().child("Done").pressable, 5, "Done is offered")
    desktop.press_menu("Done")
    program.wait_fact(lambda f: f.get("answer") == "done", 5)
    assert answers(program)[-1] == ("done", "tray")
    work_until(desktop, lambda: desktop.notices.count() == 0, 5, "it is withdrawn")


def snoozed_by_its_button(desktop: Desktop, program: Program) -> None:
    """And it comes back."""
    prompted(desktop, program)
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "dunst shows it")
    desktop.notices.press("Snooze")
    program.wait_fact(lambda f: f.get("answer") == "snoozed", 5)
    assert answers(program)[-1] == ("snoozed", "notification")
    shown = len([f for f in program.journal() if f["type"] == "shown"])
    work_until(
        desktop,
        lambda: len([f for f in program.journal() if f["type"] == "shown"]) > shown,
        20,
        "it asks again after five minutes",
    )


def skipped_by_the_command(program: Program) -> None:
    assert program.run("skip").code == 0
    assert answers(program)[-1] == ("skipped", "command")
    today = program.status()["today"]
    assert {name: today[name] for name in ("prompts", "done", "snoozed", "skipped")} == {
        "prompts": 2,
        "done": 1,
        "snoozed": 1,
        "skipped": 1,
    }
    assert today["compliance"] == 0.5


def nothing(_: Desktop) -> None:
    """All goes well."""


def panel_restarts(desktop: Desktop) -> None:
    desktop.kill_panel()
    desktop.start_panel()


def daemon_restarts(desktop: Desktop) -> None:
    desktop.kill_dunst()
    desktop.start_dunst()
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "the new one shows it, too")


@pytest.mark.parametrize("trouble", [nothing, panel_restarts, daemon_restarts])
def test_a_working_day_in_the_tray(
    desktop: Desktop, tmp_path: Path, trouble: Callable[[Desktop], None]
) -> None:
    watch = desktop.watch_bus()
    program = start(desktop, tmp_path)
    desktop.wait_tray_item("qlbreak", 10)
    sitting = desktop.tray_icon_pixmap(22)

    # Sitting is real pointer movement; the prompt is a real notification.
    work_until(desktop, lambda: watch.notifications, 60, "the prompt of a quarter of an hour")
    note = watch.notifications[-1]
    assert note.summary.startswith("You have been sitting 1")
    side = program.status()["prompt"]["side"]
    assert side == "both" or f"each side, {side} first" in note.body
    buttons = ["Start", "Done", "Snooze", "Skip", *labels.REFUSALS.values()]  # dunst has a list
    assert [label for _, label in note.actions[1:]] == buttons
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "dunst shows it")
    wait_for(lambda: colours(desktop) > 10, 5, "it can be seen")
    assert desktop.tray_icon_pixmap(22) != sitting

    trouble(desktop)
    answered_in_the_tray(desktop, program)
    snoozed_by_its_button(desktop, program)
    skipped_by_the_command(program)
    desktop.press_menu("Quit")
    ended(desktop, program)


def colours(desktop: Desktop) -> int:
    """In the place where dunst puts what it shows; an empty one has a single colour."""
    found = desktop.screenshot(box=(890, 40, 1270, 140)).getcolors(100_000)
    return len(found or [])


def test_start_shows_one_step_at_a_time_where_there_can_be_no_window(
    desktop: Desktop, tmp_path: Path
) -> None:
    watch = desktop.watch_bus()
    program = start(desktop, tmp_path, DISPLAY="")
    desktop.wait_tray_item("qlbreak", 10)
    assert "Open qlbreak" not in desktop.tray_menu().labels
    desktop.activate_tray()  # a click tells how things stand then
    watch.wait_notification(lambda n: n.summary.startswith("qlbreak: sitting"))
    prompted(desktop, program)
    first = watch.wait_notification(lambda n: n.summary.startswith("You have been sitting"))
    desktop.press_menu("Start")
    step = watch.wait_notification(lambda n: n.body.startswith("Get ready"))
    assert step.replaces_id == first.id, "updated, not stacked"
    assert [label for _, label in step.actions[1:]] == ["Next", "Done", "Skip"]
    program.wait_fact(lambda f: f["type"] == "started", 5)
    desktop.notices.press("Next")
    care = watch.wait_notification(lambda n: n.body.startswith("Take care"))
    assert care.replaces_id == first.id
    watch.wait_notification(lambda n: n.body.startswith("1 of "), 15)  # in its time
    assert program.run("done").code == 0
    assert step.id is not None
    watch.wait_closed(step.id)


def test_without_a_notification_daemon_the_tray_does(desktop: Desktop, tmp_path: Path) -> None:
    desktop.kill_dunst()
    program = start(desktop, tmp_path)
    desktop.wait_tray_item("qlbreak", 10)
    prompted(desktop, program)
    desktop.press_menu(("Snooze", "5 min"))
    program.wait_fact(lambda f: f.get("answer") == "snoozed", 5)
    desktop.press_menu("Skip")
    program.wait_fact(lambda f: f.get("answer") == "skipped", 5)
    log = (program.data_dir / "qlbreak.log").read_text()
    assert "notifications by the desktop's notification service do not work" in log
    assert "Traceback" not in log
    desktop.press_menu("Quit")
    ended(desktop, program)


def test_a_notification_daemon_that_hangs_holds_nothing_up(
    desktop: Desktop, tmp_path: Path
) -> None:
    desktop.start_notifyd(hang="all")
    program = start(desktop, tmp_path)
    desktop.wait_tray_item("qlbreak", 10)
    prompted(desktop, program)
    assert program.run("done", seconds=2).code == 0, "the owner does not wait for it"
    assert program.run("quit").code == 0
    assert program.wait_exit(8) == 0


def test_every_state_has_an_icon_of_its_own(desktop: Desktop, tmp_path: Path) -> None:
    """A minute in three seconds: nine without the pointer are a natural break."""
    program = start(desktop, tmp_path, speed="20")
    desktop.wait_tray_item("qlbreak", 10)
    seen: dict[str, bytes] = {}

    def see(name: str, *command: str, again: bool = False) -> None:
        """The icon of the command before may come late; it was seen already."""
        before = [desktop.tray_icon_pixmap(22), *([] if again else seen.values())]
        assert program.run(*command).code == 0
        work_until(desktop, lambda: desktop.tray_icon_pixmap(22) not in before, 5, f"{name} shows")
        seen[name] = desktop.tray_icon_pixmap(22)

    seen["sitting"] = desktop.tray_icon_pixmap(22)
    see("due", "arrived", "20 min")
    see("snoozed", "snooze", "15 min")
    see("standing", "stand")
    program.run("sit")
    see("paused", "pause", "30 min")
    see("sitting again", "resume", again=True)
    program.run("undo")
    see("meeting", "meeting", "30 min")
    assert desktop.run(["dunstctl", "set-paused", "true"]).code == 0
    program.run("meeting", "off")

    def held() -> bool:
        seen["held"] = desktop.tray_icon_pixmap(22)
        return program.status()["state"] == "held" and list(seen.values()).count(seen["held"]) == 1

    work_until(desktop, held, 10, "held shows")
    wait_for(lambda: program.status()["state"] == "away", 15, "three minutes without the pointer")
    wait_for(lambda: desktop.tray_icon_pixmap(22) not in seen.values(), 5, "away shows")
    seen["away"] = desktop.tray_icon_pixmap(22)
    seen.pop("sitting again")
    assert len(set(seen.values())) == len(seen) == 8


def test_left_alone_one_is_away_and_the_clock_starts_anew(desktop: Desktop, tmp_path: Path) -> None:
    program = start(desktop, tmp_path)
    work_until(desktop, lambda: program.status()["sitting_s"] > 300, 20, "five minutes of work")
    wait_for(lambda: program.status()["state"] == "away", 15, "nobody touches anything")
    assert program.status()["sitting_s"] == 0
    assert program.status()["today"]["natural_breaks"] == 1
    sat = sum(f["seconds"] for f in program.journal() if f["type"] == "sat")
    assert sat < program.status()["today"]["sitting_s"] + 1
    work_until(desktop, lambda: program.status()["state"] == "sitting", 5, "back at the desk")


def test_without_a_panel_it_says_so_once_and_takes_the_tray_up_later(
    bare_desktop: Desktop, tmp_path: Path
) -> None:
    program = start(bare_desktop, tmp_path)
    prompted(bare_desktop, program)
    assert program.run("skip").code == 0
    bare_desktop.start_panel()
    bare_desktop.wait_tray_item("qlbreak", 10)
    bare_desktop.press_menu("Quit")
    ended(bare_desktop, program)


@pytest.mark.parametrize("moment", range(4))
def test_a_kill_at_any_moment_loses_no_answer(
    bare_desktop: Desktop, tmp_path: Path, moment: int
) -> None:
    """Each answer that was acknowledged is in the journal, whatever comes right after it."""
    program = bare_desktop.program().known()
    program.start("run")
    wait_for(program.answers, 10, "it answers commands")
    told = []
    for number in range(moment + 1):
        assert program.run("arrived", "1 h").code == 0
        answer = ("done", "skip")[number % 2]
        assert program.run(answer).code == 0
        told.append({"done": "done", "skip": "skipped"}[answer])
    program.kill9()
    assert [answer for answer, _ in answers(program)] == told
    program.start("run")
    wait_for(program.answers, 10, "it starts again, no lock in the way")
    assert [answer for answer, _ in answers(program)] == told
    program.run("quit")
    assert program.wait_exit() == 0


def test_after_a_kill_the_clock_goes_on_or_starts_anew(bare_desktop: Desktop) -> None:
    program = bare_desktop.program().known()
    program.start("run")
    wait_for(program.answers, 10, "it answers commands")
    bare_desktop.move_pointer()
    assert program.run("arrived", "10 min").code == 0
    program.kill9()
    program.start("run")
    wait_for(program.answers, 10, "it starts again")
    assert 600 <= program.status()["sitting_s"] < 660
    program.kill9()
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    program.start("run", LD_PRELOAD=str(library), FAKETIME="+200s", DONT_FAKE_MONOTONIC="1")
    wait_for(program.answers, 10, "it starts again, later")
    assert program.status()["sitting_s"] < 60
    assert [f["cause"] for f in program.journal() if f["type"] == "break"] == ["gap"]
    program.run("quit")
    assert program.wait_exit() == 0


def test_without_any_tray_it_says_so_once_ever(bare_desktop: Desktop) -> None:
    bare_desktop.start_dunst()
    watch = bare_desktop.watch_bus()
    program = bare_desktop.program()
    for _ in range(2):
        program.start("run", "--speed", SPEED)
        wait_for(program.answers, 10, "it answers commands")
        work_until(
            bare_desktop,
            lambda: program.status()["sitting_s"] > 660,
            20,
            "eleven real seconds: longer than it waits for a panel",
        )
        wait_for(lambda: watch.notifications, 5, "it has said so")
        program.run("quit")
        assert program.wait_exit() == 0
    said = [note for note in watch.notifications if "no tray icons" in note.body]
    assert len(said) == 1


def test_started_from_a_terminal_without_a_tray_it_uses_the_terminal(
    bare_desktop: Desktop,
) -> None:
    """And takes the tray up as well when a panel appears."""
    program = bare_desktop.program()
    shell = f"{sys.executable} -m qlbreak --data-dir {program.data_dir} run --speed {SPEED}"
    bare_desktop.spawn("terminal", ["script", "-qec", shell, "/dev/null"], env=program.env)
    wait_for(program.answers, 10, "it answers commands")
    bare_desktop.start_panel()
    bare_desktop.wait_tray_item("qlbreak", 10)
    bare_desktop.press_menu("Quit")
    wait_for(lambda: not program.answers(), 10, "it has ended")
