"""The owner: one thread, one queue; what is recorded, then said, when something happens."""

import logging
import queue
from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from qlbreak import __version__, commands, outcomes, wording
from qlbreak.announcer import Announcer, Picture
from qlbreak.attempt import attempt
from qlbreak.checkpoint import Checkpoints
from qlbreak.clock import Clock, steady
from qlbreak.control import Reply, Request
from qlbreak.core.events import AnyFact, Sat, Shown, Started
from qlbreak.core.inputs import AnyInput, Close, Hear, Launch, Leave, Start, Tick
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import Rules
from qlbreak.core.profile import NOBODY, Profile
from qlbreak.core.reminder import Reminder
from qlbreak.core.status import glance, status
from qlbreak.guide import Guided
from qlbreak.inbox import Again, GuideGone, Item, Reload, Said, Scene
from qlbreak.journal import Journal, Problem
from qlbreak.ledger import Ledger
from qlbreak.notify import Notifier
from qlbreak.report import contract

_log = logging.getLogger(__name__)

_ANSWER_TIMEOUT = 5.0
_PAUSE_S = 2.0  # from look to look, when a prompt waits for a pause in typing


class Owner:
    """Everybody else puts something into the queue; only this thread changes anything.

    `draw` shows a scene; `acts` are the words that only the building around can follow, each
    giving what to answer. `before_quit` says whether something must end first, and then calls back.
    """

    def __init__(
        self,
        clock: Clock,
        catalogue: Catalogue,
        rules: Rules,
        journal: Journal,
        checkpoints: Checkpoints,
        notifier: Notifier,
        profile: Profile = NOBODY,
        seed: int = 0,
    ) -> None:
        self._clock = clock
        self._catalogue = catalogue
        self._rules = rules
        self._checkpoints = checkpoints
        self._announcer = Announcer(notifier, catalogue, rules)
        self._inbox: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._ended = False
        self._guide_token = 0  # of the last guide that was handed a routine
        self._glance: tuple[object, ...] = ()  # what a glance at the tray would tell
        self._own = {"status": self._status, "why": self._why, "show": self._show}
        self.hurry: Callable[[float], None] = lambda seconds: None  # to the next look
        self.draw: Callable[[Scene], None] = lambda _: None
        self.acts: Mapping[str, Callable[[], str]] = {}
        self.before_quit: Callable[[Callable[[], None]], bool] = lambda _: False
        at, now = clock.now()
        self._seed = seed
        self._reminder = Reminder(catalogue, rules, at, now, profile, seed)
        self._ledger = Ledger(journal, catalogue, rules, at)

    @property
    def rules(self) -> Rules:
        return self._rules

    def present(self, open_guide: Callable[[int], bool], picture: Picture) -> None:
        """How a routine is shown: in a window, if there can be one, and by a picture."""
        self._announcer.open_guide, self._announcer.picture = open_guide, picture

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
        heard = self._ledger.recall_others(at)
        new = self._handle(Launch(at, now, __version__, idle, self._checkpoints.load(), heard))
        if not any(isinstance(fact, Shown) for fact in new):
            self._announcer.again(status(self._reminder))  # one that was open before
        return problems

    def _reload(self, new: Reload) -> None:
        """As after a start in no time: the journal tells all but the running spell."""
        facts, _ = self._ledger.recall(self._reminder.at, count=False)
        checkpoint = self._reminder.checkpoint()
        rules = msgspec.structs.replace(new.rules, max_gap=self._rules.max_gap)
        at, now = self._clock.now()
        self._rules = self._announcer.rules = rules
        before = self._reminder
        self._reminder = Reminder(self._catalogue, rules, at, now, new.profile, self._seed)
        self._reminder.replay(facts)
        self._reminder.take_over(before)
        self._ledger.follow(rules, at)
        heard = self._ledger.recall_others(at)
        self._handle(Launch(at, now, __version__, 0.0, checkpoint, heard))

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
        self._turn_away()

    def _turn_away(self) -> None:
        """Whoever still waits for an answer at the end."""
        with suppress(queue.Empty):
            while True:
                item = self._inbox.get_nowait()
                if isinstance(item, Said):
                    attempt(item.reply, Reply(refused="qlbreak is ending"))

    def _next(self, seconds: float) -> Item | None:
        """None when nothing comes in time."""
        try:
            return self._inbox.get(timeout=seconds) if seconds > 0 else None
        except queue.Empty:
            return None

    def _take(self, item: Item) -> None:
        match item:
            case Said():
                reply = self._said(item)
                if reply is not None:
                    attempt(item.reply, reply)
            case Again():
                self._announcer.again(status(self._reminder))
            case GuideGone(prompt=number):
                self._guide_gone(number)
            case Reload():
                attempt(self._reload, item)
            case Tick():
                self._handle(item)
                attempt(self._checkpoints.save, self._reminder.checkpoint(), item.steady)
                for device, facts in self._ledger.overhear(item.at).items():
                    self._handle(Hear(item.at, item.steady, device, facts))
            case _:
                self._handle(item)

    def _handle(self, event: AnyInput) -> list[AnyFact]:
        facts = self._reminder.handle(event)
        self._ledger.record(facts, self._reminder.at)
        now = glance(self._reminder)
        seen = now.mode, now.reason, wording.clock(now), self._ledger.trouble
        # The rest waits for these, a minute at most: to draw costs more than all else of a tick.
        if facts or not isinstance(event, Tick) or seen != self._glance:
            scene = self.scene()
            self._announcer.announce(facts, scene.status)
            attempt(self.draw, scene)
        self._glance = seen
        if self._reminder.wanted_at is not None:
            attempt(self.hurry, _PAUSE_S)
        return facts

    def _guide_gone(self, number: int) -> None:
        """What it had to tell it has told; whoever has not finished is asked as before."""
        prompt = self._reminder.prompts.open
        if prompt is not None and prompt.started and prompt.number == number:
            at, now = self._clock.now()
            self._handle(Close(at, now, number, 0.0))

    def scene(self) -> Scene:
        reminder = self._reminder
        today = self._ledger.today(Sat(reminder.at, reminder.clock.pending))
        return Scene(status(reminder), today, self._ledger.trouble, self._rules)

    # What was said

    def _said(self, said: Said) -> Reply | None:
        """None where the answer comes later."""
        name = said.words[0] if said.words else ""
        if name in self._own:
            return self._own[name]()
        match name:
            case "guide":
                return self._guide(said.words[1:])
            case "quit":
                later = self.before_quit(lambda: self.put(said))
                return None if later else self._quit()
            case _ if name in self.acts and not said.words[1:]:
                return self._act(name)
            case _ if name in commands.OF_THE_GUIDE and said.words[2:]:
                return self._guided(said)
            case _:
                return self._command(said)

    def _status(self) -> Reply:
        scene = self.scene()
        text = "\n".join([wording.why(scene.status), *wording.today(scene.today)])
        return Reply(scene.trouble or text, data=contract.status(*scene[:3]))

    def _why(self) -> Reply:
        return Reply(text=wording.why(self.scene().status))

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
        text = outcomes.outcome(facts, scene)
        started = any(isinstance(fact, Started) for fact in facts)
        if said.via == "command" and started and scene.prompt is not None:
            text += f"\n{wording.prompt_body(scene.prompt, self._catalogue)}"
        return Reply(text)

    def _act(self, name: str) -> Reply:
        try:
            return Reply(text=self.acts[name]())
        except OSError as error:
            _log.warning("%s: %s", name, error)
            self._announcer.fail(name, str(error))
            return Reply(refused=str(error))

    def _show(self) -> Reply:
        now = self.scene().status
        self._announcer.show(now)
        return Reply(text=wording.why(now))

    def _guide(self, words: tuple[str, ...]) -> Reply:
        """For the guide: the routine of the open prompt, which is under way from now on."""
        prompt = self._reminder.prompts.open
        if prompt is None or not prompt.started or words:
            at, now = self._clock.now()
            self._handle(Start(at, now, "guide", routine=" ".join(words)))
            if self._reminder.refused:
                return Reply(refused=self._reminder.refused)
        prompt = self._reminder.prompts.open
        if prompt is None or prompt.plan is None:
            return Reply(refused="there is no prompt")
        self._guide_token += 1
        return Reply(data=Guided(prompt.number, self._guide_token, prompt.plan).data())

    def _guided(self, said: Said) -> Reply:
        """What a guide tells; of two for the same prompt the later one counts."""
        command, token, *words = said.words
        if self._guide_token and token != str(self._guide_token):
            return Reply(refused="another guide has taken over")
        return self._command(said._replace(words=(command, *words)))

    def _quit(self) -> Reply:
        at, now = self._clock.now()
        self._handle(Leave(at, now))
        self._announcer.end()
        self._ended = True
        lost = self._ledger.close()
        return Reply(f"qlbreak ends{f'; {lost} facts could not be recorded' if lost else ''}")
