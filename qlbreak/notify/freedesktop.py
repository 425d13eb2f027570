"""org.freedesktop.Notifications over D-Bus: buttons, replacement, withdrawal."""

import html
from collections.abc import Callable

from qlbreak.dbus import Body, Bus, BusError
from qlbreak.notify import Note, Pressed
from qlbreak.resources import icon_file

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_NORMAL = 1  # urgency


def server(bus: Bus) -> str:
    """The service that answers here and what it can do; empty if none does."""
    try:
        name, _, version, _ = bus.call(_NAME, _PATH, _NAME, "GetServerInformation")
        capabilities = bus.call(_NAME, _PATH, _NAME, "GetCapabilities")[0]
    except BusError:
        return ""
    except (TimeoutError, ConnectionError) as error:
        return f"the notification service does not answer: {error}"
    buttons = "with buttons" if "actions" in capabilities else "without buttons"
    return f"{name} {version}, {buttons}"


class Freedesktop:
    """Signals come on the bus's thread, calls on the notifier's: each map has one writer."""

    name = "the desktop's notification service"

    def __init__(
        self, bus: Bus, pressed: Callable[[Pressed], None], returned: Callable[[], None]
    ) -> None:
        self._bus = bus
        self._pressed = pressed
        self._returned = returned
        self._numbers: dict[str, int] = {}  # of the notification in a slot
        self._notes: dict[int, Note] = {}
        self._capabilities: frozenset[str] = frozenset()
        self._known_of = ""
        self._owner = ""
        self._lost = False
        bus.on_signal(_NAME, "ActionInvoked", _PATH, self._on_action)
        bus.on_owner(_NAME, self._on_owner)

    def show(self, note: Note) -> bool:
        """Raises BusError, TimeoutError after three seconds, ConnectionError."""
        self._learn()
        number = self._call("Notify", "susssasa{sv}i", self._arguments(note))[0]
        self._numbers[note.slot] = number
        self._notes = {n: self._notes[n] for n in self._numbers.values() if n in self._notes}
        self._notes[number] = note
        return True

    def close(self, slot: str) -> None:
        number = self._numbers.pop(slot, None)
        if number is not None and self._owner:
            self._call("CloseNotification", "u", (number,))

    def _arguments(self, note: Note) -> Body:
        actions: list[str] = []
        if "actions" in self._capabilities:
            if note.click:
                actions += ["default", "Open"]
            for button in note.buttons:
                actions += button
        markup = "body-markup" in self._capabilities
        body = html.escape(note.body, quote=False) if markup else note.body
        hints = {"urgency": ("y", _NORMAL), "desktop-entry": ("s", "qlbreak")}
        replaces = self._numbers.get(note.slot, 0)
        milliseconds = round(note.seconds * 1000)
        icon = str(icon_file("qlbreak.png"))
        return "qlbreak", replaces, icon, note.title, body, actions, hints, milliseconds

    def _learn(self) -> None:
        """Ask a daemon once what it can do; another one may have taken its place."""
        if not self._owner or self._known_of != self._owner:
            self._capabilities = frozenset(self._call("GetCapabilities", None, ())[0])
            self._known_of = self._owner

    def _call(self, member: str, signature: str | None, body: Body) -> Body:
        return self._bus.call(_NAME, _PATH, _NAME, member, signature, body)

    def _on_action(self, body: Body) -> None:
        number, key = body
        note = self._notes.get(number)  # the signal tells of everybody's notifications
        if note is not None:
            self._pressed(Pressed(note.click if key == "default" else key, note.about))

    def _on_owner(self, owner: str) -> None:
        if not owner:
            self._lost = bool(self._owner) or self._lost
            self._numbers = {}  # another daemon may give the same number to somebody else
        self._owner = owner
        if owner and self._lost:
            self._lost = False
            self._returned()
