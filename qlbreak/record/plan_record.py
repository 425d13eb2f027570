"""A plan on its way into the record and out of it: to the running program, else by the journal."""

from contextlib import suppress

import msgspec
from msgspec import Struct

from qlbreak.core.model.facts import AnyFact, Discontinued, Prescribed
from qlbreak.core.model.inputs import Prescribe
from qlbreak.core.model.rules import day_of
from qlbreak.core.statistics.programmes import ProgrammeCourse
from qlbreak.record.deliver import Untold, tell
from qlbreak.record.folder import JournalFolder
from qlbreak.record.load import load
from qlbreak.settings.config import Config
from qlbreak.settings.plan_file import PlanRead
from qlbreak.system import files
from qlbreak.system.clock import Clock
from qlbreak.system.exits import plain
from qlbreak.system.paths import PathError, Paths, prepare
from qlbreak.texts import plans


class PlanTold(Struct, frozen=True):
    """`text`: for the person. `unsaved`: it is not on the disk yet, and why. `uncopied`: why the
    file itself could not be kept beside the record, which has all of it in any case."""

    text: str
    unsaved: str = ""
    uncopied: str = ""


def held(paths: Paths, config: Config) -> ProgrammeCourse | None:
    """The plan that was not ended, though its weeks may be over. Raises OSError."""
    found = load(paths, config).programme
    return found if found is not None and found.until is None else None


def apply(paths: Paths, config: Config, read: PlanRead) -> PlanTold:
    """Raises Untold, OSError."""
    at, programme = Clock().now()[0], read.programme
    if programme.over(day_of(at, config.rules.day_turn)):
        raise Untold(plans.over(programme))
    before = held(paths, config)
    replaced = before.programme.name if before is not None else ""
    word = msgspec.json.encode(Prescribe(programme, read.digest)).decode()
    fact = Prescribed(at, programme, read.digest, replaced)
    told = _tell(paths, config, ("plan", "apply", word), fact, plans.loaded(programme, replaced))
    return msgspec.structs.replace(told, uncopied=_keep(paths, read))


def end(paths: Paths, config: Config) -> PlanTold:
    """Raises Untold, OSError."""
    before = held(paths, config)
    if before is None:
        raise Untold(plans.NO_PLAN_TO_END)
    name, at = before.programme.name, Clock().now()[0]
    told = _tell(paths, config, ("plan", "end"), Discontinued(at, name), plans.ended(name))
    with suppress(OSError):
        paths.plan.unlink(missing_ok=True)
    return told


def _tell(
    paths: Paths, config: Config, words: tuple[str, ...], fact: AnyFact, otherwise: str
) -> PlanTold:
    """*otherwise*: what is said where no program runs that would say it."""
    folder = JournalFolder.of(paths, config)
    try:
        prepare(paths)
        folder.prepare()
        told = tell(paths, folder, words, [fact])
    except PathError as error:
        raise Untold(str(error)) from None
    if told.refused:
        raise Untold(told.refused)
    return PlanTold(told.text or otherwise, told.unsaved)


def _keep(paths: Paths, read: PlanRead) -> str:
    try:
        files.put(paths.plan, [read.text.encode()])
    except OSError as error:
        return plain(error)
    return ""
