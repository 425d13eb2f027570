"""Figures as files: drawn once, all of them, and the right one for a routine and its side."""

import subprocess
import sys
from pathlib import Path

from PIL import Image

from desk import CATALOGUE
from qlbreak.core.model.terms import Side
from qlbreak.figures.picture_files import Pictures, draw_all


def test_all_are_drawn_and_found(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path)
    blocks = CATALOGUE.exercises(CATALOGUE.routines["r60-desk"].blocks)
    assert not pictures.complete
    assert pictures.of(blocks, Side.LEFT) is None
    draw_all(pictures.folder)
    assert pictures.complete
    for routine in CATALOGUE.routines.values():
        every = CATALOGUE.exercises(routine.blocks)
        for side in Side:
            assert pictures.of(every, side) is not None, routine.id
    left, right = (pictures.of(blocks, side) for side in (Side.LEFT, Side.RIGHT))
    assert left is not None
    assert right is not None
    assert (left.name, right.name) == ("len-seat-reach-left.png", "len-seat-reach-right.png")
    with Image.open(left) as picture:
        assert picture.size == (192, 192)
    assert [path.name for path in tmp_path.iterdir()] == [pictures.folder.name]
    draw_all(pictures.folder)  # somebody else was quicker


def test_a_folder_that_cannot_be_written_leaves_none(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    command = [
        sys.executable,
        "-m",
        "qlbreak.figures.picture_files",
        str(tmp_path / "cache" / "figures"),
    ]
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0
    assert not Pictures(tmp_path / "cache").complete
