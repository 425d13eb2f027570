"""Continuous integration as one command: what fails in it, on either system, fails it."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from needing import on_unix

RUN = Path(__file__).parents[1] / ".ci/run"
# Stands in for make: what it is asked for, and fails where FAILING says so.
MAKE = """#!/bin/sh
echo "$1 $HYPOTHESIS_PROFILE" >>asked
[ "$1" != test-windows ] || echo "what Windows says: $2"
[ "$1" != "$FAILING" ]
"""

pytestmark = on_unix("it is a shell script")


@pytest.mark.parametrize(
    ("failing", "code"), [("", 0), ("test", 1), ("test-windows", 1), ("desktop", 1)]
)
def test_what_fails_fails_it(tmp_path: Path, failing: str, code: int) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(RUN, tmp_path / ".ci/run")
    (tmp_path / "make").write_text(MAKE)
    (tmp_path / "make").chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "FAILING": failing}
    env.pop("HYPOTHESIS_PROFILE", None)
    done = subprocess.run(
        [tmp_path / ".ci/run"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done
    asked = sorted((tmp_path / "asked").read_text().splitlines())
    if failing == "desktop":
        assert asked == ["desktop "]
    else:
        assert asked == ["desktop ", "test full", "test-windows "]
        assert (
            "what Windows says: ARGS=--logs test-failures/windows chosen end-to-end" in done.stdout
        )
