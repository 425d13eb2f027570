"""What Orca says while a guide runs: what is to be done, and not each second."""

import re
import shutil

import pytest

from guide.test_guide_reader import REACH, ROCK, Guide
from qlbreak.texts import guidance
from rig.accessibility import Reader
from rig.orca import Orca
from rig.waiting import wait_for

pytestmark = pytest.mark.desktop
MOST = 12  # sentences in the 19 seconds of a movement; a window that is opened says six or so


def test_it_is_no_flood(reader: Reader) -> None:
    """Neither where it comes unasked, nor where it has the keyboard."""
    if shutil.which("orca") is None:
        pytest.skip("no Orca here")
    orca = Orca(reader)
    before = len(orca.spoken)
    guide = Guide(reader)
    guide.wait_title("Both sides")
    assert orca.spoken[before:] == []  # it says announcements from version 45 on only
    guide.reader.desktop.activate("Both sides")
    orca.says(ROCK.name, before)
    wait_for(lambda: guidance.title("Get ready: left side", REACH.name) in reader.said, 30, "19 s")
    said = orca.spoken[before:]
    assert len(said) <= MOST, said
    seconds = [words for words in said if re.search(r"\d", words)]
    assert len(seconds) <= 3, said  # how far it is, each ten seconds, as it does for any bar
    guide.press("Close")
    guide.ended()
