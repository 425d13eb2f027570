"""The example settings, and the pages of all keys, files and commands, are what it says itself."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from qlbreak.settings.schema import SECTIONS
from reference import (
    COMMANDS_PAGE,
    EXAMPLE,
    FILES_PAGE,
    PAGE,
    PLANS_PAGE,
    commands_page,
    example,
    files_page,
    page,
    plans_page,
)

MADE: dict[Path, Callable[[], str]] = {
    EXAMPLE: example,
    PAGE: page,
    FILES_PAGE: files_page,
    COMMANDS_PAGE: commands_page,
    PLANS_PAGE: plans_page,
}


@pytest.mark.parametrize(("file", "made"), MADE.items())
def test_what_is_to_be_read_is_made_from_the_schema(file: Path, made: Callable[[], str]) -> None:
    assert file.read_text("utf-8") == made(), "run python tests/reference.py"


def test_the_example_has_every_key_and_explains_it() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    found = tomllib.loads("\n".join(lines))
    assert {name: [*table] for name, table in found.items()} == {
        name: [*keys] for name, keys in SECTIONS.items()
    }
    for number, line in enumerate(lines):
        if " = " in line and not line.startswith("#"):
            assert lines[number - 1].startswith("#"), line
        assert len(line) <= 110


def test_the_page_of_defaults_names_keys_that_there_are() -> None:
    text = PAGE.with_name("defaults.md").read_text("utf-8")
    named = re.findall(r"^\| `(\w+)\.(\w+|\*)` \|", text, re.MULTILINE)
    assert len(named) > 10
    assert all(key == "*" or key in SECTIONS[section] for section, key in named)
