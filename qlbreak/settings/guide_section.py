"""The section of the settings that the guide's own process goes by, and no part of the core."""

from enum import StrEnum
from typing import Annotated

from msgspec import Struct

from qlbreak.language import _
from qlbreak.settings.kinds import Count, OneOf, Option


class SoundMode(StrEnum):
    """By what a guide can be followed without looking."""

    OFF = "off"
    TONES = "tones"
    VOICE = "voice"


_SOUNDS = OneOf(
    (
        Option("off", _("Nothing")),
        Option("tones", _("Tones: begin, half, change or end")),
        Option("voice", _("Tones, and a voice that says what to do")),
    ),
    SoundMode,
)


class GuideSection(Struct, frozen=True):
    """The guide: what you hear while you follow it."""

    sound: Annotated[
        SoundMode,
        _SOUNDS,
        "What you hear while the guide runs",
        "The S key in the guide changes it for that routine. In meetings and calls the guide is"
        " silent.",
    ] = SoundMode.OFF
    volume: Annotated[
        int, Count(5, 100), "How loud the guide is, in percent of the system's volume"
    ] = 50
