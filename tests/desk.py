"""A desk to play out days at: one call a stretch, no real time passes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

import msgspec

from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.guided import Session
from qlbreak.core.model.inputs import (
    Agree,
    Another,
    AnyInput,
    Arrive,
    CheckIn,
    Checkpoint,
    Close,
    Declare,
    Feel,
    GoOn,
    Hear,
    Launch,
    Leave,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Reconfigure,
    Report,
    Respond,
    Resume,
    Start,
    StaySeated,
    TellSore,
    Tick,
    Undo,
)
from qlbreak.core.model.movements import Catalogue, Exercise
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.routine import legs
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, Feeling, Hindrance, Posture, Reason, Refusal, Side
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.reminder.state import State
from qlbreak.core.reminder.status import Status, status
from qlbreak.core.statistics.figures import Figures
from qlbreak.core.statistics.tally import Tally
from qlbreak.data import load
from qlbreak.texts.names import BUSY

TICK = 15.0
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)  # a Monday
SENSED = frozenset(BUSY)  # what the machine tells, rather than the person
CATALOGUE: Catalogue = load()
RULES = Rules()


def tallied(facts: Iterable[AnyFact], rules: Rules = RULES) -> Tally:
    tally = Tally(rules.day_turn, rules.sitting, CATALOGUE)
    for fact in facts:
        tally.add(fact)
    return tally


def held_seconds(blocks: Sequence[Exercise], side: Side) -> tuple[int, int]:
    """Of one-sided work, left and right; the extra set counts for `side`."""
    held = dict.fromkeys(Side, 0)
    for _block, on, seconds in legs(blocks, side):
        held[on] += seconds
    return held[Side.LEFT], held[Side.RIGHT]


class Desk:
    """Minutes in, facts out: `desk.work(30).done().away(5).kinds()`."""

    def __init__(
        self,
        rules: Rules | None = None,
        start: datetime = MORNING,
        profile: Profile | None = None,
        notice: float = 0.0,
    ) -> None:
        # Prompts come to the tick, unless a test is about waiting for a pause in typing.
        self.rules = msgspec.structs.replace(rules or Rules(), notice=notice)
        self.profile = profile or Profile()
        self.at = start
        self.zone: tzinfo | None = None  # that of the start, and no change of the clocks
        self.steady = 1000.0
        self.idle: float | None = 0.0
        self.busy_with: frozenset[Reason] = frozenset()
        self.locked_at: float | None = None
        self.hidden = False  # whether a window may cover what is shown
        self.facts: list[AnyFact] = []
        self.journal: list[AnyFact] = []
        self.heard: dict[str, list[AnyFact]] = {}  # what other devices have recorded
        self.reminder = Reminder(CATALOGUE, self.rules, self.at, self.steady, self.profile)
        self.give(Launch(first=Tick(0.0))).forget()

    # What happens at the desk

    def work(self, minutes: float) -> "Desk":
        return self._pass(minutes, lambda: 0.0)

    def away(self, minutes: float) -> "Desk":
        """Nobody touches anything."""
        return self._pass(minutes, lambda: (self.idle or 0.0) + TICK)

    def unknown(self, minutes: float) -> "Desk":
        """The idle source cannot tell."""
        return self._pass(minutes, lambda: None)

    def sleep(self, minutes: float) -> "Desk":
        """The machine is suspended, and woken by a key."""
        self._advance(minutes * 60)
        return self._tick(0.0)

    def set_clock(self, minutes: float) -> "Desk":
        """The wall clock is set forward, or with a negative number back."""
        self.at += timedelta(minutes=minutes)
        return self

    def fly(self, zone: tzinfo) -> "Desk":
        """From now on the wall clock is that of this zone, with its changes of the clocks."""
        self.zone = zone
        return self._advance(0.0)

    def busy(self, *reasons: Reason) -> "Desk":
        """From now on; with nothing, not any more."""
        self.busy_with = frozenset(reasons)
        return self

    def lock(self) -> "Desk":
        self.locked_at = self.steady
        return self

    def unlock(self) -> "Desk":
        self.locked_at = None
        return self

    # What the person does

    def done(self) -> "Desk":
        return self.give(Respond(Answer.DONE, "tray"))

    def skip(self, reason: Refusal | None = None) -> "Desk":
        return self.give(Respond(Answer.SKIPPED, "tray", reason=reason))

    def snooze(self, minutes: float | None = None) -> "Desk":
        seconds = None if minutes is None else minutes * 60
        return self.give(Respond(Answer.SNOOZED, "tray", snooze=seconds))

    def start(self, routine: str = "") -> "Desk":
        return self.give(Start("tray", routine=routine))

    def another(self) -> "Desk":
        return self.give(Another())

    def go_on(self, movement: str, block: int = 0) -> "Desk":
        """The guide leaves that movement out."""
        return self.give(GoOn(self.state.prompts.last, movement, block))

    def undo(self) -> "Desk":
        return self.give(Undo())

    def pause(self, minutes: float | None = None, until: time | None = None) -> "Desk":
        """Without either of them: until tomorrow."""
        seconds = None if minutes is None else minutes * 60
        return self.give(Pause(seconds, until))

    def resume(self) -> "Desk":
        return self.give(Resume())

    def meet(self, minutes: float) -> "Desk":
        return self.give(Meet(minutes * 60))

    def stand(self, minutes: float | None = None, until: time | None = None) -> "Desk":
        """Without either of them: until it is said that one sits."""
        seconds = None if minutes is None else minutes * 60
        return self.give(Declare(Posture.STANDING, seconds, until))

    def sit(self) -> "Desk":
        return self.give(Declare(Posture.SITTING))

    def arrive(self, minutes: float) -> "Desk":
        return self.give(Arrive(minutes * 60))

    def longer(self, yes: bool) -> "Desk":
        return self.give(Agree(yes))

    def stay(self) -> "Desk":
        """I stayed seated."""
        return self.give(StaySeated())

    def sore(self, side: Side | None) -> "Desk":
        return self.give(TellSore(side))

    def check_in(
        self,
        left: int | None = None,
        right: int | None = None,
        middle: int | None = None,
        work: Hindrance | None = None,
    ) -> "Desk":
        """Without any of them: skipped."""
        return self.give(CheckIn(left, right, middle, work))

    def move(self, place: Place) -> "Desk":
        return self.give(Move(place))

    def pace(self, step: int) -> "Desk":
        return self.give(Pace(step))

    def guide(self, share: float, number: int | None = None) -> "Desk":
        """The guide runs through so much of the routine's work, away from the keys, and closes."""
        prompt = self.state.prompts.open
        assert prompt is not None
        assert prompt.plan is not None
        session = Session(prompt.plan.blocks, prompt.plan.side)
        while session.share < share - 1e-6 and not session.over:
            session.advance(0.5)
        seconds = session.left_in_all
        session.finish()
        total = sum(stretch.seconds for stretch in session.stretches)
        self.away((total - seconds) / 60)
        number = prompt.number if number is None else number
        self.give(Report(number, tuple(session.take())))
        return self.give(Close(number, session.share))

    def put_away(self) -> "Desk":
        """The notification of the last prompt, without an answer."""
        return self.give(Notice(self.state.prompts.last))

    def feel(self, feeling: Feeling) -> "Desk":
        return self.give(Feel(self.state.prompts.last, feeling))

    def hear(self, device: str, *facts: AnyFact) -> "Desk":
        """Another device has recorded more."""
        self.heard.setdefault(device, []).extend(facts)
        return self.give(Hear(device, list(facts)))

    def settings(
        self,
        rules: Rules | None = None,
        profile: Profile | None = None,
        catalogue: Catalogue = CATALOGUE,
    ) -> "Desk":
        """Others apply from now on, or the same ones again."""
        self.rules = msgspec.structs.replace(rules or self.rules, notice=self.rules.notice)
        self.profile = profile or self.profile
        return self.give(Reconfigure(catalogue, self.rules, self.profile))

    def quit(self) -> "Desk":
        return self.give(Leave())

    def kill(self, minutes_off: float = 0.0, *, checkpoint: bool = True) -> "Desk":
        """The program is killed, and started again later from journal and checkpoint."""
        saved: Checkpoint | None = self.reminder.checkpoint() if checkpoint else None
        self._advance(minutes_off * 60)
        if self.idle:
            self.idle += minutes_off * 60
        self.reminder = Reminder(CATALOGUE, self.rules, self.at, self.steady, self.profile)
        self.reminder.replay(self.journal)
        first = Tick(self.idle, self._locked(), self.busy_with)
        return self.give(Launch("", first, saved, self.heard))

    # What came of it

    def give(self, event: AnyInput) -> "Desk":
        self._take(self.reminder.handle(event, self.at, self.steady))
        return self

    def kinds(self) -> list[str]:
        return [type(fact).__name__ for fact in self.facts]

    def forget(self) -> "Desk":
        """Start a new list of facts; the journal keeps the old ones."""
        self.facts.clear()
        return self

    @property
    def state(self) -> State:
        """What the facts amount to."""
        return self.reminder.state

    @property
    def minutes(self) -> float:
        """The sitting clock."""
        return round(self.state.clock.lasted / 60, 2)

    @property
    def stood(self) -> float:
        """The standing clock, in minutes."""
        return round(self.state.standing.lasted / 60, 2)

    @property
    def status(self) -> Status:
        return status(self.reminder.turn)

    def figures(self) -> Figures:
        """Of the first day."""
        return self.tally.days(self.reminder.pending).get(MORNING.date(), Figures())

    @property
    def tally(self) -> Tally:
        return tallied(self.journal, self.rules)

    def _take(self, facts: Iterable[AnyFact]) -> None:
        new = list(facts)
        self.facts += new
        self.journal += new

    def _pass(self, minutes: float, idle: Callable[[], float | None]) -> "Desk":
        for _ in range(round(minutes * 60 / TICK)):
            self._advance(TICK)
            self._tick(idle())
        return self

    def _advance(self, seconds: float) -> "Desk":
        self.at += timedelta(seconds=seconds)
        self.steady += seconds
        if self.zone is not None:  # with a fixed offset, as the running program has it
            there = self.at.astimezone(UTC).astimezone(self.zone)
            self.at = there.replace(tzinfo=timezone(there.utcoffset() or timedelta()))
        return self

    def _tick(self, idle: float | None) -> "Desk":
        self.idle = idle
        return self.give(Tick(idle, self._locked(), self.busy_with, self.hidden))

    def _locked(self) -> float | None:
        return None if self.locked_at is None else self.steady - self.locked_at
