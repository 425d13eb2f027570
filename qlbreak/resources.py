"""Files that come with the program: found in the installed package, or in the source tree."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def icon_file(name: str) -> Path:
    return _find(_PACKAGE / "icons" / name, _PACKAGE.parent / "icons" / name)


def example_config() -> Path:
    return _find(_PACKAGE / "data" / "config.example.toml", _PACKAGE.parent / "config.example.toml")


def _find(installed: Path, source: Path) -> Path:
    return installed if installed.exists() else source
