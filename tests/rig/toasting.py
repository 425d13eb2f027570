"""A WinRT of paper: as much of it as a toast takes, with a person in front of it.

Names, arguments and numbers are held against the real one's by tests/notify/test_toasts.py.
"""

import enum
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from qlbreak.notify.toasts import Library

# Microsoft, "Toast schema" and "Notification size": with more than that nothing is shown.
MOST_ACTIONS, MOST_BYTES = 5, 5000
NOT_REGISTERED = OSError(-2147221164, "Class not registered")


class NotificationSetting(enum.IntEnum):
    ENABLED = 0
    DISABLED_FOR_APPLICATION = 1
    DISABLED_FOR_USER = 2


class ToastDismissalReason(enum.IntEnum):
    USER_CANCELED = 0
    APPLICATION_HIDDEN = 1
    TIMED_OUT = 2


class XmlDocument:
    def __init__(self) -> None:
        self._xml = ""

    def load_xml(self, xml: str, /) -> None:
        ElementTree.fromstring(xml)
        self._xml = xml


class ToastActivatedEventArgs:
    def __init__(self, arguments: str) -> None:
        self.arguments = arguments


class _Object:
    """What Windows hands over before it was asked what it is."""

    def __init__(self, inside: object) -> None:
        self._inside = inside

    def as_(self, kind: type, /) -> Any:
        assert isinstance(self._inside, kind)
        return self._inside


class ToastDismissedEventArgs:
    def __init__(self, reason: ToastDismissalReason) -> None:
        self.reason = reason


class ToastFailedEventArgs:
    def __init__(self, code: int) -> None:
        self.error_code = code


Handler = Callable[[Any, Any], None]


class ToastNotification:
    def __init__(self, content: XmlDocument, /) -> None:
        self._xml = content._xml
        self.tag = self.group = ""
        self.expiration_time: datetime | None = None
        self.expires_on_reboot = False
        self._handlers: dict[str, Handler] = {}

    def add_activated(self, handler: Handler, /) -> object:
        return self._handlers.setdefault("activated", handler)

    def add_dismissed(self, handler: Handler, /) -> object:
        return self._handlers.setdefault("dismissed", handler)

    def add_failed(self, handler: Handler, /) -> object:
        return self._handlers.setdefault("failed", handler)

    def _tell(self, what: str, given: object) -> None:
        """On a thread of Windows' own, which ours does not wait for."""
        thread = threading.Thread(target=self._handlers[what], args=(self, given))
        thread.start()
        thread.join()


class ToastNotifier:
    def __init__(self, desk: "Desk", application_id: str) -> None:
        self._desk, self._id = desk, application_id
        desk.connections += 1

    @property
    def setting(self) -> NotificationSetting:
        if self._desk.never_shown:
            raise OSError(-2147023728, "Element not found")
        return self._desk.setting

    def show(self, notification: ToastNotification, /) -> None:
        self._desk._show(self._id, notification)

    def hide(self, notification: ToastNotification, /) -> None:
        self._desk._hide(notification)


class ToastNotificationHistory:
    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def clear(self, application_id: str, /) -> None:
        self._desk.swept.append(application_id)

    def remove(self, tag: str, group: str, application_id: str, /) -> None:
        self._desk._remove(tag, group)


class ToastNotificationManager:
    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self.history = ToastNotificationHistory(desk)

    def create_toast_notifier(self, application_id: str, /) -> ToastNotifier:
        return ToastNotifier(self._desk, application_id)


class Desk:
    """What is on the screen, what is on the list of those that have left it, and the person."""

    def __init__(self) -> None:
        self.setting = NotificationSetting.ENABLED
        self.never_shown = True
        self.missing: Exception | None = None  # what loading the library says
        self.loading: Callable[[], object] = lambda: None
        self.refuses: OSError | None = None  # what showing one says
        self.gate = threading.Event()  # shut, a call does not come back
        self.gate.set()
        self.threads: set[str] = set()
        self.connections = 0
        self.signed_by: list[str] = []
        self.swept: list[str] = []
        self.shown: list[Element] = []
        self.screen: list[ToastNotification] = []
        self.listed: list[ToastNotification] = []

    def load(self) -> Library:
        self.loading()
        if self.missing is not None:
            raise self.missing
        parts: Any = (
            XmlDocument,
            ToastNotification,
            ToastNotificationManager(self),
            ToastActivatedEventArgs,
            NotificationSetting.ENABLED,
            ToastDismissalReason.USER_CANCELED,
            ToastDismissalReason.TIMED_OUT,
        )
        return Library(*parts)

    # What Windows does

    def _show(self, by: str, toast: ToastNotification) -> None:
        self.threads.add(threading.current_thread().name)
        self.gate.wait()
        if self.refuses is not None:
            raise self.refuses
        root = ElementTree.fromstring(toast._xml)
        assert len(root.findall("actions/action")) <= MOST_ACTIONS
        assert len(toast._xml.encode()) <= MOST_BYTES
        self._remove(toast.tag, toast.group)
        self.never_shown = False
        self.signed_by.append(by)
        self.shown.append(root)
        self.screen.append(toast)

    def _hide(self, toast: ToastNotification) -> None:
        if toast in self.screen:
            self.screen.remove(toast)
            toast._tell(
                "dismissed", ToastDismissedEventArgs(ToastDismissalReason.APPLICATION_HIDDEN)
            )

    def _remove(self, tag: str, group: str) -> None:
        for place in (self.screen, self.listed):
            place[:] = [toast for toast in place if (toast.tag, toast.group) != (tag, group)]

    # What the person does

    def titles(self) -> list[str]:
        found = [ElementTree.fromstring(toast._xml) for toast in self.screen]
        return [root.findtext("visual/binding/text") or "" for root in found]

    def press(self, label: str) -> None:
        """A button of the newest one."""
        toast = self._taken()
        buttons = ElementTree.fromstring(toast._xml).findall("actions/action")
        (arguments,) = [b.attrib["arguments"] for b in buttons if b.attrib["content"] == label]
        toast._tell("activated", _Object(ToastActivatedEventArgs(arguments)))

    def click(self, toast: ToastNotification | None = None) -> None:
        """On the text."""
        toast = toast or self._taken()
        launch = ElementTree.fromstring(toast._xml).attrib["launch"]
        toast._tell("activated", _Object(ToastActivatedEventArgs(launch)))

    def put_away(self) -> None:
        given = ToastDismissedEventArgs(ToastDismissalReason.USER_CANCELED)
        self._taken()._tell("dismissed", given)

    def let_pass(self) -> None:
        """Its time on the screen is over; it goes to the list."""
        toast = self._taken()
        self.listed.append(toast)
        toast._tell("dismissed", ToastDismissedEventArgs(ToastDismissalReason.TIMED_OUT))

    def fail(self) -> None:
        """Windows finds that it cannot show it after all."""
        self._taken()._tell("failed", ToastFailedEventArgs(-2143420139))

    def _taken(self) -> ToastNotification:
        return (self.screen or self.listed).pop()
