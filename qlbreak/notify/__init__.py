"""Notifications: the first channel that works shows them, in a thread that may wait for it."""

import logging
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)


class Button(NamedTuple):
    key: str
    label: str


class Note(Struct, frozen=True):
    """A later note with the same `slot` takes the place of the earlier one.

    `about` is handed back with a pressed button: which prompt it was. `click` is the key of a
    click on the text itself. `seconds`: how long it should stay up.
    """

    slot: str
    title: str
    body: str
    buttons: tuple[Button, ...] = ()
    click: str = ""
    about: int | None = None
    seconds: float = 60.0


class Pressed(NamedTuple):
    key: str
    about: int | None


class Channel(Protocol):
    name: str

    def show(self, note: Note) -> bool:
        """Raises if it did not work. False: it may have worked, nobody can tell."""
        ...

    def close(self, slot: str) -> None: ...


class Notifier:
    """Shows notes in its own thread: a channel that hangs delays the next note, no more."""

    def __init__(self) -> None:
        self._channels: list[Channel] = []
        self._jobs: queue.SimpleQueue[Note | str | None] = queue.SimpleQueue()
        self._complained: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="notify", daemon=True)
        self.channel = ""  # the one that showed the last note

    def start(self, channels: list[Channel]) -> None:
        """*channels*: the best first. What was asked for before is done now."""
        self._channels = channels
        self._thread.start()

    def show(self, note: Note) -> None:
        self._jobs.put(note)

    def close(self, slot: str) -> None:
        self._jobs.put(slot)

    def stop(self, seconds: float) -> None:
        """Finish what was asked for, as far as the time goes."""
        self._jobs.put(None)
        self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if isinstance(job, Note):
                self._show(job)
            else:
                self._close(job)

    def _show(self, note: Note) -> None:
        for channel in self._channels:
            try:
                sure = channel.show(note)
            except Exception as error:  # noqa: BLE001  third parties raise anything; the next one may do
                self._complain(channel.name, error)
                continue
            self._complained.discard(channel.name)
            self.channel = channel.name
            if sure:
                return

    def _close(self, slot: str) -> None:
        for channel in self._channels:
            try:
                channel.close(slot)
            except Exception as error:  # noqa: BLE001  as above
                self._complain(channel.name, error)

    def _complain(self, name: str, error: Exception) -> None:
        level = logging.DEBUG if name in self._complained else logging.WARNING
        self._complained.add(name)
        _log.log(level, "notifications by %s do not work: %s", name, error)


def survey(bus: "Bus | None") -> str:
    """One line about what would show a note here, without showing one."""
    if sys.platform == "win32":
        return "plyer's balloons, without buttons"
    if sys.platform == "darwin":
        return "osascript, without buttons"
    if bus is not None:
        from qlbreak.notify.freedesktop import server

        found = server(bus)
        if found:
            return found
    return "no notification service: prompts come in the terminal, the log and the tray's icon"


def channels(
    bus: "Bus | None", pressed: Callable[[Pressed], None], returned: Callable[[], None]
) -> list[Channel]:
    """What may show a note here, the best first; the last one always can.

    `pressed` is called from another thread; `returned` when a notification daemon came back that
    had been gone, and with it all notes.
    """
    from qlbreak.notify.terminal import Terminal

    found: list[Channel] = []
    if bus is not None:
        from qlbreak.notify.freedesktop import Freedesktop

        found.append(Freedesktop(bus, pressed, returned))
    if sys.platform == "darwin":
        from qlbreak.notify.script import AppleScript

        found.append(AppleScript())
    if bus is not None or sys.platform != "linux":
        from qlbreak.notify.by_plyer import Plyer

        found.append(Plyer())
    found.append(Terminal())
    return found
