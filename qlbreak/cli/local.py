"""Commands that need no running program: set-up, check-in, safety text, autostart, launcher."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qlbreak.language import _
from qlbreak.settings.config import ConfigError
from qlbreak.system import program, streams
from qlbreak.system.exits import UNSAVED, USAGE, fail
from qlbreak.system.paths import Paths

if TYPE_CHECKING:
    from qlbreak.core.model.facts import CheckedIn
    from qlbreak.settings.config import Config
    from qlbreak.setup.answers import Finished


@click.command("set-up")
@click.option("--terminal", is_flag=True, help="Ask in the terminal.")
@click.option("--undo", is_flag=True, help="Take back all that the last set-up changed.")
@click.pass_obj
def set_up(paths: Paths, terminal: bool, undo: bool) -> None:
    """Answer a few questions; the answers become settings.

    In a window, or in the terminal where there can be none. Skip any question you like. Nothing is
    saved until the end.
    """
    from qlbreak.setup.file import WriteError
    from qlbreak.texts import first_steps

    try:
        if undo:
            click.echo(_undone(paths))
            return
        done = _ask(paths) if terminal else _show(paths)
    except WriteError as error:
        fail(str(error), USAGE)
    if done is None:
        click.echo(first_steps.NOTHING_WRITTEN)
        return
    if done.written:
        click.echo(first_steps.written(str(paths.config)))
    for line in (*done.lines, *done.troubles):
        click.echo(line)


def _undone(paths: Paths) -> str:
    from qlbreak.autostart.ways import Foreign
    from qlbreak.setup import answers

    try:
        return answers.undo(paths)
    except Foreign as foreign:
        fail(str(foreign), USAGE)


def _show(paths: Paths) -> "Finished | None":
    from qlbreak.widgets import NoWindow
    from qlbreak.widgets.qt import needing_qt

    try:
        with needing_qt():
            from qlbreak.setup import window
        _mark(paths)
        return window.show(paths)
    except NoWindow as error:
        if not streams.terminal(sys.stdin):
            fail(_("{why}; answer in a terminal: qlbreak set-up --terminal", why=error), USAGE)
        return _ask(paths)


def _mark(paths: Paths) -> None:
    """Only now that it can be seen: where a library was missing it comes with the next start."""
    from qlbreak import setup

    with suppress(OSError):  # whoever needs that folder says so
        setup.mark(paths)


def _ask(paths: Paths) -> "Finished | None":
    from qlbreak.setup import terminal

    _mark(paths)
    return terminal.run(paths, click.echo, _hear)


def _hear(prompt: str) -> str:
    """From a pipe as well; there the answer is repeated, so that what comes out can be read."""
    line = input(prompt)
    if not streams.terminal(sys.stdin):
        click.echo(line)
    return line


_LEVEL = click.IntRange(0, 10)


@click.command("check-in")
@click.option("--left", type=_LEVEL, metavar="N", help="Discomfort on the left, 0 to 10.")
@click.option("--right", type=_LEVEL, metavar="N", help="Discomfort on the right, 0 to 10.")
@click.option("--middle", type=_LEVEL, metavar="N", help="In the middle, or where you cannot tell.")
@click.option(
    "--work",
    type=click.Choice(["not-at-all", "a-bit", "a-lot"]),
    help="How much it was in the way.",
)
@click.option("--skip", is_flag=True, help="Skip it this time.")
@click.option("--terminal", is_flag=True, help="Ask in the terminal.")
@click.pass_obj
def check_in(paths: Paths, /, skip: bool, terminal: bool, **given: "int | str | None") -> None:
    """Note how your lower back was in the last seven days.

    In a window, or in the terminal where there can be none. With numbers it asks nothing.
    """
    from qlbreak.record.deliver import Untold
    from qlbreak.settings import config

    told = {name: value for name, value in given.items() if value is not None}
    if terminal + skip + bool(told) > 1:
        fail(_("give the numbers, or --skip, or --terminal"), USAGE)
    settings = config.load(paths.config)
    try:
        if skip or told:
            _record(paths, settings, _entry(told))
        elif terminal:
            _ask_check_in(paths, settings)
        else:
            _show_check_in(paths, settings)
    except Untold as error:
        fail(_("it could not be recorded: {why}", why=error), USAGE)


def _entry(told: "dict[str, int | str]") -> "CheckedIn":
    from qlbreak.check_in import steps
    from qlbreak.texts.check_in import SKIP, entry, fields

    words = " ".join(f"{name}={value}" for name, value in told.items()) or SKIP
    try:
        return entry(steps.blank(), fields(words))
    except ValueError:
        fail(_("give --left, --right or --middle a number from 0 to 10"), USAGE)


def _record(paths: Paths, settings: "Config", entry: "CheckedIn") -> None:
    from qlbreak.check_in import steps
    from qlbreak.texts.check_in import CARE

    answered = steps.record(paths, settings, entry)
    for line in answered.lines:
        click.echo(line)
    if answered.care:
        page = _("When to get help: qlbreak safety")
        click.echo(f"{CARE} {page}")
    if answered.unsaved:
        fail(answered.unsaved, UNSAVED)


def _ask_check_in(paths: Paths, settings: "Config") -> None:
    from qlbreak.check_in import steps
    from qlbreak.check_in.terminal import ask

    entry = ask(steps.blank(), steps.kept_in(paths, settings), click.echo, _hear)
    if entry is None:
        click.echo(_("Nothing was recorded."))
    else:
        _record(paths, settings, entry)


def _show_check_in(paths: Paths, settings: "Config") -> None:
    from qlbreak.widgets import NoWindow
    from qlbreak.widgets.qt import needing_qt

    try:
        with needing_qt():
            from qlbreak.check_in import window
        recorded = window.show(paths, settings)
        click.echo(_("Recorded.") if recorded else _("Nothing was recorded."))
    except NoWindow as error:
        if not streams.terminal(sys.stdin):
            fail(_("{why}; answer in a terminal: qlbreak check-in --terminal", why=error), USAGE)
        _ask_check_in(paths, settings)


def _rewanting(name: str, text: str) -> click.Command:
    @click.command(name, help=text)
    @click.argument("words", nargs=-1, metavar="[MOVEMENT]")
    @click.option("--aside", is_flag=True, hidden=True, help="For the running program.")
    @click.pass_obj
    def command(paths: Paths, words: tuple[str, ...], aside: bool) -> None:
        try:
            click.echo(_rewanted(paths, name, " ".join(words)))
        except (click.UsageError, ConfigError) as error:
            if aside:  # the last line is what the running program tells the person
                click.echo(error)
            raise

    return command


def _rewanted(paths: Paths, name: str, word: str) -> str:
    from qlbreak.core.model.naming import NoSuch
    from qlbreak.data import load_with
    from qlbreak.setup.file import WriteError
    from qlbreak.setup.unwanted import NeverList
    from qlbreak.texts import never

    never_list = NeverList(paths, load_with(paths.own)[0])
    if not word:
        found = never_list.named()
        return never.rows(found.items()) if found else never.NOBODY
    change = never_list.leave_out if name == "never" else never_list.take_back
    try:
        return change(word).told
    except (NoSuch, WriteError) as error:
        raise click.UsageError(str(error)) from None


never = _rewanting(
    "never",
    """Never offer a movement again.

    Also in the middle of a reminder, which then offers something else. MOVEMENT is called by its
    name or a part of it. Without one: list those that are left out.""",
)
allow = _rewanting(
    "allow",
    """Offer a movement again that was left out.

    Without MOVEMENT: list those that are left out.""",
)


@click.command()
@click.option("--window", is_flag=True, help="Show it in a window.")
def safety(window: bool) -> None:
    """When to stop, when to ask first, when to get help."""
    if not window:
        from qlbreak.texts.safety import text

        click.echo(text(), nl=False)
        return
    from qlbreak.widgets import NoWindow
    from qlbreak.widgets.qt import needing_qt

    try:
        with needing_qt():
            from qlbreak.widgets.safety_window import show
        show()
    except NoWindow as error:
        fail(_("{why}; read it in a terminal: qlbreak safety", why=error), USAGE)


@click.command()
@click.argument("what", metavar="on | off | status", default="")
@click.option("--systemd", is_flag=True, help="With on: start it by systemd, also after a crash.")
@click.pass_context
def autostart(context: click.Context, what: str, systemd: bool) -> None:
    """Turn autostart on or off, or show its state.

    --config and --data-dir, before this command, are kept for these starts. When the program has
    moved, "on" again mends the entry.
    """
    from qlbreak.autostart import ways

    if what not in ("on", "off", "status"):
        fail(_which(what), USAGE)
    known = ways.ways()
    if systemd and (what != "on" or len(known) < 2):
        fail(_("--systemd goes with on, where there is systemd"), USAGE)
    try:
        if what == "status":
            told = ways.status(known).text
        elif what == "off":
            told = ways.off(known)
        else:
            command = program.entry(*_start_options(context))
            told = ways.on(known, known[1 if systemd else 0], command)
    except ways.Foreign as foreign:
        fail(str(foreign), USAGE)
    click.echo(told)


def _start_options(context: click.Context) -> list[str]:
    """Those that were given: the session starts it in another folder."""
    given = {"--config": context.meta["config"], "--data-dir": context.meta["data_dir"]}
    kept = {name: Path(path).absolute() for name, path in given.items() if path is not None}
    return [word for name, path in kept.items() for word in (name, str(path))]


@click.command()
@click.argument("what", metavar="on | off | status", default="")
@click.pass_context
def launcher(context: click.Context, what: str) -> None:
    """Put it into the applications menu, or take it out.

    A click there opens the window, and starts qlbreak if it is not running. --config and
    --data-dir, before this command, are kept for that. When the program has moved, "on" again mends
    the entry.
    """
    from qlbreak.autostart import launcher, ways

    found = launcher.menu()
    try:
        if what == "status":
            told = launcher.status(found).text
        elif what == "off":
            told = launcher.off(found)
        elif what == "on":
            told = launcher.on(found, _start_options(context))
        else:
            fail(_which(what), USAGE)
    except ways.Foreign as foreign:
        fail(str(foreign), USAGE)
    click.echo(told)


COMMANDS = (set_up, check_in, never, allow, safety, autostart, launcher)


def _which(what: str) -> str:
    if not what:
        return _("say which: on, off or status")
    return _("say which: on, off or status, got {word}", word=repr(what))
