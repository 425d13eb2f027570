"""Movements and routines as text: what a card tells, what a list leaves out."""

import pytest

from desk import CATALOGUE
from qlbreak import cards
from qlbreak.core.profile import Profile


@pytest.mark.parametrize("name", [*CATALOGUE.movements, *CATALOGUE.routines])
def test_a_card_is_complete_and_fits_eighty_columns(name: str) -> None:
    text = cards.card(CATALOGUE, name)
    assert all(len(line) <= 80 or " " not in line.strip() for line in text.splitlines())
    movement = CATALOGUE.movements.get(name)
    if movement is not None:
        flat = " ".join(text.split())
        for part in (
            movement.name,
            movement.caution,
            movement.targets,
            *movement.steps_for(movement.default_s),
        ):
            assert " ".join(part.split()) in flat
        assert f"{movement.grade}, {cards.GRADES[movement.grade]}" in flat


def test_the_list_has_a_line_each_within_eighty_columns() -> None:
    lines = cards.table(CATALOGUE.movements.values()).splitlines()
    assert len(lines) == len(CATALOGUE.movements)
    assert max(map(len, lines)) <= 80


def test_a_filter_leaves_out_what_does_not_fit() -> None:
    quiet = cards.select(CATALOGUE, "strengthen", "seated", discreet=True)
    assert [movement.id for movement in quiet] == ["str-brace", "str-seat-hitch", "nb-march"]
    mine = cards.select(CATALOGUE, None, None, profile=Profile(cautions=frozenset(["shoulder"])))
    ids = {movement.id for movement in mine}
    assert "len-seat-lean" in ids
    assert not ids & {"len-seat-reach", "len-dog", "rel-wall-ball"}


def test_a_list_of_nothing_says_so() -> None:
    assert cards.table([]) == "None fits.\n"
    assert cards.routines(CATALOGUE, []) == "None fits.\n"


def test_routines_consist_of_what_was_chosen() -> None:
    seated = cards.select(CATALOGUE, None, "seated")
    text = cards.routines(CATALOGUE, seated)
    assert "r30-rock" in text
    assert "r90-wall" not in text
