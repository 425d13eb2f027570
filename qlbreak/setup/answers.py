"""All that the set-up decides: as it is, as it is proposed, written at the end, and taken back.

Nothing is written but by `finish` and `undo`. Nothing here needs a window.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from qlbreak.autostart.ways import Foreign
from qlbreak.settings.kinds import Written
from qlbreak.settings.schema import SECTIONS, KeyName, Settings, changes
from qlbreak.setup import file, starting
from qlbreak.setup.starting import StartSwitch
from qlbreak.system import control, files, launching
from qlbreak.system.clock import Clock
from qlbreak.system.exits import plain
from qlbreak.system.paths import Paths, private
from qlbreak.texts import first_steps, moments


class Answers(Struct, frozen=True):
    """`starts`: the words of the switches that are on."""

    settings: Settings
    starts: frozenset[str]

    def with_settings(self, settings: Settings) -> "Answers":
        return Answers(settings, self.starts)

    def with_start(self, word: str, on: bool) -> "Answers":
        return Answers(self.settings, self.starts - {word} | ({word} if on else set()))


class Beginning(Struct, frozen=True):
    """`now`: how things stand. `proposed`: with what the set-up would tick by itself, which it does
    until somebody has gone through it."""

    now: Answers
    proposed: Answers
    switches: tuple[StartSwitch, ...]


class Finished(Struct, frozen=True):
    """`written`: the settings were. `lines`: what to say, in order; `troubles`: what could not be
    done, while all else was."""

    written: Mapping[KeyName, Written]
    lines: tuple[str, ...]
    troubles: tuple[str, ...]
    runs: bool


class SetUpRecord(Struct, frozen=True):
    """What can be taken back: the file before (None: there was none) and after, the values that
    were changed in it, and the switches that were turned, as they were before."""

    before: str | None = None
    after: str | None = None
    values: Mapping[str, tuple[Written, Written]] = {}
    starts: Mapping[str, bool] = {}


def begin(paths: Paths) -> Beginning:
    """Raises ConfigError, WriteError where asking would be in vain."""
    settings = file.read(paths.config)
    offered: tuple[StartSwitch, ...] = ()
    with suppress(OSError):  # then it is not asked
        offered = starting.switches(paths)
    now = Answers(settings, frozenset(each.word for each in offered if each.on))
    every = frozenset(each.word for each in offered)
    proposed = now if paths.set_up.exists() else Answers(settings, every)
    return Beginning(now, proposed, offered)


def finish(paths: Paths, begun: Beginning, answers: Answers) -> Finished:
    """Writes what differs, and tells the running program. Raises ConfigError, WriteError, with
    nothing written then."""
    wanted = changes(begun.now.settings, answers.settings)
    before = _text(paths.config)
    file.write(paths.config, wanted)
    turned, troubles = _turn(begun.switches, answers.starts)
    troubles += _remember(paths, begun, before, wanted, turned)
    runs, coming = _tell(paths, answers.settings)
    kept = first_steps.KEPT if wanted or turned else first_steps.UNCHANGED
    lines = [kept, *coming]
    if not runs and starting.LOGIN in answers.starts:
        lines.append(first_steps.NEXT_LOGIN)
    return Finished(wanted, tuple(lines), tuple(troubles), runs)


def _turn(
    offered: Iterable[StartSwitch], wanted: frozenset[str]
) -> tuple[dict[str, bool], list[str]]:
    """Those that were turned, as they were before; and what kept others from it."""
    turned, troubles = {}, []
    for switch in offered:
        on = switch.word in wanted
        if on == switch.on:
            continue
        try:
            switch.turn(on)
            turned[switch.word] = switch.on
        except (Foreign, OSError) as error:
            troubles.append(f"{switch.label}: {_line(error)}")
    return turned, troubles


def _line(error: Exception) -> str:
    return plain(error) if isinstance(error, OSError) else str(error)


def _remember(
    paths: Paths,
    begun: Beginning,
    before: str | None,
    wanted: Mapping[KeyName, Written],
    turned: Mapping[str, bool],
) -> list[str]:
    """For `undo`. One that changed nothing takes nothing from what can be undone."""
    if paths.set_up.exists() and not wanted and not turned:
        return []
    old = changes_back(begun.now.settings, wanted)
    values = {".".join(where): (old[where], new) for where, new in wanted.items()}
    after = _text(paths.config) if wanted else None
    record = SetUpRecord(before, after, values, turned)
    try:
        private(paths.data)
        files.save(paths.set_up, [msgspec.json.encode(record)])
    except OSError as error:
        return [f"{first_steps.NO_UNDO} ({plain(error)})"]
    return []


def changes_back(settings: Settings, keys: Iterable[KeyName]) -> dict[KeyName, Written]:
    """What these settings say to the keys."""
    found = {}
    for section, name in keys:
        found[section, name] = SECTIONS[section][name].kind.write(settings.at((section, name)))
    return found


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


# The running program


def _tell(paths: Paths, settings: Settings) -> tuple[bool, list[str]]:
    """Whether it runs, and what to say about what comes next."""
    try:
        reply = control.ask(paths.socket, ("reload",))
        if reply.refused:
            return True, [reply.refused]
        data = control.ask(paths.socket, ("status",)).data or {}
    except (control.NotRunning, OSError):
        return False, [first_steps.NOT_RUNNING]
    return True, [_coming(data, settings, Clock().now()[0])]


def _coming(status: Mapping[str, Any], settings: Settings, now: datetime) -> str:
    seconds = status.get("next_prompt_in_s")
    if seconds is None:
        return str(status.get("why", ""))
    hour = moments.hour(now + timedelta(seconds=seconds), now)
    return first_steps.first_reminder(hour, settings.prompt.sitting)


def try_one(paths: Paths) -> str:
    """Opens the guide; what keeps it from that, if something does."""
    try:
        return control.ask(paths.socket, ("start",)).refused
    except (control.NotRunning, OSError):
        pass
    try:
        launching.begin(paths, "guide")
    except OSError as error:
        return plain(error)
    return ""


# Taken back


def undo(paths: Paths) -> str:
    """All that the last set-up changed, as it was before; what was changed since stays as it is.

    What to say. Raises ConfigError, WriteError, Foreign, OSError.
    """
    try:
        record = msgspec.json.decode(paths.set_up.read_bytes(), type=SetUpRecord)
    except (FileNotFoundError, msgspec.DecodeError):
        return first_steps.NOTHING_TO_UNDO
    kept = _put_back(paths, record)
    for switch in starting.switches(paths):
        if record.starts.get(switch.word, switch.on) != switch.on:
            switch.turn(record.starts[switch.word])
    paths.set_up.unlink()
    with suppress(control.NotRunning, OSError):
        control.ask(paths.socket, ("reload",))
    return first_steps.undone_but(", ".join(kept)) if kept else first_steps.UNDONE


def _put_back(paths: Paths, record: SetUpRecord) -> list[str]:
    """The keys that stay, as somebody has changed them since."""
    now = file.read(paths.config)
    if record.after is None:
        return []
    if record.before is None and _text(paths.config) == record.after:
        paths.config.unlink()
        return []
    if record.before is not None and file.put_back(paths.config, record.before, record.after):
        return []
    told = {(key.partition(".")[0], key.partition(".")[2]): v for key, v in record.values.items()}
    stands = changes_back(now, told)
    back = {where: old for where, (old, new) in told.items() if stands[where] == new}
    file.write(paths.config, back)
    return [".".join(where) for where in told if where not in back]
