"""Installs a built wheel the ways people do, with each Python that is here, and tries what came.

    python packaging/installs.py dist/qlbreak-*.whl   by pip, pipx and uv
    python packaging/installs.py WHEEL --python /opt/python3.14/bin/python3 --tests tests/core

It takes the standard library alone, so that it also runs in a bare root of another system. What was
tried and what could not be had is a line each; a picture of the window of each install is kept.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MINORS = (11, 12, 13, 14)
SCRIPTS, EXE = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
# The window as the program opens it, drawn where there is no screen, and left as soon as it stands.
PICTURE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from qlbreak.main_window import window
from qlbreak.system.paths import find
from qlbreak.widgets import application

run = application.run

def drawn(shown, **how):
    def keep():
        assert shown.grab().save(sys.argv[2])
        shown.close()
    QTimer.singleShot(1500, keep)
    run(shown, **how)

application.run = drawn
window.show(find(Path(sys.argv[1])))
"""


class Missing(Exception):
    """What it takes is not to be had here; says what."""


@dataclass
class Place:
    """A home of its own, so that nothing of the person's is seen or touched."""

    folder: Path
    wheel: Path

    @property
    def env(self) -> dict[str, str]:
        ours = {"HOME", "XDG_", "DISPLAY", "WAYLAND", "DBUS", "VIRTUAL_ENV", "PYTHONPATH", "PYTHON"}
        kept = {name: text for name, text in os.environ.items() if not name.startswith(tuple(ours))}
        home = str(self.folder)
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        return kept | {
            "HOME": home,
            "APPDATA": home,
            "LOCALAPPDATA": home,
            "XDG_RUNTIME_DIR": str(runtime),
            "PIPX_HOME": f"{home}/pipx",
            "PIPX_BIN_DIR": f"{home}/bin",
            "UV_TOOL_DIR": f"{home}/uv",
            "UV_TOOL_BIN_DIR": f"{home}/bin",
            # They may be large, and the same for all.
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
        }

    def run(self, *command: str | Path, seconds: float = 900, **env: str) -> str:
        """What it prints. Raises RuntimeError with the whole of it where it fails."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder, env=self.env | env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            check=False, timeout=seconds,
        )  # fmt: skip
        if done.returncode:
            told = " ".join(map(str, command))
            raise RuntimeError(f"{told}\nended with {done.returncode}:\n{done.stdout}")
        return done.stdout


def python(minor: int) -> Iterator[str]:
    """Where a Python of this version may be: in the path, beside others, or where uv has put it."""
    name = f"python3.{minor}"
    if found := shutil.which(name):
        yield found
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    yield from map(str, sorted(root.glob(f"3.{minor}.*/bin/python3"), reverse=True))
    if uv := shutil.which("uv", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}"):
        told = subprocess.run(
            [uv, "python", "find", f"3.{minor}"], capture_output=True, text=True, check=False
        )
        if told.returncode == 0:
            yield told.stdout.strip()


def works(command: str, minor: int) -> bool:
    """A name in the path may be one that only says how to get it."""
    check = f"import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, {minor}))"
    return subprocess.run([command, "-c", check], capture_output=True, check=False).returncode == 0


def tool(name: str) -> str:
    """One that is in the path or beside this Python. Raises Missing."""
    where = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    if found := shutil.which(name, path=where):
        return found
    raise Missing(f"no {name} here (pip install {name})")


@dataclass(frozen=True)
class Installed:
    """The command, as a shell finds it, and the Python of the environment that it is in."""

    qlbreak: Path
    python: Path


Way = Callable[[Place], Installed]


def within(environment: Path) -> Installed:
    folder = environment / SCRIPTS
    return Installed(folder / f"qlbreak{EXE}", folder / f"python{EXE}")


def by_pip(command: str) -> Way:
    def install(place: Place) -> Installed:
        place.run(command, "-m", "venv", "venv")
        found = within(place.folder / "venv")
        place.run(found.python, "-m", "pip", "install", "-q", place.wheel)
        return found

    return install


def by_pipx(place: Place) -> Installed:
    place.run(tool("pipx"), "install", "--python", sys.executable, place.wheel)
    found = within(place.folder / "pipx/venvs/qlbreak")
    return Installed(place.folder / f"bin/qlbreak{EXE}", found.python)


def by_uv(place: Place) -> Installed:
    place.run(tool("uv"), "tool", "install", "--python", sys.executable, place.wheel)
    found = within(place.folder / "uv/qlbreak")
    return Installed(place.folder / f"bin/qlbreak{EXE}", found.python)


def tried(place: Place, found: Installed, picture: Path) -> None:
    """From the shell, as a person does. Raises RuntimeError."""
    version = place.wheel.name.split("-")[1]
    told = place.run(found.qlbreak, "--version")
    if version not in told:
        raise RuntimeError(f"it says that it is {told}, and the wheel is {version}")
    for words, expected in ((("doctor",), f"qlbreak {version}"), (("demo", "--fast"), "done")):
        if expected not in (told := place.run(found.qlbreak, *words)):
            raise RuntimeError(f"{' '.join(words)} says nothing of {expected!r}:\n{told}")
    program = (found.python, "-P", "-c", PICTURE, place.folder / "data", picture)
    place.run(*program, QT_QPA_PLATFORM="offscreen", QLBREAK_THEME="light")
    if picture.stat().st_size < 5000:
        raise RuntimeError(f"there is next to nothing in {picture}")


def tested(place: Place, python: Path, tests: list[str]) -> str:
    """The project's own tests against what was installed: how they ended."""
    root = Path(__file__).resolve().parents[1]
    needed = ("plotly>=6", "pytest", "pytest-xdist", "hypothesis")
    place.run(python, "-m", "pip", "install", "-q", *needed)
    paths = [root / name for name in tests]
    options = (
        "-m",
        "not desktop",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "-c",
        root / "pyproject.toml",
    )
    told = place.run(python, "-m", "pytest", *options, *paths, seconds=3600)
    return told.strip().splitlines()[-1]


def ways(asked: list[str]) -> Iterator[tuple[str, Way]]:
    for command in asked:
        yield f"pip, {command}", by_pip(command)
    if asked:
        return
    for minor in MINORS:
        found = next((name for name in python(minor) if works(name, minor)), None)
        if found is None:
            print(f"Python 3.{minor}: not to be had here; name one: --python PATH", flush=True)
        else:
            yield f"pip, Python 3.{minor}", by_pip(found)
    yield "pipx", by_pipx
    yield "uv tool", by_uv


def main() -> int:
    parser = argparse.ArgumentParser(description="Try a wheel by installing it.")
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--python", action="append", default=[], metavar="PATH", help="this alone")
    parser.add_argument("--tests", nargs="*", default=[], metavar="FOLDER", help="run these, too")
    parser.add_argument("--pictures", type=Path, default=Path("build/installs"), metavar="FOLDER")
    asked = parser.parse_args()
    asked.pictures.mkdir(parents=True, exist_ok=True)
    failed = 0
    for number, (name, install) in enumerate(ways(asked.python)):
        # A Windows may still hold a file of it.
        with tempfile.TemporaryDirectory("qlbreak", ignore_cleanup_errors=True) as folder:
            place = Place(Path(folder), asked.wheel.resolve())
            picture = asked.pictures.resolve() / f"{number}.png"
            try:
                found = install(place)
                tried(place, found, picture)
                told = "installed, version, doctor, demo, window"
                if asked.tests and "pip," in name:
                    told += f"; tests: {tested(place, found.python, asked.tests)}"
            except Missing as missing:
                told = str(missing)
            except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
                told, failed = f"FAILED: {error}", 1
            print(f"{name}: {told}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
