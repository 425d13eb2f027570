"""Wayland compositors without a screen, each with a bus of its own; they can die and return."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from qlbreak.senses.wayland_wire import Compositor, socket_path
from rig.privatebus import PrivateBus, need
from rig.processes import Process
from rig.waiting import now, wait_for

SWAY_SETTINGS = "seat seat0 fallback true\n"  # else there is none without a device


class WaylandSession(PrivateBus):
    """What the kinds have in common; `start_compositor` starts one at the same place each time."""

    name = ""
    desktop = ""

    def start(self) -> None:
        super().start()
        (self.folder / "tmp").mkdir()
        self.env |= {"XDG_SESSION_TYPE": "wayland", "XDG_CURRENT_DESKTOP": self.desktop}
        self.start_compositor()
        self.env["WAYLAND_DISPLAY"] = self._socket.name

    def start_compositor(self) -> None:
        for old in self.runtime.glob("wayland-*"):
            old.unlink()
        self._compositor: Process = self._launch()
        wait_for(self._answers, 15, f"{self.name} takes clients", self._compositor.log.read_text)

    def kill_compositor(self) -> None:
        self._compositor.kill9()
        for left in self.runtime.glob("sway-ipc.*.sock"):
            left.unlink()

    def freeze_compositor(self) -> None:
        self._compositor.signal(signal.SIGSTOP)

    def _launch(self) -> Process:
        raise NotImplementedError

    def _answers(self) -> bool:
        try:
            self.connect_wayland().close()
        except OSError:
            return False
        return True

    def connect_wayland(self) -> Compositor:
        """A client of the test's own."""
        return Compositor(self._socket)

    @property
    def _socket(self) -> Path:
        found = sorted(self.runtime.glob("wayland-?"))
        return found[0] if found else self.runtime / "wayland-0"

    @property
    def socket(self) -> Path:
        return socket_path(self.env)

    def leave_evidence(self, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for log in self.folder.rglob("*.log"):
            shutil.copy(log, target)


class Sway(WaylandSession):
    """Of version 1.7: the older of the two protocols. It refuses to run as root."""

    name, desktop = "sway", "sway"

    def start(self) -> None:
        need("sway", "wtype")
        super().start()

    def _launch(self) -> Process:
        settings = self.folder / "sway.conf"
        settings.write_text(SWAY_SETTINGS)
        headless = {
            "WLR_BACKENDS": "headless",
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_RENDERER": "pixman",
        }
        as_nobody: list[str] = []
        if os.geteuid() == 0:
            self.folder.chmod(0o755)
            shutil.chown(self.runtime, "nobody")
            as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        command: list[str | Path] = [*as_nobody, "sway", "-c", settings]
        return self.spawn("sway", command, env=self.env | headless)

    def command(self, *words: str) -> str:
        """As its user would give it, by a key or in its settings."""
        (place,) = self.runtime.glob("sway-ipc.*.sock")
        done = self.run(["swaymsg", "-s", str(place), *words])
        assert done.code == 0, done
        return done.out

    def tree(self) -> str:
        """All that it shows, as JSON."""
        return self.command("-t", "get_tree")

    def open_window(self, title: str, *options: str) -> None:
        """Of a program for X11, which Xwayland shows; it need not be there yet."""
        need("xterm", "Xwayland")
        self.command("exec", " ".join(["xterm", "-T", title, *options, "-e", "sleep", "60"]))

    def type_key(self) -> None:
        done = self.run(["wtype", "a"])
        assert done.code == 0, done

    def move_pointer(self) -> None:
        """By the protocol that wlroots has for it."""
        client = self.connect_wayland()
        maker = client.bind("zwlr_virtual_pointer_manager_v1", 1)
        seat, pointer = client.bind("wl_seat", 1), client.new()
        client.request(maker, 0, seat, pointer)
        client.request(pointer, 1, 0, 10, 10, 100, 100)  # motion_absolute
        client.request(pointer, 4)  # frame
        client.wait()
        client.close()


class Mutter(WaylandSession):
    """GNOME's window manager without the shell. Large, so only where it is installed anyway."""

    name, desktop = "mutter", "GNOME"

    def start(self) -> None:
        need_large("mutter")
        super().start()

    def _launch(self) -> Process:
        size = ["--virtual-monitor", "800x600"]
        return self.spawn("mutter", ["mutter", "--headless", "--wayland", "--no-x11", *size])

    def move_pointer(self) -> None:
        """As a remote desktop does."""
        remote = "org.gnome.Mutter.RemoteDesktop"
        call = self.bus.call
        (path,) = call(remote, "/org/gnome/Mutter/RemoteDesktop", remote, "CreateSession")
        call(remote, path, f"{remote}.Session", "Start")
        moved = ("NotifyPointerMotionRelative", "dd", 10.0, 10.0)
        call(remote, path, f"{remote}.Session", *moved)
        call(remote, path, f"{remote}.Session", "Stop")


class KWin(WaylandSession):
    """KDE's window manager with its lock. Large, as above."""

    name, desktop = "kwin", "KDE"

    def start(self) -> None:
        need_large("kwin_wayland")
        super().start()

    def _launch(self) -> Process:
        # The installed file has capabilities, which would have to be granted.
        copy = self.folder / "kwin_wayland"
        if not copy.exists():
            shutil.copy(shutil.which("kwin_wayland") or "", copy)
        size = ["--width", "800", "--height", "600"]
        command: list[str | Path] = [
            copy,
            "--virtual",
            *size,
            "--no-global-shortcuts",
            "--socket",
            "wayland-0",
        ]
        return self.spawn("kwin", command, env=self.env | {"KWIN_COMPOSE": "Q"})

    def call_saver(self, method: str) -> object:
        name = "org.freedesktop.ScreenSaver"
        body = self.bus.call(name, "/ScreenSaver", name, method)
        return body[0] if body else None


def need_large(program: str) -> None:
    """Skips without it, in continuous integration too: 60 to 230 MB are much for a test or two."""
    if shutil.which(program) is None:
        pytest.skip(f"this test needs {program}")


def grows(ask: Callable[[], float | None], beyond: float, seconds: float) -> float:
    """Waits until there was no input for so long; gives how long that took."""
    started = now()
    wait_for(lambda: (ask() or 0) > beyond, seconds, f"{beyond:g} s without input", ask)
    return now() - started
