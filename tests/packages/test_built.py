"""Wheel and sdist: what is in them, and that they are the same wherever and whenever built."""

import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import qlbreak

ROOT = Path(__file__).parents[2]
BUILD = Path("packaging/build.py")
HOUR = 3600


def tracked(*below: str) -> set[str]:
    told = subprocess.run(
        ["git", "ls-files", "-z", *below], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip("not a checkout: what belongs to it cannot be told")
    return set(filter(None, told.stdout.split("\0")))


def build(tree: Path, into: Path, *kinds: str, **env: str) -> dict[str, Path]:
    """Its files, by the end of their names."""
    done = subprocess.run(
        [sys.executable, tree / BUILD, "--into", into, *kinds],
        env={**os.environ, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(kinds), "a line a file"
    return {kind: file for kind, file in zip(kinds, sorted_by_kind(into, kinds), strict=True)}


def sorted_by_kind(into: Path, kinds: tuple[str, ...]) -> list[Path]:
    files = {"wheel": "*.whl", "sdist": "*.tar.gz"}
    assert len(list(into.iterdir())) == len(kinds), "nothing else lies beside them"
    return [next(into.glob(files[kind])) for kind in kinds]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(ROOT, tmp_path_factory.mktemp("dist"), "wheel", "sdist")


@pytest.fixture(scope="module")
def in_wheel(built: dict[str, Path]) -> zipfile.ZipFile:
    return zipfile.ZipFile(built["wheel"])


@pytest.fixture(scope="module")
def in_sdist(built: dict[str, Path]) -> dict[str, int]:
    """Name and size, without the folder that all of it is in."""
    with tarfile.open(built["sdist"]) as archive:
        files = [member for member in archive if member.isfile()]
    (folder,) = {member.name.split("/")[0] for member in files}
    assert folder == f"qlbreak-{qlbreak.__version__}"
    return {member.name.partition("/")[2]: member.size for member in files}


def _compiled(files: set[str]) -> set[str]:
    """A catalogue is in it as gettext reads it; the template is for who translates."""
    kept = {name for name in files if not name.endswith(".pot")}
    return {f"{name.removesuffix('.po')}.mo" if name.endswith(".po") else name for name in kept}


def test_the_wheel_has_the_program_and_nothing_else(in_wheel: zipfile.ZipFile) -> None:
    made = {"qlbreak/data/ready.json", "qlbreak/data/config.example.toml"}
    about = {name for name in in_wheel.namelist() if name.split("/")[0].endswith(".dist-info")}
    icons = {f"qlbreak/{name}" for name in tracked("icons")}
    assert {*in_wheel.namelist()} - about == _compiled(tracked("qlbreak")) | icons | made
    assert {Path(name).name for name in about} == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
    }


def test_the_wheel_is_for_every_python_and_system(built: dict[str, Path]) -> None:
    assert built["wheel"].name == f"qlbreak-{qlbreak.__version__}-py3-none-any.whl"
    assert built["wheel"].stat().st_size < 2_000_000


def test_the_sdist_has_what_it_is_built_and_tested_from(in_sdist: dict[str, int]) -> None:
    added = {"PKG-INFO", ".gitignore"}  # by the builder
    rooms = (
        "qlbreak",
        "icons",
        "tests",
        "benchmarks",
        "packaging",
        "docs",
        "*.md",
        "*.toml",
        "*.py",
    )
    kept = {name for name in tracked(*rooms, "Makefile") if not name.startswith("docs/pictures/")}
    assert {*in_sdist} - added == kept


def test_the_sdist_has_no_pictures_of_the_docs(in_sdist: dict[str, int]) -> None:
    large = {name for name, size in in_sdist.items() if size > 160_000}
    assert not {name for name in large if not name.startswith("qlbreak/locale/")}, (
        "what needs that much?"
    )
    assert sum(in_sdist.values()) < 10_000_000


def test_a_wheel_of_the_sdist_is_the_same(built: dict[str, Path], tmp_path: Path) -> None:
    """Who packages it for a distribution builds from that."""
    with tarfile.open(built["sdist"]) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    with zipfile.ZipFile(built["wheel"]) as wheel:  # the moment that it was built for
        moment = wheel.getinfo("qlbreak/__init__.py").date_time
    again = build(tree, tmp_path / "dist", "wheel", SOURCE_DATE_EPOCH=epoch(ROOT))
    with zipfile.ZipFile(again["wheel"]) as wheel:
        assert wheel.getinfo("qlbreak/__init__.py").date_time == moment
    assert bytes_of(again["wheel"]) == bytes_of(built["wheel"])


def test_what_it_says_of_itself_is_whole(in_wheel: zipfile.ZipFile) -> None:
    name = f"qlbreak-{qlbreak.__version__}.dist-info/METADATA"
    about = Parser().parsestr(in_wheel.read(name).decode("utf-8"))
    assert about["Version"] == qlbreak.__version__
    assert len(about["Summary"]) < 200
    assert about["Requires-Python"] == ">=3.11"
    assert about["Description-Content-Type"] == "text/markdown"
    assert len(about["Keywords"].split(",")) > 4
    assert "Topic :: Desktop Environment" in about.get_all("Classifier", [])
    # An index refuses it as long as nobody has said under which licence it may be passed on.
    private = "Private :: Do Not Upload" in about.get_all("Classifier", [])
    assert private == (about["License-Expression"] is None)


def epoch(tree: Path) -> str:
    told = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(told, cwd=tree, capture_output=True, text=True, check=True).stdout.strip()


def bytes_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_two_checkouts_give_the_same_bytes(tmp_path: Path) -> None:
    """Of other paths, times and rights, in another zone: what the hash of a release is worth."""
    tracked()
    hashes = []
    for name, umask, zone, age in (("a", 0o022, "UTC", 0), ("b/deeper", 0o077, "Asia/Tokyo", HOUR)):
        tree = tmp_path / name
        old = os.umask(umask)
        try:
            clone = ["git", "clone", "-q", "--depth", "1", ROOT.as_uri(), str(tree)]
            subprocess.run(clone, check=True, capture_output=True)
        finally:
            os.umask(old)
        for file in tree.rglob("*"):
            if ".git" not in file.parts and file.is_file():
                moment = file.stat().st_mtime - age
                os.utime(file, (moment, moment))
        files = build(tree, tmp_path / f"{age}", "wheel", "sdist", TZ=zone)
        hashes.append({kind: bytes_of(file) for kind, file in files.items()})
    assert hashes[0] == hashes[1]
