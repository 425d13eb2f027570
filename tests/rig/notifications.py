"""The two notification daemons of a desktop, as tests use them: dunst, and our own notifyd."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rig.buswatch import NOTIFICATIONS
from rig.processes import Process
from rig.session import Session
from rig.waiting import wait_for

DUNST_PATH = "/org/freedesktop/Notifications"
DUNST = "org.dunstproject.cmd0"

# `dmenu` is how dunst lets people choose among several buttons: here the test is the people.
DUNSTRC = """\
[global]
max_icon_size = 96
    monitor = 0
    follow = none
    width = 360
    height = 300
    origin = top-right
    offset = 10x40
    font = DejaVu Sans 11
    frame_width = 2
    idle_threshold = 0
    show_indicators = yes
    history_length = 50
    markup = full
    format = "<b>%s</b>\\n%b"
    mouse_left_click = close_current
    mouse_middle_click = do_action, close_current
    mouse_right_click = close_all
    dmenu = /bin/sh {folder}/choose
[urgency_low]
    timeout = 10
[urgency_normal]
    timeout = 10
[urgency_critical]
    timeout = 0
"""
CHOOSE = """\
cat >{folder}/offered
grep -F -m1 -f {folder}/choice {folder}/offered
"""


def write_dunst_settings(folder: Path) -> Path:
    """Writes the configuration file of dunst."""
    (folder / "choose").write_text(CHOOSE.format(folder=folder))
    path = folder / "dunstrc"
    path.write_text(DUNSTRC.format(folder=folder))
    return path


class DunstUser:
    """Uses a desktop's dunst as a person does."""

    def __init__(self, desktop: Session) -> None:
        self._desktop = desktop

    def press(self, label: str | None = None) -> None:
        """Presses the button with this label; without one, the default action (a click)."""
        if label is None:
            self._ask("NotificationAction", "u", 0)
            return
        (self._desktop.folder / "choice").write_text(f"#{label} (")
        self._ask("ContextMenuCall")

    def close(self) -> None:
        """Dismisses the newest notification."""
        self._ask("NotificationCloseLast")

    def count(self) -> int:
        """How many notifications are on the screen."""
        return int(self._desktop.bus.property(NOTIFICATIONS, DUNST_PATH, DUNST, "displayedLength"))

    def pause(self, paused: bool) -> None:
        """Do-not-disturb on or off."""
        properties = "org.freedesktop.DBus.Properties"
        self._desktop.bus.call(
            NOTIFICATIONS, DUNST_PATH, properties, "Set", "ssv", DUNST, "paused", ("b", paused)
        )

    def history(self) -> list[dict[str, Any]]:
        """Notifications that left the screen, newest first (`summary`, `body`, `id` ...)."""
        (entries,) = self._ask("NotificationListHistory")
        return [{name: value for name, (_, value) in entry.items()} for entry in entries]

    def _ask(self, method: str, signature: str = "", *body: object) -> tuple[Any, ...]:
        return self._desktop.bus.call(NOTIFICATIONS, DUNST_PATH, DUNST, method, signature, *body)


class Notifyd:
    """The test's end of tests/rig/notifyd.py."""

    def __init__(self, process: Process, events: Path) -> None:
        self.process = process
        self._events = events

    def events(self) -> list[dict[str, Any]]:
        """Everything recorded so far; `event` is Notify, CloseNotification or obeyed."""
        lines = self._events.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def shown(self) -> list[dict[str, Any]]:
        """The Notify calls so far: id, summary, body, actions, hints, timeout ..."""
        return [event for event in self.events() if event["event"] == "Notify"]

    def wait_shown(
        self,
        predicate: Callable[[dict[str, Any]], bool] = lambda _: True,
        seconds: float = 5.0,
    ) -> dict[str, Any]:
        """The first Notify call that fits."""
        return wait_for(
            lambda: [event for event in self.shown() if predicate(event)],
            seconds,
            "a notification that fits",
            self.events,
        )[0]

    def press(self, number: int, key: str, *, closes: bool = True) -> None:
        """The user presses a button; `closes=False` leaves the notification open."""
        self._order(**{"press" if closes else "press_only": [number, key]})

    def close(self, number: int, reason: int) -> None:
        """It goes away: 1 expired, 2 dismissed, 3 closed by a call, 4 undefined."""
        self._order(close=[number, reason])

    def set(self, **faults: str | float) -> None:
        """Changes `delay`, `hang` or `error` while it runs."""
        self._order(**faults)

    def _order(self, **order: object) -> None:
        done = sum(event["event"] == "obeyed" for event in self.events())
        pipe = self.process.popen.stdin
        assert pipe is not None
        pipe.write(json.dumps(order).encode() + b"\n")
        pipe.flush()
        wait_for(
            lambda: sum(event["event"] == "obeyed" for event in self.events()) > done,
            5,
            f"notifyd obeys {order}",
        )
