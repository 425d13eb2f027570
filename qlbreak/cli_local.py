"""Commands that need no running program and talk with the person: set-up, safety."""

import sys
from contextlib import suppress

import click

from qlbreak.exits import USAGE, fail
from qlbreak.paths import Paths


@click.command("set-up")
@click.option("--terminal", is_flag=True, help="Ask here, not in a window.")
@click.pass_obj
def set_up(paths: Paths, terminal: bool) -> None:
    """Six questions, and the answers into the settings.

    Asks in a window, or in the terminal where there can be none. Every question may be left as it
    is; nothing is written before the last one.
    """
    from qlbreak import setup
    from qlbreak.config import ConfigError
    from qlbreak.setup.file import WriteError

    with suppress(OSError):  # whoever needs that folder says so
        setup.mark(paths)
    try:
        written = _ask(paths) if terminal else _show(paths)
    except (ConfigError, WriteError) as error:
        fail(str(error), USAGE)
    if written:
        click.echo(f"Written to {paths.config}. {_applied(paths)}")
    else:
        click.echo("Nothing was written.")


def _applied(paths: Paths) -> str:
    from qlbreak import control

    try:
        reply = control.ask(paths.socket, ("reload",))
    except (control.NotRunning, OSError):
        return "It applies from the next start of qlbreak."
    return reply.refused or reply.text


def _show(paths: Paths) -> bool:
    from qlbreak.dialogs import NoWindow, needing_tk

    try:
        with needing_tk():
            from qlbreak.dialogs import setup as window
        return window.show(paths)
    except NoWindow as error:
        if not (sys.stdin is not None and sys.stdin.isatty()):
            fail(f"{error}; answer in a terminal: qlbreak set-up --terminal", USAGE)
        return _ask(paths)


def _ask(paths: Paths) -> bool:
    from qlbreak.setup import terminal

    return terminal.run(paths.config, click.echo, _hear)


def _hear(prompt: str) -> str:
    """From a pipe as well; there the answer is repeated, so that what comes out can be read."""
    line = input(prompt)
    if not sys.stdin.isatty():
        click.echo(line)
    return line


@click.command()
@click.option("--window", is_flag=True, help="In a window.")
def safety(window: bool) -> None:
    """When to stop, when to ask first, when to get help."""
    if not window:
        from qlbreak import safety as wording

        click.echo(wording.text(), nl=False)
        return
    from qlbreak.dialogs import NoWindow, needing_tk

    try:
        with needing_tk():
            from qlbreak.dialogs import safety as dialog
        dialog.show()
    except NoWindow as error:
        fail(f"{error}; read it in a terminal: qlbreak safety", USAGE)


COMMANDS = (set_up, safety)
