"""Movements and routines as text: a list, a card with steps, caution and where it comes from."""

from collections.abc import Iterable, Sequence, Set
from textwrap import fill, wrap
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

_WIDTH = 80
_POSITIONS = {"wall": Position.WALL} | {position.value: position for position in Position}
GRADES = {
    "A": "trials of this movement",
    "B": "trials or measurements of something close to it; the outcome is not proven",
    "C": "usual practice; we found no trial",
    "D": "a report, or our own idea",
}


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
    wanted = _one_of(kind, {each.value: each for each in Kind}, "kind")
    posture = _one_of(position, _POSITIONS, "position")
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


def _one_of(word: str | None, known: dict[str, Kind] | dict[str, Position], what: str) -> object:
    if word is None:
        return None
    if word not in known:
        words = dict.fromkeys(value.value for value in known.values())
        raise NoSuch(f"unknown {what} {word!r}; choose one of {', '.join(words)}")
    return known[word]


def table(movements: Iterable[Movement]) -> str:
    lines = [
        f"{m.id:<20}{_cut(m.plain_name, 32):<32} {m.position.value:<10}"
        f"{'quiet' if m.discreet else '':<6}{m.default_s:>2} s{' a side' if m.sided else ''}"
        for m in movements
    ]
    return "\n".join([*(line.rstrip() for line in lines), ""]) if lines else "Nothing matches.\n"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


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
        lines += wrap(
            text, _WIDTH,
            initial_indent=" " * 17, subsequent_indent=" " * 17,
        )  # fmt: skip
    return "\n".join([*lines, ""]) if lines else "Nothing matches.\n"


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
    sides = "for each side" if movement.sided else "both sides at once"
    seconds = f"{movement.default_s} s ({movement.min_s} to {movement.max_s}) {sides}"
    rows = [
        ("what for", f"{movement.kind.value.replace('-', ' ')}: {movement.targets}"),
        ("where", ", ".join([movement.position.value, *_things(movement)])),
        ("how long", f"{seconds}; {told(movement.dose, movement.default_s)}"),
        *([("left side", movement.meaning(Side.LEFT))] if movement.sided else []),
        ("level", f"{movement.level}{', discreet' if movement.discreet else ''}"),
        *([("asks for", ", ".join(_asks(movement)))] if movement.asks else []),
        *([("not with", _cautions(movement))] if movement.avoid_if else []),
    ]
    support = (
        f"{_upper(GRADES[movement.grade])} (grade {movement.grade}). {_upper(movement.support)}"
    )
    known = sources()
    return MovementCard(
        rows=tuple(rows),
        steps=movement.steps_for(movement.default_s),
        after=(("take care", movement.caution), ("how we know", support)),
        sources=tuple(known.get(name, name) for name in movement.sources),
    )


def _movement(movement: Movement) -> str:
    told = told_of(movement)
    steps = [f"{number}. {step}" for number, step in enumerate(told.steps, 1)]
    named = [("" if number else "sources", text) for number, text in enumerate(told.sources)]
    after = [*told.after, *named]
    body = [*map(_row, told.rows), "", *(_indented(step) for step in steps), "", *map(_row, after)]
    help_ = "When to stop, and when to get help instead: qlbreak safety"
    return "\n".join([f"{movement.name} ({movement.id})", "", *body, "", help_, ""])


def _routine(routine: Routine, blocks: Sequence[Exercise]) -> str:
    rows = [
        ("for", ", ".join(routine.contexts)),
        ("what to do", instruction(blocks, Side.LEFT)),
    ]
    begin = f"Do it step by step: qlbreak guide {routine.id}"
    return "\n".join([f"{routine.name} ({routine.id})", "", *map(_row, rows), "", begin, ""])


def _things(movement: Movement) -> list[str]:
    needed: list[str] = sorted(movement.equipment)
    if movement.equipment_one_of:
        needed.append(" or ".join(sorted(movement.equipment_one_of)))
    needed += [f"{thing} (optional)" for thing in sorted(movement.equipment_optional)]
    return [*needed, *([movement.equipment_note] if movement.equipment_note else [])]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cautions(movement: Movement) -> str:
    """What it does not go with, as the settings call it."""
    return "; ".join(c.label for flag, c in cautions().items() if flag in movement.avoid_if)


def _asks(movement: Movement) -> list[str]:
    return [ask for ask in get_args(Ask) if ask in movement.asks]


def _row(row: tuple[str, str]) -> str:
    name, text = row
    return fill(text, _WIDTH, initial_indent=f"{name:<12}", subsequent_indent=" " * 12)


def _indented(step: str) -> str:
    return fill(step, _WIDTH, initial_indent=" " * 12, subsequent_indent=" " * 15)
