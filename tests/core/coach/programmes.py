"""Programmes as tests want them: short to write, or made up by hypothesis."""

from datetime import date

from hypothesis import assume
from hypothesis import strategies as st

from desk import CATALOGUE, MORNING
from qlbreak.core.coach.constraints import BALLS_A_DAY, STRONG_A_DAY
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.programme import Prescription, Programme, WeekSpan, bounds
from qlbreak.core.model.terms import Side

BY = "Jane Doe"
TODAY = MORNING.date()


def ask(
    name: str, number: int | None = None, side: Side = Side.BOTH, times: int = 1
) -> Prescription:
    """So many repetitions, or seconds; without a number as many as is usual."""
    dose = CATALOGUE.movements[name].dose
    number = dose.range[1] if number is None else number
    reps, held = (number, None) if dose.reps else (None, number)
    return Prescription(name, dose.seconds(number), reps, held, side, times)


def programme(
    *asked: Prescription,
    leave_out: tuple[str, ...] = (),
    weeks: tuple[int, int] = (1, 6),
    start: date = TODAY,
    name: str = "Six weeks",
) -> Programme:
    return Programme(name, BY, start, (WeekSpan(*weeks, asked, leave_out),))


def prescriptions(movement: Movement) -> st.SearchStrategy[Prescription]:
    low, high = bounds(movement)
    sides = [*Side] if movement.sided else [Side.BOTH]
    most = BALLS_A_DAY if movement.ball else STRONG_A_DAY if movement.level == "strong" else 3
    return st.builds(
        ask, st.just(movement.id), st.integers(low, high), st.sampled_from(sides),
        st.integers(1, most),
    )  # fmt: skip


MOVEMENTS = list(CATALOGUE.movements.values())


@st.composite
def any_programme(draw: st.DrawFn) -> Programme:
    """As `settings.plan_file` would take it."""
    chosen = draw(st.lists(st.sampled_from(MOVEMENTS), min_size=1, max_size=5, unique=True))
    rest = [movement.id for movement in MOVEMENTS if movement not in chosen]
    out = draw(st.lists(st.sampled_from(rest), max_size=4, unique=True))
    asked = [draw(prescriptions(movement)) for movement in chosen]
    of = [(CATALOGUE.movements[one.movement], one.times) for one in asked]
    assume(sum(times for movement, times in of if movement.ball) <= BALLS_A_DAY)
    assume(sum(times for movement, times in of if movement.level == "strong") <= STRONG_A_DAY)
    return programme(*asked, leave_out=tuple(out))
