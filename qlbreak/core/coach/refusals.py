"""What follows from why somebody skipped: for the day and the place, or for a week."""

from datetime import date, datetime, timedelta

from qlbreak.core.coach.history import History, Offer
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Refusal

# What the safety text says of a movement that hurts: it is skipped for a week.
_RESTS = timedelta(days=7)
OF_THE_PLACE = (Refusal.NO_ROOM, Refusal.SEEN)
_DAY = timedelta(days=1)


def resting(history: History, at: datetime) -> frozenset[str]:
    """The movements of what hurt: they rest."""
    hurt = (o for o in history.refused(at - _RESTS) if o.life.reason is Refusal.HURTS)
    return frozenset().union(*(offer.ids for offer in hurt))


def holding(history: History, at: datetime, day: date, place: Place) -> frozenset[Refusal]:
    """The reasons that still hold: those of a place for the rest of the day there. That something
    hurt is worth a word with the next one."""
    found = {
        offer.life.reason
        for offer in history.refused(at - 2 * _DAY)
        if offer.day == day and offer.life.place is place
    }
    last = history.offers[-1:]
    hurt = [Refusal.HURTS] if last and last[0].life.reason is Refusal.HURTS else []
    return frozenset([*(reason for reason in OF_THE_PLACE if reason in found), *hurt])


def of_the_moment(offer: Offer) -> bool:
    """Skipped for a reason that says nothing of the work that was offered."""
    return offer.life.reason in (*OF_THE_PLACE, Refusal.NOT_NOW)
