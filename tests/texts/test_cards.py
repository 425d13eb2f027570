"""Movements and routines as text: what a card tells, what a list leaves out."""

import re

import pytest

from desk import CATALOGUE
from qlbreak.core.model.naming import NoSuch, Several, find
from qlbreak.core.model.profile import Profile
from qlbreak.texts import cards


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
        assert cards.GRADES[movement.grade] in flat


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
    assert cards.table([]) == "Nothing matches.\n"
    assert cards.routines(CATALOGUE, []) == "Nothing matches.\n"


def test_routines_consist_of_what_was_chosen() -> None:
    seated = cards.select(CATALOGUE, None, "seated")
    text = cards.routines(CATALOGUE, seated)
    assert "r30-rock" in text
    assert "r90-wall" not in text


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("str-hip-hike", "str-hip-hike"),
        ("R60-Desk", "r60-desk"),
        ("hip hike", "str-hip-hike"),
        ("standing hip lift", "str-hip-hike"),
        ("Boomerang at the wall", "len-boomerang-wall"),
        ("side reach at the wall (boomerang)", "len-boomerang-wall"),
        ("knee plank", "str-knee-plank"),
        ("floor boom", "len-boomerang-floor"),
        ("suitcase hold", "str-suitcase"),  # its trade name to the letter
        ("wall side reach", "r60-boomerang"),
    ],
)
def test_what_is_asked_for_is_found_by_name_and_by_parts_of_it(word: str, found: str) -> None:
    assert find(CATALOGUE, word) == found


def test_where_several_may_be_meant_they_are_listed() -> None:
    lines = cards.card(CATALOGUE, "plank").splitlines()
    ids = ["str-wall-plank", "str-knee-plank", "str-full-plank", "r90-wall"]
    assert [line.split()[0] for line in lines] == ids
    with pytest.raises(Several, match="may mean str-wall-plank"):
        find(CATALOGUE, "plank")


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("bomerang", "did you mean len-boomerang-wall?"),
        ("r60-boomrang", "did you mean r60-boomerang?"),
        ("nonsense", "see the list: qlbreak movements"),
        ("", "see the list: qlbreak movements"),
        ("-", "see the list: qlbreak movements"),
    ],
)
def test_what_is_not_found_says_what_may_have_been_meant(word: str, hint: str) -> None:
    with pytest.raises(NoSuch, match=re.escape(hint)):
        find(CATALOGUE, word)
