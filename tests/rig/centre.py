"""A notification centre of paper, as desktop-notifier hands it on, with a person in front of it.

Names and arguments are held against the real one's by tests/notify/test_notification_center.py.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any

from qlbreak.notify.notification_center import Classes

_log = logging.getLogger("desktop_notifier.backends.base")


class Urgency(Enum):
    Critical = auto()
    Normal = auto()


@dataclass(frozen=True)
class Button:
    title: str
    on_pressed: Callable[[], Any] | None = None
    identifier: str = ""


@dataclass(frozen=True)
class Attachment:
    path: Path | None = None


@dataclass(frozen=True)
class Notification:
    title: str
    message: str
    urgency: Urgency = Urgency.Normal
    buttons: tuple[Button, ...] = ()
    on_clicked: Callable[[], Any] | None = None
    on_dismissed: Callable[[], Any] | None = None
    attachment: Attachment | None = None
    sound: object = None
    thread: str | None = None
    identifier: str = ""


@dataclass
class Centre:
    """What is shown, and the person."""

    app: bool = True
    allows: bool = True
    missing: Exception | None = None  # what loading the library says
    fails: Exception | None = None  # what it tells its log alone
    shown: dict[str, Notification] = field(default_factory=dict)  # by identifier
    history: list[Notification] = field(default_factory=list)
    made: int = 0
    threads: set[str] = field(default_factory=set)
    asked: threading.Event = field(default_factory=threading.Event)  # shut, nobody has answered
    # Of a set of labels those names that came with the first notification that had it.
    categories: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.asked.set()

    def load(self) -> Classes:
        if self.missing is not None:
            raise self.missing
        parts: Any = (
            lambda app_name: DesktopNotifierSync(self, app_name), Notification, Button, Attachment,
            Urgency.Critical, Urgency.Normal, "default", lambda: self.app,
        )  # fmt: skip
        return Classes(*parts)

    def press(self, label: str) -> None:
        """By the name that the centre knows it by."""
        (shown,) = self.shown.values()
        labels = tuple(button.title for button in shown.buttons)
        name = self.categories[labels][labels.index(label)]
        self._answered(shown)
        found = {button.identifier: button.on_pressed for button in shown.buttons}
        act = found.get(name)
        assert act is not None, "the library would drop it"
        act()

    def click(self) -> None:
        (shown,) = self.shown.values()
        self._answered(shown)
        assert shown.on_clicked is not None
        shown.on_clicked()

    def put_away(self) -> None:
        (shown,) = self.shown.values()
        self._answered(shown)
        assert shown.on_dismissed is not None
        shown.on_dismissed()

    def _answered(self, shown: Notification) -> None:
        del self.shown[shown.identifier]


class DesktopNotifierSync:
    def __init__(self, centre: Centre, app_name: str) -> None:
        self._centre = centre
        centre.made += 1

    def request_authorisation(self) -> bool:
        self._centre.threads.add(threading.current_thread().name)
        self._centre.asked.wait()
        return self._centre.allows

    def send_notification(self, notification: Notification) -> str:
        centre = self._centre
        if centre.fails is not None:
            try:
                raise centre.fails
            except type(centre.fails):
                _log.warning("Notification failed", exc_info=True)
            return notification.identifier
        labels = tuple(button.title for button in notification.buttons)
        centre.categories.setdefault(labels, tuple(b.identifier for b in notification.buttons))
        centre.shown[notification.identifier] = notification
        centre.history.append(notification)
        return notification.identifier

    def clear(self, identifier: str) -> None:
        self._centre.shown.pop(identifier, None)
