"""The desktop of the tests: a session with a panel, a notification daemon and hands to use it."""

import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from PIL import Image, ImageGrab

from rig.buswatch import NOTIFICATIONS, BusWatch
from rig.notifications import DunstUser, Notifyd, write_dunst_settings
from rig.processes import Process
from rig.program import Program
from rig.traymenu import WATCHER, TrayReader
from rig.waiting import wait_for

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "xfce4-panel", "dunst", "xdotool")
Box = tuple[int, int, int, int]
FIRST_ICON = 25, 14  # where the panel puts the only tray icon, in pixels

PANEL_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array"><value type="int" value="1"/></property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""


def xfconf_daemon() -> Path | None:
    """The settings daemon of the panel; outside PATH, as normally the bus starts it."""
    return next(Path("/usr").glob("lib*/**/xfconf/xfconfd"), None)


def set_dpi(desktop: "Desktop", dpi: float) -> None:
    """In the X server's resources, as desktops do for the scale that a person has chosen."""
    code = (
        "from Xlib import Xatom; from Xlib.display import Display; d = Display();"
        "d.screen().root.change_property(Xatom.RESOURCE_MANAGER, Xatom.STRING, 8,"
        f"b'Xft.antialias:\\t1\\nXft.dpi:\\t{dpi:g}\\n'); d.sync()"
    )
    assert desktop.run([sys.executable, "-c", code]).code == 0


def missing_programs() -> list[str]:
    """What has to be installed before a desktop can start."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    return missing if xfconf_daemon() else [*missing, "xfconfd"]


class Desktop(TrayReader):
    """With `panel` or `dunst` False that part is missing until it is started. `notices`: what dunst
    shows, for who uses it."""

    def __init__(self, *, panel: bool = True, dunst: bool = True) -> None:
        super().__init__()
        self._wanted = panel, dunst
        self._panel: Process | None = None
        self._dunst_process: Process | None = None
        self.notices = DunstUser(self)
        self._watches = ExitStack()

    def start(self) -> None:
        """Starts the session and the wanted parts, side by side."""
        super().start()
        panel, dunst = self._wanted
        if dunst:
            self._spawn_dunst()
        if panel:
            self.start_panel()
        if dunst:
            self.wait_name(NOTIFICATIONS)

    def stop(self) -> None:
        """Ends everything."""
        self._watches.close()
        super().stop()

    def start_panel(self) -> None:
        """Starts xfce4-panel with nothing but its tray, and waits until it shows items."""
        self._start_xfconf()
        command = ["xfce4-panel", "--disable-wm-check", "--sm-client-disable"]
        self._panel = self.spawn("xfce4-panel", command)
        wait_for(self.tray_host, 15, "the panel shows tray items")

    def kill_panel(self) -> None:
        """Crashes the panel, and waits until the bus knows."""
        assert self._panel is not None
        self._panel.kill9()
        self.wait_name(WATCHER, owned=False)

    def start_dunst(self) -> None:
        """Starts dunst."""
        self._spawn_dunst()
        self.wait_name(NOTIFICATIONS)

    def kill_dunst(self) -> None:
        """Crashes dunst, and waits until the bus knows."""
        assert self._dunst_process is not None
        self._dunst_process.kill9()
        self.wait_name(NOTIFICATIONS, owned=False)

    def start_notifyd(
        self,
        capabilities: tuple[str, ...] = ("body", "body-markup", "actions"),
        *,
        delay: float = 0.0,
        hang: str = "",
        error: str = "",
    ) -> Notifyd:
        """Our own daemon instead of dunst (which is killed); for the options see notifyd.py."""
        if self._dunst_process and self._dunst_process.alive:
            self.kill_dunst()
        events = self.folder / "notifyd.jsonl"
        options = [f"--capabilities={','.join(capabilities)}", f"--delay={delay}"]
        options += [f"--hang={hang}", f"--error={error}"]
        script = Path(__file__).with_name("notifyd.py")
        process = self.spawn(
            "notifyd", [sys.executable, script, *options], commands=True, out=events
        )
        self.wait_name(NOTIFICATIONS)
        return Notifyd(process, events)

    def watch_bus(self) -> BusWatch:
        """A witness of all notifications from now on; it ends with the desktop."""
        watch = BusWatch(self.session_address)
        self._watches.callback(watch.close)
        return watch

    def program(self, *options: str, data_dir: Path | None = None) -> Program:
        """qlbreak on this desktop, not yet started; `options` are its global ones."""
        return Program(self, data_dir or self.home / "data", options)

    def move_pointer(self, x: int = 1, y: int = 1) -> None:
        """Moves the pointer by so many pixels."""
        self._xdotool("mousemove_relative", "--", str(x), str(y))

    def stir(self) -> None:
        """Moves the pointer to and fro, by one program."""
        self._xdotool(
            *("mousemove_relative", "--", "1", "1"), *("mousemove_relative", "--", "-1", "-1")
        )

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Clicks at a place of the screen."""
        self._xdotool("mousemove", str(x), str(y), "click", str(button))

    def type_key(self, *keys: str) -> None:
        """Presses keys by their X names (`Return`, `ctrl+q`) in the window that has the focus."""
        self._xdotool("key", *keys)

    def wait_keys(self, title: str) -> None:
        """Until the window of that title has the keyboard."""
        ask = ["xdotool", "getwindowfocus", "getwindowname"]
        wait_for(lambda: self.run(ask).out.strip() == title, 10, f"{title} has the keyboard")

    def window_titles(self) -> list[str]:
        """The titles of all windows on the screen."""
        return [window.title for window in self.windows() if window.title]

    def activate(self, title: str) -> int:
        """As by a click at the frame of the window with that in its title; returns its number."""

        def found() -> int:
            return next((one.number for one in self.windows() if title in one.title), 0)

        number = wait_for(found, 10, f"{title!r} is a window", self.window_titles)
        self.run(["xdotool", "windowactivate", "--sync", str(number)])
        return number

    def screenshot(self, path: Path | None = None, box: Box | None = None) -> Image.Image:
        """The screen, or its part (left, top, right, bottom); written to `path` as PNG."""
        image = ImageGrab.grab(bbox=box, xdisplay=self.env["DISPLAY"])
        if path:
            image.save(path)
        return image

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """The colour of a place of the screen."""
        red, green, blue = self.screenshot(box=(x, y, x + 1, y + 1)).convert("RGB").tobytes()
        return red, green, blue

    def leave_evidence(self, target: Path) -> None:
        """Copies what a person needs to understand a failure: the screen and all logs."""
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for log in [*self.folder.rglob("*.log"), *self.folder.rglob("*.jsonl")]:
            shutil.copy(log, target)
        if "DISPLAY" in self.env and self._processes[0].alive:
            self.screenshot(target / "screen.png")

    def _xdotool(self, *words: str) -> None:
        done = self.run(["xdotool", *words])
        assert done.code == 0, done

    def _spawn_dunst(self) -> None:
        settings = write_dunst_settings(self.folder)
        self._dunst_process = self.spawn("dunst", ["dunst", "-conf", settings])

    def _start_xfconf(self) -> None:
        """The panel reads its settings from this daemon only; the bus here cannot start it."""
        if self.bus.owned("org.xfce.Xfconf"):
            return
        folder = self.home / ".config/xfce4/xfconf/xfce-perchannel-xml"
        folder.mkdir(parents=True)
        (folder / "xfce4-panel.xml").write_text(PANEL_SETTINGS)
        daemon = xfconf_daemon()
        assert daemon is not None
        self.spawn("xfconfd", [daemon])
        self.wait_name("org.xfce.Xfconf")
