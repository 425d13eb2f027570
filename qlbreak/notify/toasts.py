"""Toasts of Windows, by its own WinRT: buttons, replacement, withdrawal.

Of the library (winrt-*) only what a toast takes, and that not before there is one to show.
"""

import html
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from qlbreak.language import N_, _
from qlbreak.notify import PUT_AWAY, Note, Pressed
from qlbreak.notify.asking import Asking
from qlbreak.system import identity
from qlbreak.system.clock import wall_seconds
from qlbreak.system.resources import icon_file

if TYPE_CHECKING:
    from winrt.system import Object
    from winrt.windows.data.xml.dom import XmlDocument
    from winrt.windows.ui import notifications as ui

# What an answer says that came by a click on the text, which no button's key is.
_TEXT: Final = "the text"
# To load the library, from a disk that is asleep, past what looks into each file.
_LOADING_S = 20.0
# All of ours; with an empty one Windows does not take a toast back.
_GROUP: Final = "qlbreak"
_MOST_BUTTONS = 5  # of one with more nothing is shown
# Windows shows a toast for 5 or for 25 seconds, or until it is answered.
_SHORT_S = 25.0
# So many lines of the text are seen, unless they are a group: then all of them.
_LINES = 4
# Of the 5 KB that a toast may have in all, with room for what is written around it.
_BODY_UNITS = 1500
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


class Library(NamedTuple):
    """The classes of WinRT that a toast takes."""

    document: "type[XmlDocument]"
    toast: "type[ui.ToastNotification]"
    manager: "type[ui.ToastNotificationManager]"
    activated: "type[ui.ToastActivatedEventArgs]"
    enabled: "ui.NotificationSetting"
    by_the_person: "ui.ToastDismissalReason"
    by_its_time: "ui.ToastDismissalReason"


def library() -> Library:
    """Raises ImportError, OSError."""
    # Named here, all of them: the library finds what it gives back by itself, a freezer does not.
    import winrt.windows.foundation
    import winrt.windows.foundation.collections  # noqa: F401
    from winrt.windows.data.xml.dom import XmlDocument
    from winrt.windows.ui import notifications as ui

    return Library(
        XmlDocument,
        ui.ToastNotification,
        ui.ToastNotificationManager,
        ui.ToastActivatedEventArgs,
        ui.NotificationSetting.ENABLED,
        ui.ToastDismissalReason.USER_CANCELED,
        ui.ToastDismissalReason.TIMED_OUT,
    )


class _Toast(NamedTuple):
    note: Note
    toast: "ui.ToastNotification"


class Toasts:
    """`show` may wait, `patience` seconds. What Windows says of one is told on its thread.

    `pressed` hears of buttons, and of what the person has put away. `returned` hears what was not
    shown after all, which Windows says later; from then on none is.
    """

    name = N_("Windows toasts")

    def __init__(
        self,
        pressed: Callable[[Pressed], None],
        returned: Callable[[list[Note]], None],
        load: Callable[[], Library] = library,
        registry: Any = None,
        patience: float = 3.0,
    ) -> None:
        """`registry`: the module winreg."""
        self._pressed, self._returned = pressed, returned
        self._load, self._registry = load, registry
        self._asking = Asking("toasts", patience)
        self._library: Library | None = None
        self._notifier: ui.ToastNotifier | None = None
        self._swept = self._stale = False
        self._fails = ""  # why there is no use in trying again
        self._up: dict[str, _Toast] = {}  # by slot
        self._answered: _Toast | None = None

    def show(self, note: Note) -> bool:
        """Raises OSError, TimeoutError."""
        if self._fails:
            raise OSError(self._fails)
        if self._notifier is None:
            self._asking.ask(self._ready, _LOADING_S)
        self._asking.ask(lambda: self._show(note))
        return True

    def close(self, slot: str) -> None:
        """Raises TimeoutError."""
        shown = self._up.pop(slot, None)
        if shown is not None:
            self._asking.ask(lambda: self._withdraw(shown))

    def trouble(self) -> str:
        """Why none can be shown here; empty where one can. Shows none."""
        try:
            self._asking.ask(self._ready, _LOADING_S)
        except Exception as error:  # noqa: BLE001  third parties raise anything; it is told
            return _said(error)
        return ""

    def _show(self, note: Note) -> None:
        found, notifier = self._ready()
        if not self._swept:
            self._sweep(found)
        document = found.document()
        document.load_xml(markup(note))
        toast = found.toast(document)
        toast.tag, toast.group = note.slot, _GROUP
        # Nobody answers one that is left over when the program is gone.
        toast.expires_on_reboot = True
        toast.expiration_time = datetime.fromtimestamp(wall_seconds(), UTC) + timedelta(
            seconds=max(note.seconds, _SHORT_S)
        )
        shown = _Toast(note, toast)
        toast.add_activated(lambda _, given: self._on_activated(shown, given))
        toast.add_dismissed(lambda _, given: self._on_dismissed(shown, given))
        toast.add_failed(lambda _, given: self._on_failed(shown, given.error_code))
        before, self._up[note.slot] = self._up.get(note.slot), shown
        try:
            notifier.show(toast)
        except Exception:
            self._stale = True  # what it talks to may have been started anew
            self._up.pop(note.slot)
            if before is not None:
                self._withdraw(before)
            raise

    def _ready(self) -> "tuple[Library, ui.ToastNotifier]":
        """Raises OSError."""
        identity.sign(icon_file("qlbreak.png"), self._registry)  # somebody may have cleaned up
        if self._library is None or self._notifier is None:
            try:
                self._library = self._load()
                self._notifier = self._library.manager.create_toast_notifier(identity.APP_ID)
            except (ImportError, OSError) as error:
                self._fails = _said(error)
                raise OSError(self._fails) from error
        elif self._stale:
            self._notifier = self._library.manager.create_toast_notifier(identity.APP_ID)
            self._stale = False
        try:
            setting = self._notifier.setting
        except OSError:  # before the first toast there is none (desktop-notifier, issue 95)
            return self._library, self._notifier
        if setting != self._library.enabled:
            # Translators: notifications; the two are pages of Windows' own settings.
            raise OSError(_("Windows' settings keep them off: System, Notifications"))
        return self._library, self._notifier

    def _sweep(self, found: Library) -> None:
        """What an earlier run has left, when it was killed: its buttons reach nobody."""
        self._swept = True
        with suppress(OSError):
            found.manager.history.clear(identity.APP_ID)

    def _withdraw(self, shown: _Toast) -> None:
        """From the screen, and from the list of those that have left it."""
        assert self._notifier is not None
        with suppress(OSError):  # it is gone already
            self._notifier.hide(shown.toast)
        self._forget(shown)

    def _forget(self, shown: _Toast) -> None:
        assert self._library is not None
        with suppress(OSError):
            self._library.manager.history.remove(shown.note.slot, _GROUP, identity.APP_ID)

    def _on_activated(self, shown: _Toast, given: "Object | None") -> None:
        """An answer takes a toast away, so there is one."""
        assert self._library is not None
        if self._answered is shown:
            return
        self._answered = shown
        key = _TEXT if given is None else given.as_(self._library.activated).arguments
        if key == _TEXT:
            key = shown.note.click or PUT_AWAY
        self._pressed(Pressed(key, shown.note.about))

    def _on_dismissed(self, shown: _Toast, given: "ui.ToastDismissedEventArgs | None") -> None:
        """Also when its time on the screen is over, and when it is we who took it back."""
        assert self._library is not None
        note = shown.note
        if given is None or self._up.get(note.slot) is not shown or self._answered is shown:
            return
        if given.reason == self._library.by_the_person:
            self._pressed(Pressed(PUT_AWAY, note.about))
        elif given.reason == self._library.by_its_time and (note.buttons or note.click):
            # From the list of those that have left the screen Windows starts a COM server, and
            # tells nobody else (Windows-Toasts, issue 12). A button that does nothing is worse
            # than none: icon and menu have the same answers.
            self._forget(shown)

    def _on_failed(self, shown: _Toast, code: int) -> None:
        self._fails = f"Windows could not show one (0x{code & 0xFFFFFFFF:08X})"
        if self._up.get(shown.note.slot) is shown:
            self._returned([shown.note])


def _said(error: Exception) -> str:
    """Of Windows often a number alone."""
    code = getattr(error, "winerror", None)
    text = (error.strerror or "").strip() if isinstance(error, OSError) else ""
    told = f"{text or 'Windows refuses'} (0x{code & 0xFFFFFFFF:08X})" if code else str(error)
    return told or repr(error)


def markup(note: Note) -> str:
    """In the language of toasts (Microsoft, "Toast schema")."""
    staying = note.insists or note.opened
    scenario = ' scenario="reminder"' if staying and note.buttons else ""
    duration = ' duration="long"' if note.seconds > _SHORT_S else ""
    picture = f"<image src={_quoted(str(note.picture))}/>" if note.picture is not None else ""
    # Without one in the background nothing stays that is to stay.
    actions = "".join(
        f'<action activationType="background" content={_quoted(label)} arguments={_quoted(key)}/>'
        for key, label in note.buttons[:_MOST_BUTTONS]
    )
    audio = "" if note.sound else '<audio silent="true"/>'
    return (
        f"<toast launch={_quoted(_TEXT)}{scenario}{duration}>"
        f'<visual><binding template="ToastGeneric"><text>{_plain(note.title)}</text>'
        f"{_body(note.body)}{picture}</binding></visual>"
        f"<actions>{actions}</actions>{audio}</toast>"
    )


def _body(text: str) -> str:
    lines = _clipped(text).splitlines()
    if len(lines) <= _LINES:
        return f"<text>{_plain(chr(10).join(lines))}</text>" if lines else ""
    rows = "".join(f'<text hint-wrap="true">{_plain(line)}</text>' for line in lines)
    return f"<group><subgroup>{rows}</subgroup></group>"


def _clipped(text: str) -> str:
    return text if len(text) <= _BODY_UNITS else f"{text[: _BODY_UNITS - 1].rstrip()}…"


def _plain(text: str) -> str:
    return html.escape(_UNWRITABLE.sub("", text), quote=False)


def _quoted(text: str) -> str:
    return f'"{html.escape(_UNWRITABLE.sub("", text))}"'
