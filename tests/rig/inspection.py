"""What is looked for in any window: names, labels, the way of Tab, a focus and a text to be seen.

    assert inspection.complaints(reader, window) == []

Each complaint is a line that says which part it is about, and what is wrong with it. The numbers
are those of WCAG 2.2, level AA: 4.5 for text, which here holds for large text, too, and 3 for what
shows where the keyboard is.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from rig.accessibility import ACTS, SILENT, Node, Reader
from rig.desktop import Box
from rig.waiting import Unmet, wait_for

TEXT, SIGN = 4.5, 3.0  # the least contrast of a text, and of what is no text
RING = 60  # pixels that must change by so much where the keyboard comes: a ring around a check mark
FIELDS = {"slider", "spin button", "text", "combo box", "entry", "password text"}
# Within one that Tab comes to; the arrows choose among them.
WITHIN = {"list item", "tree item", "table cell", "menu item", "page tab", "radio button"}
WRITTEN = {"label", "push button", "radio button", "check box", "text", "spin button", "link",
           "heading", "page tab", "paragraph", "toggle button", "combo box"}  # fmt: skip
SCROLLED = {"filler"}  # what Qt tells of a part that is scrolled; Tab may stop at one with a name
MARKED = {"radio button", "check box"}  # a mark stands before the text
EDGE = 4  # pixels of a frame or a ring, which are no text
Colour = tuple[int, int, int]


def complaints(reader: Reader, window: Node) -> list[str]:
    """All of them; the keyboard is somewhere else in the window afterwards."""
    return [*nameless(window), *hard_to_read(reader, window), *lost(reader, window)]


# Names


def nameless(window: Node) -> list[str]:
    """What can be used, and does not say what it is."""
    found = []
    for node in window.walk():
        usable = "focusable" in node.states or bool({a.lower() for a in node.actions} & set(ACTS))
        if not usable or node == window or node.role == "scroll bar":
            continue
        if not node.name.strip():
            what = "label" if node.role in FIELDS else "name"
            found.append(f"{node.called}: has no {what}, at {node.box}")
        elif node.role in SILENT - SCROLLED:
            found.append(f"{node.called}: does not say what it is")
    return found


# The keyboard


def lost(reader: Reader, window: Node) -> list[str]:
    """What Tab does not come to, or comes to twice; and what does not show that it is there."""
    way = list(_walked(reader, window))
    stops = [stop.node for stop in way]
    found = [f"{node.called}: Tab comes twice" for node, n in Counter(stops[:-1]).items() if n > 1]
    found += [f"{n.called}: Tab does not come to it" for n in _stops(window) if n not in stops]
    seen: dict[Node, int] = {}
    for one, two in pairwise(way):
        # What has been left may have been scrolled since.
        left = _changed(one.shown, one.box, two.shown, two.last)
        seen[one.node] = max(seen.get(one.node, 0), left)
        came = _changed(two.shown, two.box, one.shown, two.box)
        seen[two.node] = max(seen.get(two.node, 0), came)
    return found + [
        f"{node.called}: cannot be seen to have the keyboard ({count} px)"
        for node, count in seen.items()
        if count < RING
    ]


def _stops(window: Node) -> list[Node]:
    """Where Tab should stop; of radio buttons at one that it need not."""
    able = {"focusable", "sensitive"}
    nodes = [node for node in window.walk() if able <= node.states and node != window]
    return [node for node in nodes if node.role not in WITHIN]


class Stop(NamedTuple):
    """Where the keyboard is, what is seen then, and where the one before has its place now."""

    node: Node
    box: Box
    shown: Image.Image
    last: Box


def _walked(reader: Reader, window: Node) -> Iterator[Stop]:
    """By Tab, from where it is until it is there again."""
    first = reader.focused
    if first is None:
        reader.keys("Tab")
        first = wait_for(lambda: reader.focused, 5, "something has the keyboard")
    assert first is not None
    shown = _still(reader)
    yield Stop(first, first.box, shown, first.box)
    here = first
    if len(_stops(window)) < 2:
        return
    for _ in window.walk():
        reader.keys("Tab")
        before, here = here, _next(reader, here)
        shown = _still(reader)
        yield Stop(here, here.box, shown, before.box)
        if here == first:
            return


def _next(reader: Reader, before: Node) -> Node:
    """Where the keyboard is next."""

    def other() -> Node | None:
        now = reader.focused
        return now if now != before else None

    found = wait_for(other, 5, f"Tab leads on from {before.called}")
    assert found is not None
    return found


def _still(reader: Reader) -> Image.Image:
    """The screen, once it does not change any more: a focus is drawn after it has moved."""
    shots = [reader.desktop.screenshot().convert("RGB")]

    def calm() -> Image.Image | None:
        shots.append(reader.desktop.screenshot().convert("RGB"))
        return shots[-1] if shots[-1].tobytes() == shots[-2].tobytes() else None

    try:
        return wait_for(calm, 0.1, "a still picture") or shots[-1]
    except Unmet:  # something moves; it is looked at as it is
        return shots[-1]


def _changed(here: Image.Image, place: Box, there: Image.Image, other: Box) -> int:
    """How many pixels of what was in that place differ enough to be seen."""
    parts = [_with_edge(here, place), _with_edge(there, other)]
    if parts[0].size != parts[1].size:
        return 0
    pairs = zip(*map(_pixels, parts), strict=True)
    return sum(contrast(a, b) >= SIGN for a, b in pairs if a != b)


def _with_edge(screen: Image.Image, box: Box) -> Image.Image:
    left, top, right, bottom = box
    return screen.crop((left - EDGE, top - EDGE, right + EDGE, bottom + EDGE))


# Contrast


def hard_to_read(reader: Reader, window: Node, least: float = TEXT) -> list[str]:
    """Texts that are too pale on their ground; greyed out ones may be."""
    screen = _still(reader)
    found = []
    for node, box in _on_view(window, window.box):
        if node.role in WRITTEN and node.enabled and (node.name or node.text):
            seen = readable(screen, _inked(node, box))
            if seen is not None and seen < least:
                found.append(f"{node.called}: {seen:.1f} to 1, at {box}")
    return found


def readable(screen: Image.Image, box: Box) -> float | None:
    """The contrast of the palest line of text in that place; None where nothing is written."""
    if box[2] - box[0] < 3 or box[3] - box[1] < 3:
        return None
    part = screen.crop(box)
    pixels = list(_pixels(part))
    ground = Counter(pixels).most_common(1)[0][0]
    lines: list[list[Colour]] = [[]]
    for y in range(part.height):
        row = pixels[y * part.width : (y + 1) * part.width]
        inked = [colour for colour in row if contrast(colour, ground) > 1.5]
        if inked:
            lines[-1] += inked
        elif lines[-1]:
            lines.append([])
    # A line of a few pixels is what is left of an edge, or a dot.
    told = [max(contrast(c, ground) for c in line) for line in lines if len(line) > 20]
    return min(told) if told else None


def contrast(one: Colour, other: Colour) -> float:
    """From 1 to 21, as WCAG counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def _luminance(colour: Colour) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _on_view(node: Node, view: Box) -> Iterator[tuple[Node, Box]]:
    """All in it that is not scrolled out of sight, with what is in sight."""
    for child in node.children:
        if not child.showing:
            continue
        own = child.box
        seen = (
            max(own[0], view[0]),
            max(own[1], view[1]),
            min(own[2], view[2]),
            min(own[3], view[3]),
        )
        if seen[0] >= seen[2] or seen[1] >= seen[3]:
            continue
        if seen[3] - seen[1] >= 0.9 * (own[3] - own[1]):
            yield child, seen
        yield from _on_view(child, seen)


def _inked(node: Node, box: Box) -> Box:
    """Without frame, ring and mark."""
    left, top, right, bottom = box
    if node.role == "label":
        return box
    if node.role in MARKED:
        left += bottom - top
    return left + EDGE, top + EDGE, right - EDGE, bottom - EDGE


def _pixels(image: Image.Image) -> Iterator[Colour]:
    data = image.tobytes()
    return zip(data[0::3], data[1::3], data[2::3], strict=True)
