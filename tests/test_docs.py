"""What README and docs promise is there, and what is there is in them."""

import importlib.util
import itertools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image, ImageChops, ImageSequence

import qlbreak
from qlbreak.cli.main import cli
from qlbreak.core.model.dose import told
from qlbreak.data import load

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "qlbreak"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
TOLD = (ROOT / "docs/commands.md").read_text("utf-8")


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
def test_every_command_has_its_place_in_the_docs(name: str) -> None:
    assert re.search(rf"^### `qlbreak {name}\b", TOLD, re.MULTILINE)


@pytest.mark.parametrize("command", [cli, *COMMANDS.values()], ids=["", *COMMANDS])
def test_every_option_is_in_the_docs(command: click.Command) -> None:
    for option in option_names(command):
        assert option in TOLD


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_command_is_named_that_is_not_there(page: Path) -> None:
    known = {name.split()[0] for name in COMMANDS}
    text = page.read_text("utf-8")
    named = re.findall(r"^    qlbreak ([a-z][\w-]*)|`qlbreak ([a-z][\w-]*)", text, re.MULTILINE)
    assert {first or second for first, second in named} <= known


def test_the_example_is_linked() -> None:
    assert "](config.example.toml)" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            assert re.fullmatch(r"https://[\w.-]+\.[a-z]{2,}(/[\w./~%#?=&+-]*)?", target), target
        else:
            path, _, anchor = target.partition("#")
            file = page.parent / path if path else page
            assert file.exists(), target
            assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_picture_says_what_it_shows(page: Path) -> None:
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text("utf-8")):
        assert len(words) > 10, target
        assert (page.parent / target).stat().st_size < 200_000, target


def test_the_animation_is_what_the_figures_draw() -> None:
    """A frame a second, as near as its palette comes."""
    spec = importlib.util.spec_from_file_location("animation", ROOT / "docs/make_animation.py")
    assert spec is not None
    assert spec.loader is not None
    animation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(animation)
    with Image.open(animation.TARGET) as film:
        shown = []  # frames that are the same stand there once, for as much longer
        for still in ImageSequence.Iterator(film):
            shown += [still.convert("RGB")] * (still.info["duration"] * animation.A_SECOND // 1000)
    moments = itertools.product(animation.LABELS, range(animation.SECONDS * animation.A_SECOND))
    for (side, number), still in itertools.islice(zip(moments, shown, strict=True), 0, None, 10):
        drawn = animation.frame(side, number)
        off = ImageChops.difference(drawn, still).convert("L").histogram()
        assert sum(off[32:]) < drawn.width * drawn.height / 1000, (side, number)


def test_the_files_that_a_change_takes_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    part = text.split("## Where a change belongs")[1].split("\n## ")[0]
    rows = re.findall(r"^\| .+", part, re.MULTILINE)
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
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for dependency in project["dependencies"]:
        name = re.split(r"[<>=; ]", dependency)[0]
        assert re.search(rf"^\| {name}\b", told, re.MULTILINE | re.IGNORECASE), name


@pytest.mark.parametrize("page", ["README.md", "docs/compared.md"])
def test_as_many_movements_are_told_as_there_are(page: str) -> None:
    assert f"| {len(load().movements)} movements, " in (ROOT / page).read_text("utf-8")


def test_the_version_is_one() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", qlbreak.__version__)


def test_the_film_strips_show_every_movement_as_it_is_told() -> None:
    page = (ROOT / "docs/film_strips.md").read_text("utf-8")
    shown = re.findall(r"pictures/strips/([\w-]+)\.png", page)
    assert shown == list(load().movements)
    for movement in load().movements.values():
        assert f"## {movement.name}\n\n{told(movement.dose, movement.default_s)}" in page
        assert (ROOT / f"docs/pictures/strips/{movement.id}.png").stat().st_size < 200_000
