"""Doses: what is told can be done in its seconds, and card and clock say the same."""

import re
from itertools import product

import pytest

from desk import CATALOGUE, MORNING
from qlbreak.core.coach.composer import Composer
from qlbreak.core.coach.constraints import Context, Past, Situation, least_seconds, most_seconds
from qlbreak.core.model.dose import Dose, Part, faults, filled, told
from qlbreak.core.model.movements import Kind, Movement, Stage
from qlbreak.core.model.routine import alone, steps
from qlbreak.core.model.score import said, work
from qlbreak.core.model.terms import Side

MOVEMENTS = CATALOGUE.movements
EVERYTHING = frozenset(
    thing
    for movement in MOVEMENTS.values()
    for thing in movement.equipment | movement.equipment_one_of
)
every = pytest.mark.parametrize("movement", MOVEMENTS.values(), ids=lambda movement: movement.id)


def done(movement: Movement, seconds: int) -> dict[Part, list[float]]:
    found: dict[Part, list[float]] = {part: [] for part in Part}
    for phase in work(movement, seconds):
        assert phase.part is not None
        if phase.nth:
            found[phase.part][-1] += phase.seconds
        else:
            found[phase.part].append(phase.seconds)
    return found


def unhurried(movement: Movement, seconds: int) -> bool:
    """Is everything that is told there, and nothing quicker than it is told?"""
    dose, found = movement.dose, done(movement, seconds)
    number = dose.number(seconds)
    if dose.held:
        return sum(found[Part.HOLD]) >= dose.held[0] - 1e-6
    parts = ((Part.THERE, dose.there), (Part.HOLD, dose.hold), (Part.BACK, dose.back))
    return number >= dose.range[0] and all(
        len(found[part]) == number and min(found[part]) >= length - 1e-6
        for part, length in parts
        if length
    )


@every
def test_every_length_has_room_for_what_is_told(movement: Movement) -> None:
    for seconds in range(movement.min_s, movement.max_s + 1):
        found = done(movement, seconds)
        assert sum(map(sum, found.values())) == pytest.approx(seconds)
        assert sum(found[Part.IN]) == pytest.approx(movement.dose.in_s)
        assert sum(found[Part.OUT]) == pytest.approx(movement.dose.way_out)
        assert unhurried(movement, seconds), f"{seconds} s"


@every
def test_the_shortest_is_what_the_smallest_dose_takes(movement: Movement) -> None:
    assert movement.min_s <= movement.default_s <= movement.max_s
    assert not unhurried(movement, movement.min_s - 1)
    least, usual, most = movement.dose.range
    assert movement.dose.number(movement.min_s) == least
    assert movement.dose.number(movement.default_s) == usual
    assert movement.dose.number(movement.max_s) == most


@every
def test_a_person_can_breathe_while_it_is_done(movement: Movement) -> None:
    """Four seconds a breath while something is held, six for a slow one."""
    dose = movement.dose
    if re.search(r"breath\(s\)|a breath each", dose.say):
        slow = "slow breath" in dose.say
        assert dose.there + dose.hold + dose.back >= (6 if slow else 4)
    if "a breath between" in dose.say:
        assert dose.rest >= 4
    assert dose.stay >= (2 * 4 if any("two breaths" in step for step in movement.steps) else 0)


MANY = ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS = r"\b(\d+|once|twice|two|three|four|five|six|seven|eight|nine|ten)\b"


@every
def test_no_step_has_a_number_of_its_own(movement: Movement) -> None:
    for step in movement.steps:
        bare = step.replace("two breaths", "").replace("0 of 10", "")
        asked = re.search(NUMBERS + r"(-\d+)? ?(times|breath|second|s\b|in all)", bare)
        assert not asked, step


@every
def test_card_clock_guide_and_steps_say_the_same_number(movement: Movement) -> None:
    if not movement.dose.reps:
        return
    words = ["once", "twice", *(f"{word} times" for word in MANY)]
    for seconds in range(movement.min_s, movement.max_s + 1):
        number = movement.dose.number(seconds)
        assert str(number) in told(movement.dose, seconds)
        text = " ".join(said(movement, seconds))
        for index, word in enumerate(words, 1):
            if re.search(rf"\b{word}\b", text):
                assert index == number, text
        assert "{" not in text


def test_routines_that_come_with_the_program_can_be_done() -> None:
    for routine in CATALOGUE.routines.values():
        for block in routine.blocks:
            assert unhurried(MOVEMENTS[block.movement], block.seconds), routine.id


@pytest.mark.parametrize(
    ("stage", "length", "new"), list(product(Stage, (30, 60, 90, 180), (True, False)))
)
def test_what_is_composed_can_be_done_at_every_stage_and_length(
    stage: Stage, length: int, new: bool
) -> None:
    past = Past(composed_last=False) if new else Past(times=dict.fromkeys(MOVEMENTS, 9))
    for number, situation, side in product(range(12), Situation, (Side.LEFT, Side.RIGHT)):
        now = Context(
            MORNING, MORNING.date(), length, EVERYTHING, stage=stage, strong=True,
            situation=situation, tighter=side, weaker=side, number=number, seed=number,
        )  # fmt: skip
        plan = Composer(CATALOGUE, now, past).plan()
        for block in plan.told:
            movement = MOVEMENTS[block.movement]
            assert unhurried(movement, block.seconds), block
            room = alone(movement, movement.default_s) <= length
            opens = movement.role is Kind.RESET or block.extra_side
            if new and room and not opens:
                assert block.seconds >= movement.default_s, block


@every
def test_the_first_times_are_not_shorter_but_as_long_as_is_usual(movement: Movement) -> None:
    """As far as that has room. Later on the smallest dose will do, and on a sore day at once; and
    for a reset, which only opens."""
    now = Context(MORNING, MORNING.date(), 180, EVERYTHING)
    often = Past(times={movement.id: 3})
    first = movement.min_s if movement.role is Kind.RESET else movement.default_s
    assert least_seconds(movement, now, Past()) == first
    assert least_seconds(movement, now, Past(times={movement.id: 2})) == first
    assert least_seconds(movement, now, often) == movement.min_s
    assert most_seconds(movement, now) >= movement.default_s
    sore = Context(MORNING, MORNING.date(), 180, EVERYTHING, pain=6)
    assert least_seconds(movement, sore, Past()) == movement.min_s


def test_a_step_that_leads_in_without_any_time_is_refused() -> None:
    dose = Dose("so", held=(5, 5, 5), way_in=(0, 1), tells=(Part.HOLD,))
    assert list(faults(dose)) == ["dose: in: a step that leads in takes no time"]
    short = Dose("so", reps=(1, 1, 1), back=0.01)
    assert list(faults(short)) == ["dose: a repetition takes no time"]


def test_numbers_are_filled_in_and_nothing_else_is() -> None:
    dose = Dose("{n} hold(s) of {hold} s", reps=(1, 2, 3), hold=8, rest=2)
    assert told(dose, 8) == "1 hold of 8 s"
    assert told(dose, 18) == "2 holds of 8 s"
    assert filled("{times}, {number} breath(s), {odd} {}", dose, 28) == (
        "three times, three breaths, {odd} {}"
    )
    assert filled("your ball(s)", dose, 28) == "your ball(s)"


def test_the_steps_of_a_notification_have_the_numbers_of_its_seconds() -> None:
    lines = steps(CATALOGUE.exercises(CATALOGUE.routines["r60-desk"].blocks), Side.LEFT)
    assert "1.4 Do this twice, then settle half-way between." in lines
    card = steps(CATALOGUE.exercises(CATALOGUE.routines["r30-rock"].blocks), Side.BOTH)
    assert "1.4 Do this three times, then settle half-way between." in card
