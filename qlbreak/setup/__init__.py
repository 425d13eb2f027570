"""The set-up: what qlbreak is, a few questions, how it starts; in a window or in a terminal.

Nothing here needs a window: `questions` is what is asked, `starting` what is switched, `answers`
what came of it, and the way back, `file` writes; `window` and `terminal` ask.
"""

from qlbreak.system.paths import Paths, private


def offered(paths: Paths) -> bool:
    """Has the set-up been shown here before?"""
    return paths.said("set-up").exists()


def mark(paths: Paths) -> None:
    """It has been shown now: nobody is asked twice. Raises OSError."""
    private(paths.data)
    paths.said("set-up").touch(mode=0o600)
