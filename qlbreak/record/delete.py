"""What delete-data removes: files that are ours by their names, and folders that are empty then."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qlbreak.record.folder import JournalFile, JournalFolder
from qlbreak.system import opener
from qlbreak.system.paths import PAGE, PLAN_PAGE, TODAY, Paths


def journals(folder: JournalFolder, *, all_devices: bool) -> list[Path]:
    """Raises OSError."""
    found: list[Path] = []
    for device, files in folder.files().items():
        if all_devices or device == folder.device:
            found += (file.path for file in files)
            found += folder.path.glob(f".{device}.*.tmp")  # what a kill left of compressing
    return found


def others(paths: Paths) -> list[Path]:
    """What was made of the record, and kept beside it."""
    shown = [opener.readable(paths.data / name) for name in (PAGE, TODAY, PLAN_PAGE)]
    elsewhere = [page for page in shown if page.parent != paths.data and page.is_file()]
    return [*paths.made(), *elsewhere]


def remove(found: Iterable[Path]) -> None:
    """Raises OSError."""
    for path in found:
        path.unlink(missing_ok=True)


def unlock(paths: Paths) -> None:
    """The lock's file, for whoever holds it: once it is let go, it may be another program's."""
    if os.name == "posix":
        paths.lock.unlink(missing_ok=True)


def sweep(paths: Paths) -> None:
    """Our folders, where nothing else is in them."""
    if os.name != "posix":  # there a file goes when nobody has it open, and not before
        with suppress(OSError):
            paths.lock.unlink()
    ours = (paths.runtime, paths.cache, paths.journal, paths.log.parent, paths.data)
    for folder in (*paths.made_folders(), *ours):
        with suppress(OSError):
            folder.rmdir()


def other_devices(folder: JournalFolder) -> list[str]:
    """Raises OSError."""
    return [name for name in folder.files() if name != folder.device]


def left(paths: Paths, folder: JournalFolder) -> list[Path]:
    """What else is still in these folders, settings apart."""
    folders = {paths.data, paths.cache, folder.path}
    found = {path for one in folders if one.is_dir() for path in one.iterdir()}
    ours = {
        path for path in found if path.parent == folder.path and JournalFile.of(path) is not None
    }
    return sorted(found - folders - ours - {paths.config, paths.own})
