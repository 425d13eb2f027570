"""What the README says to somebody who has nothing yet: its first lines to type, in their order."""

import re
from pathlib import Path

_BLOCK = re.compile(r"^(?: {4}\S[^\n]*\n)+|^```(?:sh|console|bash)?\n.*?^```$", re.M | re.S)
_TRIAL = re.compile(r"qlbreak run --speed \d+")


def first_lines(readme: Path) -> list[str]:
    """Of its first block."""
    block = _BLOCK.search(readme.read_text())
    assert block, "the README has no lines to type"
    lines = [line.strip().removeprefix("$ ") for line in block[0].splitlines()]
    return [re.sub(r"\s+#.*", "", line) for line in lines if line and not line.startswith("```")]


def trial(readme: Path) -> str:
    """The line to try it without waiting for half an hour."""
    found = _TRIAL.search(readme.read_text())
    assert found, "the README does not say how to try it without waiting"
    return found[0]
