"""The owner: one thread, one queue; what is recorded, then said, when something happens."""

import logging
from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from qlbreak import __version__
from qlbreak.app import commands
from qlbreak.app.announcer import Announcer
from qlbreak.app.changing import SettingsCommands
from qlbreak.app.health import Vitals
from qlbreak.app.inbox import (
    Dispossessed,
    Inbox,
    Item,
    Lost,
    Mistaken,
    Roused,
    Scene,
    Spoken,
    Ticked,
    untouched,
)
from qlbreak.app.news import news
from qlbreak.app.ports import Ports
from qlbreak.app.processes import GUIDE, HERE, Ended
from qlbreak.core.model.facts import AnyFact, Shown
from qlbreak.core.model.inputs import AnyInput, Close, Hear, Launch, Leave, Reconfigure, Start, Tick
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.reminder.status import glance, status
from qlbreak.guide.lesson import Guided
from qlbreak.language import _
from qlbreak.notify import Pressed
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import Journal, Problems
from qlbreak.record.running import RunningRecord
from qlbreak.record.unwritten import Unwritten
from qlbreak.report import contract
from qlbreak.system import exits
from qlbreak.system.attempt import attempt
from qlbreak.system.clock import Clock, steady
from qlbreak.system.control import Reply
from qlbreak.texts import moments
from qlbreak.texts.main_window import PAGES

_log = logging.getLogger(__name__)

_PAUSE_S = 2.0  # from look to look, when a prompt waits for a pause in typing
_UNSEEN_S = 120.0  # so old the minutes may be where nobody looks
# The timer was set anew so often, and still no tick came.
_GIVEN_UP = 4


class _Glimpse(NamedTuple):
    """What a glance at the tray tells, and when, in steady seconds."""

    state: tuple[object, ...] = ()
    minutes: str = ""
    steady: float = 0.0


class Owner:
    """Everybody else puts something into the inbox; only this thread changes anything. `mistake`:
    of the settings."""

    def __init__(
        self,
        inbox: Inbox,
        clock: Clock,
        catalogue: Catalogue,
        rules: Rules,
        profile: Profile,
        seed: int,
        journal: Journal,
        kept: Unwritten,
        checkpoints: Checkpoints,
        announcer: Announcer,
        ports: Ports,
        vitals: Vitals,
        mistake: str,
    ) -> None:
        self._inbox, self._clock = inbox, clock
        self._rules, self._checkpoints = rules, checkpoints
        self._announcer, self._ports = announcer, ports
        self._vitals, self._mistake = vitals, mistake
        vitals.tell("", mistake)
        self._ended, self._guide_token = False, 0  # the token of the last guide that has a routine
        self._drawn = _Glimpse()  # the last that was drawn
        self._changes = SettingsCommands(ports.change, announcer.rewanted)
        self._own = {
            "status": self._status, "why": self._why, "show": self._show, "watch": self._watch,
        }  # fmt: skip
        at, steady = clock.now()
        self._reminder = Reminder(catalogue, rules, at, steady, profile, seed)
        self._ledger = RunningRecord(journal, kept, catalogue, rules, at)
        self._takes = self._by_kind()

    # The owner's thread

    def launch(self, seen: Tick) -> Problems:
        """Take up what the journal tells; *seen*: the first look. Raises OSError if it cannot."""
        facts, problems = self._ledger.recall(self._reminder.at)
        self._reminder.replay(facts)
        at, steady = self._clock.now()
        heard, saved = self._ledger.recall_others(at), self._checkpoints.load()
        first = Launch(__version__, seen, saved, heard)
        # What is found at a start did not happen just now.
        new = self._handle(first, at, steady, tell=False)
        if not any(isinstance(fact, Shown) for fact in new):
            # One that was open before: its guide outlives a program that was killed.
            self._announcer.again(status(self._reminder.turn), stepwise=False)
        self._announcer.judge(self._clock)
        return problems

    def _reload(self, new: Reconfigure) -> None:
        rules = msgspec.structs.replace(new.rules, max_gap=self._rules.max_gap)
        at, steady = self._clock.now()
        self._rules = rules
        self._announcer.follow(rules)
        self._ledger.follow(rules, new.catalogue, at)
        self._handle(msgspec.structs.replace(new, rules=rules), at, steady)

    def run(self, overdue: Callable[[], None]) -> None:
        """Until it is told to quit; calls *overdue* when the ticks stay away."""
        ticked, missed = steady(), 0
        while not self._ended:
            item = self._inbox.next(ticked + self._clock.late - steady())
            if item is None:
                missed += 1
                if missed > _GIVEN_UP:
                    raise RuntimeError("there are no ticks, whatever is done about it")
                attempt(overdue)
            else:
                self._takes[type(item)](item)
            if isinstance(item, Ticked):
                missed = 0
            if item is None or isinstance(item, Ticked):
                ticked = steady()
        self._inbox.turn_away()

    def _by_kind(self) -> dict[type[Item], Callable[[Any], object]]:
        return {
            Ticked: self._tick,
            Spoken: lambda spoken: spoken.carry_out(self._answer),
            Pressed: self._press,
            Ended: self._window_gone,
            Lost: lambda lost: self._announcer.restore(lost.notes, status(self._reminder.turn)),
            Reconfigure: lambda new: attempt(self._reload, new),
            Mistaken: self._mistaken,
            Dispossessed: self._give_up,
            Roused: lambda _: attempt(self._ports.hurry, 0.0),
        }

    def _tick(self, item: Ticked) -> None:
        at, steady, tick = item
        self._handle(tick, at, steady)
        if self._reminder.cue(tick):
            attempt(self._ports.sway)
        attempt(self._checkpoints.save, self._reminder.checkpoint(), steady)
        for device, facts in self._ledger.overhear(at).items():
            self._handle(Hear(device, facts), at, steady)
        for look in self._ports.looks:
            attempt(look)
        self._vitals.beat(tick, self._rules.away)

    def _handle(
        self, event: AnyInput, at: datetime, steady: float, *, tell: bool = True
    ) -> list[AnyFact]:
        before = copy(self._reminder.state.prompts.open)  # as it was
        facts = self._reminder.handle(event, at, steady)
        self._ledger.record(facts, self._reminder.at)
        self._announcer.trouble(self._ledger.trouble)
        self._vitals.tell(self._ledger.trouble, self._mistake)
        self._clock.live(self._reminder.asks)
        seen = self._glance(steady)
        if facts or not isinstance(event, Tick) or self._is_news(seen, event):
            scene = self.scene()
            self._announcer.announce(facts, scene.status)
            self._draw(scene)
            self._drawn = seen
        if self._reminder.waits:
            attempt(self._ports.hurry, _PAUSE_S)
        if facts and tell:
            attempt(self._ports.hear, facts, before)
        return facts

    def _draw(self, scene: Scene) -> None:
        attempt(self._ports.draw, scene)
        attempt(self._ports.tell, lambda: news(scene, self._ledger.taken))

    def _glance(self, steady: float) -> _Glimpse:
        told = glance(self._reminder.turn)
        state = told.mode, told.reason, self._ledger.trouble
        return _Glimpse(state, moments.clock(told), steady)

    def _is_news(self, seen: _Glimpse, tick: Tick) -> bool:
        """To draw costs more than all else of a tick: a state is drawn at once, the minutes each
        minute, and every other one where nothing is touched, and so nobody looks."""
        drawn = self._drawn
        wait = untouched(tick) and seen.steady - drawn.steady < _UNSEEN_S
        return seen.state != drawn.state or (seen.minutes != drawn.minutes and not wait)

    def _mistaken(self, new: Mistaken) -> None:
        self._mistake = new.text
        self._vitals.tell(self._ledger.trouble, self._mistake)
        if new.text:
            _log.warning("settings: %s; your previous settings stay in use", new.text)
            self._announcer.warn(new.text)
        self._draw(self.scene())

    def _give_up(self, _: Dispossessed) -> None:
        self._announcer.end()  # its buttons would lead nowhere
        self._ended = True

    def _press(self, pressed: Pressed) -> None:
        words = self._announcer.pressed(pressed)
        if words:
            spoken = Spoken(tuple(words.split()), "notification", pressed.about)
            spoken.carry_out(self._answer)

    def _window_gone(self, window: Ended) -> None:
        """Only one that ends with 0 was closed by the person; a guide that crashed, or could not
        be shown, leaves its steps to a notification."""
        if self._changes.ended(window):
            return
        if window.name == HERE:
            attempt(self._ports.give_back, window.code != 0)
            return
        if window.name == GUIDE and window.code:
            self._announcer.again(status(self._reminder.turn))
        elif window.name == GUIDE:
            self._guide_gone(window.about[0])
        self._announcer.miss(window)

    def _guide_gone(self, number: int) -> None:
        """What it had to tell it has told; whoever has not finished is asked as before."""
        prompt = self._reminder.state.prompts.open
        if prompt is not None and prompt.started and prompt.number == number:
            self._handle(Close(number, 0.0), *self._clock.now())

    def scene(self) -> Scene:
        reminder = self._reminder
        known = not reminder.senses.unknown
        today = self._ledger.today(reminder.pending)
        told = status(reminder.turn, "" if known else self._ports.blind())
        return Scene(told, today, self.trouble, self._rules, self._mistake)

    @property
    def trouble(self) -> str:
        """Why the record is in danger."""
        return self._ledger.trouble

    # What was said

    def _answer(self, spoken: Spoken) -> Reply | None:
        """What is said of it is told from the disk, not from memory."""
        before = self._ledger.taken
        reply = self._follow(spoken)
        if reply is None or self._ledger.taken == before:
            return reply
        return msgspec.structs.replace(reply, unsaved=self._ledger.unsaved)

    def _follow(self, spoken: Spoken) -> Reply | None:
        """None where the answer comes later."""
        name = spoken.words[0] if spoken.words else ""
        if name in self._own:
            return self._own[name]()
        match name:
            case "guide":
                return self._guide(spoken.words[1:])
            case "quit":
                later = self._ports.end_windows(lambda: self._inbox.put(spoken))
                return None if later else self._quit()
            case _ if name in self._ports.acts and not spoken.words[1:]:
                return self._act(name)
            case "open":
                return self._open(spoken)
            case "never" | "allow" if spoken.words[1:]:
                return self._changes.begin(spoken)
            case _ if name in commands.OF_THE_GUIDE and spoken.words[2:]:
                return (self._go_on if name in commands.FOR_THE_GUIDE else self._guided)(spoken)
            case _:
                return self._command(spoken)

    def _status(self) -> Reply:
        scene = self.scene()
        text = scene.trouble or "\n".join(moments.whole(scene.status, scene.today))
        return Reply(text + moments.mistaken(scene.mistake), data=contract.status(*scene[:3]))

    def _watch(self) -> Reply:
        """For one who has just come; the others have been told."""
        return news(self.scene(), self._ledger.taken)

    def _why(self) -> Reply:
        return Reply(moments.why(self.scene().status) + moments.mistaken(self._mistake))

    def _command(self, spoken: Spoken) -> Reply:
        try:
            event = commands.parse(spoken.words, commands.Occasion(spoken.via, spoken.about))
        except commands.UsageError as error:
            return Reply(refused=str(error))
        facts = self._handle(event, *self._clock.now())
        if self._reminder.refused:
            return Reply(refused=self._reminder.refused)
        return Reply(self._announcer.told(facts, self.scene().status, spoken.via))

    def _open(self, spoken: Spoken) -> Reply:
        """First the page, then the leave to take the keyboard; each may be missing."""
        page, activation = (*spoken.words[1:], "", "")[:2]
        if page and page not in PAGES:
            return Reply(
                refused=_(
                    "there is no page {page}; there are {names}",
                    page=repr(page),
                    names=", ".join(PAGES),
                )
            )
        try:
            return Reply(text=self._ports.open_window(page, activation))
        except OSError as error:
            if spoken.via != "command":  # else the answer is read
                self._announcer.fail("window", exits.plain(error))
            return Reply(refused=exits.plain(error))

    def _act(self, name: str) -> Reply:
        try:
            return Reply(text=self._ports.acts[name]())
        except OSError as error:
            _log.warning("%s: %s", name, error)
            self._announcer.fail(name, exits.plain(error))
            return Reply(refused=exits.plain(error))

    def _show(self) -> Reply:
        self._announcer.show(now := self.scene().status)
        return Reply(text=moments.why(now))

    def _guide(self, words: tuple[str, ...]) -> Reply:
        """For the guide: the routine of the open prompt, which is under way from now on."""
        prompt = self._reminder.state.prompts.open
        if prompt is None or not prompt.started or words:
            self._handle(Start("guide", routine=" ".join(words)), *self._clock.now())
            if self._reminder.refused:
                return Reply(refused=self._reminder.refused)
        self._guide_token += 1
        return self._handed()

    def _handed(self, text: str = "") -> Reply:
        state, prompt = self._reminder.state, self._reminder.state.prompts.open
        if prompt is None or prompt.plan is None:
            return Reply(refused=_("there is no reminder"))
        new, token = state.coach.new_in(prompt.plan), self._guide_token
        return Reply(text, data=Guided.by(prompt.number, token, prompt.plan, new).data())

    def _guided(self, spoken: Spoken) -> Reply:
        """What a guide tells; of two for the same prompt the later one counts."""
        command, token, *words = spoken.words
        if self._guide_token and token != str(self._guide_token):
            return Reply(refused=_("another guide has taken over"))
        return self._command(spoken._replace(words=(command, *words)))

    def _go_on(self, spoken: Spoken) -> Reply:
        """Without data: nothing of it is left."""
        prompts = self._reminder.state.prompts
        plan = prompts.open and prompts.open.plan
        reply = self._guided(spoken)
        same = prompts.open is not None and prompts.open.plan is plan
        return reply if reply.refused or same else self._handed(reply.text)

    def _quit(self) -> Reply:
        self._handle(Leave(), *self._clock.now())
        self._announcer.end()
        self._ended, lost = True, self._ledger.close()
        return Reply(_("qlbreak ends; {lost}", lost=lost) if lost else _("qlbreak ends"))
