"""Vectors, frames and two-bone limbs in space, in centimetres and degrees; nothing about bodies.

x points to the right, y up, z away from somebody who looks at a person's back.
"""

from math import acos, cos, hypot, radians, sin
from typing import NamedTuple

Vec = tuple[float, float, float]

ZERO: Vec = (0.0, 0.0, 0.0)


def add(a: Vec, b: Vec, times: float = 1.0) -> Vec:
    return a[0] + b[0] * times, a[1] + b[1] * times, a[2] + b[2] * times


def sub(a: Vec, b: Vec) -> Vec:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2]


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def times(a: Vec, factor: float) -> Vec:
    return a[0] * factor, a[1] * factor, a[2] * factor


def length(a: Vec) -> float:
    return hypot(*a)


def unit(a: Vec) -> Vec:
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else (0.0, 1.0, 0.0)


def mix(a: Vec, b: Vec, part: float) -> Vec:
    return add(a, sub(b, a), part)


def toward(a: Vec, b: Vec, far: float) -> Vec:
    """Return the point that lies *far* away from *a*, towards *b*."""
    return add(a, unit(sub(b, a)), far)


def swing(a: Vec, b: Vec, part: float) -> Vec:
    """Go from *a* to *b* around the origin, so that a hand moves on an arc and not through it."""
    if a == b:
        return a
    size = length(a) + (length(b) - length(a)) * part
    angle = acos(max(-1.0, min(1.0, dot(unit(a), unit(b)))))
    if sin(angle) < 1e-3:
        return times(unit(mix(a, b, part)), size)
    way = add(times(unit(a), sin(angle * (1 - part))), unit(b), sin(angle * part))
    return times(unit(way), size)


class Frame(NamedTuple):
    """A place with its own right (x), up (y) and forward (z)."""

    at: Vec
    x: Vec = (1.0, 0.0, 0.0)
    y: Vec = (0.0, 1.0, 0.0)
    z: Vec = (0.0, 0.0, 1.0)

    def way(self, v: Vec) -> Vec:
        return add(add(times(self.x, v[0]), self.y, v[1]), self.z, v[2])

    def point(self, v: Vec) -> Vec:
        return add(self.at, self.way(v))

    def moved(self, v: Vec) -> "Frame":
        return self._replace(at=self.point(v))

    def turned(self, angles: Vec) -> "Frame":
        """Turn to the right, then lean to the right, then bend forward: (bend, lean, turn)."""
        bend, lean, turn = (radians(angle) for angle in angles)
        x, y, z = self.x, self.y, self.z
        x, z = _turn(x, z, turn)
        x, y = _turn(x, y, lean)
        z, y = _turn(z, y, bend)
        return Frame(self.at, x, y, z)


def _turn(a: Vec, b: Vec, angle: float) -> tuple[Vec, Vec]:
    """Turn *b* towards *a*."""
    c, s = cos(angle), sin(angle)
    return add(times(a, c), b, -s), add(times(b, c), a, s)


def upright(at: Vec, up: Vec, forward: Vec) -> Frame:
    """Return the frame whose y is *up*, and whose z is as near to *forward* as that allows."""
    y = unit(up)
    z = unit(add(forward, y, -dot(forward, y)))
    return Frame(at, cross(y, z), y, z)


def two_bones(root: Vec, goal: Vec, first: float, second: float, side: Vec) -> tuple[Vec, Vec]:
    """Return the joint and the end of a limb that reaches for *goal* and bends towards *side*.

    What is out of reach is pointed at.
    """
    way = sub(goal, root)
    far = min(max(length(way), abs(first - second) + 0.1), (first + second) * 0.9995)
    along = unit(way)
    across = unit(add(side, along, -dot(side, along)))
    foot = (far * far + first * first - second * second) / (2 * far)
    height = max(first * first - foot * foot, 0.0) ** 0.5
    return add(add(root, along, foot), across, height), add(root, along, far)
