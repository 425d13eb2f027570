"""The commands, thin: each imports what it needs when it runs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from qlbreak import __version__
from qlbreak.cli import guide, local, record, record_files
from qlbreak.settings import config
from qlbreak.system import printable, streams
from qlbreak.system.exits import NOT_RUNNING, UNSAVED, USAGE, fail, one_line
from qlbreak.system.paths import Paths, find
from qlbreak.texts import timetable

if TYPE_CHECKING:
    from qlbreak.system.control import Reply

# Whoever uses it says more clearly what is wrong with it.
_PATH = click.Path(path_type=Path, readable=False)


def main(args: list[str]) -> None:
    """Mistakes in the words and in the settings get one line, as all others do."""
    with one_line():
        try:
            sys.exit(cli.main(args=args, prog_name="qlbreak", standalone_mode=False))
        except click.ClickException as error:
            fail(printable.line(error.format_message()), USAGE)
        except config.ConfigError as error:
            fail(str(error), USAGE)
        except click.Abort:
            sys.exit(130)


@click.group(invoke_without_command=True)
@click.version_option(__version__, message="qlbreak %(version)s")
@click.option("--config", "config_file", type=_PATH, help="Settings file.")
@click.option("--data-dir", type=_PATH, help="Folder of the record.")
@click.pass_context
def cli(context: click.Context, config_file: Path | None, data_dir: Path | None) -> None:
    """Tells you to get up, and what to do for your lower back.

    Without a command it runs: as an icon in the tray, or in the terminal where there is no tray.
    """
    _check_named(config_file, data_dir)
    context.obj = find(data_dir, config_file)
    context.meta.update(data_dir=data_dir, config=config_file)
    if context.invoked_subcommand is None:
        context.invoke(run)


def _check_named(config_file: Path | None, data_dir: Path | None) -> None:
    """A slip in a name must not pass for a fresh start; all else is told by whoever opens it."""
    with suppress(OSError):
        if data_dir is not None and data_dir.is_file():
            fail(f"{data_dir} is a file; the record needs a folder", USAGE)
        if config_file is not None and not config_file.exists():
            fail(f"there is no settings file {config_file}", USAGE)


@cli.command()
@click.option(
    "--speed", type=float, default=1.0, metavar="N", help="Run N times faster, to try things out."
)
@click.pass_context
def run(context: click.Context, speed: float) -> None:
    """Run the reminder (what "qlbreak" alone does, too).

    With another speed than 1 it is a trial: sitting goes N times as fast, and as long as a reminder
    is open time goes as usual, so that there is time to read and to do it. The record goes to a
    throwaway folder, unless --data-dir names one.
    """
    from qlbreak.app import start

    if not 0 < speed <= 3600:
        fail(f"--speed {speed:g} is out of range; choose more than 0, up to 3600", USAGE)
    if speed != 1:
        if context.meta["data_dir"] is None:
            context.obj = start.scratch(context.obj)
        told = f"qlbreak --data-dir {context.obj.data} status"
        # On a line of its own, where it can be copied.
        click.echo(f"Trial run at {speed:g}x. {_TRIAL} Control it with:\n  {told}", err=True)
    start.main(context.obj, speed)


# What a person needs to know who tries it out.
_TRIAL = "While a reminder is open, time goes as usual."

# To the running program


def _tell(paths: Paths, *words: str) -> None:
    _check(words)
    reply = _ask(paths, *words)
    click.echo(reply.text)
    if reply.unsaved:
        fail(reply.unsaved, UNSAVED)


def _ask(paths: Paths, *words: str) -> "Reply":
    """What it answered. Ends here where it does not run, or the words mean nothing now."""
    from qlbreak.system import control

    try:
        reply = control.ask(paths.socket, words)
    except (control.NotRunning, OSError) as error:
        _fail_to_reach(paths, error)
    if reply.refused:
        fail(reply.refused, USAGE)
    return reply


def _fail_to_reach(paths: Paths, error: Exception) -> NoReturn:
    if isinstance(error, OSError):
        fail(f"the running program does not answer ({error}); see: qlbreak doctor", NOT_RUNNING)
    if paths.holder is not None:
        fail("it is starting, or its socket was gone; try again in a moment", NOT_RUNNING)
    fail("it is not running; start it with: qlbreak", NOT_RUNNING)


def _check(words: tuple[str, ...]) -> None:
    """A mistake in the words is said whether the program runs or not."""
    from qlbreak.app import commands

    if words[0] in commands.known():
        try:
            commands.parse(words, commands.Occasion("command"))
        except commands.UsageError as error:
            fail(str(error), USAGE)


def _simple(name: str, text: str) -> None:
    @cli.command(name, help=text)
    @click.pass_obj
    def command(paths: Paths) -> None:
        _tell(paths, name)


def _with_words(name: str, metavar: str, text: str) -> None:
    @cli.command(name, help=text)
    @click.argument("words", nargs=-1, metavar=metavar)
    @click.pass_obj
    def command(paths: Paths, words: tuple[str, ...]) -> None:
        _tell(paths, name, *words)


_with_words("start", "[ROUTINE]", "Start the open reminder's routine, or one out of turn.")
_simple("done", "The routine is done.")
_with_words("snooze", "[DURATION]", "Ask again later: snooze 10 min.")
_simple("skip", "Not this one.")
_simple("undo", "Take the last answer back, for ten minutes.")
_with_words(
    "pause",
    "[DURATION | until HH:MM | tomorrow]",
    "Pause reminders for an hour, or for DURATION.",
)
_simple("resume", "End a pause or a meeting.")
_simple("stand", "You stand now; the sitting clock rests.")
_simple("sit", "You sit again.")
_with_words(
    "meeting",
    "[DURATION | off]",
    "In a meeting you sit without typing; reminders are held back.",
)
_with_words("arrived", "[DURATION]", "You have just sat in a car, train or plane.")
_simple("stayed", "The last natural break was none: you stayed seated.")
_with_words("sore", "left | right | both | none", "Sore today: only gentle movements.")
_with_words("place", "office | home | travel", "Where you are today, and so what is there.")
_simple("harder", "You are ready for the next stage.")
_simple("not-yet", "Not ready for it yet.")
_simple("easier", "Back to easier movements.")
_simple("less-often", "After three ignored reminders: yes, less often.")
_simple("as-before", "Keep asking as often as the settings say.")
_simple("why", "Why no reminder comes now, in one sentence.")
_simple("quit", "End the running program.")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def status(paths: Paths, as_json: bool) -> None:
    """How things stand."""
    reply = _ask(paths, "status")
    click.echo(json.dumps(reply.data, indent=2) if as_json else reply.text)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def watch(paths: Paths, as_json: bool) -> None:
    """A line now, and one whenever something changes.

    Ends when the program ends. With --json a line is all of "status --json", with the sentences and
    the menu of the moment.
    """
    last = ""
    for news in _watched(paths):
        line = json.dumps(news.data) if as_json else news.text
        if line != last:
            click.echo(line)
        last = line


def _watched(paths: Paths) -> Iterator["Reply"]:
    from qlbreak.system import control

    try:
        yield from control.Followed(paths.socket)
    except (control.NotRunning, OSError) as error:
        _fail_to_reach(paths, error)


# Without the running program

for _command in (
    *local.COMMANDS, *guide.COMMANDS, *record.COMMANDS, *record_files.COMMANDS,
):  # fmt: skip
    cli.add_command(_command)
cli.add_command(local.autostart)


@cli.command()
@click.option("--report", is_flag=True, help="One paste for a bug report, with nothing personal.")
@click.pass_obj
def doctor(paths: Paths, report: bool) -> None:
    """What was found here, from tray to record, and how to mend what is wrong."""
    if report:
        from qlbreak.cli import bug_report

        click.echo(bug_report.text(paths))
        return
    from qlbreak.cli.doctor import examine

    told, code = examine(paths)
    click.echo(told)
    sys.exit(code)


@cli.command()
@click.option("--fast", is_flag=True, help="Without waiting between the lines.")
def demo(fast: bool) -> None:
    """A working day in a few seconds."""
    from qlbreak.cli.demo import play

    play(click.echo, fast=fast or not streams.terminal(sys.stdout))


@cli.group("config", invoke_without_command=True)
@click.pass_context
def config_group(context: click.Context) -> None:
    """Locate, show or check the settings."""
    if context.invoked_subcommand is None:
        fail(f"say which: {', '.join(f'config {name}' for name in config_group.commands)}", USAGE)


def _config_command(name: str, text: str) -> Callable[[Callable[[Paths], None]], None]:
    def register(action: Callable[[Paths], None]) -> None:
        config_group.command(name, help=text)(click.pass_obj(action))

    return register


@_config_command("path", "The file's place.")
def config_path(paths: Paths) -> None:
    click.echo(paths.config)


@_config_command("check", "Look for mistakes.")
def config_check(paths: Paths) -> None:
    try:
        found = config.load(paths.config)
    except config.ConfigError as error:
        fail("\nqlbreak: ".join(error.mistakes), USAGE)
    for note in found.notes:
        click.echo(f"note: {note}")
    if found.rules.hours:
        click.echo(f"Reminders come: {timetable.told(found.rules.hours)}.")
    click.echo(f"{paths.config}: {'fine' if found.found else 'not there; the defaults apply'}")


@_config_command("show", "The settings that apply.")
def config_show(paths: Paths) -> None:
    click.echo(config.text(config.load(paths.config)), nl=False)
