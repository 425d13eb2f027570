"""The movements and routines that come with the program: what they say, take and refuse."""

import json
import re
import tomllib
from importlib.resources import files
from typing import get_args

import pytest
from msgspec.structs import replace

from desk import held_seconds
from qlbreak import data
from qlbreak.core.model.movements import Block, Catalogue, Flag, Movement, Position
from qlbreak.core.model.routine import instruction, steps, total_seconds
from qlbreak.core.model.score import Moment, timeline
from qlbreak.core.model.terms import Side
from words import AVOIDED

MOVEMENTS = """
reset-rock posture-reset both 24 14 29 C
reset-shift posture-reset both 18 10 26 B
reset-stand posture-reset both 19 13 37 B
reset-backbend posture-reset both 19 10 28 C
reset-walk posture-reset both 60 30 120 B
reset-cushion posture-reset both 15 10 20 B
rel-breath release both 26 20 38 D
rel-hands release one-sided 19 14 29 C
rel-wall-ball release one-sided 26 22 42 C
rel-wall-big release one-sided 21 21 45 C
rel-chair-balls release both 60 28 84 D
rel-floor-ball release one-sided 39 31 43 C
len-seat-lean lengthen one-sided 15 11 20 C
len-seat-reach lengthen one-sided 17 15 30 C
len-stand-shift lengthen one-sided 20 17 30 C
len-boomerang-wall lengthen one-sided 22 18 30 C
len-desk-dog lengthen both 25 18 30 B
len-dog lengthen both 24 20 28 C
len-knee-roll lengthen both 32 20 44 C
len-boomerang-floor lengthen one-sided 26 22 38 C
str-brace strengthen both 26 18 35 B
str-seat-hitch strengthen one-sided 16 10 25 D
str-hip-hike strengthen one-sided 21 13 29 C
str-side-return strengthen one-sided 20 15 29 B
str-suitcase strengthen one-sided 21 15 30 C
str-wall-plank strengthen one-sided 24 13 24 B
str-knee-plank strengthen one-sided 25 12 38 B
str-full-plank strengthen one-sided 26 13 39 B
str-bird-dog strengthen one-sided 27 18 35 C
nb-psoas-split neighbour one-sided 18 16 30 C
nb-march neighbour both 21 16 26 D
nb-oblique-turn neighbour one-sided 15 12 20 C
nb-hip-abd neighbour one-sided 20 16 29 B
nb-glute-knee neighbour one-sided 20 15 30 C
nb-glute-ball neighbour one-sided 25 21 45 C
nb-calf-pump neighbour both 26 19 53 B
"""

TOTALS = """
r30-rock 27, r30-lean 29, r30-hitch 27, r30-brace 30, r30-breath 30, r60-desk 60, r60-wake 56,
r60-quiet 57, r60-boomerang 58, r60-hipfront 60, r60-parked 60, r90-wall 86, r90-desk 89,
r90-quiet 90, r90-oblique 89, r90-travel 90, r180-full-ball 180, r180-full-hip 179, r180-no-kit
177, r180-travel 180, r180-quiet 176, r180-evening 178
"""

EXTRA = {"r180-full-ball": 13, "r180-full-hip": 18, "r180-no-kit": 13, "r180-evening": 12}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return data.load()


def brief(m: Movement) -> str:
    sides = "one-sided" if m.sided else "both"
    return f"{m.id} {m.kind} {sides} {m.default_s} {m.min_s} {m.max_s} {m.grade}"


def test_the_movements_are_the_documented_ones(catalogue: Catalogue) -> None:
    assert [brief(m) for m in catalogue.movements.values()] == MOVEMENTS.split("\n")[1:-1]


def test_nothing_of_the_movements_was_lost(catalogue: Catalogue) -> None:
    every = list(catalogue.movements.values())
    assert (len(every), sum(len(m.steps) for m in every)) == (36, 148)
    assert sum(len(m.sources) for m in every) == 78
    assert sum(len(m.asks) for m in every) == 73
    assert sum(m.discreet for m in every) == 11
    assert sum(m.from_seed for m in every) == 17


def test_each_routine_takes_its_documented_time(catalogue: Catalogue) -> None:
    totals = [
        f"{routine.id} {total_seconds(catalogue.exercises(routine.blocks))}"
        for routine in catalogue.routines.values()
    ]
    assert totals == TOTALS.strip().replace("\n", " ").split(", ")
    assert len(totals) == 22


def test_routine_names_are_short_and_all_different(catalogue: Catalogue) -> None:
    names = [routine.name for routine in catalogue.routines.values()]
    assert len(set(names)) == len(names)
    assert all(2 <= len(name.split()) <= 4 for name in names)


def test_a_movement_has_a_plain_name_that_fits_its_line_in_the_list(catalogue: Catalogue) -> None:
    for m in catalogue.movements.values():
        assert len(m.plain_name) <= 32, m.id
        assert m.name == f"{m.plain_name} ({m.trade_name})" or m.name == m.plain_name, m.id
        trade = r"\b(ql|psoas|boomerang|dog|hike|hitch)\b"
        assert not re.search(trade, m.plain_name.lower()), m.id
        assert not m.sided or "{side}" in m.side_label, m.id


def test_what_a_side_means_is_a_sentence_with_the_side_in_it(catalogue: Catalogue) -> None:
    wall = catalogue.movements["len-boomerang-wall"]
    assert wall.meaning(Side.LEFT) == "Stretches your left side, the one away from the wall"
    assert wall.meaning(Side.BOTH) == ""
    own = replace(wall, side_label="side that gets longer")  # as in files of their own
    assert own.meaning(Side.RIGHT) == "Right: side that gets longer"


def test_some_movements_are_left_for_a_person_with_every_flag(catalogue: Catalogue) -> None:
    every = set(get_args(Flag))
    assert {m.id for m in catalogue.available(every)} == {
        *("reset-shift", "reset-walk", "reset-cushion", "rel-breath"),
        *("len-seat-lean", "str-brace", "nb-march", "nb-calf-pump"),
    }


def test_what_is_for_meetings_is_seated_and_discreet(catalogue: Catalogue) -> None:
    for routine in catalogue.routines.values():
        if {"meeting", "long meeting"} & set(routine.contexts):
            for block in catalogue.exercises(routine.blocks):
                assert block.movement.discreet, routine.id
                assert block.movement.position is Position.SEATED, routine.id


def test_no_word_to_avoid_is_shown(catalogue: Catalogue) -> None:
    for m in catalogue.movements.values():
        shown = " / ".join([m.name, m.dose.say, m.caution, m.targets, m.side_label, *m.steps])
        assert not AVOIDED.search(shown), m.id
    for routine in catalogue.routines.values():
        assert not AVOIDED.search(routine.name), routine.id


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_left_and_right_differ_by_the_extra_set_only(catalogue: Catalogue, side: Side) -> None:
    for routine in catalogue.routines.values():
        blocks = catalogue.exercises(routine.blocks)
        left, right = held_seconds(blocks, side)
        more = left - right if side is Side.LEFT else right - left
        assert more == EXTRA.get(routine.id, 0), routine.id
        assert (left > 0) is any(block.movement.sided for block in blocks), routine.id


def test_a_timeline_starts_on_its_side_and_walks_to_the_wall_once(catalogue: Catalogue) -> None:
    blocks = (
        Block("reset-rock", 15), Block("len-boomerang-wall", 18), Block("str-wall-plank", 12),
    )  # fmt: skip
    phases = list(timeline(catalogue.exercises(blocks), Side.RIGHT))
    assert [(p.moment, p.seconds, p.side) for p in phases] == [
        (Moment.READY, 4, Side.BOTH),
        (Moment.WORK, 15, Side.BOTH),
        (Moment.READY, 8, Side.RIGHT),
        (Moment.WORK, 18, Side.RIGHT),
        (Moment.CHANGE, 6, Side.LEFT),
        (Moment.WORK, 18, Side.LEFT),
        (Moment.READY, 4, Side.RIGHT),
        (Moment.WORK, 12, Side.RIGHT),
        (Moment.CHANGE, 6, Side.LEFT),
        (Moment.WORK, 12, Side.LEFT),
    ]


def test_things_that_replace_each_other_are_needed_once(catalogue: Catalogue) -> None:
    hike = catalogue.movements["str-hip-hike"]
    assert hike.possible_with({"desk"})
    assert hike.possible_with({"steady chair", "bag"})
    assert not hike.possible_with({"wall"})
    assert catalogue.movements["reset-walk"].possible_with(set())


def test_a_stricter_caution_hides_what_the_looser_one_does(catalogue: Catalogue) -> None:
    knees = catalogue.movements["len-knee-roll"]
    assert not knees.allowed_with({"osteo"})
    assert not knees.allowed_with({"preg-late"})
    assert knees.allowed_with({"preg"})
    assert not catalogue.movements["str-hip-hike"].allowed_with({"preg-late"})


@pytest.mark.parametrize(
    ("routine", "side", "line"),
    [
        ("r30-brace", Side.BOTH, "Sit tall with a firm waist 26 s."),
        (
            "r60-desk",
            Side.LEFT,
            "Seated pelvic rock 15 s, then seated side reach 17 s each side, left first"
            " (stretched side).",
        ),
        (
            "r30-lean",
            Side.RIGHT,
            "Quiet lean to the side 11 s each side, right first (stretched side).",
        ),
        (
            "r180-evening",
            Side.RIGHT,
            "Lying knee rolls 32 s; lying side stretch 26 s each side, right first"
            " (stretched side); side plank on knees 25 s each side, right first (lower side), then"
            " side plank on knees 12 s more on the right.",
        ),
    ],
)
def test_the_instruction_is_one_line(
    catalogue: Catalogue, routine: str, side: Side, line: str
) -> None:
    assert instruction(catalogue.exercises(catalogue.routines[routine].blocks), side) == line


def test_the_steps_say_what_the_side_means(catalogue: Catalogue) -> None:
    assert steps(catalogue.exercises(catalogue.routines["r30-lean"].blocks), Side.LEFT) == [
        "1. Quiet lean to the side: 11 s each side, left first."
        " Stretches your left side; lean the other way.",
        "1.1 Sit tall, one forearm on the armrest or thigh.",
        "1.2 Slide that elbow out; the other waist opens.",
        "1.3 Keep both sit-bones heavy; breathe into the long side.",
        "1.4 Return slowly, change sides.",
        "Take care: Lean sideways, not forward; mild pull only.",
    ]


def test_an_extra_set_points_back_instead_of_saying_to_change_sides(catalogue: Catalogue) -> None:
    lines = steps(catalogue.exercises(catalogue.routines["r180-full-hip"].blocks), Side.RIGHT)
    assert lines[-3:] == [
        "5. Side reach at the wall (Boomerang): 18 s more on the right."
        " Stretches your right side, the one away from the wall.",
        "5.1 As in 3, without changing sides.",
        "Take care: Keep the chest facing forward; small curve first."
        " Stop if anything runs down a leg.",
    ]


ROCK = '[reset-rock]\nname = "Seated pelvic rock (C-to-S)"\n'
LABEL = 'side_label = "Presses your {side} side"\n'
REACH = '{ movement = "len-seat-reach", seconds = 17 }'
KNEES = '"str-knee-plank", seconds = 12, extra_side = true'
WALLS = KNEES.replace("knee", "wall").replace("12", "13")


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("movements", ROCK, ROCK + "colour = 1\n", "reset-rock: colour: unknown key"),
        ("movements", ROCK, ROCK + 'id = "x"\n', "reset-rock: id: unknown key"),
        ("movements", ROCK, "[reset-rock]\n", "reset-rock: name: missing key"),
        ("movements", ROCK, ROCK + ROCK, "Cannot declare ('reset-rock',) twice (at line 5"),
        ("movements", ROCK, "size = 1\n" + ROCK, "size: stands before the first [entry]"),
        ("movements", ROCK, "[reset-rock]\nname = 7\n", "reset-rock: name: expected str, got int"),
        ("movements", ROCK, '[reset-rock]\nname = ""\n', "reset-rock: name: expected str of"),
        ("movements", "[reset-rock]", "[rock]", "rock: id: the kind posture-reset needs an id"),
        ("movements", LABEL, "", "rel-hands: side_label: missing; a one-sided movement"),
        ("movements", ROCK, ROCK + LABEL, "reset-rock: side_label: only for a movement with sided"),
        ("movements", ", held = [30, 60, 120]", "", "reset-walk: dose: either reps or held"),
        (
            "movements",
            "reps = [2, 4, 5], in = 1, there = 2.6, back = 2.6, out = 2",
            "reps = [2, 4, 5]",
            "reset-rock: dose: a repetition takes no time",
        ),
        ("movements", 'neighbour = "calf"\n', "", "nb-calf-pump: neighbour: belongs to the kind"),
        (
            "movements",
            "held = [30, 60, 120]",
            "held = [30, 20, 120]",
            "reset-walk: dose: the least, the usual and the most must rise",
        ),
        ("movements", '["pressing', '["pushing', "rel-hands: asks[0]: unknown value 'pushing with"),
        (
            *("routines", "len-seat-reach", "len-moon"),
            "r60-desk: blocks[1].movement: there is no movement len-moon",
        ),
        ("routines", "seconds = 17 }", "seconds = 14 }", "r60-desk: blocks[1].seconds: 14 is outs"),
        (
            "routines",
            "seconds = 17 }",
            "seconds = 18 }",
            "r60-desk: blocks: 62 s in all, more than",
        ),
        ("routines", "seconds = 17 }", "secs = 17 }", "r60-desk: blocks[1].secs: unknown key"),
        ("routines", "[r60-desk]", "[r90-desks]", "r90-desks: id: length_s 60 needs an id that"),
        ("routines", "length_s = 60", "length_s = 50", "r60-desk: length_s: unknown value 50"),
        ("routines", '["call",', '["cal",', "r30-brace: for[0]: unknown value 'cal'"),
        ("routines", KNEES, KNEES.replace("12", "26"), "r180-evening: blocks[3].seconds: 26 is mo"),
        ("routines", KNEES, KNEES.replace("12", "11"), "r180-evening: blocks[3].seconds: 11 is ou"),
        ("routines", KNEES, WALLS, "blocks[3].extra_side: no full set of"),
        (
            "routines",
            '"reset-rock", seconds = 23',
            '"reset-rock", seconds = 23, extra_side = true',
            "r30-rock: blocks[0].extra_side: reset-rock is not one-sided (and 1 more)",
        ),
        (
            "routines",
            f"{REACH},\n]",
            f"{REACH},\n{REACH.replace('17 }', '15, extra_side = true }')},\n]",
            "r60-desk: blocks: an extra set is for 180 s routines, and only one",
        ),
        (
            "routines",
            '{ movement = "str-wall-plank", seconds = 13, extra_side = true }',
            '{ movement = "str-brace", seconds = 18 }, '
            '{ movement = "str-wall-plank", seconds = 13, extra_side = true }',
            "r180-full-ball: blocks[5].extra_side: the block before must be in the same position",
        ),
    ],
)
def test_each_mistake_has_its_line(file: str, old: str, new: str, line: str) -> None:
    texts = {
        name: files(data).joinpath(f"{name}.toml").read_text("utf-8")
        for name in ("movements", "routines")
    }
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(data.CatalogueError) as caught:
        data.parse(texts["movements"], texts["routines"])
    said = str(caught.value)
    assert said.startswith(f"{file}.toml: ")
    assert line in said
    assert "\n" not in said


def test_every_source_is_known_and_every_known_one_is_used(catalogue: Catalogue) -> None:
    used = {name for movement in catalogue.movements.values() for name in movement.sources}
    assert set(data.sources()) == used


def test_what_a_package_has_ready_is_what_the_texts_say() -> None:
    ready = files("qlbreak.data").joinpath(data.READY)
    if not ready.is_file():
        pytest.skip("the source tree, not a built package")
    for name, tables in json.loads(ready.read_text("utf-8")).items():
        assert tables == tomllib.loads(files("qlbreak.data").joinpath(name).read_text("utf-8"))
