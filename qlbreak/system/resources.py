"""Files that come with the program: found in the installed package, or in the source tree."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def icon_file(name: str) -> Path:
    return _find(_PACKAGE / "icons" / name, _PACKAGE.parent / "icons" / name)


def example_config() -> Path:
    return _find(_PACKAGE / "data" / "config.example.toml", _PACKAGE.parent / "config.example.toml")


def _find(installed: Path, source: Path) -> Path:
    return installed if installed.exists() else source


def stamp() -> tuple[tuple[int, int] | None, ...]:
    """Changes when the program, or the Python that runs it, is replaced or removed."""
    return tuple(_identity(file) for file in (_PACKAGE / "__init__.py", sys.executable))


def _identity(file: str | Path) -> tuple[int, int] | None:
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
