"""The check-in as Orca says it."""

import shutil

import pytest

from check_in.test_check_in import remembered
from qlbreak.texts import check_in
from rig.accessibility import Reader
from rig.orca import Orca


@pytest.fixture
def orca(reader: Reader) -> Orca:
    if shutil.which("orca") is None:
        pytest.skip("no Orca here")
    return Orca(reader)


def test_it_is_asked_mended_and_told(reader: Reader, orca: Orca) -> None:
    program = reader.desktop.program()
    remembered(program, [6, 6, 7])
    program.start("check-in")
    said = orca.says("selected radio button")
    assert ["Left.", f"{check_in.NO_ANSWER}.", "selected radio button"] == orca.spoken[-3:]
    steps = {
        "Return": check_in.NOTHING, "7": "7.", "Down": "Right panel", "1": "1.",
        "Tab": "Middle, or can't tell panel",
    }  # fmt: skip
    for key, words in steps.items():
        reader.keys(key)
        said = orca.says(words, said)
    reader.keys("Tab")
    said = orca.says(check_in.WORK, said)
    reader.keys("Return")
    said = orca.says("noted", said)
    orca.says(check_in.CARE, said)
