"""What a window is told by the program that opened it: to come, at which page, by whose leave."""

import os
import subprocess
import sys

import pytest

from qlbreak.system import parent
from qlbreak.system.parent import MARK, Order

# Tells what it heard, until the pipe ends.
CHILD = """
import os, threading
from qlbreak.system import parent
gone = threading.Event()
def told(word, page):
    print(word.value, page or "-", os.environ.get("XDG_ACTIVATION_TOKEN", "-"), flush=True)
    if word is parent.Order.GONE:
        gone.set()
parent.hear(told)
gone.wait(20)
"""


def test_a_window_hears_page_and_leave() -> None:
    env = {name: value for name, value in os.environ.items() if name not in parent.ACTIVATIONS}
    lines = [
        parent.line(Order.FRONT),
        parent.line(Order.FRONT, "settings"),
        parent.line(Order.FRONT, "", "leave-1"),
        parent.line(Order.FRONT, "today", "leave-2"),
        parent.line(Order.CLOSE),
    ]
    done = subprocess.run(
        [sys.executable, "-c", CHILD],
        input="".join(f"{line}\n" for line in lines).encode(),  # as it is said, on Windows too
        env={**env, MARK: "stdin"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.decode().splitlines() == [
        "front - -",
        "front settings -",
        "front - leave-1",
        "front today leave-2",
        "close - leave-2",
        "gone - leave-2",
    ]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ""),
        ({"DESKTOP_STARTUP_ID": "x-1"}, "x-1"),
        ({"DESKTOP_STARTUP_ID": "x-1", "XDG_ACTIVATION_TOKEN": "w-1"}, "w-1"),
        ({"XDG_ACTIVATION_TOKEN": "two words"}, ""),
        ({"XDG_ACTIVATION_TOKEN": "a\nclose"}, ""),
    ],
)
def test_the_leave_is_what_the_desktop_gave(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], found: str
) -> None:
    for name in parent.ACTIVATIONS:
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert parent.activation() == found
