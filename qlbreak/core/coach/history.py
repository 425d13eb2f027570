"""What the coach remembers: what was offered and done, how it felt, what was declared."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    CheckedIn,
    Corrected,
    Discontinued,
    Expired,
    Felt,
    Held,
    Inquired,
    Launched,
    Meeting,
    Moved,
    Prescribed,
    Reopened,
    Sat,
    Shown,
    Sore,
    Started,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.life import Life, LifeFact, Works, after
from qlbreak.core.model.movements import Catalogue, Exercise, Movement
from qlbreak.core.model.profile import Place
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.rules import REMEMBERED, day_of
from qlbreak.core.model.terms import Ending, Side

_FORTNIGHT = timedelta(days=14)
_LONG_MEETING = 3600.0
_AFTERWARDS = timedelta(hours=1)
# They come all the time, and change nothing here.
_OF_NO_MOMENT = (Sat, Break, Held, Started)
# Where somebody is, and what stage there is, each device knows for itself.
_FROM_OTHERS = (
    Shown, Answered, Expired, Withdrawn, Corrected, Reopened, Worked, Felt, Sore,
    Inquired, CheckedIn, Prescribed, Discontinued,
)  # fmt: skip


_Number = tuple[str, int]  # of a prompt: each device counts its own


class Holding(NamedTuple):
    """A programme, and since when; None: there is none since."""

    since: datetime
    programme: Programme | None


class Offer:
    """A prompt as the coach looks back at it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.at = life.shown.at if life.shown is not None else life.began
        self.order = self.at  # among those of other devices
        self.day = self.at.date()
        self.blocks: tuple[Exercise, ...] = ()  # as far as the catalogue knows them

    @property
    def routine(self) -> str:
        return self.life.shown.routine if self.life.shown is not None else ""

    @property
    def side(self) -> Side:
        return self.life.shown.side if self.life.shown is not None else Side.BOTH

    @property
    def asked(self) -> bool:
        """By the person, at first."""
        return self.life.first is not None and self.life.first.asked

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(block.movement.id for block in self.blocks)

    @property
    def done(self) -> bool:
        """Something of it was done."""
        return self.life.ending is Ending.DONE or bool(self.life.works)


class History:
    """A fold over the facts, without decisions. Routines that a journal tells of by name only, or
    movements that the catalogue has lost, were offered as far as they are known."""

    def __init__(self, catalogue: Catalogue, turn: time) -> None:
        self._turn = turn
        self._take(catalogue)
        self._offers: dict[_Number, Offer] = {}  # in the order of time
        self.version = 0  # grows with every fact that may change what is proposed
        self._sores: dict[str, Sore] = {}  # the last that each device was told
        self._last_sore: dict[str, Sore] = {}  # the same, but for what was taken back
        self._moved: Moved | None = None
        self._holding: Holding | None = None  # what was said last, on whichever device
        self.arrived: datetime | None = None
        self.met: datetime | None = None  # when the last long meeting ended
        self._meeting: tuple[datetime, float] | None = None

    def follow(self, catalogue: Catalogue, turn: time) -> None:
        """Others apply from now on, to what was before as well."""
        self._turn = turn
        self._take(catalogue)
        for offer in self._offers.values():
            self._fit(offer)
        self.version += 1

    def _take(self, catalogue: Catalogue) -> None:
        self._catalogue, self._works = catalogue, Works(catalogue)

    @property
    def place(self) -> tuple[date, Place] | None:
        """The day and the place that were told last."""
        moved = self._moved
        return (day_of(moved.at, self._turn), moved.place) if moved is not None else None

    @property
    def prescribed(self) -> Holding | None:
        """The programme that holds, as far as its weeks go."""
        told = self._holding
        return told if told is not None and told.programme is not None else None

    def programme(self, day: date) -> Programme | None:
        """The one that asks for something then, or may."""
        held = self._holding.programme if self._holding is not None else None
        return held if held is not None and 1 <= held.week(day) <= held.weeks else None

    def lasting(self, at: datetime) -> tuple[Programme | None, datetime | None]:
        """The one that is not over yet, and since when."""
        held = self.prescribed
        if held is None or held.programme is None or held.programme.over(day_of(at, self._turn)):
            return None, None
        return held.programme, held.since

    @property
    def sore(self) -> tuple[date, Side] | None:
        """The day and the side that were told last."""
        last = max(self._sores.items(), key=lambda told: (told[1].at, told[0]), default=None)
        if last is None or last[1].side is None:
            return None
        return day_of(last[1].at, self._turn), last[1].side

    @property
    def sore_day(self) -> date | None:
        """The last one, also where it was taken back."""
        days = (day_of(fact.at, self._turn) for fact in self._last_sore.values())
        return max(days, default=None)

    @property
    def offers(self) -> list[Offer]:
        """The latest last; those without known movements are left out."""
        return self.all_but(None)

    def all_but(self, number: int | None) -> list[Offer]:
        """The same without that prompt of this device."""
        left_out = ("", number)
        return [o for told, o in self._offers.items() if o.blocks and told != left_out]

    @property
    def guided(self) -> frozenset[str]:
        """The movements that the guide has led through, as far as is remembered."""
        return frozenset(w.movement for offer in self._offers.values() for w in offer.life.works)

    def refused(self, since: datetime) -> Iterator[Offer]:
        """Those skipped for a reason that was said; also of movements that nobody knows here."""
        for offer in self._offers.values():
            if offer.life.reason is not None and offer.at >= since:
                yield offer

    def done_since(self, moment: datetime) -> bool:
        """Was anything done of what was offered since then?"""
        for offer in reversed(self.offers):
            if offer.at < moment:
                return False
            if offer.done:
                return True
        return False

    def done(self, offer: Offer) -> tuple[Work, ...]:
        """What was done of it: as it was guided, else as it was planned."""
        return self._works.of(offer.life)

    def movement(self, work: Work) -> Movement | None:
        """None where it is not known any more."""
        return self._catalogue.movements.get(work.movement)

    def long_meeting_over(self, at: datetime) -> bool:
        """A meeting of an hour or more has ended, and nothing was done since."""
        ended = self.met
        if self._meeting is not None:
            began, seconds = self._meeting
            end = began + timedelta(seconds=seconds)
            ended = end if seconds >= _LONG_MEETING and end <= at else ended
        fresh = ended is not None and timedelta(0) <= at - ended <= _AFTERWARDS
        return fresh and ended is not None and not self.done_since(ended)

    def last_done(self) -> datetime | None:
        return next((offer.at for offer in reversed(self.offers) if offer.done), None)

    def weeks_off(self, at: datetime) -> bool:
        """Nothing was done for two weeks, after there had been something."""
        last = self.last_done()
        return last is not None and at - last >= _FORTNIGHT

    def hear(self, device: str, fact: AnyFact) -> None:
        """What was recorded by another device; it may come late."""
        if isinstance(fact, _FROM_OTHERS):
            self.apply(fact, device)

    def apply(self, fact: AnyFact, device: str = "") -> None:
        """Without a *device*: of this one."""
        self.version += not isinstance(fact, _OF_NO_MOMENT)
        match fact:
            case _ if isinstance(fact, LifeFact):
                self._lived(fact, (device, fact.prompt))
            case Sore():
                self._sore(fact, device)
            case Prescribed(at=at, programme=programme):
                self._hold(Holding(at, programme))
            case Discontinued(at=at):
                self._hold(Holding(at, None))
            case Launched(prescribed=since, programme=programme) if since is not None:
                self._hold(Holding(since, programme))
            case _:
                self._declared(fact)

    def _lived(self, fact: LifeFact, number: _Number) -> None:
        offer = self._offers.get(number)
        life = after(offer.life if offer is not None else None, fact)
        if life is None:
            return
        if offer is None or isinstance(fact, Shown):
            self._offer(life, number)
        else:
            offer.life = life

    def _hold(self, told: Holding) -> None:
        """What was said last holds; it may come late."""
        if self._holding is None or told.since >= self._holding.since:
            self._holding = told

    def _sore(self, fact: Sore, device: str) -> None:
        self._sores[device] = fact
        if fact.side is not None:
            self._last_sore[device] = fact

    def _declared(self, fact: AnyFact) -> None:
        match fact:
            case Moved():
                self._moved = fact
            case Arrived():
                self.arrived = fact.at
            case Meeting(seconds=seconds):
                self._met(fact.at, seconds)
            case _:
                pass

    def _met(self, at: datetime, seconds: float) -> None:
        """Declared again before its end, it is one meeting that has become longer."""
        began, planned = self._meeting or (at, 0.0)
        over = min(at, began + timedelta(seconds=planned))
        if at < began + timedelta(seconds=planned) and seconds:
            self._meeting = began, (at - began).total_seconds() + seconds
            return
        if (over - began).total_seconds() >= _LONG_MEETING:
            self.met = over
        self._meeting = (at, seconds) if seconds else None

    def _offer(self, life: Life, number: _Number) -> None:
        offer = Offer(life)
        self._fit(offer)
        self._offers.pop(number, None)  # again, after a snooze
        latest = next(reversed(self._offers.values()), None)
        self._offers[number] = offer
        if latest is not None and offer.order <= latest.order:
            self._put_in_order(number[0], offer)
        oldest = next(iter(self._offers.values()))
        if offer.at - oldest.at > 2 * REMEMBERED:
            self._forget(offer.at - REMEMBERED)

    def _fit(self, offer: Offer) -> None:
        """What the catalogue knows of it, and the day that it belongs to."""
        shown = offer.life.shown
        told = self._catalogue.blocks(shown.routine, shown.blocks) if shown is not None else ()
        offer.blocks = self._catalogue.exercises(told)
        offer.day = day_of(offer.at, self._turn)

    def _put_in_order(self, device: str, latest: Offer) -> None:
        """Each device knows the order of its own, also where its clock was set back."""
        for (other, _), offer in self._offers.items():
            if other == device:
                offer.order = min(offer.order, latest.order)
        order = sorted(self._offers.items(), key=lambda known: (known[1].order, known[0]))
        self._offers = dict(order)

    def _forget(self, before: datetime) -> None:
        self._offers = {n: offer for n, offer in self._offers.items() if offer.at >= before}
