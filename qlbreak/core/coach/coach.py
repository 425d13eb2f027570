"""The coach: from everything that is known now to the routine that is offered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from qlbreak.core.coach.balance import start
from qlbreak.core.coach.check_ins import CheckIns, pain, risen
from qlbreak.core.coach.composer import Composer, Plan, planned, yielding
from qlbreak.core.coach.constraints import SORE, Context, Past, Situation, allowed, too_much
from qlbreak.core.coach.history import History
from qlbreak.core.coach.prescriptions import (
    PlanDay,
    PlanItem,
    chosen,
    fits,
    items,
    obstacle,
    prescribed,
)
from qlbreak.core.coach.progress import Progress
from qlbreak.core.coach.refusals import holding, resting
from qlbreak.core.coach.retrospect import past
from qlbreak.core.coach.substitute import going_on
from qlbreak.core.model.movements import Block, Catalogue, Exercise, Movement
from qlbreak.core.model.naming import find
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.programme import Prescription
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.rules import HOUR, Rules, day_of, open_hours, opens_at
from qlbreak.core.model.terms import Side, Why

_NOW = timedelta(0)
_TRAVELLED = timedelta(hours=1)  # since the arrival
_EVENING = 17  # o'clock, where no hours are set
_MEETING_LENGTH = 30
_FILLED_FROM = 30  # seconds that are left beside what a programme asks for


class Coach:
    """Reads the history; remembers nothing of its own but its last answer."""

    def __init__(
        self,
        catalogue: Catalogue,
        rules: Rules,
        profile: Profile,
        history: History,
        progress: Progress,
        check_ins: CheckIns,
        seed: int,
    ) -> None:
        self._history = history
        self._progress = progress
        self._check_ins = check_ins
        self._seed = seed
        self.follow(catalogue, rules, profile)

    def follow(self, catalogue: Catalogue, rules: Rules, profile: Profile) -> None:
        """Others apply from now on."""
        self._catalogue, self._rules, self._profile = catalogue, rules, profile
        self._cached: tuple[tuple[object, ...], Plan] | None = None
        self._was: tuple[tuple[int, datetime], Past] | None = None

    def propose(
        self,
        at: datetime,
        number: int,
        length: int | None,
        *,
        meeting: bool,
        upright: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> Plan:
        """The routine for prompt *number*; *length*: None for the one that is its turn. *upright*:
        for somebody who stands; *without* these movements: as long as anything else fits."""
        situation, last_call = self._situation(at, meeting=meeting), length is not None
        if length is None:
            length = _MEETING_LENGTH if meeting else self.length()
        version, stage = self._history.version, self._progress.stage
        off, hurts = self._history.weeks_off(at), self._hurts(at)
        now = self._context(at, number, length, situation)
        asked = self._asked(now)
        key = (
            version,
            stage,
            number,
            length,
            last_call,
            situation,
            self._day(at),
            off,
            hurts,
            now.resting,
            upright,
            without,
            tuple(item for item in asked if item.due and not item.rests(at)),
        )
        if self._cached is None or self._cached[0] != key:
            plan = self._chosen(now, asked, without, tight=last_call or meeting, upright=upright)
            turn = (Why.LAST_CALL,) if last_call else tuple(self._turn(at, length))
            self._cached = key, msgspec.structs.replace(plan, why=(*turn, *plan.why))
        return self._cached[1]

    def _chosen(
        self,
        now: Context,
        asked: tuple[PlanItem, ...],
        without: frozenset[str],
        *,
        tight: bool,
        upright: bool,
    ) -> Plan:
        """*upright*: for somebody who stands. In a meeting one is to be seen, and so seated; there,
        and where nothing else suits the person, what is done seated has to do."""
        gone = self._past(now.at)
        if upright and now.situation is not Situation.MEETING:
            on_feet = msgspec.structs.replace(now, upright=True)
            found = self._found(on_feet, gone, asked, without, tight=tight)
            if plan := found or self._composer(on_feet).wanted():
                return plan
        found = self._found(now, gone, asked, without, tight=tight)
        return found or self._composer(now).plan()

    def _found(
        self,
        now: Context,
        gone: Past,
        asked: tuple[PlanItem, ...],
        without: frozenset[str],
        *,
        tight: bool,
    ) -> Plan | None:
        """What a programme asks for goes first."""
        return (
            self._prescribed(now, gone, asked, without, tight=tight)
            or Composer(self._catalogue, now, gone, without).found()
        )

    def other(
        self,
        plan: Plan,
        at: datetime,
        number: int,
        without: frozenset[str],
        *,
        meeting: bool,
        upright: bool = False,
    ) -> Plan | None:
        """One for the time that *plan* takes, *without* these movements; None where there is
        none."""
        length = plan.length or self.length()
        if meeting:
            length = min(length, _MEETING_LENGTH)
        now, gone = self._instead_of(at, number, length, meeting=meeting, upright=upright)
        tight = meeting or Why.LAST_CALL in plan.why
        found = self._found(now, gone, self._asked(now), without, tight=tight)
        turn = [why for why in plan.why if why in (Why.LAST_CALL, Why.BACK, Why.LONGER)]
        return found and msgspec.structs.replace(found, why=(*turn, *found.why))

    def go_on(
        self,
        plan: Plan,
        at: datetime,
        number: int,
        block: int,
        without: str,
        passed_over: frozenset[str],
        *,
        meeting: bool,
        upright: bool = False,
    ) -> Plan | None:
        """The rest of a routine that is under way, from that block on, without that movement; None
        where nothing is left."""
        now, gone = self._instead_of(at, number, plan.length, meeting=meeting, upright=upright)
        return going_on(self._catalogue, plan, block, without, passed_over, now, gone)

    def _instead_of(
        self, at: datetime, number: int, length: int, *, meeting: bool, upright: bool
    ) -> tuple[Context, Past]:
        """The moment, and what was before it: what is passed over has not been."""
        now = self._context(at, number, length, self._situation(at, meeting=meeting))
        now = msgspec.structs.replace(now, upright=upright and not meeting)
        return now, past(self._history, at, now.day, but=number)

    @property
    def never(self) -> frozenset[str]:
        """What is not to be offered, by the settings."""
        return self._profile.never

    def _composer(self, now: Context) -> Composer:
        return Composer(self._catalogue, now, self._past(now.at))

    # A programme

    def plan_day(self, at: datetime, *, meeting: bool) -> PlanDay | None:
        """What the programme asks for today; None where there is none."""
        held = self._history.prescribed
        if held is None or held.programme is None:
            return None
        now = self._context(at, 0, self._rules.routine, self._situation(at, meeting=meeting))
        return PlanDay(held.programme, held.programme.week(now.day), self._asked(now))

    def _asked(self, now: Context) -> tuple[PlanItem, ...]:
        programme = self._history.programme(now.day)
        if programme is None:
            return ()
        found = items(programme, now.day, self._history, self._catalogue, now, self._past(now.at))
        return tuple(found)

    def _prescribed(
        self,
        now: Context,
        gone: Past,
        asked: tuple[PlanItem, ...],
        without: frozenset[str],
        *,
        tight: bool,
    ) -> Plan | None:
        """What the programme asks for and is still due, and where that leaves time, more."""
        own = chosen(asked, now, gone, without, tight=tight)
        programme = self._history.programme(now.day)
        if not own or programme is None:
            return None
        more, first = self._filling(own, now, gone, without), start(now, gone)
        return prescribed(own, programme.by, more, first, now.length)

    def _filling(
        self, own: tuple[Exercise, ...], now: Context, gone: Past, without: frozenset[str]
    ) -> tuple[Exercise, ...]:
        left = now.length - total_seconds(own)
        if left < _FILLED_FROM:
            return ()
        here = msgspec.structs.replace(now, length=left)
        found = Composer(self._catalogue, here, gone, without).found()
        whole = (*own, *(found.blocks if found is not None else ()))
        good = fits(whole, now) and total_seconds(whole) <= now.length
        return whole[len(own) :] if good else ()

    def _is_asked(self, block: Exercise, now: Context) -> bool:
        """As the programme says, and nothing stands in its way."""
        return any(
            obstacle(one, block.movement, now, Past()) is None
            for one in self._prescriptions(now.day)
            if one.movement == block.movement.id and one.exercise(block.movement) == block
        )

    def _prescriptions(self, day: date) -> tuple[Prescription, ...]:
        programme = self._history.programme(day)
        span = programme.on(day) if programme is not None else None
        return span.asked if span is not None else ()

    def fits(self, plan: Plan, at: datetime, *, meeting: bool) -> bool:
        """Is it still right for the person, here and now? What was done before does not matter."""
        if not plan.whole or (meeting and plan.length > _MEETING_LENGTH):
            return False
        now = self._context(at, 0, plan.length, self._situation(at, meeting=meeting))
        own = [block for block in plan.blocks if self._is_asked(block, now)]
        movements = [block.movement for block in plan.blocks if block not in own]
        if {movement.id for movement in movements} & now.unwanted:
            if self._composer(now).wanted() is not None:
                return False
            *_, now = yielding(now, self._catalogue)
        harms = any(too_much(plan.blocks, plan.side, now))
        uneven = any(block.extra_side for block in plan.blocks)
        harms = harms or (uneven and self._catalogue.even(now.cautions))
        return not harms and all(allowed(movement, now, Past()) for movement in movements)

    def named(self, word: str, at: datetime) -> Plan:
        """The routine or the movement that is called so, as the person wants it. Raises NoSuch."""
        name = find(self._catalogue, word)
        routine = self._catalogue.routines.get(name)
        blocks: tuple[Block, ...]
        length: int = 0
        if routine is not None:
            blocks, length = routine.blocks, routine.length_s
            if self._catalogue.even(self._profile.cautions):
                blocks = tuple(block for block in blocks if not block.extra_side)
        else:
            blocks = (Block(name, self._catalogue.movements[name].default_s),)
        now = self._context(at, 0, length, Situation.DESK)
        sided = any(block.movement.sided for block in self._catalogue.exercises(blocks))
        side = start(now, self._past(at)).side if sided else Side.BOTH
        return planned(self._catalogue, name, blocks, side, (), length)

    def new_in(self, plan: Plan) -> frozenset[str]:
        """Its movements that the person was never guided through."""
        return plan.movements - self._history.guided

    def _turn(self, at: datetime, length: int) -> Iterator[Why]:
        """What the composer cannot know of the choice."""
        if self._history.weeks_off(at):
            yield Why.BACK
        if length > self._rules.routine:
            yield Why.LONGER

    def length(self) -> int:
        """The longer one with each so many-th prompt; those asked for do not count."""
        every, since = self._rules.longer_every, 0
        for offer in reversed(self._history.offers):
            if offer.life.longest >= self._rules.longer:  # a last call was the longer one's turn
                break
            since += not offer.asked
        return self._rules.longer if every and since >= every - 1 else self._rules.routine

    def place(self, at: datetime) -> Place:
        """Where it was said today to be, else where the settings say."""
        said = self._history.place
        return said[1] if said is not None and said[0] == self._day(at) else self._profile.here

    def sore(self, at: datetime) -> Side | None:
        """The side that was said today to be sore."""
        said = self._history.sore
        return said[1] if said is not None and said[0] == self._day(at) else None

    def _day(self, at: datetime) -> date:
        return day_of(at, self._rules.day_turn)

    def _situation(self, at: datetime, *, meeting: bool) -> Situation:
        history = self._history
        if meeting:
            return Situation.MEETING
        arrived = history.arrived
        if (
            arrived is not None
            and _NOW <= at - arrived <= _TRAVELLED
            and not history.done_since(arrived)
        ):
            return Situation.TRAVEL
        if history.long_meeting_over(at):
            return Situation.AFTER_MEETING
        return Situation.EVENING if self._evening(at) else Situation.DESK

    def _evening(self, at: datetime) -> bool:
        """The last hour of work, where hours are set."""
        later = at + timedelta(seconds=HOUR)
        if not self._rules.hours:
            return at.hour >= _EVENING or at.time() < self._rules.day_turn
        opens = opens_at(at, self._rules.hours)
        again = opens is not None and opens.date() == at.date()
        covered = any(span.covers(at) for span in self._rules.hours)
        return covered and not again and not open_hours(later, self._rules.hours)

    def _hurts(self, at: datetime) -> tuple[int, frozenset[Side]]:
        """How much, and on which sides more than before: what was said today and at the check-in
        count both."""
        told, sore = self._check_ins.entries, self.sore(at)
        return max(pain(told, at), SORE if sore is not None else 0), risen(told, at)

    def _context(self, at: datetime, number: int, length: int, situation: Situation) -> Context:
        profile, sore, (level, sides) = self._profile, self.sore(at), self._hurts(at)
        day, place, history = self._day(at), self.place(at), self._history
        return Context(
            at=at, day=day, length=length, things=profile.things(place),
            cautions=profile.cautions,
            stage=self._progress.stage, strong=profile.strong, flexible=profile.flexible,
            discreet=profile.discreet, never=profile.never, resting=resting(history, at),
            by_plan=self._held_back(day),
            refused=holding(history, at, day, place), situation=situation, sore=sore,
            pain=level, risen=sides, tighter=profile.tighter, weaker=profile.weaker,
            number=number, seed=self._seed,
        )  # fmt: skip

    def _held_back(self, day: date) -> frozenset[str]:
        """What a programme leaves out, and what it asks for: that comes as it says, and no more."""
        programme = self._history.programme(day)
        span = programme.on(day) if programme is not None else None
        if span is None:
            return frozenset()
        known = self._catalogue.movements
        own = [known[name] for name in span.movements if name in known]
        # What is to be kept for it: there are so many breaks with a ball a day, and no more.
        like = {m.id for m in known.values() if any(_alike(m, one) for one in own)}
        return frozenset(span.leave_out) | span.movements | like

    # What was

    def _past(self, at: datetime) -> Past:
        """Of one moment it is asked for several times: by the composer, a programme, a status."""
        key = self._history.version, at
        if self._was is None or self._was[0] != key:
            self._was = key, past(self._history, at, self._day(at))
        return self._was[1]


def _alike(one: Movement, other: Movement) -> bool:
    """There is a measure for the two of them together."""
    return (one.ball and other.ball) or one.level == other.level == "strong"
