"""Wheels of this repository's commits, and a place where one is installed over another."""

import re
import subprocess
import sys
import sysconfig
import tarfile
from io import BytesIO
from pathlib import Path

from rig.program import ROOT


class Unbuilt(Exception):
    """One line for the person."""


def wheel(revision: str, version: str, folder: Path) -> Path:
    """Of that commit, under a version of its own; "" is the tree as it stands."""
    source = folder / version
    source.mkdir(parents=True)
    words = ["stash", "create"] if not revision else ["rev-parse", "--verify", revision]
    found = _git(*words).decode().strip() or "HEAD"
    with tarfile.open(fileobj=BytesIO(_git("archive", found))) as tree:
        tree.extractall(source, filter="data")
    init = source / "qlbreak" / "__init__.py"
    named = re.sub(r'__version__ = ".*"', f'__version__ = "{version}"', init.read_text("utf-8"))
    init.write_text(named, "utf-8")
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(source))
    return next(folder.glob(f"qlbreak-{version}-*.whl"))


class Installed:
    """A virtual environment with the libraries of this one and a qlbreak of its own."""

    def __init__(self, folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
        self.python = folder / "bin" / "python"
        (libraries,) = folder.glob("lib/python3*/site-packages")
        (libraries / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n")

    def install(self, wheel: Path) -> None:
        """Over what is there, as `pipx upgrade` and `pip install --upgrade` do."""
        _pip("--python", str(self.python), "install", "--no-deps", "--force-reinstall", str(wheel))


def _git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise Unbuilt(f"git {words[0]}: {done.stderr.decode().strip()}")
    return done.stdout


def _pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unbuilt(f"pip: {(done.stderr.strip().splitlines() or ['failed'])[-1]}")
