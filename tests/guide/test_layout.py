"""Where things stand in the window of a guided routine, for windows of all sizes and scales."""

from hypothesis import given
from hypothesis import strategies as st

from needing import need_tk

need_tk()

from qlbreak.guide.layout import Layout, laid_out  # noqa: E402
from qlbreak.widgets.painting import Rect  # noqa: E402  (it draws)

LEAST = 420, 380  # with the rows of buttons taken off


def within(inner: Rect, outer: Rect) -> bool:
    return (
        inner.x >= outer.x
        and inner.y >= outer.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def apart(a: Rect, b: Rect) -> bool:
    beside = a.right <= b.x or b.right <= a.x
    return beside or a.bottom <= b.y or b.bottom <= a.y


def made(width: int, height: int, scale: float, steps: int = 4) -> Layout:
    return laid_out(width, height, lambda logical: round(logical * scale), steps)


@given(
    st.integers(LEAST[0], 3000),
    st.integers(LEAST[1], 2000),
    st.sampled_from([1.0, 1.5, 2.0]),
    st.integers(3, 5),
)
def test_everything_has_its_place(width: int, height: int, scale: float, steps: int) -> None:
    found = made(round(width * scale), round(height * scale), scale, steps)
    window = Rect(0, 0, round(width * scale), round(height * scale))
    for place in (found.bar, found.card, found.head, found.ring, found.column):
        assert within(place, window), place
        assert place.width > 0
        assert place.height > 0
    assert within(found.figure, found.card)
    assert within(found.band, found.card)
    places = [found.bar, found.card, found.head, found.column]
    for number, place in enumerate(places):
        assert all(apart(place, other) for other in places[number + 1 :])
    assert apart(found.figure, found.band)
    assert apart(found.figure, found.ring)
    assert found.figure.width >= 0.2 * min(window.width, window.height)


def test_a_larger_scale_is_the_same_picture_with_more_pixels() -> None:
    once, twice = made(900, 580, 1.0), made(1800, 1160, 2.0)
    assert abs(twice.figure.width - 2 * once.figure.width) <= 4
    assert once.wide
    assert twice.wide
