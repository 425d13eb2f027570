"""From a command to a running program: folders, lock, log; and where one runs already."""

import logging
import sys
import threading
from pathlib import Path

import msgspec

from qlbreak.app import session
from qlbreak.app.claim import Claim
from qlbreak.app.health import Health
from qlbreak.language import _
from qlbreak.record.folder import JournalFolder, keep_device_name
from qlbreak.settings import config as settings
from qlbreak.settings.config import Config
from qlbreak.system import control, identity, logs, streams
from qlbreak.system.attempt import attempt
from qlbreak.system.clock import steady
from qlbreak.system.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.system.lock import AlreadyRunning
from qlbreak.system.paths import PathError, Paths, find, prepare

# A notification that hangs is not waited for.
_PATIENCE_S = 4.0
# For one that starts in the same moment, and for a command that writes into the record.
_START_S = 8.0
# For one that makes room: its windows have their time to tell what was done.
_ROOM_S = 10.0
_pause = threading.Event()


class Running(Exception):
    """Another one holds this folder: one line for the person."""


def main(paths: Paths, speed: float = 1.0) -> None:
    """Run, and end with the exit codes of the contract. Raises OSError."""
    try:
        run(paths, settings.load(paths.config), speed)
    except Running as running:
        fail(str(running), ALREADY_RUNNING)
    except (settings.ConfigError, PathError) as error:
        _show(str(error))
        fail(str(error), USAGE)


def run(paths: Paths, config: Config, speed: float) -> None:
    """Raises Running, PathError, OSError."""
    identity.announce()
    prepare(paths)
    with _claim(paths) as claim:
        JournalFolder.of(paths, config).prepare()
        logs.write_to(paths.log)
        attempt(keep_device_name, paths)
        from qlbreak.app.app import App

        App(paths, config, speed, claim).run()


def _claim(paths: Paths) -> Claim:
    """Waits for what does not last. Raises Running, PathError, OSError."""
    claim, until, asked = Claim(paths), steady() + _START_S, False
    while True:
        try:
            claim.take()
            return claim
        except AlreadyRunning:
            if not asked and _makes_room(paths):
                until, asked = steady() + _ROOM_S, True
        if steady() > until:
            raise Running(_why_not(paths))
        _pause.wait(0.1)


def _makes_room(paths: Paths) -> bool:
    """Whether the running one ends for us, since nobody is in its session any more. Raises Running
    where it stays; False while nobody answers."""
    try:
        health = _health(paths)
        if not session.other(health.session):
            told = _already(paths, seen=_seen(paths))
            raise Running(f"{told}. {health.another}" if health.another else told)
        if not health.over:
            raise Running(
                _(
                    "already running in your other session ({session}); to use it here: qlbreak "
                    "quit, then qlbreak",
                    session=health.session,
                )
            )
        control.ask(paths.socket, ("quit",))
    except control.NotRunning:
        return False
    except OSError:
        raise Running(_("already running, but not answering; see: qlbreak doctor")) from None
    return True


def _seen(paths: Paths) -> bool:
    """Whoever starts it a second time does not see it. Whether a window opens."""
    if not control.ask(paths.socket, ("open",)).refused:
        return True
    control.ask(paths.socket, ("show",))
    return False


def _health(paths: Paths) -> Health:
    """One of another version is as good as one that is in this session. Raises like `ask`."""
    try:
        return msgspec.convert(control.ask(paths.socket, ("health",)).data, Health)
    except msgspec.ValidationError:
        return Health(0, "", None, 0.0, 0, hangs=False, idle="", trouble="", mistake="")


def _already(paths: Paths, *, seen: bool) -> str:
    folders = {"folder": paths.elsewhere, "other": paths.data}
    if paths.elsewhere and seen:
        return _(
            "already running, with its record in {folder} (here it would be {other}); its window "
            "opens",
            **folders,
        )
    if paths.elsewhere:
        return _(
            "already running, with its record in {folder} (here it would be {other}); it has shown "
            "itself",
            **folders,
        )
    if seen:
        return _("already running; its window opens")
    return _("already running; it has shown itself")


def _why_not(paths: Paths) -> str:
    holder = paths.holder
    if holder is None:
        return _("another command is using the record; try again in a moment")
    if holder.socket is None:
        return _("already starting")
    return _("already running, but not answering; see: qlbreak doctor")


def _show(mistake: str) -> None:
    """Started with the session nobody reads what it writes, and it would just not be there."""
    if streams.terminal(sys.stderr):
        return
    from qlbreak import notify
    from qlbreak.dbus import connect_bus
    from qlbreak.notify import notes

    # That it cannot be shown is no second line beside the mistake; the last channel would write.
    logging.getLogger("qlbreak").addHandler(logging.NullHandler())
    bus = connect_bus()
    notifier = notify.Notifier(notify.channels(bus, lambda _: None, lambda _: None)[:-1])
    notifier.start()
    notifier.show(notes.no_start(mistake))
    notifier.stop(_PATIENCE_S)
    if bus is not None:
        bus.close()


def scratch(paths: Paths) -> Paths:
    """The same settings, with a folder for a record that nobody misses."""
    import tempfile

    return find(Path(tempfile.mkdtemp(prefix="qlbreak-")), paths.config)
