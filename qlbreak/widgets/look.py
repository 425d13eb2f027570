"""What all windows share: a root that does not take the keyboard, scale, fonts and colours.

    look = look.window("qlbreak", 720, 560, least=(420, 480))   # not shown yet; raises NoWindow
    ...widgets into look.root, with look.colours, look.font(15), look.px(12), buttons.Button...
    look.present()          # shows it without taking the keyboard
    look.root.mainloop()

Sizes are logical pixels, 96 to the inch; `px` makes real ones of them. QLBREAK_SCALE=2 overrides
the scale of the screen. That macOS has points for pixels was read and never run.
"""

import os
import sys
import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from tkinter import font as fonts

from msgspec import Struct

from qlbreak.data import colours
from qlbreak.system import parent
from qlbreak.system.parent import Order
from qlbreak.system.resources import icon_file
from qlbreak.widgets import NoWindow, preferences

if sys.platform == "linux":
    from qlbreak.widgets import tk_on_x11

_HEAR_MS = 150  # from look to look at what the program says
_INCH = 96
_POINTS = 72  # to the inch
_LEAST_ROOM = 640, 520  # logical pixels of a screen that the guide needs to show all it has to
_FRAME = 40, 60  # what a window manager may put around a window, in logical pixels
_FAMILY = {"win32": "Segoe UI", "darwin": "Helvetica Neue"}.get(sys.platform, "sans-serif")


class TkColours(Struct, frozen=True):
    """What they are for: `data.colours`."""

    paper: str
    card: str
    ink: str
    soft: str
    line: str
    accent: str
    on_accent: str
    tint: str
    call: str
    on_call: str
    focus: str


def _theme(*, dark: bool) -> TkColours:
    shades = (getattr(colours, name.upper()) for name in TkColours.__struct_fields__)
    return TkColours(*(shade.dark if dark else shade.light for shade in shades))


LIGHT, DARK = _theme(dark=False), _theme(dark=True)


class Look:
    """A window and how things look in it."""

    def __init__(self, root: tk.Tk, scale: float) -> None:
        self.root = root
        self.scale = scale
        self.dark = preferences.dark()
        self.colours = DARK if self.dark else LIGHT
        self.icon: tk.PhotoImage | None = None
        self._fonts: dict[tuple[float, bool], fonts.Font] = {}

    @cached_property
    def still(self) -> bool:
        """No motion: the person has asked the system for less of it."""
        return preferences.still()

    def px(self, logical: float) -> int:
        return round(logical * self.scale)

    def font(self, size: float, bold: bool = False) -> fonts.Font:
        """`size` is the height of a line's letters in logical pixels."""
        if (size, bold) not in self._fonts:
            self._fonts[size, bold] = fonts.Font(
                self.root,
                family=_FAMILY,
                size=-max(self.px(size), 1),  # below zero: pixels
                weight="bold" if bold else "normal",
            )
        return self._fonts[size, bold]

    def key(self, names: str, action: Callable[[], object]) -> None:
        """Binds keys ("Escape Control-w") of the whole window.

        A widget with the focus goes first: a button takes Space and Return for itself.
        """

        def pressed(_: object) -> None:
            action()

        for name in names.split():
            self.root.bind(f"<{name}>" if len(name) > 1 else name, pressed)
            if len(name) == 1 and name.isalpha():
                self.root.bind(name.upper(), pressed)

    def present(self, asked: bool = False, leave: Callable[[Order], None] | None = None) -> None:
        """Shows the window, without taking the keyboard from who is typing elsewhere.

        `asked`: the person has just asked for it, and so gets the keyboard with it, from the first
        key on. `leave`: for one that does not just close when the program tells it to, or is gone.
        """
        self.root.update_idletasks()
        if sys.platform == "linux" and not asked:
            tk_on_x11.came_unasked(self.root)
        self.root.deiconify()
        self._hear(parent.listen(), leave or (lambda _: self.root.destroy()))

    def _hear(self, said: Callable[[], Order | None], leave: Callable[[Order], None]) -> None:
        word = said()
        if word is Order.FRONT:
            self._come_forward()
        elif word is not None:
            leave(word)
        with suppress(tk.TclError):  # it has left
            self.root.after(_HEAR_MS, self._hear, said, leave)

    def _come_forward(self) -> None:
        root = self.root
        root.deiconify()
        root.lift()
        if sys.platform == "linux":
            tk_on_x11.activate(root)
        else:
            root.attributes("-topmost", True)
            root.attributes("-topmost", False)
            root.focus_force()


def window(title: str, width: int, height: int, least: tuple[int, int]) -> Look:
    """A window that is not shown yet. Raises NoWindow."""
    if sys.platform == "win32":
        _scale_ourselves()
    try:
        root = tk.Tk(className="qlbreak")
    except tk.TclError as error:
        raise NoWindow(f"no window can be opened here ({error})") from error
    root.withdraw()
    root.title(title)
    room = _room(root)
    look = Look(root, _scale(root, room[2], room[3]))
    frame_across, frame_down = map(look.px, _FRAME)
    across = min(look.px(width), room[2] - frame_across)
    down = min(look.px(height), room[3] - frame_down)
    root.geometry(f"{across}x{down}")
    root.minsize(min(look.px(least[0]), across), min(look.px(least[1]), down))
    root.configure(background=look.colours.paper)
    if root.tk.call("tk", "windowingsystem") == "x11":
        # A tiling window manager leaves it its size. Where it stands is the manager's business: Tk
        # knows no monitors, and would have the middle between two.
        root.attributes("-type", "dialog")
    else:
        x, y = room[0] + (room[2] - across) // 2, room[1] + (room[3] - frame_down - down) // 2
        root.geometry(f"+{x}+{y}")
    with suppress(tk.TclError):  # a window without its icon is a window
        look.icon = tk.PhotoImage(master=root, file=str(icon_file("qlbreak.png")))
        root.iconphoto(True, look.icon)
    return look


def _scale(root: tk.Tk, across: int, down: int) -> float:
    """Real pixels for a logical one, to a quarter; never less than one, and never more than what
    leaves room for a window in so many pixels."""
    dpi = float(root.winfo_fpixels("1i"))
    if sys.platform == "linux":
        dpi = tk_on_x11.dpi() or dpi
        # Tk hands fonts to Xft in points, by its own idea of an inch, and Xft draws them by the
        # desktop's: where these differ all text is larger than it was measured.
        root.tk.call("tk", "scaling", dpi / _POINTS)
    with suppress(ValueError):
        return min(max(float(os.environ.get("QLBREAK_SCALE", "")), 0.5), 4.0)
    if sys.platform == "darwin":
        return 1.0  # its pixels are points
    wanted = max(dpi / _INCH, *map(_said, ("GDK_SCALE", "QT_SCALE_FACTOR")))
    most = min(across / _LEAST_ROOM[0], down / _LEAST_ROOM[1], 4.0)
    return max(min(round(wanted * 4) / 4, int(most * 4) / 4), 1.0)


def _said(name: str) -> float:
    """What the person has told other toolkits, where the desktop has set nothing for all."""
    with suppress(ValueError):
        return float(os.environ.get(name, ""))
    return 0.0


def _room(root: tk.Tk) -> tuple[int, int, int, int]:
    """Left, top, width and height of what no panel takes of the screen."""
    whole = 0, 0, root.winfo_screenwidth(), root.winfo_screenheight()
    if sys.platform == "linux":
        return tk_on_x11.room() or whole
    if sys.platform == "win32":
        return _work_area() or whole
    return whole


if sys.platform == "win32":

    def _scale_ourselves() -> None:
        """Else Windows would enlarge the pixels."""
        import ctypes

        with suppress(AttributeError, OSError):
            ctypes.windll.shcore.SetProcessDpiAwareness(1)

    def _work_area() -> tuple[int, int, int, int] | None:
        import ctypes
        from ctypes.wintypes import RECT

        get_work_area, area = 0x30, RECT()
        if not ctypes.windll.user32.SystemParametersInfoW(get_work_area, 0, ctypes.byref(area), 0):
            return None
        return area.left, area.top, area.right - area.left, area.bottom - area.top
