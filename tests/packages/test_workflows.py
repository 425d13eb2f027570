"""What runs elsewhere runs what was looked at, with no more rights than it needs."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
pytestmark = pytest.mark.skipif(not WORKFLOWS, reason="an sdist leaves them out")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_every_action_is_the_one_that_was_looked_at(workflow: Path) -> None:
    """By its hash, since a tag can be moved, with the version beside it; and told once."""
    actions = re.findall(r"uses: (.*)", workflow.read_text("utf-8"))
    assert actions
    for action in actions:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    assert len({*actions}) == len({action.partition("@")[0] for action in actions})


def test_it_is_the_same_in_all_of_them() -> None:
    found = {line for file in WORKFLOWS for line in re.findall(r"uses: (.*)", file.read_text())}
    assert len(found) == len({action.partition("@")[0] for action in found})


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_it_may_read_and_nothing_else(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert set(re.findall(r"^ +(\w[\w-]*): (?:read|write)$", text, re.MULTILINE)) == {"contents"}
    assert ": write" not in text
    assert "secrets." not in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_the_oldest_python_and_the_newest(workflow: Path) -> None:
    known = re.findall(r"Python :: (3\.\d+)'", repr(PROJECT["classifiers"]))
    assert PROJECT["requires-python"] == f">={known[0]}"
    assert set(re.findall(r"python: \[(.*)\]", workflow.read_text("utf-8"))) == {
        f"'{known[0]}', '{known[-1]}'"
    }
