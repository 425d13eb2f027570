"""The owner: one thread, one queue; what is recorded, then said, when something happens."""

import logging
import queue
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from qlbreak import __version__, commands, notes, report, wording
from qlbreak.attempt import attempt
from qlbreak.checkpoint import Checkpoints
from qlbreak.clock import Clock, steady
from qlbreak.control import Reply, Request
from qlbreak.core.events import (
    Answered,
    AnyFact,
    Asked,
    Break,
    Declared,
    Expired,
    Held,
    Lengthened,
    Meeting,
    Paused,
    Shown,
    Started,
    Withdrawn,
)
from qlbreak.core.inputs import AnyInput, Launch, Leave, Tick
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import Rules
from qlbreak.core.prompt import Phase
from qlbreak.core.reminder import Reminder
from qlbreak.core.stats import Day, DayFigures
from qlbreak.core.status import Status, status
from qlbreak.journal import Journal, Problem
from qlbreak.ledger import Ledger
from qlbreak.notify import Notifier

_log = logging.getLogger(__name__)

_ANSWER_TIMEOUT = 5.0


class Said(NamedTuple):
    """Words for the owner. `about`: the prompt that a button belonged to."""

    words: tuple[str, ...]
    via: str
    about: int | None = None
    reply: Callable[[Reply], None] = lambda _: None


class Again(NamedTuple):
    """What showed the open prompt is gone: show it again."""


class Scene(NamedTuple):
    """All that a front end needs to draw the moment."""

    status: Status
    today: DayFigures
    trouble: str


Item = AnyInput | Said | Again


class Owner:
    """Everybody else puts something into the queue; only this thread changes anything.

    `draw` shows a scene; `acts` are the words that only the building around can follow, each
    giving what to answer.
    """

    def __init__(
        self,
        clock: Clock,
        catalogue: Catalogue,
        rules: Rules,
        journal: Journal,
        checkpoints: Checkpoints,
        notifier: Notifier,
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._rules = rules
        self._checkpoints = checkpoints
        self._notifier = notifier
        self._inbox: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._ended = False
        self._glance: tuple[object, ...] = ()  # what a glance at the tray would tell
        self.draw: Callable[[Scene], None] = lambda _: None
        self.acts: Mapping[str, Callable[[], str]] = {}
        at, now = clock.now()
        self._reminder = Reminder(catalogue, rules, at, now)
        self._ledger = Ledger(journal, catalogue, rules.day_turn, at)

    # From any thread

    def put(self, item: Item) -> None:
        self._inbox.put(item)

    def say(
        self,
        words: str,
        via: str,
        about: int | None = None,
        reply: Callable[[Reply], None] = lambda _: None,
    ) -> None:
        self.put(Said(tuple(words.split()), via, about, reply))

    def answer(self, request: Request) -> Reply:
        """Waits for the owner's answer; for the thread of the control socket."""
        replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.put(Said(request.words, "command", None, replies.put))
        try:
            return replies.get(timeout=_ANSWER_TIMEOUT)
        except queue.Empty:
            return Reply(refused="no answer: the program is busy or ending")

    # The owner's thread

    def launch(self, idle: float | None) -> list[Problem]:
        """Take up what the journal tells, before `run`. Raises OSError where it cannot be read."""
        reminder = self._reminder
        facts, problems = self._ledger.recall(reminder.at)
        reminder.replay(facts)
        at, now = self._clock.now()
        new = self._handle(Launch(at, now, __version__, idle, self._checkpoints.load()))
        if not any(isinstance(fact, Shown) for fact in new):
            self._again()  # one that was open before
        return problems

    def run(self, overdue: Callable[[], None]) -> None:
        """Until it is told to quit; calls *overdue* when the ticks stay away."""
        ticked = steady()
        while not self._ended:
            item = self._next(ticked + self._clock.late - steady())
            if item is None:
                _log.warning("no tick for %.0f s; the timer is set anew", steady() - ticked)
                attempt(overdue)
            else:
                self._take(item)
            if item is None or isinstance(item, Tick):
                ticked = steady()

    def _next(self, seconds: float) -> Item | None:
        """None when nothing comes in time."""
        try:
            return self._inbox.get(timeout=seconds) if seconds > 0 else None
        except queue.Empty:
            return None

    def _take(self, item: Item) -> None:
        match item:
            case Said():
                attempt(item.reply, self._said(item))
            case Again():
                self._again()
            case Tick():
                self._handle(item)
                attempt(self._checkpoints.save, self._reminder.checkpoint(), item.steady)
            case _:
                self._handle(item)

    def _handle(self, event: AnyInput) -> list[AnyFact]:
        facts = self._reminder.handle(event)
        self._ledger.record(facts, self._reminder.at)
        self._announce(facts)
        now = status(self._reminder)
        glance = now.mode, now.reason, wording.clock(now), self._ledger.trouble
        # The rest waits for these, a minute at most: to draw costs more than all else of a tick.
        if facts or not isinstance(event, Tick) or glance != self._glance:
            attempt(self.draw, self.scene())
        self._glance = glance
        return facts

    def day(self) -> tuple[Day, float]:
        """Today, and the seconds of sitting that are not in it yet."""
        return self._ledger.day, self._reminder.clock.pending

    def scene(self) -> Scene:
        day, pending = self.day()
        return Scene(status(self._reminder), day.figures(pending), self._ledger.trouble)

    # What is said

    def _announce(self, facts: Iterable[AnyFact]) -> None:
        asking = None  # whether the prompt is to be seen, if that has changed
        for fact in facts:
            _log.info("%s", wording.log_line(fact))
            match fact:
                case Shown() | Started():
                    asking = True
                case Answered() | Expired() | Withdrawn() | Held():
                    asking = False
                case Asked():
                    self._notifier.show(notes.question(status(self._reminder)))
                case Lengthened() | Break() | Paused() | Meeting() | Declared():
                    self._notifier.close(notes.QUESTION)
                case _:
                    pass
        if asking:
            self._again()
        elif asking is not None:
            self._notifier.close(notes.PROMPT)

    def _again(self) -> None:
        now = status(self._reminder)
        if now.prompt is not None and now.prompt.phase is Phase.SHOWN:
            self._notifier.show(notes.prompt(now, now.prompt, self._rules, self._catalogue))

    # What was said

    def _said(self, said: Said) -> Reply:
        name = said.words[0] if said.words else ""
        match name:
            case "status":
                scene = self.scene()
                text = f"{wording.why(scene.status)}\n{wording.day(scene.today)}"
                return Reply(scene.trouble or text, data=report.contract(*scene))
            case "why":
                return Reply(text=wording.why(self.scene().status))
            case "show":
                return self._show()
            case "quit":
                return self._quit()
            case _ if name in self.acts:
                return self._act(name)
            case _:
                return self._command(said)

    def _command(self, said: Said) -> Reply:
        at, now = self._clock.now()
        moment = commands.Occasion(at, now, self._rules.day_turn, said.via, said.about)
        try:
            event = commands.parse(said.words, moment)
        except commands.UsageError as error:
            return Reply(refused=str(error))
        facts = self._handle(event)
        if self._reminder.refused:
            return Reply(refused=self._reminder.refused)
        scene = self.scene().status
        text = wording.outcome(facts, scene)
        started = any(isinstance(fact, Started) for fact in facts)
        if said.via == "command" and started and scene.prompt is not None:
            text += f"\n{wording.prompt_body(scene.prompt, self._catalogue)}"
        return Reply(text)

    def _act(self, name: str) -> Reply:
        try:
            return Reply(text=self.acts[name]())
        except OSError as error:
            _log.warning("%s: %s", name, error)
            self._notifier.show(notes.failure(name, str(error)))
            return Reply(refused=str(error))

    def _show(self) -> Reply:
        now = self.scene().status
        if now.prompt is not None and now.prompt.phase is Phase.SHOWN:
            self._again()
        else:
            self._notifier.show(notes.state(now))
        return Reply(text=wording.why(now))

    def _quit(self) -> Reply:
        at, now = self._clock.now()
        self._handle(Leave(at, now))
        for slot in (notes.PROMPT, notes.QUESTION, notes.STATE):
            self._notifier.close(slot)
        self._ended = True
        lost = self._ledger.close()
        return Reply(f"qlbreak ends{f'; {lost} facts could not be recorded' if lost else ''}")
