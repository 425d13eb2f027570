"""A login of the stranger's: a screen and a session of their own, which end with it.

As a display manager begins one: an X server, a session bus, the desktop's own session program,
which starts what the account wants to be started. Its processes are alone among themselves, so that
none of them outlives a log-out.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rig.accessibility import Reader
from rig.buscall import Bus
from rig.desktop import Desktop
from rig.processes import Process
from rig.waiting import wait_for
from stock.stock_root import NUMBER, StockRoot, user_environment

_BEGIN = """\
#!/bin/sh
mkfifo "$XDG_RUNTIME_DIR/display"
Xvfb -displayfd 3 -screen 0 {screen}x24 -nolisten tcp -noreset -r 3>"$XDG_RUNTIME_DIR/display" &
read number <"$XDG_RUNTIME_DIR/display"
export DISPLAY=":$number"
exec dbus-run-session -- sh -c '
    env -0 >"$XDG_RUNTIME_DIR/new"
    mv "$XDG_RUNTIME_DIR/new" "$XDG_RUNTIME_DIR/environment"
    exec xfce4-session'
"""


@contextmanager
def as_user() -> Iterator[None]:
    """The account's buses take nobody else."""
    os.seteuid(NUMBER)
    try:
        yield
    finally:
        os.seteuid(0)


class Login(Desktop):
    """`env` is what a program of this machine needs to look at that screen; the account's own
    environment is another one."""

    def __init__(self, root: StockRoot, **more: str) -> None:
        super().__init__()
        self._root, self._more = root, more
        self._outer: Process | None = None
        self._first = 0
        self._inside: dict[str, str] = {}
        self.home = root.home
        self.runtime = root.path / f"run/user/{NUMBER}"

    def start(self) -> None:
        """Until the panel shows icons."""
        shutil.rmtree(self.runtime, ignore_errors=True)
        self.runtime.mkdir(parents=True, mode=0o700)
        os.chown(self.runtime, NUMBER, NUMBER)
        script = self._root.path / "usr/local/bin/begin-session"
        script.write_text(_BEGIN.format(screen=self.screen))
        script.chmod(0o755)
        apart = [
            "unshare", "--pid", "--fork", "--kill-child", "--mount",
            f"--mount-proc={self._root.path}/proc",
        ]  # fmt: skip
        # Some sockets are named by the process, and their names are those of the whole machine.
        numbered = (
            f'echo {os.getpid()} >{self._root.path}/proc/sys/kernel/ns_last_pid && exec "$0" "$@"'
        )
        env = {**user_environment(), **self._more}
        begin = self._root.command("/usr/local/bin/begin-session", env=env)
        words = [*apart, "sh", "-c", numbered, *begin]
        self._outer = outer = super().spawn("session", words)
        told = self.runtime / "environment"
        wait_for(told.exists, 30, "the session begins")
        lines = told.read_text().split("\0")
        self._inside = dict(line.split("=", 1) for line in lines if line)
        self.env["DISPLAY"] = self._inside["DISPLAY"]
        self.session_address = self.reachable(self._inside["DBUS_SESSION_BUS_ADDRESS"])
        children = Path(f"/proc/{outer.pid}/task/{outer.pid}/children")
        self._first = int(children.read_text().split()[0])
        wait_for(self.tray_host, 60, "the panel shows tray items")

    @property
    def bus(self) -> Bus:
        with as_user():
            return super().bus

    def reachable(self, address: str) -> str:
        return address.replace("unix:path=", f"unix:path={self._root.path}")

    def spawn(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        commands: bool = False,
        out: Path | None = None,
    ) -> Process:
        """Among the account's programs."""
        words = [
            *self._beside(),
            *self._root.command(*command, env={**self._inside, **(env or {})}),
        ]
        return super().spawn(name, words, commands=commands, out=out)

    def say(self, *words: str, seconds: float = 60) -> str:
        """A command of the account's, to its end; what it says."""
        done = subprocess.run(
            [*self._beside(), *self._root.command(*words, env=self._inside)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        return done.stdout + done.stderr

    def stop(self) -> None:
        """Also where it was left by a failure: all that it started goes with the first of it."""
        if self._outer is not None and self._outer.alive:
            self._outer.kill9()
        super().stop()

    def log_out(self) -> None:
        """As the menu of the desktop does; until nothing of it runs."""
        self.say("xfce4-session-logout", "--logout", "--fast")
        assert self._outer is not None
        self._outer.wait_exit(30)

    def type_line(self, line: str) -> None:
        """Into the window that has the keyboard."""
        done = self.run(["xdotool", "type", "--delay", "12", line], seconds=60)
        assert done.code == 0, done
        self.type_key("Return")

    def fidget(self) -> None:
        """A hand at the pointer, for two minutes."""
        to_and_fro = [
            *("mousemove_relative", "--", "1", "1", "sleep", "0.4"),
            *("mousemove_relative", "--", "-1", "-1", "sleep", "0.4"),
        ]
        super().spawn("hand", ["xdotool", *to_and_fro * 150])

    def _beside(self) -> list[str | Path]:
        return ["nsenter", "--target", str(self._first), "--pid", "--mount"]


class StockReader(Reader):
    """The desktop's own accessibility bus, switched on as a screen reader switches it on."""

    def __init__(self, login: Login) -> None:
        with as_user():
            super().__init__(login)

    def _switch_on(self) -> None:
        where = "org.a11y.Bus", "/org/a11y/bus"
        self.desktop.wait_name("org.a11y.Bus", seconds=30)
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            self.desktop.bus.call(
                *where, "org.freedesktop.DBus.Properties", "Set", "ssv",
                "org.a11y.Status", name, ("b", True),
            )  # fmt: skip
