"""How the program starts itself: by a Python, frozen, and what is written down for later."""

import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from needing import on_unix
from qlbreak.system import program


class Runtime(NamedTuple):
    """What is asked of `sys`."""

    executable: str
    platform: str = "linux"
    frozen: bool = False


def installed(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).touch(stat.S_IRWXU)
    return folder


def test_by_a_python(tmp_path: Path) -> None:
    runtime = Runtime(str(tmp_path / "python"))
    assert program.words("run", runtime=runtime) == [
        runtime.executable, "-P", "-m", "qlbreak", "run"
    ]  # fmt: skip
    assert program.module("qlbreak.figures.picture_files", "there", runtime=runtime) == [
        runtime.executable, "-P", "-m", "qlbreak.figures.picture_files", "there"
    ]  # fmt: skip


def test_frozen_it_is_the_program(tmp_path: Path) -> None:
    runtime = Runtime(str(tmp_path / "qlbreak"), frozen=True)
    assert program.words("run", runtime=runtime) == [runtime.executable, "run"]
    assert program.module("qlbreak.figures.picture_files", "there", runtime=runtime) == [
        runtime.executable, "-m", "qlbreak.figures.picture_files", "there"
    ]  # fmt: skip


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_an_entry_starts_this_installation(tmp_path: Path, platform: str) -> None:
    runtime = Runtime(str(tmp_path / "python"), platform)
    alone = program.entry("--data-dir", "/d", runtime=runtime)
    assert alone == (runtime.executable, "-P", "-m", "qlbreak", "--data-dir", "/d")
    assert program.options_after(alone) == 4
    installed(tmp_path, "qlbreak")
    assert program.entry(runtime=Runtime(str(tmp_path / "python"))) == (str(tmp_path / "qlbreak"),)


def test_on_windows_an_entry_opens_no_console(tmp_path: Path) -> None:
    folder = installed(tmp_path, "python.exe", "pythonw.exe")
    for started in ("python.exe", "pythonw.exe"):
        runtime = Runtime(str(folder / started), "win32")
        quiet = str(folder / "pythonw.exe")
        assert program.entry(runtime=runtime) == (quiet, "-P", "-m", "qlbreak")


def test_frozen_on_windows_neither_does(tmp_path: Path) -> None:
    folder = installed(tmp_path, "qlbreak.exe", "qlbreakw.exe")
    for started in ("qlbreak.exe", "qlbreakw.exe"):
        runtime = Runtime(str(folder / started), "win32", frozen=True)
        command = program.entry("open", runtime=runtime)
        assert command == (str(folder / "qlbreakw.exe"), "open")
        assert program.options_after(command) == 1


@on_unix("links")
def test_frozen_an_entry_has_the_name_that_a_person_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a package links it; else the program in its own folder."""
    program_file = installed(tmp_path / "lib", "qlbreak") / "qlbreak"
    runtime = Runtime(str(program_file), frozen=True)
    links = installed(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(links))
    assert program.entry(runtime=runtime) == (str(program_file),)
    (links / "qlbreak").symlink_to(program_file)
    assert program.entry("run", runtime=runtime) == (str(links / "qlbreak"), "run")
    other = installed(tmp_path / "other", "qlbreak") / "qlbreak"
    assert program.entry(runtime=Runtime(str(other), frozen=True)) == (str(other),)
    assert program.is_this(str(links / "qlbreak"), runtime)
    assert not program.is_this(str(other), runtime)


def test_whose_an_entry_is_by_its_folder(tmp_path: Path) -> None:
    runtime = Runtime(str(tmp_path / "bin/python"))
    assert program.is_this(str(tmp_path / "bin/qlbreak"), runtime)
    assert not program.is_this(str(tmp_path / "other/qlbreak"), runtime)


@pytest.mark.parametrize("before", ["", "/opt/lib"])
def test_what_we_start_knows_nothing_of_our_libraries(before: str) -> None:
    ours = {"LD_LIBRARY_PATH": "/usr/lib/qlbreak/_internal", "_PYI_ARCHIVE_FILE": "x", "HOME": "/h"}
    environment = ours | ({"LD_LIBRARY_PATH_ORIG": before} if before else {})
    program.settle(environment)
    assert environment == {"HOME": "/h"} | ({"LD_LIBRARY_PATH": before} if before else {})
