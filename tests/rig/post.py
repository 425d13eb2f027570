"""A private bus with a notifier on it, as a test uses them."""

import queue
import sys
from pathlib import Path
from typing import Any, Self

from qlbreak.dbus import DAEMON, Body, Method
from qlbreak.notify import Action, Channel, Note, Notifier, Pressed
from qlbreak.notify.freedesktop import Freedesktop
from rig.buswatch import NOTIFICATIONS
from rig.notifications import Notifyd
from rig.privatebus import PrivateBus
from rig.waiting import PATIENCE

PATH = "/org/freedesktop/Notifications"
SPECIAL = 'Tom & "Jerry\'s" <b>1 < 2 > 0</b> &amp; 🧘‍♀️ ½ 日本'
BUTTONS = (Action("start", "Start"), Action("done", "Done"), Action("snooze 300 s", "Snooze 5 min"))


def note(title: str = "Sitting 30 min", about: int = 7, **fields: Any) -> Note:
    given = {"slot": "prompt", "body": "Stand up.", "buttons": BUTTONS, "click": "start"} | fields
    return Note(title=title, about=about, **given)


class Paper:
    """The next channel: always works."""

    name = "paper"

    def __init__(self) -> None:
        self.notes: queue.SimpleQueue[Note] = queue.SimpleQueue()

    def show(self, note: Note) -> bool:
        self.notes.put(note)
        return True

    def close(self, slot: str) -> None:
        pass

    def next(self) -> str:
        return self.notes.get(timeout=PATIENCE).title


class Post(PrivateBus):
    """A private bus, a notifier on it, and a daemon as soon as it is wanted."""

    def start(self) -> None:
        super().start()
        self.pressed: queue.SimpleQueue[Pressed] = queue.SimpleQueue()
        self.returned: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        self.paper = Paper()
        self.seconds = 0.0
        self._channels: list[Channel] = []
        self.notifier = Notifier(self._channels)
        self.connected = self.connect()
        self._opened_notifier = False

    def stop(self) -> None:
        super().stop()
        if self._opened_notifier:
            self.notifier.stop(3)

    def kill_daemon(self) -> None:
        super().kill_daemon()
        self.bus.close()
        self._connection = None

    def open(self, timeout: float = 3.0) -> Self:
        """From now on notes go to the daemon, or are found on paper."""

        def returned(lost: list[Note]) -> None:
            self.returned.put([note.title for note in lost])

        return self.start_with(
            Freedesktop(self.connected, self.pressed.put, returned, timeout, self.clock)
        )

    def start_with(self, channel: Channel) -> Self:
        self._channels += [channel, self.paper]
        self.notifier.start()
        self._opened_notifier = True
        return self

    def daemon(
        self, capabilities: str = "body,body-markup,actions", *options: str, name: str = "notifyd"
    ) -> Notifyd:
        """tests/rig/notifyd.py; for its options see there."""
        events = self.folder / f"{name}.jsonl"
        script = Path(__file__).with_name("notifyd.py")
        command: list[str | Path] = [
            sys.executable,
            script,
            f"--capabilities={capabilities}",
            *options,
        ]
        process = self.spawn(name, command, commands=True, out=events)
        self.wait_name(NOTIFICATIONS)
        return Notifyd(process, events)

    def kill(self, daemon: Notifyd) -> None:
        daemon.process.kill9()
        self.wait_name(NOTIFICATIONS, owned=False)

    def clock(self) -> float:
        """Steady seconds: they pass as the test says."""
        return self.seconds

    def no_press(self) -> bool:
        """After all that the daemon has said up to now."""
        self.connected.call(NOTIFICATIONS, PATH, NOTIFICATIONS, "GetCapabilities")
        return self.pressed.empty()


class Desk:
    """A daemon in the test's own process: hands its name over, and knows what is gone."""

    def __init__(self, post: Post, capabilities: tuple[str, ...]) -> None:
        self.titles: queue.SimpleQueue[tuple[str, int, int]] = queue.SimpleQueue()
        self.asked = 0
        self._capabilities = capabilities
        self._bus = post.connect()
        methods = {
            "GetCapabilities": Method(self._tell, (), ("as",)),
            "GetServerInformation": Method(lambda: ("desk", "tests", "1", "1.2"), (), ("s",) * 4),
            "Notify": Method(self._notify, ("s", "u", "s", "s", "s", "as", "a{sv}", "i"), ("u",)),
        }
        self._bus.serve(PATH, NOTIFICATIONS, methods)
        allow, replace = 1, 2
        self._bus.call(*DAEMON, "RequestName", "su", (NOTIFICATIONS, allow | replace))

    def _tell(self) -> Body:
        self.asked += 1
        return (list(self._capabilities),)

    def _notify(self, *arguments: Any) -> Body:
        self.titles.put((arguments[3], arguments[1], len(arguments[5])))
        return (5,)
