"""Commands that show what to do: a guided routine, the movements."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qlbreak.language import _
from qlbreak.system import streams
from qlbreak.system.exits import USAGE, fail
from qlbreak.system.paths import Paths

if TYPE_CHECKING:
    from qlbreak.core.model.movements import Catalogue, Movement
    from qlbreak.guide.aloud import Aloud
    from qlbreak.guide.coaching import Begun


@click.command()
@click.argument("routine", default="")
@click.option("--terminal", is_flag=True, help="Guide in the terminal.")
@click.pass_obj
def guide(paths: Paths, routine: str, terminal: bool) -> None:
    """Do a routine step by step.

    ROUTINE is a routine (see: qlbreak movements --routines) or a movement. Without it the coach
    chooses. What you do goes into the record.
    """
    from qlbreak.guide import coaching
    from qlbreak.guide.aloud import Aloud
    from qlbreak.guide.lesson import NoLesson
    from qlbreak.settings import config
    from qlbreak.sound import means
    from qlbreak.system import logs
    from qlbreak.system.paths import PathError

    try:
        settings = config.load(paths.config)
        begun = coaching.begin(paths, settings, routine, lambda name: _unwanted(paths, name))
    except (NoLesson, PathError) as error:
        fail(str(error), USAGE)
    logs.add_to(paths.log)
    aloud = Aloud(means.speaker(settings.guide, settings.busy.wanted, paths.socket))
    share = (_in_terminal if terminal else _in_window)(begun, aloud)
    begun.teller.close(share)
    aloud.speaker.close()


def _unwanted(paths: Paths, movement: str) -> str:
    """It is never to come again: what to say of that."""
    from qlbreak.data import load_with
    from qlbreak.settings.config import ConfigError
    from qlbreak.setup.file import WriteError
    from qlbreak.setup.unwanted import NeverList
    from qlbreak.texts import never

    try:
        return NeverList(paths, load_with(paths.own)[0]).leave_out(movement).told
    except (ConfigError, WriteError) as error:
        return never.only_now(str(error))


def _in_window(begun: "Begun", aloud: "Aloud") -> float:
    from qlbreak.widgets import NoWindow
    from qlbreak.widgets.qt import needing_qt

    try:
        with needing_qt():
            from qlbreak.guide.window import show
        return show(begun.lesson, begun.teller, aloud, begun.chooser, asked=True)
    except NoWindow as error:
        if not streams.terminal(sys.stdin):
            fail(_("{why}; in a terminal: qlbreak guide --terminal", why=error), USAGE)
        return _in_terminal(begun, aloud)


def _in_terminal(begun: "Begun", aloud: "Aloud") -> float:
    from qlbreak.guide.terminal import run

    return run(begun.lesson, begun.teller, aloud, begun.chooser)


@click.command()
@click.argument("name", default="", metavar="[ID]")
@click.option("--kind", help="Only posture-reset, release, lengthen, strengthen or neighbour.")
@click.option("--position", help="Only seated, standing, wall or floor.")
@click.option("--discreet", is_flag=True, help="Only what nobody on a call would notice.")
@click.option("--mine", is_flag=True, help="Only what suits your settings.")
@click.option("--routines", is_flag=True, help="List the ready-made routines instead.")
@click.option("--sheet", type=click.Path(path_type=Path), help="Draw them into this PNG file.")
@click.pass_obj
def movements(
    paths: Paths,
    name: str,
    kind: str | None,
    position: str | None,
    discreet: bool,
    mine: bool,
    routines: bool,
    sheet: Path | None,
) -> None:
    """List the movements, or explain one."""
    from qlbreak import data
    from qlbreak.core.model.naming import NoSuch
    from qlbreak.settings import config
    from qlbreak.texts import cards

    catalogue, mistakes = data.load_with(paths.own)
    for mistake in mistakes:
        click.echo(f"qlbreak: {mistake}", err=True)
    if name:
        click.echo(_card(catalogue, name), nl=False)
        return
    try:
        profile = config.load(paths.config).profile if mine else None
        chosen = cards.select(catalogue, kind, position, discreet=discreet, profile=profile)
    except NoSuch as error:
        fail(str(error), USAGE)
    if sheet is not None:
        _draw(chosen, sheet)
    elif routines:
        click.echo(cards.routines(catalogue, chosen), nl=False)
    else:
        click.echo(cards.table(chosen), nl=False)


def _card(catalogue: "Catalogue", name: str) -> str:
    from qlbreak.core.model.naming import NoSuch
    from qlbreak.texts import cards

    try:
        return cards.card(catalogue, name)
    except NoSuch as error:
        fail(str(error), USAGE)


def _draw(chosen: "list[Movement]", sheet: Path) -> None:
    from qlbreak.figures import moving

    known = moving.load()
    try:
        moving.sheet([m for m in chosen if m.id in known], known).save(sheet, "PNG", optimize=True)
    except (OSError, ValueError) as error:
        fail(
            _(
                "{sheet} cannot be written: {value}",
                sheet=sheet,
                value=getattr(error, "strerror", None) or error,
            ),
            USAGE,
        )
    click.echo(_("Drawn: {sheet}", sheet=sheet))


COMMANDS = (guide, movements)
