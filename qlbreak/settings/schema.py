"""The settings, told once: a Struct a section, a field a key, with its kind, default and help.

From here come the checks, config.example.toml, docs/settings.md and what the set-up asks. What
stands in the annotation behind the kind is the help: a sentence without its full stop, which the
bounds follow, then more of it where that is worth a word.
"""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, NamedTuple, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from qlbreak.core.model.profile import Profile
from qlbreak.core.model.rules import DAY, HOUR, MINUTE, Hours, Rules
from qlbreak.core.model.terms import Reason
from qlbreak.language import SYSTEM, _
from qlbreak.settings.guide_section import GuideSection
from qlbreak.settings.hook_command import Command
from qlbreak.settings.hooks_section import HooksSection
from qlbreak.settings.kinds import (
    Count,
    DayTime,
    Duration,
    Durations,
    Folder,
    Length,
    Name,
    OneOf,
    Option,
    Switch,
    ValueKind,
    WorkHours,
    Written,
)
from qlbreak.settings.person import EquipmentSection, YouSection
from qlbreak.texts.names import BUSY

# Each language by its own name, for who cannot read the others.
LANGUAGES = (
    Option(SYSTEM, _("As the system has it")),
    Option("ar", "العربية"),
    Option("de", "Deutsch"),
    Option("en", "English"),
    Option("es", "Español"),
    Option("fr", "Français"),
    Option("ja", "日本語"),
    Option("pt_BR", "Português (Brasil)"),
)

KeyName = tuple[str, str]  # section and key, as the file names them

_USUAL = Rules()
_LENGTH = Length((30, 60, 90, 180))


class PromptSection(Struct, frozen=True):
    """Reminders: when they come, what they suggest, how often you can snooze them."""

    sitting: Annotated[
        float,
        Duration(15 * MINUTE, 90 * MINUTE, step=5 * MINUTE),
        "How long you sit before a reminder comes",
    ] = _USUAL.sitting
    standing: Annotated[
        float,
        Duration(15 * MINUTE, 90 * MINUTE, step=5 * MINUTE, never=True),
        "How long you stand before a reminder comes",
        "It counts from when you say that you stand, and suggests to sit down or to move on your"
        " feet.",
    ] = _USUAL.standing
    routine: Annotated[int, _LENGTH, "Length of the suggested routine"] = _USUAL.routine
    longer: Annotated[int, _LENGTH, "Length of the longer routine"] = _USUAL.longer
    longer_every: Annotated[
        int, Count(2, 6, never=True), "Every how many reminders the longer routine comes"
    ] = _USUAL.longer_every
    snooze: Annotated[
        tuple[float, ...],
        Durations(Duration(MINUTE, HOUR)),
        "The snooze lengths on offer",
        "The first one is what the Snooze button uses.",
    ] = _USUAL.snoozes
    snoozes: Annotated[
        int,
        Count(0, 5),
        "How often you can snooze one reminder",
        "After the last snooze it offers a 30 s routine.",
    ] = _USUAL.snooze_limit
    expires: Annotated[
        float,
        Duration(2 * MINUTE, HOUR),
        "A reminder you do not answer counts as missed after this long",
    ] = _USUAL.expire
    again: Annotated[
        float,
        Duration(0, HOUR),
        "If you do not answer, it reminds you once more after this long",
        "After that, only the icon shows it. 0 s means never.",
    ] = _USUAL.again
    notice: Annotated[
        float,
        Duration(0, 2 * MINUTE),
        "Longest time a reminder waits for you to pause typing",
    ] = _USUAL.notice
    early: Annotated[
        bool,
        Switch(),
        "Let a reminder come up to 5 min early when you pause",
        "After a call, in the first pause after long work, when you unlock the screen or leave full"
        " screen. Turn it off if you want it to the minute.",
    ] = _USUAL.early
    sound: Annotated[
        bool,
        Switch(),
        "Play a sound with each reminder",
        "In meetings and calls no reminder comes, so there is no sound either.",
    ] = _USUAL.sound
    cue: Annotated[
        float,
        Duration(3 * MINUTE, 30 * MINUTE, step=MINUTE, never=True),
        "How often the icon moves for a moment, as an invitation to shift your weight",
        "Only while you sit and work. It makes no sound, and nothing is recorded. It stays still"
        " where you have asked your desktop for less motion.",
    ] = _USUAL.cue
    per_day: Annotated[int, Count(4, 20), "Most reminders in a day"] = _USUAL.per_day


class PresenceSection(Struct, frozen=True):
    """When you count as away."""

    away: Annotated[
        float,
        Duration(2 * MINUTE, 10 * MINUTE),
        "You count as away after this long without keyboard or mouse",
        "The break counts from the last time you touched either.",
    ] = _USUAL.away


class CheckInSection(Struct, frozen=True):
    """The check-in: how your lower back felt over the last seven days."""

    every: Annotated[
        float,
        Duration(DAY, 28 * DAY, never=True),
        "How often to ask how your lower back feels",
        "One quiet notification each time. You can also open it from the menu whenever you like.",
    ] = _USUAL.check_in


class HoursSection(Struct, frozen=True):
    """Your hours, and when a day ends."""

    work: Annotated[
        tuple[Hours, ...],
        WorkHours(),
        "When reminders may come",
        'For example ["Mon-Thu 08:30-18:00", "Fri 08:30-15:00", "Sat 22:00-02:00"], or'
        ' ["weekdays 9am to 5pm"]. "qlbreak config check" shows how they were understood.',
    ] = _USUAL.hours
    day_turn: Annotated[time, DayTime(time(12)), "A day ends at this hour of the next morning"] = (
        _USUAL.day_turn
    )


class BusySection(Struct, frozen=True):
    """What holds reminders back; one that came due meanwhile is offered once afterwards."""

    microphone: Annotated[
        bool,
        Switch(),
        "Hold reminders back while a program uses a microphone, as in a call",
    ] = True
    camera: Annotated[bool, Switch(), "Hold reminders back while a program uses a camera"] = True
    full_screen: Annotated[
        bool,
        Switch(),
        "Hold reminders back while the window you work in fills the screen",
        "Such as a talk, a film or a game. Turn it off if you always work in full screen.",
    ] = True
    do_not_disturb: Annotated[bool, Switch(), "Hold reminders back while do not disturb is on"] = (
        True
    )
    inhibitors: Annotated[
        bool,
        Switch(),
        "Hold reminders back while a program keeps the screen on",
        'As films, presentations and "caffeine" tools do.',
    ] = True

    @property
    def wanted(self) -> frozenset[Reason]:
        return frozenset(reason for reason, busy in BUSY.items() if getattr(self, busy.key))


class GeneralSection(Struct, frozen=True):
    """The language; a change takes effect at the next start."""

    language: Annotated[
        str,
        OneOf(LANGUAGES, str),
        "Language of qlbreak",
        "As the system has it, unless you choose one. What is not translated yet is in English.",
    ] = SYSTEM


class RecordSection(Struct, frozen=True):
    """Where your record is kept; a change takes effect at the next start."""

    folder: Annotated[
        str,
        Folder(),
        "Folder of your record",
        '"qlbreak doctor" shows it. Several devices can use one folder that a sync tool shares,'
        ' such as "~/Sync/qlbreak": then they count as one.',
    ] = ""
    device: Annotated[str, Name(), "Name of this device in that folder"] = ""


class Settings(Struct, frozen=True):
    """All of them. What the core wants of them is made here, and nowhere else."""

    prompt: PromptSection = PromptSection()
    guide: GuideSection = GuideSection()
    presence: PresenceSection = PresenceSection()
    check_in: CheckInSection = CheckInSection()
    hours: HoursSection = HoursSection()
    busy: BusySection = BusySection()
    you: YouSection = YouSection()
    equipment: EquipmentSection = EquipmentSection()
    record: RecordSection = RecordSection()
    hooks: HooksSection = HooksSection()
    general: GeneralSection = GeneralSection()

    @property
    def rules(self) -> Rules:
        prompt = self.prompt
        return Rules(
            sitting=prompt.sitting,
            standing=prompt.standing,
            routine=prompt.routine,
            longer=prompt.longer,
            longer_every=prompt.longer_every,
            snoozes=prompt.snooze,
            snooze_limit=prompt.snoozes,
            expire=prompt.expires,
            again=prompt.again,
            notice=prompt.notice,
            early=prompt.early,
            sound=prompt.sound,
            cue=prompt.cue,
            away=self.presence.away,
            per_day=prompt.per_day,
            hours=self.hours.work,
            day_turn=self.hours.day_turn,
            check_in=self.check_in.every,
        )

    @property
    def profile(self) -> Profile:
        return Profile(**asdict(self.you), **asdict(self.equipment))

    def at(self, where: KeyName) -> Any:
        """The value of a key."""
        section, name = where
        return getattr(getattr(self, section), SECTIONS[section][name].field)

    def having(self, section: str, **values: Any) -> "Settings":
        """With these values of a section's fields."""
        return replace(self, **{section: replace(getattr(self, section), **values)})


# Sections that a running program does not take up, as they say of themselves; of two that have
# changed the first is told.
AT_NEXT_START = ("record", "general")


class ConfigKey(NamedTuple):
    """A line of the file. `field`: of the section, where the name is none in Python."""

    name: str
    field: str
    default: Any
    kind: ValueKind
    help: str
    more: str = ""


def _keys(section: type[Struct]) -> dict[str, ConfigKey]:
    hints = get_type_hints(section, include_extras=True)
    return {
        field.encode_name: ConfigKey(
            field.encode_name, field.name, field.default, *hints[field.name].__metadata__
        )
        for field in msgspec.structs.fields(section)
    }


SECTIONS: Mapping[str, Mapping[str, ConfigKey]] = {
    section.name: _keys(section.type) for section in msgspec.structs.fields(Settings)
}
# What a hook's arguments may name, by its key; `app.hooks` fills them in.
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    key.name: tuple(key.kind.names)
    for key in SECTIONS["hooks"].values()
    if isinstance(key.kind, Command)
}


def changes(before: Settings, after: Settings) -> dict[KeyName, Written]:
    """Section and key -> what to write there; only what differs."""
    return {
        (section, key.name): key.kind.write(getattr(getattr(after, section), key.field))
        for section, keys in SECTIONS.items()
        for key in keys.values()
        if getattr(getattr(after, section), key.field)
        != getattr(getattr(before, section), key.field)
    }
