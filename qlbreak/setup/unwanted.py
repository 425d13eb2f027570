"""Movements that are never to be offered: put onto that list of the settings, and taken off it."""

from collections.abc import Set
from contextlib import suppress
from typing import NamedTuple

from qlbreak.core.model.movements import Catalogue, Movement
from qlbreak.core.model.naming import NoSuch, find
from qlbreak.core.model.terms import Side
from qlbreak.settings import config
from qlbreak.settings.schema import Settings, changes
from qlbreak.system import control
from qlbreak.system.paths import Paths
from qlbreak.texts import moments, never, routines


class Rewanted(NamedTuple):
    """`settings`: those that hold now. `told`: what to say."""

    settings: Settings
    told: str


class NeverList:
    """That list, as it stands in the file at each call. Its methods raise ConfigError."""

    def __init__(self, paths: Paths, catalogue: Catalogue) -> None:
        self._paths, self._catalogue = paths, catalogue

    def named(self) -> dict[str, str]:
        """The ids of those that are never offered, with their names."""
        known, found = self._catalogue.movements, self._settings().you.never
        order = [name for name in known if name in found]
        return {
            name: known[name].plain_name if name in known else never.UNKNOWN
            for name in [*order, *sorted(found - {*order})]
        }

    def leave_out(self, word: str) -> Rewanted:
        """Raises NoSuch and WriteError, too; then nothing was written."""
        movement, before = self._meant(word), self._settings()
        if movement.id in before.you.never:
            return Rewanted(before, never.already(movement))
        return self._put(before, before.you.never | {movement.id}, never.left_out(movement))

    def take_back(self, word: str) -> Rewanted:
        """Also of a movement that is gone by now. Raises as `leave_out`."""
        before = self._settings()
        gone = word in before.you.never and word not in self._catalogue.movements
        name, called = (word, word) if gone else _told(self._meant(word))
        if name not in before.you.never:
            return Rewanted(before, never.was_not(called))
        return self._put(before, before.you.never - {name}, never.taken_back(called))

    def _settings(self) -> Settings:
        return config.load(self._paths.config).settings

    def _meant(self, word: str) -> Movement:
        name = find(self._catalogue, word)
        routine = self._catalogue.routines.get(name)
        if routine is not None:
            parts = dict.fromkeys(block.movement for block in routine.blocks)
            raise NoSuch(never.of_a_routine(routine.name, parts))
        return self._catalogue.movements[name]

    def _put(self, before: Settings, wanted: Set[str], told: str) -> Rewanted:
        from qlbreak.setup import file  # what it needs takes a while to load

        after = before.having("you", never=frozenset(wanted))
        file.write(self._paths.config, changes(before, after))
        return Rewanted(after, " ".join([told, *self._applied()]))

    def _applied(self) -> list[str]:
        """Where the program runs it holds at once; with what has come in the place of what was
        open, or why it does not hold."""
        with suppress(control.NotRunning, OSError):
            before = _open(self._paths)
            reply = control.ask(self._paths.socket, ("reload",))
            if reply.refused:
                return [f"{reply.refused}."]
            after = _open(self._paths)
            if after is not None and after != before:
                name, side = after
                routine = routines.name(name, self._catalogue)
                return [never.instead(moments.routine(routine, side))]
        return []


def _told(movement: Movement) -> tuple[str, str]:
    return movement.id, movement.plain_name


def _open(paths: Paths) -> tuple[str, Side] | None:
    data = control.ask(paths.socket, ("status",)).data or {}
    prompt = data.get("prompt")
    return (prompt["routine"], Side(prompt["side"])) if prompt and prompt["routine"] else None
