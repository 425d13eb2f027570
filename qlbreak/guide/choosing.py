"""Something else than what is under way: asked of the running program, else composed as it does."""

import threading
from collections.abc import Callable
from contextlib import suppress

import msgspec

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.inputs import Another, GoOn
from qlbreak.core.model.movements import Movement
from qlbreak.guide.lesson import Chosen, Guided, Lesson, NoLesson
from qlbreak.system import control
from qlbreak.system.control import Followed, NotRunning, Reply
from qlbreak.system.paths import Paths
from qlbreak.texts import guidance

Unwant = Callable[[str], str]
"""Writes into the settings that this movement never comes again; what to say, also where that
failed."""
Compose = Callable[[Another | GoOn], Plan | None]
"""Where no program runs, what it would make of that; None where nothing is left. Raises
NoLesson."""
Read = Callable[[Guided], Lesson]


class Alternatives:
    """Of one prompt. `read` makes a lesson of what the program hands over, `made` one of a plan."""

    def __init__(
        self,
        paths: Paths,
        begun: Guided,
        read: Read,
        made: Callable[[Plan], Lesson],
        compose: Compose | None,
        unwant: Unwant,
    ) -> None:
        self._paths, self._prompt = paths, begun.prompt
        self._read, self._made = read, made
        self._compose, self._unwant = compose, unwant
        self._routine = begun.plan.routine
        self.token = begun.token
        self._heard = ""  # what the program says that the prompt's routine is
        if begun.token:
            threading.Thread(target=self._listen, name="follow", daemon=True).start()

    def another(self) -> Chosen:
        lesson = self._ask("guide-another", "", Another(self._prompt))
        if lesson is None:
            raise NoLesson(guidance.NO_ROUTINE)
        return Chosen(lesson, guidance.now(lesson.title))

    def never(self, movement: Movement, block: int) -> Chosen:
        event = GoOn(self._prompt, movement.id, block)
        lesson = self._ask("guide-without", f"{block} {movement.id}", event)
        return Chosen(lesson, self._unwant(movement.id))

    def chosen(self) -> Lesson | None:
        if self._heard in ("", self._routine):
            return None
        try:
            reply = control.ask(self._paths.socket, ("guide",))
        except (NotRunning, OSError):
            return None
        finally:
            self._heard = ""
        if reply.refused or reply.data is None:
            return None
        guided = msgspec.convert(reply.data, Guided)
        if guided.prompt != self._prompt:
            return None
        self.token = guided.token
        with suppress(NoLesson):  # a movement that an update has brought
            return self._taken(guided) if guided.plan.routine != self._routine else None
        return None

    def _ask(self, command: str, text: str, event: Another | GoOn) -> Lesson | None:
        words = (command, str(self.token), str(self._prompt), *text.split())
        try:
            reply = control.ask(self._paths.socket, words)
        except NotRunning:
            return self._alone(event)
        except OSError as error:
            raise NoLesson(str(error)) from None
        if reply.refused:
            raise NoLesson(reply.refused)
        return self._taken(msgspec.convert(reply.data, Guided)) if reply.data is not None else None

    def _taken(self, guided: Guided) -> Lesson:
        self._routine = guided.plan.routine
        return self._read(guided)

    def _alone(self, event: Another | GoOn) -> Lesson | None:
        if self._compose is None:
            raise NoLesson(guidance.GONE)
        plan = self._compose(event)
        return self._made(plan) if plan is not None else None

    # The thread

    def _listen(self) -> None:
        """What is chosen by menu or command; until the program ends."""
        try:
            for reply in Followed(self._paths.socket):
                self._hear(reply)
        except (NotRunning, OSError, ValueError):
            return

    def _hear(self, reply: Reply) -> None:
        prompt = (reply.data or {}).get("prompt") or {}
        if prompt.get("id") == self._prompt:
            self._heard = str(prompt.get("routine", ""))
