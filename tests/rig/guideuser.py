"""Somebody before a guided routine's window: starts it, sees its title, presses its keys."""

import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from rig.desktop import Box, Desktop
from rig.processes import Process
from rig.program import import_path
from rig.waiting import wait_for
from rig.xwindows import Window

SCRIPT = Path(__file__).with_name("guidewindow.py")


def begin(desktop: Desktop, routine: str, side: str = "left", *new: str, **env: str) -> Process:
    """A guide as a process, whose listener writes what it hears into `told(desktop)`. It waits for
    the movements that are `new`."""
    told(desktop).unlink(missing_ok=True)
    return desktop.spawn(
        "guide",
        [sys.executable, SCRIPT, "window", told(desktop), routine, side, *new],
        env={**desktop.env, **import_path(), **env},
    )


def told(desktop: Desktop) -> Path:
    return desktop.folder / "told.jsonl"


def heard(desktop: Desktop) -> list[dict[str, Any]]:
    """What its listener has heard, as far as it has been written down."""
    file = told(desktop)
    lines = file.read_text().splitlines() if file.exists() else []
    return [json.loads(line) for line in lines]


class GuideUser:
    """`told` is what the listener has heard, as far as it has been written down."""

    def __init__(
        self, desktop: Desktop, routine: str, side: str = "left", *new: str, **env: str
    ) -> None:
        self._desktop = desktop
        self.process = begin(desktop, routine, side, *new, **env)
        wait_for(lambda: self.window, 10, "a window is there", self.log)
        self._titles, self._known = desktop.folder / "titles", 0
        self._titles.unlink(missing_ok=True)
        watch = ["xprop", "-spy", "-id", self.window, "_NET_WM_NAME"]
        desktop.spawn("xprop", watch, out=self._titles)

    @property
    def _seen(self) -> Window | None:
        return next((one for one in self._desktop.windows() if one.program == "qlbreak"), None)

    @property
    def window(self) -> str:
        """Its number; nothing if there is none."""
        return str(found.number) if (found := self._seen) else ""

    @property
    def title(self) -> str:
        return found.title if (found := self._seen) else ""

    @property
    def titles(self) -> list[str]:
        """All that it had so far."""
        return self._titles.read_text().splitlines()

    def wait_title(self, part: str, seconds: float = 15) -> None:
        """The last one that was waited for or one since, however short it was there."""

        def place() -> int:
            known = enumerate(self.titles[self._known :], self._known + 1)
            return next((number for number, title in known if part in title), 0)

        number = wait_for(place, seconds, f"{part!r} is the title", lambda: self.titles)
        self._known = number - 1

    def focus(self) -> None:
        """As by a click at its frame; and then it takes keys."""
        self._desktop.run(["xdotool", "windowactivate", "--sync", self.window])
        ask = ["xdotool", "getwindowfocus"]
        wait_for(lambda: self._desktop.run(ask).out.strip() == self.window, 10, "it has the keys")

    def press(self, *keys: str) -> None:
        self._desktop.type_key(*keys)

    def close(self) -> None:
        """By the button in its frame, as the window manager hears of it."""
        code = (
            "from Xlib import X; from Xlib.display import Display; from Xlib.protocol import event;"
            "d = Display(); root = d.screen().root; mask = X.SubstructureRedirectMask;"
            f"window = d.create_resource_object('window', {self.window});"
            "ask, data = d.intern_atom('_NET_CLOSE_WINDOW'), (32, [0, 2, 0, 0, 0]);"
            "told = event.ClientMessage(window=window, client_type=ask, data=data);"
            "root.send_event(told, mask | X.SubstructureNotifyMask); d.sync()"
        )
        assert self._desktop.run([sys.executable, "-c", code]).code == 0

    def resize(self, width: int, height: int) -> None:
        size = [str(width), str(height)]
        self._desktop.run(["xdotool", "windowsize", "--sync", self.window, *size])

    def picture(self) -> Image.Image:
        """What is in its frame."""

        def box() -> Box | None:
            return seen.box if (seen := self._seen) else None

        return self._desktop.screenshot(box=wait_for(box, 10, "its window", self.log))

    def told(self) -> list[dict[str, Any]]:
        return heard(self._desktop)

    def worked(self) -> list[list[Any]]:
        """All works in one list: movement, side, seconds."""
        return [work for told in self.told() for work in told.get("worked", [])]

    def log(self) -> str:
        return self.process.log.read_text()
