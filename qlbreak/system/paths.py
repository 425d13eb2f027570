"""Where the files are, and what they are: data, settings, log, and what lasts for the session."""

import itertools
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple, Protocol, get_args

import platformdirs
from msgspec import Struct

from qlbreak.language import N_, _
from qlbreak.system.lock import Holder, holder

_NAME = "qlbreak"
# Below the person's home, and of some program's alone: in the terminal of such a program the
# variables name folders in there.
_SANDBOXES = ("snap", ".var/app")


Where = Literal["settings", "data", "log", "cache", "session"]
Once = Literal["no-tray", "no-idle", "set-up", "newer-settings"]  # once, and then not again
_JOURNAL, _LOCK, _DEVICE, _CHECKPOINT, _KEPT = (
    "journal", "lock", "device.json", "checkpoint.json", "kept",
)  # fmt: skip
_CONFIG, OWN, _LOG = "config.toml", "movements.toml", "qlbreak.log"
_SET_UP, _PLAN = "set-up.json", "plan.toml"
_MACHINE_IDS = Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")
PAGE, TODAY, PLAN_PAGE = "report.html", "today.txt", "plan.html"
FIGURES, DRAWING = "figures-", ".drawing-"  # what begins the names of folders with pictures


class Files(NamedTuple):
    """Files of ours in a `folder`, by their `names`, which are patterns; `what` they are, for
    people. `made`: of the record, or beside it, so delete-data takes all that has such a name."""

    folder: Where
    names: tuple[str, ...]
    what: str
    made: bool = True


FILES = (
    Files("settings", (_CONFIG,), N_("the settings"), made=False),
    Files("settings", (OWN,), N_("movements and routines of your own"), made=False),
    Files(
        "data",
        (f"{_JOURNAL}/*.jsonl", f"{_JOURNAL}/*.jsonl.gz"),
        N_("the record: a file a device, or a month of it, unless `[record]` names another folder"),
        made=False,  # by the device
    ),
    Files(
        "data",
        (_CHECKPOINT, f".{_CHECKPOINT.partition('.')[0]}-*"),
        N_("how things stood, for the next start"),
    ),
    Files("data", (_KEPT,), N_("what the record does not take for now")),
    Files("data", (_DEVICE,), N_("the name that this device began with")),
    Files(
        "data",
        tuple(f"said-{what}" for what in get_args(Once)),
        N_("that something was said or offered, which is done once"),
    ),
    Files("data", (_PLAN,), N_("the file of your plan, as it was loaded")),
    Files("data", (_SET_UP,), N_("what the set-up changed, so that it can be undone")),
    Files("data", (PAGE, TODAY, PLAN_PAGE), N_("what `qlbreak report` made last")),
    Files("data", (_LOCK,), N_("which program runs here, and where it listens"), made=False),
    Files("log", (_LOG, f"{_LOG}.[0-9]"), N_("the log, at most 1.5 MB")),
    Files(
        "cache",
        (f"{FIGURES}*/*.png", f"{DRAWING}*/{FIGURES}*/*.png"),
        N_("pictures for notifications"),
    ),
    Files("session", ("{session}.sock",), N_("where the running program listens")),
    Files("session", ("{session}.json",), N_("how things stand, with each tick")),
    Files("session", ("{session}.kept",), N_("what the record does not take for now")),
)


class PathError(Exception):
    """A folder or file that cannot be used: one line for the person."""


class Paths(Struct, frozen=True):
    """`runtime_in_memory`: that folder costs no disk write, and is gone with the session.
    `homes`: other folders of data that the person may have where the environment is another; none
    where a folder was named, which is a program of its own.
    """

    data: Path
    config: Path
    log: Path
    cache: Path
    runtime: Path
    runtime_in_memory: bool
    homes: tuple[Path, ...] = ()

    @property
    def journal(self) -> Path:
        """Unless the settings name another folder."""
        return self.data / _JOURNAL

    @property
    def own(self) -> Path:
        """The person's own movements and routines."""
        return self.config.with_name(OWN)

    @property
    def lock(self) -> Path:
        return self.data / _LOCK

    @property
    def locks(self) -> tuple[Path, ...]:
        """One person has one program, whatever the environment that it was started in says."""
        return tuple(folder / _LOCK for folder in (self.data, *self.homes))

    @property
    def holder(self) -> Holder | None:
        """The program that runs here, or starts."""
        return next(filter(None, map(holder, self.locks)), None)

    @property
    def elsewhere(self) -> Path | None:
        """Where the running program has its record, if that is another than is meant here."""
        found = self.holder
        return found.data if found is not None and found.data != self.data.absolute() else None

    @property
    def socket(self) -> Path:
        """Where the running program listens: as it says itself, for the folder of the session may
        be another where it is asked from."""
        found = self.holder
        return (found and found.socket) or self.own_socket

    @property
    def own_socket(self) -> Path:
        """Where one that is started here listens."""
        return self.runtime / f"{_digest(os.fsencode(self.data.resolve()))}.sock"

    @property
    def device_name(self) -> Path:
        """Keeps the name that this device began with."""
        return self.data / _DEVICE

    @property
    def checkpoint(self) -> Path:
        return self.data / _CHECKPOINT

    @property
    def kept(self) -> tuple[Path, Path]:
        """For what the record does not take: in the session's folder, and on the disk."""
        return self.own_socket.with_suffix(".kept"), self.data / _KEPT

    @property
    def heartbeat(self) -> Path | None:
        """For what would be too much for a disk: a write with every tick."""
        return self.own_socket.with_suffix(".json") if self.runtime_in_memory else None

    def said(self, what: Once) -> Path:
        """Is there as soon as that was said."""
        return self.data / f"said-{what}"

    @property
    def plan(self) -> Path:
        """The file of the plan that was loaded last; what it says holds by the record alone."""
        return self.data / _PLAN

    @property
    def set_up(self) -> Path:
        """What the last set-up changed; is there as soon as one was gone through."""
        return self.data / _SET_UP

    @property
    def folders(self) -> Mapping[Where, Path]:
        return {
            "settings": self.config.parent,
            "data": self.data,
            "log": self.log.parent,
            "cache": self.cache,
            "session": self.runtime,
        }

    def made(self) -> Iterator[Path]:
        """The files that were made of the record, or beside it."""
        for folder, pattern in self._patterns():
            yield from sorted(path for path in folder.glob(pattern) if not path.is_dir())

    def made_folders(self) -> Iterator[Path]:
        """Those within ours, the innermost first."""
        for folder, pattern in self._patterns():
            for parent in PurePosixPath(pattern).parents[:-1]:
                yield from sorted(folder.glob(str(parent)))

    def _patterns(self) -> Iterator[tuple[Path, str]]:
        for files in FILES:
            for name in files.names if files.made else ():
                yield self.folders[files.folder], name.format(session=self.own_socket.stem)


def options(paths: Paths) -> list[str]:
    """What another process of ours is to be told so that it has the same files: the folders that
    are not the usual ones."""
    usual, told = find(), []
    if paths.config.absolute() != usual.config.absolute():
        told += ["--config", str(paths.config.absolute())]
    if paths.data.absolute() != usual.data.absolute():
        told += ["--data-dir", str(paths.data.absolute())]
    return told


def find(data: Path | None = None, config: Path | None = None) -> Paths:
    """The system's own places, unless the caller names others. Creates nothing."""
    runtime = _session_folder()
    usual = _usual(platformdirs.user_data_path, ".local/share")
    return Paths(
        data=data or usual,
        config=config or _usual(platformdirs.user_config_path, ".config") / _CONFIG,
        log=(data or _usual(platformdirs.user_log_path, ".local/state", "log")) / _LOG,
        cache=data / "cache" if data else _usual(platformdirs.user_cache_path, ".cache"),
        runtime=runtime / _NAME if runtime else _fallback_runtime(data),
        runtime_in_memory=runtime is not None,
        homes=() if data else _homes(usual),
    )


def _homes(usual: Path) -> tuple[Path, ...]:
    if sys.platform != "linux":
        return ()
    at_home = _home() / ".local/share" / _NAME
    return (at_home,) if at_home != usual else ()


class _PlatformPath(Protocol):
    def __call__(self, appname: str, appauthor: Literal[False]) -> Path: ...


def _usual(platform_path: _PlatformPath, usual: str, *below: str) -> Path:
    found = Path(platform_path(_NAME, appauthor=False))
    return found if sys.platform != "linux" else lasting(found, Path(usual, _NAME, *below))


def lasting(named: Path, usual: Path) -> Path:
    """As the environment names it, but never a folder that belongs to a sandbox, or hangs on where
    one is: what is kept in there another terminal would not find. *usual*: below the home."""
    home = _home()
    foreign = any(named.is_relative_to(home / sandbox) for sandbox in _SANDBOXES)
    return named if named.is_absolute() and not foreign else home / usual


def _home() -> Path:
    """The person's, also in a snap that has a home of its own."""
    return Path(os.environ.get("SNAP_REAL_HOME") or Path.home())


def _session_folder() -> Path | None:
    """In memory, for this user; what names none that can be used is passed over."""
    if sys.platform != "linux":
        return None
    user = os.getuid()
    named = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    return next((f for f in (named, Path(f"/run/user/{user}")) if _is_of(f, user)), None)


def _is_of(folder: Path, user: int) -> bool:
    """After `su` the variable still names somebody else's."""
    try:
        own = folder.is_absolute() and folder.stat().st_uid == user
    except OSError:
        return False
    return own and os.access(folder, os.W_OK | os.X_OK)


def _fallback_runtime(data: Path | None) -> Path:
    if sys.platform == "win32":
        return Path(data or platformdirs.user_data_path(_NAME, appauthor=False))
    return _usual(platformdirs.user_cache_path, ".cache") / "run"


def downloads() -> Path:
    """Where browsers put what a person asks for; it need not be there."""
    return platformdirs.user_downloads_path()


def prepare(paths: Paths) -> None:
    """Make the folders, for the user's eyes only. Raises PathError."""
    for folder in (paths.data, paths.runtime):
        make_folder(folder)


def make_folder(folder: Path, *, parents: bool = True) -> None:
    """For the user's eyes only, where it is not there. Raises PathError."""
    try:
        if parents:
            private(folder)
        else:
            folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise PathError(
            _(
                "cannot create the folder {folder}: {strerror}",
                folder=folder,
                strerror=error.strerror,
            )
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PathError(
            _("cannot write to the folder {folder}: check its owner and permissions", folder=folder)
        )


def private(folder: Path) -> None:
    """With all that it lies in, which Python would make as the umask has it. Raises OSError."""
    missing = itertools.takewhile(lambda parent: not parent.exists(), folder.parents)
    for parent in reversed([folder, *missing]):
        parent.mkdir(mode=0o700, exist_ok=True)


def device() -> str:
    """A name for this machine that no other machine sharing the folder has."""
    name = re.sub(r"[^A-Za-z0-9-]+", "-", _host()).strip("-").lower() or "device"
    return f"{name[:40]}-{machine()[:4]}"


def machine() -> str:
    """A digest of what tells it from all others."""
    return _digest(machine_id().encode())


def _digest(text: bytes) -> str:
    """Nothing secret: tells names apart. The library of real ones costs a megabyte of memory."""
    return f"{zlib.crc32(text):08x}"


def _host() -> str:
    import platform

    return platform.node().split(".")[0]


def machine_id(files: Sequence[Path] = _MACHINE_IDS, node: Callable[[], int] | None = None) -> str:
    """Of the system's files, else of the network card; where there is none of that, nothing, and
    the name of the host is all."""
    for file in files:
        with suppress(OSError, UnicodeDecodeError):
            return file.read_text("utf-8").strip()
    if node is None:
        import uuid

        node = uuid.getnode
    number = node()
    # Made up where no card is found, and then another one in each process: it says so by this bit.
    return "" if number >> 40 & 1 else str(number)
