"""Which language: what the settings say, else what the system is set to."""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

_SYSTEM = "system"
_ENGLISH = "en"
# As gettext asks them, the first that says something.
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_PATIENCE_S = 2.0


def of_file(path: Path) -> str:
    """What the settings file says; all that is wrong with it is told by who reads all of it."""
    import tomllib

    try:
        section = tomllib.loads(path.read_text("utf-8")).get("general")
    except (OSError, ValueError, RecursionError):
        return _SYSTEM
    wanted = section.get("language") if isinstance(section, dict) else None
    return wanted if isinstance(wanted, str) else _SYSTEM


def chosen(wanted: str, known: Sequence[str], environment: Mapping[str, str]) -> str:
    """One of the *known*: the wanted one, or the first of the system's that there is."""
    asked = [wanted] if wanted != _SYSTEM else [*_of_system(environment)]
    return next(filter(None, (_known(one, known) for one in asked)), _ENGLISH)


def _known(asked: str, known: Sequence[str]) -> str:
    """ "de_AT.UTF-8" is "de"; "pt_PT" is "pt_BR", which is nearer than English."""
    name = asked.partition(".")[0].partition("@")[0].replace("-", "_")
    if name in known:
        return name
    base = name.partition("_")[0]
    if name in ("C", "POSIX"):
        return _ENGLISH
    return next((one for one in known if one.partition("_")[0] == base), "")


def _of_system(environment: Mapping[str, str]) -> Iterator[str]:
    """In the order in which the person wants them."""
    said = next(filter(None, (environment.get(name) for name in _VARIABLES)), "")
    # With a locale of "C" nobody wants a translation, whatever LANGUAGE says.
    if said.partition(".")[0] not in ("C", "POSIX"):
        yield from filter(None, environment.get("LANGUAGE", "").split(":"))
    if said:
        yield said
    else:
        yield from _of_desktop()


if sys.platform == "win32":

    def _of_desktop() -> Iterable[str]:
        import ctypes
        import locale

        ask = ctypes.windll.kernel32.GetUserDefaultUILanguage
        ask.argtypes, ask.restype = [], ctypes.c_ushort
        return [locale.windows_locale.get(ask(), "")]

elif sys.platform == "darwin":

    def _of_desktop() -> Iterable[str]:
        command = ["/usr/bin/defaults", "read", "-g", "AppleLanguages"]
        try:
            told = subprocess.run(
                command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
            ).stdout
        except (OSError, subprocess.SubprocessError):
            return []
        # ( "de-DE", en )
        return [word for line in told.split(",") if (word := line.strip(' \n\t()"'))]

else:

    def _of_desktop() -> Iterable[str]:
        return []
