"""`make test-windows`: qlbreak on a Windows Python under Wine, room by room, and end to end.

    make test-windows CACHE=FOLDER ARGS="settings record/test_journal.py end-to-end"
    make test-windows ARGS=setup-program   # builds it, and installs it as people do

The Windows is made once, in a minute, and kept in CACHE; the checkout is installed anew each time.
"chosen" are the rooms that continuous integration tries, in one go: nine tenths of a room of few
tests are the start of it.
"""

import argparse
import os
import re
import signal
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
END_TO_END, CHOSEN, SETUP_PROGRAM = "end-to-end", "chosen", "setup-program"
ROOMS = sorted(
    folder.name
    for folder in (TREE / "tests").iterdir()
    if (TREE / "qlbreak" / folder.name).is_dir()
)
# What is otherwise there, or likely to be: files, times, the pipe of the commands, the icon. Of
# record and app what starts no program by the dozen, which costs most there: end to end has that.
IN_CI = (
    "core", "data", "texts", "settings", "system", "notify", "tray", "guide",
    *(
        f"record/test_{name}.py"
        for name in (
            "any_journal", "checkpoint", "compress", "folder", "journal", "lately", "others",
            "record_away", "schema",
        )
    ),
    *(f"app/test_{name}.py" for name in ("commands", "hooks", "owner", "ticker", "upgraded")),
)  # fmt: skip
# Seconds that each may take, on a machine that has much more to do; more where the program is
# started by the dozen, or what is made up by the thousand is gone through.
LIMIT, LIMITS = 1500, {
    "app": 2700, "cli": 2700, "record": 2700, CHOSEN: 3600, END_TO_END: 2700, SETUP_PROGRAM: 7200
}  # fmt: skip
_PARTING = 60  # seconds
_SIDE_BY_SIDE = ("-n", "2", "--dist", "worksteal")
_FAILED, _NOTHING_THERE = 1, 5  # of pytest; the latter where each file needs what only Unix has
# Wine at times fails itself: a program ends before it has begun ("Internal error"). So what has
# failed is tried once more, alone, where it is not more than this; what fails twice has failed.
_ONCE_MORE = 3

_PYTEST = ("-vv", "-rfEs", "--tb=short", "--color=no", "--durations=20")
_THOSE_AGAIN = ("--last-failed", "--last-failed-no-failures", "none")
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
    parser.add_argument("--logs", type=Path, help="where each step's own goes (logs in CACHE)")
    steps = f"a room, a file of it, {', '.join(_ACTS)} (every room, and {END_TO_END})"
    parser.add_argument("steps", nargs="*", metavar="STEP", help=steps)
    asked = parser.parse_args()
    wanted = asked.steps or [*ROOMS, END_TO_END]
    for name in wanted:
        if name.partition("/")[0] not in (*ROOMS, *_ACTS):
            parser.error(f"no such step: {name}; the rooms are {', '.join(ROOMS)}")
    folder = asked.cache.absolute()
    # Whoever ends this ends what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    windows = WinePython(folder, (asked.logs or folder / "logs").absolute())
    with windows.alone(_say):
        found = [_timed("make", windows, _made)]
        for name in wanted if found[0].held else ():
            found.append(_timed(name, windows, _ACTS.get(name, _room)))
    _say("")
    for step in found:
        held = "held" if step.held else "FAILED"
        _say(f"{step.name:12} {step.seconds:5.0f} s  {held:6}  {step.told}")
    _say(f"what each wrote: {windows.logs}")
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
    except (AssertionError, OSError, subprocess.CalledProcessError) as error:
        held, told = False, f"{type(error).__name__}: {error}"
    step = Step(name, now() - began, held, told)
    _say(f"{name}: {told}")
    return step


def _room(windows: WinePython, name: str) -> tuple[bool, str]:
    """Or a file of it."""
    return _tried(windows, name, *([] if "/" in name else _SIDE_BY_SIDE), f"tests/{name}")


def _chosen(windows: WinePython, name: str) -> tuple[bool, str]:
    return _tried(windows, name, *_SIDE_BY_SIDE, *(f"tests/{room}" for room in IN_CI))


def _tried(windows: WinePython, name: str, *asked: str) -> tuple[bool, str]:
    """On a desktop: some of the tests ask who is at the mouse."""

    def pytest(*more: str) -> int:
        words = ("-P", "-X", "utf8", "-m", "pytest", *_PYTEST, *asked, *more)
        running = windows.start(*words, log=_place(windows, name), cwd=windows.checkout)
        return running.ended(LIMITS.get(name.partition("/")[0], LIMIT))

    with WineDesktop(windows):
        return once_more(windows, name, pytest)


def _outside(windows: WinePython, name: str) -> tuple[bool, str]:
    """From out here, where the mouse is."""
    file = HERE / f"{name.replace('-', '_')}.py"
    words = [sys.executable, "-m", "pytest", *_PYTEST, str(file)]
    words += ["-o", f"cache_dir={windows.folder / 'tried'}"]
    places = {"QLBREAK_WINDOWS": str(windows.folder), "QLBREAK_WINDOWS_LOGS": str(windows.logs)}
    env = {**os.environ, **places}

    def pytest(*more: str) -> int:
        with _place(windows, name).open("ab") as out:
            process = subprocess.Popen([*words, *more], env=env, cwd=TREE, stdout=out, stderr=out)
            try:
                return process.wait(LIMITS[name])
            finally:
                _interrupt(process)

    return once_more(windows, name, pytest)


def once_more(windows: WinePython, name: str, pytest: Callable[..., int]) -> tuple[bool, str]:
    """Whether all held, and what it says of itself in the end."""
    log = _place(windows, name)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")  # of this step alone
    code = pytest("--cache-clear")
    told = _last(windows, name)
    failed = sum(int(number) for number in re.findall(r"(\d+) (?:failed|errors?)\b", told))
    if code != _FAILED or failed > _ONCE_MORE:
        return code in (0, _NOTHING_THERE), told
    code = pytest(*_THOSE_AGAIN)
    again = _last(windows, name)
    return code == 0 and "passed" in again, f"{told}; once more: {again}"


def _interrupt(process: "subprocess.Popen[bytes]") -> None:
    """What it has started ends with it then, and would not if it were killed."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            process.kill()


def _last(windows: WinePython, name: str) -> str:
    lines = _place(windows, name).read_text("utf-8", "replace").splitlines()
    return lines[-1].strip("= ") if lines else "said nothing"


def _place(windows: WinePython, name: str) -> Path:
    return windows.logs / f"{name.replace('/', '-')}.txt"


_ACTS: dict[str, Act] = {END_TO_END: _outside, CHOSEN: _chosen, SETUP_PROGRAM: _outside}


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
