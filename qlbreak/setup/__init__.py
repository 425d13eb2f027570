"""The set-up: at most six questions, asked in a window or a terminal, written into the settings.

Nothing here needs a window: `questions` is what is asked, `answers` what came of it, `file` writes;
`window` and `terminal` ask.
"""

from pathlib import Path

from qlbreak.system.paths import Paths, private


def offered(paths: Paths) -> bool:
    """Has the set-up been shown here before?"""
    return _marker(paths).exists()


def mark(paths: Paths) -> None:
    """It has been shown now: nobody is asked twice. Raises OSError."""
    private(paths.data)
    _marker(paths).touch(mode=0o600)


def _marker(paths: Paths) -> Path:
    return paths.data / "said-set-up"
