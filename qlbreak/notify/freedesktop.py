"""org.freedesktop.Notifications over D-Bus: buttons, replacement, withdrawal."""

import html
import queue
from collections.abc import Callable
from typing import Final, NamedTuple

from qlbreak.dbus import Body, Bus, BusError
from qlbreak.language import N_, _, formats, pgettext
from qlbreak.notify import PUT_AWAY, Note, Pressed
from qlbreak.system.clock import steady
from qlbreak.system.patience import next_of
from qlbreak.system.resources import icon_file

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_NORMAL, _CRITICAL = 1, 2  # urgency
_BY_THE_PERSON = 2  # a reason for closing; 1 is its time, 3 we ourselves, 4 anything else
# The same answer to the same notification within so many seconds is a double click, or told twice.
_MOMENT_S = 1.0


class Habits(NamedTuple):
    """What a server makes of actions, which its capabilities do not tell. `draws`: as buttons, in
    view. `click`: the one named "default" is a click on the text, and no further button. `room`:
    of more than so many it makes something worse than buttons; the menu has the rest. `lists`: they
    are lines of a list, and a few more of them harm nobody. `folds`: one line of the text is all
    that is seen at first, unless it is urgent.
    """

    draws: bool = True
    click: bool = True
    room: int = 4
    lists: bool = False
    folds: bool = False


# By the name that they give. Whoever is not here is as the specification has it.
HABITS: Final = {
    "gnome-shell": Habits(folds=True),
    "dunst": Habits(draws=False, lists=True),
    "mako": Habits(draws=False, lists=True),
    "Xfce Notify Daemon": Habits(click=False),
    "lxqt-notificationd": Habits(click=False, room=3),  # of four, a list to choose from and "OK"
}
_USUAL: Final = Habits()


def present(bus: Bus) -> bool:
    """Whether a service runs here. Raises like `Bus.call`."""
    return bus.name_has_owner(_NAME)


def server(bus: Bus) -> str:
    """The service that answers here and what it can do; empty if none does."""
    try:
        name, _vendor, version, _spec = bus.call(_NAME, _PATH, _NAME, "GetServerInformation")
        capabilities = bus.call(_NAME, _PATH, _NAME, "GetCapabilities")[0]
    except BusError:
        return ""
    except (TimeoutError, ConnectionError) as error:
        return _("the notification service does not answer: {error}", error=error)
    drawn = "actions" in capabilities and HABITS.get(name, _USUAL).draws
    if drawn:
        return _("{name} {version}, with buttons", name=name, version=version)
    return _("{name} {version}, without buttons", name=name, version=version)


class _Up(NamedTuple):
    """A notification of ours; its number means nothing to the next daemon."""

    daemon: int
    number: int
    note: Note

    @property
    def id(self) -> tuple[int, int]:
        return self.daemon, self.number


class Freedesktop:
    """`show` may wait, `timeout` seconds a call; what comes over the bus is told on its thread.

    `pressed` hears of buttons, and of what the person has put away. `returned` hears that another
    daemon is there, and which notes should be up and are not.
    """

    name = N_("the desktop's notification service")

    def __init__(
        self,
        bus: Bus,
        pressed: Callable[[Pressed], None],
        returned: Callable[[list[Note]], None],
        timeout: float = 3.0,
        now: Callable[[], float] = steady,
    ) -> None:
        self._bus, self._now = bus, now
        self._timeout = timeout
        self._pressed = pressed
        self._returned = returned
        self._wanted: dict[str, Note] = {}  # by slot
        self._up: dict[str, _Up] = {}  # by slot
        self._closed: set[tuple[int, int]] = set()  # of those the ones that are gone
        self._answered: tuple[_Up, str, float] | None = None  # which, how and when
        self._capabilities: frozenset[str] = frozenset()
        self._habits = _USUAL
        self._asked = 0  # the daemon that they were asked of
        self._daemon = 0  # counts the changes: another daemon, or none
        self._owner: str | None = None
        bus.on_signal(_NAME, _NAME, "ActionInvoked", _PATH, self._on_action)
        bus.on_signal(_NAME, _NAME, "NotificationClosed", _PATH, self._on_closed)
        bus.on_owner(_NAME, self._on_owner)

    def show(self, note: Note) -> bool:
        """Raises BusError, TimeoutError, ConnectionError."""
        self._wanted[note.slot] = note
        self._learn()
        daemon = self._daemon
        replies: queue.SimpleQueue[Body | Exception] = queue.SimpleQueue()

        def answered(reply: Body | Exception) -> None:
            if not isinstance(reply, Exception):
                self._shown(_Up(daemon, reply[0], note))
            replies.put(reply)

        arguments = self._arguments(note)
        self._bus.send(_NAME, _PATH, _NAME, "Notify", "susssasa{sv}i", arguments, answered)
        try:
            reply = next_of(replies, self._timeout)
        except queue.Empty:
            raise TimeoutError(
                _("no answer to Notify in {n} s", n=formats.short(self._timeout))
            ) from None
        if isinstance(reply, Exception):
            raise reply
        return True

    def close(self, slot: str) -> None:
        self._wanted.pop(slot, None)
        up = self._up.pop(slot, None)
        if up is not None:
            self._withdraw(up)
            self._closed.discard(up.id)

    def _arguments(self, note: Note) -> Body:
        actions: list[str] = []
        if "actions" in self._capabilities:
            if note.click and self._habits.click:
                actions += ["default", pgettext("button", "Open")]
            listed = note.more if self._habits.lists else ()
            for button in (*note.buttons[: self._habits.room], *listed):
                actions += button
        markup = "body-markup" in self._capabilities
        body = html.escape(note.body, quote=False) if markup else note.body
        hints: dict[str, tuple[str, object]] = {
            "urgency": ("y", _CRITICAL if note.opened and self._habits.folds else _NORMAL),
            "desktop-entry": ("s", "qlbreak"),
        }
        if note.sound:
            hints["sound-name"] = ("s", "message-new-instant")
        else:
            hints["suppress-sound"] = ("b", True)
        if note.picture is not None:
            hints["image-path"] = ("s", str(note.picture))
        up = self._up.get(note.slot)
        stays = up is not None and up.daemon == self._daemon and up.id not in self._closed
        replaces = up.number if up is not None and stays else 0
        milliseconds = round(note.seconds * 1000)
        icon = str(icon_file("qlbreak.png"))
        return "qlbreak", replaces, icon, note.title, body, actions, hints, milliseconds

    def _learn(self) -> None:
        """Ask each daemon once what it can do; a call may start one, so also where none is."""
        owner, daemon = self._owner, self._daemon
        if not owner or self._asked != daemon:
            (capabilities,) = self._bus.call(
                _NAME, _PATH, _NAME, "GetCapabilities", timeout=self._timeout
            )
            self._capabilities, self._habits = frozenset(capabilities), self._ask_habits()
            # The bus tells who came before it hands on what they answer.
            self._asked = daemon if owner else self._daemon

    def _ask_habits(self) -> Habits:
        try:
            information = self._bus.call(
                _NAME, _PATH, _NAME, "GetServerInformation", timeout=self._timeout
            )
        except BusError:
            return _USUAL
        return HABITS.get(information[0], _USUAL)

    def _shown(self, up: _Up) -> None:
        """Also where the answer comes too late: its buttons are on the screen all the same."""
        slot = up.note.slot
        before = self._up.get(slot)
        if self._wanted.get(slot) is up.note:
            self._up[slot] = up
            self._closed -= {up.id, *([before.id] if before else [])}
        elif before is None or before.number != up.number:
            self._withdraw(up)

    def _withdraw(self, up: _Up) -> None:
        # Without waiting: an error is the specification's way to say that it is gone already.
        if up.daemon == self._daemon and up.id not in self._closed:
            self._bus.send(_NAME, _PATH, _NAME, "CloseNotification", "u", (up.number,))

    def _on_action(self, body: Body) -> None:
        number, key = body
        up = self._ours(number)
        if up is None:
            return
        now, before = self._now(), self._answered
        self._answered = up, key, now
        same = before is not None and (before[0].id, before[1]) == (up.id, key)
        if before is not None and same and now - before[2] < _MOMENT_S:
            return
        key = up.note.click if key == "default" else key
        if key:
            self._pressed(Pressed(key, up.note.about))

    def _on_closed(self, body: Body) -> None:
        number, reason = body
        up = self._ours(number)
        if up is None or up.id in self._closed:
            return
        self._closed.add(up.id)
        pressed = self._answered is not None and self._answered[0].note is up.note
        if reason == _BY_THE_PERSON and not pressed:
            self._pressed(Pressed(PUT_AWAY, up.note.about))

    def _ours(self, number: int) -> _Up | None:
        """The signals tell of everybody's notifications."""
        here = self._daemon, number
        return next((up for up in tuple(self._up.values()) if up.id == here), None)

    def _lost(self) -> list[Note]:
        """What should be up and is not: closed is closed, the rest went with its daemon, or has
        never been seen."""
        notes = []
        for slot, note in tuple(self._wanted.items()):
            up = self._up.get(slot)
            if up is None or up.note is not note or up.id not in self._closed:
                notes.append(note)
        return notes

    def _on_owner(self, owner: str) -> None:
        if owner == self._owner:
            return
        self._daemon += 1
        before, self._owner = self._owner, owner
        if owner and before is not None:
            self._returned(self._lost())
