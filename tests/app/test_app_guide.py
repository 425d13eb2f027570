"""The guide at a real desk: opened by Start, done, left, killed; what the record says then."""

import re
import signal
from pathlib import Path
from typing import Any

import pytest

from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.waiting import wait_for

FAST = {"QLBREAK_GUIDE_SPEED": "20"}


@pytest.fixture
def home(desktop: Desktop) -> Desktop:
    """With the window manager at work: what is shown while it begins may be lost."""
    need("xprop")
    desktop.wait_managed()
    return desktop


def running(home: Desktop, **settings: str) -> Program:
    """With a prompt open, and the set-up behind it."""
    program = home.program().known()
    program.start("run", **settings)
    wait_for(program.answers, 10, "it answers")
    home.wait_tray_item("qlbreak", 10)
    assert program.run("arrived", "40 min").code == 0
    wait_for(lambda: program.status()["prompt"], 10, "a prompt is open")
    return program


def kinds(program: Program) -> list[str]:
    return [fact["type"] for fact in program.journal() if fact["type"] != "sat"]


def answers(program: Program) -> list[tuple[str, str]]:
    return [(f["answer"], f["evidence"]) for f in program.journal() if f["type"] == "answered"]


def guides(home: Desktop) -> list[int]:
    """The processes of guides."""
    return [pid for pid, line in home.processes().items() if line.rstrip().endswith("guide")]


def opened(home: Desktop) -> int:
    """Its process, once its window is there and its first picture is drawn."""
    home.press_menu(next(label for label in labels(home) if label.startswith("Start: ")))
    wait_for(lambda: titles(home), 15, "the guide's window")
    return guides(home)[0]


def labels(home: Desktop) -> list[str]:
    return [line.label for line in home.tray_menu().children]


def titles(home: Desktop) -> list[str]:
    return [title for title in home.window_titles() if "side" in title or "eady" in title]


def anonymous_kib(program: Program) -> int:
    """Memory of its own, whatever it shares with others."""
    assert program.process is not None
    text = Path(f"/proc/{program.process.pid}/status").read_text()
    return int(re.findall(r"RssAnon:\s+(\d+)", text)[0])


def test_from_start_to_end_it_is_done_and_known(home: Desktop) -> None:
    program = running(home, **FAST)
    home.press_menu(next(label for label in labels(home) if label.startswith("Start: ")))
    program.wait_fact(lambda f: f["type"] == "answered", 30)
    assert answers(program) == [("done", "guided")]
    assert kinds(program).count("worked") >= 1
    assert program.status()["sitting_s"] < 60
    assert program.status()["today"]["done"] == 1
    program.run("quit")
    assert program.wait_exit() == 0
    assert guides(home) == []


def test_undone_after_its_end_the_guide_begins_again(home: Desktop) -> None:
    program = running(home, **FAST)
    opened(home)
    program.wait_fact(lambda f: f["type"] == "answered", 30)
    assert guides(home), "it asks how it is now"
    assert program.run("undo").code == 0
    wait_for(lambda: guides(home) == [], 10, "that is not asked of what was not done")
    home.press_menu(next(label for label in labels(home) if label.startswith("Start: ")))
    wait_for(lambda: len(answers(program)) == 2, 30, "it is done now", program.journal)
    assert kinds(program).count("reopened") == 1


def test_the_tray_process_grows_by_nothing_while_it_is_open(home: Desktop) -> None:
    program = running(home)
    program.run("status")
    before = anonymous_kib(program)
    opened(home)
    assert anonymous_kib(program) - before < 512


def test_killed_it_leaves_the_prompt_open_and_what_was_done_recorded(home: Desktop) -> None:
    program = running(home, QLBREAK_GUIDE_SPEED="6")
    home.press_menu(next(label for label in labels(home) if label.startswith("Start: ")))
    program.wait_fact(lambda f: f["type"] == "worked", 20)
    home.run(["kill", "-9", str(guides(home)[0])])
    wait_for(lambda: not guides(home), 5, "it is gone")
    prompt: dict[str, Any] = program.status()["prompt"]
    assert prompt["id"] == 1
    assert program.run("done").code == 0
    assert answers(program)[-1][0] == "done"


def test_quit_while_it_is_open_tells_the_part_and_leaves_nothing(home: Desktop) -> None:
    program = running(home, QLBREAK_GUIDE_SPEED="4")
    opened(home)
    wait_for(lambda: any(" side" in t or "sides: " in t for t in titles(home)), 15, "work")
    program.run("quit")
    assert program.wait_exit(10) == 0
    assert guides(home) == []
    assert kinds(program)[-1] == "quit"
    assert "worked" in kinds(program)


def test_done_elsewhere_meanwhile_is_confirmed_at_its_end(home: Desktop) -> None:
    program = running(home, QLBREAK_GUIDE_SPEED="8")
    opened(home)
    assert program.run("done").code == 0
    confirmed = program.wait_fact(lambda f: f["type"] == "confirmed", 40)
    assert confirmed["evidence"] == "guided"


def test_the_program_killed_meanwhile_the_guide_writes_the_answer_itself(home: Desktop) -> None:
    program = running(home, QLBREAK_GUIDE_SPEED="8")
    opened(home)
    assert program.process is not None
    home.run(["kill", "-9", str(program.process.pid)])  # it alone
    program.wait_exit()
    program.wait_fact(lambda f: f["type"] == "answered", 40)
    assert answers(program) == [("done", "guided")]
    assert {f["prompt"] for f in program.journal() if f["type"] == "worked"} == {1}
    program.start("run")
    wait_for(program.answers, 10, "it goes on")
    assert program.status()["prompt"] is None
    assert program.status()["today"]["done"] == 1


def test_the_first_time_it_waits_until_ready_and_the_next_time_it_goes_on(home: Desktop) -> None:
    """At the pace of the room: from the menu to the record, and what that means for the next."""
    program = running(home)
    assert program.run("start", "r30-rock").code == 0
    wait_for(lambda: titles(home) == ["Ready? Seated pelvic rock (C-to-S)"], 15, "it waits")
    home.activate("Ready?")
    home.type_key("space")
    wait_for(lambda: titles(home) == ["Get ready: Seated pelvic rock (C-to-S)"], 5, "it goes on")
    wait_for(lambda: titles(home)[:1] == ["Both sides: Seated pelvic rock (C-to-S)"], 10, "work")
    home.type_key("F")
    worked = program.wait_fact(lambda f: f["type"] == "worked", 10)
    assert worked["movement"] == "reset-rock"
    home.type_key("Escape")
    wait_for(lambda: not guides(home), 10, "it is closed")
    assert program.run("start", "r30-rock").code == 0
    wait_for(lambda: titles(home), 15, "the guide's window")
    assert not [title for title in titles(home) if "Ready?" in title]


def test_the_program_killed_while_it_waits_the_guide_closes_and_nothing_was_done(
    home: Desktop,
) -> None:
    program = running(home)
    opened(home)
    assert program.process is not None
    home.run(["kill", "-9", str(program.process.pid)])  # it alone
    program.wait_exit()
    wait_for(lambda: not guides(home), 10, "nobody is waited for any more")
    assert "worked" not in kinds(program)


def test_start_for_another_prompt_takes_the_place_of_the_open_guide(home: Desktop) -> None:
    program = running(home)
    first = opened(home)
    assert program.run("skip").code == 0
    assert program.run("arrived", "40 min").code == 0
    wait_for(lambda: program.status()["prompt"], 10, "the next one is open")
    home.press_menu(next(label for label in labels(home) if label.startswith("Start: ")))
    wait_for(lambda: (found := guides(home)) and first not in found, 10, "a guide of its own")
    wait_for(lambda: titles(home), 10, "its window")
    assert len(guides(home)) == 1


def test_with_another_routine_the_open_guide_goes_on(home: Desktop) -> None:
    program = running(home)
    first = opened(home)
    assert program.run("start", "r30-rock").code == 0
    wait_for(lambda: any("rock" in title for title in titles(home)), 10, "with that routine")
    assert guides(home) == [first]


def test_the_notification_carries_the_figure(home: Desktop) -> None:
    watch = home.watch_bus()
    program = home.program().known(pictures=False)
    program.start("run", "--speed", "60")  # the pictures are drawn when the start is over
    drawn = program.data_dir / "cache"
    wait_for(lambda: len(list(drawn.glob("figures-*/*.png"))) > 70, 30, "they are drawn")
    assert program.run("arrived", "40 min").code == 0
    note = watch.wait_notification(lambda n: n.summary.startswith("You have been sitting"))
    picture = Path(note.hints["image-path"])
    assert picture.parent.parent == drawn
    assert picture.exists()


def test_the_command_start_opens_the_guide_as_the_trays_does(home: Desktop) -> None:
    program = running(home)
    told = program.run("start")
    assert (told.code, told.out) == (0, "Started: the guide opens in a window.\n")
    wait_for(lambda: guides(home), 10, "the guide's window")


def test_without_the_program_the_guide_writes_into_the_record_itself(home: Desktop) -> None:
    program = home.program()
    program.env |= FAST
    told = program.run("guide", "r30-rock", "--terminal", seconds=30)
    assert told.code == 0, told
    facts = program.journal()
    assert [f["type"] for f in facts] == ["shown", "started", "worked", "answered"]
    assert facts[2]["movement"] == "reset-rock"
    assert facts[2]["seconds"] == pytest.approx(23, abs=0.5)
    assert facts[3]["evidence"] == "guided"
    assert program.run("stats").out.count("Quick pelvic rock") == 1


def test_asked_for_by_name_against_a_caution_the_guide_says_so(
    home: Desktop, tmp_path: Path
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[you]\ncautions = ["osteo"]\n')
    program = home.program("--config", str(settings))
    program.env |= FAST
    told = program.run("guide", "r30-rock", "--terminal", seconds=30)
    assert "This does not suit what you need to be careful with: Osteoporosis" in told.out
    told = program.run("guide", "r30-brace", "--terminal", seconds=30)
    assert "does not suit" not in told.out


def test_at_the_first_start_the_set_up_opens_once(home: Desktop) -> None:
    program = home.program()
    program.start("run")
    wait_for(lambda: any("qlbreak" in t.lower() for t in home.window_titles()), 15, "set-up")
    home.wait_tray_item("qlbreak", 10)
    assert (program.data_dir / "said-set-up").exists()
    program.run("quit")
    assert program.wait_exit(10) == 0
    assert [line for line in home.processes().values() if "set-up" in line] == []
    again = program.start("run")
    wait_for(program.answers, 10, "it answers")
    home.wait_tray_item("qlbreak", 10)
    assert not [line for line in home.processes().values() if "set-up" in line]
    again.signal(signal.SIGTERM)
    assert again.wait_exit(5) == 0
