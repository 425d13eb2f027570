"""Several devices' records as one: what was sat or stood at two of them at once counts once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from typing import NamedTuple

import msgspec

from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Arrived,
    Break,
    Corrected,
    Elsewhere,
    Expired,
    Sat,
    Stayed,
    Stood,
    Withdrawn,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)
# Between what was sat before and after these the record must tell.
_CUTS = (Answered, Corrected, Expired, Withdrawn, Break)


_Spent = Sat | Stood


class _Span(NamedTuple):
    """Sat or stood at a device, from and to microseconds since 1970."""

    begin: int
    end: int
    device: int
    spent: _Spent

    @property
    def stood(self) -> bool:
        return isinstance(self.spent, Stood)


def merged(records: Mapping[str, list[AnyFact]], away: float) -> list[AnyFact]:
    """In the order of time, each prompt under a number of its own. A natural break is none where
    within *away* seconds another device was sat at, and what was done elsewhere stands there."""
    told = {name: facts for name, facts in sorted(records.items()) if facts}
    if len(told) <= 1:
        return list(*told.values())
    spans: list[list[_Span]] = []
    rest: list[tuple[int, AnyFact]] = []
    for nth, facts in enumerate(told.values()):
        spent, others = _parted(facts, told, nth)
        spans.append(spent)
        rest += ((nth, fact) for fact in others)
    busy = [_Busy([span for span in found if not span.stood]) for found in spans]
    kept = [(n, fact) for n, fact in rest if not _was_none(fact, n, busy, away)]
    cuts = sorted((fact.at - _EPOCH) // _UNIT for _, fact in kept if isinstance(fact, _CUTS))
    united = _union([span for found in spans for span in found], cuts)
    stamped: list[tuple[datetime, AnyFact]] = [(fact.at, fact) for fact in united]
    stamped += ((at, _renumbered(fact, n, len(told))) for at, n, fact in _stamped(kept))
    return list(_once(fact for _, fact in sorted(stamped, key=lambda one: one[0])))


def _parted(
    facts: list[AnyFact], told: Mapping[str, object], nth: int
) -> tuple[list[_Span], list[AnyFact]]:
    """What was sat and stood, and the rest. A break that was none is neither."""
    spans: list[_Span] = []
    rest: list[AnyFact] = []
    last: int | None = None  # the last natural break
    for fact in facts:
        match fact:
            case Sat() | Stood():
                spans.append(_span(fact, nth))
            case Arrived(at=at, seconds=seconds):
                spans.append(_span(Sat(at, seconds), nth))
            case Stayed(at=at, seconds=seconds):
                if last is not None:
                    at = rest.pop(last).at + timedelta(seconds=seconds)
                spans.append(_span(Sat(at, seconds), nth))
                last = None
            case Elsewhere(device=device) if device in told:
                last = None
            case _:
                last = len(rest) if isinstance(fact, Break) else last
                rest.append(fact)
    return spans, rest


def _span(spent: _Spent, nth: int) -> _Span:
    end = (spent.at - _EPOCH) // _UNIT
    return _Span(end - round(spent.seconds * 1e6), end, nth, spent)


class _Busy:
    """Answers whether anybody sat at a device at some time."""

    def __init__(self, spans: list[_Span]) -> None:
        order = sorted(spans, key=lambda span: span[:2])
        self._begins = [span.begin for span in order]
        self._ends = list(accumulate((span.end for span in order), max))

    def between(self, begin: int, end: int) -> bool:
        earlier = bisect_left(self._begins, end)
        return earlier > 0 and self._ends[earlier - 1] > begin


def _was_none(fact: AnyFact, nth: int, busy: list[_Busy], away: float) -> bool:
    """A break during which another device was sat at."""
    if not isinstance(fact, Break):
        return False
    begin = (fact.at - _EPOCH) // _UNIT
    end = begin + round(away * 1e6)
    return any(other.between(begin, end) for n, other in enumerate(busy) if n != nth)


def _renumbered(fact: AnyFact, nth: int, devices: int) -> AnyFact:
    number: int | None = getattr(fact, "prompt", None)
    if number is None or isinstance(fact, Elsewhere):
        return fact
    return msgspec.structs.replace(fact, prompt=number * devices + nth)


def _stamped(facts: list[tuple[int, AnyFact]]) -> Iterator[tuple[datetime, int, AnyFact]]:
    """Each device's own order stays, also where its clock was set back: an answer follows what it
    answers."""
    latest: dict[int, datetime] = {}
    for nth, fact in facts:
        latest[nth] = max(latest.get(nth, fact.at), fact.at)
        yield latest[nth], nth, fact


def _once(facts: Iterable[AnyFact]) -> Iterator[AnyFact]:
    """Of the natural breaks with nothing between, one."""
    broke = False
    for fact in facts:
        if not (broke and isinstance(fact, Break)):
            yield fact
        if isinstance(fact, Sat | Stood | Break):
            broke = isinstance(fact, Break)


def _union(spans: list[_Span], cuts: list[int]) -> Iterator[_Spent]:
    """Where several overlap, or a cut lies within one, in pieces; else as it was."""
    for group in _groups(spans):
        begin, end = group[0].begin, max(span.end for span in group)
        within = cuts[bisect_right(cuts, begin) : bisect_left(cuts, end)]
        if len(group) == 1 and not within:
            yield group[0].spent
        else:
            yield from _leveled(group, within)


def _groups(spans: list[_Span]) -> Iterator[list[_Span]]:
    """Those that overlap, in the order of time."""
    group: list[_Span] = []
    end = 0
    for span in sorted(spans, key=lambda span: span[:2]):
        if group and span.begin >= end:
            yield group
            group = []
        end = max(span.end, end) if group else span.end
        group.append(span)
    if group:
        yield group


def _leveled(group: list[_Span], cuts: list[int]) -> Iterator[_Spent]:
    """At every moment what the device says that says the most."""
    points = sorted({*cuts, *(point for span in group for point in span[:2])})
    coming, active = group[::-1], list[_Span]()
    for begin, end in pairwise(points):
        active = [span for span in active if span.end > begin]
        while coming and coming[-1].begin <= begin:
            span = coming.pop()
            active += [span] if span.end > begin else []
        for found in _postures(active):
            yield from _piece(found, begin, end)


def _postures(active: list[_Span]) -> Iterator[list[_Span]]:
    """To stand was said, at the other device nobody said anything. Both at one device: its clock
    was set back."""
    stood = [span for span in active if span.stood]
    if not stood:
        yield from [active] if active else []
        return
    yield stood
    devices = {span.device for span in stood}
    if sat := [span for span in active if not span.stood and span.device in devices]:
        yield sat


def _piece(active: list[_Span], begin: int, end: int) -> Iterator[_Spent]:
    """Known beats unknown. More than once at a device: its clock was set back."""
    best = active[0] if len(active) == 1 else min(active, key=_trust)
    at = best.spent.at if best.end == end else best.spent.at - (best.end - end) * _UNIT
    spent = Stood if best.stood else Sat
    if len(active) == 1:
        yield spent(at, (end - begin) / 1e6, best.spent.known)
        return
    sure = _times([span for span in active if span.spent.known])
    for number in range(_times(active)):
        yield spent(at, (end - begin) / 1e6, known=number < sure)


def _trust(span: _Span) -> tuple[bool, int, timedelta | None]:
    return not span.spent.known, span.end, span.spent.at.utcoffset()


def _times(spans: list[_Span]) -> int:
    """How often one device says it."""
    devices = [span.device for span in spans]
    return max(map(devices.count, devices), default=0)
