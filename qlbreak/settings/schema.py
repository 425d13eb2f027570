"""The settings, told once: a Struct a section, a field a key, with its kind, default and help.

From here come the checks, config.example.toml, docs/settings.md and what the set-up asks. What
stands in the annotation behind the kind is the help: a sentence without its full stop, which the
bounds follow, then more of it where that is worth a word.
"""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, NamedTuple, get_args, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import NOBODY, Place, Profile
from qlbreak.core.model.rules import DAY, HOUR, MINUTE, Hours, Rules
from qlbreak.core.model.terms import Reason, Side
from qlbreak.data import FORMER, cautions
from qlbreak.settings.kinds import (
    Command,
    Count,
    DayTime,
    Duration,
    Durations,
    Folder,
    Length,
    Name,
    OneOf,
    Option,
    SomeOf,
    Switch,
    ValueKind,
    WorkHours,
    Written,
)
from qlbreak.texts.names import BUSY, PLACES

_USUAL = Rules()
_LENGTH = Length((30, 60, 90, 180))


class PromptSection(Struct, frozen=True):
    """Reminders: when they come, what they suggest, how they may be put off."""

    sitting: Annotated[
        float,
        Duration(15 * MINUTE, 90 * MINUTE, step=5 * MINUTE),
        "Sitting before a reminder",
    ] = _USUAL.sitting
    routine: Annotated[int, _LENGTH, "Length of the routine that is suggested"] = _USUAL.routine
    longer: Annotated[int, _LENGTH, "Length of the longer one that comes now and then"] = (
        _USUAL.longer
    )
    longer_every: Annotated[
        int, Count(2, 6, never=True), "With each how many-th reminder the longer one comes"
    ] = _USUAL.longer_every
    snooze: Annotated[
        tuple[float, ...],
        Durations(Duration(MINUTE, HOUR)),
        "The snooze lengths on offer",
        "The first is the one of the notification's button.",
    ] = _USUAL.snoozes
    snoozes: Annotated[
        int,
        Count(0, 5),
        "How often one reminder may be snoozed",
        "Then the 30 s routine is offered.",
    ] = _USUAL.snooze_limit
    expires: Annotated[
        float,
        Duration(2 * MINUTE, HOUR),
        "A reminder that nobody answers is given up after this long",
    ] = _USUAL.expire
    again: Annotated[
        float,
        Duration(0, HOUR),
        "After this long without an answer it asks once more, more clearly",
        "Once it has, the icon alone tells it. 0 s means never.",
    ] = _USUAL.again
    notice: Annotated[
        float,
        Duration(0, 2 * MINUTE),
        "A reminder waits so long at most for a pause in typing",
    ] = _USUAL.notice
    sound: Annotated[
        bool,
        Switch(),
        "Whether a reminder is to be heard",
        "In meetings and calls there is none, and so no sound.",
    ] = _USUAL.sound
    per_day: Annotated[int, Count(4, 20), "At most this many reminders a day"] = _USUAL.per_day


class PresenceSection(Struct, frozen=True):
    """When you count as away."""

    away: Annotated[
        float,
        Duration(2 * MINUTE, 10 * MINUTE),
        "Without a key or the pointer for this long you had a natural break",
        "It began when you last touched one.",
    ] = _USUAL.away


class CheckInSection(Struct, frozen=True):
    """The check-in: how your lower back was in the last seven days."""

    every: Annotated[
        float,
        Duration(DAY, 28 * DAY, never=True),
        "How often to ask how your lower back was",
        "A quiet notification, once each time; the menu has it always.",
    ] = _USUAL.check_in


class HoursSection(Struct, frozen=True):
    """Your hours, and where a day ends."""

    work: Annotated[
        tuple[Hours, ...],
        WorkHours(),
        "When reminders may come",
        'For example ["Mon-Thu 08:30-18:00", "Fri 08:30-15:00", "Sat 22:00-02:00"], or'
        ' ["weekdays 9am to 5pm"]. "qlbreak config check" says back in words what was understood.',
    ] = _USUAL.hours
    day_turn: Annotated[
        time, DayTime(time(12)), "A day lasts until this hour of the next morning"
    ] = _USUAL.day_turn


class BusySection(Struct, frozen=True):
    """What holds reminders back; what fell due is offered afterwards, once."""

    microphone: Annotated[
        bool,
        Switch(),
        "Hold reminders back while a program records from a microphone, as in a call",
    ] = True
    camera: Annotated[bool, Switch(), "Hold reminders back while a program has a camera open"] = (
        True
    )
    full_screen: Annotated[
        bool,
        Switch(),
        "Hold reminders back while the window you work in fills the screen",
        "A talk, a film, a game. Switch it off if you always work that way.",
    ] = True
    do_not_disturb: Annotated[
        bool, Switch(), "Hold reminders back while the desktop's do-not-disturb is on"
    ] = True
    inhibitors: Annotated[
        bool,
        Switch(),
        "Hold reminders back while a program keeps the screen on",
        'Films and presentations do, and a "caffeine".',
    ] = True

    @property
    def wanted(self) -> frozenset[Reason]:
        return frozenset(reason for reason, busy in BUSY.items() if getattr(self, busy.key))


_SIDE = OneOf(
    (
        Option("left", "Left"),
        Option("right", "Right"),
        Option("none", "Neither, or I cannot tell"),
    ),
    Side,
)


def _cautions() -> tuple[Option, ...]:
    return tuple(Option(word, told.label, told.needs or "") for word, told in cautions().items())


class YouSection(Struct, frozen=True):
    """You: it decides what is offered, and with which side it begins."""

    tighter: Annotated[
        Side | None,
        _SIDE,
        "Which side of your lower back feels tighter or sorer",
        "Both sides always get their share. This one goes first, and now and then does one short"
        " set more.",
    ] = NOBODY.tighter
    weaker: Annotated[
        Side | None,
        _SIDE,
        "Which side feels weaker or wobblier",
        "For example in a side plank. It need not be the same side.",
    ] = NOBODY.weaker
    cautions: Annotated[
        frozenset[Flag],
        SomeOf(get_args(Flag), _cautions, FORMER),
        "What to be careful with; it hides the movements that do not go with it",
        "If any is true of you, ask a health professional before you begin.",
    ] = NOBODY.cautions
    strong: Annotated[
        bool, Switch(), "Whether strong movements are welcome, after five weeks or so"
    ] = NOBODY.strong
    flexible: Annotated[
        bool, Switch(), "Whether you are very flexible, and would rather work than stretch"
    ] = NOBODY.flexible
    discreet: Annotated[bool, Switch(), "Whether to offer only what nobody around would notice"] = (
        NOBODY.discreet
    )


_THINGS: dict[Thing, tuple[str, Thing | None]] = {
    "chair": ("A chair", None),
    "steady chair": ("A chair that cannot roll, or is braked", "chair"),
    "desk": ("A desk", None),
    "wall": ("A free piece of wall", None),
    "mat": ("A floor you are glad to lie on", None),
    "soft ball": ("A soft ball", None),
    "second soft ball": ("A second soft ball", "soft ball"),
    "large soft ball": ("A large soft ball", None),
    "bag": ("A bag to lift, 2 to 8 kg", None),
    "towel": ("A towel", None),
    "cushion": ("A cushion", None),
    "low step": ("A low step", None),
}
_EQUIPMENT = SomeOf(
    tuple(_THINGS),
    lambda: tuple(Option(word, label, needs or "") for word, (label, needs) in _THINGS.items()),
)


class EquipmentSection(Struct, frozen=True):
    """Where you are, and what there is to use."""

    here: Annotated[
        Place,
        OneOf(tuple(Option(*place) for place in PLACES.items()), Place),
        "Where you are when qlbreak starts",
        '"qlbreak place home" changes it.',
    ] = NOBODY.here
    office: Annotated[frozenset[Thing], _EQUIPMENT, "What there is at the office"] = NOBODY.office
    home: Annotated[frozenset[Thing], _EQUIPMENT, "What there is at home"] = NOBODY.home
    travel: Annotated[frozenset[Thing], _EQUIPMENT, "What there is on the way"] = NOBODY.travel


class RecordSection(Struct, frozen=True):
    """Where the record is kept; a change counts from the next start on."""

    folder: Annotated[
        str,
        Folder(),
        "The folder of the record",
        '"qlbreak doctor" names it. Several devices may keep theirs in one that a synchroniser'
        ' shares, such as "~/Sync/qlbreak": then they count as one.',
    ] = ""
    device: Annotated[str, Name(), "The name of this device there"] = ""


_PROMPT = {
    "prompt": "the reminder's number",
    "routine": "the routine's name",
    "routine_id": "the routine's id",
    "side": "left, right or both",
}
_PROMPTED = _PROMPT | {
    "sitting_min": "how long you have been sitting, in minutes",
    "length_s": "how long the routine takes, in seconds",
    "snoozes": "how often the reminder was snoozed",
}
_ANSWERED = _PROMPT | {
    "answer": "done, snoozed, skipped, expired or withdrawn",
    "via": "tray, notification, command and so on",
}
_HELD = {"prompt": "the reminder's number", "reason": "paused, meeting, quiet and so on"}


class HooksSection(Struct, frozen=True, rename={"broke": "break"}):
    """Programs of your own to be told, each as a list: the program, then its arguments. There is
    no shell; each may run for 10 s."""

    prompted: Annotated[
        tuple[str, ...],
        Command(_PROMPTED),
        "When a reminder is shown",
        'For example ["notify-send", "Up!", "{routine}"].',
    ] = ()
    answered: Annotated[
        tuple[str, ...],
        Command(_ANSWERED),
        "When one is answered, given up or withdrawn",
        'For example ["/home/me/bin/note", "{answer}"].',
    ] = ()
    broke: Annotated[
        tuple[str, ...],
        Command({"cause": "idle, lock, gap or stood"}),
        "When you have been away for long enough to count",
    ] = ()
    held: Annotated[tuple[str, ...], Command(_HELD), "When a reminder is kept back"] = ()


class Settings(Struct, frozen=True):
    """All of them. What the core wants of them is made here, and nowhere else."""

    prompt: PromptSection = PromptSection()
    presence: PresenceSection = PresenceSection()
    check_in: CheckInSection = CheckInSection()
    hours: HoursSection = HoursSection()
    busy: BusySection = BusySection()
    you: YouSection = YouSection()
    equipment: EquipmentSection = EquipmentSection()
    record: RecordSection = RecordSection()
    hooks: HooksSection = HooksSection()

    @property
    def rules(self) -> Rules:
        prompt = self.prompt
        return Rules(
            sitting=prompt.sitting,
            routine=prompt.routine,
            longer=prompt.longer,
            longer_every=prompt.longer_every,
            snoozes=prompt.snooze,
            snooze_limit=prompt.snoozes,
            expire=prompt.expires,
            again=prompt.again,
            notice=prompt.notice,
            sound=prompt.sound,
            away=self.presence.away,
            per_day=prompt.per_day,
            hours=self.hours.work,
            day_turn=self.hours.day_turn,
            check_in=self.check_in.every,
        )

    @property
    def profile(self) -> Profile:
        return Profile(**asdict(self.you), **asdict(self.equipment))

    def having(self, section: str, **values: Any) -> "Settings":
        """With these values of a section's fields."""
        return replace(self, **{section: replace(getattr(self, section), **values)})


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


def changes(before: Settings, after: Settings) -> dict[tuple[str, str], Written]:
    """Section and key -> what to write there; only what differs."""
    return {
        (section, key.name): key.kind.write(getattr(getattr(after, section), key.field))
        for section, keys in SECTIONS.items()
        for key in keys.values()
        if getattr(getattr(after, section), key.field)
        != getattr(getattr(before, section), key.field)
    }
