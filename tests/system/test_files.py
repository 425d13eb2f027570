"""Files that are written whole or not at all, also while somebody reads what was there before."""

from pathlib import Path
from threading import Thread

import pytest

from qlbreak.system import files
from rig.waiting import PATIENCE, wait_for


def test_a_file_that_is_being_read_is_replaced_all_the_same(tmp_path: Path) -> None:
    """Windows refuses it for as long as somebody has it open."""
    target = tmp_path / "settings"
    target.write_bytes(b"old")
    saving = Thread(target=files.save, args=(target, [b"new"]))
    with target.open("rb") as read:
        saving.start()
        wait_for(
            lambda: not saving.is_alive() or any(f != target for f in tmp_path.iterdir()),
            PATIENCE,
            "it is under way",
        )
        assert read.read() == b"old"
    saving.join()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    with pytest.raises(OSError, match="there"):
        files.put(folder, [b"new"])
    assert list(tmp_path.iterdir()) == [folder]
