"""The autostart folder of desktops on Linux: a desktop entry, quoted as its specification says."""

import re
from pathlib import Path

from qlbreak.autostart.entry import Command, Entry, command_in, put
from qlbreak.system.resources import icon_file

_OFF = re.compile(r"^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.MULTILINE)


class Xdg:
    name = "the desktop's autostart folder"

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


def text(command: Command) -> str:
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=qlbreak",
        "Comment=Tells you to get up, and what to do for your lower back",
        f"Exec={_escaped(' '.join(map(_quoted, command)))}",
        f"Icon={_escaped(str(icon_file('qlbreak.png')))}",
        "Terminal=false",
        "Categories=Utility;",
        "X-GNOME-Autostart-enabled=true",
    )
    return "".join(f"{line}\n" for line in lines)


def _quoted(word: str) -> str:
    """An argument of Exec: a percent sign would begin a field code."""
    word = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    return f'"{word}"'


def _escaped(value: str) -> str:
    """As every string in such a file, which comes on top of the quotes."""
    value = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return value.replace("\t", "\\t")
