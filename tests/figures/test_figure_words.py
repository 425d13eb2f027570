"""The figures do what the steps say: read from the joints, as somebody who knows bodies would."""

from functools import cache
from math import acos, degrees

import pytest

import poses
from poses import in_step
from qlbreak import data
from qlbreak.core.model.movements import Position
from qlbreak.core.model.score import said
from qlbreak.figures import moving
from qlbreak.figures.body import Chain, Skeleton, solve
from qlbreak.figures.description import SIDES, Hand, Pose, Prop
from qlbreak.figures.moving import Between
from qlbreak.figures.solids import camera
from qlbreak.figures.space import Vec, add, dot, length, mix, sub, unit

MOVEMENTS = data.load().movements
FIGURES = moving.load()
SEAT = 46.0
# Whose seat may turn: nothing there pushes or pulls sideways, and nothing turns.
MAY_TURN = {"rel-breath", "str-brace", "nb-march", "nb-calf-pump"}
AT_WALLS = [(name, prop) for name in FIGURES for prop in FIGURES[name].props if prop.kind == "wall"]

every = pytest.mark.parametrize("name", FIGURES)


@cache
def posed(name: str, pose: int) -> Skeleton:
    one = FIGURES[name].poses[pose]
    return solve(Between(one, one))


def of_step(name: str, number: int) -> list[Skeleton]:
    """Step by step, as they are numbered on the card."""
    return [posed(name, pose) for pose in in_step(name, number - 1)]


def last_of(name: str, number: int) -> Skeleton:
    return of_step(name, number)[-1]


def all_of(name: str) -> list[Skeleton]:
    return [posed(name, pose) for pose in range(len(FIGURES[name].poses))]


@cache
def between(name: str) -> list[Skeleton]:
    """All that is passed through."""
    figure = FIGURES[name]
    return all_of(name) + [
        solve(Between(figure.poses[a], figure.poses[b], part / 8))
        for a, b in figure.turns
        for part in range(1, 8)
    ]


def held(name: str) -> Skeleton:
    return posed(name, poses.held(name))


def prop(name: str, kind: str) -> Prop:
    (found,) = (prop for prop in FIGURES[name].props if prop.kind == kind)
    return found


def bend(limb: Chain) -> float:
    return angle(sub(limb.joint, limb.root), sub(limb.tip, limb.joint))


def angle(a: Vec, b: Vec) -> float:
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))


def foot(pose: Pose, side: Hand) -> Vec:
    return pose.leg(side).at


# What goes for all


@every
def test_somebody_who_stands_or_sits_has_a_foot_on_the_floor(name: str) -> None:
    if MOVEMENTS[name].position is Position.FLOOR or name == "rel-floor-ball":
        return
    for bones in between(name):
        lowest = min(
            leg.end.point((0, -7, z))[1] for leg in bones.legs.values() for z in (-5, 0, 12)
        )
        assert -1.2 < lowest < 1.0
        low_hip = min(leg.root[1] for leg in bones.legs.values())
        assert low_hip > SEAT


@every
def test_no_seat_turns_where_one_pushes_sideways(name: str) -> None:
    kinds = {prop.kind for prop in FIGURES[name].props}
    assert "stool" not in kinds or name in MAY_TURN
    seated = MOVEMENTS[name].position is Position.SEATED
    assert not seated or kinds & {"stool", "chair"}


@every
def test_one_sits_on_the_seat_and_not_in_it_or_above(name: str) -> None:
    """The hip joints are some ten centimetres above it; less is in it, and more is standing up."""
    for seat in FIGURES[name].props:
        if seat.kind not in ("stool", "chair") or name == "reset-stand":
            continue
        for bones in all_of(name):
            assert 55.5 <= bones.pelvis.at[1] <= 58
            assert abs(bones.pelvis.at[2] - seat.at[2]) < 14


@pytest.mark.parametrize(("name", "wall"), AT_WALLS, ids=lambda value: str(value)[:20])
def test_nobody_is_in_a_wall_or_behind_one(name: str, wall: Prop) -> None:
    figure = FIGURES[name]
    thin = 2 if wall.size[2] < wall.size[0] else 0
    at = wall.at[thin]
    here = 1.0 if posed(name, 0).pelvis.at[thin] > at else -1.0
    surface = at + here * wall.size[thin] / 2
    for bones in between(name):
        joints = [chain.joint for chain in (*bones.arms.values(), *bones.legs.values())]
        joints += [chain.tip for chain in (*bones.arms.values(), *bones.legs.values())]
        for joint in (*joints, bones.head.at, bones.pelvis.at):
            assert here * (joint[thin] - surface) > 1.5
    normal = (0.0, 0.0, here) if thin == 2 else (here, 0.0, 0.0)
    # Seen on its edge, or with its face towards us: then the person is before it.
    assert camera(figure.yaw, 0).depth(normal) < 0.35


@every
def test_the_head_is_up_in_the_picture_but_in_the_dog(name: str) -> None:
    """Nobody hangs head down: the feet are not above the head, as seen."""
    if name == "len-dog":
        return
    eye = camera(FIGURES[name].yaw, FIGURES[name].pitch)
    for bones in all_of(name):
        feet = min(eye.point(leg.tip)[1] for leg in bones.legs.values())
        if name == "rel-floor-ball":  # they are at the wall
            feet = eye.point(bones.pelvis.at)[1] - 15
        assert eye.point(bones.head.at)[1] > feet - 20


@every
def test_the_head_is_above_the_heart_where_the_words_say_so(name: str) -> None:
    lying = MOVEMENTS[name].position is Position.FLOOR or name == "rel-floor-ball"
    words = MOVEMENTS[name].caution.lower()
    if "head-down" in words:
        assert held(name).head.at[1] < held(name).chest[1].at[1]
    elif not lying or "above the heart" in words:
        assert all(bones.head.at[1] > bones.chest[1].at[1] + 4 for bones in between(name))


@pytest.mark.parametrize("name", ["str-wall-plank", "str-knee-plank", "str-full-plank"])
def test_a_plank_is_one_line(name: str) -> None:
    bones = held(name)
    legs = bones.legs.values()
    ends = [leg.joint if name == "str-knee-plank" else leg.tip for leg in legs]
    roots = [leg.root for leg in legs]
    end, hips = (mix(one, other, 0.5) for one, other in (ends, roots))
    assert angle(sub(hips, end), sub(bones.neck.at, hips)) < 15
    assert angle(sub(bones.neck.at, hips), sub(bones.head.at, hips)) < 10
    last = len(said(MOVEMENTS[name], MOVEMENTS[name].default_s)) - 1
    assert in_step(name, last)[0] == poses.held(name)


@pytest.mark.parametrize("name", ["str-knee-plank", "str-full-plank"])
def test_in_a_side_plank_the_elbow_is_under_the_shoulder(name: str) -> None:
    for bones in all_of(name):
        arm = bones.arms["left"]
        assert length(sub((arm.joint[0], 0, arm.joint[2]), (arm.root[0], 0, arm.root[2]))) < 10


# One by one


def test_the_hip_that_hikes_never_sinks_below_level_on_a_flat_floor() -> None:
    for bones in between("str-hip-hike"):
        free, standing = bones.legs["left"], bones.legs["right"]
        assert free.root[1] > standing.root[1] - 0.3
        assert bend(free) < 16
        assert bend(standing) < 16
        assert free.end.point((0, -7, 0))[1] > 0.3  # the other leg carries
    assert (
        last_of("str-hip-hike", 2).legs["left"].root[1]
        > 2 + last_of("str-hip-hike", 2).legs["right"].root[1]
    )
    level = last_of("str-hip-hike", 3)
    assert level.legs["left"].root[1] == pytest.approx(level.legs["right"].root[1], abs=0.3)
    assert "Below level only from a step" in MOVEMENTS["str-hip-hike"].caution


def test_the_bird_dog_lifts_the_leg_first_and_then_the_arm() -> None:
    desk = prop("str-bird-dog", "desk")

    def on_the_desk(bones: Skeleton, side: Hand) -> bool:
        return abs(bones.arms[side].tip[1] - desk.size[1]) < 5

    assert all(on_the_desk(bones, side) for bones in of_step("str-bird-dog", 1) for side in SIDES)
    leg = last_of("str-bird-dog", 2)
    assert all(on_the_desk(leg, side) for side in SIDES)
    assert leg.legs["left"].tip[1] > 50
    both = held("str-bird-dog")
    assert on_the_desk(both, "left")
    assert both.arms["right"].tip[1] > both.head.at[1]
    assert both.legs["left"].tip == leg.legs["left"].tip
    for bones in between("str-bird-dog"):
        assert bones.pelvis == leg.pelvis  # not tipped, and the low back still
        assert bones.lumbar == leg.lumbar
        arm_up = bones.arms["right"].tip[1] > desk.size[1] + 20
        assert not arm_up or bones.legs["left"].tip[1] > 15


def test_the_top_foot_is_in_front_in_the_full_plank() -> None:
    stacked = last_of("str-full-plank", 1)
    assert stacked.legs["right"].tip[1] > stacked.legs["left"].tip[1] + 5
    for step in (2, 3, 4):
        for bones in of_step("str-full-plank", step):
            top, low = bones.legs["right"].tip, bones.legs["left"].tip
            assert top[2] > low[2] + 12
            assert top[1] < 8
            assert low[1] < 8
            assert all(bend(leg) < 14 for leg in bones.legs.values())


@pytest.mark.parametrize("name", ["reset-rock", "nb-glute-knee"])
def test_one_sits_towards_the_front_of_the_seat(name: str) -> None:
    assert any("forward" in text or "front of the seat" in text for text in MOVEMENTS[name].steps)
    seat = prop(name, "chair").at[2]
    for bones in all_of(name):
        assert seat + 5 < bones.pelvis.at[2] < seat + 16


def test_one_slides_forward_before_standing_up() -> None:
    seat = prop("reset-stand", "chair").at[2]
    back, front = of_step("reset-stand", 1)
    assert back.pelvis.at[2] < seat + 2
    assert front.pelvis.at[2] > seat + 8
    assert front.chest[-1].at[2] > front.pelvis.at[2] + 15  # leaning
    assert last_of("reset-stand", 2).pelvis.at[1] > 90


def test_the_knee_is_hugged_with_both_hands_behind_the_thigh() -> None:
    for number in (2, 3):
        for bones in of_step("nb-glute-knee", number):
            leg = bones.legs["left"]
            thigh, shin = unit(sub(leg.root, leg.joint)), sub(leg.joint, leg.tip)
            front = unit(add(shin, thigh, -dot(shin, thigh)))
            for arm in bones.arms.values():
                hand = sub(arm.end.point((0, 5, 0)), leg.joint)
                along = dot(hand, thigh)
                assert 8 < along < 36, "between knee and hip"
                assert dot(hand, front) < -3, "behind"
                assert length(add(hand, thigh, -along)) < 12, "at the thigh"
    up = held("nb-glute-knee")
    assert up.legs["left"].joint[1] > up.legs["left"].root[1] + 20
    assert abs(up.pelvis.y[1]) > 0.99  # tall


@pytest.mark.parametrize("name", ["rel-wall-ball", "nb-glute-ball", "rel-wall-big"])
def test_a_ball_at_a_wall_is_between_the_wall_and_the_body(name: str) -> None:
    """When nobody holds it, it touches both."""
    wall, radius = prop(name, "wall"), prop(name, "ball").size[0]
    axis = 0 if wall.at[0] < -20 else 2
    surface = wall.at[axis] + wall.size[axis] / 2
    pressed = 0
    for pose, bones in zip(FIGURES[name].poses, all_of(name), strict=True):
        ball = bones.pelvis.point(pose.ball)
        assert ball[axis] - radius > surface - 2.5
        if all(length(sub(arm.tip, ball)) > 16 for arm in bones.arms.values()):
            pressed += 1
            assert ball[axis] - radius < surface + 2.5
            assert ball[axis] < bones.pelvis.at[axis]
    assert pressed >= 2


def test_the_wall_ball_is_in_the_hand_first_and_at_the_end() -> None:
    for name in ("rel-wall-ball", "nb-glute-ball"):
        figure = FIGURES[name]
        for step in (0, len(said(MOVEMENTS[name], 22)) - 1):
            pose = figure.poses[in_step(name, step)[-1]]
            bones = solve(Between(pose, pose))
            assert length(sub(bones.arms["left"].tip, bones.pelvis.point(pose.ball))) < 14


def test_the_feet_are_flat_on_the_wall_in_the_floor_roll() -> None:
    wall = prop("rel-floor-ball", "wall")
    surface = wall.at[0] + wall.size[0] / 2
    for bones in between("rel-floor-ball"):
        for leg in bones.legs.values():
            for place in ((0, -7, -5), (0, -7, 0), (0, -7, 12)):
                assert leg.end.point(place)[0] == pytest.approx(surface, abs=0.8)
    movement = MOVEMENTS["rel-floor-ball"]
    assert "feet on a wall" in movement.steps[0]
    assert "wall" in movement.equipment
    assert not any("floor" in step for step in movement.steps)


def test_the_floor_boomerang_lies_across_and_its_feet_go_first() -> None:
    straight, feet, all_ = (last_of("len-boomerang-floor", number) for number in (1, 2, 3))
    eye = camera(FIGURES["len-boomerang-floor"].yaw, FIGURES["len-boomerang-floor"].pitch)
    for bones in (straight, feet, all_):
        head, foot = eye.point(bones.head.at), eye.point(bones.legs["left"].tip)
        assert abs(head[1] - foot[1]) < 40 < abs(head[0] - foot[0]) / 2
        assert abs(bones.pelvis.at[1] - bones.chest[-1].at[1]) < 3  # flat
    assert feet.legs["left"].tip[0] > straight.legs["left"].tip[0] + 20
    assert feet.head.at == straight.head.at
    assert all_.head.at[0] > feet.head.at[0] + 10
    assert all_.legs["left"].tip == feet.legs["left"].tip


def test_the_seat_is_held_and_the_armrest_too() -> None:
    chair = prop("len-seat-reach", "chair")
    for bones in all_of("len-seat-reach"):
        x, y, z = bones.arms["right"].tip
        assert abs(x - (chair.at[0] + 21.5)) < 4
        assert abs(y - SEAT) < 6
        assert abs(z - chair.at[2]) < 18
        assert bones.pelvis == held("len-seat-reach").pelvis  # the hip stays down
    for number in (2, 3):
        for bones in of_step("nb-oblique-turn", number)[:1]:
            for arm in bones.arms.values():
                x, y, _ = arm.end.point((0, 4, 0))
                assert abs(x + 27) < 5
                assert abs(y - (SEAT + 24)) < 6


def test_a_forearm_is_on_the_armrest_and_the_elbow_slides_outward() -> None:
    tall, leaning = (last_of("len-seat-lean", number) for number in (1, 2))
    for bones in (tall, leaning):
        arm = bones.arms["right"]
        rest = mix(arm.joint, arm.tip, (arm.joint[0] - 27) / max(arm.joint[0] - arm.tip[0], 0.1))
        assert arm.joint[1] == pytest.approx(SEAT + 28, abs=3)
        assert arm.tip[1] == pytest.approx(SEAT + 28, abs=3)
        assert abs(rest[0] - 27) < 5
        assert bones.pelvis.at == tall.pelvis.at
    assert leaning.arms["right"].joint[0] > tall.arms["right"].joint[0] + 8


def test_the_desk_dog_walks_back_before_it_folds() -> None:
    start, folded = last_of("len-desk-dog", 1), last_of("len-desk-dog", 2)
    assert folded.legs["left"].tip[2] < start.legs["left"].tip[2] - 40
    desk = prop("len-desk-dog", "desk")
    for bones in between("len-desk-dog"):
        for arm in bones.arms.values():
            assert abs(arm.tip[1] - desk.size[1]) < 5
            assert arm.tip[2] > desk.at[2] - desk.size[2] / 2
    long = held("len-desk-dog")
    arms = mix(long.arms["left"].tip, long.arms["right"].tip, 0.5)
    shoulders = mix(long.arms["left"].root, long.arms["right"].root, 0.5)
    assert angle(sub(shoulders, long.pelvis.at), sub(arms, shoulders)) < 40
    assert last_of("len-desk-dog", 4).legs == start.legs


def test_a_bag_is_fetched_with_bent_knees_and_carried_level() -> None:
    fetched = last_of("str-suitcase", 1)
    assert all(bend(leg) > 60 for leg in fetched.legs.values())
    assert abs(fetched.lumbar[-1].y[2] - fetched.pelvis.y[2]) < 0.3  # the back is not rounded
    bottom = fetched.arms["right"].end.point((0, 6, 0))[1] - 35
    assert abs(bottom) < 3, "it stands on the floor"
    for number in (2, 3, 4):
        for bones in of_step("str-suitcase", number):
            assert abs(bones.arms["left"].root[1] - bones.arms["right"].root[1]) < 1.5


def test_hips_before_trunk_in_the_standing_shift() -> None:
    up, shifted, bent = (last_of("len-stand-shift", number) for number in (1, 2, 3))
    assert up.arms["left"].tip[1] > up.head.at[1] + 15
    assert shifted.pelvis.at[0] < up.pelvis.at[0] - 6
    assert abs(shifted.head.at[0] - up.head.at[0]) < 6
    assert bent.head.at[0] > shifted.head.at[0] + 10


def test_the_waist_only_lifts_once_the_feet_are_away() -> None:
    near, away, lifted = (last_of("str-wall-plank", number) for number in (1, 2, 3))
    assert away.legs["left"].tip[0] > near.legs["left"].tip[0] + 30
    assert near.pelvis.y[1] > 0.99
    assert lifted.legs["left"].tip == pytest.approx(away.legs["left"].tip, abs=1)
    assert lifted.lumbar[1].at[0] > away.lumbar[1].at[0] + 2  # away from the wall


def test_a_foot_goes_back_then_the_tail_is_tucked_then_the_hips_go_forward() -> None:
    start = of_step("nb-psoas-split", 1)[0]
    back, tucked, forward = (last_of("nb-psoas-split", number) for number in (1, 2, 3))
    assert back.legs["left"].tip[2] < start.legs["left"].tip[2] - 45
    assert tucked.pelvis.y[2] < back.pelvis.y[2] - 0.15
    assert forward.pelvis.at[2] > tucked.pelvis.at[2] + 4
    assert forward.lumbar[-1].y[2] < 0.05


def test_a_march_is_a_thumb_high_on_a_level_pelvis() -> None:
    for bones in between("nb-march"):
        assert bones.pelvis == posed("nb-march", 0).pelvis
        assert max(leg.tip[1] for leg in bones.legs.values()) < 7 + 9
    lifted, down = of_step("nb-march", 2)
    assert lifted.legs["left"].tip[1] > 7 + 4 > down.legs["left"].tip[1]


def test_a_cushion_is_taken_then_put_behind_then_leant_on() -> None:
    figure = FIGURES["reset-cushion"]
    for number, ahead in ((1, True), (2, False), (3, False)):
        pose = figure.poses[in_step("reset-cushion", number - 1)[-1]]
        assert (pose.ball[2] > 15) is ahead
        assert ahead or 10 < pose.ball[1] < 20, "just above the belt"
        assert ahead or pose.ball[2] < -9, "behind the back"
    assert last_of("reset-cushion", 3).head.at[2] < last_of("reset-cushion", 2).head.at[2]


def test_heels_then_toes_then_circles() -> None:
    def heights(bones: Skeleton) -> tuple[float, float]:
        end = bones.legs["left"].end
        return end.point((0, -7, -5))[1], end.point((0, -7, 12))[1]

    flat = heights(last_of("nb-calf-pump", 1))
    heel, toes = (heights(of_step("nb-calf-pump", number)[0]) for number in (2, 3))
    assert flat == pytest.approx((0, 0), abs=0.5)
    assert heel[0] > 5 > 0.5 > abs(heel[1])
    assert toes[1] > 5 > 0.5 > abs(toes[0])
    *circles, end = of_step("nb-calf-pump", 5)
    assert all(min(heights(bones)) > 1 for bones in circles)
    assert heights(end) == pytest.approx((0, 0), abs=0.5)
    assert len(said(MOVEMENTS["nb-calf-pump"], 20)) == 5


def test_the_back_rounds_then_hollows_then_settles_between() -> None:
    def lordosis(bones: Skeleton) -> float:
        return bones.lumbar[-1].y[2] - bones.pelvis.y[2]

    rounded, hollow, settled = (lordosis(last_of("reset-rock", number)) for number in (2, 3, 4))
    assert rounded > settled > hollow
    assert in_step("reset-rock", 3)[-3:] == [1, 2, 0], "repeated, and then one pose"
