"""What a guided routine says when: sides, steps, what comes next, and the call in time."""

import pytest

from desk import CATALOGUE
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Block
from qlbreak.core.model.score import Moment, said
from qlbreak.core.model.terms import Side
from qlbreak.guide import cues

DESK = CATALOGUE.routines["r60-desk"].blocks  # rock 15, then reach 17 for each side


def session(seconds: float, side: Side = Side.LEFT, blocks: tuple[Block, ...] = DESK) -> Session:
    guide = Session(CATALOGUE.exercises(blocks), side)
    for _ in range(round(seconds * 10)):
        guide.advance(0.1)
    return guide


def test_at_the_beginning() -> None:
    cue = cues.cue(session(0))
    assert (cue.now, cue.side, cue.urgent) == ("Get ready", Side.BOTH, False)
    assert (cue.name, cue.meaning) == ("Seated pelvic rock (C-to-S)", "")
    assert cue.next == "Next: Seated side reach, left side"
    assert cues.minutes(session(0)) == "1 min"


def test_a_side_in_words_with_what_it_means() -> None:
    cue = cues.cue(session(4 + 15 + 4 + 1, Side.RIGHT))
    assert (cue.now, cue.side) == ("Right side", Side.RIGHT)
    assert cue.meaning == "Stretches your right side; reach with the right arm"
    assert cue.next == "Next: the left side"


@pytest.mark.parametrize(
    ("seconds", "now", "side"),
    [
        (4 + 15 + 2, "Get ready: left side", Side.LEFT),
        (4 + 15 + 4 + 13.5, "Left side", Side.LEFT),
        (4 + 15 + 4 + 14.5, "Then: right side", Side.RIGHT),
        (4 + 15 + 4 + 17 + 1, "Change sides: right", Side.RIGHT),
        (4 + 15 + 4 + 17 + 3 + 16, "Right side", Side.RIGHT),
    ],
)
def test_the_other_side_is_called_in_time(seconds: float, now: str, side: Side) -> None:
    cue = cues.cue(session(seconds))
    assert (cue.now, cue.side) == (now, side)
    assert cue.urgent == now.startswith(("Then", "Change"))
    assert cue.stretch.side is not Side.RIGHT or "Then" not in now


def test_steps_change_with_the_time_and_all_have_theirs() -> None:
    guide = session(4)
    seen = [cues.cue(guide).step]
    while guide.movement.id == "reset-rock":
        guide.advance(0.1)
        seen.append(cues.cue(guide).step)
    kept = seen[: seen.index(3) + 5]
    assert sorted(set(kept)) == [0, 1, 2, 3]
    assert kept == sorted(kept)


@pytest.mark.parametrize("movement", CATALOGUE.movements.values(), ids=lambda m: m.id)
def test_the_guide_itself_says_when_to_change_sides(movement) -> None:  # type: ignore[no-untyped-def]
    steps = said(movement, movement.default_s)
    assert 3 <= len(steps) <= len(movement.steps)
    if movement.sided:
        assert not any("change sides" in step or "turn round" in step for step in steps)
    assert all(step.endswith(".") and len(step) > 5 for step in steps)


def test_one_more_set() -> None:
    blocks = (Block("len-boomerang-wall", 18), Block("len-boomerang-wall", 15, extra_side=True))
    assert cues.cue(session(8 + 18 + 6 + 1, Side.RIGHT, blocks)).next == (
        "Next: Side reach at the wall, one extra set, right side"
    )
    cue = cues.cue(session(8 + 18 + 6 + 18 + 5, Side.RIGHT, blocks))
    assert cue.name == "Side reach at the wall (Boomerang): one extra set"
    assert (cue.now, cue.next) == ("Right side", "This is the last one.")


def test_the_last_second_shown_is_one() -> None:
    guide = session(4)
    assert cues.seconds(guide) == 15
    shown = set()
    while guide.stretch.moment is Moment.WORK:
        shown.add(cues.seconds(guide))
        guide.advance(0.1)
    assert shown == set(range(1, 16))


def test_what_is_left_in_all() -> None:
    assert cues.minutes(session(10)) == "50 s"
    long = CATALOGUE.routines["r180-no-kit"].blocks
    assert cues.minutes(session(10, blocks=long)).startswith("2 min ")
