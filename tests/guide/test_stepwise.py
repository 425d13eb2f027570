"""A routine in notifications, one step at a time."""

from collections.abc import Iterator

import pytest

from desk import CATALOGUE
from qlbreak.core.coach.composer import Plan, planned
from qlbreak.core.model.movements import Routine
from qlbreak.core.model.score import said
from qlbreak.core.model.terms import Side
from qlbreak.guide.stepwise import Step, Stepper, steps
from qlbreak.notify import Note, notes
from rig.waiting import wait_for

ROUTINES = CATALOGUE.routines.values()


def plan(routine: Routine) -> Plan:
    return planned(CATALOGUE, routine.id, routine.blocks, Side.LEFT)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_nothing_is_left_out_and_all_can_be_read(routine: Routine) -> None:
    """The smallest notification, mako's, has room for five lines of 24 letters beside a picture."""
    found = steps(plan(routine))
    told = [step.body for step in found]
    for block in routine.blocks:
        movement = CATALOGUE.movements[block.movement]
        assert f"Take care: {movement.caution}" in told
        texts = said(movement, block.seconds)
        for number, text in enumerate(texts, 1):
            assert f"{number} of {len(texts)}: {text}" in told
    for step in found:
        assert len(step.body) <= 140
        assert step.seconds >= 2 + len(step.title + step.body) / 15


def test_the_caution_comes_before_the_work_and_the_change_before_the_other_side() -> None:
    routine = CATALOGUE.routines["r60-desk"]
    found = steps(plan(routine))
    assert found[0].body.startswith("Get ready")
    assert found[1].body.startswith("Take care: ")
    assert found[2].body.startswith("1 of ")
    sides = [step for step in found if "side" in step.title.rpartition(", ")[2]]
    first = found.index(next(step for step in sides if step.title.endswith(", right side")))
    assert found[first - 1].body.startswith("Change sides: right")


def test_what_is_not_known_any_more_has_no_steps() -> None:
    assert steps(Plan("gone", (), Side.BOTH)) == []


SLOW = [Step("Hip hike", "1 of 2: Stand.", 600.0), Step("Hip hike", "2 of 2: Lift.", 600.0)]
FAST = [Step("Hip hike", "1 of 2: Stand.", 0.05), Step("Hip hike", "2 of 2: Lift.", 0.05)]


class Wall(list[Note]):
    """What was shown."""

    @property
    def key(self) -> int:
        """The page of the last one's button."""
        return int(self[-1].buttons[0].key.partition(" ")[2])

    @property
    def bodies(self) -> list[str]:
        return [note.body.partition(":")[0] for note in self]


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def stepper(wall: Wall) -> Iterator[Stepper]:
    stepper = Stepper(wall.append)
    yield stepper
    stepper.stop()


def test_each_comes_in_its_time_and_the_last_asks_whether_it_is_done(
    wall: Wall, stepper: Stepper
) -> None:
    assert stepper.show(3, FAST)
    wait_for(lambda: len(wall) == 3, 5, "both, and the end")
    assert wall[-1] == notes.over(3)
    assert [note.about for note in wall] == [3] * 3
    assert {note.slot for note in wall} == {notes.PROMPT}


def test_a_button_turns_its_own_page_and_no_other(wall: Wall, stepper: Stepper) -> None:
    stepper.show(3, SLOW)
    first = wall.key
    stepper.turn(first)
    stepper.turn(first)
    assert wall.bodies == ["1 of 2", "2 of 2"]
    stepper.turn(wall.key)
    assert wall[-1] == notes.over(3)
    assert len(wall) == 3


def test_the_same_page_comes_again_where_what_showed_it_is_gone(
    wall: Wall, stepper: Stepper
) -> None:
    stepper.show(3, SLOW)
    stepper.turn(wall.key)
    stepper.show(3, SLOW)
    assert wall.bodies == ["1 of 2", "2 of 2", "2 of 2"]
    stepper.show(4, SLOW)
    assert wall.bodies[-1] == "1 of 2", "another prompt"


def test_when_it_is_stopped_no_page_comes_any_more(wall: Wall, stepper: Stepper) -> None:
    stepper.show(3, SLOW)
    stepper.stop()
    stepper.turn(wall.key)
    assert wall.bodies == ["1 of 2"]


def test_a_terminal_that_keeps_every_note_gets_them_all_at_once(wall: Wall) -> None:
    assert not Stepper(wall.append, wanted=False).show(3, SLOW)
    assert wall == []
