"""The score: its phases fill its seconds, each step is told in time, both sides are alike."""

from itertools import groupby, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from desk import CATALOGUE, MORNING
from qlbreak.core.coach.composer import Composer
from qlbreak.core.coach.constraints import Context, Past, Situation
from qlbreak.core.model.dose import Dose, Part, faults
from qlbreak.core.model.movements import Exercise, Movement, Stage
from qlbreak.core.model.routine import total_seconds
from qlbreak.core.model.score import (
    Moment,
    Score,
    ScorePhase,
    said,
    score,
    without_change,
    work,
)
from qlbreak.core.model.terms import Side

MOVEMENTS = CATALOGUE.movements
every = pytest.mark.parametrize("movement", MOVEMENTS.values(), ids=lambda movement: movement.id)
movements = st.sampled_from(list(MOVEMENTS.values()))
sides = st.sampled_from([Side.LEFT, Side.RIGHT])


# A voice at its usual pace (175 words a minute) says as many, and subtitles are read at 15 to 17.
LETTERS_A_SECOND = 17.0


def saying(text: str) -> float:
    """The seconds that it takes to say it, or to read it."""
    return len(text) / LETTERS_A_SECOND


def alone(movement: Movement, seconds: int, side: Side = Side.LEFT) -> Score:
    return score([Exercise(movement, seconds)], side)


def lengths(movement: Movement) -> st.SearchStrategy[int]:
    return st.integers(movement.min_s, movement.max_s)


def whole(phases: tuple[ScorePhase, ...], seconds: float) -> None:
    """End to end, without a gap, and no phase without time."""
    assert sum(phase.seconds for phase in phases) == pytest.approx(seconds)
    assert all(phase.seconds > 0 for phase in phases)
    assert all(a.end == pytest.approx(b.begin) for a, b in pairwise(phases))


@given(movements.flatmap(lambda m: st.tuples(st.just(m), lengths(m))), sides)
def test_the_phases_fill_the_seconds(of: tuple[Movement, int], side: Side) -> None:
    movement, seconds = of
    found = alone(movement, seconds, side)
    whole(found.phases, found.seconds)
    assert found.seconds == sum(stretch.seconds for stretch in found.stretches)
    for index, stretch in enumerate(found.stretches):
        whole(found.of(index), stretch.seconds)
        assert {(p.side, p.moment) for p in found.of(index)} == {(stretch.side, stretch.moment)}


@given(movements.flatmap(lambda m: st.tuples(st.just(m), lengths(m))), sides)
def test_both_sides_are_alike(of: tuple[Movement, int], side: Side) -> None:
    movement, seconds = of
    found = alone(movement, seconds, side)
    done = [
        [replace(phase, begin=0.0, stretch=0, side=Side.BOTH) for phase in found.of(index)]
        for index, stretch in enumerate(found.stretches)
        if stretch.moment is Moment.WORK
    ]
    assert len(done) == (2 if movement.sided else 1)
    assert all(one == done[0] for one in done)


@every
def test_every_repetition_is_counted(movement: Movement) -> None:
    for seconds in range(movement.min_s, movement.max_s + 1):
        found = work(movement, seconds)
        number = movement.dose.number(seconds) if movement.dose.reps else 0
        reps = [phase.rep for phase in found if phase.rep]
        assert reps == sorted(reps)
        assert sorted(set(reps)) == list(range(1, number + 1))
        assert {phase.of for phase in found if phase.rep} == ({number} if number else set())


@every
def test_the_steps_come_in_their_order_the_first_time(movement: Movement) -> None:
    """A step that is told for a part comes again with it; none is left out, at any length."""
    for seconds in range(movement.min_s, movement.max_s + 1):
        found = work(movement, seconds)
        assert len(movement.dose.ways) + len(movement.dose.tells) == len(said(movement, seconds))
        first = list(dict.fromkeys(phase.step for phase in found))
        assert first == list(range(len(said(movement, seconds))))
        assert found[0].step == 0


def told(phases: tuple[ScorePhase, ...]) -> dict[int, float]:
    """How long each step is the present one when it comes first; it is said while one gets ready
    as well where it is the first of all."""
    found: dict[int, float] = {}
    for step, same in groupby(phases, key=lambda phase: phase.step):
        found.setdefault(step, sum(phase.seconds for phase in same))
    return found


@given(movements.flatmap(lambda m: st.tuples(st.just(m), lengths(m))), sides)
def test_each_step_is_said_in_time_to_be_done(of: tuple[Movement, int], side: Side) -> None:
    """It can be said, or read, before the next is due; what it says of numbers is then known."""
    movement, seconds = of
    found = alone(movement, seconds, side)
    for step, lasts in told(found.phases[: len(found.of(0)) + len(found.of(1))]).items():
        assert lasts >= saying(said(movement, seconds)[step]) - 1e-6, step


def test_how_long_it_takes_to_say_something() -> None:
    """A voice at its usual pace, or somebody who reads subtitles: 17 letters a second."""
    assert saying("Reach the other arm up and over.") == pytest.approx(32 / 17)


@pytest.mark.parametrize(
    ("stage", "length", "new"), list(product(Stage, (30, 60, 90, 180), (True, False)))
)
def test_what_is_composed_is_laid_out_and_told(stage: Stage, length: int, new: bool) -> None:
    """The coach's lengths at every stage: end to end, both sides alike, each step in its time."""
    past = Past(composed_last=False) if new else Past(times=dict.fromkeys(MOVEMENTS, 9))
    things = frozenset(t for m in MOVEMENTS.values() for t in m.equipment | m.equipment_one_of)
    for number, situation, side in product(range(6), Situation, (Side.LEFT, Side.RIGHT)):
        now = Context(
            MORNING, MORNING.date(), length, things, stage=stage, strong=True,
            situation=situation, tighter=side, weaker=side, number=number, seed=number,
        )  # fmt: skip
        plan = Composer(CATALOGUE, now, past).plan()
        found = score(plan.blocks, plan.side)
        whole(found.phases, total_seconds(plan.blocks))
        for index, stretch in enumerate(found.stretches):
            whole(found.of(index), stretch.seconds)
            if stretch.moment is Moment.WORK:
                movement = plan.blocks[stretch.block].movement
                texts = said(movement, stretch.seconds)
                for step, lasts in told(found.of(index - 1) + found.of(index)).items():
                    assert lasts >= saying(texts[step]) - 1e-6, (movement.id, step)


def test_each_part_says_its_step_and_what_none_tells_that_of_the_one_before() -> None:
    brace = work(MOVEMENTS["str-brace"], MOVEMENTS["str-brace"].min_s)
    assert [(phase.part, phase.step, phase.rep) for phase in brace if phase.rep < 3] == [
        (Part.IN, 0, 0),
        (Part.THERE, 1, 1), (Part.HOLD, 2, 1), (Part.BACK, 3, 1), (Part.REST, 3, 1),
        (Part.THERE, 1, 2), (Part.HOLD, 2, 2), (Part.BACK, 3, 2), (Part.REST, 3, 2),
    ]  # fmt: skip
    rock = work(MOVEMENTS["reset-rock"], MOVEMENTS["reset-rock"].default_s)
    again = [phase for phase in rock if phase.rep > 1]
    assert {phase.step for phase in again} == {3}
    assert [phase.step for phase in rock if phase.part is Part.OUT] == [3]


def test_somebody_who_keeps_still_breathes() -> None:
    reach = work(MOVEMENTS["len-seat-reach"], 25)
    held = [phase for phase in reach if phase.part is Part.HOLD]
    assert all(3.5 < phase.breath < 5.5 for phase in held)
    assert all(
        phase.seconds / phase.breath == round(phase.seconds / phase.breath) for phase in held
    )
    assert {phase.breath for phase in reach if phase.part is not Part.HOLD} == {0}
    wall = work(MOVEMENTS["len-boomerang-wall"], 22)
    assert all(phase.breath == pytest.approx(4, abs=0.3) for phase in wall if phase.rep)


def test_only_the_first_time_that_a_new_movement_comes_it_waits() -> None:
    reach, hike = MOVEMENTS["len-seat-reach"], MOVEMENTS["str-hip-hike"]
    blocks = [Exercise(hike, 13), Exercise(reach, 17), Exercise(reach, 15, extra_side=True)]
    found = score(blocks, Side.LEFT, {reach.id, "nothing"})
    assert [(p.block, p.moment) for p in found.phases if p.waits] == [(1, Moment.READY)]
    assert replace(found.phases[0], waits=True) == score(blocks, Side.LEFT, {hike.id}).phases[0]


def test_the_phase_of_a_second() -> None:
    found = alone(MOVEMENTS["len-seat-reach"], 17)
    assert found.at(-1) is found.at(0) is found.phases[0]
    assert found.at(3.9).moment is Moment.READY
    assert found.at(4).part is Part.IN
    assert found.at(1e9) is found.phases[-1]


def test_where_it_rests_between_what_is_over_is_rest_else_all_is_slower() -> None:
    brace, rock = MOVEMENTS["str-brace"], MOVEMENTS["reset-rock"]
    over = brace.dose.seconds(2) + 2
    last = work(brace, over)[-1]
    assert (last.part, last.rep) == (Part.REST, 2)
    assert last.seconds == pytest.approx(2.5, abs=0.5)
    usual = work(rock, rock.dose.seconds(2))
    slower = work(rock, rock.dose.seconds(2) + 1)
    for a, b in zip(usual, slower, strict=True):
        ways = a.part in (Part.IN, Part.OUT)
        assert b.seconds == pytest.approx(a.seconds) if ways else b.seconds > a.seconds


def test_what_stays_stays_once_after_the_last_repetition() -> None:
    dose = Dose("so", reps=(1, 2, 3), there=2, back=2, stay=8, way_out=1, tells=(
        Part.THERE, Part.HOLD, Part.OUT))  # fmt: skip
    movement = replace(MOVEMENTS["rel-breath"], dose=dose, steps=("Roll.", "Stay.", "Off."))
    assert (movement.min_s, movement.default_s, movement.max_s) == (13, 17, 21)
    found = [(phase.part, phase.rep, phase.step, phase.seconds) for phase in work(movement, 17)]
    assert found[-3:] == [
        (Part.BACK, 2, 0, 2), (Part.HOLD, 0, 1, 8), (Part.OUT, 0, 2, 1),
    ]  # fmt: skip
    assert dose.number(17) == 2
    wrong = replace(dose, hold=1)
    assert list(faults(wrong)) == ["dose: stay: only after repetitions without a hold of their own"]


def test_several_steps_that_tell_the_same_share_it() -> None:
    reach = work(MOVEMENTS["len-seat-reach"], 25)
    held = [(phase.nth, phase.among, phase.seconds) for phase in reach if phase.part is Part.HOLD]
    assert held == [(0, 2, held[0][2]), (1, 2, held[0][2])]


def test_without_a_word_which_step_tells_what_each_has_its_part() -> None:
    """As in movements of one's own; also where there are more steps than parts."""
    held = Dose("so", held=(20, 20, 20))
    many = replace(MOVEMENTS["rel-breath"], dose=held)
    found = work(many, 20)
    assert [phase.step for phase in found] == [0, 1, 2, 3]
    whole(found, 20)
    reps = replace(many, dose=Dose("so", reps=(6, 6, 6), there=1, back=1))
    steps = [phase.step for phase in work(reps, 12)]
    assert [len(list(same)) for _, same in groupby(steps)] == [3, 3, 3, 3]


@given(
    st.floats(0, 5), st.floats(0, 9), st.floats(0, 5), st.floats(0, 5), st.integers(1, 9),
    st.integers(1, 120),
)  # fmt: skip
def test_whatever_the_dose_its_phases_are_the_seconds(
    way: float, hold: float, back: float, rest: float, most: int, seconds: int
) -> None:
    dose = Dose("so", reps=(1, 1, most), way_in=way, hold=hold, back=back, rest=rest, way_out=way)
    if not list(faults(dose)):
        found = work(replace(MOVEMENTS["rel-breath"], dose=dose), seconds)
        assert sum(phase.seconds for phase in found) == pytest.approx(seconds)
        assert all(phase.seconds >= 0 for phase in found)


@pytest.mark.parametrize(
    ("step", "changes", "kept"),
    [
        ("Step away, change sides.", ["change sides"], "Step away."),
        ("Turn round.", ["turn round"], ""),
        ("Change sides. Then breathe.", ["change sides"], "Change sides. Then breathe."),
        ("Langsam zurück. Seite wechseln.", ["Seite wechseln"], "Langsam zurück."),
        ("ゆっくり戻り、左右を替えます。", ["左右を替えます"], "ゆっくり戻り。"),
        ("عد ببطء، بدّل الجانب.", ["بدّل الجانب"], "عد ببطء."),
    ],
)
def test_of_one_side_no_change_is_said_in_any_language(
    step: str, changes: list[str], kept: str
) -> None:
    assert without_change(step, changes) == kept
