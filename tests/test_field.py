"""What went wrong elsewhere, as docs/field.md lists it: each line has a test that is there."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs/field.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if re.match(r"\| \d+ \|", line)
]
NAMED = sorted(set(re.findall(r"`(\S+?\.py)::(\w+)`", PAGE)))


def test_all_thirty_are_there_in_their_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 31))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_names_its_issue_what_is_done_and_a_test(row: list[str]) -> None:
    _, issue, wrong, done, tests = row
    assert re.match(r"[\w-]+/[\w-]+#\d+", issue)
    assert wrong
    assert done
    assert re.fullmatch(r"(`\S+\.py::test_\w+`(, )?)+", tests)


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    text = (TESTS / file).read_text("utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE)
