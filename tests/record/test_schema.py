"""docs/record.md and the published schema against the types: all there is, and nothing else."""

import re

import msgspec
import pytest
from hypothesis import given

from qlbreak.core.model.facts import AnyFact
from qlbreak.core.statistics import rows
from qlbreak.record.journal import VERSION, encode
from samples import any_fact
from schema import (
    FACTS,
    PAGE,
    PLAN_PUBLISHED,
    PUBLISHED,
    WORDS,
    fields,
    plan_schema,
    schema,
    tag,
)

TEXT = PAGE.read_text("utf-8")
SECTIONS = dict(re.findall(r"^###? (.+)\n([^#]*(?:\n#{4}[^#]*)*)", TEXT, re.MULTILINE))


def cells(section: str) -> list[list[str]]:
    """The rows of its table, without the head."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(section: str) -> list[str]:
    """The columns of an export, in the order in which the page names them."""
    return [name for row in cells(section) for name in re.findall(r"`(\w+)`", row[0])]


def test_the_page_has_every_fact_and_no_other() -> None:
    assert re.findall(r"^### `(\w+)`", TEXT, re.MULTILINE) == [tag(kind) for kind in FACTS]


@pytest.mark.parametrize("kind", FACTS, ids=tag)
def test_a_fact_has_the_fields_of_its_type(kind: type[AnyFact]) -> None:
    found = cells(f"`{tag(kind)}`")
    assert [(row[0].strip("`"), row[1], row[2]) for row in found] == fields(kind)
    for row in found:
        assert 1 <= int(row[3]) <= VERSION
        assert row[4]


@pytest.mark.parametrize("kind", FACTS, ids=tag)
def test_no_number_in_a_fact_is_without_bounds(kind: type[AnyFact]) -> None:
    """What a file may claim must do no harm, whatever it says."""
    told = msgspec.json.schema(kind)["$defs"][kind.__name__]["properties"]
    kinds = {name: one.get("anyOf", [one]) for name, one in told.items()}
    free = [
        name
        for name, ones in kinds.items()
        for one in ones
        if one.get("type") in ("integer", "number") and not {"minimum", "maximum"} <= one.keys()
    ]
    assert free == []


def test_every_word_is_there_and_no_other() -> None:
    found: dict[str, list[str]] = {}
    name = ""
    for head, word, _ in cells("Words"):
        name = head or name
        found.setdefault(name, []).append(word.strip("`"))
    assert found == {enum.__name__: [one.value for one in enum] for enum in WORDS}


def test_every_version_is_told() -> None:
    assert [int(row[0]) for row in cells("Versions")] == list(range(1, VERSION + 1))


def test_every_column_is_there_and_no_other() -> None:
    hours = {
        f"h{hour:02}_{what}" for hour in range(24) for what in ("sitting_s", "prompts", "done")
    }
    assert named("Export of prompts") == list(rows.PROMPT)
    assert set(named("Export of days")) | hours == set(rows.DAY)
    assert set(named("Export of check-ins")) == set(rows.CHECK_IN)
    text = SECTIONS["Export of facts"].replace("\n", " ")
    assert re.findall(r"`(\w+)`", text.split("as JSON: ")[1]) == list(rows.FACT)


@given(any_fact())
def test_version_and_kind_come_first_in_a_line(fact: AnyFact) -> None:
    assert encode(fact).startswith(b'{"v":%d,"type":"%b",' % (VERSION, tag(type(fact)).encode()))


def test_the_published_schema_is_current() -> None:
    """Else: python tests/schema.py"""
    assert PUBLISHED.read_text("utf-8") == schema()
    assert PLAN_PUBLISHED.read_text("utf-8") == plan_schema()
