"""Who plays a file of sound here: which ways there are, and the first of them that works."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Playing(Protocol):
    """A file that is being played."""

    def stop(self) -> None:
        """At once; also where it is over already."""

    def over(self) -> bool:
        """As far as that can be told."""

    def failed(self) -> str:
        """Why it could not be played; nothing as long as, and where, it could."""


class Player(Protocol):
    @property
    def name(self) -> str:
        """As `doctor` tells it."""

    def play(self, file: Path) -> Playing:
        """Begins to. Raises OSError."""


def players(
    which: Callable[[str], str | None],
    environment: Mapping[str, str],
    platform: str = sys.platform,
) -> Sequence[Player]:
    """What is there, the best first. *which*: where a program is, if it is."""
    if platform == "win32":
        from qlbreak.sound.player_winsound import WinSound

        return [WinSound()]
    from qlbreak.sound.player_commands import commands

    return commands(which, environment, platform)


def remedy(platform: str = sys.platform) -> str:
    """What brings one, where there is none."""
    return "Debian: pulseaudio-utils" if platform == "linux" else ""
