"""A guided routine from begin to end: who composes it, and how what was done gets into the record.

With the running program by its socket; without it straight into the journal, under its lock.
"""

import sys
from collections.abc import Callable, Iterable, Sequence, Set
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

import msgspec

from qlbreak.core.coach.composer import Plan, planned
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Felt,
    Shown,
    Started,
    Stopped,
    Swapped,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import Another, GoOn, Hear
from qlbreak.core.model.movements import Catalogue, Flag, Movement
from qlbreak.core.model.naming import NoSuch
from qlbreak.core.model.rules import HALF, REMEMBERED
from qlbreak.core.model.terms import Answer, Evidence, Feeling
from qlbreak.core.reminder.prompts import Phase, Prompt
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.data import load_with
from qlbreak.guide.choosing import Alternatives, Unwant
from qlbreak.guide.lesson import Guided, Lesson, NoLesson
from qlbreak.record.deliver import Untold, tell, write
from qlbreak.record.folder import JournalFolder
from qlbreak.record.other_devices import OtherDevices
from qlbreak.record.unwritten import Unwritten
from qlbreak.settings.config import Config
from qlbreak.system import control
from qlbreak.system.clock import Clock
from qlbreak.system.lock import AlreadyRunning
from qlbreak.system.paths import Paths, prepare
from qlbreak.texts import guidance, routines

_VIA = "guide"


def lesson_of(
    plan: Plan, catalogue: Catalogue, cautions: Set[Flag], new: Iterable[str] = ()
) -> Lesson:
    """`new`: the movements to wait for. Raises NoLesson for what the catalogue does not have (any
    more)."""
    if not plan.whole:
        raise NoLesson(guidance.gone(plan.lost))
    movements = [block.movement for block in plan.blocks]
    figures = {movement.id: movement.figure for movement in movements if movement.figure}
    name = routines.title(plan)
    why, warning = routines.why(plan), against(movements, catalogue, cautions)
    return Lesson(name, why, plan.blocks, plan.side, figures, warning, frozenset(new))


def against(movements: Iterable[Movement], catalogue: Catalogue, cautions: Set[Flag]) -> str:
    """What speaks against it: it is never offered then, but can be asked for by its name."""
    named = {flag for movement in movements for flag in movement.avoid_if & cautions}
    labels = [caution.label for flag, caution in catalogue.cautions.items() if flag in named]
    if not labels:
        return ""
    return guidance.against(labels)


class Teller:
    """Tells the running program; writes into the journal itself where there is none."""

    def __init__(
        self, paths: Paths, folder: JournalFolder, prompt: int, token: Callable[[], int]
    ) -> None:
        """*token*: which of two guides for the same prompt it is."""
        self._paths = paths
        self._folder = folder
        self._prompt = prompt
        self._token = token
        self._done = False

    def worked(self, works: list[Work]) -> None:
        if works:
            at, number = _now(), self._prompt
            facts = [Worked(at, number, w.movement, w.side, w.seconds, w.extra) for w in works]
            self._tell("guide-report", msgspec.json.encode(works).decode(), facts)

    def felt(self, feeling: Feeling) -> None:
        self._tell("guide-feel", feeling.value, [Felt(_now(), self._prompt, feeling)])

    def close(self, share: float) -> None:
        """Once it is done nothing changes that any more."""
        if self._done:
            return
        self._done = share >= HALF
        at, number = _now(), self._prompt
        done = Answered(at, number, Answer.DONE, _VIA, Evidence.GUIDED)
        self._tell("guide-close", f"{share:.3f}", [done if self._done else Stopped(at, number)])

    def _tell(self, command: str, text: str, facts: Sequence[AnyFact]) -> None:
        words = (command, str(self._token()), str(self._prompt), *text.split(" "))
        try:
            tell(self._paths, self._folder, words, facts)
        except Untold as error:
            if sys.stderr is not None:
                sys.stderr.write(f"qlbreak: {guidance.unrecorded(error)}\n")


class Begun(NamedTuple):
    lesson: Lesson
    teller: Teller
    chooser: Alternatives


def begin(paths: Paths, config: Config, name: str, unwant: Unwant) -> Begun:
    """The routine of that name, else the one of the moment. Raises NoLesson, PathError, OSError."""
    catalogue, _ = load_with(paths.own)
    lessons = _Lessons(catalogue, config.profile.cautions)
    try:
        reply = control.ask(paths.socket, ("guide", *([name] if name else [])))
    except control.NotRunning:
        return _alone(paths, config, lessons, name, unwant)
    if reply.refused or reply.data is None:
        raise NoLesson(reply.refused or guidance.NO_ROUTINE)
    guided = msgspec.convert(reply.data, Guided)
    chooser = Alternatives(paths, guided, lessons.told, lessons.of, None, unwant)
    teller = Teller(paths, JournalFolder.of(paths, config), guided.prompt, lambda: chooser.token)
    return Begun(lessons.told(guided), teller, chooser)


class _Lessons:
    """Made of plans, for this person."""

    def __init__(self, catalogue: Catalogue, cautions: Set[Flag]) -> None:
        self.catalogue, self._cautions = catalogue, cautions

    def of(self, plan: Plan, new: Iterable[str] = ()) -> Lesson:
        """Raises NoLesson."""
        return lesson_of(plan, self.catalogue, self._cautions, new)

    def told(self, guided: Guided) -> Lesson:
        """The same of one that the program has handed over."""
        told = guided.plan
        plan = planned(
            self.catalogue, told.routine, told.blocks, told.side, told.why, told.length,
            told.prescriber,
        )  # fmt: skip
        return self.of(plan, guided.new)


def _alone(paths: Paths, config: Config, lessons: _Lessons, name: str, unwant: Unwant) -> Begun:
    """As the program would choose, from the same journal; and recorded as it would. What was open
    when it ended is gone on with."""
    at, steady = Clock().now()
    folder = JournalFolder.of(paths, config)
    reminder = Reminder(lessons.catalogue, config.rules, at, steady, config.profile, folder.seed)
    reminder.replay(_remembered(paths, folder, at))
    for device, facts in _heard(folder, at).items():
        reminder.handle(Hear(device, facts), at, steady)
    coach, prompt = reminder.state.coach, None if name else _waiting(reminder, steady)
    begun: list[AnyFact] = []
    if prompt is not None and prompt.plan is not None:
        number, plan = prompt.number, prompt.plan
    else:
        number = reminder.state.prompts.last + 1
        try:
            plan = coach.named(name, at) if name else coach.propose(at, number, None, meeting=False)
        except NoSuch as error:
            raise NoLesson(str(error)) from None
        shown = Shown(
            at, number, plan.routine, plan.side, 0.0, asked=True,
            length=plan.length, blocks=plan.told, why=plan.why,
        )  # fmt: skip
        begun.append(shown)
    lesson = lessons.of(plan, coach.new_in(plan))
    prepare(paths)
    folder.prepare()
    if prompt is None or not prompt.started:
        begun.append(Started(at, number, _VIA))
    for fact in begun:
        reminder.state.apply(fact, steady)
    _write(paths, folder, begun)
    compose = _Composing(paths, folder, reminder)

    def made(other: Plan) -> Lesson:
        return lessons.of(other, reminder.state.coach.new_in(other))

    chooser = Alternatives(paths, Guided.by(number, 0, plan), lessons.told, made, compose, unwant)
    return Begun(lesson, Teller(paths, folder, number, lambda: chooser.token), chooser)


def _waiting(reminder: Reminder, steady: float) -> Prompt | None:
    """What would be open still."""
    prompt = reminder.state.prompts.open
    if prompt is None or prompt.phase is not Phase.SHOWN or steady >= prompt.deadline:
        return None
    return prompt if prompt.plan is not None and prompt.plan.whole else None


class _Composing:
    """What the program would make of a wish, and record."""

    def __init__(self, paths: Paths, folder: JournalFolder, reminder: Reminder) -> None:
        self._paths, self._folder, self._reminder = paths, folder, reminder

    def __call__(self, event: Another | GoOn) -> Plan | None:
        found = self._reminder.handle(event, *Clock().now())
        if self._reminder.refused:
            raise NoLesson(self._reminder.refused)
        facts = [fact for fact in found if isinstance(fact, Swapped | Shown)]
        _write(self._paths, self._folder, list(facts))
        prompt = self._reminder.state.prompts.open
        changed = any(isinstance(fact, Shown) for fact in facts)
        return prompt.plan if prompt is not None and changed else None


def _write(paths: Paths, folder: JournalFolder, facts: list[AnyFact]) -> None:
    try:
        write(paths, folder, facts)
    except AlreadyRunning:
        raise NoLesson(guidance.STARTING) from None


def _remembered(paths: Paths, folder: JournalFolder, at: datetime) -> list[AnyFact]:
    """Also what could not be recorded yet: a prompt in there has a number, too. Raises OSError."""
    facts: list[AnyFact] = []
    with suppress(FileNotFoundError):
        facts += folder.recent(at - REMEMBERED)[0]
    return facts + Unwritten(*paths.kept).missing(folder.own)


def _heard(folder: JournalFolder, at: datetime) -> dict[str, list[AnyFact]]:
    """What other devices have recorded lately."""
    try:
        return OtherDevices(folder).recall(at)
    except OSError:
        return {}


def _now() -> datetime:
    return Clock().now()[0]
