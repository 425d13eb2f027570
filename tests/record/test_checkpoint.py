"""What a kill would lose is kept beside the journal, with hardly a write to the disk."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk import MORNING, Desk
from needing import on_unix, writing
from qlbreak.core.model.inputs import Checkpoint
from qlbreak.record.checkpoint import DISK_EVERY, Checkpoints


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    return tmp_path / "beat.json"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    return tmp_path / "checkpoint.json"


def after(minutes: float, seconds: float = 90.0) -> Checkpoint:
    return Checkpoint(MORNING + timedelta(minutes=minutes), MORNING, seconds, 15.0)


@on_unix("modes of files")
def test_what_was_saved_is_loaded(beat: Path, disk: Path) -> None:
    Checkpoints(beat, disk).save(after(1), 0)
    assert Checkpoints(beat, disk).load() == after(1)
    assert Checkpoints(None, disk).load() == after(1)
    assert {path.stat().st_mode & 0o777 for path in (beat, disk)} == {0o600}


def test_the_later_of_both_wins(beat: Path, disk: Path) -> None:
    checkpoints = Checkpoints(beat, disk)
    checkpoints.save(after(1), 0)
    checkpoints.save(after(1.5), 30)
    assert Checkpoints(None, disk).load() == after(1)
    assert Checkpoints(beat, disk).load() == after(1.5)
    Checkpoints(None, disk).save(after(7), 0)
    assert Checkpoints(beat, disk).load() == after(7)


def test_a_shorter_one_leaves_nothing_of_a_longer_one(beat: Path, disk: Path) -> None:
    checkpoints = Checkpoints(beat, disk)
    checkpoints.save(after(1.123456, 1234.567891), 0)
    checkpoints.save(after(2, 1.0), 15)
    assert checkpoints.load() == after(2, 1.0)


def test_the_disk_is_written_once_a_minute(beat: Path, disk: Path) -> None:
    checkpoints = Checkpoints(beat, disk)
    written = []
    for tick in range(40):
        checkpoints.save(after(tick / 4, 15.0 * tick), 15.0 * tick)
        written.append(disk.stat().st_ino)  # each write puts another file in its place
    changes = [tick for tick in range(1, 40) if written[tick] != written[tick - 1]]
    assert changes == list(range(4, 40, round(DISK_EVERY / 15)))


def test_nothing_is_written_while_nothing_is_sat(disk: Path) -> None:
    checkpoints = Checkpoints(None, disk)
    checkpoints.save(after(1, 0.0), 0)
    before = writing(disk)
    for minute in range(2, 60):
        checkpoints.save(after(minute, 0.0), 60.0 * minute)
    assert writing(disk) == before
    checkpoints.save(after(61, 5.0), 3660)
    assert checkpoints.load() == after(61, 5.0)


@on_unix("a folder in the place of a file is told otherwise")
def test_no_half_file_stays_behind(tmp_path: Path) -> None:
    target = tmp_path / "checkpoint.json"
    target.mkdir()
    with pytest.raises(IsADirectoryError):
        Checkpoints(None, target).save(after(1), 0)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\0", b"[" * 99999, b'{"at":"2026-03-02"}'])
def test_garbage_counts_as_none(beat: Path, disk: Path, content: bytes) -> None:
    disk.write_bytes(content)
    assert Checkpoints(beat, disk).load() is None
    Checkpoints(beat, disk.with_name("other")).save(after(3), 0)
    assert Checkpoints(beat, disk).load() == after(3)


def test_a_time_without_its_offset_counts_as_none(beat: Path, disk: Path) -> None:
    """It could not be compared with the other one."""
    Checkpoints(beat, disk.with_name("other")).save(after(3), 0)
    disk.write_text('{"at":"2026-03-02T10:00:00","after":null,"seconds":1,"tail":0}')
    assert Checkpoints(beat, disk).load() == after(3)


@given(content=st.binary(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_garbage_counts_as_none(disk: Path, content: bytes) -> None:
    disk.write_bytes(content)
    assert Checkpoints(None, disk).load() is None


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_counts_as_none(disk: Path, make: object) -> None:
    assert callable(make)
    make(disk)
    assert Checkpoints(None, disk).load() is None


def test_the_core_takes_it_only_where_it_follows_on_the_journal(disk: Path) -> None:
    desk = Desk().work(9)
    Checkpoints(None, disk).save(desk.reminder.checkpoint(), 0)
    saved = Checkpoints(None, disk).load()
    assert saved == desk.reminder.checkpoint()
    assert desk.work(2).reminder.checkpoint().after != saved.after
