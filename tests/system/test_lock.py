"""One instance a folder, for as long as it lives and not a moment longer."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.system import lock as locks
from qlbreak.system.lock import AlreadyRunning, Holder, Lock
from rig.program import import_path
from rig.waiting import PATIENCE

HOLDER = """\
import sys
from pathlib import Path
from qlbreak.system.lock import Lock
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


@on_unix("modes of files")
def test_the_file_stays_and_is_its_owners_alone(path: Path) -> None:
    with Lock(path):
        assert path.stat().st_mode & 0o777 == 0o600
    assert path.exists()


@on_unix("Windows calls a folder one that may not be opened")
def test_a_folder_in_its_place_is_no_other_instance(path: Path) -> None:
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        Lock(path).take()


@on_unix("names that are no text")
def test_it_says_who_holds_it_as_long_as_it_is_held(path: Path, tmp_path: Path) -> None:
    """Also for names that are not UTF-8."""
    told = Holder(7, Path(os.fsdecode(b"/run/Andr\xe9.sock")), tmp_path)
    assert locks.holder(path) is None
    with Lock(path) as lock:
        assert locks.holder(path) is None, "a command, for its own short time"
        lock.say(told)
        assert locks.holder(path) == told
    assert locks.holder(path) is None


def test_what_one_that_was_killed_has_said_counts_no_more(path: Path) -> None:
    path.write_bytes(b"\n7\n/run/x.sock\n/data")
    assert locks.holder(path) is None
    with Lock(path):
        assert locks.holder(path) is None


def test_its_holder_is_read_on_every_system(path: Path, tmp_path: Path) -> None:
    """On Windows the end of a line was two bytes, and nobody could read it."""
    told = Holder(7, tmp_path / "x.sock", tmp_path)
    with Lock(path) as lock:
        lock.say(told)
        assert locks.holder(path) == told


@pytest.mark.skipif(sys.platform == "win32", reason="there a look is a lock for a moment")
def test_who_only_looks_keeps_nobody_away(path: Path) -> None:
    import fcntl

    path.touch()
    looking = os.open(path, os.O_RDWR)
    fcntl.flock(looking, fcntl.LOCK_SH)
    threading.Timer(0.05, os.close, (looking,)).start()
    with Lock(path):
        assert path.exists()


@on_unix("a file that is open can be removed")
def test_a_lock_whose_file_was_removed_is_none(path: Path) -> None:
    with Lock(path) as lock:
        assert lock.holds
        path.unlink()
        assert not lock.holds
        with Lock(path) as other:
            assert other.holds


def test_those_who_change_a_folder_take_turns(tmp_path: Path) -> None:
    """On Windows they did not: the later one wrote over what the other had just saved."""
    other_is_in = threading.Event()

    def other() -> None:
        with locks.alone_in(tmp_path):
            other_is_in.set()

    thread = threading.Thread(target=other)
    with locks.alone_in(tmp_path):
        thread.start()
        assert not other_is_in.wait(0.2)
    thread.join(PATIENCE)
    assert other_is_in.is_set()
    assert list(tmp_path.iterdir()) == []
