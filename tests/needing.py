"""What a test needs of the machine: skipped without it, but in continuous integration a failure."""

import os

import pytest


def need_tk() -> None:
    """For windows."""
    if os.environ.get("CI"):
        import tkinter  # noqa: F401
    else:
        pytest.importorskip("tkinter")
