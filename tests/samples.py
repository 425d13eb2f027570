"""Facts of every kind, made up by hypothesis from the types themselves."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from qlbreak.core.model.facts import AnyFact, Level
from qlbreak.core.model.movements import Block
from qlbreak.core.model.programme import TIMES, Prescription, Programme, WeekSpan
from qlbreak.core.model.terms import Side
from qlbreak.data import load

KINDS: tuple[type[AnyFact], ...] = get_args(AnyFact)

OFFSETS = st.integers(-12 * 4, 14 * 4).map(lambda n: timezone(timedelta(minutes=15 * n)))
MOMENTS = st.datetimes(
    datetime.fromisoformat("2020-01-01"),
    datetime.fromisoformat("2100-01-01"),
    timezones=st.one_of(st.just(UTC), OFFSETS),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.one_of(st.sampled_from(sorted(load().movements)), TEXTS.filter(len))
DATES = st.dates(date(2020, 1, 1), date(2100, 1, 1))
ASKED = st.builds(
    Prescription, NAMES, st.integers(1, 200), st.integers(1, 20), st.none(),
    st.sampled_from(Side), st.integers(1, TIMES),
)  # fmt: skip
SPAN = st.builds(
    WeekSpan, st.integers(1, 3), st.integers(4, 6),
    st.lists(ASKED, max_size=3).map(tuple), st.lists(NAMES, max_size=2).map(tuple),
)  # fmt: skip
SPANS = st.lists(SPAN, min_size=1, max_size=2).map(tuple)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    datetime: MOMENTS,
    float: st.floats(0, 1e6),
    int: st.one_of(st.integers(0, 3), st.integers(0, 1 << 40)),
    bool: st.booleans(),
    str: st.one_of(st.sampled_from(sorted(load().routines)), TEXTS),
    NoneType: st.none(),
    Level: st.integers(0, 10),
}


def facts(kind: type[AnyFact]) -> st.SearchStrategy[AnyFact]:
    """Any value of this kind; KeyError where a field has a type that nothing is known of."""
    hints = get_type_hints(kind, include_extras=True)  # with the bounds
    fields = {name: _values(hint) for name, hint in hints.items()}
    return st.builds(kind, **{name: fields[name] for name in kind.__struct_fields__})


def any_fact() -> st.SearchStrategy[AnyFact]:
    return st.one_of([facts(kind) for kind in KINDS])


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is Annotated:
        plain, bound = get_args(hint)
        if plain is float:
            return st.floats(0, min(bound.le, 1e6))
        few = plain is int and bound.le <= 100  # of many, the same must come up now and then
        return st.integers(bound.ge, bound.le) if few else _values(plain)
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([_values(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=3).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if hint is Block:
        return st.builds(Block, NAMES, st.integers(1, 200))
    if hint is Programme:
        return st.builds(Programme, NAMES, NAMES, DATES, SPANS, TEXTS)
    return VALUES[hint]
