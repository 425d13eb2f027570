"""Which test files need what only Unix has, by what they import."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

NAMES = {"fcntl", "grp", "jeepney", "pty", "pwd", "resource", "termios", "tty", "Xlib"}
TESTS = Path(__file__).parent


@cache
def needed(file: Path) -> str:
    """What it imports that only Unix has, itself or by modules of ours; empty where that is none.
    What is imported within a function may never be reached."""
    for name in imported(file):
        if name.split(".")[0] in NAMES:
            return name.split(".")[0]
        for place in (TESTS, TESTS.parent):
            stem = place.joinpath(*name.split("."))
            for own in (stem.with_suffix(".py"), stem / "__init__.py"):
                if own != file and own.is_file() and (found := needed(own)):
                    return found
    return ""


def imported(file: Path) -> Iterator[str]:
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
