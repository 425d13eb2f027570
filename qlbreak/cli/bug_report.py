"""One paste for a bug report: what was found, what went wrong, nothing about the person."""

import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import msgspec

from qlbreak import __version__
from qlbreak.app.health import Health
from qlbreak.cli import doctor
from qlbreak.record import journal
from qlbreak.record.folder import JournalFolder, device_name
from qlbreak.settings import config
from qlbreak.settings.config import Config
from qlbreak.settings.schema import Settings
from qlbreak.system import control, logs, printable
from qlbreak.system.paths import Paths, device

_LINES = 60  # of the log, the last
_DESKTOP = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
_NAMED = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")  # only whether they are set
# Sections that tell of a body, a place, or name programs and files of the person's own.
_PERSONAL = ("you", "hours", "equipment", "hooks")
# What stands after the colon in lines of these is what somebody did, felt or ran; a log goes
# back to versions that had them without a room.
_FACT = re.compile(
    r"( qlbreak\.(?:app\.)?(?:announcer: \w+|hooks: hook \w+(?:: exit code -?\d+)?))\b.*"
)
_LOST = re.compile(r"(not recorded: \w+)\b.*")
_SETTING = re.compile(rf"\b((?:{'|'.join(_PERSONAL)})\.\w+|movements\.toml): .*")
# What begins a line of the log: the time and one of the levels, or a traceback that goes on.
_OUR_LINE = re.compile(rf"\d{{4}}-\d\d-\d\d [\d:,]+ [A-Z]+ |{re.escape(logs.GOES_ON)}")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_PATH = re.compile(r"(?<![\w/.…-])(?:~|[A-Za-z]:)?[/\\](?=[^/\\\s])[^\s'\",;:()]*")
_OURS = (".py", ".toml", ".jsonl", ".json", ".log", ".so", ".sock")  # a name that ends so may stay


def text(paths: Paths) -> str:
    """In sections, as plain text."""
    sections = {
        "versions": _versions(),
        "desktop": _desktop(),
        "found": _found(paths),
        "settings other than the defaults": _settings(paths),
        "record": _record(paths),
        f"the last {_LINES} lines of the log": _log(paths),
    }
    clean = Cleaner(paths)
    parts = []
    for title, lines in sections.items():
        parts.append("\n".join([f"## {title}", *map(clean, lines)]))
    return "\n\n".join(parts)


class Cleaner:
    """Takes out of a line who and where somebody is: names, folders, what was done and felt."""

    def __init__(self, paths: Paths) -> None:
        ours = paths.folders.values()
        known = {str(folder.absolute()): "…" for folder in ours} | {str(Path.home()): "~"}
        longest = sorted((name for name in known if len(name) > 1), key=len, reverse=True)
        self._folders = {name: known[name] for name in longest}
        names = {device(): "DEVICE", device_name(paths): "DEVICE"}
        names |= {platform.node(): "HOST", platform.node().split(".")[0]: "HOST"}
        names |= {os.environ.get("HOSTNAME", ""): "HOST"} | dict.fromkeys(_users(), "USER")
        longest = sorted((name for name in names if name), key=len, reverse=True)
        self._names = {name.lower(): names[name] for name in longest}
        words = "|".join(map(re.escape, longest)) or "(?!)"
        self._pattern = re.compile(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])", re.IGNORECASE)

    def __call__(self, line: str) -> str:
        line = _LOST.sub(r"\1", _FACT.sub(r"\1", line))
        line = _SETTING.sub(r"\1: …", line)
        for name, instead in self._folders.items():
            line = line.replace(name, instead)
        line = _PATH.sub(_without_folder, line)
        return self._pattern.sub(lambda found: self._names[found[0].lower()], line)


def _without_folder(path: re.Match[str]) -> str:
    name = re.split(r"[/\\]", path[0])[-1]
    return f"…/{name if name.endswith(_OURS) else '…'}"


def _users() -> Iterator[str]:
    home = Path.home().name
    yield from (home, *_parts(home))
    yield from (os.environ.get(name, "") for name in ("USER", "LOGNAME", "USERNAME"))
    if sys.platform != "win32":
        import pwd

        with suppress(KeyError):  # not every user is known by name
            user = pwd.getpwuid(os.getuid())
            full = user.pw_gecos.split(",")[0]
            yield from (user.pw_name, full, *_parts(full))


def _parts(name: str) -> list[str]:
    """Of a full name; initials are not worth a word of the report."""
    return [part for part in re.split(r"[\s._-]", name) if len(part) > 2]


def _found(paths: Paths) -> Iterator[str]:
    for name, text in doctor.found(paths):
        well = name == "running" and not isinstance(text, doctor.Fault)
        yield f"{name}: {_health(paths) if well else text}"


def _health(paths: Paths) -> str:
    """In place of how long somebody sits there."""
    try:
        health = msgspec.convert(control.ask(paths.socket, ("health",)).data, Health)
    except (control.NotRunning, OSError, msgspec.ValidationError):
        return "no"
    return f"yes, {health.text()}"


def _versions() -> Iterator[str]:
    yield f"qlbreak {__version__}"
    yield f"Python {platform.python_version()} ({platform.python_implementation()})"
    yield f"{platform.system()} {platform.release()}, {platform.machine()}"
    if sys.platform == "linux":
        try:
            yield platform.freedesktop_os_release().get("PRETTY_NAME", "")
        except OSError:
            yield "no os-release"
    for library in _libraries():
        try:
            yield f"{library} {version(library)}"
        except PackageNotFoundError:
            yield f"{library}: not there"


def _libraries() -> list[str]:
    """Those that this system is to have; what only another one needs is missing nowhere."""
    try:
        lines = requires("qlbreak") or []
    except PackageNotFoundError:
        return []
    meant = [line for line in lines if "extra ==" not in line and _meant_here(line)]
    return [re.split(r"[<>=!~; \[]", line)[0] for line in meant]


def _meant_here(requirement: str) -> bool:
    system = re.search(r"sys_platform == ['\"](\w+)", requirement)
    return system is None or system[1] == sys.platform


def _desktop() -> Iterator[str]:
    for name in _DESKTOP:
        yield f"{name}: {os.environ.get(name, 'not set')}"
    for name in _NAMED:
        yield f"{name}: {'set' if os.environ.get(name) else 'not set'}"


def _settings(paths: Paths) -> Iterator[str]:
    try:
        found = config.load(paths.config)
    except config.ConfigError as error:
        yield f"a mistake: {_QUOTED.sub('…', str(error))}"
        return
    shown = config.text(found).splitlines()
    usual = config.text(Config(Settings(), paths.config, found=False)).splitlines()
    section = ""
    for line, default in zip(shown, usual, strict=True):
        section = line.strip("[]") if line.startswith("[") else section
        if line != default:
            key = line.partition(" = ")[0]
            yield f"{section}.{key}: …" if section in _PERSONAL else f"{section}.{line}"


def _record(paths: Paths) -> Iterator[str]:
    """Counts, no contents; of the folder in use, with the months that are compressed."""
    try:
        folder = JournalFolder.there(paths, config.load(paths.config))
        files = [file for parts in folder.files().values() for file in parts]
        yield f"{len(files)} files, {sum(file.size for file in files)} bytes"
        problems = journal.Problems()
        facts = [fact for device in folder.read_all(problems).values() for fact in device]
    except config.ConfigError:
        yield "not looked for: the settings do not say where it is"
        return
    except OSError as error:
        yield f"cannot be read: {error.strerror}"
        return
    for kind, number in sorted(Counter(type(fact).__name__ for fact in facts).items()):
        yield f"{kind.lower()}: {number}"
    yield f"lines that cannot be read: {problems.number}"


def _log(paths: Paths) -> Iterator[str]:
    """Only lines that begin as ours do: what an older version let through was somebody else's."""
    try:
        lines = paths.log.read_text("utf-8", "replace").split("\n")
    except FileNotFoundError:
        yield "none"
    else:
        yield from [printable.line(line) for line in lines if _OUR_LINE.match(line)][-_LINES:]
