"""Which sentences are said where time is short."""

from hypothesis import given
from hypothesis import strategies as st

from qlbreak.sound.fitting import PAUSE_S, Said, Weight, begins, fitting, guessed

SIDE = Said(Weight.SIDE, "Left side.")
STEP, MORE = Said(Weight.STEP, "Reach up."), Said(Weight.STEP, "Then lean over.")
CARE = Said(Weight.CAUTION, "Stop before it hurts.")
COUNT = Said(Weight.COUNT, "Three.")
ALL = [SIDE, STEP, MORE, CARE, COUNT]


def one_second(_: str) -> float:
    return 1.0


def test_all_of_it_in_its_order_where_there_is_time() -> None:
    assert fitting(ALL, 10.0, one_second) == ALL


def test_the_count_goes_first_then_the_caution_then_the_end_of_the_step() -> None:
    left = [fitting(ALL, seconds, one_second) for seconds in (5.1, 4.0, 3.0, 1.4, 0.1)]
    assert left == [[SIDE, STEP, MORE, CARE], [SIDE, STEP, MORE], [SIDE, STEP], [SIDE], [SIDE]]


def test_of_a_step_no_later_sentence_is_said_where_one_is_left_out() -> None:
    """A short end without its beginning would mean something else."""
    lasts = {STEP.text: 9.0, MORE.text: 0.5}.get
    assert fitting([STEP, MORE], 5.0, lasts) == []


def test_what_the_voice_has_not_learnt_yet_is_left_out() -> None:
    assert fitting([SIDE, STEP], 5.0, {STEP.text: 1.0}.get) == [STEP]


@given(
    st.lists(st.sampled_from(Weight).map(lambda weight: Said(weight, str(weight))), max_size=8),
    st.floats(0, 60),
    st.floats(0.1, 9),
)
def test_what_is_said_ends_before_the_next_is_due(
    wanted: list[Said], seconds: float, takes: float
) -> None:
    chosen = fitting(wanted, seconds, lambda _: takes)
    light = [said for said in chosen if said.weight is not Weight.SIDE]
    assert not light or len(chosen) * (takes + PAUSE_S) <= seconds + 1e-6
    assert [said for said in chosen if said.weight is Weight.SIDE] == [
        said for said in wanted if said.weight is Weight.SIDE
    ]
    positions = iter(wanted)
    assert all(said in positions for said in chosen)  # in their order


def test_each_begins_when_the_one_before_has_ended() -> None:
    assert begins([1.0, 2.0, 1.0], 0.5) == [0.5, 1.5 + PAUSE_S, 3.5 + 2 * PAUSE_S]


def test_a_longer_text_is_guessed_to_take_longer() -> None:
    assert guessed("Left side.") < guessed("Change sides. Now the right.") < 4.0
