"""The windows on an X server. `xdotool search` fails as soon as any window goes while it looks."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from Xlib import X
from Xlib.display import Display
from Xlib.error import XError


@dataclass(frozen=True, slots=True)
class Window:
    """`program` is the second part of its class; `box` what stands in its frame, in pixels."""

    number: int
    title: str
    program: str
    box: tuple[int, int, int, int]


def visible(display: str) -> list[Window]:
    """Those of programs that are on the screen, covered or not; a program's menus are some, too.

    Raises Xlib's DisplayError where no server answers.
    """
    with closing(Display(display)) as server:
        root = server.screen().root
        titles = [server.intern_atom(name) for name in ("_NET_WM_NAME", "WM_NAME")]
        return list(_with_children(root, root, titles))


def _with_children(window: Any, root: Any, titles: list[int]) -> Iterator[Window]:
    with suppress(XError):  # it has gone
        if window.get_attributes().map_state != X.IsViewable:
            return
        if program := window.get_wm_class():  # a frame has none
            size, place = window.get_geometry(), root.translate_coords(window, 0, 0)
            told = map(window.get_full_text_property, titles)
            yield Window(
                window.id,
                next((title for title in told if isinstance(title, str)), ""),
                program[1],
                (place.x, place.y, place.x + size.width, place.y + size.height),
            )
        for child in window.query_tree().children:
            yield from _with_children(child, root, titles)
