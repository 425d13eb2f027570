"""What was, as the composer wants it: from the history to what decides what comes next."""

from collections import Counter
from datetime import date, datetime, timedelta

from qlbreak.core.coach.constraints import APART, Past
from qlbreak.core.coach.history import History, Offer
from qlbreak.core.coach.refusals import of_the_moment
from qlbreak.core.model.movements import Kind
from qlbreak.core.model.rules import REMEMBERED
from qlbreak.core.model.terms import Ending, Feeling, Side

_LATELY = timedelta(days=3)  # over which the shares are evened out
_WEEK = timedelta(days=7)


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
