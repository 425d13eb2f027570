"""The bare private session of a test: scratch folders, X server, two buses, window manager."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rig.processes import Outcome, Process, carrying, end_all, end_strays, spawn
from rig.waiting import BUSY, listens, wait_for

if TYPE_CHECKING:
    from rig.buscall import Bus
    from rig.xwindows import Window

# No service folders: no stray daemon gets started by a call.
BUS_SETTINGS = """\
<busconfig>
  <type>{kind}</type>
  <listen>{address}</listen>
  <policy context="default">
    <allow user="*"/><allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
  </policy>
</busconfig>
"""


class Session:
    """Everything it starts belongs to it and ends with it; the real session is never touched."""

    screen = "1280x800"

    def __init__(self) -> None:
        # Unix sockets allow paths of 107 bytes, so not below the long folders of pytest.
        short = None if sys.platform == "win32" else "/tmp"
        self.folder = Path(tempfile.mkdtemp(prefix="qlb-", dir=short))
        self.home = self.folder / "home"
        self.runtime = self.folder / "run"
        self.session_address = f"unix:path={self.runtime}/bus"
        self.system_address = f"unix:path={self.runtime}/system"
        self.env = self._environment()
        self._processes: list[Process] = []
        self._connection: Bus | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Starts what every desktop has; raises Unmet when a part does not come up."""
        self.home.mkdir()
        self.runtime.mkdir(mode=0o700)
        (self.folder / "tmp").mkdir()
        number = self._start_x()
        self._start_bus("session", self.session_address)
        self._start_bus("system", self.system_address)
        self.env["DISPLAY"] = wait_for(lambda: self._display(number), 10, "Xvfb takes clients")
        self.manage_windows()

    def manage_windows(self) -> None:
        """As every desktop does."""
        self.spawn("openbox", ["openbox"])

    def stop(self) -> None:
        """Ends all processes by their ids and removes the folders; safe after a failed start."""
        if self._connection:
            self._connection.close()
        end_all(self._processes)
        end_strays(self._mark)
        shutil.rmtree(self.folder, ignore_errors=True)

    def reachable(self, address: str) -> str:
        """A bus that somebody in it names, as it is called from here."""
        return address

    @property
    def bus(self) -> "Bus":
        """The test's own connection to the session bus."""
        if self._connection is None:
            from rig.buscall import Bus

            self._connection = Bus(self.session_address)
        return self._connection

    def spawn(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        commands: bool = False,
        out: Path | None = None,
    ) -> Process:
        """Starts a program on this desktop; its log is `folder/name.log`."""
        process = spawn(name, command, env or self.env, self.folder, commands=commands, out=out)
        self._processes.append(process)
        return process

    def run(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        seconds: float = 10.0,
    ) -> Outcome:
        """Runs a command on this desktop to its end; raises TimeoutExpired."""
        done = subprocess.run(
            command,
            env=env or self.env,
            cwd=self.folder,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds * BUSY,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def processes(self) -> dict[int, str]:
        """All living processes of this desktop, grandchildren too: id and command line."""
        return carrying(self._mark)

    def windows(self) -> "list[Window]":
        """Those of programs that are on the screen, the lowest first."""
        from rig.xwindows import visible

        return visible(self.env["DISPLAY"])

    def wait_managed(self) -> None:
        """Until a window manager is at work: what is shown while it begins may be lost."""
        ask = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
        wait_for(lambda: "window id" in self.run(ask).out, 10, "a window manager")

    def wait_name(self, name: str, owned: bool = True, seconds: float = 10.0) -> None:
        """Waits until somebody, or nobody, owns the name on the session bus."""
        what = f"{name} {'appears on' if owned else 'leaves'} the session bus"
        wait_for(lambda: self.bus.owned(name) is owned, seconds, what)

    @property
    def _mark(self) -> str:
        return f"XDG_RUNTIME_DIR={self.runtime}"

    def _environment(self) -> dict[str, str]:
        names = ("PATH", "TZ", "SYSTEMROOT", "COMSPEC", "USERNAME")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        return (
            kept
            | self._on_windows()
            | {
                "HOME": str(self.home),
                "TMPDIR": str(self.folder / "tmp"),
                "LANG": "C.UTF-8",
                "XDG_RUNTIME_DIR": str(self.runtime),
                "XDG_CURRENT_DESKTOP": "XFCE",
                "XDG_SESSION_TYPE": "x11",
                "DBUS_SESSION_BUS_ADDRESS": self.session_address,
                "DBUS_SYSTEM_BUS_ADDRESS": self.system_address,
                # GTK would ask buses for services that are not here.
                "NO_AT_BRIDGE": "1",
                "GTK_A11Y": "none",
                "GSETTINGS_BACKEND": "memory",
            }
        )

    def _on_windows(self) -> dict[str, str]:
        """Where it keeps whose things; what it answers by itself goes by no variable but these."""
        if sys.platform != "win32":
            return {}
        places = {"USERPROFILE": "", "APPDATA": "roaming", "LOCALAPPDATA": "local"}
        own = {name: str(self.home / folder) for name, folder in places.items()}
        return own | {
            "WIN_PD_OVERRIDE_APPDATA": own["APPDATA"],
            "WIN_PD_OVERRIDE_LOCAL_APPDATA": own["LOCALAPPDATA"],
            "TEMP": str(self.folder / "tmp"),
            "TMP": str(self.folder / "tmp"),
        }

    def _start_x(self, *wanted: str) -> Path:
        """At the first display that is free, unless one is `wanted`."""
        number = self.folder / "display"
        with number.open("wb") as target:
            screen = ["-screen", "0", f"{self.screen}x24", "-nolisten", "tcp", "-noreset"]
            screen.append("-r")  # no key repeats itself because the machine was busy
            command = ["Xvfb", *wanted, "-displayfd", str(target.fileno()), *screen]
            x = spawn("Xvfb", command, self.env, self.folder, pass_fds=[target.fileno()])
        self._processes.append(x)
        return number

    def _display(self, number: Path) -> str:
        text = number.read_text()
        return f":{text.strip()}" if text.endswith("\n") else ""

    def _start_bus(self, kind: str, address: str) -> None:
        settings = self.folder / f"{kind}.conf"
        settings.write_text(BUS_SETTINGS.format(kind=kind, address=address))
        command = ["dbus-daemon", f"--config-file={settings}", "--nofork", "--nopidfile"]
        self.spawn(f"{kind}-bus", command)
        socket = Path(address.removeprefix("unix:path="))
        wait_for(lambda: listens(socket), 10, f"the {kind} bus listens")
