"""Help: whole lines in families, examples that are right, topics that tell what there is."""

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import qlbreak
from qlbreak.app import commands
from qlbreak.cli import families
from qlbreak.cli.main import cli, main
from qlbreak.system import exits, paths
from qlbreak.texts.topics import TOPICS

Say = Callable[..., str]
ALL = dict(families.walk(cli))
EXAMPLES = {
    name: told
    for names in families.FAMILIES.values()
    for name, told in names.items()
    if name in ALL
}


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """What a command prints in a terminal of so many columns."""

    def run(*words: str, columns: int = 80) -> str:
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit) as end:
            main(list(words))
        assert not end.value.code
        return capsys.readouterr().out

    return run


def test_every_command_is_in_one_family_and_has_an_example() -> None:
    named = [name for names in families.FAMILIES.values() for name in names]
    assert len(named) == len(set(named))
    assert set(ALL) <= set(named)
    assert all(EXAMPLES.values())


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_all_lines_are_whole_and_fit(say: Say, columns: int) -> None:
    told = say("--help", columns=columns)
    assert "..." not in told.replace("[ARGS]...", "")
    assert max(map(len, told.splitlines())) <= min(columns, 80)
    flat = " ".join(told.split())
    for name in cli.commands:
        first = (ALL[name].help or "").split("\n\n")[0]
        assert f"{name} {' '.join(first.split())}" in flat


def test_at_eighty_columns_a_command_is_a_line(say: Say) -> None:
    lines = say("--help").partition("Answer")[2].partition("Topics")[0].splitlines()
    assert len([line for line in lines if line.startswith("  ")]) == len(cli.commands)
    lines = say("--help").splitlines()
    assert lines.index("Answer a reminder:") < lines.index("Today:") < lines.index("Help:")


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_mean_something(name: str) -> None:
    """They are taken apart as they would be; what is done with them is no matter here."""
    for example in EXAMPLES[name]:
        assert example.startswith(name.split()[0])
        first, *rest = example.split()
        command = cli.commands[first]
        while isinstance(command, click.Group) and rest:
            command = command.commands[rest.pop(0)]
        command.make_context(first, rest, parent=click.Context(cli, info_name="qlbreak"))
        if first in commands.known() and first not in ("check-in", "plan"):
            commands.parse(example.split(), commands.Occasion("command"))


def test_help_is_the_help_of_a_command(say: Say) -> None:
    assert say("help", "snooze") == say("snooze", "--help")
    assert say("help", "config", "check") == say("config", "check", "--help")
    assert say("help") == say("--help")
    assert say("help", "snooze").endswith("  Example:\n    qlbreak snooze 10 min\n")


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", TOPICS)
def test_topics_are_told(say: Say, name: str, columns: int) -> None:
    told = say("help", name, columns=columns)
    flat = " ".join(told.split())
    assert TOPICS[name].intro in flat
    for word, meaning in TOPICS[name].rows:
        assert f"{word} {meaning}" in flat
    assert f"{name} {TOPICS[name].about}" in " ".join(say("--help").split())


def test_the_topic_of_files_names_the_folders_that_are_meant(say: Say, tmp_path: Path) -> None:
    told = say("--data-dir", str(tmp_path), "help", "files", columns=200)
    assert f"\n{tmp_path}\n" in told
    for file in paths.FILES:
        assert " ".join(file.what.replace("`", "").split()) in " ".join(told.split())


def test_every_variable_that_is_looked_at_is_told() -> None:
    """But what one of our processes tells another, and what hooks are given."""
    code = "".join(path.read_text("utf-8") for path in Path(qlbreak.__file__).parent.rglob("*.py"))
    found = set(re.findall(r'environ(?:\.get|\.pop)?[(\[]\s*"((?:QLBREAK_|NO_)\w+)', code))
    told = {name for name, _ in TOPICS["environment"].rows}
    assert found <= told
    assert {"QLBREAK_PLAIN", "QLBREAK_THEME", "QLBREAK_SCALE", "QLBREAK_MOTION"} <= found


def test_every_exit_code_is_told() -> None:
    codes = {value for name, value in vars(exits).items() if name.isupper()}
    assert {str(code) for code in codes} <= {code for code, _ in TOPICS["exit-codes"].rows}


@pytest.mark.parametrize("text", ["10 min", "90 s", "1 h 30 min", "until 14:30", "tomorrow"])
def test_the_durations_of_the_topic_are_understood(text: str) -> None:
    rows = dict(TOPICS["durations"].rows)
    assert text in rows
    commands.parse(["pause", *text.split()], commands.Occasion("command"))
