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
@click.option("--days", type=click.IntRange(1, 36525), help="The last so many, with today.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def stats(paths: Paths, days: int | None, as_json: bool) -> None:
    """Today's record, against your last four weeks."""
    record = _read(paths)
    if as_json:
        from qlbreak.report import contract

        told = contract.today(record) if days is None else contract.span(record, days)
        click.echo(json.dumps(told, indent=2))
        return
    from qlbreak.report import text

    text.tell(text.today(record) if days is None else text.span(record, days))


COMMANDS = (stats,)
