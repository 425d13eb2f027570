"""What tells a machine from all others is the same in each process of it."""

from pathlib import Path

from qlbreak.system.paths import machine_id

CARD = 0x00_1B_44_11_3A_B7
MADE_UP = CARD | 1 << 40  # no card has this bit, so Python sets it in a number that it made up


def test_the_system_s_own_goes_first(tmp_path: Path) -> None:
    (tmp_path / "machine-id").write_text("0123abcd\n")
    assert machine_id([tmp_path / "gone", tmp_path / "machine-id"], lambda: CARD) == "0123abcd"


def test_else_the_network_card_tells(tmp_path: Path) -> None:
    assert machine_id([tmp_path / "gone"], lambda: CARD) == str(CARD)


def test_a_number_that_was_made_up_is_of_no_use(tmp_path: Path) -> None:
    """In a container without either, each command wrote to a journal of its own."""
    assert machine_id([tmp_path / "gone"], lambda: MADE_UP) == ""
