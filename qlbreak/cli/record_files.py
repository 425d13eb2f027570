"""Commands that care for the record's files: devices, compress, delete-data."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from qlbreak.system import streams
from qlbreak.system.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.system.paths import Paths, make_folder
from qlbreak.texts.durations import counted

if TYPE_CHECKING:
    from pathlib import Path

    from qlbreak.record.folder import JournalFile, JournalFolder


def _folder(paths: Paths) -> "JournalFolder":
    from qlbreak.record.folder import JournalFolder
    from qlbreak.settings import config

    return JournalFolder.there(paths, config.load(paths.config))


def agreed(question: str, *, yes: bool) -> bool:
    if yes:
        return True
    if not streams.terminal(sys.stdin):
        fail(f"{question} Cannot ask for confirmation here; add --yes.", USAGE)
    return click.confirm(question)


@click.group(invoke_without_command=True)
@click.pass_context
def devices(context: click.Context) -> None:
    """List the devices whose records are in the folder."""
    if context.invoked_subcommand is None:
        _list(_folder(context.obj))


def _list(folder: "JournalFolder") -> None:
    from qlbreak.record.folder import read
    from qlbreak.record.journal import Problems

    problems = Problems()
    files = folder.files()
    files.setdefault(folder.device, [])
    width = max(map(len, files))
    click.echo(f"In {folder.path}:")
    for name, parts in files.items():
        facts = read(parts, problems)
        days = [fact.at.date() for fact in facts]
        span = f"{min(days)} to {max(days)}" if days else "nothing recorded yet"
        told = [span, _size(parts), *_remarks(parts, mine=name == folder.device)]
        click.echo(f"  {name:<{width}}  {', '.join(told)}")
    for problem in problems.told:
        click.echo(f"qlbreak: {problem}", err=True)


def _remarks(files: "list[JournalFile]", *, mine: bool) -> Iterable[str]:
    from qlbreak.record.folder import RETIRED

    if mine:
        yield "this device"
    if copies := sum(file.copy for file in files):
        yield f"{copies} conflict {'copy' if copies == 1 else 'copies'}"
    if any(file.part == RETIRED for file in files):
        yield (
            "has written again since it retired" if any(file.grows for file in files) else "retired"
        )


def _size(files: "Iterable[JournalFile]") -> str:
    return _amount(sum(file.size for file in files))


def _amount(size: float) -> str:
    if size < 10_000:
        return f"{size:.0f} bytes"
    return f"{size / 1e3:.0f} kB" if size < 10_000_000 else f"{size / 1e6:.0f} MB"


@devices.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def retire(paths: Paths, name: str, yes: bool) -> None:
    """Compress the record of a device that you no longer use.

    It stays in all figures.
    """
    from qlbreak.record.compress import LeftAsItWas, retired
    from qlbreak.settings.kinds import close_to

    folder = _folder(paths)
    files = folder.files()
    if name == folder.device:
        fail(f"{name} is this device; retire it from another one", USAGE)
    if name not in files:
        fail(f"unknown device {name}; {close_to(name, [*files])}", USAGE)
    if not agreed(f"Is {name} no longer in use?", yes=yes):
        return
    before = _size(files[name])
    try:
        for _ in retired(folder, files[name]):
            pass
    except LeftAsItWas as error:
        fail(str(error), USAGE)
    click.echo(f"{name} is retired: {before} before, {_size(folder.files()[name])} now.")


@click.command()
@click.pass_obj
def compress(paths: Paths) -> None:
    """Compress old months of this device's record.

    They stay in all figures. The last five weeks stay as they are. Not while qlbreak runs.
    """
    from qlbreak.record.compress import LeftAsItWas, compressed
    from qlbreak.system.clock import Clock
    from qlbreak.system.lock import AlreadyRunning, Lock

    folder = _folder(paths)
    if not folder.own.path.exists():
        click.echo("Nothing is recorded here yet.")
        return
    before = sum(file.size for file in folder.files()[folder.device])
    try:
        with Lock(paths.lock):
            written = list(compressed(folder, Clock().now()[0]))
    except AlreadyRunning:
        fail("still running; end it first: qlbreak quit", ALREADY_RUNNING)
    except LeftAsItWas as error:
        fail(str(error), USAGE)
    months = [path for path in written if path.suffix == ".gz"]
    if not months:
        click.echo("Nothing to compress: the last five weeks stay as they are.")
        return
    after = sum(file.size for file in folder.files()[folder.device])
    number = counted(len(months), "month")
    click.echo(f"Compressed {number}: {_amount(before)} before, {_amount(after)} now.")


@click.command("delete-data")
@click.option("--all-devices", is_flag=True, help="Delete the records of the other devices, too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete_data(paths: Paths, all_devices: bool, yes: bool) -> None:
    """Delete your record on this device; the settings stay.

    With what was made of it: pages, pictures, the log.
    """
    from qlbreak.record import delete
    from qlbreak.system.lock import AlreadyRunning, Lock

    folder = _folder(paths)
    make_folder(paths.data)  # for the lock
    try:
        with Lock(paths.lock):
            told = _removed(paths, folder, all_devices=all_devices, yes=yes)
            if told is not None:
                delete.unlock(paths)
    except AlreadyRunning:
        fail("still running; end it first: qlbreak quit", ALREADY_RUNNING)
    if told is None:
        click.echo("Nothing was removed.")
        return
    delete.sweep(paths)
    click.echo(told)
    if others := delete.other_devices(folder):
        names = ", ".join(others)
        click.echo(f"Kept: the record of {names}; --all-devices removes that as well")
    for path in delete.left(paths, folder):
        click.echo(f"Left: {path}")


def _removed(paths: Paths, folder: "JournalFolder", *, all_devices: bool, yes: bool) -> str | None:
    """None where the person would rather keep it."""
    from qlbreak.record import delete

    journals = delete.journals(folder, all_devices=all_devices)
    others = delete.others(paths)
    if not journals and not others:
        return "There is nothing to remove."
    whose = "all devices" if all_devices else f"this device, {folder.device}"
    told = f"{_files(journals)} with the record of {whose}, in {folder.path}"
    told += f"; {_files(others)} besides (log, pictures, pages)."
    if not agreed(f"{told} Remove them for good?", yes=yes):
        return None
    delete.remove([*journals, *others])
    return f"Removed: {told}"


def _files(found: "list[Path]") -> str:
    size = sum(path.stat().st_size for path in found)
    return f"{counted(len(found), 'file')} ({_amount(size)})"


COMMANDS = (devices, compress, delete_data)
