"""The commands for a plan, without a running program: shown, agreed to, recorded, ended."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qlbreak.cli.main import main
from rig.processes import Outcome

PLAN = """\
name = "Six weeks"
from = "Jane Doe"

[weeks.1-6]
str-brace = { repetitions = 4, times-a-day = 2 }
str-knee-plank = {}
"""
Say = Callable[..., Outcome]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """A command in this process, in an empty home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str) -> Outcome:
        with pytest.raises(SystemExit) as end:
            main(["--data-dir", str(tmp_path / "data"), *words])
        return Outcome(int(end.value.code or 0), *capsys.readouterr())

    return run


@pytest.fixture
def plan(tmp_path: Path) -> str:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return str(path)


def kinds(tmp_path: Path) -> list[str]:
    """Of the facts that are recorded."""
    files = sorted((tmp_path / "data" / "journal").glob("*.jsonl"))
    return [json.loads(line)["type"] for file in files for line in file.read_text().splitlines()]


def test_it_is_shown_loaded_replaced_and_ended(say: Say, plan: str, tmp_path: Path) -> None:
    assert "You have no plan" in say("plan").out
    shown = say("plan", "show", plan).out
    assert "Sit tall with a firm waist: 4 holds" in shown
    assert "twice a day" in shown
    assert "Side plank on knees (weeks 1 to 6): there is no mat" in shown
    assert kinds(tmp_path) == []
    loaded = say("plan", "load", plan, "--yes")
    assert (loaded.code, loaded.err) == (0, "")
    assert loaded.out.endswith("This plan is yours now: Six weeks.\n")
    assert (tmp_path / "data" / "plan.toml").read_text("utf-8") == PLAN
    assert "done 0 of 2" in say("plan").out
    again = say("plan", "load", plan, "--yes").out
    assert "It replaces the plan you have now: Six weeks" in again
    assert again.endswith("It replaces: Six weeks.\n")
    assert say("plan", "end").out == "Your plan has ended: Six weeks. The record keeps it.\n"
    assert not (tmp_path / "data" / "plan.toml").exists()
    assert kinds(tmp_path) == ["prescribed", "prescribed", "discontinued"]
    assert say("plan", "end") == Outcome(2, "", "qlbreak: there is no plan to end\n")


def test_it_is_told_in_the_figures_and_on_its_page(say: Say, plan: str, tmp_path: Path) -> None:
    assert say("report", "--plan").code == 2
    say("plan", "load", plan, "--yes")
    told = json.loads(say("stats", "--json").out)["plan"]
    assert (told["name"], told["from"], told["week"]) == ("Six weeks", "Jane Doe", 1)
    assert [row["movement"] for row in told["today"]] == [
        "str-brace", "str-knee-plank", "str-knee-plank",
    ]  # fmt: skip
    assert "Week 1 of 6 of your plan by Jane Doe." in say("stats").out
    page = Path(say("report", "--plan", "-o", str(tmp_path / "page.html")).out.strip())
    assert "Six weeks" in page.read_text("utf-8")


def test_without_a_terminal_it_wants_a_yes(say: Say, plan: str, tmp_path: Path) -> None:
    refused = say("plan", "load", plan)
    assert refused.code == 2
    assert "add --yes" in refused.err
    assert kinds(tmp_path) == []


def test_mistakes_are_told_each_on_a_line(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('name = "x"\n[weeks.1]\nzzz = {}\n', "utf-8")
    for words in (("show",), ("load", "--yes")):
        told = say("plan", words[0], str(path), *words[1:])
        assert told.code == 2
        assert [line.startswith("qlbreak: ") for line in told.err.splitlines()] == [True, True]


def test_one_that_is_over_is_refused(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(f"start = 2020-01-06\n{PLAN}", "utf-8")
    told = say("plan", "load", str(path), "--yes")
    assert told.code == 2
    assert "this plan ended on Sunday 16 February 2020; change its start" in told.err


def test_examples_are_listed_and_written(say: Say, tmp_path: Path) -> None:
    assert "six gentle weeks at a desk" in say("plan", "list").out
    assert say("plan", "example", "gentle").out.startswith("# AN EXAMPLE")
    path = tmp_path / "mine.toml"
    assert say("plan", "example", "one-side", "-o", str(path)).code == 0
    assert say("plan", "show", str(path)).code == 0
    assert "did you mean gentle?" in say("plan", "example", "gentel").err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_where_nothing_can_be_written_it_says_so(say: Say, plan: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o500)
    told = say("plan", "load", plan, "--yes")
    assert told.code == 2
    assert told.err.count("\n") == 1


def test_what_the_disk_does_not_take_is_said(say: Say, plan: str, tmp_path: Path) -> None:
    """A journal's folder that is a file: nothing is recorded, and no plan holds."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "journal").write_text("in the way")
    told = say("plan", "load", plan, "--yes")
    assert told.code == 2
    assert told.err.startswith("qlbreak: ")
    assert not (data / "plan.toml").exists()
