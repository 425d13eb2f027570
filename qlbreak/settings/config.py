"""config.toml -> Config: every mistake with line, key and a hint. The file is never written."""

import json
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Set
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec import Struct

from qlbreak.core.model.profile import Profile
from qlbreak.core.model.rules import DAY, HOUR, Rules
from qlbreak.language import _, ngettext
from qlbreak.settings import kinds
from qlbreak.settings.guide_section import GuideSection
from qlbreak.settings.hooks_section import HooksSection
from qlbreak.settings.kinds import BACKSLASH, SomeOf, Written
from qlbreak.settings.schema import (
    SECTIONS,
    BusySection,
    RecordSection,
    Settings,
)
from qlbreak.system import files, printable
from qlbreak.system.paths import OWN
from qlbreak.texts import updates

# As alike as a name and the same with a slip in it.
_ALIKE = 0.75


class ConfigError(Exception):
    """Each of its `mistakes` is one line for the person: where, what is wrong, what to do. As a
    text it is the first, and how many more there are."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        first, *others = self.mistakes
        if not others:
            return first
        return ngettext(
            "{mistake} (and {n} more mistake: qlbreak config check)",
            "{mistake} (and {n} more mistakes: qlbreak config check)",
            len(others),
            mistake=first,
        )


class Config(Struct, frozen=True):
    """What applies, and where it is from; not `found`: the defaults, where there is no file.
    `foreign`: a line for each name in it that only a newer version may know."""

    settings: Settings
    path: Path
    found: bool
    foreign: tuple[str, ...] = ()

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @property
    def profile(self) -> Profile:
        return self.settings.profile

    @property
    def busy(self) -> BusySection:
        return self.settings.busy

    @property
    def guide(self) -> GuideSection:
        return self.settings.guide

    @property
    def record(self) -> RecordSection:
        return self.settings.record

    @property
    def hooks(self) -> HooksSection:
        return self.settings.hooks

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on values that are allowed and yet deserve a word."""
        notes = [*self.foreign]
        if self.settings.prompt.sitting > HOUR:
            # Translators: before the colon the name of a setting.
            notes.append(_("prompt.sitting: most guidance says to get up at least hourly"))
        if self.settings.check_in.every < 7 * DAY:
            notes.append(_("check_in.every: once a week is often enough; see docs/defaults.md"))
        return tuple(notes)


def load(path: Path) -> Config:
    """The settings, or the defaults where there is no file. Raises ConfigError."""
    try:
        text = files.text(path)
    except FileNotFoundError:
        return Config(Settings(), path, found=False)
    except IsADirectoryError:
        raise ConfigError(_("{path} is a folder; the settings must be a file", path=path)) from None
    except PermissionError as error:
        if sys.platform == "win32" and path.is_dir():  # what Windows says of a folder
            raise ConfigError(
                _("{path} is a folder; the settings must be a file", path=path)
            ) from error
        raise ConfigError(
            _("{path} cannot be read: check its owner and permissions", path=path)
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(
            _("{path} is not a UTF-8 text file; save it as UTF-8", path=path)
        ) from None
    except OSError as error:
        raise ConfigError(
            _("{path} cannot be read: {strerror}", path=path, strerror=error.strerror)
        ) from None
    return parse(text, path)


def load_or_default(path: Path) -> Config:
    """With a mistake in them the defaults: for who only shows what there is."""
    try:
        return load(path)
    except ConfigError:
        return Config(Settings(), path, found=False)


def parse(text: str, path: Path) -> Config:
    """Raises ConfigError, with every mistake that is found."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        if _folder_meant(text, error):
            told = _("{path}: not valid TOML: {why}; {hint}", path=path, why=error, hint=BACKSLASH)
        else:
            told = _("{path}: not valid TOML: {why}", path=path, why=error)
        raise ConfigError(told) from None
    reading = _FileReading(text, path)
    reading.take(raw)
    if reading.mistakes:
        raise ConfigError(*reading.mistakes)
    return Config(reading.found, path, found=True, foreign=tuple(reading.foreign))


def _folder_meant(text: str, error: Exception) -> bool:
    """In double quotes a backslash means something else, and whoever wrote it meant a folder."""
    line = re.search(r"at line (\d+)", str(error))
    written = text.split("\n")[int(line[1]) - 1 :][:1] if line is not None else []
    return any(re.search(r'"[^"]*\\', one) for one in written)


class _FileReading:
    """Goes through all that stands there: what it means is `found`, what means nothing are the
    `mistakes`, what another version may know is `foreign`; both in the order of the file."""

    def __init__(self, text: str, path: Path) -> None:
        self._text, self._path = text, path
        self.found = Settings()
        self.mistakes: list[str] = []
        self.foreign: list[str] = []

    def take(self, raw: Mapping[str, Any]) -> None:
        for section, table in raw.items():
            known = SECTIONS.get(section)
            if known is None:
                self._unknown(SECTIONS, raw, section)
            if known is not None and not isinstance(table, dict):
                self._wrong(
                    _(
                        "{section} is a section; write [{section}] on a line of its own",
                        section=section,
                    ),
                    section,
                )
            elif known is not None:
                for key, value in table.items():
                    if key in known:
                        self._take(section, key, value)
                    else:
                        self._unknown(known, table, key, section)

    def _take(self, section: str, name: str, value: Any) -> None:
        key = SECTIONS[section][name]
        try:
            read = key.kind.read(value)
            if isinstance(key.kind, SomeOf) and key.kind.more:
                self._known_here(key.kind, read)
            self.found = self.found.having(section, **{key.field: read})
        except ValueError as error:
            self._wrong(f"{section}.{name}: {error}", name, section)

    def _known_here(self, kind: SomeOf, words: Set[str]) -> None:
        """Those that are not of the program must be the person's own, beside the settings. Who has
        such a file may have taken out one that they did not want: only what looks like a slip is a
        mistake there. Raises ValueError."""
        for word in sorted(words - {*kind.words}):
            own = _own(self._path)
            if own is None or (word not in own and kinds.close_to(word, kind.words, "-") != "-"):
                kind.refuse(word)

    def _unknown(
        self, known: Mapping[str, Any], table: Mapping[str, Any], name: str, section: str = ""
    ) -> None:
        """A slip is a mistake. Other names are left alone: a newer version may have written them.
        But what says what the body does not bear is never passed over."""
        if not (_is_slip(known, table, name) or _tells_of_a_body(table[name])):
            line = where(self._text, self._path, name, section)
            meant = kinds.close_to(name, list(known), "-").removeprefix("-")
            self.foreign.append(printable.line(updates.foreign(line, name, section, meant)))
            return
        called, hint = repr(name), kinds.close_to(name, list(known))
        if section:
            told = _("unknown key {name}; {hint}", name=called, hint=hint)
        else:
            told = _("unknown section {name}; {hint}", name=called, hint=hint)
        self._wrong(told, name, section)

    def _wrong(self, what: str, key: str, section: str = "") -> None:
        line = where(self._text, self._path, key, section)
        self.mistakes.append(printable.line(f"{line}: {what}"))


def _is_slip(known: Mapping[str, Any], table: Mapping[str, Any], name: str) -> bool:
    """Nearly the name of a section, or of a key that is not there; or a key in the wrong section. A
    name that goes on where another ends is a new one."""
    if not isinstance(table[name], dict) and any(name in keys for keys in SECTIONS.values()):
        return True
    if any({*each.split("_")} < {*name.split("_")} for each in known):
        return False
    left = [each for each in known if known is SECTIONS or each not in table]
    return bool(get_close_matches(name, left, n=1, cutoff=_ALIKE))


def _tells_of_a_body(value: Any) -> bool:
    """Whether a word in it is one of the cautions."""
    kind = SECTIONS["you"]["cautions"].kind
    assert isinstance(kind, SomeOf)
    return any(word in kind.words for word in _words(value))


def _words(value: Any) -> Iterator[object]:
    """All that stands in it, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            waiting += [*one, *(one.values() if isinstance(one, dict) else ())]
        else:
            yield one


def text(config: Config) -> str:
    """The settings that apply, as such a file."""
    lines = []
    for section, keys in SECTIONS.items():
        values = getattr(config.settings, section)
        lines.append(f"[{section}]")
        for key in keys.values():
            lines.append(f"{key.name} = {toml(key.kind.write(getattr(values, key.field)))}")
        lines.append("")
    return "\n".join(lines)


def toml(value: Written) -> str:
    """As TOML."""
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case int():
            return str(value)
        case str():  # a folder of Windows has backslashes, an argument may have anything
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _own(path: Path) -> Set[str] | None:
    """The ids of the movements of one's own; None where there are none. What is wrong with them is
    said elsewhere."""
    try:
        found = tomllib.loads(files.text(path.with_name(OWN))).get("movement")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return frozenset()
    return found.keys() if isinstance(found, dict) else frozenset()


def where(text: str, path: Path, key: str, section: str = "") -> str:
    """The file and the line in which *key* stands, as far as a plain search finds it."""
    current = ""
    for number, line in enumerate(text.split("\n"), 1):
        head = line.strip()
        if head.startswith("["):
            current = head.lstrip("[").partition("]")[0].strip()
            if not section and current == key:
                return _("{path}, line {number}", path=path, number=number)
        elif current == section and head.split("=")[0].strip(" \"'") == key:
            return _("{path}, line {number}", path=path, number=number)
    return str(path)
