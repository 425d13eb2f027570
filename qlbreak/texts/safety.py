"""The safety text: when to stop, when to ask first, when to get help instead of exercising."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import get_args

from msgspec import Struct, convert
from msgspec.structs import replace

from qlbreak import data
from qlbreak.core.model.movements import Ask, Caution, Thing
from qlbreak.data.translated import SAFETY, translated
from qlbreak.language import _, cells, formats

_WIDTH = 78  # narrow enough to be read, and for every terminal


class SafetySection(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    lead: str
    points: tuple[str, ...]
    close: str = ""


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """What to mind with the things named `name`."""

    name: str
    things: frozenset[Thing]
    caution: str


class _Equipment(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    items: tuple[Item, ...]


class _Safety(Struct, frozen=True, forbid_unknown_fields=True):
    disclaimer: str
    now: SafetySection
    soon: SafetySection
    stop: SafetySection
    ask_first: SafetySection
    equipment: _Equipment


@cache
def _data() -> _Safety:
    text = files("qlbreak.data").joinpath(SAFETY).read_text("utf-8")
    told = convert(translated(SAFETY, tomllib.loads(text)), _Safety)
    points = (*told.ask_first.points, *map(sentence, data.cautions().values()))
    return replace(told, ask_first=replace(told.ask_first, points=points))


def sentence(caution: Caution) -> str:
    """What the page says of it, made from what it forbids: neither can be without the other."""
    told = []
    out = formats.listed([_(ask) for ask in get_args(Ask) if ask in caution.forbids])
    if caution.forbids and caution.needs:
        told.append(_("{caution}: also leave out {asks}.", caution=caution.label, asks=out))
    elif caution.forbids:
        # Translators: {asks} is a list of what a movement asks of the body: "standing, wrists".
        told.append(_("{caution}: leave out {asks}.", caution=caution.label, asks=out))
    if caution.even:
        told.append(
            _(
                "{caution}: the same for both sides, with no extra set, unless you were told"
                " otherwise.",
                caution=caution.label,
            )
        )
    if caution.safer:
        movements = data.load().movements
        safer = formats.listed([movements[name].short for name in caution.safer])
        # Translators: {movements} is a list of their names.
        told.append(_("The {movements} are the safer forms.", movements=safer))
    return " ".join(told)


def disclaimer() -> str:
    return _data().disclaimer


def stop_rule() -> str:
    return _plain(_data().stop)


def when_it_hurts() -> str:
    """Of the same, when to stop."""
    stop = _data().stop
    return " ".join((*stop.points[2:], stop.close))


def equipment_cautions() -> tuple[Item, ...]:
    return _data().equipment.items


def sections() -> tuple[SafetySection, ...]:
    """All of it but the disclaimer, in the order in which it should be read."""
    told = _data()
    # Translators: a thing, and what to mind with it.
    form = _("{thing}. {caution}")
    things = tuple(form.format(thing=i.name, caution=i.caution) for i in told.equipment.items)
    last = SafetySection(told.equipment.title, "", things)
    return (told.now, told.soon, told.stop, told.ask_first, last)


def text() -> str:
    """All of it, for a terminal or a page of text."""
    parts = [_wrapped(disclaimer())]
    for section in sections():
        heading = f"{section.title}\n{'-' * cells.width(section.title)}"
        parts.append("\n".join([heading, *map(_wrapped, _lines(section))]))
    return "\n\n".join(parts) + "\n"


def _plain(section: SafetySection) -> str:
    return "\n".join([section.title, *_lines(section)])


def _lines(section: SafetySection) -> list[str]:
    points = [f"- {point}" for point in section.points]
    return [line for line in (section.lead, *points, section.close) if line]


def _wrapped(line: str) -> str:
    hang = "  " if line.startswith("- ") else ""
    return cells.fill(line, _WIDTH, hang=hang)
