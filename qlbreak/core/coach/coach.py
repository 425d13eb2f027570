"""The coach: from everything that is known now to the routine that is offered."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from qlbreak.core.coach.balance import start
from qlbreak.core.coach.check_ins import CheckIns, pain, risen
from qlbreak.core.coach.composer import Composer, Plan, planned, yielding
from qlbreak.core.coach.constraints import APART, SORE, Context, Past, Situation, allowed, too_much
from qlbreak.core.coach.history import REMEMBERED, History, Offer
from qlbreak.core.coach.progress import Progress
from qlbreak.core.coach.refusals import holding, of_the_moment, resting
from qlbreak.core.coach.substitute import going_on
from qlbreak.core.model.movements import Block, Catalogue, Kind
from qlbreak.core.model.naming import find
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import HOUR, Rules, day_of, open_hours, opens_at
from qlbreak.core.model.terms import Ending, Feeling, Side, Why

_NOW = timedelta(0)
_LATELY = timedelta(days=3)  # over which the shares are evened out
_WEEK = timedelta(days=7)
_TRAVELLED = timedelta(hours=1)  # since the arrival
_EVENING = 17  # o'clock, where no hours are set
_MEETING_LENGTH = 30


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
        rest = resting(self._history, at)
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
            rest,
            upright,
            without,
        )
        if self._cached is None or self._cached[0] != key:
            now = self._context(at, number, length, situation)
            plan = upright and self._upright(now, without)
            plan = plan or self._composer(now, without).found() or self._composer(now).plan()
            turn = (Why.LAST_CALL,) if last_call else tuple(self._turn(at, length))
            self._cached = key, msgspec.structs.replace(plan, why=(*turn, *plan.why))
        return self._cached[1]

    def _upright(self, now: Context, without: frozenset[str]) -> Plan | None:
        """In a meeting one is to be seen, and so seated; there and where nothing else suits the
        person what is done seated has to do."""
        now = msgspec.structs.replace(now, upright=True)
        if now.situation is Situation.MEETING:
            return None
        return self._composer(now, without).found() or self._composer(now).wanted()

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
        now = self._context(at, number, length, self._situation(at, meeting=meeting))
        now = msgspec.structs.replace(now, upright=upright and not meeting)
        gone = past(self._history, at, now.day, but=number)  # what is passed over has not been
        found = Composer(self._catalogue, now, gone, without).found()
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
        now = self._context(at, number, plan.length, self._situation(at, meeting=meeting))
        now = msgspec.structs.replace(now, upright=upright and not meeting)
        gone = past(self._history, at, now.day, but=number)
        return going_on(self._catalogue, plan, block, without, passed_over, now, gone)

    @property
    def never(self) -> frozenset[str]:
        """What is not to be offered, by the settings."""
        return self._profile.never

    def _composer(self, now: Context, without: frozenset[str] = frozenset()) -> Composer:
        return Composer(self._catalogue, now, self._past(now.at), without)

    def fits(self, plan: Plan, at: datetime, *, meeting: bool) -> bool:
        """Is it still right for the person, here and now? What was done before does not matter."""
        if not plan.whole or (meeting and plan.length > _MEETING_LENGTH):
            return False
        now = self._context(at, 0, plan.length, self._situation(at, meeting=meeting))
        if plan.movements & now.unwanted:
            if self._composer(now).wanted() is not None:
                return False
            *_, now = yielding(now, self._catalogue)
        movements = [block.movement for block in plan.blocks]
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
            if offer.life.longest == self._rules.longer:  # a last call was the longer one's turn
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
            refused=holding(history, at, day, place), situation=situation, sore=sore,
            pain=level, risen=sides, tighter=profile.tighter, weaker=profile.weaker,
            number=number, seed=self._seed,
        )  # fmt: skip

    # What was

    def _past(self, at: datetime) -> Past:
        return past(self._history, at, self._day(at))


def past(history: History, at: datetime, day: date, but: int | None = None) -> Past:
    """The history as the composer wants it; *but* for this prompt of our own."""
    offers = [offer for offer in history.all_but(but) if at - offer.at <= REMEMBERED]
    age: dict[str, int] = {}
    for number, offer in enumerate(reversed(offers)):
        for name in offer.ids:
            age.setdefault(name, number)
    done = [offer for offer in offers if offer.done]
    today = [offer for offer in done if offer.day == day]
    lately = [offer for offer in done if at - offer.at <= _LATELY]
    by_role, neighbours = _shares(history, lately)
    regular, extra = _sides(history, today)
    left, right = (_sides(history, done)[0].get(side, 0.0) for side in (Side.LEFT, Side.RIGHT))
    worse = [o for o in done if o.life.feeling is Feeling.WORSE and at - o.at <= _WEEK]
    balls = [_has(offer, ball=True) for offer in today]
    sided = [offer.side for offer in offers if offer.side is not Side.BOTH]
    return Past(
        recent=frozenset().union(*(offer.ids for offer in offers[-APART:])),
        age=age,
        times=Counter(name for offer in done for name in _names(history, offer)),
        today=Counter(name for offer in today for name in _names(history, offer)),
        worse=frozenset().union(*(offer.ids for offer in worse)),
        by_role=by_role,
        neighbours=neighbours,
        balls_today=sum(balls),
        ball_last=bool(done) and _has(done[-1], ball=True),
        strong_today=sum(_has(offer, ball=False) for offer in today),
        balance=left - right,
        regular=regular,
        extra=extra,
        declined=_declined(offers),
        last_side=sided[-1] if sided else None,
        composed_last=not offers or "+" in offers[-1].routine,
        done=len(done),
    )


def _declined(offers: list[Offer]) -> frozenset[Kind]:
    last = offers[-2:]
    no = (Ending.SKIPPED, Ending.EXPIRED)
    if len(last) < 2 or any(offer.done or offer.life.ending not in no for offer in last):
        return frozenset()
    if any(of_the_moment(offer) for offer in last):
        return frozenset()
    first, second = ({block.movement.role for block in offer.blocks} for offer in last)
    return frozenset(first & second - {Kind.RESET})


def _names(history: History, offer: Offer) -> set[str]:
    return {work.movement for work in history.done(offer)}


def _has(offer: Offer, *, ball: bool) -> bool:
    """A ball, or a strong movement."""
    movements = (block.movement for block in offer.blocks)
    return any(m.ball if ball else m.level == "strong" for m in movements)


def _shares(history: History, offers: list[Offer]) -> tuple[dict[Kind, float], float]:
    by_role: dict[Kind, float] = {}
    neighbours = 0.0
    for offer in offers:
        for work in history.done(offer):
            movement = history.movement(work)
            if movement is not None:
                role = movement.role
                by_role[role] = by_role.get(role, 0.0) + work.seconds
                neighbours += work.seconds * (movement.kind is Kind.NEIGHBOUR)
    return by_role, neighbours


def _sides(history: History, offers: list[Offer]) -> tuple[dict[Side, float], dict[Side, float]]:
    """Seconds by side: of the regular sets, and of the extra ones."""
    regular: dict[Side, float] = {}
    extra: dict[Side, float] = {}
    for offer in offers:
        for work in history.done(offer):
            into = extra if work.extra else regular
            into[work.side] = into.get(work.side, 0.0) + work.seconds
    return regular, extra
