"""Who speaks here: which voices there are, and the first of them; what each must be able to do.

A voice that writes files is heard to the hundredth of a second: how long a sentence takes is known
before it is said. One that speaks by itself is asked to, and its lengths are guessed.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from qlbreak.sound.samples import Samples


@runtime_checkable
class WritingVoice(Protocol):
    @property
    def name(self) -> str: ...

    def write(self, texts: Sequence[str], language: str) -> Sequence[Samples]:
        """Each of them as it sounds; may take seconds. Raises OSError or ValueError."""


class SpeakingVoice(Protocol):
    @property
    def name(self) -> str: ...

    def ready(self, language: str, volume: int) -> None:
        """Before all else; may take seconds. Raises OSError where nobody is there to speak."""

    def speak(self, text: str) -> None:
        """Now. Raises OSError."""

    def stop(self) -> None:
        """At once. Raises OSError."""

    def close(self) -> None: ...


Voice = WritingVoice | SpeakingVoice


def voices(
    which: Callable[[str], str | None],
    environment: Mapping[str, str],
    platform: str = sys.platform,
) -> list[Voice]:
    """What is there, the best first: one that writes files is never late. Nothing is started."""
    found: list[Voice] = []
    if platform == "win32":
        from qlbreak.sound.voice_sapi import Sapi

        if command := which("powershell"):
            found.append(Sapi(command))
    elif platform == "darwin":
        from qlbreak.sound.voice_say import Say

        if command := which("say"):
            found.append(Say(command))
    else:
        from qlbreak.sound.voice_espeak import Espeak
        from qlbreak.sound.voice_speechd import SpeechDispatcher

        if command := which("espeak-ng"):
            found.append(Espeak(command))
        if command := which("speech-dispatcher"):
            found.append(SpeechDispatcher(environment, command))
    return found


def remedy(platform: str = sys.platform) -> str:
    """What brings one, where there is none."""
    return "Debian: espeak-ng" if platform == "linux" else ""
