"""A time that is over is over, however busy the machine is."""

import queue
import re
import subprocess
import sys
from pathlib import Path

import pytest

import qlbreak
from qlbreak.system.patience import next_of

# So often that the library's own waits for ever here, within the first hundred.
ROUNDS = """
import queue
from qlbreak.system.patience import next_of
items = queue.SimpleQueue()
for _ in range(1000):
    items.put(1)
    assert next_of(items, 1e-6) == 1
    try:
        next_of(items, 1e-6)
    except queue.Empty:
        pass
"""


def test_a_time_that_is_over_before_the_look_is_over() -> None:
    subprocess.run([sys.executable, "-c", ROUNDS], check=True, timeout=300)


def test_what_is_there_is_taken_without_waiting() -> None:
    items: queue.SimpleQueue[int] = queue.SimpleQueue()
    items.put(3)
    assert next_of(items, 0) == 3
    with pytest.raises(queue.Empty):
        next_of(items, -1)


def test_nobody_waits_by_the_library_alone() -> None:
    package = Path(qlbreak.__file__).parent
    own = [
        path
        for path in package.rglob("*.py")
        if re.search(r"\.get\(timeout=", path.read_text("utf-8"))
    ]
    assert own == [package / "system/patience.py"]
