"""A guided routine from begin to end: who composes it, and how what was done gets into the record.

With the running program by its socket; without it straight into the journal, under its lock.
"""

from datetime import datetime

import msgspec

from qlbreak import control, reasons
from qlbreak.clock import Clock
from qlbreak.config import Config
from qlbreak.core.composer import Plan
from qlbreak.core.events import AnyFact, Felt, Worked
from qlbreak.core.guide import Work
from qlbreak.core.movements import Catalogue
from qlbreak.core.reminder import Reminder
from qlbreak.core.terms import Feeling
from qlbreak.data import load_with
from qlbreak.guide import Guided, Lesson
from qlbreak.journal import MEMORY, Journal
from qlbreak.lock import AlreadyRunning, Lock
from qlbreak.paths import Paths, device, prepare


class NoLesson(Exception):
    """Nothing can be guided: one line for the person."""


def lesson_of(plan: Plan, catalogue: Catalogue) -> Lesson:
    movements = [catalogue.movements[block.movement] for block in plan.blocks]
    figures = {movement.id: movement.figure for movement in movements if movement.figure}
    name = reasons.name(plan.routine, catalogue)
    return Lesson(name, reasons.why(plan), plan.blocks, plan.side, catalogue, figures)


class Running:
    """Tells the running program."""

    def __init__(self, paths: Paths, number: int) -> None:
        self._paths = paths
        self._number = number

    def worked(self, works: list[Work]) -> None:
        if works:
            self._ask("guide-report", msgspec.json.encode(works).decode())

    def felt(self, feeling: Feeling) -> None:
        self._ask("guide-feel", feeling.value)

    def close(self, share: float) -> None:
        self._ask("guide-close", f"{share:.3f}")

    def _ask(self, command: str, text: str) -> None:
        """It may have ended meanwhile; then the part that is told now goes straight to the disk."""
        try:
            control.ask(self._paths.socket, (command, str(self._number), *text.split(" ")))
        except (control.NotRunning, OSError):
            if command == "guide-report":
                Alone(self._paths).worked(msgspec.json.decode(text, type=list[Work]))


class Alone:
    """Writes into the journal itself, while nobody else does."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def worked(self, works: list[Work]) -> None:
        at, _ = Clock().now()
        self._write(
            [Worked(at, 0, w.movement, w.side, w.seconds, w.extra) for w in works]
        )  # fmt: skip

    def felt(self, feeling: Feeling) -> None:
        at, _ = Clock().now()
        self._write([Felt(at, 0, feeling)])

    def close(self, share: float) -> None:
        pass

    def _write(self, facts: list[AnyFact]) -> None:
        prepare(self._paths)
        try:
            with Lock(self._paths.lock):
                journal = Journal(self._paths.journal, device())
                journal.open()
                for fact in facts:
                    journal.append(fact)
                journal.close()
        except AlreadyRunning:
            pass  # it has just been started, and knows nothing of this routine


def begin(paths: Paths, config: Config, name: str) -> tuple[Lesson, Running | Alone]:
    """The routine of that name, else the one of the moment. Raises NoLesson, OSError."""
    catalogue, _ = load_with(paths.own)
    try:
        reply = control.ask(paths.socket, ("guide", *([name] if name else [])))
    except control.NotRunning:
        return lesson_of(_offline(paths, config, catalogue, name), catalogue), Alone(paths)
    if reply.refused or reply.data is None:
        raise NoLesson(reply.refused or "the running program has no routine for now")
    guided = msgspec.convert(reply.data, Guided)
    return lesson_of(guided.plan, catalogue), Running(paths, guided.prompt)


def _offline(paths: Paths, config: Config, catalogue: Catalogue, name: str) -> Plan:
    """As the program would choose, from the same journal."""
    at, steady = Clock().now()
    reminder = Reminder(catalogue, config.rules, at, steady, config.profile)
    reminder.replay(_remembered(paths, at))
    coach = reminder.coach
    plan = coach.named(name, at) if name else coach.propose(at, 0, None, meeting=False)
    if plan is None:
        raise NoLesson(f"there is no routine or movement {name!r}; see: qlbreak movements")
    return plan


def _remembered(paths: Paths, at: datetime) -> list[AnyFact]:
    try:
        return Journal(paths.journal, device()).recent(at - MEMORY)[0]
    except FileNotFoundError:
        return []
