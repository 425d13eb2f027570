"""The skeleton: its measures, and where every joint is at a moment of a movement. No drawing."""

from typing import NamedTuple

from qlbreak.figures.description import SIDES, Hand, Pose
from qlbreak.figures.space import (
    ZERO,
    Frame,
    Vec,
    add,
    dot,
    length,
    mix,
    sub,
    swing,
    toward,
    two_bones,
    unit,
    upright,
)  # fmt: skip

# Centimetres of somebody 172 cm tall, from tables of body measures; the head a little large.
THIGH, SHIN, ANKLE = 43.0, 42.0, 7.0
UPPER_ARM, FOREARM = 29.0, 25.0
LUMBAR, CHEST = (6.0, 6.0, 6.0), (8.0, 8.0, 8.0)
NECK, SKULL = 6.0, 11.5
SACRUM: Vec = (0, 7, 0)
HIP, SHOULDER = 8.6, 16.5
# A quiet breath: centimetres that head and shoulders rise; shares of its width and depth by which
# the chest grows.
RISE, WIDENS = (0.8, 1.5), (0.06, 0.13)
CONTACT: dict[str, Vec] = {"sole": (0, -ANKLE, 0), "ball": (0, -ANKLE, 12), "heel": (0, -ANKLE, -5)}


class Chain(NamedTuple):
    """A limb from the trunk outwards; `end` is the frame of the foot or the hand."""

    root: Vec
    joint: Vec
    tip: Vec
    end: Frame


class Skeleton(NamedTuple):
    pelvis: Frame
    lumbar: tuple[Frame, ...]
    chest: tuple[Frame, ...]
    neck: Frame
    head: Frame
    arms: dict[str, Chain]
    legs: dict[str, Chain]
    ribs: float
    deep: float
    waist: float
    ball: Vec


class Between(NamedTuple):
    """A moment on the way from one pose to the next; at rest, both are the same.

    `breath`: how much of a quiet breath is in, 0 to 1.
    """

    before: Pose
    after: Pose
    part: float = 0.0
    breath: float = 0.0

    def value(self, name: str) -> Vec:
        found: Vec = mix(getattr(self.before, name), getattr(self.after, name), self.part)
        return found

    def number(self, name: str) -> float:
        a: float = getattr(self.before, name)
        b: float = getattr(self.after, name)
        return a + (b - a) * self.part


def solve(now: Between) -> Skeleton:
    """Return where everything is: the trunk from the pelvis up, the limbs by hands and feet."""
    pelvis = Frame(now.value("hips")).turned(now.value("pelvis"))
    lumbar = _spine(pelvis.moved(SACRUM), now.value("lumbar"), LUMBAR)
    chest = _spine(lumbar[-1].moved((0, LUMBAR[-1], 0)), now.value("chest"), CHEST)
    nod = _share(now.value("neck"), 2)
    neck = chest[-1].moved((0, CHEST[-1] + RISE[0] * now.breath, 0)).turned(nod)
    head = neck.moved((0, NECK, 0)).turned(nod).moved((0, SKULL, 1.5))
    legs: dict[str, Chain] = {side: _leg(now, side, pelvis) for side in SIDES}
    arms: dict[str, Chain] = {side: _arm(now, side, pelvis, chest[-1], legs) for side in SIDES}
    return Skeleton(
        pelvis, lumbar, chest, neck, head, arms, legs,
        now.number("ribs") * (1 + WIDENS[0] * now.breath), 1 + WIDENS[1] * now.breath,
        now.number("waist"), now.value("ball"),
    )  # fmt: skip


def outward(side: Hand) -> float:
    return -1.0 if side == "left" else 1.0


def _share(angles: Vec, parts: int) -> Vec:
    return angles[0] / parts, angles[1] / parts, angles[2] / parts


def _spine(start: Frame, angles: Vec, lengths: tuple[float, ...]) -> tuple[Frame, ...]:
    """Spread the angles evenly, so that the spine bends as a curve."""
    share = _share(angles, len(lengths))
    frames = [start.turned(share)]
    for size in lengths[:-1]:
        frames.append(frames[-1].moved((0, size, 0)).turned(share))
    return tuple(frames)


def _leg(now: Between, side: Hand, pelvis: Frame) -> Chain:
    before, after = now.before.leg(side), now.after.leg(side)
    hip = pelvis.point((HIP * outward(side), 0, 0))
    pole = pelvis.way(mix(before.knee, after.knee, now.part))
    angles = mix(before.foot, after.foot, now.part)
    free = before.contact == "ankle"
    if before.contact == after.contact:  # what is planted stays planted while the foot turns
        goal = _ankle(mix(before.at, after.at, now.part), before.contact, angles)
    else:
        start = _ankle(before.at, before.contact, before.foot)
        goal = mix(start, _ankle(after.at, after.contact, after.foot), now.part)
    knee, ankle = two_bones(hip, goal, THIGH, SHIN, pole)
    foot = Frame(ankle).turned(angles)
    if free:
        forward = add(sub(knee, mix(hip, ankle, 0.5)), pole, 0.01)
        foot = upright(ankle, sub(knee, ankle), forward).turned(angles)
    return Chain(hip, knee, ankle, foot)


def _ankle(at: Vec, contact: str, angles: Vec) -> Vec:
    if contact == "ankle":
        return at
    return sub(at, Frame(ZERO).turned(angles).way(CONTACT[contact]))


def _arm(now: Between, side: Hand, pelvis: Frame, chest: Frame, legs: dict[str, Chain]) -> Chain:
    before, after = now.before.arm(side), now.after.arm(side)
    low = chest.point((SHOULDER * outward(side), 5.5 + RISE[1] * now.breath, 0))
    goals, hands = [], []
    for arm in (before, after):
        frame = _frame(arm.on, low, pelvis, chest, legs)
        goals.append(frame.point(arm.at))
        hands.append(frame.way(arm.hand or ZERO))
    goal = add(low, swing(sub(goals[0], low), sub(goals[1], low), now.part))
    shoulder = add(low, chest.way(_shrug(side, dot(unit(sub(goal, low)), chest.y))))
    pole = chest.way(mix(before.elbow, after.elbow, now.part))
    if before.prop and after.prop:
        elbow = toward(shoulder, mix(before.prop, after.prop, now.part), UPPER_ARM)
        wrist = toward(elbow, goal, FOREARM)
    else:
        elbow, wrist = two_bones(shoulder, goal, UPPER_ARM, FOREARM, pole)
    along = unit(sub(wrist, elbow))
    ways = [along if length(hand) < 1e-6 else unit(hand) for hand in hands]
    palm = unit(mix(ways[0], ways[1], now.part))
    return Chain(shoulder, elbow, wrist, upright(wrist, palm, add(along, chest.z, 0.3)))


def _shrug(side: Hand, raised: float) -> Vec:
    """The shoulder blade turns with an arm that goes up, and lifts the shoulder."""
    lift = max(raised, 0.0) ** 2
    return -2.0 * lift * outward(side), 4.5 * lift, 0.0


def _frame(on: str, shoulder: Vec, pelvis: Frame, chest: Frame, legs: dict[str, Chain]) -> Frame:
    if on in ("thigh_left", "thigh_right"):
        leg = legs[on.removeprefix("thigh_")]
        shin = sub(leg.joint, leg.tip)
        return upright(mix(leg.root, leg.joint, 0.5), sub(leg.root, leg.joint), shin)
    known = {
        "shoulder": chest._replace(at=shoulder),
        "hang": Frame(shoulder),
        "world": Frame(ZERO),
        "pelvis": pelvis,
        "chest": chest,
    }
    return known[on]
