"""Commands that tell the record: figures, page, export."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qlbreak.language import _
from qlbreak.system import streams
from qlbreak.system.exits import USAGE, fail
from qlbreak.system.paths import PAGE, PLAN_PAGE, TODAY, Paths, private

if TYPE_CHECKING:
    from qlbreak.record.journal import Problems
    from qlbreak.record.load import Record

_NOTHING = {
    "facts": _("no facts are recorded yet"),
    "prompts": _("no prompts are recorded yet"),
    "days": _("no days are recorded yet"),
    "check-ins": _("no check-ins are recorded yet"),
}
_NO_CHARTS = _(
    'the page needs plotly, which is not installed; get it with: pipx install ".[report]"'
)
WHATS = ("facts", "prompts", "days", "check-ins")
FORMS = ("jsonl", "csv")


def _read(paths: Paths, progress: Callable[[float], None] = lambda _: None) -> "Record":
    """What could not be read is said; ends here where nothing can."""
    from qlbreak.record.load import load
    from qlbreak.settings import config

    try:
        found = load(paths, config.load(paths.config), progress)
    except OSError as error:
        fail(_("the record cannot be read: {why}", why=error), USAGE)
    _complain(found.problems)
    return found


def _complain(problems: "Problems") -> None:
    for problem in problems.told:
        click.echo(f"qlbreak: {problem}", err=True)


@click.command()
@click.option(
    "--days", type=click.IntRange(1, 36525), metavar="N", help="The last N days, with today."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@click.pass_obj
def stats(paths: Paths, days: int | None, as_json: bool) -> None:
    """Compare today with your last four weeks."""
    record = _read(paths)
    if as_json:
        from qlbreak.report import contract

        told = contract.today(record) if days is None else contract.span(record, days)
        click.echo(json.dumps(told, indent=2))
        return
    from qlbreak.report import text

    text.tell(text.today(record) if days is None else text.span(record, days))


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write it here instead of beside the record.",
)
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
@click.option("--plan", is_flag=True, help="Of your plan alone: one side of A4, to hand back.")
@click.pass_obj
def report(paths: Paths, output: Path | None, opened: bool, plan: bool) -> None:
    """Make a page of your record, with charts.

    One file, which loads nothing from anywhere.
    """
    if plan:
        _put(paths, output, PLAN_PAGE, lambda: _plan_page(paths), opened=opened)
        return
    charts = find_spec("plotly") is not None
    if not charts and not opened:
        fail(_NO_CHARTS, USAGE)
    if charts:
        _put(paths, output, PAGE, lambda: _page(paths), opened=opened)
        return
    click.echo(f"qlbreak: {_NO_CHARTS}", err=True)
    text = f"{_today(_read(paths))}\n{_NO_CHARTS}\n"
    _put(paths, output, TODAY, lambda: text, opened=opened)


def _put(
    paths: Paths, output: Path | None, name: str, make: Callable[[], str], *, opened: bool
) -> None:
    """Where it belongs, unless it is to go elsewhere; and into the browser, if that is wanted."""
    from qlbreak.system import files, opener

    target = output or paths.data / name
    if opened and output is None:
        target = opener.readable(target)
    if output is not None:
        files.check(output)
    text = make()
    if target.parent == paths.data:
        private(paths.data)
    files.save(target, [text.encode()])
    click.echo(target)
    if opened:
        _show(target)


def _plan_page(paths: Paths) -> str:
    from qlbreak.report import plan_page
    from qlbreak.texts import plans

    try:
        return plan_page.page(_read(paths))
    except plan_page.NoPlan:
        fail(plans.NEVER_LOADED, USAGE)


def _show(page: Path) -> None:
    from qlbreak.system import opener

    try:
        opener.show(page)
    except OSError as error:
        why = error.strerror or error
        fail(_("no browser opened it ({why}); open it yourself: {page}", why=why, page=page), USAGE)


def _page(paths: Paths) -> str:
    from qlbreak.core.coach.check_ins import entries, read
    from qlbreak.texts import check_in

    with _progress_bar("reading the record") as told:
        record = _read(paths, told)
        from qlbreak.report.page import page

        said = entries(fact for day in record.days.values() for fact in day.check_ins)
        trend = check_in.sentences(read(said), record.profile) if said else ()
        return page(record, tuple(trend))


@contextmanager
def _progress_bar(text: str) -> Iterator[Callable[[float], None]]:
    """Gives what is to be told how far it is, from 0 to 1; the bar goes when all is done. Nothing
    where standard error is no terminal, or a plain one."""
    if not streams.terminal(sys.stderr) or streams.plain():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(text, total=1.0)
        yield lambda share: progress.update(task, completed=share)


def _today(record: "Record") -> str:
    from qlbreak.report import text

    return text.printed(text.today(record))


@click.command()
@click.option(
    "--of", "what", type=click.Choice(WHATS), default="facts", help="Which part of the record."
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="jsonl", help="JSON lines or a table."
)
@click.option(
    "-o", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write it into this file."
)
@click.pass_obj
def export(paths: Paths, what: str, form: str, file: Path | None) -> None:
    """Write the record for other programs.

    docs/record.md says what the columns mean.
    """
    from qlbreak.record.export import Form, What, lines
    from qlbreak.record.folder import JournalFolder
    from qlbreak.record.journal import Problems
    from qlbreak.settings import config
    from qlbreak.system import files

    problems = Problems()
    settings = config.load(paths.config)
    if (
        file is not None
        and file.resolve().parent == JournalFolder.of(paths, settings).path.resolve()
    ):
        fail(
            _("{file} would end up in the record's folder; choose another folder", file=file), USAGE
        )
    told = lines(paths, settings, What(what), Form(form), problems)
    count = files.save(file, told) if file is not None else _tell(told)
    _complain(problems)
    if count == (form == "csv"):
        click.echo(f"qlbreak: {_NOTHING[what]}", err=True)


def _tell(lines: Iterable[bytes]) -> int:
    """How many there were."""
    count = sum(1 for line in lines if sys.stdout.buffer.write(line))
    sys.stdout.flush()
    return count


COMMANDS = (stats, report, export)
