"""What was answered in the set-up, and what that changes in the settings."""

from collections.abc import Iterable
from typing import get_args

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import Hours
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import Config
from qlbreak.texts import timetable

Written = str | list[str]
_ASKED = {"you": ("tighter", "weaker", "cautions"), "equipment": ("here", *Place)}


class Answers(Struct, frozen=True):
    profile: Profile
    hours: tuple[Hours, ...]


def present(config: Config) -> Answers:
    """What the settings say."""
    return Answers(config.profile, config.rules.hours)


def with_profile(answers: Answers, **fields: object) -> Answers:
    return replace(answers, profile=replace(answers.profile, **fields))


def changes(before: Answers, after: Answers) -> dict[tuple[str, str], Written]:
    """Section and key -> what to write there; only what differs."""
    found: dict[tuple[str, str], Written] = {}
    for section, keys in _ASKED.items():
        for key in keys:
            old, new = getattr(before.profile, key), getattr(after.profile, key)
            if old != new:
                found[section, str(key)] = _written(new)
    if before.hours != after.hours:
        found["hours", "work"] = spans(after.hours)
    return found


def _written(value: Side | Place | frozenset[str] | None) -> Written:
    """Lists in the order in which the words are known, so that they read as the questions do."""
    if isinstance(value, frozenset):
        return [word for word in (*get_args(Thing), *get_args(Flag)) if word in value]
    return value.value if value else "none"


def spans(hours: Iterable[Hours]) -> list[str]:
    """As in the settings: "Mon-Fri 08:30-18:00"."""
    return [timetable.written(span) for span in hours]
