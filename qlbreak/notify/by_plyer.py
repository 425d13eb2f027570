"""plyer on Linux: by notify-send, where our own connection to the notification service fails."""

import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from shutil import which
from typing import Any

from qlbreak.language import _, formats
from qlbreak.notify import Note
from qlbreak.system.resources import icon_file


class Plyer:
    """Has no buttons, no replacement and no withdrawal, and cannot tell whether it worked.

    `present`: whether there is anybody to talk to, which plyer would not tell.
    """

    name = "plyer"

    def __init__(
        self,
        present: Callable[[], bool] = lambda: True,
        facade: Any = None,
        timeout: float = 3.0,
    ) -> None:
        self._timeout = timeout
        self._present = present
        self._facade = facade
        # With a daemon that hangs, both of its ways on Linux wait for 25 s.
        self._worker = ThreadPoolExecutor(1, "plyer")

    def show(self, note: Note) -> bool:
        """Raises TimeoutError, NotImplementedError where plyer has no way to notify."""
        if not self._present():
            raise NotImplementedError(_("nobody there to show it"))
        if self._facade is None:
            self._facade = _facade()
        told = self._worker.submit(
            self._facade.notify,
            title=_no_option(note.title),
            message=_no_option(note.body),
            app_name="qlbreak",
            app_icon=str(icon_file("qlbreak.png")),
            timeout=round(note.seconds),
        )
        try:
            told.result(self._timeout)
        except TimeoutError:
            told.cancel()
            # Translators: a notification could not be shown: what shows it has not ended in time.
            raise TimeoutError(_("no end of it in {n} s", n=formats.short(self._timeout))) from None
        return False

    def close(self, slot: str) -> None:
        pass


def _facade() -> Any:
    if not (which("notify-send") or find_spec("dbus")):  # plyer would print a traceback
        raise NotImplementedError(_("it needs notify-send"))
    from plyer import notification

    warnings.filterwarnings("ignore", module=r"plyer\.")  # it advises to install things
    return notification


def _no_option(text: str) -> str:
    """notify-send would take a leading dash for an option; the sign before it is not seen."""
    return f"\u2060{text}" if text.startswith("-") else text
