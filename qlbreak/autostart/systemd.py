"""A unit of the user's systemd: starts it with the graphical session, and again after a crash."""

from contextlib import suppress
from pathlib import Path

from qlbreak.autostart.entry import Command, Entry, Run, command_in, put, run
from qlbreak.system import exits
from qlbreak.system.paths import private

_UNIT = "qlbreak.service"
_TARGET = "graphical-session.target"


class Systemd:
    name = "systemd"

    def __init__(self, folder: Path, run: Run = run) -> None:
        """`folder`: that of the settings, $XDG_CONFIG_HOME."""
        self._path = folder / "systemd/user" / _UNIT
        self._link = folder / f"systemd/user/{_TARGET}.wants" / _UNIT
        self._run = run
        self.where = str(self._path)

    def read(self) -> Entry | None:
        try:
            return Entry(command_in(self._path), self._link.is_symlink())
        except FileNotFoundError:
            return None

    def write(self, command: Command) -> None:
        put(self._path, text(command), command)
        self._tell("daemon-reload")
        if self._tell("enable", _UNIT) and self._link.is_symlink():
            return
        private(self._link.parent)
        with suppress(FileExistsError):
            self._link.symlink_to(Path("..") / _UNIT)

    def remove(self) -> None:
        """One that runs is left running."""
        self._tell("disable", _UNIT)
        if self._link.is_symlink():
            self._link.unlink()
        self._path.unlink()
        self._tell("daemon-reload")

    def _tell(self, *words: str) -> bool:
        return self._run(("systemctl", "--user", *words)) is not None


def text(command: Command) -> str:
    program, *words = command
    start = " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in words)])
    # Neither a mistake in the settings nor one that runs already gets better by trying again.
    final = f"{exits.USAGE} {exits.ALREADY_RUNNING}"
    lines = (
        "[Unit]",
        "Description=qlbreak, a break reminder",
        f"PartOf={_TARGET}",
        f"After={_TARGET}",
        "",
        "[Service]",
        f"ExecStart={start}",
        "Restart=on-failure",
        "RestartSec=5",
        f"RestartPreventExitStatus={final}",
        "",
        "[Install]",
        f"WantedBy={_TARGET}",
    )
    return "".join(f"{line}\n" for line in lines)


def _quoted(word: str) -> str:
    """A percent sign would begin a specifier; a dollar, in all but the program, a variable."""
    word = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return '"{}"'.format(word.replace("\n", "\\n"))
