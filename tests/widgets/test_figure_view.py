"""The moving figure as a widget: which picture is due, what is kept of them, when nothing moves."""

from collections.abc import Callable
from typing import Any

import pytest

from qlbreak import data
from qlbreak.core.model.score import work
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from rig.offscreen import settle

FIGURE = moving.load()["len-boomerang-wall"]
LASTS = 19.0
MOTION = moving.motion(FIGURE, work(data.load().movements["len-boomerang-wall"], 19))


class Hand:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def make(offscreen: None, clock: Hand) -> Callable[..., Any]:
    from qlbreak.widgets.figure_view import FigureView

    def made(*, still: bool = False, size: int = 120, most_bytes: int = 8 << 20) -> FigureView:
        view = FigureView(still=still, clock=clock, most_bytes=most_bytes)
        view.resize(size, size)
        view.show()
        view.set_figure(FIGURE, Side.LEFT)
        settle()
        return view

    return made


def picture(view: Any) -> bytes:
    """What is on the screen."""
    image = view.grab().toImage()  # which owns its bits
    return bytes(image.constBits())


def test_it_moves_by_its_clock_over_and_over(make: Callable[..., Any], clock: Hand) -> None:
    view = make()
    view.play(MOTION, LASTS)
    seen = []
    for _ in range(2 * int(LASTS)):
        view.beat()
        seen.append(picture(view))
        clock.now += 1
    assert len(set(seen)) > 5
    assert seen[: int(LASTS)] == seen[int(LASTS) :]


def test_what_was_drawn_is_kept(make: Callable[..., Any], clock: Hand) -> None:
    view = make()
    view.play(MOTION, LASTS)
    kept = []
    for _ in range(2 * int(LASTS * 4)):
        view.beat()
        kept.append(view.kept_bytes)
        clock.now += 0.25
    assert kept[int(LASTS * 4) - 1] == kept[-1] > kept[0]


def test_what_is_kept_has_a_bound(make: Callable[..., Any], clock: Hand) -> None:
    view = make(size=200, most_bytes=1 << 20)
    view.play(MOTION, LASTS)
    kept = []
    for _ in range(200):
        view.beat()
        kept.append(view.kept_bytes)
        clock.now += 0.1
    assert (1 << 20) - (1 << 18) < max(kept) <= 1 << 20


def test_nothing_moves_while_nobody_sees_it(make: Callable[..., Any]) -> None:
    view = make()
    assert not view.moves
    view.play(MOTION, LASTS)
    assert view.moves
    view.hide()
    assert not view.moves
    view.show()
    assert view.moves
    view.set_figure(FIGURE, Side.RIGHT)
    assert not view.moves


def test_where_less_motion_is_wanted_it_shows_the_pose_that_tells_most(
    make: Callable[..., Any], clock: Hand
) -> None:
    view = make(still=True)
    view.play(MOTION, LASTS)
    assert not view.moves
    before = picture(view)
    clock.now += LASTS / 2
    view.show_at(moving.telling(FIGURE))
    assert picture(view) == before
    view.show_at(moving.start(FIGURE))
    assert picture(view) != before


def test_the_sides_are_each_others_mirror(make: Callable[..., Any]) -> None:
    from PySide6.QtCore import Qt

    view = make(still=True)
    view.show_at(moving.telling(FIGURE))
    left = view.grab().toImage()
    view.set_figure(FIGURE, Side.RIGHT)
    view.show_at(moving.telling(FIGURE))
    assert view.grab().toImage() == left.flipped(Qt.Orientation.Horizontal)


def test_it_is_a_picture_with_a_name_to_screen_readers(make: Callable[..., Any]) -> None:
    from PySide6.QtGui import QAccessible

    view = make()
    view.describe("Side reach, left side", "Reach over your head.")
    told = QAccessible.queryAccessibleInterface(view)
    assert told.role() == QAccessible.Role.Graphic
    assert told.text(QAccessible.Text.Name) == "Side reach, left side"
    assert told.text(QAccessible.Text.Description) == "Reach over your head."
