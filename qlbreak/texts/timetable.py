"""Times of day and hours of the week, as people write them; and back, in words."""

import re
from collections.abc import Iterable, Iterator, Set
from datetime import time
from typing import NamedTuple

from qlbreak.core.model.rules import Hours
from qlbreak.language import _, formats

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = tuple(day[:3].capitalize() for day in _DAYS)
_ALL, _WORK, _END = frozenset(range(7)), frozenset(range(5)), frozenset({5, 6})
_SETS = {
    "daily": _ALL, "everyday": _ALL, "always": _ALL,
    "weekday": _WORK, "workday": _WORK, "weekend": _END,
}  # fmt: skip
# Days and hours are written in English, as in the settings file.
EXAMPLE = "Mon-Fri 08:30-18:00"
_QUOTED = repr(EXAMPLE)

# What means the same, in one spelling: every dash and "to", what joins a list, two words for one.
_SAME = (
    (re.compile(r"[\u2010-\u2015\u2212\uff5e~]|\.{2,}|…"), "-"),
    (re.compile(r"\b(?:to|till|til|until|through|thru)\b"), "-"),
    (re.compile(r"[,;/&+]|\band\b"), ","),
    (re.compile(r"\b(every|week|work|working|business)[ -]+(days?)\b"), r"\1\2"),
    (re.compile(r"\b(?:working|business)day"), "workday"),
    (re.compile(r"\b(?:from|on|at)\b"), " "),
    (re.compile(r"\bnoon\b"), "12:00"),
    (re.compile(r"\bmidnight\b"), "24:00"),
)
_TOKEN = re.compile(
    r"(?P<clock>\d+(?:[:.h]\d*)?(?:\s*[ap]\.?m\b\.?)?)|(?P<day>[^\W\d_]+)\.?|(?P<sign>[-,])"
    r"|(?P<other>\S)"
)
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d\d))?h?\s*(?:([ap])\.?m\.?)?|(\d\d)(\d\d)")


class _Clock(NamedTuple):
    """`hour` as written; `half`: "a" or "p" where that is said; `plain`: of the 24 hours, as
    nobody would write one of twelve."""

    text: str
    hour: int
    minute: int
    half: str
    plain: bool

    @property
    def may_be(self) -> list[int]:
        """Minutes of the day that it can mean."""
        minutes = 60 * self.hour + self.minute
        if self.half:
            return [minutes % 720 + 720 * (self.half == "p")]
        return [minutes] if self.plain else [minutes % 720, minutes % 720 + 720]

    @property
    def as_it_stands(self) -> int:
        return self.may_be[0] if self.half or self.plain else 60 * self.hour + self.minute


def clock(text: str) -> time:
    """A time of day: "08:30", "9", "9:00 AM". Raises ValueError with a text for the person."""
    given = text.strip().lower()
    for way, same in _SAME[-2:]:
        given = way.sub(same, given)
    return _time(_clock(given, text.strip()).as_it_stands)


def week(text: str) -> tuple[Hours, ...]:
    """Days, then one span of the day or several: "Mon-Fri 8:30-12 and 13-17", "Sat, Sun 9am-1pm".

    Raises ValueError with a text for the person, which names the word that is wrong.
    """
    try:
        return _HoursReading(text).spans()
    except ValueError as error:
        raise ValueError(f"{text.strip()!r}: {error}") from None


class _HoursReading:
    """Goes through the words, from left to right."""

    def __init__(self, text: str) -> None:
        same = text.lower()
        for way, instead in _SAME:
            same = way.sub(instead, same)
        self._words = [
            (str(found.lastgroup), found[str(found.lastgroup)]) for found in _TOKEN.finditer(same)
        ]
        self._at = 0

    def spans(self) -> tuple[Hours, ...]:
        found: list[Hours] = []
        while not found or self._kind:
            days = self._days()
            self._skip(",")
            if self._kind != "clock":
                raise ValueError(self._no_hours())
            while self._kind == "clock":
                found.append(Hours(days, *self._span()))
                self._skip(",")
        return tuple(found)

    def _days(self) -> frozenset[int]:
        found: set[int] = set()
        while self._kind == "day":
            first = _day(self._take())
            if self._skip("-"):
                found |= _stretch(first, self._last_day())
            else:
                found |= first
            self._skip(",")
        if not found:
            if self._kind == "clock":
                raise ValueError(_("no day is given; write for example {example}", example=_QUOTED))
            raise ValueError(
                _(
                    "{word} is not a day; write for example {example}",
                    word=repr(self._word),
                    example=_QUOTED,
                )
            )
        return frozenset(found)

    def _last_day(self) -> frozenset[int]:
        if self._kind != "day":
            raise ValueError(
                _("a day is missing after the dash; write for example {example}", example=_QUOTED)
            )
        return _day(self._take())

    def _span(self) -> tuple[time, time]:
        start = _clock(self._take())
        if not self._skip("-") or self._kind != "clock":
            raise ValueError(
                _("the end time is missing; write for example {example}", example=_QUOTED)
            )
        return _between(start, _clock(self._take()))

    def _no_hours(self) -> str:
        if self._kind:
            return _(
                "{word} is not a time of day; write for example {example}",
                word=repr(self._word),
                example=_QUOTED,
            )
        days = [word for kind, word in self._words if kind == "day"]
        # Translators: {day} is a day of the week, as the person wrote it.
        return _(
            "{day} has no hours; write for example {example}", day=repr(days[-1]), example=_QUOTED
        )

    @property
    def _kind(self) -> str:
        return self._words[self._at][0] if self._at < len(self._words) else ""

    @property
    def _word(self) -> str:
        return self._words[self._at][1] if self._kind else ""

    def _take(self) -> str:
        self._at += 1
        return self._words[self._at - 1][1]

    def _skip(self, sign: str) -> bool:
        """Whether it stood there."""
        there = self._word == sign
        self._at += there
        return there


def _day(word: str) -> frozenset[int]:
    """Full names and their beginnings, "Mondays", "weekdays"."""
    if (known := _SETS.get(word.removesuffix("s"))) is not None:
        return known
    bare = word.removesuffix("s") if word.endswith("days") or word == "weds" else word
    found = [number for number, day in enumerate(_DAYS) if len(bare) > 1 and day.startswith(bare)]
    if len(found) != 1:
        # Translators: {days} is "Mon Tue Wed Thu Fri Sat Sun".
        raise ValueError(_("{word} is not a day: {days}", word=repr(word), days=" ".join(_SHORT)))
    return frozenset(found)


def _stretch(first: Set[int], last: Set[int]) -> set[int]:
    if len(first) > 1 or len(last) > 1:
        raise ValueError(
            _("a dash goes between two days; write for example {example}", example=_QUOTED)
        )
    (start,), (stop,) = first, last
    return {(start + i) % 7 for i in range((stop - start) % 7 + 1)}


def _clock(text: str, shown: str = "") -> _Clock:
    shown = shown or text
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(_not_a_time(shown))
    hour, minute = int(found[1] or found[4]), int(found[2] or found[5] or 0)
    half = found[3] or ""
    most = 12 if half else 24
    if minute > 59 or 60 * hour + minute > 60 * most + 59 * (most == 12) or (half and not hour):
        raise ValueError(_not_a_time(shown))
    full = bool(re.match(r"\d\d[:.h]?\d\d", text))  # nobody writes nine in the evening so
    return _Clock(text, hour, minute, half, not half and (full or hour > 12 or hour == 0))


def _not_a_time(shown: str) -> str:
    return _("{word} is not a time of day such as 08:30", word=repr(shown))


def _between(start: _Clock, end: _Clock) -> tuple[time, time]:
    """The shorter one, where twelve hours are written and one half of the day is said."""
    if start.hour == 24:
        raise ValueError(_("hours cannot begin at {clock}; write 00:00", clock=repr(start.text)))
    if start.half or end.half:
        length, begin = min(
            ((till - since) % 1440, since) for since in start.may_be for till in end.may_be
        )
        return _time(begin), _time(begin + length)
    since, till = start.as_it_stands, end.as_it_stands
    if till <= since and not (start.plain or end.plain) and start.hour < 13:
        late = f"{_time(since):%H:%M}-{_time(till + 720):%H:%M}"
        raise ValueError(
            # Translators: hours that were written without saying which half of the day.
            _(
                "{hours}: morning or evening? Write for example {late}, or {halves}",
                hours=f"'{start.text}-{end.text}'",
                late=late,
                halves=f"{start.text}am-{end.text}pm",
            )
        )
    return _time(since), _time(till)


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


# Back


def written(span: Hours) -> str:
    """As in the settings: "Mon-Fri 08:30-18:00"."""
    days = ",".join(
        _SHORT[first] if first == last else f"{_SHORT[first]}-{_SHORT[last]}"
        for first, last in _stretches(span.days)
    )
    return f"{days} {span.start:%H:%M}-{span.end:%H:%M}"


def told(hours: Iterable[Hours]) -> str:
    """In words, so that a person sees what was understood; nothing for no hours."""
    return "; ".join(map(_told, hours))


def _told(span: Hours) -> str:
    days = _("every day") if span.days == _ALL else ", ".join(_days_told(span.days))
    begin = formats.clock(span.start)
    if span.end == time(0):
        # Translators: {days} is "every day" or "Monday to Friday, Sunday".
        return _("{days}, {start} to {end}", days=days, start=begin, end="24:00")
    end = formats.clock(span.end)
    if span.end <= span.start:
        return _("{days}, {start} to {end} of the next day", days=days, start=begin, end=end)
    return _("{days}, {start} to {end}", days=days, start=begin, end=end)


def _days_told(days: Set[int]) -> Iterator[str]:
    names = formats.weekdays()
    for first, last in _stretches(days):
        if first == last:
            yield names[first]
        else:
            # Translators: days of the week.
            yield _("{first} to {last}", first=names[first], last=names[last])


def _stretches(days: Set[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other are one stretch."""
    firsts = [day for day in sorted(days) if day - 1 not in days]
    lasts = [day for day in sorted(days) if day + 1 not in days]
    return zip(firsts, lasts, strict=True)
