"""The commands, thin: each imports what it needs when it runs."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from qlbreak import __version__
from qlbreak.cli import (
    clicks,
    families,
    guide,
    helping,
    local,
    opening,
    plan,
    record,
    record_files,
    versions,
)
from qlbreak.language import _
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
            fail(printable.line(clicks.told(error)), USAGE)
        except config.ConfigError as error:
            fail(str(error), USAGE)
        except click.Abort:
            sys.exit(130)


@click.group(cls=families.Tree, invoke_without_command=True)
@click.version_option(__version__, message="qlbreak %(version)s")
@click.option("--config", "config_file", type=_PATH, help="Use this settings file.")
@click.option("--data-dir", type=_PATH, help="Keep the record in this folder.")
@click.pass_context
def cli(context: click.Context, config_file: Path | None, data_dir: Path | None) -> None:
    """Reminds you to get up, and shows you what to do for your lower back.

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
            fail(_("{data_dir} is a file; the record needs a folder", data_dir=data_dir), USAGE)
        if config_file is not None and not config_file.exists():
            fail(_("there is no settings file {config_file}", config_file=config_file), USAGE)


@cli.command()
@click.option(
    "--speed", type=float, default=1.0, metavar="N", help="Run N times faster, to try things out."
)
@click.pass_context
def run(context: click.Context, speed: float) -> None:
    """Run the reminder, as qlbreak alone does.

    Any speed but 1 is a trial: sitting time runs N times faster. While a reminder is open, time
    goes as usual, so that you can read it and do it. A trial keeps its record in a throwaway
    folder, unless --data-dir names one.
    """
    from qlbreak.app import start

    if not 0 < speed <= 3600:
        told = _("--speed {n} is out of range; choose more than 0, up to 3600", n=f"{speed:g}")
        fail(told, USAGE)
    if speed != 1:
        if context.meta["data_dir"] is None:
            context.obj = start.scratch(context.obj)
        told = f"qlbreak --data-dir {context.obj.data} status"
        # On a line of its own, where it can be copied.
        sentences = (
            _("Trial run at {n}x.", n=f"{speed:g}"),
            _("While a reminder is open, time goes as usual."),
            _("Control it with:"),
        )
        click.echo(f"{' '.join(sentences)}\n  {told}", err=True)
    start.main(context.obj, speed)


# What a person needs to know who tries it out.

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
        fail(versions.refusal(paths, reply.refused), USAGE)
    return reply


def _fail_to_reach(paths: Paths, error: Exception) -> NoReturn:
    if isinstance(error, OSError) and (another := versions.another(paths)):
        fail(_("the running program does not answer. {another}", another=another), NOT_RUNNING)
    if isinstance(error, OSError):
        fail(
            _("the running program does not answer ({why}); see: qlbreak doctor", why=error),
            NOT_RUNNING,
        )
    if paths.holder is not None:
        fail(_("just starting; try again in a moment"), NOT_RUNNING)
    fail(_("not running; start it with: qlbreak"), NOT_RUNNING)


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


_with_words(
    "start",
    "[ROUTINE]",
    """Start the reminder's routine, or any other.

    ROUTINE is a routine or a movement, by its name or a part of it.""",
)
_simple("done", "Report that you have done the routine.")
_with_words(
    "snooze",
    "[DURATION]",
    """Remind me again later.

    Without DURATION: as long as the settings say, 5 min at first.""",
)
_with_words(
    "skip",
    "[no-room | seen | hurts | not-now]",
    """Skip this reminder.

    With a reason the next ones take it into account. no-room: seated or at the wall, and seen:
    only what nobody notices, for the rest of the day at this place. hurts: its movements rest for a
    week. not-now: nothing changes.""",
)
_simple("another", "Take another routine, for the same place and time.")
_simple(
    "undo",
    """Take back the last answer.

    For ten minutes. A Done becomes an open reminder, a skipped or missed one becomes done, a snooze
    ends.""",
)
_with_words(
    "pause",
    "[DURATION | until HH:MM | tomorrow]",
    """Pause reminders for an hour, or for DURATION.

    A time of day is that of the clock on the wall.""",
)
_simple("resume", "End a pause or a meeting.")
_with_words(
    "stand",
    "[DURATION | until HH:MM]",
    """Say that you stand now: the sitting clock rests.

    Until you say "sit", for two hours at most, or until the end you name. Then you count as sitting
    again.""",
)
_simple("sit", "Say that you sit again.")
_with_words(
    "meeting",
    "[DURATION | off]",
    """Hold reminders back during a meeting.

    You count as sitting, though you type nothing. For an hour, or for DURATION.""",
)
_with_words(
    "arrived",
    "[DURATION]",
    """Add time that you sat in a car, train or plane.

    An hour, or DURATION.""",
)
_simple("stayed", "Cancel the last automatic break: you never got up.")
_with_words(
    "sore",
    "left | right | both | none",
    """Ask for gentle movements only, today.

    Say which side is sore.""",
)
_with_words(
    "place",
    "office | home | travel",
    """Say where you are today.

    The settings know what equipment is there.""",
)
_simple("harder", "Accept harder movements, when asked.")
_simple("not-yet", "Decline harder movements for now, when asked.")
_simple("easier", "Go back to easier movements.")
_simple(
    "less-often",
    """Accept fewer reminders, when asked.

    It asks after three reminders that nobody answered.""",
)
_simple("as-before", "Be reminded as often as the settings say.")
_simple("why", "Say why no reminder comes now.")
_simple("quit", "End the running program.")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def status(paths: Paths, as_json: bool) -> None:
    """Show how long you have been sitting, and what comes next."""
    reply = _ask(paths, "status")
    click.echo(json.dumps(reply.data, indent=2) if as_json else reply.text)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def watch(paths: Paths, as_json: bool) -> None:
    """Print a line now, and one at each change.

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
    *helping.COMMANDS, *opening.COMMANDS, *local.COMMANDS, *guide.COMMANDS, *record.COMMANDS,
    *record_files.COMMANDS, *plan.COMMANDS,
):  # fmt: skip
    cli.add_command(_command)


@cli.command()
@click.option("--report", is_flag=True, help="Print a bug report, with nothing personal in it.")
@click.pass_obj
def doctor(paths: Paths, report: bool) -> None:
    """Check tray, windows, record and more, and say how to mend it."""
    if report:
        from qlbreak.cli import bug_report

        click.echo(bug_report.text(paths))
        return
    from qlbreak.cli.doctor import examine

    told, code = examine(paths)
    click.echo(told)
    sys.exit(code)


@cli.command()
@click.option("--fast", is_flag=True, help="Do not wait between the lines.")
def demo(fast: bool) -> None:
    """Watch a working day in ten seconds."""
    from qlbreak.cli.demo import play

    play(click.echo, fast=fast or not streams.terminal(sys.stdout))


@cli.group("config", invoke_without_command=True)
@click.pass_context
def config_group(context: click.Context) -> None:
    """Locate, show or check the settings."""
    if context.invoked_subcommand is None:
        names = ", ".join(f"config {name}" for name in config_group.commands)
        fail(_("say which: {names}", names=names), USAGE)


def _config_command(name: str, text: str) -> Callable[[Callable[[Paths], None]], None]:
    def register(action: Callable[[Paths], None]) -> None:
        config_group.command(name, help=text)(click.pass_obj(action))

    return register


@_config_command("path", "Show where the settings file is.")
def config_path(paths: Paths) -> None:
    click.echo(paths.config)


@_config_command("check", "Check the settings for mistakes.")
def config_check(paths: Paths) -> None:
    try:
        found = config.load(paths.config)
    except config.ConfigError as error:
        fail("\nqlbreak: ".join(error.mistakes), USAGE)
    for note in found.notes:
        click.echo(_("note: {note}", note=note))
    if found.rules.hours:
        click.echo(_("Reminders come: {told}.", told=timetable.told(found.rules.hours)))
    if found.found:
        click.echo(_("{path}: fine", path=paths.config))
    else:
        click.echo(_("{path}: not there; the defaults apply", path=paths.config))


@_config_command("show", "Show the settings that apply.")
def config_show(paths: Paths) -> None:
    click.echo(config.text(config.load(paths.config)), nl=False)


families.explain(cli)
