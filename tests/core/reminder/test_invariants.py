"""What holds for any day at all: hypothesis plays out days that nobody would think of."""

from datetime import datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from core.reminder.watched import Watched
from desk import CATALOGUE, SENSED, TICK, Desk
from qlbreak.core.coach.composer import Plan
from qlbreak.core.model.facts import (
    Answered,
    Arrived,
    Break,
    Elsewhere,
    Expired,
    Held,
    Reopened,
    Sat,
    Shown,
    Stayed,
    Stood,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.inputs import Hear, Tick
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Feeling, Reason, Refusal, Side
from qlbreak.core.reminder.reminder import Reminder
from thorough import few

ENDINGS = {"done", "skipped", "expired", "withdrawn"}


def left(desk: Desk) -> set[int]:
    """Asked for, and left without work: of these nothing is to be counted."""
    asked: dict[int, bool] = {}
    found: set[int] = set()
    for fact in desk.journal:
        match fact:
            case Shown(prompt=number):
                asked[number] = fact.asked
            case Worked(prompt=number):
                asked[number] = False
            case Stopped(prompt=number) if asked.get(number):
                found.add(number)
            case _:
                pass
    return found - endings(desk).keys()


def endings(desk: Desk) -> dict[int, list[str]]:
    """How each prompt ended, corrections and what was taken back whole apart."""
    ended: dict[int, list[str]] = {}
    for fact in desk.journal:
        match fact:
            case Answered(prompt=prompt, answer=answer) if answer != "snoozed":
                ended.setdefault(prompt, []).append(str(answer))
            case Expired(prompt=prompt):
                ended.setdefault(prompt, []).append("expired")
            case Withdrawn(prompt=prompt):
                ended.setdefault(prompt, []).append("withdrawn")
            case Reopened(prompt=prompt):
                assert ended.pop(prompt) == ["done"]
            case _:
                pass
    return ended


def coming(reminder: Reminder, at: datetime) -> Plan:
    return reminder.state.coach.propose(at, reminder.state.prompts.last + 1, None, meeting=False)


class AnyDay(RuleBasedStateMachine):
    ahead: float = -60  # how wrong the clock of another device may be

    def __init__(self) -> None:
        super().__init__()
        self.desk = Watched(Rules(per_day=8, standing=25 * 60))
        self.began = self.desk.steady
        self.arrived = 0.0

    @rule(minutes=st.sampled_from([0.25, 1, 5, 10, 30, 90]))
    def work(self, minutes: float) -> None:
        self.desk.work(minutes)

    @rule(minutes=st.sampled_from([0.5, 2, 2.75, 3, 10, 60]))
    def away(self, minutes: float) -> None:
        self.desk.away(minutes)

    @rule(minutes=st.sampled_from([1, 4]))
    def unknown(self, minutes: float) -> None:
        self.desk.unknown(minutes)

    @rule(minutes=st.sampled_from([0.5, 1, 2.5, 3, 60, 900, 20_000]))
    def sleep(self, minutes: float) -> None:
        self.desk.sleep(minutes)

    @rule(seconds=st.floats(0, 200), idle=st.one_of(st.none(), st.floats(0, 1e6)))
    def tick(self, seconds: float, idle: float | None) -> None:
        self.desk._advance(seconds)
        self.desk.give(Tick(idle))

    @rule(minutes=st.sampled_from([-600, -60, 60, 600]))
    def set_clock(self, minutes: float) -> None:
        self.desk.set_clock(minutes)

    @rule(reasons=st.sets(st.sampled_from(sorted(SENSED)), max_size=2), locked=st.booleans())
    def sense(self, reasons: set[Reason], locked: bool) -> None:
        self.desk.busy(*reasons)
        if locked:
            self.desk.lock()
        else:
            self.desk.unlock()

    @rule(answer=st.sampled_from(["done", "skip", "snooze", "start", "undo", "resume", "another"]))
    def answer(self, answer: str) -> None:
        getattr(self.desk, answer)()

    @rule(reason=st.sampled_from(Refusal))
    def refuse(self, reason: Refusal) -> None:
        self.desk.skip(reason)

    @rule(block=st.integers(0, 3))
    def go_on(self, block: int) -> None:
        prompt = self.desk.status.prompt
        if prompt is not None and prompt.plan is not None and prompt.plan.blocks:
            block = min(block, len(prompt.plan.blocks) - 1)
            self.desk.go_on(prompt.plan.blocks[block].movement.id, block)

    @rule(act=st.sampled_from(["stand", "sit"]))
    def posture(self, act: str) -> None:
        getattr(self.desk, act)()

    @rule(minutes=st.sampled_from([1, 40, 180, None]), until=st.times())
    def stand(self, minutes: float | None, until: time) -> None:
        self.desk.stand(minutes, until if minutes is None else None)

    @rule(minutes=st.sampled_from([5, 60]))
    def pause(self, minutes: float) -> None:
        self.desk.pause(minutes)

    @rule(minutes=st.sampled_from([0, 5, 60]))
    def meet(self, minutes: float) -> None:
        self.desk.meet(minutes)

    @rule()
    def arrive(self) -> None:
        self.arrived += 600
        self.desk.arrive(10)

    @rule(longer=st.booleans())
    def settle(self, longer: bool) -> None:
        self.desk.longer(longer)

    @rule()
    def stay(self) -> None:
        self.desk.stay()

    @rule(side=st.sampled_from([None, Side.LEFT, Side.BOTH]), step=st.sampled_from([-1, 0, 1]))
    def tell(self, side: Side | None, step: int) -> None:
        self.desk.sore(side).pace(step)

    @rule(levels=st.tuples(*[st.sampled_from([None, 0, 2, 4, 7])] * 3))
    def check_in(self, levels: tuple[int | None, ...]) -> None:
        left, right, middle = levels
        self.desk.check_in(left, right, middle)

    @rule(share=st.sampled_from([0.0, 0.3, 0.7, 1.0]), feeling=st.sampled_from(Feeling))
    def guide(self, share: float, feeling: Feeling) -> None:
        prompt = self.desk.state.prompts.open
        if prompt is not None and prompt.plan is not None:
            self.desk.start().guide(share, prompt.number).feel(feeling)

    @rule(minutes=st.sampled_from([0.0, 0.5, 2, 3, 600]))
    def kill(self, minutes: float) -> None:
        self.desk.kill(minutes)

    @rule(
        device=st.sampled_from(["tower", "phone"]),
        minutes=st.sampled_from([-60, -3, 0, 0.5, 2, 10, 600]),
        end=st.sampled_from([Answer.DONE, Answer.SKIPPED, None]),
    )
    def hear(self, device: str, minutes: float, end: Answer | None) -> None:
        """Of a prompt there, so many minutes late; some of what comes was told before."""
        desk, minutes = self.desk, max(minutes, self.ahead)
        at, told = desk.at - timedelta(minutes=minutes), desk.heard.get(device, [])
        number = len(told) // 2 + 1
        coming = desk.state.coach.propose(desk.at, 1, None, meeting=False)
        shown = Shown(at, number, "", coming.side, 0.0, length=60, blocks=coming.told)
        ended = Expired(at, number) if end is None else Answered(at, number, end, "tray")
        desk.hear(device, shown, ended)
        desk.give(Hear(device, [ended]))

    @invariant()
    def what_was_done_elsewhere_counts_once(self) -> None:
        told = [(f.device, f.prompt) for f in self.desk.journal if isinstance(f, Elsewhere)]
        assert len(told) == len(set(told))

    @invariant()
    def sitting_is_never_negative_nor_more_than_the_time_passed(self) -> None:
        passed = self.desk.steady - self.began
        sitting = self.desk.state.clock.lasted
        assert -1e-6 <= sitting <= passed + self.arrived + 1e-3
        spent = [fact for fact in self.desk.journal if isinstance(fact, Sat | Stood)]
        pending = self.desk.reminder.pending.seconds
        assert -1e-6 <= sum(fact.seconds for fact in spent) + pending <= passed + 1e-3
        assert all(fact.seconds >= 0 for fact in spent)

    @invariant()
    def one_clock_runs(self) -> None:
        state = self.desk.state
        off = state.clock if state.running is state.standing else state.standing
        assert off.pending == off.tail == 0
        assert 0 <= state.standing.lasted <= self.desk.steady - self.began + 1e-3

    @invariant()
    def never_two_open_prompts_and_each_ends_once(self) -> None:
        ended = endings(self.desk)
        prompts = {f.prompt for f in self.desk.journal if isinstance(f, Held | Shown)}
        prompt = self.desk.state.prompts.open
        still_open = prompts - ended.keys() - left(self.desk)
        assert still_open == ({prompt.number} if prompt is not None else set())
        assert all(len(ends) == 1 for ends in ended.values())

    @invariant()
    def a_break_leaves_nothing_sat(self) -> None:
        if self.desk.journal and isinstance(self.desk.journal[-1], Break):
            assert self.desk.state.clock.settled == 0

    @invariant()
    def the_journal_tells_the_clock_and_the_prompt(self) -> None:
        live = self.desk.reminder
        told = Reminder(CATALOGUE, self.desk.rules, self.desk.at, self.desk.steady)
        told.replay(self.desk.journal)
        for device, facts in sorted(self.desk.heard.items()):
            for fact in facts:
                told.state.history.hear(device, fact)
        assert coming(told, live.at) == coming(live, live.at)
        read, kept = told.state, live.state
        assert read.clock.settled == kept.clock.settled
        assert read.clock.base == kept.clock.base
        assert read.standing.settled == kept.standing.settled
        assert read.standing.base == kept.standing.base
        assert read.declared.standing is kept.declared.standing
        assert read.prompts.last == kept.prompts.last
        assert read.interval == kept.interval
        assert read.progress.stage == kept.progress.stage
        assert read.check_ins.entries == kept.check_ins.entries
        assert (read.check_ins.asked is None) == (kept.check_ins.asked is None)
        mine, theirs = read.prompts.open, kept.prompts.open
        assert (mine is None) == (theirs is None)
        if mine is not None and theirs is not None:
            for name in ("number", "phase", "reason", "plan", "snoozes", "started", "standing"):
                assert getattr(mine, name) == getattr(theirs, name)

    @invariant()
    def the_days_figures_add_up(self) -> None:
        figures = self.desk.tally.days().values()
        sat = sum(f.seconds for f in self.desk.journal if isinstance(f, Sat | Arrived | Stayed))
        assert abs(sum(f.sitting_s for f in figures) - sat) < 1e-3
        stood = sum(f.seconds for f in self.desk.journal if isinstance(f, Stood))
        assert abs(sum(f.standing_s for f in figures) - stood) < 1e-3
        shown = {f.prompt for f in self.desk.journal if isinstance(f, Shown)} - left(self.desk)
        ended = sum(f.done + f.skipped + f.expired + f.withdrawn for f in figures)
        assert ended == len(shown & endings(self.desk).keys())
        assert sum(f.prompts for f in figures) == len(shown)


class WithoutAClockChange(AnyDay):
    """Where nobody sets the clock, a restart in no time changes nothing at all."""

    ahead = -3

    def set_clock(self, minutes: float) -> None:
        pass

    @rule()
    def a_restart_changes_nothing(self) -> None:
        before = self.desk.state
        lasted, tail = before.running.lasted, before.running.tail
        until = self.desk.reminder.turn.steady
        prompt, interval, check_ins = before.prompts.open, before.interval, before.check_ins
        phase, deadline = (prompt.phase, prompt.deadline) if prompt is not None else (None, 0.0)
        self.desk.kill()
        after = self.desk.state
        assert self.desk.reminder.turn.steady == until
        assert abs(after.running.lasted - lasted) < 2e-3 or after.away
        assert after.running.tail <= tail + TICK
        assert after.interval == interval
        assert after.check_ins.entries == check_ins.entries
        if check_ins.asked is not None and after.check_ins.asked is not None:
            assert abs(after.check_ins.asked - check_ins.asked) < 1e-3
        # A look may be due that holds it, or shows what was held just after waking.
        if after.prompts.open is not None and after.prompts.open.phase == phase != "held":
            assert abs(after.prompts.open.deadline - deadline) < 1e-3


AnyDay.TestCase.settings = settings(max_examples=few(120), stateful_step_count=40)
WithoutAClockChange.TestCase.settings = AnyDay.TestCase.settings
TestAnyDay = AnyDay.TestCase
TestWithoutAClockChange = WithoutAClockChange.TestCase
