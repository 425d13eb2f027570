"""Notifications: the first channel that works shows them, in a thread that may wait for it."""

import logging
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, runtime_checkable

from msgspec import Struct

from qlbreak.language import _

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)


class Action(NamedTuple):
    key: str
    label: str


class Note(Struct, frozen=True):
    """A later note with the same `slot` takes the place of the earlier one.

    `about` is handed back with a pressed button: which prompt it was. `click` is the key of a
    click on the text itself. `seconds`: how long it should stay up.
    `picture`: shows what the text says, `sound`: is to be heard, on desktops that can. `opened`:
    all of it is to be read at once, and nobody is to have to open it first. `more`: further
    buttons, where there is room for any number. `insists`: nobody has seen the first one, so that
    this one is to stay in view where a desktop can do that without making it urgent.
    """

    slot: str
    title: str
    body: str
    buttons: tuple[Action, ...] = ()
    click: str = ""
    about: int | None = None
    seconds: float = 60.0
    picture: Path | None = None
    sound: bool = False
    opened: bool = False
    more: tuple[Action, ...] = ()
    insists: bool = False


# The key of a note that the person has closed without a button.
PUT_AWAY: Final = "put-away"


class Pressed(NamedTuple):
    key: str
    about: int | None


class Channel(Protocol):
    name: str

    def show(self, note: Note) -> bool:
        """Raises if it did not work. False: it may have worked, nobody can tell."""
        ...

    def close(self, slot: str) -> None: ...


@runtime_checkable
class Tried(Channel, Protocol):
    """One that can tell before it is to show anything."""

    def trouble(self) -> str:
        """Why it cannot show anything here; empty where it can."""
        ...


Balloon = Callable[[str, str], bool]
"""Title and text, an empty text for none any more; whether the icon could."""


class _Again(NamedTuple):
    note: Note


class Notifier:
    """Shows notes in its own thread: a channel that hangs delays the next note, no more. Of the
    channels the best comes first."""

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._channels = channels
        self._jobs: queue.SimpleQueue[Note | str | _Again | None] = queue.SimpleQueue()
        self._wanted: dict[str, Note] = {}  # by slot, as far as the jobs are done
        self._failing: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="notify", daemon=True)

    def start(self) -> None:
        """What was asked for before is done now."""
        self._thread.start()

    def show(self, note: Note) -> None:
        self._jobs.put(note)

    def again(self, note: Note) -> None:
        """What showed it is gone; by now it may have been closed, or another one shown."""
        self._jobs.put(_Again(note))

    def close(self, slot: str) -> None:
        self._jobs.put(slot)

    def stop(self, seconds: float) -> None:
        """Finish what was asked for, as far as the time goes."""
        self._jobs.put(None)
        self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            if isinstance(job, _Again):
                if self._wanted.get(job.note.slot) is not job.note:
                    continue
                job = job.note
            elif isinstance(job, Note):
                self._wanted[job.slot] = job
            else:
                self._wanted.pop(job, None)
            for channel in self._channels:
                if self._settled(channel, job):
                    break

    def _settled(self, channel: Channel, job: Note | str) -> bool:
        """Whether no further channel has to be asked."""
        try:
            if isinstance(job, str):
                channel.close(job)
                return False
            sure = channel.show(job)
        except Exception as error:  # noqa: BLE001  third parties raise anything; the next one may do
            self._complain(channel.name, error)
            return False
        self._failing.discard(channel.name)
        return sure

    def _complain(self, name: str, error: Exception) -> None:
        level = logging.DEBUG if name in self._failing else logging.WARNING
        self._failing.add(name)
        _log.log(level, "notifications by %s do not work: %s", name, str(error) or repr(error))


def survey(bus: "Bus | None") -> str:
    """One line about what would show a note here, the best first, without showing one."""
    nobody = (lambda _: None), (lambda _: None)
    found = channels(bus, *nobody, None, lambda *_: False)
    names = [_tried(channel) for channel in found]
    if bus is not None:
        from qlbreak.notify.freedesktop import server

        names[0] = server(bus) or _("{name} (there is none)", name=names[0])
    text = names[0]
    for name in names[1:]:
        # Translators: of what is tried, one after the other
        text = _("{before}, else {after}", before=text, after=name)
    return text


def _tried(channel: Channel) -> str:
    trouble = channel.trouble() if isinstance(channel, Tried) else ""
    name = _(channel.name)
    return _("{name} (not here: {trouble})", name=name, trouble=trouble) if trouble else name


def channels(
    bus: "Bus | None",
    pressed: Callable[[Pressed], None],
    returned: Callable[[list[Note]], None],
    own: Channel | None = None,
    balloon: Balloon | None = None,
    platform: str = sys.platform,
) -> list[Channel]:
    """What may show a note here, the best first; the last one always can.

    `pressed` is called from another thread; `returned`, too, with what should be there and is not,
    as when another notification daemon came: `Notifier.again` shows that. `own` has the terminal to
    itself, and shows every note. `balloon` shows a text by our own icon, where Windows does that.
    """
    found: list[Channel] = [] if own is None else [own]
    if platform == "win32":
        from qlbreak.notify.balloons import Balloons, OnIcon
        from qlbreak.notify.toasts import Toasts

        found += [Toasts(pressed, returned), *([OnIcon(balloon)] if balloon else []), Balloons()]
    elif platform == "darwin":
        from qlbreak.notify.notification_center import NotificationCenter
        from qlbreak.notify.script import AppleScript

        found += [NotificationCenter(pressed), AppleScript()]
    elif bus is not None:
        from qlbreak.notify.by_plyer import Plyer
        from qlbreak.notify.freedesktop import Freedesktop, present

        found += [Freedesktop(bus, pressed, returned), Plyer(lambda: present(bus))]
    if own is None:
        from qlbreak.notify.last_resort import ErrorStream

        found.append(ErrorStream())
    return found
