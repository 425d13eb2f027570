"""The entry in the applications menu, switched on and off, and how that stands."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from qlbreak.autostart import ways
from qlbreak.autostart.entry import Way
from qlbreak.autostart.ways import AutostartState, Foreign
from qlbreak.system import program
from qlbreak.system.paths import lasting

_SHARED = "/usr/local/share:/usr/share"
_MEND = "qlbreak launcher on"
# A click gives the window, and a running program behind it.
OPEN = ("open", "--start")


class Menu(Way, Protocol):
    @property
    def provided(self) -> Path | None:
        """An entry that somebody else has brought for all: then ours would be a second one."""
        ...


def menu(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Menu | None:
    """None where there is no such menu that an entry can be put into."""
    if platform == "darwin":
        return None
    if platform == "win32":
        from qlbreak.autostart.windows import StartMenu

        return StartMenu(Path(environment.get("APPDATA", "")))
    from qlbreak.autostart.xdg import ApplicationsMenu

    folder = lasting(Path(environment.get("XDG_DATA_HOME", "")), Path(".local/share"))
    shared = environment.get("XDG_DATA_DIRS") or _SHARED
    return ApplicationsMenu(folder, [Path(part) for part in shared.split(":") if part])


def on(found: Menu | None, options: Sequence[str] = ()) -> str:
    """*options*: global ones that each start is to have. Raises Foreign, OSError."""
    if found is None:
        raise Foreign(_NONE)
    if (path := found.provided) is not None:
        return f"It is in the applications menu already, for everybody: {path}"
    entry = found.read()
    if entry is not None and entry.command is None:
        raise Foreign(f"{found.where} is not as qlbreak wrote it; remove it first, or edit it")
    found.write(program.entry(*options, *OPEN))
    return f"It is in the applications menu: {found.where}"


def off(found: Menu | None) -> str:
    """Takes away what was written by `on`, and only that. Raises Foreign, OSError."""
    entry = found.read() if found is not None else None
    if found is not None and entry is not None:
        if entry.command is None:
            raise Foreign(f"{found.where} is not as qlbreak wrote it; it is left as it is")
        found.remove()
        return f"It is not in the applications menu any more; removed: {found.where}"
    if found is not None and (path := found.provided) is not None:
        raise Foreign(f"a package has put it there for everybody: {path}")
    return "It is not in the applications menu"


def status(found: Menu | None) -> AutostartState:
    """Raises OSError."""
    if found is None:
        return AutostartState(f"off; {_NONE}")
    entry = found.read()
    if entry is not None:
        return ways.described(found, entry, _MEND)
    if (path := found.provided) is not None:
        return AutostartState(f"on, for everybody: {path}", enabled=True)
    return AutostartState(f"off; on with: {_MEND}")


_NONE = "macOS lists only apps, which this is not; open it with: qlbreak open"
