"""A Windows of Wine's with a CPython in it: made once in a folder, the checkout installed anew."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from inspect import getsource
from pathlib import Path
from typing import NamedTuple

from rig.processes import Outcome
from windows import parts

HERE = Path(__file__).parent
# No Mono and no browser, which it would ask for; no entries in the menu of this desktop.
_WITHOUT = "mscoree=;mshtml=;winemenubuilder.exe="
_PROGRAM = r"C:\Python\python.exe"
_LAST_WORDS = 5.0  # seconds
_SETTLES = 120.0  # seconds that what ends in there may take
_EXPORTED = re.compile(r"^\s*\[\s*\d+\].*?([A-Za-z_]\w*)\s*$", re.MULTILINE)


class WinePython:
    """In *folder*, with a home of its own, so that nothing of the person's is seen or touched."""

    def __init__(self, folder: Path, logs: Path | None = None) -> None:
        self.folder = folder
        self.logs = logs or folder / "logs"
        self.drive = folder / "prefix/drive_c"
        self.python = self.drive / "Python"
        self.checkout = self.drive / "checkout"
        self.env = {
            name: os.environ[name]
            for name in ("PATH", "TZ", "CI", "HYPOTHESIS_PROFILE")
            if name in os.environ
        } | {
            "HOME": str(folder / "home"),
            "LANG": "C.UTF-8",
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _WITHOUT,
            # Wine measures text slowly, and by this one in a hundredth of the time; it takes the
            # first four letters away.
            "WINEQT_QPA_PLATFORM": "windows:fontengine=freetype",
        }

    @contextmanager
    def alone(self, say: Callable[[str], object]) -> Iterator[None]:
        """Two at once would take each other's checkout away: the second one waits."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"waiting for the one that runs in {self.folder}; CACHE=FOLDER takes another")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def make(self, checkout: Path) -> bool:
        """False where it was there already, of the same parts."""
        wanted = parts.requirements(checkout)
        made, recipe = self.folder / "made-of", _digest([*wanted, *_recipe()])
        if made.exists() and made.read_text() == recipe:
            return False
        made.unlink(missing_ok=True)
        shutil.rmtree(self.folder / "prefix", ignore_errors=True)
        for name in ("home", "wheels", "interpreter"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        wheels = self._wheels(checkout, wanted)
        interpreter = parts.fetch(
            self.folder / "interpreter", [parts.INTERPRETER], "--no-deps"
        )  # fmt: skip
        self._boot()
        parts.interpreter(interpreter[-1], self.python)
        parts.library(self.python)
        self._compile()
        parts.unpack(wheels, self.python / "Lib/site-packages")
        made.write_text(recipe)
        return True

    def bare(self) -> None:
        """As a person has it, without a Python; made anew. Windows itself has what Wine lacks."""
        shutil.rmtree(self.folder / "prefix", ignore_errors=True)
        (self.folder / "home").mkdir(parents=True, exist_ok=True)
        self._boot()
        self.wine("winecfg", "-v", "win10", seconds=_SETTLES)  # or it says that it is a 7
        self.settle()
        _compiler("-shared", HERE / "icuuc.c", "-o", self.drive / "windows/system32/icuuc.dll")

    def install(self, checkout: Path) -> None:
        """Of what git knows there; a copy of that has the tests."""
        shutil.rmtree(self.checkout, ignore_errors=True)
        files = subprocess.run(
            ["git", "ls-files", "-z"], cwd=checkout, capture_output=True, text=True, check=True
        ).stdout.split("\0")
        for name in filter(None, files):
            if (checkout / name).is_file():
                (self.checkout / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(checkout / name, self.checkout / name)
        project = self.folder / "project"
        shutil.rmtree(project, ignore_errors=True)
        parts.pip("wheel", "--no-deps", "--wheel-dir", str(project), str(self.checkout))
        wheel = next(project.glob("*.whl"))
        options = ("--quiet", "--no-index", "--no-deps", "--force-reinstall")
        words = ("-m", "pip", "install", *options, "--no-warn-script-location", named(wheel))
        done = self.run(*words, seconds=_SETTLES * 5)
        assert done.code == 0, done

    def run(self, *words: str, seconds: float = 120.0, cwd: Path | None = None) -> Outcome:
        """Its python.exe, to the end. Raises TimeoutExpired; then it is gone."""
        return self.wine(_PROGRAM, *words, seconds=seconds, cwd=cwd)

    def wine(self, *words: str, seconds: float, cwd: Path | None = None) -> Outcome:
        """What it writes comes by pipes: a plain file reaches Python as something that cannot tell
        its size."""
        done = subprocess.run(
            [*starter(), *words], env=self.env, cwd=cwd or self.folder, stdin=subprocess.DEVNULL,
            capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=False,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout, done.stderr)

    def register(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        """Into the registry."""
        words = ("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f")
        done = self.wine(*words, seconds=60)
        assert done.code == 0, done

    def registered(self, key: str, name: str) -> str:
        """What stands there; empty where nothing does."""
        told = self.wine("reg", "query", key, "/v", name, seconds=60).out
        found = [line.split(None, 2) for line in told.splitlines() if line.split()[:1] == [name]]
        return found[0][2] if found else ""

    def start(
        self, *words: str, log: Path, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> "Running":
        """Its python.exe, beside whoever asks; *env* comes to its environment."""
        with log.open("ab") as out:
            writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=out)
        process = subprocess.Popen(
            [*starter(), _PROGRAM, *words], env={**self.env, **(env or {})}, cwd=cwd or self.folder,
            stdin=subprocess.DEVNULL, stdout=writer.stdin, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert writer.stdin is not None
        writer.stdin.close()
        return Running(process, writer)

    def settle(self) -> None:
        """Waits until nothing runs in it."""
        subprocess.run(["wineserver", "-w"], env=self.env, timeout=_SETTLES, check=True)

    def end(self) -> None:
        """All that runs in it, and in no other one."""
        subprocess.run(["wineserver", "-k"], env=self.env, timeout=_SETTLES, check=False)

    def _boot(self) -> None:
        self.wine("wineboot", "--init", seconds=300)
        self.settle()

    def _wheels(self, checkout: Path, wanted: list[str]) -> list[Path]:
        shutil.rmtree(self.folder / "wheels")
        (self.folder / "wheels").mkdir()
        found = parts.fetch(self.folder / "wheels", wanted)
        without = tuple(name.replace("-", "_") for name in parts.of_linux(checkout))
        return [wheel for wheel in found if not wheel.name.lower().startswith(without)]

    def _compile(self) -> None:
        """The two programs, and what Qt's modules want beside them."""
        library = f"python{parts.SHORT}.dll"
        define = f'-DLIBRARY=L"{library}"'
        _compiler("-municode", define, HERE / "starter.c", "-o", self.python / "python.exe")
        window = ("-municode", "-mwindows", "-DWINDOW", define, HERE / "starter.c")
        _compiler(*window, "-o", self.python / "pythonw.exe")
        _compiler("-shared", HERE / "icuuc.c", "-o", self.python / "icuuc.dll")
        # python3.dll, whose names are all to be found in the real one.
        listed = _mingw("objdump", "-p", self.python / library)
        names = _EXPORTED.findall(listed.partition("[Ordinal/Name Pointer] Table")[2])
        lines = [f"{name} = python{parts.SHORT}.{name}\n" for name in sorted(set(names))]
        table = self.folder / "python3.def"
        table.write_text("".join(["EXPORTS\n", *lines]))
        empty = self.folder / "empty.c"
        empty.write_text("")
        # With nothing in it but these, and the same whenever it is made: it goes along with what is
        # frozen here.
        bare = ("-nostdlib", "-Wl,--entry,0", "-Wl,--no-insert-timestamp")
        _compiler("-shared", *bare, empty, table, "-o", self.python / "python3.dll")


class Running(NamedTuple):
    """A program in there, and what carries its words into a file."""

    process: subprocess.Popen[bytes]
    writer: subprocess.Popen[bytes]

    @property
    def code(self) -> int | None:
        """None while it runs."""
        return self.process.poll()

    def ended(self, seconds: float) -> int:
        """Its code. Raises TimeoutExpired; then it is gone."""
        try:
            return self.process.wait(seconds)
        finally:
            self.kill()

    def kill(self) -> None:
        """What it has started and left behind may still have its output."""
        self.process.kill()
        self.process.wait()
        try:
            self.writer.wait(_LAST_WORDS)
        except subprocess.TimeoutExpired:
            self.writer.kill()
            self.writer.wait()


def starter() -> list[str]:
    """Of Debian 12, where the 32 bit part may be missing, and of later ones."""
    known = (shutil.which("wine64"), "/usr/lib/wine/wine64", shutil.which("wine"))
    return [next(one for one in known if one and Path(one).exists())]


def named(path: Path) -> str:
    """A file of this machine, as it is called in there."""
    return f"Z:{path}".replace("/", "\\")


def _recipe() -> Iterator[str]:
    """How it is made: with other words in it, it is made anew."""
    for name in ("parts.py", "starter.c", "icuuc.c"):
        yield (HERE / name).read_text("utf-8")
    for part in (WinePython.make, WinePython._wheels, WinePython._compile):
        yield getsource(part)


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _compiler(*words: str | Path) -> None:
    _mingw("gcc", "-O1", "-s", "-w", *words)


def _mingw(tool: str, *words: str | Path) -> str:
    command = [f"x86_64-w64-mingw32-{tool}", *words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
