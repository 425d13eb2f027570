"""Desktop entries of Linux: for the autostart folder, and for the applications menu."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from qlbreak.autostart.entry import ABOUT, Command, Entry, command_in, in_a_menu, put
from qlbreak.language import N_, _, everywhere
from qlbreak.system import files
from qlbreak.system.paths import private
from qlbreak.system.resources import icon_file

_HIDDEN = re.compile(r"^(Hidden|NoDisplay)\s*=\s*true\s*$", re.MULTILINE)
_OFF = re.compile(r"^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.MULTILINE)


class Xdg:
    name = _("the desktop's autostart folder")

    def __init__(self, folder: Path) -> None:
        """`folder`: that of the settings, $XDG_CONFIG_HOME."""
        self._path = folder / "autostart/qlbreak.desktop"
        self.where = str(self._path)

    def read(self) -> Entry | None:
        try:
            enabled = not _OFF.search(self._path.read_bytes().decode("utf-8", "replace"))
            return Entry(command_in(self._path), enabled)
        except FileNotFoundError:
            return None

    def write(self, command: Command) -> None:
        put(self._path, text(command), command)

    def remove(self) -> None:
        self._path.unlink()


class ApplicationsMenu:
    """With its icon, in the person's own folder; a package would put both where all find them."""

    name = _("the applications menu")

    def __init__(self, folder: Path, shared: Sequence[Path]) -> None:
        """`folder`: that of data, $XDG_DATA_HOME; `shared`: those of all, $XDG_DATA_DIRS."""
        self._path = folder / _ENTRY
        self._icon = folder / "icons/hicolor/256x256/apps/qlbreak.png"
        self._shared = shared
        self.where = str(self._path)

    @property
    def provided(self) -> Path | None:
        """The entry that a package has brought."""
        return next((path for folder in self._shared if (path := folder / _ENTRY).exists()), None)

    def read(self) -> Entry | None:
        try:
            hidden = _HIDDEN.search(self._path.read_bytes().decode("utf-8", "replace"))
            return Entry(command_in(self._path), not hidden)
        except FileNotFoundError:
            return None

    def write(self, command: Command) -> None:
        private(self._icon.parent)
        files.put(self._icon, [icon_file("qlbreak.png").read_bytes()])
        put(self._path, menu_text(command), command)

    def remove(self) -> None:
        self._path.unlink()
        with suppress(FileNotFoundError):
            self._icon.unlink()
        for folder in self._icon.parents[:4]:  # up to icons, as long as they are empty
            with suppress(OSError):
                folder.rmdir()

    def sweep(self) -> None:
        """Nothing is."""


_ENTRY = "applications/qlbreak.desktop"
# Translators: what qlbreak is, in two words, as menus of applications have it.
_KIND = N_("Break reminder")
# Translators: what one may type to find qlbreak in a menu of applications; a semicolon behind each.
_WORDS = N_("break;reminder;stretch;sitting;back;posture;")
# Translators: a page of the window, in the menu of qlbreak's icon among the applications.
_SETTINGS = N_("Settings")


def text(command: Command) -> str:
    """Of the autostart folder."""
    return _lines(
        "[Desktop Entry]",
        "Type=Application",
        "Name=qlbreak",
        *_said("Comment", ABOUT),
        # A desktop passes over an entry whose program is gone: a package cannot take it away.
        f"TryExec={_escaped(command[0])}",
        f"Exec={_line(command)}",
        f"Icon={_escaped(str(icon_file('qlbreak.png')))}",
        "Terminal=false",
        "Categories=Utility;",
        "X-GNOME-Autostart-enabled=true",
    )


def menu_text(command: Command) -> str:
    """Of the applications menu; with a right click there, two of its pages."""
    return _lines(
        "[Desktop Entry]",
        "Type=Application",
        "Name=qlbreak",
        *_said("GenericName", _KIND),
        *_said("Comment", ABOUT),
        *_said("Keywords", _WORDS),
        f"Exec={_line(command)}",
        "Icon=qlbreak",
        "Terminal=false",
        "Categories=Utility;",
        # Where it runs already no window of this process comes, which a desktop would wait for.
        "StartupNotify=false",
        "StartupWMClass=qlbreak",
        "Actions=record;settings;",
        "",
        "[Desktop Action record]",
        *_said("Name", "Record", "noun"),
        f"Exec={_line((*command, '--page', 'record'))}",
        "",
        "[Desktop Action settings]",
        *_said("Name", _SETTINGS),
        f"Exec={_line((*command, '--page', 'settings'))}",
    )


def _said(key: str, text: str, context: str = "") -> Iterator[str]:
    """In all languages: one desktop may have several people, and a package many."""
    yield f"{key}={in_a_menu(text)}"
    for name, told in everywhere(text, context).items():
        yield f"{key}[{name}]={_escaped(in_a_menu(told))}"


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _line(command: Command) -> str:
    return _escaped(" ".join(map(_quoted, command)))


def _quoted(word: str) -> str:
    """An argument of Exec: a percent sign would begin a field code."""
    word = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return f'"{word}"'


def _escaped(value: str) -> str:
    """As every string in such a file, which comes on top of the quotes."""
    value = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return value.replace("\t", "\\t")
