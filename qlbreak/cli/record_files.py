"""Commands that care for the record's files: devices, compress, delete-data."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from qlbreak.language import _, ngettext
from qlbreak.system import streams
from qlbreak.system.exits import ALREADY_RUNNING, USAGE, fail
from qlbreak.system.paths import Paths, make_folder
from qlbreak.texts import columns

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
        fail(_("{question} Cannot ask for confirmation here; add --yes.", question=question), USAGE)
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
    click.echo(_("In {path}:", path=folder.path))
    for name, parts in files.items():
        facts = read(parts, problems)
        days = [fact.at.date() for fact in facts]
        span = columns.span(min(days), max(days)) if days else _("nothing recorded yet")
        told = [span, _size(parts), *_remarks(parts, mine=name == folder.device)]
        click.echo(f"  {name:<{width}}  {', '.join(told)}")
    for problem in problems.told:
        click.echo(f"qlbreak: {problem}", err=True)


def _remarks(files: "list[JournalFile]", *, mine: bool) -> Iterable[str]:
    from qlbreak.record.folder import RETIRED

    if mine:
        yield "this device"
    if copies := sum(file.copy for file in files):
        yield ngettext("{n} conflict copy", "{n} conflict copies", copies)
    if any(file.part == RETIRED for file in files):
        grows = any(file.grows for file in files)
        yield _("has written again since it retired") if grows else _("retired")


def _size(files: "Iterable[JournalFile]") -> str:
    return _amount(sum(file.size for file in files))


def _amount(size: float) -> str:
    if size < 10_000:
        return ngettext("{n} byte", "{n} bytes", round(size))
    if size < 10_000_000:
        return _("{n} kB", n=f"{size / 1e3:.0f}")
    return _("{n} MB", n=f"{size / 1e6:.0f}")


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
        fail(_("{name} is this device; retire it from another one", name=name), USAGE)
    if name not in files:
        fail(
            _("unknown device {name}; {close_to}", name=name, close_to=close_to(name, [*files])),
            USAGE,
        )
    if not agreed(_("Is {name} no longer in use?", name=name), yes=yes):
        return
    before = _size(files[name])
    try:
        for _part in retired(folder, files[name]):
            pass
    except LeftAsItWas as error:
        fail(str(error), USAGE)
    click.echo(
        _(
            "{name} is retired: {before} before, {size} now.",
            name=name,
            before=before,
            size=_size(folder.files()[name]),
        )
    )


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
        click.echo(_("Nothing is recorded here yet."))
        return
    before = sum(file.size for file in folder.files()[folder.device])
    try:
        with Lock(paths.lock):
            written = list(compressed(folder, Clock().now()[0]))
    except AlreadyRunning:
        fail(_("still running; end it first: qlbreak quit"), ALREADY_RUNNING)
    except LeftAsItWas as error:
        fail(str(error), USAGE)
    months = [path for path in written if path.suffix == ".gz"]
    if not months:
        click.echo(_("Nothing to compress: the last five weeks stay as they are."))
        return
    after = sum(file.size for file in folder.files()[folder.device])
    told = ngettext(
        "Compressed {n} month: {before} before, {after} now.",
        "Compressed {n} months: {before} before, {after} now.",
        len(months),
        before=_amount(before),
        after=_amount(after),
    )
    click.echo(told)


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
        fail(_("still running; end it first: qlbreak quit"), ALREADY_RUNNING)
    if told is None:
        click.echo(_("Nothing was removed."))
        return
    delete.sweep(paths)
    click.echo(told)
    if others := delete.other_devices(folder):
        names = ", ".join(others)
        click.echo(
            _("Kept: the record of {names}; --all-devices removes that as well", names=names)
        )
    for path in delete.left(paths, folder):
        click.echo(_("Left: {path}", path=path))


def _removed(paths: Paths, folder: "JournalFolder", *, all_devices: bool, yes: bool) -> str | None:
    """None where the person would rather keep it."""
    from qlbreak.record import delete

    journals = delete.journals(folder, all_devices=all_devices)
    others = delete.others(paths)
    if not journals and not others:
        return _("There is nothing to remove.")
    mine, besides = _files(journals), _files(others)
    if all_devices:
        # Translators: {files} and {others} are like "3 files (12 kB)".
        told = _(
            "{files} with the record of all devices, in {folder}; {others} besides (log, pictures, "
            "pages).",
            files=mine,
            folder=folder.path,
            others=besides,
        )
    else:
        told = _(
            "{files} with the record of this device, {device}, in {folder}; {others} besides (log, "
            "pictures, pages).",
            files=mine,
            device=folder.device,
            folder=folder.path,
            others=besides,
        )
    question = _("Remove them for good?")
    if not agreed(f"{told} {question}", yes=yes):
        return None
    delete.remove([*journals, *others])
    return _("Removed: {what}", what=told)


def _files(found: "list[Path]") -> str:
    size = sum(path.stat().st_size for path in found)
    # Translators: {size} is like "12 kB".
    return ngettext("{n} file ({size})", "{n} files ({size})", len(found), size=_amount(size))


COMMANDS = (devices, compress, delete_data)
