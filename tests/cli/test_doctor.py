"""What doctor finds wrong, what it says to do about it; and the paste that tells of nobody."""

import logging
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from qlbreak import __version__
from qlbreak.app.health import Health
from qlbreak.autostart import ways
from qlbreak.autostart.xdg import Xdg
from qlbreak.cli import bug_report, doctor
from qlbreak.cli.doctor import Fault
from qlbreak.core.model.facts import AnyFact, Felt, Moved, Sat, Sore
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Feeling, Side
from qlbreak.record.folder import packed
from qlbreak.record.journal import encode
from qlbreak.system import logs, paths
from qlbreak.system.clock import Clock
from qlbreak.system.paths import Paths, device
from qlbreak.texts import outcomes
from rig.desktop import Desktop
from rig.processes import Outcome
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for


def fault(outcome: Outcome, name: str, *words: str, code: int = 5) -> None:
    assert (outcome.code, outcome.err) == (code, ""), outcome
    line = next(line for line in outcome.out.splitlines() if line.startswith(name))
    for word in words:
        assert word in line
    assert outcome.out.endswith(f"\nTo fix: {name}.\n")


def started(program: Program) -> Program:
    program.known().start("run", "--speed", "60")
    wait_for(program.answers, 10, "it answers", lambda: program.log)
    return program


def test_all_is_well_whether_it_runs_or_not(room: Room) -> None:
    program = room.program()
    for _ in range(2):
        outcome = program.run("doctor")
        assert (outcome.code, "To mend" in outcome.out) == (0, False)
        started(program)
    assert "running        yes. qlbreak cannot see" in program.run("doctor").out


# Each thing that may be wrong


def test_a_mistake_in_the_settings(room: Room) -> None:
    settings = room.folder / "mine.toml"
    settings.write_text("")
    program = room.program("--config", str(settings))
    started(program)
    settings.write_text("[prompt]\nsnoozes = 9\n")
    wait_for(lambda: "Settings: " in program.ask("why").text, 5, "it is noticed")
    outcome = program.run("doctor")
    assert outcome.code == 2
    assert "line 2: prompt.snoozes: 9 is out of range; choose 0 to 5: correct it" in outcome.out
    assert "your previous settings stay in use" in outcome.out
    assert outcome.out.endswith("To fix: settings, running.\n")


def test_a_mistake_in_ones_own_movements(room: Room) -> None:
    settings = room.folder / "config.toml"
    settings.write_text("")
    (room.folder / "movements.toml").write_text("[movement.x]\n")
    outcome = room.program("--config", str(settings)).run("doctor")
    fault(
        outcome, "settings", "movements.toml: x: ", "correct it; until then that entry is left out"
    )


def test_lines_that_cannot_be_read(room: Room) -> None:
    file = room.home / f"data/journal/{device()}.jsonl"
    file.parent.mkdir(parents=True)
    file.write_bytes(encode(Sat(Clock().now()[0], 60.0)) + b"nonsense\n")
    outcome = room.program().run("doctor")
    fault(outcome, "record", "1 entry; 1 line not readable", "line 2", "correct or remove them")


def test_a_record_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be allowed everything."""
    found = paths.find(tmp_path, tmp_path / "none.toml")
    file = found.journal / f"{device()}.jsonl"
    file.parent.mkdir()
    file.write_bytes(encode(Sat(Clock().now()[0], 60.0)))
    monkeypatch.setattr(os, "access", lambda path, mode: path != file)
    row = dict(doctor.found(found))["record"]
    assert isinstance(row, Fault)
    assert row == f"{file} cannot be written: check its owner and permissions"


def test_a_program_that_hangs(room: Room) -> None:
    program = started(room.program())
    assert program.process is not None
    program.process.signal(signal.SIGSTOP)
    outcome = program.run("doctor")
    program.process.signal(signal.SIGCONT)
    fault(outcome, "running", "no answer (timed out): if it runs, end it, then start it")


def test_a_program_that_no_command_reaches(room: Room) -> None:
    program = started(room.program())
    assert program.process is not None
    program.process.signal(signal.SIGSTOP)
    next(room.runtime.rglob("*.sock")).unlink()
    fault(
        program.run("doctor"), "running", "yes, but commands cannot reach it right now: try again"
    )
    program.process.signal(signal.SIGCONT)
    wait_for(lambda: program.run("quit").code == 0, 10, "it listens anew")
    assert program.wait_exit() == 0
    assert "no; start it" in program.run("doctor").out


OURS = __version__
HEALTH = Health(7, OURS, 5.0, 60.0, 0, hangs=False, idle="X11", trouble="", mistake="")
UPDATED = "qlbreak was updated while it was running; to use the new one: qlbreak quit, then qlbreak"


@pytest.mark.parametrize(
    ("health", "told"),
    [
        (HEALTH, []),
        (Health(7, OURS, None, 60.0, 0, False, "", "", ""), []),
        (
            Health(7, OURS, 90.0, 60.0, 9, True, "", "", ""),
            ["it has not responded for 90 s: end it (kill 7), then start it again with: qlbreak"],
        ),
        (
            Health(7, OURS, 5.0, 60.0, 0, True, "", "", ""),
            ["checking for input hangs, so idle time counts as unknown"],
        ),
        (
            Health(7, OURS, 5.0, 60.0, 0, False, "", "The record cannot be written", "line 3"),
            [
                "The record cannot be written; it keeps trying",
                "settings: line 3; your previous settings stay in use",
            ],
        ),
        (replace(HEALTH, replaced=True), [UPDATED]),
        (
            replace(HEALTH, version="0.0.9"),
            [
                f"qlbreak 0.0.9 is running, and this is {OURS}; "
                "to use this one: qlbreak quit, then qlbreak"
            ],
        ),
    ],
)
def test_how_a_program_says_it_is(health: Health, told: list[str]) -> None:
    assert health.faults() == told


def test_an_entry_that_starts_a_program_that_is_gone(room: Room) -> None:
    way = Xdg(room.home / ".config")
    way.write((str(room.home / "old/qlbreak"),))
    outcome = room.program().run("doctor")
    fault(outcome, "autostart", "old/qlbreak, which is gone: qlbreak autostart on")
    assert room.program().run("autostart", "on").code == 0
    assert room.program().run("doctor").code == 0


def test_on_gnome_it_names_what_brings_a_tray(room: Room) -> None:
    program = room.program()
    tray = "none here; use the terminal, notifications and commands instead"
    assert f"{tray}\n" in program.run("doctor").out
    program.env["XDG_CURRENT_DESKTOP"] = "ubuntu:GNOME"
    outcome = program.run("doctor")
    assert f"{tray}; GNOME shows tray icons with its extension AppIndicator: install" in outcome.out
    assert "gnome-shell-extension-appindicator" in outcome.out


# The paste


SETTINGS = """
[prompt]
sitting = "45 min"
[hours]
work = ["Mon-Fri 07:10-15:20"]
[you]
tighter = "left"
cautions = ["kidney"]
[hooks]
prompted = ["/opt/secret tools/beep", "{routine}"]
"""
FORBIDDEN = (
    "ada", "lovelace", "box", "kidney", "secret", "07:10", "left", "worse", "whisper", "/opt",
    "/srv", "/home", "beep", "travel",
)  # fmt: skip


def talk(facts: Sequence[AnyFact], home: Path) -> None:
    """What the parts of the program would write into the log."""
    for fact in facts:
        logging.getLogger("qlbreak.app.announcer").info("%s", outcomes.log_line(fact))
        logging.getLogger("qlbreak.announcer").info("%s", outcomes.log_line(fact))  # up to 0.1
        logging.getLogger("qlbreak.record.running").error(
            "not recorded: %s", outcomes.log_line(fact)
        )
    for log in map(logging.getLogger, ("qlbreak.app.hooks", "qlbreak.hooks")):
        log.warning("hook prompted: exit code 3: whisper to Ada")
        log.warning("hook prompted cannot be started: No such file: '/opt/secret tools/beep'")
    log = logging.getLogger("qlbreak.app.owner")
    log.warning("settings: config.toml, line 8: you.cautions: unknown word 'kidney'; did you")
    log.warning("settings: movements.toml: len-whisper: unknown key")
    log.error("%s/x.jsonl cannot be read by Ada Lovelace on ADAS-BOX", home)
    try:
        (home / "none").read_text()
    except OSError:
        log.exception("/srv/ada/files and %s failed", Path("/srv/people/ada/beep.x"))


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """A home, a name and a machine, and a log that is full of them."""
    home = tmp_path / "home/ada.lovelace"
    home.mkdir(parents=True)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    node: Callable[[], str] = lambda: "Adas-Box.example.org"  # noqa: E731
    monkeypatch.setattr("platform.node", node)
    for name, value in {"HOME": str(home), "USER": "ada", "HOSTNAME": "adas-box"}.items():
        monkeypatch.setenv(name, value)
    runtime = tempfile.mkdtemp(prefix="qlb-", dir="/tmp")  # the name of a socket must be short
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    found = paths.find()
    paths.prepare(found)
    found.journal.mkdir(mode=0o700)
    found.config.parent.mkdir(parents=True)
    found.config.write_text(SETTINGS)
    at = Clock().now()[0]
    facts: list[AnyFact] = [
        Sore(at, Side.LEFT),
        Felt(at, 1, Feeling.WORSE),
        Moved(at, Place.TRAVEL),
        Sat(at, 9.0),
    ]
    journal = found.journal / f"{device()}.jsonl"
    journal.write_bytes(b"".join(map(encode, facts)))
    before, level = logging.getLogger().handlers[:], logging.getLogger().level
    logging.getLogger().handlers.clear()
    logs.write_to(found.log)
    talk(facts, home)
    yield found
    for handler in logging.getLogger().handlers[:]:
        handler.close()
        logging.getLogger().removeHandler(handler)
    logging.getLogger().handlers.extend(before)
    logging.getLogger().setLevel(level)
    shutil.rmtree(runtime)


def test_the_paste_tells_of_nobody(person: Paths) -> None:
    told = bug_report.text(person)
    machine = Path("/etc/machine-id")
    identity = machine.read_text().strip() if machine.exists() else ""
    for word in (*FORBIDDEN, device(), *([identity] if identity else [])):
        assert word not in told.lower(), [x for x in told.splitlines() if word in x.lower()]
    for line in (
        f"Python {sys.version.split()[0]}", "apscheduler ", "prompt.sitting = \"45 min\"",
        "you.cautions: …", "hooks.prompted: …", "sore: 1", "felt: 1",
        "lines that cannot be read: 0", "qlbreak.app.hooks: hook prompted: exit code 3",
        "INFO qlbreak.app.announcer: sore", "line 8: you.cautions: …", "FileNotFoundError",
        "running: no",
        "XDG_CURRENT_DESKTOP: ",
    ):  # fmt: skip
        assert line in told, told


def test_the_paste_of_a_running_program(room: Room) -> None:
    program = started(room.program())
    assert program.run("sore", "left").code == 0
    outcome = program.run("doctor", "--report")
    assert (outcome.code, outcome.err) == (0, "")
    assert "running: yes, last tick " in outcome.out
    assert "launched: 1" in outcome.out
    for word in (str(room.folder), device(), "side left"):
        assert word not in outcome.out


def test_the_paste_where_nothing_is_there_yet(tmp_path: Path) -> None:
    told = bug_report.text(paths.find(tmp_path / "data", tmp_path / "none.toml"))
    assert "0 files, 0 bytes" in told
    assert told.endswith("\nnone")
    assert ways.ways()


def test_only_lines_that_begin_as_ours_do_are_pasted(person: Paths) -> None:
    """A hook may say anything, and what ends a line for one program is none for another."""
    for sign in "\r\n\x0b\x0c\x1b\x85\u2028\u2029":
        logging.getLogger("qlbreak.app.hooks").info("hook held: exit code 0: a%sZANZIBAR", sign)
    for line in person.log.read_text("utf-8").splitlines():
        assert line[:4].isdigit() or line.startswith(logs.GOES_ON), line
    with person.log.open("a", encoding="utf-8") as log:
        log.write("ZANZIBAR as an older version wrote it\n")
    told = bug_report.text(person)
    assert "ZANZIBAR" not in told
    assert "hook held: exit code 0" in told
    assert f"{logs.GOES_ON}FileNotFoundError" in told


def test_the_paste_counts_the_record_in_use_with_its_compressed_months(room: Room) -> None:
    shared = room.home / "Sync"
    shared.mkdir()
    program = room.device("laptop", shared)
    at = Clock().now()[0]
    lines = encode(Sat(at, 9.0)) + encode(Sore(at, Side.LEFT))
    (shared / "laptop.2026-01.jsonl.gz").write_bytes(packed(lines))
    (shared / "laptop.jsonl").write_bytes(encode(Sat(at, 7.0)))
    told = program.run("doctor", "--report").out
    assert "2 files, " in told
    assert "\nsat: 2\nsore: 1\n" in told


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("see /var/lib/some/thing.txt: gone", "see …/…: gone"),
        ('File "C:\\Users\\Ada\\x.py", line 3', 'File "…/x.py", line 3'),
        ("1/2 or 3 / 4, and ~/here/it/is", "1/2 or 3 / 4, and …/…"),
        ("unix:path=/run/user/0/bus", "unix:path=…/…"),
        ("ada's adapter of Ada", "USER's adapter of USER"),
    ],
)
def test_a_line_is_cleaned(person: Paths, line: str, clean: str) -> None:
    assert bug_report.Cleaner(person)(line) == clean


def test_whether_the_icon_is_shown_is_told(desktop: Desktop) -> None:
    """By the program that runs: that there is a tray is not enough."""
    program = desktop.program().known()
    before = program.run("doctor").out
    assert "StatusNotifier host" in before
    assert "the icon is" not in before
    program.start("run")
    wait_for(lambda: "; the icon is shown" in program.run("doctor").out, 20, "it is shown")
    desktop.kill_panel()
    wait_for(lambda: "; no icon is shown" in program.run("doctor").out, 20, "it is gone")
