"""Commands about the record: figures, page, export, devices, care of the files."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qlbreak.exits import USAGE, fail
from qlbreak.paths import Paths

if TYPE_CHECKING:
    from qlbreak.journal import Problem
    from qlbreak.record import Record

WHATS = ("facts", "prompts", "days", "check-ins")
FORMS = ("jsonl", "csv")


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
    _complain(found.problems)
    return found


def _complain(problems: "list[Problem]") -> None:
    for problem in problems:
        click.echo(f"qlbreak: {problem}", err=True)


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


@click.command()
@click.option("--of", "what", type=click.Choice(WHATS), default="facts", help="Which part of it.")
@click.option("--format", "form", type=click.Choice(FORMS), default="jsonl", help="How it is told.")
@click.option("-o", "file", metavar="FILE", type=click.Path(path_type=Path), help="Into this file.")
@click.pass_obj
def export(paths: Paths, what: str, form: str, file: Path | None) -> None:
    """The record for other programs; docs/record.md says what the columns mean."""
    from qlbreak import config as settings
    from qlbreak import export as exports
    from qlbreak import saved

    if file is not None and file.resolve().parent == paths.journal.resolve():
        fail(f"{file} would become a part of the record; name another folder", USAGE)
    problems: list[Problem] = []
    try:
        config = settings.load(paths.config)
        lines = exports.lines(paths, config, exports.What(what), exports.Form(form), problems)
    except settings.ConfigError as error:
        fail(str(error), USAGE)
    count = saved.save(file, lines) if file is not None else _tell(lines)
    _complain(problems)
    if count == (form == "csv"):
        click.echo(f"qlbreak: no {what} are recorded yet", err=True)


def _tell(lines: Iterable[bytes]) -> int:
    """How many there were."""
    count = sum(1 for line in lines if sys.stdout.buffer.write(line))
    sys.stdout.flush()
    return count


COMMANDS = (stats, export)
