"""`make packages`: what came is a line each, and so is what could not be built here."""

import shlex
from pathlib import Path

import pytest

import build
from build import Kind, all_of


def kind(name: str, does: str) -> Kind:
    """Its builder is told the folder as $0."""
    return Kind(name, f"*.{name}", ("sh", "-c", does))


GOOD = kind("good", "touch $0/x.good")
LACKING = kind("lacking", "echo looking >&2; echo 'qlbreak: it takes a mill' >&2; exit 69")
BROKEN = kind("broken", "echo 'no water' >&2; exit 3")
EMPTY = kind("empty", "true")


def test_each_file_is_a_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    into = tmp_path / "dist"
    assert all_of([GOOD], into, whole=True) == 0
    assert (into / "x.good").exists()
    assert capfd.readouterr().out == "dist/x.good  0.0 MB\n"


def test_what_cannot_be_built_here_is_said_and_the_rest_built(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert all_of([LACKING, GOOD], tmp_path, whole=False) == 0
    assert (tmp_path / "x.good").exists()
    told = capfd.readouterr().err
    assert told == "looking\nqlbreak: lacking cannot be built here: it takes a mill\n"


def test_who_asks_for_it_is_told_by_the_exit_code(tmp_path: Path) -> None:
    assert all_of([LACKING], tmp_path, whole=True) == build.UNAVAILABLE


@pytest.mark.parametrize(("wrong", "code"), [(BROKEN, 3), (EMPTY, 1)])
def test_what_fails_fails_all_and_the_rest_is_built(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], wrong: Kind, code: int
) -> None:
    assert all_of([wrong, GOOD], tmp_path, whole=False) == code
    assert (tmp_path / "x.good").exists()
    told = capfd.readouterr().err
    assert f"qlbreak: {wrong.name} failed, with {code}" in told
    assert ("no water" in told) == (wrong is BROKEN)


def test_what_another_version_left_is_gone(tmp_path: Path) -> None:
    """Else it would be uploaded, too."""
    (tmp_path / "old.good").touch()
    (tmp_path / "old.lacking").touch()
    (tmp_path / "notes.txt").touch()
    all_of([GOOD, LACKING], tmp_path, whole=False)
    assert {file.name for file in tmp_path.iterdir()} == {"x.good", "notes.txt"}


def test_every_builder_hears_of_the_moment(tmp_path: Path) -> None:
    moment = kind("moment", 'echo "$SOURCE_DATE_EPOCH" > $0/x.moment')
    assert all_of([moment], tmp_path, whole=True) == 0
    assert (tmp_path / "x.moment").read_text().strip() == build.epoch()


def test_each_is_a_target_of_its_own() -> None:
    makefile = (Path(build.__file__).parents[1] / "Makefile").read_text("utf-8")
    (targets,) = [line for line in makefile.splitlines() if line.startswith("wheel ")]
    assert set(shlex.split(targets.partition(":")[0])) == set(build.KINDS)
