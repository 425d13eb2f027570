"""In which language and how thoroughly all tests try. On Windows: a test file that needs what only
Unix has is skipped, and says what that is."""

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import english  # noqa: F401
import thorough
from rig import drawn
from rig.fixtures import *  # noqa: F403
from unix import needed

thorough.load()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # As a shell starts what is to run in the background; programs under test would inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    stack = ExitStack()
    stack.enter_context(drawn.stored())
    config.add_cleanup(stack.close)


def pytest_collection_finish() -> None:
    """What is there stays to the end: ten thousand tests need not be looked through for rubbish."""
    gc.collect()
    gc.freeze()


class Elsewhere(pytest.Module):
    def collect(self) -> Iterator[pytest.Item]:
        pytest.skip(f"it needs {needed(self.path)}, which is only on Unix", allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    if sys.platform != "win32" or not needed(module_path):
        return None
    module: pytest.Module = Elsewhere.from_parent(parent, path=module_path)
    return module
