"""Decides when to prompt, what with, when to give up, and what is known of a claim."""

from typing import NamedTuple

from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import (
    Answered,
    Asked,
    Confirmed,
    Declared,
    Expired,
    Held,
    Inquired,
    Invited,
    Lengthened,
    Reminded,
    Shown,
    Staged,
    Stuck,
    Withdrawn,
)
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import (
    AWAY_SHARE,
    IGNORED_LIMIT,
    LENGTHEN_BY,
    LONGEST_SITTING,
    SHORT_ROUTINE,
    STANDING_LIMIT,
    STUCK_AFTER,
    WATCH_AFTER,
    day_of,
)
from qlbreak.core.model.terms import Answer, By, Ending, Evidence, Posture
from qlbreak.core.reminder.inquiry import may_inquire
from qlbreak.core.reminder.presence import Presence
from qlbreak.core.reminder.prompts import Phase, Prompt
from qlbreak.core.reminder.silence import silence


class _Watch(NamedTuple):
    """A claim that the next minutes may still confirm. Steady seconds."""

    prompt: int
    since: float
    needed: float
    till: float


class Prompting(Presence):
    _watch: _Watch | None = None
    wanted_at: float | None = None  # a prompt waits for a pause in typing, since then
    _wanted: float | None = None  # the same at the last look

    @property
    def asks(self) -> bool:
        """The person is to read something now, to answer it, or to do it."""
        prompt = self.prompts.open
        shown = prompt is not None and prompt.phase is Phase.SHOWN
        return shown or self.prompts.question is not None

    # To prompt

    def prompt_if_due(self) -> None:
        prompt = self.prompts.open
        self._wanted, self.wanted_at = self.wanted_at, None
        if self.away and (prompt is None or not self.declared.standing):
            return
        self._complain()
        if prompt is None:
            if self.clock.sitting >= self.due_at:
                self._show_or_hold(None)
        elif prompt.phase is not Phase.SHOWN:
            if prompt.phase is Phase.HELD or self.when >= prompt.deadline:
                self._show_or_hold(prompt)
        elif not prompt.started and silence(self) is not None:
            self._show_or_hold(prompt)
        elif self.when >= prompt.deadline:
            self._expire(prompt)
        else:
            self._ask_again(prompt)

    def _ask_again(self, prompt: Prompt) -> None:
        shown = prompt.deadline - self.rules.expire
        late = 0 < self.rules.again <= self.when - shown
        if late and not (prompt.started or prompt.reminded):
            self.emit(Reminded(self.at, prompt.number))

    def _show_or_hold(self, prompt: Prompt | None) -> None:
        reason = silence(self)
        if reason is None and self._in_the_midst():
            return
        if reason is None:
            self.show(prompt)
        elif prompt is None or prompt.reason is not reason:
            number = prompt.number if prompt is not None else self.prompts.last + 1
            self.emit(Held(self.at, number, reason))

    def _in_the_midst(self) -> bool:
        """Somebody types; nobody minds a prompt that comes a few seconds later."""
        since = self.when if self._wanted is None else self._wanted
        if not self.senses.typing or self.when - since >= self.rules.notice:
            return False
        self.wanted_at = since
        return True

    def _complain(self) -> None:
        """A reminder that silently stops is worse than one that nags: once a day it is said."""
        prompt, senses = self.prompts.open, self.senses
        if prompt is None or prompt.reason is None or prompt.reason not in senses.since:
            return
        reason, today = prompt.reason, day_of(self.at, self.rules.day_turn)
        held = self.when - senses.since[reason]
        if held >= STUCK_AFTER and senses.complained.get(reason) != today:
            senses.complained[reason] = today
            self.emit(Stuck(self.at, reason, round(held, 3)))

    def show(
        self,
        prompt: Prompt | None,
        *,
        asked: bool = False,
        snoozes: int | None = None,
        plan: Plan | None = None,
    ) -> None:
        number = prompt.number if prompt is not None else self.prompts.last + 1
        if snoozes is None:
            snoozes = prompt.snoozes if prompt is not None else 0
        self._slow_down()
        last_call = not asked and snoozes >= self.rules.snooze_limit > 0
        plan = plan or self._plan(prompt, number, last_call=last_call)
        sitting = round(self.clock.sitting, 3)
        self.emit(
            Shown(
                self.at, number, plan.routine, plan.side, sitting, snoozes, asked,
                plan.length, plan.blocks, plan.why,
            )
        )  # fmt: skip

    def _plan(self, prompt: Prompt | None, number: int, *, last_call: bool) -> Plan:
        """The one it has already, unless it is time for the short one, or does not fit any more."""
        chosen = prompt.plan if prompt is not None else None
        short = chosen is not None and chosen.length <= SHORT_ROUTINE
        if chosen is not None and (short or not last_call) and self._fits(chosen):
            return chosen
        length = SHORT_ROUTINE if last_call else None
        return self.coach.propose(self.at, number, length, meeting=self.in_meeting)

    def _fits(self, plan: Plan) -> bool:
        return self.coach.fits(plan, self.at, meeting=self.in_meeting)

    def renew(self) -> None:
        """What is asked for must still be right: the person, the place or the settings may have
        changed, and an update may have taken a movement away."""
        prompt = self.prompts.open
        if prompt is None or prompt.plan is None or prompt.phase is not Phase.SHOWN:
            return
        if not (
            self._fits(prompt.plan) or (prompt.started and self.catalogue.has(prompt.plan.blocks))
        ):
            self.show(prompt, asked=prompt.asked)

    def _slow_down(self) -> None:
        lower = self.staging.lower(self.at)
        if lower is not None:
            self.emit(Staged(self.at, lower, By.TIME))

    def _expire(self, prompt: Prompt) -> None:
        self.settle()
        self.emit(Expired(self.at, prompt.number, prompt.seen))
        proposed = min(self.prompts.lengthened + LENGTHEN_BY, LONGEST_SITTING - self.rules.sitting)
        often = self.prompts.ignored >= IGNORED_LIMIT and not self.prompts.asked
        if often and not self.senses.unknown and proposed > self.prompts.lengthened:
            self.emit(Asked(self.at, proposed))

    def inquire(self) -> None:
        if may_inquire(self):
            self.emit(Inquired(self.at))

    def lapse(self) -> None:
        """What ends by itself."""
        stood_up, prompt, prompts = self.declared.stood_up, self.prompts.open, self.prompts
        if stood_up is not None and self.when - stood_up >= STANDING_LIMIT:
            self.emit(Declared(self.at, Posture.SITTING, By.TIME))
        if prompt is not None and prompt.broke and self.when >= prompt.deadline:
            self.emit(Withdrawn(self.at, prompt.number))
        answered = prompts.question is not None and self.when >= prompts.question_till
        if prompts.question is not None and answered and not self.away:
            self.emit(Lengthened(self.at, prompts.question, By.TIME))

    # What is known of a claim

    def finish(self, prompt: Prompt, via: str, evidence: Evidence | None = None) -> None:
        """The routine is done; without *evidence*, as far as it can be told."""
        needed = AWAY_SHARE * self._duration(prompt)
        if evidence is None:
            seen = needed > 0 and prompt.quiet >= needed
            evidence = Evidence.AWAY if seen else Evidence.CLAIMED
        self.settle()
        self.emit(Answered(self.at, prompt.number, Answer.DONE, via, evidence))
        if evidence is Evidence.CLAIMED and needed > 0:
            till = self.when + self._duration(prompt) + WATCH_AFTER
            self._watch = _Watch(prompt.number, self.when, needed, till)
        if self.staging.invites(self.at):
            higher = self.staging.higher()
            if higher is not None:
                self.emit(Invited(self.at, higher))

    def _duration(self, prompt: Prompt) -> float:
        plan = prompt.plan
        if plan is None or not self.catalogue.has(plan.blocks):
            return 0.0
        return total_seconds(self.catalogue, plan.blocks)

    def watch(self, idle: float) -> None:
        """Who is away from the keys for as long as it takes has most likely done it."""
        prompt, watch, ended = self.prompts.open, self._watch, self.prompts.ended
        if prompt is not None and prompt.phase is Phase.SHOWN and prompt.shown_at is not None:
            since = self.when - self.moment(prompt.shown_at)
            prompt.quiet = max(prompt.quiet, min(idle, since))
        if watch is None:
            return
        if ended is None or ended.number != watch.prompt or ended.ending is not Ending.DONE:
            self._watch = None
        elif min(idle, self.when - watch.since) >= watch.needed:
            self.emit(Confirmed(self.at, watch.prompt, Evidence.AWAY))
            self._watch = None
        elif self.when > watch.till:
            self._watch = None
