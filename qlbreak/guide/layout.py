"""Where everything of a guided movement stands, in a window of any size; only arithmetic."""

from collections.abc import Callable

from msgspec import Struct

from qlbreak.widgets.painting import Rect


class Layout(Struct, frozen=True):
    """`card` holds band, figure and subtitle; `column` the texts beside or below it.

    `scale`: by how much texts are larger than in a window of the usual size.
    """

    scale: float
    wide: bool
    bar: Rect  # how far the routine is
    card: Rect
    band: Rect
    figure: Rect
    subtitle: Rect
    ring: Rect
    beside: Rect  # right of the ring
    head: Rect  # the movement's name
    column: Rect


def laid_out(width: int, height: int, px: Callable[[float], int], steps: int = 4) -> Layout:
    """For so many pixels, the buttons' row below already taken off, and so many steps to tell."""
    one = px(100) / 100
    wide = width > 1.1 * height and width >= 640 * one
    usual = (900, 570) if wide else (600, 760)
    scale = min(max(min(width / one / usual[0], height / one / usual[1]), 0.72), 1.9)

    def s(logical: float) -> int:
        return round(logical * scale * one)

    edge = s(20)
    bar = Rect(edge, s(14), width - 2 * edge, s(30))
    top = bar.bottom + s(12)
    room = Rect(edge, top, width - 2 * edge, max(height - top - s(4), s(200)))
    return _wide(room, bar, scale, one) if wide else _tall(room, bar, scale, one, steps)


def _wide(room: Rect, bar: Rect, scale: float, one: float) -> Layout:
    def s(logical: float) -> int:
        return round(logical * scale * one)

    across = min(round(room.width * 0.56), round(room.height * 1.05))
    card = Rect(room.x, room.y, across, room.height)
    band = Rect(card.x, card.y, card.width, s(72))
    subtitle = Rect(card.x + s(18), card.bottom - s(72), card.width - s(36), s(64))
    figure = _square(card.x, band.bottom, card.width, subtitle.y - band.bottom)
    x = card.right + s(26)
    column = Rect(x, room.y, room.right - x, room.height)
    low = room.height <= 400 * one  # the texts need theirs first
    head = Rect(x, room.y, column.width, s(64 if low else 104))
    size = s(112 if low else 148)
    ring = Rect(x, head.bottom + s(8), size, size)
    beside = Rect(ring.right + s(18), ring.y, column.right - ring.right - s(18), ring.height)
    below = Rect(x, ring.bottom + s(16), column.width, room.bottom - ring.bottom - s(16))
    return Layout(scale, True, bar, card, band, figure, subtitle, ring, beside, head, below)


def _tall(room: Rect, bar: Rect, scale: float, one: float, steps: int) -> Layout:
    def s(logical: float) -> int:
        return round(logical * scale * one)

    head = Rect(room.x, room.y, room.width, s(34))
    # The texts need theirs first.
    share = 0.61 if room.height > 500 * one else 0.52 if steps < 5 else 0.44
    card = Rect(room.x, head.bottom + s(6), room.width, round(room.height * share))
    band = Rect(card.x, card.y, card.width, s(64))
    ring_size = min(s(150), round(card.width * 0.24))
    left = card.width - ring_size - s(30)
    figure = _square(card.x + s(6), band.bottom, left, card.bottom - band.bottom - s(4))
    middle = band.bottom + (card.bottom - band.bottom) // 2
    ring = Rect(card.right - ring_size - s(20), middle - ring_size // 2, ring_size, ring_size)
    beside = Rect(ring.x, ring.bottom, ring.width, 0)
    y = card.bottom + s(10)
    column = Rect(room.x, y, room.width, room.bottom - y)
    none = Rect(card.x, card.bottom, card.width, 0)
    return Layout(scale, False, bar, card, band, figure, none, ring, beside, head, column)


def _square(x: int, y: int, width: int, height: int) -> Rect:
    size = max(min(width, height), 40)
    return Rect(x + (width - size) // 2, y + (height - size) // 2, size, size)
