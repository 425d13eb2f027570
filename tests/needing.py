"""What a test needs of the machine: skipped without it, but in continuous integration a failure."""

import os
import sys

import pytest


def need_tk() -> None:
    """For windows."""
    if os.environ.get("CI"):
        import tkinter  # noqa: F401
    else:
        pytest.importorskip("tkinter")


def on_unix(why: str) -> pytest.MarkDecorator:
    """For what Windows has not, or has otherwise."""
    return pytest.mark.skipif(sys.platform == "win32", reason=f"only on Unix: {why}")
