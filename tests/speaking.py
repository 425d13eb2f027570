"""A program of the tests, or the real one, in an environment that has a language."""

import subprocess
import sys
from collections.abc import Collection, Mapping

_PATIENCE_S = 300


def said(env: Mapping[str, str], *words: str, codes: Collection[int] = (0,)) -> str:
    """What this Python says with those words."""
    done = subprocess.run(
        [sys.executable, *words],
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=_PATIENCE_S,
    )
    assert done.returncode in codes, done.stderr
    return done.stdout
