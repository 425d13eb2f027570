"""The record's folder vanishes and comes back: nothing is lost, and it goes on by itself."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from desk import CATALOGUE
from fakes import Office
from needing import has_mode, on_unix
from qlbreak.core.model.facts import AnyFact, Sore
from qlbreak.core.model.inputs import Reconfigure
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Side
from qlbreak.notify import notes
from qlbreak.record.journal import Problem, read

mounting = on_unix("it mounts a disk")
_LONG = 60.0  # seconds, until nobody believes any more that it comes back


class Place(NamedTuple):
    """`folder`: of the record; the others are free for what happens to it."""

    folder: Path
    aside: Path
    kept: Path

    @property
    def file(self) -> Path:
        return self.folder / "device.jsonl"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "record"
    folder.mkdir()
    yield Place(folder, tmp_path / "aside", tmp_path / "kept")
    with suppress(OSError):
        folder.chmod(0o700)
    if sys.platform != "win32":
        for mounted in (folder, folder, tmp_path / "aside"):
            subprocess.run(["umount", "--lazy", str(mounted)], check=False, capture_output=True)


def mount(folder: Path, *more: str) -> None:
    command = ["mount", "-t", "tmpfs", *more, "record", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")


def sore(path: Path) -> list[Side | None]:
    problems: list[Problem] = []
    facts: list[AnyFact] = read(path, problems)
    assert problems == []
    return [fact.side for fact in facts if isinstance(fact, Sore)]


def office_at(place: Place) -> Office:
    office = Office(place.folder, kept=place.kept).launch()
    assert not office.tell("sore left").unsaved
    return office


def away_and_back(place: Place, away: Callable[[], object], back: Callable[[], object]) -> Office:
    """Something is said before, meanwhile and afterwards."""
    office = office_at(place)
    away()
    assert office.tell("sore right").unsaved.startswith("not saved yet: ")
    assert office.owner.trouble.startswith("The record cannot be written: ")
    assert office.wall.up[notes.RECORD].title == "The record cannot be written"
    assert place.kept.exists()
    back()
    assert not office.tell("sore both").unsaved
    assert office.owner.trouble == ""
    assert notes.RECORD not in office.wall.up
    assert not place.kept.exists()
    return office


def test_a_folder_that_was_moved_away(place: Place) -> None:
    away_and_back(
        place, lambda: place.folder.rename(place.aside), lambda: place.aside.rename(place.folder)
    )
    assert sore(place.file) == [Side.LEFT, Side.RIGHT, Side.BOTH]


@mounting
def test_a_disk_that_was_unmounted(place: Place) -> None:
    """Nothing is written below the place at which it is mounted: nobody would see that again."""
    below = place.aside
    below.mkdir()
    mount(place.folder)

    def away() -> None:
        subprocess.run(["mount", "--bind", str(place.folder), str(below)], check=True)
        subprocess.run(["umount", "--lazy", str(place.folder)], check=True)

    def back() -> None:
        assert list(place.folder.iterdir()) == []
        subprocess.run(["mount", "--bind", str(below), str(place.folder)], check=True)
        subprocess.run(["umount", "--lazy", str(below)], check=True)

    office = away_and_back(place, away, back)
    assert sore(place.file) == [Side.LEFT, Side.RIGHT, Side.BOTH]
    office.journal.close()


@mounting
def test_a_folder_on_a_disk_that_was_unmounted(place: Place) -> None:
    """However long it takes: the folder is not made anew on the disk below."""
    inner = place.folder / "deeper"
    mount(place.folder)
    inner.mkdir()
    office = office_at(place._replace(folder=inner))
    subprocess.run(["umount", "--lazy", str(place.folder)], check=True)
    for _ in range(3):
        office.clock.forward(_LONG)
        assert "its disk is not mounted" in office.tell("sore right").unsaved
    assert list(place.folder.iterdir()) == []
    office.journal.close()


@mounting
def test_a_disk_that_can_only_be_read_for_a_while(place: Place) -> None:
    mount(place.folder)

    def remount(how: str) -> None:
        command = ["mount", "-o", f"remount,{how}", str(place.folder)]
        subprocess.run(command, check=True)

    def read_only() -> None:
        office.journal.close()  # else it would be busy
        remount("ro")

    office = office_at(place)
    read_only()
    assert "the disk is read-only" in office.tell("sore right").unsaved
    remount("rw")
    assert not office.tell("sore both").unsaved
    assert sore(place.file) == [Side.LEFT, Side.RIGHT, Side.BOTH]
    office.journal.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may everything")
def test_a_permission_that_was_lost(place: Place) -> None:
    away_and_back(place, lambda: place.folder.chmod(0), lambda: place.folder.chmod(0o700))
    assert sore(place.file) == [Side.LEFT, Side.RIGHT, Side.BOTH]


def test_a_file_in_the_place_of_the_folder(place: Place) -> None:
    def away() -> None:
        shutil.rmtree(place.folder)
        place.folder.write_text("no folder")

    def back() -> None:
        place.folder.unlink()
        place.folder.mkdir()

    away_and_back(place, away, back)
    assert sore(place.file) == [Side.RIGHT, Side.BOTH]


def test_a_folder_in_the_place_of_the_file(place: Place) -> None:
    def away() -> None:
        place.file.rename(place.aside)
        place.file.mkdir()

    def back() -> None:
        place.file.rmdir()
        place.aside.rename(place.file)

    away_and_back(place, away, back)
    assert sore(place.file) == [Side.LEFT, Side.RIGHT, Side.BOTH]


# What needs no waiting


@pytest.mark.parametrize(
    "how",
    [
        "file removed",
        "folder made again",
        "replaced",
        pytest.param("a link", marks=on_unix("a link needs a right there")),
    ],
)
def test_what_is_there_is_written_to(place: Place, how: str) -> None:
    office = office_at(place)
    left = [Side.RIGHT, Side.BOTH]
    match how:
        case "file removed":
            place.file.unlink()
        case "folder made again":
            shutil.rmtree(place.folder)
            place.folder.mkdir()
        case "replaced":
            place.folder.rename(place.aside)
            shutil.copytree(place.aside, place.folder)
            left = [Side.LEFT, *left]
        case _:
            place.folder.rename(place.aside)
            place.folder.symlink_to(place.aside)
            left = [Side.LEFT, *left]
    for word in ("right", "both"):
        assert not office.tell(f"sore {word}").unsaved
    assert sore(place.file) == left


def test_a_folder_that_was_removed_for_good_is_made_again(place: Place) -> None:
    office = office_at(place)
    shutil.rmtree(place.folder)
    assert "its folder is gone; put it back" in office.tell("sore right").unsaved
    office.clock.forward(_LONG)
    office.tick(0.0)
    assert office.owner.trouble == ""
    assert sore(place.file) == [Side.RIGHT]
    assert has_mode(place.folder, 0o700)


# The settings do not depend on it


def test_settings_that_change_meanwhile_apply(place: Place) -> None:
    office = office_at(place).work(20)
    place.folder.rename(place.aside)
    office.give(Reconfigure(CATALOGUE, Rules(sitting=25 * 60.0), office.profile))
    assert office.owner.scene().status.interval == 25 * 60
    office.work(6)
    assert office.wall.up[notes.PROMPT].about == 1
    place.aside.rename(place.folder)
    office.work(1)
    assert office.lines == ["launched", "sore", "sat", "sat", "shown"]
