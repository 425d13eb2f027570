"""Where the files are: data, settings, log, and what lives only as long as the session."""

import os
import re
import sys
import zlib
from pathlib import Path

import platformdirs
from msgspec import Struct

_NAME = "qlbreak"


class PathError(Exception):
    """A folder or file that cannot be used: one line for the person."""


class Paths(Struct, frozen=True):
    """`runtime_in_memory`: that folder costs no disk write, and is gone with the session."""

    data: Path
    config: Path
    log: Path
    cache: Path
    runtime: Path
    runtime_in_memory: bool

    @property
    def journal(self) -> Path:
        """Unless the settings name another folder."""
        return self.data / "journal"

    @property
    def own(self) -> Path:
        """The person's own movements and routines."""
        return self.config.with_name("movements.toml")

    @property
    def lock(self) -> Path:
        return self.data / "lock"

    @property
    def socket(self) -> Path:
        """Short: the system takes a hundred bytes or so for the name of a socket."""
        return self.runtime / f"{_digest(str(self.data.resolve()))}.sock"

    @property
    def checkpoint(self) -> Path:
        return self.data / "checkpoint.json"

    @property
    def heartbeat(self) -> Path | None:
        """For what would be too much for a disk: a write with every tick."""
        return self.socket.with_suffix(".json") if self.runtime_in_memory else None


def find(data: Path | None = None, config: Path | None = None) -> Paths:
    """The system's own places, unless the caller names others. Creates nothing."""
    runtime = _session_folder()
    return Paths(
        data=data or Path(platformdirs.user_data_path(_NAME, appauthor=False)),
        config=config or platformdirs.user_config_path(_NAME, appauthor=False) / "config.toml",
        log=(data or platformdirs.user_log_path(_NAME, appauthor=False)) / "qlbreak.log",
        cache=data / "cache" if data else platformdirs.user_cache_path(_NAME, appauthor=False),
        runtime=Path(runtime) / _NAME if runtime else _fallback_runtime(data),
        runtime_in_memory=bool(runtime),
    )


def _session_folder() -> str | None:
    """In memory, for this user; a shell that does not name it must find the same one."""
    if sys.platform != "linux":
        return None
    usual = f"/run/user/{os.getuid()}"
    return os.environ.get("XDG_RUNTIME_DIR") or (usual if os.access(usual, os.W_OK) else None)


def _fallback_runtime(data: Path | None) -> Path:
    if sys.platform == "win32":
        return Path(data or platformdirs.user_data_path(_NAME, appauthor=False))
    return Path(platformdirs.user_cache_path(_NAME, appauthor=False)) / "run"


def downloads() -> Path:
    """Where browsers put what a person asks for; it need not be there."""
    return platformdirs.user_downloads_path()


def prepare(paths: Paths) -> None:
    """Make the folders, for the user's eyes only. Raises PathError."""
    for folder in (paths.data, paths.log.parent, paths.runtime):
        make_folder(folder)


def make_folder(folder: Path, *, parents: bool = True) -> None:
    """For the user's eyes only, where it is not there. Raises PathError."""
    try:
        folder.mkdir(mode=0o700, parents=parents, exist_ok=True)
    except OSError as error:
        raise PathError(f"cannot make the folder {folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PathError(f"cannot write to the folder {folder}: check its owner and rights")


def device() -> str:
    """A name for this machine that stays, and that no other machine sharing the folder has."""
    name = re.sub(r"[^A-Za-z0-9-]+", "-", _host()).strip("-").lower() or "device"
    return f"{name[:40]}-{_digest(_machine_id())[:4]}"


def _digest(text: str) -> str:
    """Nothing secret: tells names apart. The library of real ones costs a megabyte of memory."""
    return f"{zlib.crc32(text.encode()):08x}"


def _host() -> str:
    import platform

    return platform.node().split(".")[0]


def _machine_id() -> str:
    try:
        return Path("/etc/machine-id").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        import uuid

        return str(uuid.getnode())
