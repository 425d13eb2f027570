"""What went wrong elsewhere and in real hands (docs/field.md, docs/faults.md): each has a test."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs/field.md").read_text("utf-8")
FAULTS = (TESTS.parent / "docs/faults.md").read_text("utf-8")


def _rows(page: str, number: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if re.match(rf"\| {number} \|", line)
    ]


ROWS = _rows(PAGE, r"\d+")
FAULT_ROWS = _rows(FAULTS, r"[A-Z]\d+")
NAMED = sorted(set(re.findall(r"`(\S+?\.py)::(\w+)`", PAGE + FAULTS)))


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


@pytest.mark.parametrize("row", FAULT_ROWS, ids=lambda row: row[0])
def test_each_fault_says_what_was_seen_what_holds_now_and_a_test(row: list[str]) -> None:
    _, seen, now, tests = row
    assert seen
    assert now
    assert re.fullmatch(r"(`\S+\.py::test_\w+`(, )?)+", tests)


# How many there are of each kind; and of what was done besides: safety, doses, figures, costs.
KINDS = {"R": 9, "T": 3, "S": 12, "D": 20, "C": 7, "Q": 3, "W": 12, "X": 14}


def test_no_fault_is_left_out_and_none_is_there_twice() -> None:
    found = [row[0] for row in FAULT_ROWS]
    assert len(found) == len(set(found))
    wanted = {f"{kind}{number}" for kind, most in KINDS.items() for number in range(1, most + 1)}
    assert {name for name in found if not name.startswith("P")} == wanted
