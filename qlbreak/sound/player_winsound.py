"""Windows: its own PlaySound, by Python's winsound; written by its documentation, and never run."""

from importlib import import_module
from pathlib import Path
from typing import Any


class WinSound:
    """It plays one file at a time; a new one takes the place of the one before."""

    name = "Windows"

    def __init__(self, winsound: Any = None) -> None:
        self._winsound = winsound or import_module("winsound")

    def play(self, file: Path) -> "PlayingWinSound":
        sound = self._winsound
        kind = sound.SND_FILENAME | sound.SND_ASYNC | sound.SND_NODEFAULT
        try:
            sound.PlaySound(str(file), kind)
        except RuntimeError as error:
            raise OSError(f"PlaySound: {error}") from None
        return PlayingWinSound(sound)


class PlayingWinSound:
    def __init__(self, winsound: Any) -> None:
        self._winsound = winsound

    def stop(self) -> None:
        self._winsound.PlaySound(None, 0)

    def over(self) -> bool:
        return False

    def failed(self) -> str:
        return ""
