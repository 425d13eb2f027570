"""The notification centre of macOS, by desktop-notifier: buttons, replacement, withdrawal.

macOS lets only apps in, and a Python is one where it came from python.org: others have AppleScript.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from qlbreak.language import N_
from qlbreak.notify import PUT_AWAY, Note, Pressed
from qlbreak.notify.asking import Asking

if TYPE_CHECKING:
    import desktop_notifier as library

_OWN_LOG = "desktop_notifier"
_NO_APP = "this Python is no app, and macOS lets only apps in; that of python.org is one"
_NOT_ALLOWED = "macOS does not let it: System Settings, Notifications"
_LOADING_S = 20.0  # from a disk that is asleep
_MOST_BUTTONS = 4  # in the menu of one; macOS leaves further ones out


class Classes(NamedTuple):
    """What a notification takes of the library."""

    notifier: "type[library.DesktopNotifierSync]"
    notification: "type[library.Notification]"
    button: "type[library.Button]"
    attachment: "type[library.Attachment]"
    critical: "library.Urgency"
    normal: "library.Urgency"
    sound: "library.Sound"
    is_app: Callable[[], bool]


def classes() -> Classes:
    """Raises whatever the library does when it is loaded."""
    import desktop_notifier as library
    from desktop_notifier.backends.macos_support import is_bundle

    return Classes(
        library.DesktopNotifierSync,
        library.Notification,
        library.Button,
        library.Attachment,
        library.Urgency.Critical,
        library.Urgency.Normal,
        library.DEFAULT_SOUND,
        is_bundle,
    )


class NotificationCenter:
    """`show` may wait, `patience` seconds: at the first one macOS asks the person whether it may,
    and answers when they do. `pressed` hears of buttons, and of what the person has put away, on
    the main thread, where the icon's loop runs.
    """

    name = N_("the notification centre of macOS")

    def __init__(
        self,
        pressed: Callable[[Pressed], None],
        load: Callable[[], Classes] = classes,
        patience: float = 3.0,
    ) -> None:
        self._pressed, self._load = pressed, load
        self._asking = Asking("notification centre", patience)
        self._heard = _Heard()
        self._found: tuple[Classes, library.DesktopNotifierSync] | None = None
        self._fails = ""  # why there is no use in trying again
        self._up: set[str] = set()  # slots

    def show(self, note: Note) -> bool:
        """Raises OSError, TimeoutError."""
        if self._fails:
            raise OSError(self._fails)
        if self._found is None:
            self._asking.ask(self._ready, _LOADING_S)
        self._asking.ask(lambda: self._show(note))
        return True

    def close(self, slot: str) -> None:
        """Raises TimeoutError."""
        found = self._found
        if found is not None and slot in self._up:
            self._up.discard(slot)
            self._asking.ask(lambda: found[1].clear(slot))

    def trouble(self) -> str:
        """Why it cannot show anything here; empty where it may. Asks nobody, and leaves the centre
        alone, where a second one of us would take the buttons off what the first has shown."""
        try:
            self._asking.ask(self._admitted, _LOADING_S)
        except Exception as error:  # noqa: BLE001  third parties raise anything; it is told
            return str(error) or repr(error)
        return ""

    def _show(self, note: Note) -> None:
        found, notifier = self._ready()
        if not notifier.request_authorisation():
            raise OSError(_NOT_ALLOWED)
        self._up.add(note.slot)
        # Whether it worked the library tells nobody but its log.
        with self._heard:
            notifier.send_notification(self._notification(found, note))
        if self._heard.said:
            raise OSError(self._heard.said)

    def _ready(self) -> "tuple[Classes, library.DesktopNotifierSync]":
        if self._found is None:
            try:
                found = self._admitted()
                self._found = found, found.notifier(app_name="qlbreak")
            except Exception as error:
                self._fails = str(error) or repr(error)
                raise OSError(self._fails) from error
        return self._found

    def _admitted(self) -> Classes:
        """To the centre; for whoever is not, the library does nothing, without a word."""
        found = self._load()
        if not found.is_app():
            raise OSError(_NO_APP)
        return found

    def _notification(self, found: Classes, note: Note) -> "library.Notification":
        def say(key: str) -> Callable[[], None]:
            return lambda: self._pressed(Pressed(key, note.about))

        return found.notification(
            title=note.title,
            message=note.body,
            urgency=found.critical if note.insists else found.normal,
            # One that is already known by its label keeps the name that it had there, so the
            # label is its name.
            buttons=tuple(
                found.button(title=label, on_pressed=say(key), identifier=label)
                for key, label in note.buttons[:_MOST_BUTTONS]
            ),
            on_clicked=say(note.click or PUT_AWAY),
            on_dismissed=say(PUT_AWAY),
            attachment=found.attachment(path=note.picture) if note.picture is not None else None,
            sound=found.sound if note.sound else None,
            thread="qlbreak",
            identifier=note.slot,
        )


class _Heard(logging.Handler):
    """What the library complains of while this lasts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said = ""

    def __enter__(self) -> None:
        self.said = ""
        logging.getLogger(_OWN_LOG).addHandler(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger(_OWN_LOG).removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        why = record.exc_info[1] if record.exc_info else None
        self.said = self.said or f"{record.getMessage()}{f': {why}' if why else ''}"
