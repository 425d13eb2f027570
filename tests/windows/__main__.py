"""`make test-windows`: qlbreak on a Windows Python under Wine, room by room, and end to end.

    make test-windows CACHE=FOLDER ARGS="settings record/test_journal.py end-to-end"

The Windows is made once, in a minute, and kept in CACHE; the checkout is installed anew each time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rig.waiting import now
from windows.wine_desktop import WineDesktop
from windows.wine_python import HERE, WinePython

TREE = HERE.parents[1]
END_TO_END = "end-to-end"
ROOMS = sorted(
    folder.name
    for folder in (TREE / "tests").iterdir()
    if (TREE / "qlbreak" / folder.name).is_dir()
)
# Seconds that each may take, on a machine that has more to do; more where the program is started
# by the dozen, or what is made up by the thousand is gone through.
LIMIT, LIMITS = 900, {"app": 2700, "cli": 1800, "core": 1500, "record": 2700}
_NOTHING_THERE = 5  # of pytest, where each file needs what only Unix has

_PYTEST = ("-p", "no:cacheprovider", "-vv", "-rfEs", "--tb=short", "--color=no")
_TOLD = "import qlbreak, sys; print('qlbreak', qlbreak.__version__, 'on', sys.version)"
Act = Callable[[WinePython, str], tuple[bool, str]]


class Step(NamedTuple):
    name: str
    seconds: float
    held: bool
    told: str


def main() -> None:
    parser = argparse.ArgumentParser(prog="make test-windows", description=__doc__)
    kept = Path(tempfile.gettempdir(), "qlbreak-windows")
    parser.add_argument("--cache", type=Path, default=kept, help=f"where it is kept ({kept})")
    steps = f"a room, a file of it, or {END_TO_END} (all of them)"
    parser.add_argument("steps", nargs="*", metavar="STEP", help=steps)
    asked = parser.parse_args()
    wanted = asked.steps or [*ROOMS, END_TO_END]
    for name in wanted:
        if name.partition("/")[0] not in (*ROOMS, END_TO_END):
            parser.error(f"no such step: {name}; the rooms are {', '.join(ROOMS)}")
    folder = asked.cache.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    windows = WinePython(folder)
    found = [_timed("make", windows, _made)]
    for name in wanted if found[0].held else ():
        found.append(_timed(name, windows, _end_to_end if name == END_TO_END else _room))
    _say("")
    for step in found:
        held = "held" if step.held else "FAILED"
        _say(f"{step.name:12} {step.seconds:5.0f} s  {held:6}  {step.told}")
    _say(f"what each wrote: {folder / 'logs'}")
    sys.exit(not all(step.held for step in found))


def _made(windows: WinePython, _: str) -> tuple[bool, str]:
    anew = windows.make(TREE)
    windows.install(TREE)
    told = windows.run("-P", "-c", _TOLD)
    return told.code == 0, f"{'made' if anew else 'kept'}: {told.out.strip()}"


def _timed(name: str, windows: WinePython, act: Act) -> Step:
    began = now()
    try:
        held, told = act(windows, name)
    except subprocess.TimeoutExpired as late:
        held, told = False, f"not within {late.timeout:.0f} s"
    step = Step(name, now() - began, held, told)
    _say(f"{name}: {told}")
    return step


def _room(windows: WinePython, name: str) -> tuple[bool, str]:
    """On a desktop: some of its tests ask who is at the mouse."""
    words = ("-P", "-X", "utf8", "-m", "pytest", *_PYTEST, f"tests/{name}")
    with WineDesktop(windows):
        running = windows.start(*words, log=_log(windows, name), cwd=windows.checkout)
        code = running.ended(LIMITS.get(name.partition("/")[0], LIMIT))
    return code in (0, _NOTHING_THERE), _last(windows, name)


def _end_to_end(windows: WinePython, name: str) -> tuple[bool, str]:
    """From out here, where the mouse is. It is interrupted, and not killed: what it has started
    ends with it."""
    limit = ("timeout", "--signal=INT", "--kill-after=60", str(LIMIT))
    words = [*limit, sys.executable, "-m", "pytest", *_PYTEST, str(HERE / "end_to_end.py")]
    env = {**os.environ, "QLBREAK_WINDOWS": str(windows.folder)}
    with _log(windows, name).open("wb") as out:
        done = subprocess.run(words, env=env, cwd=TREE, stdout=out, stderr=out, check=False)
    return done.returncode == 0, _last(windows, name)


def _log(windows: WinePython, name: str) -> Path:
    """Of this step alone."""
    log = _place(windows, name)
    log.parent.mkdir(exist_ok=True)
    log.write_bytes(b"")
    return log


def _last(windows: WinePython, name: str) -> str:
    """What it says of itself in the end."""
    lines = _place(windows, name).read_text("utf-8", "replace").splitlines()
    return lines[-1].strip("= ") if lines else "said nothing"


def _place(windows: WinePython, name: str) -> Path:
    return windows.folder / "logs" / f"{name.replace('/', '-')}.txt"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
