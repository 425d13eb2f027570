"""Movements and routines as text: a list, a card with steps, caution and where it comes from."""

from collections.abc import Iterable, Sequence, Set
from typing import get_args

from msgspec import Struct

from qlbreak.core.model.dose import told
from qlbreak.core.model.movements import (
    Ask,
    Catalogue,
    Exercise,
    Kind,
    Movement,
    Position,
    Routine,
    Thing,
)
from qlbreak.core.model.naming import NoSuch, Several, find
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.routine import instruction
from qlbreak.core.model.terms import Side
from qlbreak.data import cautions, sources
from qlbreak.language import _, cells, formats, pgettext

_WIDTH = 80
_POSITIONS = {"wall": Position.WALL} | {position.value: position for position in Position}
GRADES = {
    "A": _("Trials of this movement (grade A)."),
    "B": _("Trials or measurements of something close to it; the outcome is not proven (grade B)."),
    "C": _("Usual practice; we found no trial (grade C)."),
    "D": _("A report, or our own idea (grade D)."),
}
_NOTHING = _("Nothing matches.")
_HELP = _("When to stop, and when to get help instead: qlbreak safety")
# The names of the rows of a card.
# Translators: from here on, names of rows: in a terminal there is room for 11 letters.
WHAT_FOR, WHERE, HOW_LONG, LEFT_SIDE = (
    pgettext("card", "what for"), pgettext("card", "where"), pgettext("card", "how long"),
    pgettext("card", "left side"),
)  # fmt: skip
LEVEL, ASKS_FOR, NOT_WITH = (
    pgettext("card", "level"), pgettext("card", "asks for"), pgettext("card", "not with"),
)  # fmt: skip
TAKE_CARE, HOW_WE_KNOW, SOURCES = (
    pgettext("card", "take care"), pgettext("card", "how we know"), pgettext("card", "sources"),
)  # fmt: skip
FOR, WHAT_TO_DO = pgettext("card", "for"), pgettext("card", "what to do")


def select(
    catalogue: Catalogue,
    kind: str | None,
    position: str | None,
    *,
    discreet: bool = False,
    things: Set[Thing] | None = None,
    profile: Profile | None = None,
) -> list[Movement]:
    """Those that fit all that is asked for. Raises NoSuch for a word that is none."""
    wanted = _one_of(kind, {each.value: each for each in Kind}, _NO_KIND)
    posture = _one_of(position, _POSITIONS, _NO_POSITION)
    return [
        movement
        for movement in catalogue.movements.values()
        if wanted in (None, movement.kind, movement.role)
        and posture in (None, movement.position)
        and (movement.discreet or not discreet)
        and (things is None or movement.possible_with(things))
        and (profile is None or _fits(movement, profile))
    ]


def _fits(movement: Movement, profile: Profile) -> bool:
    things, cautions = profile.things(profile.here), profile.cautions
    strong = profile.strong or movement.level != "strong"
    wanted = strong and movement.id not in profile.never
    return movement.possible_with(things) and movement.allowed_with(cautions) and wanted


_NO_KIND = _("unknown kind {word}; choose one of {words}")
_NO_POSITION = _("unknown position {word}; choose one of {words}")


def _one_of(word: str | None, known: dict[str, Kind] | dict[str, Position], none: str) -> object:
    if word is None:
        return None
    if word not in known:
        words = dict.fromkeys(value.value for value in known.values())
        raise NoSuch(none.format(word=repr(word), words=", ".join(words)))
    return known[word]


def table(movements: Iterable[Movement]) -> str:
    found = list(movements)
    where = {m.id: _(m.position.value) for m in found}
    quiet = pgettext("a movement that nobody notices", "quiet")
    wide = max([9, *map(cells.width, where.values())])
    lines = [
        f"{m.id:<20}{cells.pad(cells.cut(m.plain_name, 32), 32)} {cells.pad(where[m.id], wide)} "
        f"{cells.pad(quiet if m.discreet else '', max(cells.width(quiet), 5))} {_length(m)}"
        for m in found
    ]
    return "\n".join([*lines, ""]) if lines else f"{_NOTHING}\n"


def _length(movement: Movement) -> str:
    seconds = f"{movement.default_s:>2}"
    # Translators: for each side
    return _("{n} s a side", n=seconds) if movement.sided else _("{n} s", n=seconds)


def routines(catalogue: Catalogue, movements: Iterable[Movement]) -> str:
    """Those that consist of these movements."""
    ids = {movement.id for movement in movements}
    fitting = [
        routine
        for routine in catalogue.routines.values()
        if all(block.movement in ids for block in routine.blocks)
    ]
    lines = []
    for routine in fitting:
        lines.append(f"{routine.id:<16} {routine.name}")
        text = instruction(catalogue.exercises(routine.blocks), Side.LEFT)
        lines.append(cells.fill(text, _WIDTH, first=" " * 17, hang=" " * 17))
    return "\n".join([*lines, ""]) if lines else f"{_NOTHING}\n"


def card(catalogue: Catalogue, name: str) -> str:
    """Of a movement or a routine; a list where the word may mean several. Raises NoSuch."""
    try:
        found = find(catalogue, name)
    except Several as several:
        return _several(catalogue, several.ids)
    if found in catalogue.movements:
        return _movement(catalogue.movements[found])
    routine = catalogue.routines[found]
    return _routine(routine, catalogue.exercises(routine.blocks))


def _several(catalogue: Catalogue, ids: list[str]) -> str:
    movements = [catalogue.movements[name] for name in ids if name in catalogue.movements]
    routines = [catalogue.routines[name] for name in ids if name in catalogue.routines]
    names = "".join(f"{routine.id:<20}{routine.name}\n" for routine in routines)
    return f"{table(movements) if movements else ''}{names}"


class MovementCard(Struct, frozen=True):
    """All that is told of a movement: rows of a name and a text, before and after its steps."""

    rows: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    after: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]


def told_of(movement: Movement) -> MovementCard:
    rows = [
        (WHAT_FOR, _targets(movement)),
        (WHERE, formats.commas([_(movement.position.value), *_things(movement)])),
        (
            HOW_LONG,
            formats.semicolons([_seconds(movement), told(movement.dose, movement.default_s)]),
        ),
        *([(LEFT_SIDE, movement.meaning(Side.LEFT))] if movement.sided else []),
        (
            LEVEL,
            formats.commas([_(movement.level), *([_("discreet")] if movement.discreet else [])]),
        ),
        *([(ASKS_FOR, formats.commas(_asks(movement)))] if movement.asks else []),
        *([(NOT_WITH, _cautions(movement))] if movement.avoid_if else []),
    ]
    support = formats.sentences(GRADES[movement.grade], formats.capitalized(movement.support))
    known = sources()
    return MovementCard(
        rows=tuple(rows),
        steps=movement.steps_for(movement.default_s),
        after=((TAKE_CARE, movement.caution), (HOW_WE_KNOW, support)),
        sources=tuple(known.get(name, name) for name in movement.sources),
    )


def _targets(movement: Movement) -> str:
    kind = _(movement.kind.value.replace("-", " "))
    # Translators: {kind}: "strengthen"; {targets} are muscles.
    return _("{kind}: {targets}", kind=kind, targets=movement.targets)


def _seconds(movement: Movement) -> str:
    lengths = {"n": movement.default_s, "least": movement.min_s, "most": movement.max_s}
    if movement.sided:
        return _("{n} s ({least} to {most}) for each side", **lengths)
    return _("{n} s ({least} to {most}) both sides at once", **lengths)


def _movement(movement: Movement) -> str:
    told = told_of(movement)
    steps = [f"{number}. {step}" for number, step in enumerate(told.steps, 1)]
    named = [("" if number else SOURCES, text) for number, text in enumerate(told.sources)]
    after = [*told.after, *named]
    body = [*map(_row, told.rows), "", *(_indented(step) for step in steps), "", *map(_row, after)]
    return "\n".join([f"{movement.name} ({movement.id})", "", *body, "", _HELP, ""])


def _routine(routine: Routine, blocks: Sequence[Exercise]) -> str:
    rows = [
        (FOR, ", ".join(routine.contexts)),
        (WHAT_TO_DO, instruction(blocks, Side.LEFT)),
    ]
    begin = _("Do it step by step: qlbreak guide {routine}", routine=routine.id)
    return "\n".join([f"{routine.name} ({routine.id})", "", *map(_row, rows), "", begin, ""])


def _things(movement: Movement) -> list[str]:
    needed = [_(thing) for thing in sorted(movement.equipment)]
    if movement.equipment_one_of:
        needed.append(formats.either([_(thing) for thing in sorted(movement.equipment_one_of)]))
    for thing in sorted(movement.equipment_optional):
        needed.append(_("{thing} (optional)", thing=_(thing)))
    return [*needed, *([movement.equipment_note] if movement.equipment_note else [])]


def _cautions(movement: Movement) -> str:
    """What it does not go with, as the settings call it."""
    known = cautions().items()
    return formats.semicolons([one.label for flag, one in known if flag in movement.avoid_if])


def _asks(movement: Movement) -> list[str]:
    return [_(ask) for ask in get_args(Ask) if ask in movement.asks]


def _row(row: tuple[str, str]) -> str:
    name, text = row
    return cells.fill(text, _WIDTH, first=f"{cells.pad(name, 11)} ", hang=" " * 12)


def _indented(step: str) -> str:
    return cells.fill(step, _WIDTH, first=" " * 12, hang=" " * 15)
