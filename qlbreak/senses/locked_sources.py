"""Which signs of a lock a session may have: logind and screen savers, or what the system tells."""

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from qlbreak.senses.locked import Sign

if TYPE_CHECKING:
    from qlbreak.dbus import Bus


def signs(
    session: "Bus | None", system: "Bus | None", platform: str = sys.platform
) -> Iterator[Sign]:
    """Imports nothing that is not there."""
    if platform == "win32":
        yield Polled("Windows", "windows")
    elif platform == "darwin":
        yield Polled("macOS", "macos")
    if system is not None:
        from qlbreak.senses.logind import Logind

        yield Logind(system)
    if session is not None:
        from qlbreak.senses.screensavers import savers

        yield from savers(session)


class Polled:
    """Does not tell, and is asked at every look: it takes less than a tick costs else."""

    tells = False

    def __init__(self, name: str, module: str) -> None:
        self.name = name
        self._module = module
        self._ask: Callable[[], bool] | None = None

    def watch(self, stir: Callable[[], None]) -> None:
        pass

    def holds(self) -> bool:
        if self._ask is None:
            self._ask = import_module(f"qlbreak.senses.locked_{self._module}").open_sign()
        return self._ask()
