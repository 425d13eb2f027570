"""What this device is called in the record: as it began, whatever the machine is called by now."""

import re

import msgspec

from qlbreak.system import files
from qlbreak.system.paths import Paths, device, machine

_NAMES = dict[str, str]  # by machine: several may share a home
_A_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")


def name(paths: Paths) -> str:
    """Of another machine, which a copy of the folder has come to, it is not the name."""
    return _kept(paths).get(machine()) or _begun(paths) or device()


def keep(paths: Paths) -> None:
    """From now on. Raises OSError."""
    names = _kept(paths)
    if machine() not in names:
        text = msgspec.json.encode({**names, machine(): name(paths)})
        files.put(paths.device_name, [text])


def _kept(paths: Paths) -> dict[str, str]:
    try:
        found = msgspec.json.decode(paths.device_name.read_bytes(), type=_NAMES)
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: kept for key, kept in found.items() if _A_NAME.fullmatch(kept)}


def _begun(paths: Paths) -> str:
    """Where it was not kept yet: the name under which this machine has last written here."""
    end = f"-{machine()[:4]}"
    try:
        found = [(path.stat().st_mtime, path.stem) for path in paths.journal.glob(f"*{end}.jsonl")]
    except OSError:
        return ""
    mine = [(at, known) for at, known in found if _A_NAME.fullmatch(known)]
    return "" if any(known == device() for _, known in mine) else max(mine, default=(0.0, ""))[1]
