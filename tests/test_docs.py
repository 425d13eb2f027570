"""What the README promises is there, and what is there is in the README."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import qlbreak
from qlbreak.cli.main import cli

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "qlbreak"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path}{name} ")


COMMANDS = dict(commands(cli))


def option_names(command: click.Command) -> list[str]:
    options = [part for part in command.params if isinstance(part, click.Option)]
    return [option.opts[-1] for option in options if not option.hidden]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme(name: str) -> None:
    written = set(re.findall(r"`(?:qlbreak )?([^`\[]+?)(?: \[.*?)?`", README))
    assert name in written or name.split()[-1] in written or name == "config"


@pytest.mark.parametrize("command", [cli, *COMMANDS.values()], ids=["", *COMMANDS])
def test_every_option_is_in_the_readme(command: click.Command) -> None:
    for option in option_names(command):
        assert option in README


def test_the_readme_names_no_command_that_is_not_there() -> None:
    known = {name.split()[0] for name in COMMANDS}
    named = re.findall(r"^    qlbreak (\w[\w-]*)|`qlbreak (\w[\w-]*)", README, re.MULTILINE)
    assert {first or second for first, second in named} <= known


def test_the_example_is_linked() -> None:
    assert "](config.example.toml)" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            file = page.parent / path if path else page
            assert file.exists(), target
            assert not anchor or anchor in anchors(file), target


def test_the_files_that_a_change_takes_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| .+", text.split("## Where a change belongs")[1], re.MULTILINE)
    named = re.findall(r"`([\w.-]*[/.][\w./-]+)`", "\n".join(rows))
    assert len(rows) == 11, "a head, and ten examples"
    assert not [one for one in named if not any((top / one).exists() for top in (ROOT, PACKAGE))]


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


def test_every_page_of_the_docs_is_linked() -> None:
    texts = " ".join(page.read_text("utf-8") for page in PAGES)
    for page in (ROOT / "docs").glob("*.md"):
        assert f"{page.name})" in texts or f"{page.name}#" in texts, page.name


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=; ]", dependency)[0]
        assert re.search(rf"^\| {name}\b", README, re.MULTILINE | re.IGNORECASE), name


def test_the_version_is_one() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", qlbreak.__version__)
