"""The moving figures: the person moves as people do, and the right side is marked."""

import subprocess
import sys
from functools import cache
from importlib.resources import files
from itertools import product
from math import acos, degrees

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops

from qlbreak import data
from qlbreak.core.model.movements import Position
from qlbreak.core.model.score import work
from qlbreak.core.model.terms import Side
from qlbreak.figures import moving
from qlbreak.figures.body import (
    CONTACT,
    FOREARM,
    SHIN,
    THIGH,
    UPPER_ARM,
    Chain,
    Skeleton,
    solve,
)
from qlbreak.figures.description import SIDES, Pose, parse
from qlbreak.figures.flesh import mark
from qlbreak.figures.moving import Between, Figure, FigureError, start, telling
from qlbreak.figures.scene import window
from qlbreak.figures.solids import camera
from qlbreak.figures.space import Vec, dot, length, mix, sub, unit
from qlbreak.figures.things import thing

TEXT = files("qlbreak.data").joinpath("figures.toml").read_text("utf-8")
MOVEMENTS = data.load().movements
FIGURES = moving.load()
ONE_SIDED = [name for name, movement in MOVEMENTS.items() if movement.sided]
LYING = ["str-knee-plank", "str-full-plank"]  # seen from behind with the left side down
FROM_BEHIND = [name for name in ONE_SIDED if FIGURES[name].yaw == 0 and name not in LYING]
FROM_THE_LEFT = [name for name in ONE_SIDED if FIGURES[name].yaw > 45]

every = pytest.mark.parametrize("name", FIGURES)


def played(name: str, seconds: int) -> moving.Motion:
    """What the figure does when its movement takes so long."""
    return moving.motion(FIGURES[name], work(MOVEMENTS[name], seconds))


@cache
def moments(name: str) -> list[Skeleton]:
    seconds = MOVEMENTS[name].default_s
    return [solve(played(name, seconds).at(seconds * i / 60)) for i in range(61)]


@cache
def posed(name: str, pose: int) -> Skeleton:
    one = FIGURES[name].poses[pose]
    return solve(Between(one, one))


def all_posed(name: str) -> list[Skeleton]:
    return [posed(name, pose) for pose in range(len(FIGURES[name].poses))]


def told(name: str) -> Skeleton:
    return solve(telling(FIGURES[name]))


def flexion(limb: Chain) -> float:
    """Return how far a limb is bent, in degrees; 0 is straight."""
    cosine = dot(unit(sub(limb.joint, limb.root)), unit(sub(limb.tip, limb.joint)))
    return degrees(acos(max(-1.0, min(1.0, cosine))))


def bulge(limb: Chain) -> Vec:
    """Return where the knee or elbow points to."""
    return unit(sub(limb.joint, mix(limb.root, limb.tip, 0.5)))


def near(a: Vec, b: Vec, far: float) -> bool:
    return length(sub(a, b)) <= far


def test_every_movement_has_a_figure() -> None:
    assert list(FIGURES) == list(MOVEMENTS)


@every
def test_it_moves_and_stays_where_it_tells_most(name: str) -> None:
    figure = FIGURES[name]
    assert len(figure.poses) >= 2
    tells = figure.poses[figure.telling]
    assert tells.hold > 0 or figure.steady
    assert figure.arrows


@every
def test_limbs_keep_their_length(name: str) -> None:
    for bones in moments(name):
        for side in SIDES:
            leg, arm = bones.legs[side], bones.arms[side]
            assert length(sub(leg.joint, leg.root)) == pytest.approx(THIGH, abs=0.01)
            assert length(sub(leg.tip, leg.joint)) == pytest.approx(SHIN, abs=0.01)
            assert length(sub(arm.joint, arm.root)) == pytest.approx(UPPER_ARM, abs=0.01)
            assert length(sub(arm.tip, arm.joint)) == pytest.approx(FOREARM, abs=0.01)


@every
def test_knees_bend_as_knees_do(name: str) -> None:
    for bones in moments(name):
        for leg in bones.legs.values():
            assert flexion(leg) <= 140
            assert flexion(leg) < 10 or dot(bulge(leg), leg.end.z) > 0


@every
def test_elbows_bend_as_elbows_do(name: str) -> None:
    for bones in moments(name):
        for arm in bones.arms.values():
            assert flexion(arm) <= 145
            down = dot(unit(sub(arm.joint, arm.root)), bones.chest[-1].y) < -0.7
            assert not down or flexion(arm) < 10 or dot(bulge(arm), bones.chest[-1].z) < 0.3


@every
def test_the_spine_stays_within_its_range(name: str) -> None:
    """Bounds: well inside what a healthy adult's lumbar and thoracic spine does."""
    for pose in FIGURES[name].poses:
        bend, lean, turn = pose.lumbar
        assert -30 <= bend <= 45
        assert abs(lean) <= 26
        assert abs(turn) <= 15
        bend, lean, turn = pose.chest
        assert -10 <= bend <= 40
        assert abs(lean) <= 25
        assert abs(turn) <= 35


@every
def test_feet_and_hands_reach_what_they_are_on(name: str) -> None:
    for pose, bones in zip(FIGURES[name].poses, all_posed(name), strict=True):
        for side in SIDES:
            leg, arm = pose.leg(side), pose.arm(side)
            if leg.contact != "ankle":
                assert near(bones.legs[side].end.point(CONTACT[leg.contact]), leg.at, 0.5)
            if arm.prop:
                assert near(bones.arms[side].joint, arm.prop, 1.0)
            elif arm.on == "world":
                assert near(bones.arms[side].tip, arm.at, 0.5)


@every
def test_what_is_planted_in_two_poses_stays_planted_between_them(name: str) -> None:
    figure = FIGURES[name]
    turns = [(figure.poses[a], figure.poses[b]) for a, b in figure.turns]
    for before, after in turns:
        for part, side in product((0.3, 0.5, 0.8), SIDES):
            bones, leg, arm = (
                solve(Between(before, after, part)),
                before.leg(side),
                before.arm(side),
            )
            if leg.contact != "ankle" and same(leg, after.leg(side), "contact", "at"):
                assert near(bones.legs[side].end.point(CONTACT[leg.contact]), leg.at, 0.8)
            if arm.on == "world" and same(arm, after.arm(side), "on", "at") and not arm.prop:
                assert near(bones.arms[side].tip, arm.at, 0.8)


def same(one: object, other: object, *names: str) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


@every
def test_nothing_sinks_into_the_floor(name: str) -> None:
    for bones in moments(name):
        for leg in bones.legs.values():
            assert leg.joint[1] > 4.5
            assert all(leg.end.point(place)[1] > -1.2 for place in CONTACT.values())
        for arm in bones.arms.values():
            assert arm.joint[1] > 2.5
            assert arm.tip[1] > 2.5


@every
def test_it_never_jumps(name: str) -> None:
    """Not even where the movement is done at its shortest, and so at its quickest."""
    does, seconds = played(name, MOVEMENTS[name].min_s), MOVEMENTS[name].min_s
    before = solve(start(FIGURES[name]))
    for frame in range(seconds * 25 + 25):
        now = solve(does.at(frame / 25))
        for side in SIDES:
            assert near(now.arms[side].tip, before.arms[side].tip, 11)
            assert near(now.legs[side].tip, before.legs[side].tip, 9)
        assert near(now.head.at, before.head.at, 6)
        before = now


# The marked side


def test_one_sided_movements_are_marked_on_the_left_only() -> None:
    for name in ONE_SIDED:
        assert {spot.side for spot in FIGURES[name].marks} == {"left"}


def reddened(name: str, side: Side) -> Image.Image:
    """Return where the mark changes the picture."""
    figure = FIGURES[name]
    with_it = moving.draw(figure, side, telling(figure), 160, still=True)
    without = moving.draw(replace(figure, marks=()), side, telling(figure), 160, still=True)
    return ImageChops.difference(with_it.convert("RGB"), without.convert("RGB")).convert("L")


def middle(picture: Image.Image) -> float:
    """Return where most of it is, from left to right, as a part of the width."""
    columns = list(picture.resize((picture.width, 1), Image.Resampling.BOX).tobytes())
    return sum(x * column for x, column in enumerate(columns)) / sum(columns) / picture.width


@pytest.mark.parametrize("name", FROM_BEHIND)
def test_from_behind_left_is_left_of_the_spine(name: str) -> None:
    bones, eye = told(name), camera(0, FIGURES[name].pitch)
    for spot in FIGURES[name].marks:
        _, part = mark(bones, spot)
        spine = min(
            (bones.pelvis.at, *(bone.at for bone in (*bones.lumbar, *bones.chest))),
            key=lambda at: length(sub(at, part.blobs[0].frame.at)),
        )
        assert eye.point(part.blobs[0].frame.at)[0] < eye.point(spine)[0] - 3


@pytest.mark.parametrize("name", FROM_BEHIND)
def test_the_mark_is_drawn_on_the_side_that_is_asked_for(name: str) -> None:
    left, right = middle(reddened(name, Side.LEFT)), middle(reddened(name, Side.RIGHT))
    assert left == pytest.approx(1 - right, abs=0.01)
    trunk = told(name).lumbar[1].at
    whole = replace(FIGURES[name], marks=())
    assert left < middle_of(whole, trunk)
    assert right > 1 - middle_of(whole, trunk)


def middle_of(figure: Figure, at: Vec) -> float:
    shown = window(figure)
    return (camera(figure.yaw, figure.pitch).point(at)[0] - shown.left) / shown.width


@pytest.mark.parametrize("name", LYING)
def test_in_a_side_plank_the_lower_side_is_marked(name: str) -> None:
    bones = told(name)
    _, part = mark(bones, FIGURES[name].marks[0])
    assert part.blobs[0].frame.at[1] < bones.lumbar[1].at[1] - 3
    assert bones.arms["left"].root[1] < bones.arms["right"].root[1] - 20


@pytest.mark.parametrize("name", FROM_THE_LEFT)
def test_from_the_side_the_targeted_limb_is_the_near_one(name: str) -> None:
    bones, eye = told(name), camera(FIGURES[name].yaw, 0)
    assert eye.depth(bones.legs["left"].root) < eye.depth(bones.legs["right"].root) - 10


def test_every_one_sided_figure_is_seen_in_a_view_that_is_checked() -> None:
    rest_of_them = set(ONE_SIDED) - {*FROM_BEHIND, *FROM_THE_LEFT, *LYING}
    assert rest_of_them == {"rel-floor-ball"}
    bones, eye = told("rel-floor-ball"), camera(FIGURES["rel-floor-ball"].yaw, 0)
    assert eye.depth(bones.legs["left"].root) < eye.depth(bones.legs["right"].root) - 10


@pytest.mark.parametrize("name", FIGURES)
def test_right_is_the_mirror_image_of_left(name: str) -> None:
    at = played(name, 20).at(6)
    left, right = (moving.draw(FIGURES[name], side, at, 96) for side in (Side.LEFT, Side.RIGHT))
    assert left.transpose(Image.Transpose.FLIP_LEFT_RIGHT).tobytes() == right.tobytes()
    assert moving.draw(FIGURES[name], Side.BOTH, at, 96).tobytes() == left.tobytes()


@pytest.mark.parametrize(
    "name", ["len-seat-lean", "len-seat-reach", "len-stand-shift", "len-boomerang-wall",
             "str-side-return"],
)  # fmt: skip
def test_one_leans_away_from_the_side_that_gets_longer(name: str) -> None:
    bones = told(name)
    assert bones.head.at[0] > bones.pelvis.at[0] + 12


@pytest.mark.parametrize("name", ["len-seat-reach", "len-stand-shift", "len-boomerang-wall"])
def test_the_arm_of_the_long_side_is_the_raised_one(name: str) -> None:
    bones = told(name)
    assert bones.arms["left"].tip[1] > bones.head.at[1] > bones.arms["right"].tip[1]


def test_the_floor_boomerang_bulges_to_the_side_that_gets_longer() -> None:
    bones = told("len-boomerang-floor")
    assert bones.pelvis.at[0] < min(bones.head.at[0], bones.legs["left"].tip[0]) - 15


@pytest.mark.parametrize("name", ["str-hip-hike", "str-bird-dog", "nb-hip-abd", "nb-glute-knee"])
def test_the_leg_of_the_targeted_side_is_the_lifted_one(name: str) -> None:
    bones = told(name)
    assert bones.legs["left"].tip[1] > bones.legs["right"].tip[1] + 2


def test_the_targeted_hip_lifts_and_the_back_leg_is_behind() -> None:
    for name in ("str-hip-hike", "str-seat-hitch"):
        bones = told(name)
        assert bones.legs["left"].root[1] > bones.legs["right"].root[1] + 2
    bones = told("nb-psoas-split")
    assert bones.legs["left"].tip[2] < bones.legs["right"].tip[2] - 40


def test_the_pelvis_stays_level_in_the_side_leg_lift() -> None:
    assert all(pose.pelvis[1] == 0 for pose in FIGURES["nb-hip-abd"].poses)


def test_one_turns_to_the_targeted_side() -> None:
    assert told("nb-oblique-turn").head.z[0] < -0.5


def things(name: str, kind: str) -> list[Vec]:
    return [prop.at for prop in FIGURES[name].props if prop.kind == kind]


def test_bag_and_walls_stand_where_the_side_label_says() -> None:
    (bag,) = (prop for prop in FIGURES["str-suitcase"].props if prop.kind == "bag")
    assert bag.hand == "right"
    assert things("len-boomerang-wall", "wall")[0][0] > 40
    assert things("str-wall-plank", "wall")[0][0] < -40
    assert things("rel-wall-big", "wall")[0][0] < -20
    assert told("str-wall-plank").arms["left"].tip[0] < -50
    assert told("len-boomerang-wall").arms["right"].tip[0] > 50


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("rel-wall-ball", 9, 14), ("rel-floor-ball", 9, 14), ("rel-wall-big", 6, 12),
     ("nb-glute-ball", -3, 4)],
)  # fmt: skip
def test_the_ball_is_at_the_rim_of_the_hip_bone_and_off_the_spine(
    name: str, low: float, high: float
) -> None:
    """The rim is 8 cm above the hip joints here, the lowest rib 24; the ball stays between."""
    pressed = [pose.ball for pose in pressing(name)]
    assert len(pressed) >= 2
    for x, y, _ in pressed:
        assert x <= -6.5
        assert low <= y <= high


def pressing(name: str) -> list[Pose]:
    """The poses in which no hand has the ball."""
    found = []
    for pose, bones in zip(FIGURES[name].poses, all_posed(name), strict=True):
        ball = bones.pelvis.point(pose.ball)
        if all(length(sub(arm.tip, ball)) > 16 for arm in bones.arms.values()):
            found.append(pose)
    return found


def test_balls_in_the_chair_lie_on_both_sides_of_the_spine() -> None:
    (sock,) = FIGURES["rel-chair-balls"].props[1:]
    for pose in (pose for pose in FIGURES["rel-chair-balls"].poses if pose.ball[0] == 0):
        bones = solve(Between(pose, pose))
        (group,) = thing(sock, bones)
        one, two = (part.blobs[0].frame.at for part in group.parts if part.tone == "ball")
        assert length(sub(one, two)) >= 2 * 6.5
        assert near(mix(one, two, 0.5), bones.pelvis.point(pose.ball), 0.1)
        assert pose.ball[1] == pytest.approx(12, abs=2)


# The drawing


@every
def test_nothing_is_cut_off(name: str) -> None:
    figure = FIGURES[name]
    shots = [moving.draw(figure, Side.LEFT, telling(figure), 480, still=True)]
    does, seconds = played(name, 20), 20 / 12
    shots += [moving.draw(figure, Side.LEFT, does.at(seconds * i), 96) for i in range(12)]
    for shot in shots:
        alpha = shot.getchannel("A")
        w, h = alpha.size
        for edge in ((0, 0, w, 1), (0, h - 1, w, h), (0, 0, 1, h), (w - 1, 0, w, h)):
            assert alpha.crop(edge).getextrema() == (0, 0)


@every
def test_it_can_be_seen_on_light_and_on_dark(name: str) -> None:
    for size, still in ((96, True), (480, False)):
        light, dark = (
            moving.draw(
                FIGURES[name], Side.LEFT, start(FIGURES[name]), size, dark=dark, still=still
            )
            for dark in (False, True)
        )
        assert light.mode == dark.mode == "RGBA"
        assert light.size == dark.size == (size, size)
        assert light.getchannel("A").tobytes() == dark.getchannel("A").tobytes()
        assert light.tobytes() != dark.tobytes()


@pytest.mark.parametrize("position", Position)
def test_there_is_a_person_for_movements_without_a_figure(position: Position) -> None:
    picture = moving.draw(figure := moving.generic(position), Side.BOTH, start(figure), 96)
    assert picture.getchannel("A").getbbox() is not None


def test_the_sheet_shows_all() -> None:
    movements = list(MOVEMENTS.values())
    page = moving.sheet(movements[:7], FIGURES, columns=3, cell=96)
    assert page.mode == "RGB"
    assert page.width == 3 * 96
    assert page.height > 3 * 96
    assert page.getpixel((0, 0)) != moving.sheet(movements[:1], FIGURES, dark=True).getpixel((0, 0))


def test_pillow_is_loaded_only_for_drawing() -> None:
    code = "import sys, qlbreak.figures.moving as f; f.load(); sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# The file


def test_the_neutral_figures_are_named_after_the_positions() -> None:
    assert set(parse(TEXT).neutral) == set(Position)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('[figure.reset-shift]\nstance = "seated"', '[figure.reset-shift]\nstance = "kneeling"',
         "figures.toml: reset-shift: stance: there is no stance 'kneeling'"),
        ('hand = "right" }]\narrows', 'hand = "third" }]\narrows',
         "figures.toml: str-suitcase: props[0].hand: unknown value 'third'"),
        ("[figure.str-suitcase.base]", "[figure.str-suitcase.base]\nshoulders = 1",
         "figures.toml: str-suitcase: poses[0].shoulders: unknown key"),
        ('[figure.str-suitcase]\nstance = "standing"\ntelling = 1',
         '[figure.str-suitcase]\nstance = "standing"\ntelling = 9',
         "figures.toml: str-suitcase: telling: there is no pose 9"),
        ("back = [3, 1]", "back = [4, 1]", "figures.toml: str-suitcase: there is no pose 4"),
        ("back = [3, 1]", "back = [1]",
         "figures.toml: str-suitcase: poses[3]: belongs to no part"),
        ("back = [3, 1]", "back = [3, 1]\nhold = [1]",
         "figures.toml: str-suitcase: hold: what is held stays as it is; "
         "only who walks (steady) goes on"),
        ("[figure.nb-march]\n", "[figure.nb-march]\nsize = 1\n",
         "figures.toml: nb-march: size: unknown key"),
        ("[figure.nb-march]", "[movement.nb-march]",
         "figures.toml: movement: unknown key; use stance, figure or neutral"),
        ('{ contact = "ankle", at = [-10, 7.3, -1] }', "{ at = [-11, 0, -1] }",
         "figures.toml: nb-hip-abd: poses[1].leg_left.contact: "
         "ankle must stand in all poses or none"),
    ],
)  # fmt: skip
def test_bad_data_is_one_line(old: str, new: str, line: str) -> None:
    assert old in TEXT
    with pytest.raises(FigureError) as raised:
        parse(TEXT.replace(old, new, 1))
    assert str(raised.value) == line


def test_broken_toml_names_the_file() -> None:
    with pytest.raises(FigureError, match=r"^figures\.toml: "):
        parse("[figure")
