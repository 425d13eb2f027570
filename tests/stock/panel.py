"""Where the icon is in the panel: its picture is looked for, as by an eye."""

from PIL import Image, ImageChops, ImageStat

from rig.traymenu import ITEM
from rig.waiting import wait_for
from stock.login import Login

_HIGH = 30  # the panel, in pixels
_ALIKE = 120  # the difference of its colours from those on the screen, in all three
_SIZES = (22, 24, 20, 16)


def icon_place(login: Login) -> tuple[int, int]:
    """Its middle on the screen, once the panel has drawn it."""
    place = wait_for(lambda: _seen(login), 10, "the icon is in the panel")
    assert place is not None
    return place


def _seen(login: Login) -> tuple[int, int] | None:
    width = int(login.screen.partition("x")[0])
    shown = login.screenshot(box=(width // 2, 0, width, _HIGH)).convert("RGB")
    icon = _icon(login)
    sizes = (icon.resize((size, size), Image.Resampling.LANCZOS) for size in _SIZES)
    unlike, x, y = min(_looked(shown, sized) for sized in sizes)
    return (width // 2 + x, y) if unlike < _ALIKE else None


def _icon(login: Login) -> Image.Image:
    item = login.wait_tray_item(seconds=30)
    pictures = login.bus.property(*item, ITEM, "IconPixmap")
    width, height, data = max(pictures, key=lambda one: one[0])
    alpha, red, green, blue = Image.frombytes("RGBA", (width, height), bytes(data)).split()
    return Image.merge("RGBA", (red, green, blue, alpha))


def _looked(shown: Image.Image, icon: Image.Image) -> tuple[float, int, int]:
    """How unlike the best place is, and where that is."""
    size, plain = icon.width, icon.convert("RGB")
    solid = icon.getchannel("A").point(lambda value: 255 if value > 200 else 0)

    def unlike(x: int, y: int) -> float:
        there = shown.crop((x, y, x + size, y + size))
        return sum(ImageStat.Stat(ImageChops.difference(there, plain), solid).mean)

    places = ((x, y) for y in range(_HIGH - size + 1) for x in range(shown.width - size))
    best = min((unlike(x, y), x, y) for x, y in places)
    return best[0], best[1] + size // 2, best[2] + size // 2
