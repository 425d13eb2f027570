"""Lives made up by chance: months of prompts at all kinds of desks, for the coach to serve."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from random import Random
from typing import get_args

from msgspec.structs import replace

from desk import CATALOGUE
from qlbreak.core.coach.check_ins import CheckIns
from qlbreak.core.coach.coach import Coach
from qlbreak.core.coach.composer import Plan
from qlbreak.core.coach.history import History
from qlbreak.core.coach.progress import Progress
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    CheckedIn,
    Expired,
    Felt,
    Launched,
    Meeting,
    Moved,
    Shown,
    Sore,
    Staged,
    Worked,
)
from qlbreak.core.model.movements import Flag, Stage, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.routine import legs
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Answer, By, Evidence, Feeling, Refusal, Side

START = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
BARE = frozenset[Thing](("chair",))


@dataclass(frozen=True, eq=False)  # the same as no other, so that what is told of it is kept
class Moment:
    """A proposal, and all that was known when it was made."""

    at: datetime
    profile: Profile
    rules: Rules
    stage: Stage
    length: int
    meeting: bool
    facts: tuple[AnyFact, ...]
    plan: Plan

    @cached_property
    def place(self) -> Place:
        place = self.profile.here
        for fact in self.facts:
            if isinstance(fact, Moved):
                place = fact.place if day(fact.at) == day(self.at) else self.profile.here
        return place

    @cached_property
    def things(self) -> frozenset[Thing]:
        return self.profile.things(self.place)

    @cached_property
    def refused(self) -> set[Refusal]:
        """The reasons of today that are of this place."""
        return {
            fact.reason
            for fact in self.facts
            if isinstance(fact, Answered) and fact.reason
            if fact.place is self.place and day(fact.at) == day(self.at)
        }

    @cached_property
    def resting(self) -> set[str]:
        """What hurt within the week."""
        hurt = {
            fact.prompt
            for fact in self.facts
            if isinstance(fact, Answered) and fact.reason is Refusal.HURTS
            if self.at - fact.at <= timedelta(days=7)
        }
        shown = (fact for fact in self.facts if isinstance(fact, Shown))
        return {block.movement for fact in shown if fact.prompt in hurt for block in fact.blocks}

    @cached_property
    def sore(self) -> Side | None:
        told = [f for f in self.facts if isinstance(f, Sore) and day(f.at) == day(self.at)]
        return told[-1].side if told else None

    @cached_property
    def check_ins(self) -> list[CheckedIn]:
        """Those that say something; of two within twelve hours the later one."""
        found: list[CheckedIn] = []
        for fact in self.facts:
            if isinstance(fact, CheckedIn) and levels(fact):
                again = found and fact.at - found[-1].at < timedelta(hours=12)
                if again:
                    found[-1] = replace(fact, at=found[-1].at)
                else:
                    found.append(fact)
        return found

    @cached_property
    def pain(self) -> int:
        told = max(levels(self.check_ins[-1]), default=0) if self.check_ins else 0
        return max(told, 6 if self.sore is not None else 0)

    @cached_property
    def risen(self) -> set[Side]:
        if len(self.check_ins) < 2:
            return set()
        before, now = self.check_ins[-2:]
        found = set()
        for side in (Side.LEFT, Side.RIGHT):
            old, new = (
                getattr(e, side) if getattr(e, side) is not None else e.middle
                for e in (before, now)
            )
            if old is not None and new is not None and new >= old + 2:
                found.add(side)
        return found

    @cached_property
    def hurts(self) -> bool:
        """As much as on a sore day."""
        return self.pain >= 6


def levels(fact: CheckedIn) -> list[int]:
    return [n for n in (fact.left, fact.right, fact.middle) if n is not None]


def day(at: datetime) -> object:
    return (at - timedelta(hours=4)).date()


class Life:
    """The same seed gives the same life."""

    def __init__(self, seed: int, profile: Profile | None = None, rules: Rules | None = None):
        self.dice = Random(seed)
        # Of check-ins, and of why something is skipped: they leave the other chances as they are.
        self.tells, self.reasons = Random(-seed - 1), Random(f"why {seed}")
        self.rules = rules or Rules(routine=self.dice.choice([30, 60, 60, 90, 180]))
        self.profile = profile or self._profile()
        self.history = History(CATALOGUE, self.rules.day_turn)
        self.progress = Progress()
        self.check_ins = CheckIns()
        self.coach = Coach(
            CATALOGUE, self.rules, self.profile, self.history, self.progress, self.check_ins, seed
        )
        self.at = START
        self.number = 0
        self.facts: list[AnyFact] = []
        self.tell(Launched(self.at, "", stage=self.dice.choice(list(Stage))))

    def _profile(self) -> Profile:
        dice = self.dice
        things = list(get_args(Thing))
        flags = list(get_args(Flag))
        side = [None, Side.LEFT, Side.RIGHT]
        few = dice.choice([0, 0, 1, 3, len(flags)])
        return Profile(
            tighter=dice.choice(side),
            weaker=dice.choice(side),
            cautions=frozenset(dice.sample(flags, few)),
            strong=dice.random() < 0.4,
            flexible=dice.random() < 0.2,
            discreet=dice.random() < 0.15,
            here=dice.choice(list(Place)),
            office=frozenset(dice.sample(things, dice.randint(0, len(things)))),
            home=frozenset(things),
            travel=BARE,
        )

    def tell(self, fact: AnyFact) -> None:
        self.facts.append(fact)
        self.history.apply(fact)
        self.progress.apply(fact)
        self.check_ins.apply(fact, fact.at.timestamp())

    def propose(self, length: int | None = None, *, meeting: bool = False) -> Moment:
        self.number += 1
        plan = self.coach.propose(self.at, self.number, length, meeting=meeting)
        return Moment(
            self.at, self.profile, self.rules, self.progress.stage, plan.length, meeting,
            tuple(self.facts), plan,
        )  # fmt: skip

    def live(self, days: int, prompts: int) -> Iterator[Moment]:
        for number in range(days):
            self.at = START + timedelta(days=number)
            if self.dice.random() < 0.05:
                continue
            for _ in range(prompts):
                self.at += timedelta(minutes=self.dice.randint(25, 60))
                self._meanwhile()
                meeting = self.dice.random() < 0.08
                length = 30 if self.dice.random() < 0.1 else None
                moment = self.propose(length, meeting=meeting)
                yield moment
                self.answer(moment.plan)

    def _meanwhile(self) -> None:
        dice = self.dice
        if dice.random() < 0.03:
            self.tell(Sore(self.at, dice.choice([None, *Side])))
        if dice.random() < 0.03:
            self.tell(Arrived(self.at, 3600.0))
        if dice.random() < 0.04:
            self.tell(Meeting(self.at - timedelta(hours=2), 5400.0))
        if dice.random() < 0.03:
            self.tell(Moved(self.at, dice.choice(list(Place))))
        if self.tells.random() < 0.01:
            values = (None, 0, 2, 3, 3, 4, 7)
            left, right, middle = (self.tells.choice(values) for _ in range(3))
            self.tell(CheckedIn(self.at, left, right, middle))
        if dice.random() < 0.01:
            self.tell(Staged(self.at, dice.choice(list(Stage)), By.USER))

    def answer(self, plan: Plan) -> None:
        """Done, left half-way, skipped, ignored: as people do."""
        dice, number = self.dice, self.number
        self.tell(
            Shown(
                self.at, number, plan.routine, plan.side, 1800.0, length=plan.length,
                blocks=plan.told, why=plan.why,
            )
        )  # fmt: skip
        match dice.choice(["done", "done", "guided", "half", "skip", "ignore"]):
            case "done":
                self.tell(Answered(self.at, number, Answer.DONE, "tray", Evidence.CLAIMED))
            case "guided":
                self.guided(plan, 1.0)
                self.tell(Answered(self.at, number, Answer.DONE, "guide", Evidence.GUIDED))
            case "half":
                self.guided(plan, dice.random())
                self.tell(Expired(self.at, number))
            case "skip":
                self.tell(self.skipped(number))
            case _:
                self.tell(Expired(self.at, number))
        if dice.random() < 0.05:
            self.tell(Felt(self.at, number, dice.choice(list(Feeling))))

    def skipped(self, number: int) -> Answered:
        """Now and then with a reason."""
        told = self.reasons.random() < 0.2
        reason = self.reasons.choice(list(Refusal)) if told else None
        here = reason in (Refusal.NO_ROOM, Refusal.SEEN)
        place = self.coach.place(self.at) if here else None
        return Answered(self.at, number, Answer.SKIPPED, "tray", reason=reason, place=place)

    def guided(self, plan: Plan, share: float) -> None:
        """From the start up to that share of the work."""
        course = list(legs(plan.blocks, plan.side))
        left = share * sum(seconds for _, _, seconds in course)
        for block, side, seconds in course:
            done = min(seconds, left)
            left -= done
            if done > 0:
                name, extra = block.movement.id, block.extra_side
                self.tell(Worked(self.at, self.number, name, side, done, extra))


@cache
def moments() -> tuple[Moment, ...]:
    """Thousands of proposals."""
    found: list[Moment] = []
    for seed in range(80):
        found += Life(seed).live(8, 9)
    return tuple(found)
