"""A routine under guidance: what is shown when, and what counts as done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import CATALOGUE, held_seconds
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Block
from qlbreak.core.model.score import Moment
from qlbreak.core.model.terms import Side

DESK = CATALOGUE.routines["r60-desk"].blocks  # rock 15, then reach 17 for each side


def session(side: Side = Side.LEFT) -> Session:
    return Session(CATALOGUE.exercises(DESK), side)


def run(guide: Session, seconds: float) -> Session:
    for _ in range(round(seconds * 10)):
        guide.advance(0.1)
    return guide


def done(guide: Session) -> list[tuple[str, str, int]]:
    return [(work.movement, work.side.value, round(work.seconds)) for work in guide.take()]


def test_from_start_to_end() -> None:
    guide = session()
    assert guide.stretch.moment is Moment.READY
    assert run(guide, 61).over
    assert done(guide) == [
        ("reset-rock", "both", 15),
        ("len-seat-reach", "left", 17),
        ("len-seat-reach", "right", 17),
    ]
    assert guide.share == pytest.approx(1)
    assert guide.left == guide.left_in_all == 0
    assert done(guide) == []


def test_left_half_way_counts_the_part() -> None:
    guide = run(session(Side.RIGHT), 4 + 15 + 4 + 10)
    guide.finish()
    assert done(guide) == [("reset-rock", "both", 15), ("len-seat-reach", "right", 10)]
    assert guide.share == pytest.approx(25 / 49, abs=0.01)


def test_what_is_under_way_is_told_when_it_ends_or_rests() -> None:
    guide = run(session(), 10)
    assert done(guide) == []
    guide.toggle()
    assert done(guide) == [("reset-rock", "both", 6)]
    guide.toggle()
    run(guide, 10)
    assert done(guide) == [("reset-rock", "both", 9)]


def test_a_pause_stops_time() -> None:
    guide = run(session(), 10)
    guide.toggle()
    left = guide.left
    run(guide, 100)
    assert guide.left == left


def test_a_sleep_is_no_exercise() -> None:
    guide = run(session(), 10)
    guide.advance(3600)
    assert not guide.over
    guide.finish()
    assert done(guide) == [("reset-rock", "both", 6)]


def test_next_and_back_go_by_legs() -> None:
    guide = run(session(), 10)
    guide.next()
    assert (guide.movement.id, guide.stretch.moment) == ("len-seat-reach", Moment.READY)
    guide.back()
    assert guide.movement.id == "reset-rock"
    run(guide, 6)
    guide.back()
    assert (guide.movement.id, guide.stretch.moment, guide.elapsed) == (
        "reset-rock", Moment.READY, 0,
    )  # fmt: skip


def test_the_side_that_comes_is_known_in_time() -> None:
    guide = session()
    assert guide.coming is not None
    assert guide.movement_of(guide.coming).id == "len-seat-reach"
    guide.next()
    assert guide.coming is not None
    assert guide.coming.side is Side.RIGHT
    guide.next()
    assert guide.coming is None
    guide.next()
    assert guide.over
    guide.back()
    assert not guide.over


def test_done_twice_counts_once() -> None:
    guide = run(session(), 19)
    guide.back()
    guide.back()
    run(guide, 19)
    guide.finish()
    assert done(guide) == [("reset-rock", "both", 15)]


def test_it_plays_its_score() -> None:
    guide, heard, seen = session(), [], None
    while not guide.over:
        if guide.phase is not seen:
            seen = guide.phase
            heard.append(seen)
            assert guide.position == pytest.approx(seen.begin)
        assert seen.begin - 1e-6 <= guide.position <= seen.end + 1e-6
        assert guide.score.at(guide.position + 1e-6) is seen
        guide.advance(0.25)
    assert tuple(heard) == guide.score.phases
    assert guide.position == guide.score.seconds == 60
    assert guide.jumps == 0


def test_what_is_new_waits_until_the_person_is_ready() -> None:
    guide = Session(CATALOGUE.exercises(DESK), Side.LEFT, {"len-seat-reach"})
    assert not guide.waiting
    run(guide, 4 + 15 + 3)
    assert guide.waiting
    assert (guide.stretch.moment, guide.elapsed, guide.left) == (Moment.READY, 0, 4)
    run(guide, 60)
    assert guide.waiting
    guide.ready()
    assert not guide.waiting
    run(guide, 5)
    assert guide.stretch.moment is Moment.WORK
    guide.back()
    assert not guide.waiting, "who was ready once is so again"


def test_who_does_not_want_to_get_ready_goes_on_or_back_all_the_same() -> None:
    guide = Session(CATALOGUE.exercises(DESK), Side.LEFT, {"len-seat-reach"})
    guide.next()
    assert guide.waiting
    guide.back()
    assert guide.movement.id == "reset-rock"
    guide.next()
    guide.next()
    assert (guide.stretch.moment, guide.waiting) == (Moment.CHANGE, False)


def test_once_more_is_this_work_again_or_the_one_just_done() -> None:
    guide = run(session(), 4 + 15 + 4 + 10)
    guide.again()
    assert (guide.stretch.moment, guide.stretch.side, guide.elapsed) == (Moment.WORK, Side.LEFT, 0)
    run(guide, 17 + 1)
    assert guide.stretch.moment is Moment.CHANGE
    guide.again()
    assert (guide.stretch.moment, guide.stretch.side, guide.elapsed) == (Moment.WORK, Side.LEFT, 0)
    assert guide.jumps == 2
    run(guide, 17 + 3 + 17 + 1)
    assert guide.over
    guide.again()
    assert (guide.stretch.moment, guide.stretch.side) == (Moment.WORK, Side.RIGHT)
    guide.finish()
    assert done(guide) == [
        ("reset-rock", "both", 15), ("len-seat-reach", "left", 17), ("len-seat-reach", "right", 17),
    ]  # fmt: skip


def test_once_more_at_the_very_start_begins_anew() -> None:
    guide = run(session(), 2)
    guide.again()
    assert (guide.stretch.moment, guide.elapsed) == (Moment.READY, 0)


MOVES = ["run", "next", "back", "again", "toggle", "take"]


@given(
    st.sampled_from(list(CATALOGUE.routines.values())),
    st.sampled_from([Side.LEFT, Side.RIGHT]),
    st.lists(st.sampled_from(MOVES), max_size=40),
)
def test_never_more_than_was_planned(routine, side: Side, moves: list[str]) -> None:  # type: ignore[no-untyped-def]
    guide, works = Session(CATALOGUE.exercises(routine.blocks), side), []
    for move in moves:
        match move:
            case "run":
                guide.advance(4.9)
            case "take":
                works += guide.take()
            case _:
                getattr(guide, move)()
    guide.finish()
    works += guide.take()
    assert 0 <= guide.share <= 1 + 1e-9
    planned = held_seconds(CATALOGUE.exercises(routine.blocks), side)
    for side_, most in zip((Side.LEFT, Side.RIGHT), planned, strict=True):
        assert sum(work.seconds for work in works if work.side is side_) <= most + 0.5 * len(works)


def test_the_extra_set_is_known_as_such() -> None:
    blocks = (Block("len-boomerang-wall", 18), Block("len-boomerang-wall", 15, extra_side=True))
    guide = Session(CATALOGUE.exercises(blocks), Side.RIGHT)
    extras = [s.side for s in guide.stretches if guide.extra(s) and s.moment is Moment.WORK]
    assert extras == [Side.RIGHT]
