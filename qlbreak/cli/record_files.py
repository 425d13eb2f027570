"""Commands that care for the record's files: devices, compress, delete-data."""

import sys
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from qlbreak.system import streams
from qlbreak.system.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.system.paths import Paths, make_folder

if TYPE_CHECKING:
    from pathlib import Path

    from qlbreak.record.folder import Leaf, Shelf


def _shelf(paths: Paths) -> "Shelf":
    from qlbreak.record import folder as shelf
    from qlbreak.settings import config as settings

    return shelf.there(paths, settings.load(paths.config))


def _agreed(question: str, *, yes: bool) -> bool:
    if yes:
        return True
    if not streams.terminal(sys.stdin):
        fail(f"{question} There is nobody to ask: say --yes", USAGE)
    return click.confirm(question)


@click.group(invoke_without_command=True)
@click.pass_context
def devices(context: click.Context) -> None:
    """The devices whose records are in the folder."""
    if context.invoked_subcommand is None:
        _list(_shelf(context.obj))


def _list(shelf: "Shelf") -> None:
    from qlbreak.record import folder as shelves
    from qlbreak.record.journal import Problems

    problems = Problems()
    leaves = shelf.leaves()
    leaves.setdefault(shelf.device, [])
    width = max(map(len, leaves))
    click.echo(f"In {shelf.folder}:")
    for name, files in leaves.items():
        facts = shelves.read(files, problems)
        days = [fact.at.date() for fact in facts]
        span = f"{min(days)} to {max(days)}" if days else "nothing recorded yet"
        told = [span, _size(files), *_remarks(files, mine=name == shelf.device)]
        click.echo(f"  {name:<{width}}  {', '.join(told)}")
    for problem in problems.told:
        click.echo(f"qlbreak: {problem}", err=True)


def _remarks(leaves: "list[Leaf]", *, mine: bool) -> Iterable[str]:
    from qlbreak.record.folder import RETIRED

    if mine:
        yield "this device"
    if copies := sum(leaf.copy for leaf in leaves):
        yield f"{copies} conflict {'copy' if copies == 1 else 'copies'}"
    if any(leaf.part == RETIRED for leaf in leaves):
        yield "has written again since it retired" if any(f.grows for f in leaves) else "retired"


def _size(leaves: "Iterable[Leaf]") -> str:
    return _amount(sum(leaf.size for leaf in leaves))


def _amount(size: float) -> str:
    if size < 10_000:
        return f"{size:.0f} bytes"
    return f"{size / 1e3:.0f} kB" if size < 10_000_000 else f"{size / 1e6:.0f} MB"


@devices.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Without asking.")
@click.pass_obj
def retire(paths: Paths, name: str, yes: bool) -> None:
    """A device that is not used any more: its record becomes one compressed file.

    It stays in all figures.
    """
    from qlbreak.record import compress as care

    shelf = _shelf(paths)
    leaves = shelf.leaves()
    if name == shelf.device:
        fail(f"{name} is this device; retire it from another one", USAGE)
    if name not in leaves:
        close = get_close_matches(name, leaves, n=1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(leaves) or 'none'}"
        fail(f"there is no device {name}; {hint}", USAGE)
    if not _agreed(f"Is {name} not used any more?", yes=yes):
        return
    before = _size(leaves[name])
    try:
        for _ in care.retire(shelf, leaves[name]):
            pass
    except care.CareError as error:
        fail(str(error), USAGE)
    click.echo(f"{name} is retired: {before} before, {_size(shelf.leaves()[name])} now.")


@click.command()
@click.pass_obj
def compress(paths: Paths) -> None:
    """Put this device's old months into compressed files.

    They stay in all figures. The last weeks stay as they are. Not while it runs.
    """
    from qlbreak.record import compress as care
    from qlbreak.system.clock import Clock
    from qlbreak.system.lock import AlreadyRunning, Lock

    shelf = _shelf(paths)
    if not shelf.own.path.exists():
        click.echo("Nothing is recorded here yet.")
        return
    before = sum(leaf.size for leaf in shelf.leaves()[shelf.device])
    try:
        with Lock(paths.lock):
            written = list(care.compress(shelf, Clock().now()[0]))
    except AlreadyRunning:
        fail("it is running; end it first: qlbreak quit", ALREADY_RUNNING)
    except care.CareError as error:
        fail(str(error), USAGE)
    months = [path for path in written if path.suffix == ".gz"]
    if not months:
        click.echo("There is no month to compress: the last five weeks stay as they are.")
        return
    after = sum(leaf.size for leaf in shelf.leaves()[shelf.device])
    number = f"{len(months)} month{'s' if len(months) > 1 else ''}"
    click.echo(f"Compressed {number}: {_amount(before)} before, {_amount(after)} now.")


@click.command("delete-data")
@click.option("--all-devices", is_flag=True, help="The records of the other devices, too.")
@click.option("--yes", is_flag=True, help="Without asking.")
@click.pass_obj
def delete_data(paths: Paths, all_devices: bool, yes: bool) -> None:
    """Remove what was recorded here, and what was made of it. The settings stay."""
    from qlbreak.record import delete
    from qlbreak.system.lock import AlreadyRunning, Lock

    shelf = _shelf(paths)
    make_folder(paths.data)  # for the lock
    try:
        with Lock(paths.lock):
            told = _removed(paths, shelf, all_devices=all_devices, yes=yes)
            if told is not None:
                delete.unlock(paths)
    except AlreadyRunning:
        fail("it is running; end it first: qlbreak quit", ALREADY_RUNNING)
    if told is None:
        click.echo("Nothing was removed.")
        return
    delete.sweep(paths)
    click.echo(told)
    if others := delete.other_devices(shelf):
        names = ", ".join(others)
        click.echo(f"Left: the record of {names}; with --all-devices that goes, too")
    for path in delete.left(paths, shelf):
        click.echo(f"Left: {path}")


def _removed(paths: Paths, shelf: "Shelf", *, all_devices: bool, yes: bool) -> str | None:
    """None where the person would rather keep it."""
    from qlbreak.record import delete

    journals = delete.journals(shelf, all_devices=all_devices)
    others = delete.others(paths)
    if not journals and not others:
        return "There is nothing to remove."
    whose = "all devices" if all_devices else f"this device, {shelf.device}"
    told = f"{_files(journals)} with the record of {whose}, in {shelf.folder}"
    told += f"; {_files(others)} besides (log, pictures, pages)."
    if not _agreed(f"{told} Remove them for good?", yes=yes):
        return None
    delete.remove([*journals, *others])
    return f"Removed: {told}"


def _files(found: "list[Path]") -> str:
    size = sum(path.stat().st_size for path in found)
    return f"{len(found)} file{'' if len(found) == 1 else 's'} ({_amount(size)})"


COMMANDS = (devices, compress, delete_data)
