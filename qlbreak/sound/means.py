"""By what a guide is heard on this machine: opened for it, and told to `doctor`."""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from qlbreak.core.model.terms import Reason
from qlbreak.language import _, formats, tag
from qlbreak.settings.guide_section import GuideSection
from qlbreak.sound import player, voice
from qlbreak.sound.calls import calls
from qlbreak.sound.output import Output
from qlbreak.sound.speaker import Speaker
from qlbreak.sound.speech import Speech
from qlbreak.sound.voice_speechd import SpeechDispatcher


def speaker(
    wanted: GuideSection,
    busy: frozenset[Reason],
    socket: Path,
    environment: Mapping[str, str] = os.environ,
) -> Speaker:
    """Raises nothing: where there is nothing it is silent. `busy`: what counts as a call."""
    there = player.players(shutil.which, environment)
    speech = Speech(voice.voices(shutil.which, environment), tag(), wanted.volume)
    return Speaker(wanted.sound, wanted.volume, Output(there), speech, calls(busy, socket))


def sound_found(environment: Mapping[str, str] = os.environ) -> str:
    """By what tones are played, in the order of trying."""
    names = [each.name for each in player.players(shutil.which, environment)]
    if names:
        # Translators: {names} are programs, in the order in which they are tried.
        return _("by {names}", names=_in_turn(names))
    silent = _("no player, so the guide is silent")
    return formats.semicolons([*filter(None, (silent, player.remedy()))])


def voice_found(environment: Mapping[str, str] = os.environ) -> str:
    """Who speaks. One that was never started is not started for that."""
    found = [_described(each) for each in voice.voices(shutil.which, environment)]
    if found:
        return _in_turn(found)
    none = _("none, so the guide only plays tones")
    return formats.semicolons([*filter(None, (none, voice.remedy()))])


def _in_turn(names: Sequence[str]) -> str:
    text = names[0]
    for name in names[1:]:
        # Translators: of what is tried, one after the other
        text = _("{before}, then {after}", before=text, after=name)
    return text


def _described(one: voice.Voice) -> str:
    if isinstance(one, SpeechDispatcher):
        with suppress(OSError):
            modules = one.running()
            told = formats.commas(modules) if modules else _("without a voice")
            return f"{one.name} ({told})"
    return _(one.name)
