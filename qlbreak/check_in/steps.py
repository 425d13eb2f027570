"""A check-in from the answer to what is said of it: into the record, and out of it."""

from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from qlbreak.core.coach.check_ins import Entries, Reading, entries, highest, read
from qlbreak.core.model.facts import AnyFact, CheckedIn
from qlbreak.record.deliver import Untold, tell
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Problems
from qlbreak.record.unwritten import Unwritten
from qlbreak.settings.config import Config
from qlbreak.system.clock import Clock
from qlbreak.system.paths import PathError, Paths, prepare
from qlbreak.texts import check_in


class Acknowledged(Struct, frozen=True):
    """Lines for the person. `care`: whether to say, this time, that somebody might look at it.
    `unsaved`: it is not on the disk yet, and why."""

    lines: tuple[str, ...]
    care: bool = False
    unsaved: str = ""


def blank() -> CheckedIn:
    """Of this moment, without an answer yet: as it stands, it is a skipped one."""
    return CheckedIn(Clock().now()[0])


def kept_in(paths: Paths, config: Config) -> str:
    """Where it will be kept, short."""
    folder = JournalFolder.of(paths, config).path.absolute()
    with suppress(ValueError, RuntimeError):  # elsewhere, or nobody's home
        return str(Path("~") / folder.relative_to(Path.home()))
    return str(folder)


def record(paths: Paths, config: Config, entry: CheckedIn) -> Acknowledged:
    """Raises Untold."""
    folder = JournalFolder.of(paths, config)
    before = _before(paths, folder)
    try:
        prepare(paths)
        folder.prepare()
        told = tell(paths, folder, ("check-in", *check_in.words(entry).split()), [entry])
    except PathError as error:
        raise Untold(str(error)) from None
    if told.refused:
        raise Untold(told.refused)
    if highest(entry) is None:
        return Acknowledged((check_in.SKIPPED,), unsaved=told.unsaved)
    reading = _reading(before, entry)
    lines = tuple(check_in.sentences(reading, config.profile))
    return Acknowledged(lines, reading.care, told.unsaved)


def _before(paths: Paths, folder: JournalFolder) -> Entries:
    """Of all devices: it is one back. Also what is not on the disk yet; what cannot be read is the
    doctor's business."""
    facts: list[AnyFact] = []
    with suppress(OSError):
        for record in folder.read_all(Problems()).values():
            facts += record
        facts += Unwritten(*paths.kept).missing(folder.own)
    return entries(facts)


def _reading(before: Entries, entry: CheckedIn) -> Reading:
    """It is the last one, whatever the clock showed at another."""
    late = max(fact.at for fact in (*before, entry))
    return read(entries([*before, replace(entry, at=late)]))
