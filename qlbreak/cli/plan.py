"""Commands for a plan from somebody who knows the person: show, load, end, examples."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from qlbreak.cli.record_files import agreed
from qlbreak.language import _
from qlbreak.system import files
from qlbreak.system.exits import UNSAVED, USAGE, fail
from qlbreak.system.paths import Paths

if TYPE_CHECKING:
    from qlbreak.core.model.movements import Catalogue
    from qlbreak.record.plan_record import PlanTold
    from qlbreak.settings.config import Config
    from qlbreak.settings.plan_file import PlanError, PlanRead

_FILE = click.Path(path_type=Path, readable=False)


@click.group(invoke_without_command=True)
@click.pass_context
def plan(context: click.Context) -> None:
    """Follow a plan that somebody made for you.

    A physiotherapist, for example. It comes as a small file; docs/plans.md says how to write one.
    """
    if context.invoked_subcommand is None:
        context.invoke(show, file=None)


@plan.command()
@click.argument("file", type=_FILE, required=False)
@click.pass_obj
def show(paths: Paths, file: Path | None) -> None:
    """Show your plan, or what a FILE would ask for.

    Nothing changes by it. A mistake in the file is told with its line.
    """
    config, catalogue = _settings(paths)
    if file is not None:
        click.echo("\n".join(_asks(_read(file, config, catalogue), config, catalogue)))
        return
    click.echo("\n".join(_held(paths, config)))


def _held(paths: Paths, config: "Config") -> list[str]:
    from qlbreak.record.load import load
    from qlbreak.report import plan_text

    return plan_text.shown(load(paths, config))


@plan.command("load")
@click.argument("file", type=_FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def load_plan(paths: Paths, file: Path, yes: bool) -> None:
    """Follow the plan in a FILE from now on.

    First you see what it asks for, and what of it your own settings rule out. Then it asks. The
    plan takes the place of one that you have.
    """
    from qlbreak.record import plan_record
    from qlbreak.texts import plans

    config, catalogue = _settings(paths)
    read = _read(file, config, catalogue)
    click.echo("\n".join([*_asks(read, config, catalogue), ""]))
    before = plan_record.held(paths, config)
    if before is not None:
        click.echo(plans.replaces(before.programme.name))
    if not agreed(plans.ASK, yes=yes):
        click.echo(plans.NOT_APPLIED)
        return
    _say(lambda: plan_record.apply(paths, config, read))


@plan.command()
@click.pass_obj
def end(paths: Paths) -> None:
    """End your plan. The record keeps it, and what was done of it."""
    from qlbreak.record import plan_record

    config, _ = _settings(paths)
    _say(lambda: plan_record.end(paths, config))


@plan.command("list")
def list_examples() -> None:
    """List the examples that come with qlbreak."""
    from qlbreak import data
    from qlbreak.texts import plans

    click.echo(plans.EXAMPLES)
    for name in data.plans():
        click.echo(f"  {name:<12}{plans.first_line(data.plan(name))}")


@plan.command()
@click.argument("name")
@click.option(
    "-o", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write it into this file."
)
def example(name: str, file: Path | None) -> None:
    """Print an example, to begin with.

    They show how a plan is written; they are no advice for anybody.
    """
    from qlbreak import data
    from qlbreak.settings.kinds import close_to

    known = data.plans()
    if name not in known:
        fail(
            _(
                "there is no example {name}; {close_to}",
                name=repr(name),
                close_to=close_to(name, known),
            ),
            USAGE,
        )
    text = data.plan(name)
    if file is None:
        click.echo(text, nl=False)
        return
    files.save(file, [text.encode()])
    click.echo(file)


def _settings(paths: Paths) -> "tuple[Config, Catalogue]":
    from qlbreak.data import load_with
    from qlbreak.settings import config

    return config.load(paths.config), load_with(paths.own)[0]


def _read(file: Path, config: "Config", catalogue: "Catalogue") -> "PlanRead":
    from qlbreak.core.model.rules import day_of
    from qlbreak.settings import plan_file
    from qlbreak.system.clock import Clock

    today = day_of(Clock().now()[0], config.rules.day_turn)
    try:
        return plan_file.load(file, catalogue, today)
    except plan_file.PlanError as error:
        _refuse(error)


def _refuse(error: "PlanError") -> NoReturn:
    fail("\nqlbreak: ".join(error.mistakes), USAGE)


def _asks(read: "PlanRead", config: "Config", catalogue: "Catalogue") -> list[str]:
    from qlbreak.texts import plans

    return plans.asks(read.programme, catalogue, config.profile)


def _say(act: "Callable[[], PlanTold]") -> None:
    from qlbreak.record.deliver import Untold

    try:
        told = act()
    except Untold as error:
        fail(str(error), USAGE)
    click.echo(told.text)
    if told.uncopied:
        click.echo(
            _("qlbreak: no copy of the file was kept: {uncopied}", uncopied=told.uncopied), err=True
        )
    if told.unsaved:
        fail(told.unsaved, UNSAVED)


COMMANDS = (plan,)
