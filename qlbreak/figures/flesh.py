"""What the skeleton wears: head, trunk and limbs as solids, and where the muscles lie on them."""

from itertools import pairwise

from qlbreak.figures.body import Chain, Skeleton, outward
from qlbreak.figures.description import SIDES, Hand, Mark
from qlbreak.figures.solids import Blob, Camera, Group, Solid, ball, capsule
from qlbreak.figures.space import Frame, Vec, add, dot, mix, sub, unit, upright

# Half widths, heights and depths of the trunk from the belt up to the shoulders, in centimetres.
BUTTOCK: Vec = (10.2, 9.5, 10.5)
BELT: Vec = (15.8, 6.0, 10.0)
WAIST: tuple[Vec, ...] = ((14.2, 5, 9.4), (13.2, 5, 9.0), (13.5, 5, 9.5))
RIBS: tuple[Vec, ...] = ((14.7, 6, 10.4), (16.4, 6, 11.0), (16.4, 6, 10.2))
# On which part of the trunk a muscle lies on the right, where on it, and how large it is. The QL is
# between the lowest rib and the hip bone, a thumb's width and more from the spine.
MUSCLES: dict[str, tuple[str, Vec, Vec]] = {
    "ql": ("waist", (6.6, 3.0, -7.0), (3.4, 8.2, 2.4)),
    "back": ("waist", (3.6, 4.0, -6.6), (2.3, 12.0, 2.0)),
    "waist": ("waist", (10.6, 3.0, 0.0), (3.0, 8.2, 6.0)),
    "ribs": ("ribs", (10.5, 0.0, -2.0), (4.0, 6.0, 6.0)),
    "glute": ("pelvis", (8.5, -2.0, -8.0), (5.6, 6.0, 3.5)),
    "hip": ("pelvis", (12.3, 0.5, -4.0), (3.8, 5.0, 4.5)),
    "hip-front": ("pelvis", (8.5, 0.0, 6.2), (4.0, 7.0, 3.0)),
}
SKULL_SIZE: Vec = (9.9, 11.9, 10.2)


def body(bones: Skeleton, eye: Camera) -> list[Group]:
    return [
        _trunk(bones),
        _head(bones, eye),
        *(_leg(side, bones.legs[side]) for side in SIDES),
        *(_arm(side, bones.arms[side]) for side in SIDES),
    ]


def _trunk(bones: Skeleton) -> Group:
    pelvis = bones.pelvis
    belt = Blob(pelvis.moved((0, 6.5, 0)), BELT)
    halves = [Blob(pelvis.moved((6.3 * s, -1.5, -1.2)), BUTTOCK) for s in (-1.0, 1.0)]
    rings = [Blob(pelvis.moved((0, 5.0, 0)), (15.9, 4.5, 10.2))]
    for frame, (w, h, d) in zip(bones.lumbar, WAIST, strict=True):
        rings.append(Blob(frame.moved((0, 3, 0)), (w * bones.waist, h, d * bones.waist)))
    for frame, (w, h, d) in zip(bones.chest, RIBS, strict=True):
        rings.append(Blob(frame.moved((0, 4, 0)), (w * bones.ribs, h, d * bones.deep)))
    collar = Blob(bones.neck.moved((0, -1.0, 0)), (7.2, 3.0, 6.6))
    roots = [mix(bones.arms[side].root, collar.frame.at, 0.1) for side in SIDES]
    shirt = [Solid("shirt", pair) for pair in pairwise(rings)]
    yoke = [Solid("shirt", [rings[-1], collar, ball(root, 5.4)]) for root in roots]
    return Group("trunk", bones.lumbar[0].at, [Solid("trousers", [*halves, belt]), *shirt, *yoke])


def _head(bones: Skeleton, eye: Camera) -> Group:
    """Hair on the back and the top of the head, so that one sees where the person looks."""
    head, neck = bones.head, bones.neck
    jaw = Blob(head.moved((0, -5.0, 2.6)), (7.0, 7.2, 6.6))
    parts = [
        capsule("skin", (neck.point((0, 3.6, -0.5)), 5.2), (head.point((0, -6, -2)), 5.2)),
        Solid("skin", [Blob(head, SKULL_SIZE), jaw]),
    ]
    if eye.sees(head.z):
        nose = (head.point((0, -0.6, 9.6)), 1.0), (head.point((0, -2.4, 10.6)), 1.2)
        parts.insert(0, capsule("skin", *nose))
    nape = Blob(head.moved((0, -3.2, -4.6)), (8.6, 5.6, 5.8))
    hair = Solid("hair", [Blob(head.moved((0, 3.2, -1.8)), (10.6, 10.2, 9.8)), nape])
    if eye.depth(head.z) < -0.4:  # we look into the face
        fringe = Solid("hair", [Blob(head.moved((0, 6.6, -0.4)), (10.2, 6.6, 10.2))])
        from_below = eye.depth(head.y) > 0.2
        parts = [hair, fringe, *parts] if from_below else [hair, *parts, fringe]
    else:
        parts.append(hair)
    return Group("head", head.at, parts + _ears_and_eyes(head, eye))


def _ears_and_eyes(head: Frame, eye: Camera) -> list[Solid]:
    parts = []
    for s in (-1.0, 1.0):
        if eye.sees(head.way((s, 0, 0))):
            top, lobe = head.point((9.6 * s, -0.6, 0.2)), head.point((9.4 * s, -3.2, 0.4))
            parts.append(capsule("skin", (top, 1.8), (lobe, 1.4)))
        if eye.depth(head.way((0.6 * s, 0, 0.8))) < -0.4:
            high, low = head.point((5.2 * s, 0.3, 7.6)), head.point((5.2 * s, -0.9, 7.6))
            parts.append(capsule("eye", (high, 0.9), (low, 0.9)))
    return parts


def _leg(side: Hand, leg: Chain) -> Group:
    calf = add(mix(leg.joint, leg.tip, 0.3), leg.end.z, -1.0)
    hem = add(leg.tip, unit(sub(leg.joint, leg.tip)), 2.5)
    thigh = mix(leg.root, leg.joint, 0.3)
    sole = [((0, -3.5, -3.4), 3.9), ((0, -4.4, 11), 3.1), ((0, -4.8, 15), 2.6)]
    shoe = [((0, -0.6, -0.8), 3.8), ((0, -1.6, 3), 3.7), *sole]
    parts = [
        capsule("trousers", (leg.joint, 5.6), (calf, 5.7)),
        capsule("trousers", (calf, 5.7), (hem, 4.4)),
        capsule("trousers", (leg.root, 8.0), (thigh, 8.0), (leg.joint, 5.7)),
        capsule("shoe", *((leg.end.point(at), radius) for at, radius in shoe)),
    ]
    return Group(f"leg_{side}", mix(leg.joint, mix(leg.root, leg.tip, 0.5), 0.5), parts)


def _arm(side: Hand, arm: Chain) -> Group:
    hand = arm.end
    half = mix(arm.root, arm.joint, 0.62)
    parts = [
        Solid(
            "skin", [ball(hand.point((0, 1, 0)), 2.8), Blob(hand.moved((0, 6, 0)), (2.6, 4.6, 3.3))]
        ),
        capsule("skin", (hand.point((0, 1.5, 1.5)), 1.7), (hand.point((0, 5.2, 4.4)), 1.4)),
        capsule("skin", (arm.root, 4.8), (arm.joint, 3.9)),
        capsule("skin", (arm.joint, 3.9), (mix(arm.joint, arm.tip, 0.3), 3.9), (arm.tip, 2.7)),
        capsule("shirt", (arm.root, 5.7), (half, 4.9)),
    ]
    return Group(f"arm_{side}", mix(arm.joint, arm.tip, 0.4), parts)


def seams(bones: Skeleton) -> list[tuple[str, Solid, bool]]:
    """Return what is laid over the contour where a limb leaves the trunk, so that it grows out.

    With the limb's name, and whether it also holds for a limb behind the trunk.
    """
    found = []
    for side in SIDES:
        s, arm, leg = outward(side), bones.arms[side], bones.legs[side]
        inner = mix(arm.root, bones.neck.point((0, -1.0, 0)), 0.5)
        found.append((f"arm_{side}", capsule("shirt", (arm.root, 5.5), (inner, 4.0)), True))
        hip = Blob(bones.pelvis.moved((4.5 * s, -4.6, -1.0)), (8.5, 5.6, 9.4))
        top = ball(mix(leg.root, leg.joint, 0.18), 7.6)
        down = -dot(unit(sub(leg.joint, leg.root)), bones.pelvis.y)
        found.append((f"leg_{side}", Solid("trousers", [hip, top]), down > 0.7))
    return found


def landmarks(bones: Skeleton, eye: Camera) -> list[Solid]:
    """Return the spine, the lowest ribs and the rims of the hip bones, if one sees the back.

    They show where the QL is, and what a ball has to stay off.
    """
    if eye.depth(bones.pelvis.z) < 0.6:
        return []
    column = [bones.pelvis.moved((0, 3, 0)), *bones.lumbar, *bones.chest]
    parts = [capsule("bone", (bone.point((0, 2, -9.5)), 0.8)) for bone in column]
    rims = (bones.pelvis, ((3.4, 6.6, -10), (8.5, 9.4, -8.5), (14.4, 8.0, -3)))
    ribs = (bones.chest[0], ((3.0, 2.4, -10), (8.0, -0.6, -9), (12.6, -1.6, -6)))
    for bone, (inner, top, outer) in (rims, ribs):
        for s in (-1.0, 1.0):
            ends = [(bone.point((x * s, y, z)), 0.55) for x, y, z in (inner, top, outer)]
            parts += [capsule("bone", *pair) for pair in pairwise(ends)]
    return parts


def mark(bones: Skeleton, spot: Mark) -> tuple[str, Solid]:
    """Return the limb or trunk that the spot lies on, and the spot as a flat solid."""
    leg = bones.legs[spot.side]
    if spot.muscle == "thigh":
        frame = Frame(mix(leg.root, leg.joint, 0.45))
        return f"leg_{spot.side}", Solid("mark", [Blob(frame, (5, 5, 5))])
    if spot.muscle == "calf":
        frame = upright(mix(leg.joint, leg.tip, 0.36), sub(leg.joint, leg.tip), leg.end.z)
        return f"leg_{spot.side}", Solid("mark", [Blob(frame.moved((0, 0, -4.4)), (2.8, 8, 2.4))])
    bone, (x, y, z), radii = MUSCLES[spot.muscle]
    frames = {"waist": bones.lumbar[1], "ribs": bones.chest[0], "pelvis": bones.pelvis}
    frame = frames[bone].moved((x * outward(spot.side), y, z))
    return "trunk", Solid("mark", [Blob(frame, radii)])
