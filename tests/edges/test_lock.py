"""One instance a folder, for as long as it lives and not a moment longer."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from edges.program import import_path
from qlbreak.lock import AlreadyRunning, Lock

HOLDER = """\
import sys
from pathlib import Path
from qlbreak.lock import Lock
Lock(Path(sys.argv[1])).take()
print("taken", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it ends."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=import_path(),
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "taken\n"
        yield process
        process.kill()


def test_the_second_one_is_refused(path: Path) -> None:
    with Lock(path), pytest.raises(AlreadyRunning):
        Lock(path).take()
    Lock(path).take()


def test_a_refused_one_can_try_again(path: Path) -> None:
    first, second = Lock(path), Lock(path)
    first.take()
    with pytest.raises(AlreadyRunning):
        second.take()
    first.release()
    second.take()
    second.release()
    second.release()


def test_another_process_is_refused_until_a_kill(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(AlreadyRunning):
        Lock(path).take()
    holder.kill()
    holder.wait()
    Lock(path).take()


def test_the_file_stays_and_is_its_owners_alone(path: Path) -> None:
    with Lock(path):
        assert path.stat().st_mode & 0o777 == 0o600
    assert path.exists()


def test_a_folder_in_its_place_is_no_other_instance(path: Path) -> None:
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        Lock(path).take()
