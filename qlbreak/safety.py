"""The safety text: when to stop, when to ask first, when to get help instead of exercising."""

import textwrap
import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert

from qlbreak.core.movements import Thing

_WIDTH = 78  # narrow enough to be read, and for every terminal


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    lead: str
    points: tuple[str, ...]
    close: str = ""


class Caution(Struct, frozen=True, forbid_unknown_fields=True):
    """What to mind with the things named `name`."""

    name: str
    things: frozenset[Thing]
    caution: str


class _Equipment(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    items: tuple[Caution, ...]


class _Safety(Struct, frozen=True, forbid_unknown_fields=True):
    disclaimer: str
    now: Section
    soon: Section
    stop: Section
    ask_first: Section
    equipment: _Equipment


@cache
def _data() -> _Safety:
    text = files("qlbreak.data").joinpath("safety.toml").read_text("utf-8")
    return convert(tomllib.loads(text), _Safety)


def disclaimer() -> str:
    return _data().disclaimer


def red_flags() -> str:
    """When to get help instead of exercising: now, and soon."""
    return f"{_plain(_data().now)}\n\n{_plain(_data().soon)}"


def stop_rule() -> str:
    return _plain(_data().stop)


def ask_first() -> str:
    return _plain(_data().ask_first)


def equipment(thing: Thing) -> str:
    """What to mind with it; nothing where there is nothing to mind."""
    return next((item.caution for item in equipment_cautions() if thing in item.things), "")


def equipment_cautions() -> tuple[Caution, ...]:
    return _data().equipment.items


def sections() -> tuple[Section, ...]:
    """All of it but the disclaimer, in the order in which it should be read."""
    data = _data()
    things = tuple(f"{item.name}. {item.caution}" for item in data.equipment.items)
    last = Section(data.equipment.title, "", things)
    return (data.now, data.soon, data.stop, data.ask_first, last)


def text() -> str:
    """All of it, for a terminal or a page of text."""
    parts = [_wrapped(disclaimer())]
    for section in sections():
        heading = f"{section.title}\n{'-' * len(section.title)}"
        parts.append("\n".join([heading, *map(_wrapped, _lines(section))]))
    return "\n\n".join(parts) + "\n"


def _plain(section: Section) -> str:
    return "\n".join([section.title, *_lines(section)])


def _lines(section: Section) -> list[str]:
    points = [f"- {point}" for point in section.points]
    return [line for line in (section.lead, *points, section.close) if line]


def _wrapped(line: str) -> str:
    hang = "  " if line.startswith("- ") else ""
    return textwrap.fill(line, _WIDTH, subsequent_indent=hang, break_on_hyphens=False)
