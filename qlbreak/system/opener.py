"""Opens a file with the program that the desktop has for it, or a text file with an editor."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from configparser import Error as NotReadable
from pathlib import Path

from qlbreak.language import _
from qlbreak.system.paths import downloads

# An opener that has not complained until then has opened it: some wait for what they opened.
_PATIENCE_S = 5.0
_TEXT = "text/plain"
_FIELDS = {"%f", "%F", "%u", "%U"}


def show(path: Path) -> None:
    """Waits a moment for a complaint. Raises OSError where it cannot be opened."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        _run(["open" if sys.platform == "darwin" else "xdg-open", str(path)])


def edit(path: Path) -> None:
    """In a text editor with a window of its own, as there may be no terminal. Raises OSError."""
    if sys.platform == "win32":
        _run(["notepad.exe", str(path)])
    elif sys.platform == "darwin":
        _run(["open", "-t", str(path)])
    else:
        _run(_editor(path))


def readable(page: Path) -> Path:
    """Where every browser may read that page, by another name if need be.

    A browser in a sandbox (a snap, as on Ubuntu) sees nothing below a hidden folder of HOME, and
    has a /tmp of its own: such a page goes where downloads go, if there is such a folder.
    """
    home, scratch = Path.home(), Path(tempfile.gettempdir())
    if sys.platform != "linux":
        return page
    if page.is_relative_to(home):
        hidden = any(part.startswith(".") for part in page.relative_to(home).parts)
        name = f"qlbreak-{page.name}" if hidden else ""
    else:
        name = f"qlbreak-trial-{page.name}" if page.is_relative_to(scratch) else ""
    folder = downloads()
    return folder / name if name and folder.is_dir() else page


def _run(words: Sequence[str]) -> None:
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        words, stdin=null, stdout=null, stderr=null, start_new_session=sys.platform != "win32"
    )
    try:
        code = process.wait(_PATIENCE_S)
    except subprocess.TimeoutExpired:
        return  # it is open; the system reaps it when we have ended
    if code:
        raise OSError(_("{name} ended with {code}", name=Path(words[0]).name, code=code))


def _editor(path: Path) -> list[str]:
    """The words that open it: of the desktop's own choice for text first, never in a terminal."""
    for name in _chosen():
        for folder in _folders("applications"):
            words = _command(folder / name, str(path))
            if words:
                return words
    raise OSError(_("there is no text editor with a window"))


def _chosen() -> Iterator[str]:
    """Desktop entries for plain text, in the order of the specification of MIME applications."""
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    names = [*(f"{desktop}-mimeapps.list" for desktop in desktops if desktop), "mimeapps.list"]
    lists = [Path(config) / name for config in _config() for name in names]
    lists += [folder / name for folder in _folders("applications") for name in names]
    sections = ("Default Applications", "Added Associations")
    for file in lists:
        for section in sections:
            yield from _entries(file, section, _TEXT)
    for folder in _folders("applications"):
        yield from _entries(folder / "mimeinfo.cache", "MIME Cache", _TEXT)


def _command(entry: Path, path: str) -> list[str]:
    """Nothing where it is not there, wants a terminal, or its program is missing."""
    settings = _read(entry)
    if settings.get("Desktop Entry", "Terminal", fallback="").lower() == "true":
        return []
    try:
        words = shlex.split(settings.get("Desktop Entry", "Exec", fallback=""))
    except ValueError:
        return []
    if not words or shutil.which(words[0]) is None:
        return []
    given = [path if word in _FIELDS else word.replace("%%", "%") for word in words]
    given = [word for word in given if not (len(word) == 2 and word[0] == "%")]
    return given if path in given else [*given, path]


def _entries(file: Path, section: str, key: str) -> list[str]:
    named = _read(file).get(section, key, fallback="")
    return [name.strip() for name in named.split(";") if name.strip()]


def _read(file: Path) -> ConfigParser:
    settings = ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    settings.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        settings.read(file, "utf-8")
    except (NotReadable, OSError, UnicodeDecodeError):
        return ConfigParser(interpolation=None)
    return settings


def _config() -> list[str]:
    own = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return [own, *(os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")]


def _folders(name: str) -> list[Path]:
    own = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local/share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(folder) / name for folder in (own, *shared.split(":")) if folder]
