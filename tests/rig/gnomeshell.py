"""GNOME's real shell with the AppIndicator extension, nested in an X server of the tests' own."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rig.desktop import Desktop
from rig.waiting import wait_for

EXTENSIONS = Path("/usr/share/gnome-shell/extensions")
NAMES = ("ubuntu-appindicators@ubuntu.com", "appindicatorsupport@rgcjonas.gmail.com")
SETTINGS = """\
[org/gnome/shell]
enabled-extensions=['{name}']
welcome-dialog-last-shown-version='99'
[org/gnome/desktop/interface]
enable-animations=false
"""
SHELL = "org.gnome.Shell"
# What it has in its panel for the first icon, and lines of a menu as a person sees them.
ICON = "Main.panel.statusArea[Object.keys(Main.panel.statusArea).find(k => /^appind/.test(k))]"
LINES = """
(menu => menu._getMenuItems().filter(i => i.visible && i.label && i.label.text)
    .map(i => [i.label.text, i.sensitive]))
"""


def extension() -> str:
    """Its name here; skips where GNOME or it is not installed: they are large."""
    found = next((name for name in NAMES if (EXTENSIONS / name).is_dir()), "")
    if not (shutil.which("gnome-shell") and found):
        pytest.skip("this test needs gnome-shell and its AppIndicator extension")
    return found


class GnomeShell(Desktop):
    """1280x800; its extension is the host of tray icons, its notifications are its own."""

    def __init__(self) -> None:
        super().__init__(panel=False, dunst=False)

    def start(self) -> None:
        name = extension()
        super().start()
        folder = self.home / ".config/glib-2.0/settings"
        folder.mkdir(parents=True)
        (folder / "keyfile").write_text(SETTINGS.format(name=name))
        self.env |= {
            "GSETTINGS_BACKEND": "keyfile",
            "XDG_CURRENT_DESKTOP": "GNOME",
            "XDG_SESSION_TYPE": "wayland",
            "MUTTER_DEBUG_DUMMY_MODE_SPECS": self.screen,
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }
        self.spawn("shell", ["gnome-shell", "--nested", "--wayland", "--unsafe-mode"])
        wait_for(lambda: self.bus.owned(SHELL) and self.tray_host(), 60, "GNOME shows icons")
        self.env["WAYLAND_DISPLAY"] = "wayland-0"

    def manage_windows(self) -> None:
        """The shell does; its own window is the screen."""

    @property
    def journal(self) -> str:
        """What a desktop would have in its journal."""
        return (self.folder / "shell.log").read_text()

    def evaluate(self, script: str) -> Any:
        """What the shell's JavaScript makes of it; None where that is nothing."""
        worked, text = self.bus.call(SHELL, "/org/gnome/Shell", SHELL, "Eval", "s", script)
        assert worked, text
        return json.loads(text) if text else None

    def shown(self) -> dict[str, bool]:
        """The lines of the menu that a person would see, and whether each can be pressed."""
        return dict(self.evaluate(f"{ICON} ? {LINES}({ICON}.menu) : []"))

    def shown_below(self, label: str) -> list[str]:
        """The lines of a sub-menu."""
        line = f"{ICON}.menu._getMenuItems().find(i => i.label && i.label.text === '{label}')"
        return [text for text, _ in self.evaluate(f"{LINES}({line}.menu)")]

    def icon_words(self) -> str:
        """What a screen reader says of the icon."""
        return str(self.evaluate(f"{ICON}.get_accessible_name()"))

    def open_menu(self) -> tuple[int, int]:
        """Where its upper and its lower edge are."""
        self._click(ICON)
        wait_for(lambda: self.evaluate(f"{ICON}.menu.isOpen"), 5, "the menu is open")
        actor = f"{ICON}.menu.actor"
        top, height = self.evaluate(f"[{actor}.get_transformed_position()[1], {actor}.height]")
        return round(top), round(top + height)

    def press(self, label: str) -> None:
        """A line of the open menu."""
        text = json.dumps(label)
        self._click(f"{ICON}.menu._getMenuItems().find(i => i.label && i.label.text === {text})")

    def _click(self, actor: str) -> None:
        """On its middle, with the pointer, once it has noticed that."""
        x, y, width, height = self.evaluate(
            f"(a => [...a.get_transformed_position(), a.width, a.height])({actor})"
        )
        middle = round(x + width / 2), round(y + height / 2)
        self._xdotool("mousemove", *map(str, middle))
        wait_for(lambda: self.evaluate(f"{actor}.hover"), 5, "the pointer is over it")
        self.click(*middle)
