"""Settings that change while it runs: both files, looked at with each tick, taken up when good."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from qlbreak.core.model.movements import Catalogue
from qlbreak.data import load_with
from qlbreak.language import _
from qlbreak.settings import config as settings
from qlbreak.settings.config import Config, ConfigError
from qlbreak.system.paths import Paths

T = TypeVar("T")


class Watched:
    """On the owner's thread. `changed` hears what applies from now on; `wrong`, what is wrong with
    the files, or "" when that is mended.
    """

    def __init__(
        self,
        paths: Paths,
        config: Config,
        catalogue: Catalogue,
        mistakes: list[str],
        changed: Callable[[Config, Catalogue], None],
        wrong: Callable[[str], None],
    ) -> None:
        first = mistakes[0] if mistakes else ""
        self._settings = _File(paths.config, settings.load, config)
        self._own = _File(paths.own, _movements, catalogue, _short(first, paths.own))
        self._applied = config.settings, config.foreign, catalogue
        self.mistake = self._now_wrong()
        self._changed, self._wrong = changed, wrong

    def look(self) -> None:
        """A stat of each file, and no more while nothing changes."""
        self._settings.look()
        self._own.look()
        self._tell()

    def reload(self) -> str:
        """At once; what is wrong with them."""
        self._settings.take(sure=True)
        self._own.take(sure=True)
        self._tell()
        return self.mistake

    def _tell(self) -> None:
        config, catalogue = self._settings.value, self._own.value
        applied = config.settings, config.foreign, catalogue
        if applied != self._applied:
            self._applied = applied
            self._changed(config, catalogue)
        mistake = self._now_wrong()
        if mistake != self.mistake:
            self.mistake = mistake
            self._wrong(mistake)

    def _now_wrong(self) -> str:
        return "; ".join(filter(None, (self._settings.mistake, self._own.mistake)))


class _File(Generic[T]):
    """`value`: what it said when it was last right; `mistake`: what is wrong with it since."""

    def __init__(self, path: Path, read: Callable[[Path], T], value: T, mistake: str = "") -> None:
        self._path, self._read = path, read
        self.value, self.mistake = value, mistake
        self._seen = _stamp(path)
        self._there = self._seen is not None  # when it was last right
        self._doubtful = False

    def look(self) -> None:
        """An editor may be in the middle of writing: a mistake, an empty file or none at all is
        believed when it is still there at the next look."""
        if self._doubtful or _stamp(self._path) != self._seen:
            self.take(sure=_stamp(self._path) == self._seen)

    def take(self, *, sure: bool) -> None:
        self._seen = _stamp(self._path)  # before it is read: no change is missed
        value, mistake = self.value, ""
        try:
            if self._seen is not None:
                value = self._read(self._path)
            elif self._there:
                mistake = _(
                    "{path} is gone; what it said counts until the next start", path=self._path
                )
        except ConfigError as error:
            mistake = str(error)
        empty = self._seen is not None and self._seen[-1] == 0
        self._doubtful = not sure and bool(mistake or empty or self._seen is None)
        if not self._doubtful:
            self.value, self.mistake = value, _short(mistake, self._path)
            self._there = self._there or (self._seen is not None and not mistake)


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Differs when the file does; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        return (error.errno or 0, -1)
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size


def _short(mistake: str, path: Path) -> str:
    """Without the folder, which everybody knows."""
    return mistake.replace(f"{path.parent}{os.sep}", "")


def _movements(path: Path) -> Catalogue:
    """Raises ConfigError: while it runs, a file with a mistake leaves all as it was."""
    catalogue, mistakes = load_with(path)
    if mistakes:
        raise ConfigError(mistakes[0])
    return catalogue
