"""Commands about the record: figures, page, export, devices, care of the files."""

import json
from typing import TYPE_CHECKING

import click

from qlbreak.exits import USAGE, fail
from qlbreak.paths import Paths

if TYPE_CHECKING:
    from qlbreak.record import Record


def _read(paths: Paths) -> "Record":
    """What could not be read is said; ends here where nothing can."""
    from qlbreak import config as settings
    from qlbreak import record

    try:
        found = record.load(paths, settings.load(paths.config))
    except settings.ConfigError as error:
        fail(str(error), USAGE)
    except OSError as error:
        fail(f"the record cannot be read: {error}", USAGE)
    for problem in found.problems:
        click.echo(f"qlbreak: {problem}", err=True)
    return found


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def stats(paths: Paths, as_json: bool) -> None:
    """Today's record."""
    record = _read(paths)
    today = record.day(record.today)
    if as_json:
        from qlbreak.report import contract

        click.echo(json.dumps(contract.day(today), indent=2))
    else:
        from qlbreak.report import text

        told = text.day_text(record.today, today, record.prompts, record.catalogue)
        click.echo(told, nl=False)


COMMANDS = (stats,)
