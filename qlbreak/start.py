"""From a command to a running program: folders, lock, log."""

import sys
import tempfile
from pathlib import Path

from qlbreak import config as settings
from qlbreak import logs, shelf
from qlbreak import paths as places
from qlbreak.config import Config
from qlbreak.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.lock import AlreadyRunning, Lock
from qlbreak.paths import Paths

# A notification that hangs is not waited for.
_PATIENCE_S = 4.0


class Running(Exception):
    """Another one holds this folder: one line for the person."""


def main(paths: Paths, speed: float = 1.0) -> None:
    """Run, and end with the exit codes of the contract. Raises OSError."""
    try:
        run(paths, settings.load(paths.config), speed)
    except Running as running:
        fail(str(running), ALREADY_RUNNING)
    except (settings.ConfigError, places.PathError) as error:
        _show(str(error))
        fail(str(error), USAGE)


def run(paths: Paths, config: Config, speed: float) -> None:
    """Raises Running, PathError, OSError."""
    places.prepare(paths)
    shelf.prepare(shelf.of(paths, config))
    try:
        with Lock(paths.lock):
            logs.write_to(paths.log)
            from qlbreak.app import App

            App(paths, config, speed).run()
    except AlreadyRunning:
        raise Running(_show_the_other(paths)) from None


def _show(mistake: str) -> None:
    """Started with the session nobody reads what it writes, and it would just not be there."""
    if sys.stderr is not None and sys.stderr.isatty():
        return
    from qlbreak import notes, notify
    from qlbreak.app import connect_bus

    bus = connect_bus()
    notifier = notify.Notifier()
    notifier.start(notify.channels(bus, lambda _: None, lambda _: None)[:-1])  # the last writes
    notifier.show(notes.no_start(mistake))
    notifier.stop(_PATIENCE_S)
    if bus is not None:
        bus.close()


def scratch(paths: Paths) -> Paths:
    """The same settings, with a folder for a record that nobody misses."""
    return places.find(Path(tempfile.mkdtemp(prefix="qlbreak-")), paths.config)


def _show_the_other(paths: Paths) -> str:
    from qlbreak import control

    try:
        control.ask(paths.socket, ("show",))
    except (control.NotRunning, OSError):
        return "it is running already, but does not answer; see: qlbreak doctor"
    return "it is running already, and has shown itself"
