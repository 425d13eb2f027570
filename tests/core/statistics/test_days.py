"""Golden days: journals short enough to read, and beside them what they amount to, by reasoning.

A folder is that of several devices, as a synchroniser has left it.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desk import RULES, tallied
from qlbreak.core.model.facts import AnyFact, CheckedIn
from qlbreak.core.statistics.figures import Hour
from qlbreak.core.statistics.merge import merged
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Problem, read

FOLDER = Path(__file__).parents[2] / "days"
JOURNALS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".toml")


def told(value: Any) -> Any:
    """As it stands beside the journal: an hour as three figures, a check-in as what was said."""
    match value:
        case Hour():
            return [value.sitting_s, value.prompts, value.done]
        case CheckedIn():
            answers = {name: getattr(value, name) for name in ("left", "right", "middle", "work")}
            return {name: answer for name, answer in answers.items() if answer is not None}
        case tuple():
            return [told(one) for one in value]
        case Mapping():
            return {str(key): told(one) for key, one in value.items()}
        case _:
            return value


def facts_of(path: Path, problems: list[Problem]) -> list[AnyFact]:
    if path.is_file():
        return read(path, problems)
    return merged(JournalFolder(path, "laptop").read_all(problems), RULES.away)


def test_there_are_some() -> None:
    assert len(JOURNALS) >= 10
    assert {path.stem for path in FOLDER.glob("*.toml")} == {path.stem for path in JOURNALS}


@pytest.mark.parametrize("path", JOURNALS, ids=lambda path: path.stem)
def test_a_day_amounts_to_what_stands_beside_it(path: Path) -> None:
    expected = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    problems: list[Problem] = []
    days = tallied(facts_of(path, problems)).days()
    assert len(problems) == expected.pop("problems", 0)
    assert {str(day) for day in days} == set(expected)
    pairs = {
        f"{day} {name}": (told(getattr(figures, name)), value)
        for day, figures in days.items()
        for name, value in expected[str(day)].items()
    }
    assert {name: pair for name, pair in pairs.items() if pair[0] != pair[1]} == {}
