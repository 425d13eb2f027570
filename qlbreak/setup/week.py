"""Hours of the week by day, as a form asks for them; and back, as the settings have them."""

from collections.abc import Sequence
from datetime import time

from qlbreak.core.model.rules import Hours

Span = tuple[time, time]
Week = tuple[tuple[Span, ...], ...]  # of each day from Monday on, in the order of the day

USUAL: Span = time(8, 30), time(18)


def by_day(hours: Sequence[Hours]) -> Week:
    """A span that goes on after midnight belongs to the day on which it begins."""
    return tuple(
        tuple(sorted({(span.start, span.end) for span in hours if day in span.days}))
        for day in range(7)
    )


def of_days(week: Week) -> tuple[Hours, ...]:
    """The days that have a span in common share it, as a person would write it."""
    spans = {span: None for day in week for span in day}
    days = {span: frozenset(d for d in range(7) if span in week[d]) for span in spans}
    return tuple(Hours(days[span], *span) for span in spans)
