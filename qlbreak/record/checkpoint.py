"""What a kill would lose, kept beside the journal: the running spell and when it was last seen."""

import os
from pathlib import Path

import msgspec

from qlbreak.core.model.inputs import Checkpoint
from qlbreak.system import files

# One small write to the disk a minute is allowed; the session's own folder is memory and free.
DISK_EVERY = 60.0
_BEAT = 256  # bytes; a checkpoint takes half of it


class Checkpoints:
    """Two files: one in memory, exact to a tick, gone with the session; one on the disk."""

    def __init__(self, heartbeat: Path | None, disk: Path) -> None:
        self._heartbeat = heartbeat
        self._disk = disk
        self._fd = -1
        self._written = float("-inf")
        self._sat = True  # when it was written last

    def save(self, checkpoint: Checkpoint, steady: float) -> None:
        """Nothing is written while nothing changes. Raises OSError."""
        if self._heartbeat is not None:
            self._beat(self._heartbeat, checkpoint)
        sits = checkpoint.seconds > 0
        if steady - self._written >= DISK_EVERY and (sits or self._sat):
            self._written, self._sat = steady, sits
            with files.replacing(self._disk, self._disk.with_name(".checkpoint-new")) as new:
                files.write(new, [msgspec.json.encode(checkpoint)], lasting=False)

    def _beat(self, path: Path, checkpoint: Checkpoint) -> None:
        """In place, in one call of one size: cheap enough for every tick, and never half done."""
        if self._fd < 0:
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, msgspec.json.encode(checkpoint).ljust(_BEAT))

    def load(self) -> Checkpoint | None:
        """The later one of those that can be read."""
        paths = [self._disk] if self._heartbeat is None else [self._disk, self._heartbeat]
        found = [checkpoint for path in paths if (checkpoint := _read(path)) is not None]
        return max(found, key=lambda checkpoint: checkpoint.at, default=None)


def _read(path: Path) -> Checkpoint | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Checkpoint)
    except (OSError, ValueError, RecursionError):
        return None
