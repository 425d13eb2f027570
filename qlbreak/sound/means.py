"""By what a guide is heard on this machine: opened for it, and told to `doctor`."""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from qlbreak.core.model.terms import Reason
from qlbreak.settings.guide_section import GuideSection
from qlbreak.sound import player, voice
from qlbreak.sound.calls import calls
from qlbreak.sound.output import Output
from qlbreak.sound.speaker import Speaker
from qlbreak.sound.speech import Speech
from qlbreak.sound.voice_speechd import SpeechDispatcher

LANGUAGE = "en"  # that of the movements


def speaker(
    wanted: GuideSection,
    busy: frozenset[Reason],
    socket: Path,
    environment: Mapping[str, str] = os.environ,
) -> Speaker:
    """Raises nothing: where there is nothing it is silent. `busy`: what counts as a call."""
    there = player.players(shutil.which, environment)
    speech = Speech(voice.voices(shutil.which, environment), LANGUAGE, wanted.volume)
    return Speaker(wanted.sound, wanted.volume, Output(there), speech, calls(busy, socket))


def sound_found(environment: Mapping[str, str] = os.environ) -> str:
    """By what tones are played, in the order of trying."""
    names = [each.name for each in player.players(shutil.which, environment)]
    if names:
        return f"by {', then '.join(names)}"
    return "; ".join(filter(None, ("no player, so the guide is silent", player.remedy())))


def voice_found(environment: Mapping[str, str] = os.environ) -> str:
    """Who speaks. One that was never started is not started for that."""
    found = [_described(each) for each in voice.voices(shutil.which, environment)]
    if found:
        return ", then ".join(found)
    return "; ".join(filter(None, ("none, so the guide only plays tones", voice.remedy())))


def _described(one: voice.Voice) -> str:
    if isinstance(one, SpeechDispatcher):
        with suppress(OSError):
            modules = one.running()
            return f"{one.name} ({', '.join(modules) or 'without a voice'})"
    return one.name
