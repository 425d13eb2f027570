"""The owner: one thread, one queue; what is recorded, then said, when something happens."""

import logging
from collections.abc import Callable, Mapping, Sequence
from copy import copy

import msgspec

from qlbreak import __version__
from qlbreak.app import commands
from qlbreak.app.announcer import Announcer
from qlbreak.app.inbox import (
    Again,
    Dispossessed,
    GuideGone,
    Inbox,
    Item,
    Mistaken,
    Reload,
    Said,
    Scene,
)
from qlbreak.core.model.facts import AnyFact, Sat, Shown
from qlbreak.core.model.inputs import AnyInput, Close, Hear, Launch, Leave, Reconfigure, Start, Tick
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import NOBODY, Profile
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.prompts import Prompt
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.reminder.status import glance, status
from qlbreak.guide.lesson import Guided
from qlbreak.notify import Notifier
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import Journal, Problems
from qlbreak.record.running import Ledger
from qlbreak.record.unwritten import Kept
from qlbreak.report import contract
from qlbreak.system import exits
from qlbreak.system.attempt import attempt
from qlbreak.system.clock import Clock, awake, steady
from qlbreak.system.control import Reply
from qlbreak.texts import moments

_log = logging.getLogger(__name__)

_PAUSE_S = 2.0  # from look to look, when a prompt waits for a pause in typing
# The timer was set anew so often, and still no tick came.
_GIVEN_UP = 4


class Owner(Inbox):
    """Everybody else puts something into the queue; only this thread changes anything.

    `draw` shows a scene; `acts` are the words that only the building around can follow, each
    giving what to answer. `before_quit` says whether something must end first, and then calls back.
    `after` hears the new facts last of all, and which prompt was open before; `at_tick` is called
    with every tick. `tick`: the last one that was dealt with, `ticked`: when, in awake seconds.
    `mistake`: of the settings; `blind` says why idleness is unknown.
    """

    def __init__(
        self,
        clock: Clock,
        catalogue: Catalogue,
        rules: Rules,
        journal: Journal,
        kept: Kept,
        checkpoints: Checkpoints,
        notifier: Notifier,
        profile: Profile = NOBODY,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self._clock = clock
        self._catalogue = catalogue
        self._rules = rules
        self._checkpoints = checkpoints
        self._announcer = Announcer(notifier, catalogue, rules)
        self.present = self._announcer.present
        self._ended = False
        self._guide_token = 0  # of the last guide that was handed a routine
        self._glance: tuple[object, ...] = ()  # what a glance at the tray would tell
        self._own = {"status": self._status, "why": self._why, "show": self._show}
        self.hurry: Callable[[float], None] = lambda seconds: None  # to the next look
        self.draw: Callable[[Scene], None] = lambda _: None
        self.acts: Mapping[str, Callable[[], str]] = {}
        self.before_quit: Callable[[Callable[[], None]], bool] = lambda _: False
        self.after: Callable[[Sequence[AnyFact], Prompt | None], None] = lambda facts, before: None
        self.at_tick: Callable[[], None] = lambda: None
        self.blind: Callable[[], str] = lambda: ""
        self.tick: Tick | None = None
        self.ticked: float | None = None
        self.mistake = ""
        at, now = clock.now()
        self._reminder = Reminder(catalogue, rules, at, now, profile, seed)
        self._ledger = Ledger(journal, kept, catalogue, rules, at)

    @property
    def rules(self) -> Rules:
        return self._rules

    # The owner's thread

    def launch(self, seen: Tick) -> Problems:
        """Take up what the journal tells; *seen*: the first look. Raises OSError if it cannot."""
        facts, problems = self._ledger.recall(self._reminder.at)
        self._reminder.replay(facts)
        at, now = self._clock.now()
        heard, saved = self._ledger.recall_others(at), self._checkpoints.load()
        first = Launch(at, now, __version__, seen.idle, saved, heard, seen.locked, seen.busy)
        new = self._handle(first, tell=False)  # what is found at a start did not happen just now
        if not any(isinstance(fact, Shown) for fact in new):
            # One that was open before: its guide outlives a program that was killed.
            self._announcer.again(status(self._reminder), stepwise=False)
        self._announcer.judge(self._clock)
        return problems

    def _reload(self, new: Reload) -> None:
        rules = msgspec.structs.replace(new.rules, max_gap=self._rules.max_gap)
        at, now = self._clock.now()
        self._rules, self._catalogue = rules, new.catalogue
        self._announcer.follow(rules, new.catalogue)
        self._ledger.follow(rules, new.catalogue, at)
        self._handle(Reconfigure(at, now, new.catalogue, rules, new.profile))

    def run(self, overdue: Callable[[], None]) -> None:
        """Until it is told to quit; calls *overdue* when the ticks stay away."""
        ticked, missed = steady(), 0
        while not self._ended:
            item = self.next(ticked + self._clock.late - steady())
            if item is None:
                missed += 1
                if missed > _GIVEN_UP:
                    raise RuntimeError("there are no ticks, whatever is done about it")
                attempt(overdue)
            else:
                self._take(item)
            if isinstance(item, Tick):
                missed = 0
            if item is None or isinstance(item, Tick):
                ticked = steady()
        self.turn_away()

    def _take(self, item: Item) -> None:
        match item:
            case Said():
                self.hear(item, self._answer)
            case Dispossessed():
                self._announcer.end()  # its buttons would lead nowhere
                self._ended = True
            case Again():
                self._announcer.again(status(self._reminder))
            case GuideGone(prompt=number):
                self._guide_gone(number)
            case Reload():
                attempt(self._reload, item)
            case Mistaken(text=text):
                self._mistaken(text)
            case Tick():
                self._tick(item)
            case _:
                self._handle(item)

    def _tick(self, tick: Tick) -> None:
        self._handle(tick)
        attempt(self._checkpoints.save, self._reminder.checkpoint(), tick.steady)
        for device, facts in self._ledger.overhear(tick.at).items():
            self._handle(Hear(tick.at, tick.steady, device, facts))
        attempt(self.at_tick)
        self.tick, self.ticked = tick, awake()

    def _handle(self, event: AnyInput, *, tell: bool = True) -> list[AnyFact]:
        before = copy(self._reminder.prompts.open)  # as it was
        facts = self._reminder.handle(event)
        self._ledger.record(facts, self._reminder.at)
        self._announcer.trouble(self._ledger.trouble)
        self._clock.live(self._reminder.asks)
        now = glance(self._reminder)
        seen = now.mode, now.reason, moments.clock(now), self._ledger.trouble
        # The rest waits for these, a minute at most: to draw costs more than all else of a tick.
        if facts or not isinstance(event, Tick) or seen != self._glance:
            scene = self.scene()
            self._announcer.announce(facts, scene.status)
            attempt(self.draw, scene)
        self._glance = seen
        if self._reminder.wanted_at is not None:
            attempt(self.hurry, _PAUSE_S)
        if facts and tell:
            attempt(self.after, facts, before)
        return facts

    def _mistaken(self, text: str) -> None:
        self.mistake = text
        if text:
            _log.warning("settings: %s; what was there before goes on", text)
            self._announcer.warn(text)
        attempt(self.draw, self.scene())

    def _guide_gone(self, number: int) -> None:
        """What it had to tell it has told; whoever has not finished is asked as before."""
        prompt = self._reminder.prompts.open
        if prompt is not None and prompt.started and prompt.number == number:
            at, now = self._clock.now()
            self._handle(Close(at, now, number, 0.0))

    def scene(self) -> Scene:
        reminder = self._reminder
        known = not reminder.senses.unknown
        today = self._ledger.today(Sat(reminder.at, reminder.clock.pending, known))
        told = status(reminder, "" if known else self.blind())
        return Scene(told, today, self.trouble, self._rules, self._catalogue, self.mistake)

    @property
    def trouble(self) -> str:
        """Why the record is in danger."""
        return self._ledger.trouble

    # What was said

    def _answer(self, said: Said) -> Reply | None:
        """What is said of it is told from the disk, not from memory."""
        before = self._ledger.taken
        reply = self._said(said)
        if reply is None or self._ledger.taken == before:
            return reply
        return msgspec.structs.replace(reply, unsaved=self._ledger.unsaved)

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
        lines = [moments.why(scene.status), *moments.today(scene.today)]
        text = "\n".join([scene.trouble] if scene.trouble else lines)
        return Reply(text + moments.mistaken(scene.mistake), data=contract.status(*scene[:3]))

    def _why(self) -> Reply:
        return Reply(moments.why(self.scene().status) + moments.mistaken(self.mistake))

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
        return Reply(self._announcer.told(facts, self.scene().status, said.via))

    def _act(self, name: str) -> Reply:
        try:
            return Reply(text=self.acts[name]())
        except OSError as error:
            _log.warning("%s: %s", name, error)
            self._announcer.fail(name, exits.plain(error))
            return Reply(refused=exits.plain(error))

    def _show(self) -> Reply:
        now = self.scene().status
        self._announcer.show(now)
        return Reply(text=moments.why(now))

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
            return Reply(refused="there is no reminder")
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
        return Reply(f"qlbreak ends{f'; {lost}' if lost else ''}")
