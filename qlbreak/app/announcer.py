"""What is said when something has happened: which notification opens, changes, closes."""

import logging
from collections.abc import Iterable
from typing import Protocol

from qlbreak.app.processes import Ended
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Asked,
    Break,
    CheckedIn,
    Confirmed,
    Declared,
    Declined,
    Expired,
    Held,
    Inquired,
    Invited,
    Lengthened,
    Meeting,
    Paused,
    Reminded,
    Reopened,
    Shown,
    Staged,
    Started,
    Stopped,
    Stuck,
    Swapped,
    Withdrawn,
)
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Evidence, Refusal
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Status
from qlbreak.guide.stepwise import Picture, Stepper, steps
from qlbreak.language import _
from qlbreak.notify import PUT_AWAY, Note, Pressed, notes
from qlbreak.system.clock import Clock
from qlbreak.system.control import Reply
from qlbreak.texts import moments, outcomes

_log = logging.getLogger(__name__)

# Who starts a routine there looks at the desktop, and is shown it in a window.
_READS = ("command", "window")  # what is answered
_ANSWERED = (*_READS, "terminal")
_AT_THE_DESKTOP = ("tray", "notification", "window", "command")


class Notes(Protocol):
    """Where notes are shown."""

    def show(self, note: Note) -> None: ...

    def again(self, note: Note) -> None: ...

    def close(self, slot: str) -> None: ...


class GuideOpener(Protocol):
    """Shows the guide in a window."""

    def open_guide(self, prompt: int, routine: str) -> bool:
        """Or bring it to the front; whether it is there, or soon will be."""
        ...

    def keep_guide(self, prompt: int, routine: str) -> None:
        """It goes on by itself with this routine."""
        ...

    def close_guide(self) -> None: ...


class Announcer:
    """On the owner's thread. `picture` finds the file that shows a routine; `stepper` leads through
    it where there is no window."""

    def __init__(
        self,
        notifier: Notes,
        rules: Rules,
        guide: GuideOpener,
        picture: Picture,
        stepper: Stepper,
    ) -> None:
        self._notifier, self._guide = notifier, guide
        self._picture, self._stepper = picture, stepper
        self._troubled = False  # whether it was said that the record cannot be written
        # Whether a guide leads through the routine that is under way: in a window of ours, or
        # one that the person has opened.
        self._guided = self._theirs = False
        self._over = 0  # the prompt whose guide came to its end; its window may be open still
        self._stuck = False  # whether a complaint about what holds prompts back may be up
        self.follow(rules)

    def follow(self, rules: Rules) -> None:
        self._rules = rules

    def announce(self, facts: Iterable[AnyFact], now: Status) -> None:
        asking = None  # whether the prompt is to be seen, if that has changed
        for fact in facts:
            _log.info("%s", outcomes.log_line(fact))
            self._follow_guide(fact)
            match fact:
                case Shown(prompt=prompt, routine=routine) if self._led(now):
                    self._guide.keep_guide(prompt, routine)
                case Shown() | Stopped() | Reopened():
                    asking = True
                case Reminded():
                    self._notifier.close(notes.PROMPT)  # one that only changes pops up nowhere
                    asking = True
                case Started(via=via, prompt=prompt):
                    routine = now.prompt.routine if now.prompt is not None else ""
                    self._theirs = via == "guide"
                    self._guided = via in _AT_THE_DESKTOP and self._guide.open_guide(
                        prompt, routine
                    )
                    asking = not (self._theirs or self._guided)
                case Answered() | Expired() | Withdrawn() | Held():
                    asking = False
                    self._care(fact)
                case _:
                    self._ask(fact, now)
        if asking is not None:
            self._change(now, asking and now.prompt is not None)

    def _led(self, now: Status) -> bool:
        """A guide leads through what is open, and goes on with whatever takes its place."""
        started = now.prompt is not None and now.prompt.started
        return started and (self._guided or self._theirs)

    def _follow_guide(self, fact: AnyFact) -> None:
        """One that is at its end cannot begin again: it makes room for a new one."""
        match fact:
            case Answered(via="guide", prompt=prompt):
                self._over = prompt
            case Confirmed(evidence=Evidence.GUIDED, prompt=prompt):
                self._over = prompt
            case Reopened(prompt=prompt) if prompt == self._over:
                self._guide.close_guide()
            case _:
                pass

    def _care(self, fact: AnyFact) -> None:
        """Where something hurts, and what was said is not answered by words already."""
        match fact:
            case Answered(reason=Refusal.HURTS, via=via) if via not in _ANSWERED:
                self._notifier.show(notes.hurts())
            case _:
                pass

    def _change(self, now: Status, asking: bool) -> None:
        self._stepper.stop()
        if asking:
            self._come_unstuck()
            self.again(now)
        else:
            self._notifier.close(notes.PROMPT)

    def told(self, facts: Iterable[AnyFact], now: Status, via: str) -> str:
        """What has come of a command, to be read: with the steps, where they are shown nowhere."""
        text = outcomes.outcome(facts, now)
        started = any(isinstance(fact, Started) for fact in facts)
        if via not in _READS or not started or now.prompt is None:
            return text
        if self._guided:
            return _("Started: the guide opens in a window.")
        return f"{text}\n{moments.prompt_body(now.prompt)}"

    def _ask(self, fact: AnyFact, now: Status) -> None:
        """The questions that are asked now and then."""
        match fact:
            case Asked():
                self._notifier.show(notes.question(now))
            case Stuck(reason=reason, seconds=seconds):
                self._stuck = True
                self._notifier.show(notes.stuck(reason, seconds))
            case Invited():
                self._notifier.show(notes.invitation(now))
            case Swapped() if now.prompt is None or now.prompt.plan is None:
                self._notifier.show(notes.instead(now))
            case Inquired():
                self._notifier.show(notes.check_in())
            case CheckedIn():
                self._notifier.close(notes.CHECK_IN)
            case Lengthened() | Break() | Paused() | Meeting() | Declared() | Staged() | Declined():
                self._notifier.close(notes.QUESTION)
            case _:
                pass

    def _come_unstuck(self) -> None:
        """A server that is told not to disturb has kept the complaint, and would show it now."""
        if self._stuck:
            self._notifier.close(notes.STUCK)
        self._stuck = False

    def again(self, now: Status, *, stepwise: bool = True) -> None:
        """The open prompt, if there is one to be seen; no guide leads through it then. Not
        *stepwise*: one may, though we do not know of it."""
        self._guided = self._theirs = False
        if now.prompt is not None and now.prompt.phase is Phase.SHOWN:
            plan = now.prompt.plan
            if stepwise and now.prompt.started and plan is not None:
                found = steps(plan, self._picture)
                if found and self._stepper.show(now.prompt.id, found):
                    return
            picture = self._picture(plan.blocks, plan.side) if plan and plan.blocks else None
            note = notes.prompt(now, now.prompt, self._rules, picture)
            self._notifier.show(note)

    def pressed(self, pressed: Pressed) -> str:
        """What the press of a button says, in words for the owner; nothing where it only turns a
        page, or puts away what is about no prompt."""
        word, _, page = pressed.key.partition(" ")
        if word == notes.NEXT:
            self._stepper.turn(int(page))
        elif pressed.key != PUT_AWAY:
            return pressed.key
        elif pressed.about is not None:
            self._stepper.stop()  # whoever closes a step wants no further one
            return f"notice {pressed.about}"
        return ""

    def restore(self, lost: Iterable[Note], now: Status) -> None:
        """Another notification daemon is there, and shows nothing yet."""
        for note in lost:
            if note.slot == notes.PROMPT:
                self.again(now)  # with the minutes of now
            elif note.slot != notes.STATE:  # that of then says nothing of now
                self._notifier.again(note)

    def miss(self, window: Ended) -> None:
        """A process of ours has ended: whether what it had to show was seen."""
        if note := notes.unseen(window.name, window.code, window.replaced, window.said):
            self._notifier.show(note)

    def show(self, now: Status) -> None:
        """How things stand. Beside a guide no steps come: ours comes to the front."""
        prompt = now.prompt
        under_way = prompt is not None and prompt.started
        if prompt is None or prompt.phase is not Phase.SHOWN or (under_way and self._theirs):
            self._notifier.show(notes.state(now))
        elif not (under_way and self._guided and self._guide.open_guide(prompt.id, prompt.routine)):
            self.again(now)

    def fail(self, what: str, why: str) -> None:
        self._notifier.show(notes.failure(what, why))

    def rewanted(self, reply: Reply) -> None:
        """What came of a wish about a movement."""
        self._notifier.show(notes.rewanted(reply.text, reply.refused))

    def trouble(self, trouble: str) -> None:
        """Why the record cannot be written; nothing, when it can again. Once for each time."""
        if trouble and not self._troubled:
            self._notifier.show(notes.unwritten(trouble))
        elif self._troubled and not trouble:
            self._notifier.close(notes.RECORD)
        self._troubled = bool(trouble)

    def judge(self, clock: Clock) -> None:
        """Whether what it shows can be."""
        if not clock.set:
            _log.warning("the clock of this machine is not set; days and hours will not be right")
            self._notifier.show(notes.unset_clock())

    def warn(self, mistake: str) -> None:
        self._notifier.show(notes.mistake(mistake))

    def end(self) -> None:
        self._stepper.stop()
        for slot in notes.SLOTS:
            self._notifier.close(slot)
