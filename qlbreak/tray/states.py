"""The states of the tray icon: their words, and their pixels as they lie ready in `icons/`.

What runs all day takes them from there: to draw them would keep Pillow and five megabytes of it,
and cost as much each time as a dozen ticks. `icon` draws, and writes the file.
"""

import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from qlbreak.language import _, pgettext
from qlbreak.system.resources import icon_file

if TYPE_CHECKING:
    from PIL.Image import Image

STEPS: Final = 12  # as many as 16 pixels can show apart: a finer ring would be redrawn for nothing
SIZES: Final = (16, 22, 24, 32, 48, 64)
FILE: Final = "tray.argb"
# What each shows, for those who cannot see it.
WORDS: Final = {
    "sitting": pgettext("state of the icon", "sitting"),
    "due": _("a reminder is open"),
    "snoozed": _("the reminder is snoozed"),
    "held": _("a reminder is waiting"),
    "meeting": _("in a meeting"),
    "paused": pgettext("state of the icon", "paused"),
    "quiet": _("silent outside your hours"),
    "standing": pgettext("state of the icon", "standing"),
    "away": pgettext("state of the icon", "away"),
    "unknown": _("cannot tell whether you are there"),
    "error": _("something is wrong, see the menu"),
}
STATES: Final = tuple(WORDS)

Pixmap = tuple[int, int, bytes]
"""Width, height and pixels: alpha, red, green, blue, as StatusNotifier hosts take them."""


class Picture(NamedTuple):
    """What is to be seen: equal pictures look alike, so only a new one is drawn."""

    state: str
    steps: int = 0
    sway: int = 0  # of who sits: -1 to the left, 1 to the right


SWAYS: Final = (-1, 1)
PICTURES: Final = (
    *(Picture("sitting", steps) for steps in range(STEPS + 1)),
    *(Picture(state) for state in STATES if state != "sitting"),
    *(Picture("sitting", steps, sway) for sway in SWAYS for steps in range(STEPS + 1)),
)


def picture(state: str, fraction: float) -> Picture:
    """What to show when this fraction of the sitting limit is used; full only when all of it is."""
    if state not in WORDS:
        raise ValueError(f"no icon for the state {state!r}")
    if state != "sitting":
        return Picture(state)
    used = min(max(fraction, 0.0), 1.0)
    return Picture(state, int(used * STEPS + 1e-9))  # 7/12 * 12 may come out just below 7


def pixmaps(shown: Picture) -> list[Pixmap]:
    """One of each of SIZES, out of the file. Raises OSError, or ValueError where that is another's:
    a line with the length of each picture's part, in the order of PICTURES, then the parts."""
    number = PICTURES.index(shown)
    with icon_file(FILE).open("rb") as file:
        lengths = msgspec.json.decode(file.readline(), type=list[int])
        file.seek(sum(lengths[:number]), 1)
        try:
            pixels = zlib.decompress(file.read(lengths[number]))
        except (zlib.error, LookupError) as wrong:
            raise ValueError(f"{FILE}: {wrong}") from wrong
    found, at = [], 0
    for size in SIZES:
        found.append((size, size, pixels[at : at + 4 * size * size]))
        at += 4 * size * size
    if at != len(pixels):
        raise ValueError(f"{FILE}: {len(pixels)} bytes for a picture")
    return found


def draw(shown: Picture, size: int) -> "Image":
    """For those who want another size, or another kind of picture."""
    from qlbreak.tray import icon

    return icon.draw(shown, size)


def packed(drawn: list[list[Pixmap]]) -> bytes:
    """The file, of the pixmaps of all PICTURES."""
    parts = [zlib.compress(b"".join(data for *_, data in one), 9) for one in drawn]
    return msgspec.json.encode([len(part) for part in parts]) + b"\n" + b"".join(parts)
