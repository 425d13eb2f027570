"""The commands without a running program: one clear line for every mistake, nothing lost."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from needing import on_unix
from qlbreak import __version__
from qlbreak.app.commands import known
from qlbreak.cli.main import cli, main
from qlbreak.core.model.facts import Sat
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from rig.nobody import as_nobody
from rig.processes import Outcome
from rig.room import Room

# These need no running program.
ALONE = {"check-in", "plan"}
# To the running program; some need a word more.
NEED = {"sore": "sore none", "place": "place home"}
TOLD = [
    *(NEED.get(name, name) for name in known() if name in cli.commands and name not in ALONE),
    "why", "status", "quit",
]  # fmt: skip

AS_NOBODY = as_nobody(
    "qlbreak.app.app", "qlbreak.cli.main", "qlbreak.record.export", "qlbreak.app.start"
)


@pytest.fixture
def say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """A command in this process, in an empty home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> Outcome:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        return Outcome(int(end.value.code or 0), *capsys.readouterr())

    return run


def one_line(outcome: Outcome, code: int) -> str:
    assert outcome.code == code, outcome
    assert outcome.out == ""
    assert outcome.err.startswith("qlbreak: ")
    assert outcome.err.count("\n") == 1, outcome.err
    return outcome.err


# Mistakes in the words


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("dxq", "there is no command 'dxq'; see: qlbreak --help"),
        ("snoze", "there is no command 'snoze'; did you mean snooze?"),
        ("settings", "there is no command 'settings'; did you mean config?"),
        ("help snoze", "no help for 'snoze'; did you mean snooze?"),
        ("help config chek", "no help for 'config chek'; did you mean config check?"),
        ("help exit-code", "no help for 'exit-code'; did you mean exit-codes?"),
        ("open --page attic", "'attic' is not one of"),
        ("launcher up", "say which: on, off or status, got 'up'"),
        ("--dance", "No such option"),
        ("status --dance", "No such option"),
        ("config", "say which: config path, config check, config show"),
        ("config dance", "No such command"),
        ("done twice", "unexpected extra argument"),
        ("sore", "say which side: left, right, both or none"),
        ("place bed", "unknown place 'bed'; choose office, home or travel"),
        ("movements nonsense", "there is no movement or routine 'nonsense'; see the list"),
        ("movements bomerang", "'bomerang'; did you mean len-boomerang-"),
        ("guide bomerang", "'bomerang'; did you mean len-boomerang-"),
        (
            "guide plank",
            "'plank' may mean str-wall-plank, str-knee-plank, str-full-plank, r90-wall;",
        ),
        ("movements str-hip-hikes", "did you mean str-hip-hike?"),
        ("movements --kind odd", "unknown kind 'odd'; choose one of posture-reset, release"),
        ("movements --position bed", "unknown position 'bed'"),
        ("export --of all", "'all' is not one of 'facts', 'prompts', 'days', 'check-ins'"),
        (
            "guide nonsense",
            "there is no movement or routine 'nonsense'; see the list: qlbreak movements",
        ),
        ("run --speed", "requires an argument"),
        ("run --speed 0", "--speed 0 is out of range; choose more than 0, up to 3600"),
        ("run --speed -1", "--speed -1 is out of range"),
        ("run --speed 3601", "out of range"),
        ("run --speed nan", "out of range"),
        ("run --speed banana", "'banana' is not a valid float"),
        ("snooze banana", "'banana' is not a duration; write for example"),
        ("snooze 3 h", "out of range; choose 1 min to 1 h"),
        ("pause until dawn", "'dawn' is not a time of day; write for example: pause until 14:30"),
        ("meeting 5", None),
        ("pause tomorrow", None),
    ],
)
def test_a_mistake_in_the_words_is_said_first(
    say: Callable[..., Outcome], words: str, what: str | None
) -> None:
    """Whether the program runs or not; without one the words get as far as the question for it."""
    told = one_line(say(*words.split()), 3 if what is None else 2)
    assert (what or "not running") in told


@pytest.mark.parametrize("name", TOLD)
def test_without_a_running_program_a_command_ends_with_three(
    say: Callable[..., Outcome], name: str
) -> None:
    assert one_line(say(*name.split()), 3) == "qlbreak: not running; start it with: qlbreak\n"


def test_every_command_is_tested_here() -> None:
    alone = {
        "run",
        "report",
        "stats",
        "export",
        "doctor",
        "demo",
        "config",
        "set-up",
        "check-in",
        "safety",
        "guide",
        "movements",
        "devices",
        "compress",
        "delete-data",
        "autostart",
        "watch",
        "launcher",
        "open",
        "help",
        "plan",
        "never",
        "allow",
    }
    assert set(cli.commands) == {*(name.split()[0] for name in TOLD), *alone}


def test_every_command_has_help(say: Callable[..., Outcome]) -> None:
    def walk(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
        for name, command in group.commands.items():
            yield (*names, name)
            if isinstance(command, click.Group):
                yield from walk(command, *names, name)

    for words in [(), *walk(cli)]:
        outcome = say(*words, "--help")
        assert (outcome.code, outcome.err) == (0, ""), words
        assert outcome.out.startswith(" ".join(["Usage: qlbreak", *words]))
        assert len(outcome.out.splitlines()) > 4


def test_the_version_is_told(say: Callable[..., Outcome]) -> None:
    assert say("--version").out == f"qlbreak {__version__}\n"


# Mistakes in the settings


@pytest.mark.parametrize(
    "command", ["run", "report", "stats", "export", "config check", "config show"]
)
def test_a_mistake_in_the_settings_ends_with_two(room: Room, command: str) -> None:
    settings = room.folder / "mine.toml"
    settings.write_text('[prompt]\nsitting = "30 min"\nsnoozes = 9\n')
    outcome = room.program("--config", str(settings)).run(*command.split())
    told = one_line(outcome, 2)
    assert "mine.toml, line 3: prompt.snoozes: 9 is out of range; choose 0 to 5" in told
    assert settings.read_text() == '[prompt]\nsitting = "30 min"\nsnoozes = 9\n'
    assert not (room.home / "data").exists()


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ("/", "is a folder; the settings must be a file"),
        ("/nowhere/x", "there is no settings file /nowhere/x"),
        ("/proc/self/mem", "cannot be read: Input/output error"),
        ("/dev/zero", "cannot be read: it is a pipe or a device; it should be a file"),
    ],
)
@on_unix("names of files as Linux has them")
def test_no_settings_file_but_something_else(
    say: Callable[..., Outcome], settings: str, what: str
) -> None:
    assert what in one_line(say("--config", settings, "config", "check"), 2)


def test_all_mistakes_of_the_settings_are_told_at_once(
    say: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[prompt]\nsiting = 1\nsnoozes = 9\n[hours]\nwork = ["monkey 9-17"]\n')
    outcome = say("--config", str(path), "config", "check")
    assert (outcome.code, outcome.out) == (2, "")
    assert [line.split(": ")[1] for line in outcome.err.splitlines()] == [
        f"{path}, line {number}" for number in (2, 3, 5)
    ]
    assert "'monkey' is not a day" in outcome.err
    assert "(and 2 more mistakes: qlbreak config check)" in one_line(
        say("--config", str(path), "config", "show"), 2
    )


def test_the_hours_are_said_back_as_they_were_understood(
    say: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[hours]\nwork = ["Mon\u2013Fri 9 AM to 5 PM", "Sat 22-2"]\n', "utf-8")
    assert say("--config", str(path), "config", "check").out.splitlines() == [
        "Reminders come: Monday to Friday, 09:00 to 17:00;"
        " Saturday, 22:00 to 02:00 of the next day.",
        f"{path}: fine",
    ]
    assert (
        'work = ["Mon-Fri 09:00-17:00", "Sat 22:00-02:00"]'
        in say("--config", str(path), "config", "show").out
    )


@on_unix("the places of settings go by the environment")
def test_the_settings_are_told_where_what_and_whether(say: Callable[..., Outcome]) -> None:
    path = Path(say("config", "path").out.strip())
    assert path.name == "config.toml"
    assert say("config", "check").out == f"{path}: not there; the defaults apply\n"
    shown = say("config", "show").out
    assert 'sitting = "30 min"' in shown
    path.parent.mkdir(parents=True)
    path.write_text(shown.replace('"30 min"', '"75 min"'))
    assert say("config", "check").out.splitlines() == [
        "note: prompt.sitting: most guidance says to get up at least hourly",
        f"{path}: fine",
    ]
    assert say("config", "show").out == path.read_text()


# Places that cannot be used


@pytest.mark.parametrize(
    ("place", "what"),
    [
        ("/proc/qlbreak", "cannot create the folder /proc/qlbreak: No such file"),
        ("/dev/null/x", "cannot create the folder /dev/null/x: Not a directory"),
        ("file", "file is a file; the record needs a folder"),
    ],
)
@on_unix("names of files as Linux has them")
def test_a_data_folder_that_cannot_be_made(
    say: Callable[..., Outcome],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    what: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("precious")
    assert what in one_line(say("--data-dir", place, "run"), 2)
    assert Path("file").read_text() == "precious"


@pytest.mark.parametrize("name", ["lock", f"journal/{device()}.jsonl"])
@on_unix("a folder in the place of a file is told otherwise")
def test_a_folder_in_the_place_of_a_file(room: Room, name: str) -> None:
    (room.home / "data" / name).mkdir(parents=True)
    told = one_line(room.program().run("run"), 2)
    assert f"{Path(name).name}: Is a directory" in told


@pytest.mark.parametrize(
    ("closed", "command", "what"),
    [
        (
            "config.toml",
            "config check",
            "config.toml cannot be read: check its owner and",
        ),
        ("config.toml", "run", "config.toml cannot be read: check its owner and"),
        (".", "config check", "config.toml cannot be read: check its owner and"),
        ("data", "run", "cannot write to the folder"),
        ("data", "stats", "the record cannot be read"),
        ("data/journal", "stats", "the record cannot be read"),
        ("data/journal/a.jsonl", "stats", "the record cannot be read"),
        ("data/journal/a.jsonl", "export", "a.jsonl: Permission denied"),
    ],
)
@on_unix("it becomes another user")
def test_as_a_user_who_may_not(room: Room, closed: str, command: str, what: str) -> None:
    place = room.folder / "place"
    (place / "data/journal").mkdir(parents=True)
    (place / "config.toml").write_text("[prompt]\n")
    (place / "data/journal/a.jsonl").write_bytes(encode(Sat(Clock().now()[0], 60.0)))
    for path in (room.folder, place, *place.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (place / closed).chmod(0)
    options = ["--config", str(place / "config.toml"), "--data-dir", str(place / "data")]
    outcome = room.run([sys.executable, "-c", AS_NOBODY, *options, *command.split()])
    (place / closed).chmod(0o755)
    assert what in one_line(outcome, 2)
    assert len(list(place.rglob("*"))) == 4


@on_unix("a shell's pipe")
def test_output_that_goes_nowhere(room: Room) -> None:
    command = f"{sys.executable} -m qlbreak config show; echo $? >&2"
    assert room.run(["sh", "-c", f"({command}) | :"]).err in ("0\n", "1\n")


# What was found here


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
@pytest.mark.parametrize("command", ["stats --days 2", "config check", "config path"])
def test_output_that_no_terminal_shows_is_utf_8(room: Room, command: str, encoding: str) -> None:
    """A file or a pipe had the code page of Windows, and half of the output was lost."""
    settings = room.folder / "größe █.toml"
    settings.touch()
    program = room.program("--config", str(settings))
    journal = program.data_dir / "journal" / f"{device()}.jsonl"
    journal.parent.mkdir(parents=True, mode=0o700)
    journal.write_bytes(encode(Sat(Clock().now()[0], 1800.0, True)))
    usual = program.run(*command.split())
    assert not usual.out.isascii()
    program.env["PYTHONIOENCODING"] = encoding
    assert program.run(*command.split()) == usual


def test_doctor_tells_what_was_found(room: Room) -> None:
    outcome = room.program().run("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    names = [line[:15].strip() for line in outcome.out.splitlines()[1:] if line[0] != " "]
    assert names == [
        "settings", "record", "running", "autostart", "launcher", "tray", "windows",
        "notifications", "sound", "voice", "idle time", "lock, sleep", "microphone", "camera",
        "full screen", "do not disturb", "screen kept on", "log",
    ]  # fmt: skip
    assert "no; start it with: qlbreak" in outcome.out
    if sys.platform != "win32":
        assert f"no sound server at {room.runtime}/pulse/native" in outcome.out
    settings = room.folder / "bad.toml"
    settings.write_text("[prompt]\nsiting = 1\n")
    outcome = room.program("--config", str(settings)).run("doctor")
    assert outcome.code == 2
    assert "line 2: unknown key 'siting'; did you mean sitting?" in outcome.out
    assert list(room.home.iterdir()) == []
