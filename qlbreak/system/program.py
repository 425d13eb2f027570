"""How this program starts itself: by the Python that runs it, or frozen with one of its own.

Frozen (`packaging/qlbreak.spec`) it is `qlbreak`, and on Windows `qlbreakw` beside it, which opens
no console; either takes a module of ours to run as Python does, `-m MODULE`.
"""

import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

# What the frozen program's starter leaves for itself; whoever we start is to know nothing of it.
_STARTER = "_PYI_"
_LIBRARIES = "LD_LIBRARY_PATH"


def frozen(runtime: Any = sys) -> bool:
    return bool(getattr(runtime, "frozen", False))


def words(*words: str, runtime: Any = sys) -> list[str]:
    """The command that starts it with these words."""
    if frozen(runtime):
        return [runtime.executable, *words]
    return module("qlbreak", *words, runtime=runtime)


def module(name: str, *words: str, runtime: Any = sys) -> list[str]:
    """The command that runs a module of ours."""
    # Without -P a json.py in the folder that we were started from would be taken for Python's.
    apart = () if frozen(runtime) else ("-P",)
    return [runtime.executable, *apart, "-m", name, *words]


def entry(*options: str, runtime: Any = sys) -> tuple[str, ...]:
    """What is written down to start it: it outlives an upgrade, and opens no console."""
    here = Path(runtime.executable)
    if frozen(runtime):
        start = [str(_quiet(here) or _known(here) or here)]
    elif runtime.platform == "win32":  # the script would open a console, and so would python.exe
        start = [str(_quiet(here) or here), "-P", "-m", "qlbreak"]
    else:
        script = here.with_name("qlbreak")
        start = [str(script)] if script.exists() else words(runtime=runtime)
    return *start, *options


def _quiet(program: Path) -> Path | None:
    """The one beside it that opens no console."""
    quiet = program.with_name(f"{program.stem.removesuffix('w')}w.exe")
    return quiet if program.suffix == ".exe" and quiet.exists() else None


def _known(program: Path) -> Path | None:
    """By its name as a person types it: a package links it there."""
    from shutil import which

    found = which("qlbreak")
    return Path(found) if found and Path(found).resolve() == program.resolve() else None


def is_this(other: str, runtime: Any = sys) -> bool:
    """Whether what an entry starts is of this installation."""
    if frozen(runtime):  # a link to it is it, too
        return Path(other).resolve().parent == Path(runtime.executable).resolve().parent
    return Path(other).parent == Path(runtime.executable).parent


def options_after(command: tuple[str, ...]) -> int:
    """Where in what an entry starts the program's own words begin."""
    return command.index("qlbreak") + 1 if "-m" in command[1:3] else 1


def settle(environment: MutableMapping[str, str]) -> None:
    """Frozen, before anything is started by us: our libraries are for us alone. Another program
    that was told of them would load ours for its own."""
    environment.pop(_LIBRARIES, None)
    if before := environment.pop(f"{_LIBRARIES}_ORIG", ""):
        environment[_LIBRARIES] = before
    for name in [name for name in environment if name.startswith(_STARTER)]:
        del environment[name]
