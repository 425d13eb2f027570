"""Keys out of what a terminal sends, however it is cut into pieces."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qlbreak.system.keys import Keys

SENT = ["d", " ", "é", "\x1b[D", "\x1b[1;5C", "\x1bOP", "\x1bd", "\r", "\x1b[3~"]
PASTE = "\x1b[200~rm -rf d\x1b[D k\x1b[201~"


@given(st.lists(st.sampled_from(SENT), max_size=3), st.lists(st.integers(0, 60)))
def test_a_key_is_one_key_in_however_many_pieces_it_comes(sent: list[str], cuts: list[int]) -> None:
    text = "".join(sent)
    places = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    keys, found = Keys(), []
    for begin, end in pairwise(places):
        found += keys.take(text[begin:end])
    assert found + keys.take("", last=True) == sent


@given(st.lists(st.integers(0, len(PASTE))))
def test_a_paste_presses_nothing(cuts: list[int]) -> None:
    text = f"{PASTE}x"
    places = sorted({0, len(text), *cuts})
    keys, found = Keys(), []
    for begin, end in pairwise(places):
        found += keys.take(text[begin:end])
    assert found == ["x"]


def test_escape_alone_is_a_key_once_nothing_follows() -> None:
    keys = Keys()
    assert keys.take("\x1b") == []
    assert keys.half
    assert keys.take("", last=True) == ["\x1b"]


def test_more_at_once_than_fingers_can_is_a_paste_of_a_terminal_that_marks_none() -> None:
    assert Keys().take("done") == []
    assert Keys().take("sk") == ["s", "k"]


def test_of_a_console_of_windows() -> None:
    assert Keys().take("\x00H", last=True) == ["\x00H"]
