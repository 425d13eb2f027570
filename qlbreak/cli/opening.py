"""The command that opens the window, of the running program where there is one."""

import threading

import click

from qlbreak.cli import versions
from qlbreak.language import _
from qlbreak.system import control, launching, parent
from qlbreak.system.clock import steady
from qlbreak.system.exits import USAGE, fail
from qlbreak.system.paths import Paths
from qlbreak.texts.main_window import PAGES

# A start takes a second, on a slow machine that has just come up ten.
_START_S = 15.0
_LOOK_S = 0.05


@click.command("open")
@click.option("--page", type=click.Choice([*PAGES]), help="Turn to this page.")
@click.option("--start", is_flag=True, help="Start qlbreak, too, if it is not running.")
@click.option("--here", is_flag=True, hidden=True, help="In this process.")
@click.pass_obj
def open_window(paths: Paths, page: str | None, start: bool, here: bool) -> None:
    """Open the window.

    There is one: where it is open already it comes to the front. Without a running program it shows
    what was recorded. The entry in the applications menu is: qlbreak open --start
    """
    told = None if here else _asked(paths, page)
    if told is None and start and _started(paths):
        told = _asked(paths, page)
    if told is not None:
        click.echo(told)
    elif trouble := _shown(paths, page or "today"):
        if here:  # the last line is what the running program tells the person
            click.echo(trouble)
        fail(_("{trouble}; in a terminal: qlbreak status", trouble=trouble), USAGE)


def _asked(paths: Paths, page: str | None) -> str | None:
    """What the running program answered; None where there is none that answers."""
    try:
        reply = control.ask(paths.socket, ("open", page or "", parent.activation()))
    except (control.NotRunning, OSError):
        return None
    if reply.refused:
        fail(versions.refusal(paths, reply.refused), USAGE)
    return reply.text


def _started(paths: Paths) -> bool:
    """Whether one runs now. It is to outlive us, and the terminal that we may be in. One that
    cannot start has said why by a notification."""
    process = launching.begin(paths)
    until, pause = steady() + _START_S, threading.Event()
    while steady() < until:
        if _answers(paths):
            return True
        if process.poll() is not None:
            return False
        pause.wait(_LOOK_S)
    return False


def _answers(paths: Paths) -> bool:
    try:
        return not control.ask(paths.socket, ("why",)).refused
    except (control.NotRunning, OSError):
        return False


def _shown(paths: Paths, page: str) -> str:
    """In this process, until it is closed; or why it could not be."""
    from qlbreak.widgets import NoWindow
    from qlbreak.widgets.qt import needing_qt

    try:
        with needing_qt():
            from qlbreak.main_window import window
        window.show(paths, page)
    except NoWindow as error:
        return str(error)
    return ""


COMMANDS = (open_window,)
