"""On Windows: a test file that needs what only Unix has is skipped, and says what that is."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

UNIX = {"fcntl", "grp", "jeepney", "pty", "pwd", "resource", "termios", "tty", "Xlib"}
TESTS = Path(__file__).parent


class Elsewhere(pytest.Module):
    def collect(self) -> Iterator[pytest.Item]:
        pytest.skip(f"it needs {unix(self.path)}, which is only on Unix", allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    if sys.platform != "win32" or not unix(module_path):
        return None
    module: pytest.Module = Elsewhere.from_parent(parent, path=module_path)
    return module


@cache
def unix(file: Path) -> str:
    """What it imports that only Unix has, itself or by modules of ours; empty where that is none.
    What is imported within a function may never be reached."""
    for name in imported(file):
        if name.split(".")[0] in UNIX:
            return name.split(".")[0]
        for place in (TESTS, TESTS.parent):
            stem = place.joinpath(*name.split("."))
            for own in (stem.with_suffix(".py"), stem / "__init__.py"):
                if own != file and own.is_file() and (found := unix(own)):
                    return found
    return ""


def imported(file: Path) -> Iterator[str]:
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
