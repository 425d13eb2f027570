"""The entry in the applications menu, switched on and off, and how that stands."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from qlbreak.autostart import ways
from qlbreak.autostart.entry import Way
from qlbreak.autostart.ways import AutostartState, Foreign
from qlbreak.language import _
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

    def sweep(self) -> None:
        """What the program has written besides, under the name of the entry. Raises OSError."""
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
        return _("It is in the applications menu already, for everybody: {path}", path=path)
    entry = found.read()
    if entry is not None and entry.command is None:
        raise Foreign(
            _("{where} is not as qlbreak wrote it; remove it first, or edit it", where=found.where)
        )
    found.write(program.entry(*options, *OPEN))
    return _("It is in the applications menu: {where}", where=found.where)


def off(found: Menu | None) -> str:
    """Takes away what was written by `on`, and only that. Raises Foreign, OSError."""
    entry = found.read() if found is not None else None
    if found is not None and entry is not None:
        if entry.command is None:
            raise Foreign(
                _("{where} is not as qlbreak wrote it; it is left as it is", where=found.where)
            )
        found.remove()
        found.sweep()
        return _("It is not in the applications menu any more; removed: {where}", where=found.where)
    if found is not None and (path := found.provided) is not None:
        raise Foreign(_("a package has put it there for everybody: {path}", path=path))
    if found is not None:
        found.sweep()
    return _("It is not in the applications menu")


def status(found: Menu | None) -> AutostartState:
    """Raises OSError."""
    if found is None:
        return AutostartState(_("off; {why}", why=_NONE))
    entry = found.read()
    if entry is not None:
        return ways.described(found, entry, _MEND)
    if (path := found.provided) is not None:
        return AutostartState(_("on, for everybody: {path}", path=path), enabled=True)
    return AutostartState(_("off; on with: {mend}", mend=_MEND))


_NONE = _("macOS lists only apps, which this is not; open it with: qlbreak open")
