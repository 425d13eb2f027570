"""Puts a routine together: shape, movements, seconds, sides; or takes a worked one that fits."""

from collections.abc import Iterator, Sequence
from itertools import product
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.coach.balance import NEIGHBOURS, Shape, order, shapes, start
from qlbreak.core.coach.constraints import (
    Context,
    Past,
    Situation,
    allowed,
    extra_fits,
    faults,
    fresh,
    least_seconds,
    most_seconds,
    spared,
)
from qlbreak.core.model.movements import (
    Block,
    Catalogue,
    Exercise,
    Kind,
    Movement,
    Position,
    Routine,
)
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.terms import Refusal, Side, Why

_FILLED = 0.6  # of the length that was asked for
_NEVER = 1 << 20  # offers ago

_TRAVEL = {"just parked", "just landed", "after a drive", "after a flight"}
_MEETING = {"call", "meeting", "long meeting", "balls already in the chair"}
_EVENING = {"end of day"}
_LOOSEN = (Kind.RESET, Kind.RELEASE)
_REFUSED = {
    Refusal.HURTS: Why.HURT,
    Refusal.NO_ROOM: Why.NO_ROOM,
    Refusal.SEEN: Why.SEEN,
}
_BEHIND = {
    Kind.RELEASE: Why.LOOSEN_BEHIND,
    Kind.LENGTHEN: Why.LENGTHEN_BEHIND,
    Kind.STRENGTHEN: Why.STRENGTHEN_BEHIND,
}


class Plan(Struct, frozen=True):
    """A routine for now. `routine`: the id of a worked one, or its movements joined by "+".

    `length`: the seconds it was made for; it may take less. `worked`: the name of a worked one.
    `lost`: movements of it that nobody knows any more. `prescriber`: from whom the programme is
    that some of it is from.
    """

    routine: str
    blocks: tuple[Exercise, ...]
    side: Side
    why: tuple[Why, ...] = ()
    length: int = 0
    worked: str = ""
    lost: tuple[str, ...] = ()
    prescriber: str = ""

    @property
    def movements(self) -> frozenset[str]:
        """Their ids."""
        return frozenset(exercise.movement.id for exercise in self.blocks)

    @property
    def whole(self) -> bool:
        """There is something in it, and all of it is known."""
        return bool(self.blocks) and not self.lost

    @property
    def told(self) -> tuple[Block, ...]:
        """What facts say of it."""
        return tuple(exercise.block for exercise in self.blocks)


def planned(
    catalogue: Catalogue,
    routine: str,
    told: tuple[Block, ...],
    side: Side,
    why: tuple[Why, ...] = (),
    length: int = 0,
    prescriber: str = "",
) -> Plan:
    """The plan that is told of, by a fact or a file."""
    worked = catalogue.routines.get(routine)
    name = worked.name if worked is not None else ""
    lost = tuple(block.movement for block in told if block.movement not in catalogue.movements)
    exercises = catalogue.exercises(told)
    return Plan(routine, exercises, side, why, length, name, lost, prescriber)


def yielding(now: Context, catalogue: Catalogue) -> Iterator[Context]:
    """Where what suits everybody may come though it is not wanted; what hurt last of all."""
    everybody = {m.id for m in catalogue.movements.values() if m.suits_everybody}
    for resting in (now.resting, now.resting - everybody):
        yield replace(
            now, never=now.never - everybody, resting=resting, by_plan=now.by_plan - everybody
        )


class Composer:
    """For one moment. The same catalogue, context and past give the same plan. *without* these
    movements: something else was asked for."""

    def __init__(
        self, catalogue: Catalogue, now: Context, past: Past, without: frozenset[str] = frozenset()
    ) -> None:
        self._catalogue = catalogue
        self._now = now
        self._past = past
        self._start = start(now, past)
        self._order = order(now, past)
        here = [m for m in catalogue.movements.values() if allowed(m, now, past)]
        self._pool = [m for m in here if m.id not in without]

    def plan(self) -> Plan:
        """What is not wanted comes where nothing else would be left, and that is said."""
        if (found := self.wanted()) is not None:
            return found
        for now in yielding(self._now, self._catalogue):
            if (found := self._else(now)) is not None:
                return replace(found, why=(*found.why, Why.RESORT))
        raise AssertionError("a movement that needs nothing and harms nobody is always there")

    def wanted(self) -> Plan | None:
        """None where nothing is left of what is wanted. That something strengthens is less than
        that."""
        return self.found() or self._else(replace(self._now, eased=True))

    def _else(self, now: Context) -> Plan | None:
        return Composer(self._catalogue, now, self._past).found()

    def found(self) -> Plan | None:
        """None where too much is to be left out."""
        worked = self._worked()
        if worked is not None and (self._past.composed_last or self._special):
            return self._told(worked.id, self._capped(worked), worked.name, few=False)
        # That a movement does not come again too soon weighs more than the time it fills.
        for few, short in product((False, True), repeat=2):
            for shape in shapes(self._now, self._past, self._order, short=short):
                blocks = self._filled(shape, few=few, short=short)
                if blocks:
                    named = "+".join(block.movement.id for block in blocks if not block.extra_side)
                    return self._told(named, self._lasting(blocks), few=few)
        return None

    @property
    def _special(self) -> bool:
        return self._now.situation in (Situation.TRAVEL, Situation.EVENING)

    # A worked one

    def _worked(self) -> Routine | None:
        """The one that fits and was longest ago."""
        now, past, found = self._now, self._past, list[Routine]()
        ids = {movement.id for movement in self._pool if fresh(movement, past)}
        for routine in self._catalogue.routines.values():
            blocks = self._catalogue.exercises(routine.blocks)
            known = all(block.movement.id in ids and self._enough(block) for block in blocks)
            if known and routine.length_s == now.length and self._suits(routine):
                blocks = self._capped(routine)
                if not any(faults(blocks, self._start.side, now, past)):
                    found.append(routine)
        return min(found, key=self._waited, default=None)

    def _enough(self, block: Exercise) -> bool:
        """Long enough for the person; an extra set comes after a full one."""
        least = least_seconds(block.movement, self._now, self._past)
        return block.extra_side or block.seconds >= least

    def _suits(self, routine: Routine) -> bool:
        contexts = set[str](routine.contexts)
        match self._now.situation:
            case Situation.TRAVEL:
                return bool(contexts & _TRAVEL)
            case Situation.EVENING:
                return contexts >= _EVENING
            case Situation.MEETING:
                return bool(contexts & _MEETING) and self._leads(routine)
            case _:
                quiet = contexts <= _MEETING and not self._now.quiet
                elsewhere = quiet or contexts <= _TRAVEL or contexts >= _EVENING
                return not elsewhere and self._leads(routine)

    def _leads(self, routine: Routine) -> bool:
        """Does its main part give what is most behind? Long ones have something of everything."""
        if self._now.length >= 90:
            return True
        blocks = self._catalogue.exercises(routine.blocks)
        roles = {block.movement.role for block in blocks}
        return self._order[0] in roles or (self._order[0] is Kind.RELEASE and roles <= {*_LOOSEN})

    def _waited(self, routine: Routine) -> tuple[int, int]:
        age = min(self._past.age.get(block.movement, _NEVER) for block in routine.blocks)
        return -age, self._dice(routine.id)

    def _capped(self, routine: Routine) -> tuple[Exercise, ...]:
        """Without the extra set where there is no side for it, and no longer than is good now."""
        side = self._start.side
        blocks = []
        for block in self._catalogue.exercises(routine.blocks):
            seconds = min(block.seconds, most_seconds(block.movement, self._now))
            if not block.extra_side or self._wants_extra(block.movement):
                blocks.append(Exercise(block.movement, seconds, block.extra_side))
        if not extra_fits(blocks, side, self._past):
            blocks = [block for block in blocks if not block.extra_side]
        return tuple(blocks)

    # A composed one

    def _filled(self, shape: Shape, *, few: bool, short: bool) -> tuple[Exercise, ...]:
        """The first choice of movements that fits into the time, as short as they may be now; and
        that could fill a good part of it, unless it may be `short`."""
        order = sorted(range(len(shape)), key=lambda index: self._need(shape[index]))
        chosen: dict[int, Movement] = {}

        def fill(depth: int) -> tuple[Exercise, ...]:
            blocks = tuple(self._least(chosen[index]) for index in sorted(chosen))
            if total_seconds(blocks) > self._now.length:
                return ()
            if depth == len(order):
                broken = faults(blocks, self._start.side, self._now, self._past)
                return () if any(broken) or not (short or self._fills(blocks)) else blocks
            for movement in self.candidates(shape[order[depth]], few):
                chosen[order[depth]] = movement
                if found := fill(depth + 1):
                    return found
                del chosen[order[depth]]
            return ()

        return fill(0)

    def _fills(self, blocks: tuple[Exercise, ...]) -> bool:
        movements = (block.movement for block in blocks)
        longest = [Exercise(m, most_seconds(m, self._now)) for m in movements]
        return total_seconds(longest) >= _FILLED * self._now.length

    def _least(self, movement: Movement) -> Exercise:
        return Exercise(movement, least_seconds(movement, self._now, self._past))

    def _need(self, role: Kind) -> int:
        """Rank of what is behind; a reset only opens, and takes what time there is."""
        return self._order.index(role) if role in self._order else len(self._order)

    def candidates(self, role: Kind, few: bool) -> list[Movement]:
        """That may come here, the best first; `few`: also those that came lately."""
        found = [m for m in self._pool if m.role is role and (few or fresh(m, self._past))]
        ranked = sorted(found, key=self._rank)
        walk = role is Kind.RESET and self._now.situation is Situation.TRAVEL
        return ranked[:1] if walk else ranked  # a walk first, whatever else then has no room

    def _rank(self, movement: Movement) -> tuple[bool, bool, int, bool, int, int]:
        past = self._past
        total = sum(past.by_role.values())
        neighbour = past.neighbours < NEIGHBOURS * total
        age = past.age.get(movement.id, _NEVER)
        travel = self._now.situation is Situation.TRAVEL
        return (
            movement.id in past.worse,
            not self._liked(movement),
            -movement.default_s if travel and movement.role is Kind.RESET else 0,  # a walk first
            movement.role is not Kind.RESET and (movement.kind is Kind.NEIGHBOUR) is not neighbour,
            -age,
            self._dice(movement.id),
        )

    def _liked(self, movement: Movement) -> bool:
        match self._now.situation:
            case Situation.TRAVEL | Situation.AFTER_MEETING:
                return movement.position is not Position.SEATED
            case Situation.EVENING:
                return movement.position is Position.FLOOR
            case _:
                return True

    def _dice(self, name: str) -> int:
        return crc32(f"{self._now.seed}:{self._now.number}:{name}".encode())

    # Seconds and the extra set

    def _lasting(self, blocks: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        """The time that is left goes to the work first, up to the usual, then up to the most."""
        blocks = self._with_extra(blocks)
        for usual in (True, False):
            for resets in (False, True):
                grown = True
                while grown:
                    grown = False
                    for index in range(len(blocks)):
                        longer = self._longer(blocks, index, usual, resets)
                        if longer:
                            blocks, grown = longer, True
        return blocks

    def _longer(
        self, blocks: tuple[Exercise, ...], index: int, usual: bool, resets: bool
    ) -> tuple[Exercise, ...]:
        """A repetition more for a block, or a second; nothing where that is too much."""
        block = blocks[index]
        movement = block.movement
        most = most_seconds(movement, self._now)
        if usual:
            most = min(most, movement.default_s)
        if block.extra_side:  # never longer than the set before it
            most = min(most, *(b.seconds for b in blocks if b.movement is movement))
        seconds = movement.dose.longer(block.seconds)
        if not block.seconds < seconds <= most or (movement.role is Kind.RESET) is not resets:
            return ()
        more = Exercise(movement, seconds, block.extra_side)
        longer = (*blocks[:index], more, *blocks[index + 1 :])
        late = total_seconds(longer) > self._now.length
        fits = not block.extra_side or self._extra_fits(longer)
        return longer if fits and not late else ()

    def _with_extra(self, blocks: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        if self._now.length < 180:
            return blocks
        for index in reversed(range(len(blocks))):
            movement = blocks[index].movement
            extra = Exercise(movement, movement.min_s, extra_side=True)
            longer = (*blocks[: index + 1], extra, *blocks[index + 1 :])
            late = total_seconds(longer) > self._now.length
            if self._wants_extra(movement) and self._extra_fits(longer) and not late:
                return longer
        return blocks

    def _extra_fits(self, blocks: Sequence[Exercise]) -> bool:
        return extra_fits(blocks, self._start.side, self._past)

    def _wants_extra(self, movement: Movement) -> bool:
        """The tighter side gets loosening, the weaker one work; none for a side that is behind,
        or more work for one that hurts."""
        now, side = self._now, self._start.side
        strong = movement.level == "strong"  # one set of these is enough
        even = self._catalogue.even(now.cautions)
        if not movement.sided or strong or even or self._start.why is Why.SIDE_BEHIND:
            return False
        if movement.role is Kind.STRENGTHEN:
            return now.weaker is side and not spared(now, side)
        return now.tighter is side and movement.role in (Kind.RELEASE, Kind.LENGTHEN)

    # What is said of it

    def _told(
        self, name: str, blocks: tuple[Exercise, ...], worked: str = "", *, few: bool
    ) -> Plan:
        movements = [block.movement for block in blocks]
        sided = any(movement.sided for movement in movements)
        why = [*self._reasons(movements)]
        if few:
            why.append(Why.FEW)
        if sided:
            why.append(self._start.why)
        if any(block.extra_side for block in blocks):
            why.append(Why.EXTRA)
        side = self._start.side if sided else Side.BOTH
        return Plan(name, blocks, side, tuple(why), self._now.length, worked)

    def _reasons(self, movements: list[Movement]) -> Iterator[Why]:
        now = self._now
        if now.sore is not None:
            yield Why.SORE
        elif now.is_sore or now.risen:
            yield Why.CHECK_IN
        if now.situation is not Situation.DESK:
            yield Why(now.situation.value)
        if now.situation is not Situation.MEETING:  # where all is seated and discreet anyway
            yield from (why for refusal, why in _REFUSED.items() if refusal in now.refused)
        lead = self._order[0]
        roles = {Kind.RELEASE if m.role in _LOOSEN else m.role for m in movements}
        if self._past.by_role and now.length < 180 and lead in roles:
            yield _BEHIND[lead]
