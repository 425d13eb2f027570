"""Solids that everything is built of, and how they look from a camera; nothing about bodies.

A part is the convex hull of ellipsoids: a capsule is the hull of two balls, a board that of four.
"""

from collections.abc import Sequence
from math import cos, pi, radians, sin, sqrt
from typing import NamedTuple

from qlbreak.figures.space import Frame, Vec, dot

Point = tuple[float, float]
Polygon = list[Point]

DIRECTIONS = [(cos(2 * pi * i / 40), sin(2 * pi * i / 40)) for i in range(40)]


class Blob(NamedTuple):
    """An ellipsoid: a frame, and how far it reaches to its right, up and forward."""

    frame: Frame
    radii: Vec


class Solid(NamedTuple):
    """`tone` names a colour, of which a palette has a light and a dark version."""

    tone: str
    blobs: Sequence[Blob]


class Group(NamedTuple):
    """Parts with a contour around all of them; drawn from the farthest to the nearest."""

    name: str
    anchor: Vec
    parts: Sequence[Solid]
    clear: bool = False
    first: bool = False


def ball(at: Vec, radius: float) -> Blob:
    return Blob(Frame(at), (radius, radius, radius))


def capsule(tone: str, *ends: tuple[Vec, float]) -> Solid:
    return Solid(tone, [ball(at, radius) for at, radius in ends])


def board(tone: str, frame: Frame, size: Vec, thick: float) -> Solid:
    """A rounded box of the whole `size` (to the right, up, forward) around the frame's place."""
    w, h, d = (max(side / 2 - thick, 0.0) for side in size)
    corners = {(x, y, z) for x in (-w, w) for y in (-h, h) for z in (-d, d)}
    return Solid(tone, [ball(frame.point(corner), thick) for corner in sorted(corners)])


def grown(outline: Polygon, far: float) -> Polygon:
    """Return what a camera's outline becomes when it grows on all sides."""
    return [
        (x + ux * far, y + uy * far) for (x, y), (ux, uy) in zip(outline, DIRECTIONS, strict=True)
    ]


class Camera(NamedTuple):
    """Looks along the ground from behind (yaw 0) or from the left (90), and down by `pitch`."""

    right: Vec
    up: Vec
    away: Vec

    def point(self, at: Vec) -> Point:
        return dot(at, self.right), dot(at, self.up)

    def depth(self, at: Vec) -> float:
        return dot(at, self.away)

    def sees(self, way: Vec) -> bool:
        """Is a surface that points this way turned towards the camera?"""
        return self.depth(way) < 0.25

    def outline(self, part: Solid) -> Polygon:
        """Return the hull as seen, in centimetres, a point for each of the DIRECTIONS."""
        seen = [self._ellipse(blob) for blob in part.blobs]
        polygon = []
        for ux, uy in DIRECTIONS:
            best, found = -1e9, (0.0, 0.0)
            for cx, cy, a, b, c in seen:
                qx, qy = a * ux + b * uy, b * ux + c * uy
                reach = sqrt(max(qx * ux + qy * uy, 1e-9))
                support = cx * ux + cy * uy + reach
                if support > best:
                    best, found = support, (cx + qx / reach, cy + qy / reach)
            polygon.append(found)
        return polygon

    def _ellipse(self, blob: Blob) -> tuple[float, float, float, float, float]:
        """Return the centre of the ellipse that an ellipsoid is seen as, and its matrix."""
        frame = blob.frame
        a = b = c = 0.0
        for axis, radius in zip((frame.x, frame.y, frame.z), blob.radii, strict=True):
            x, y = dot(axis, self.right) * radius, dot(axis, self.up) * radius
            a, b, c = a + x * x, b + x * y, c + y * y
        x, y = self.point(frame.at)
        return x, y, a, b, c


def camera(yaw: float, pitch: float) -> Camera:
    cy, sy = cos(radians(yaw)), sin(radians(yaw))
    cp, sp = cos(radians(pitch)), sin(radians(pitch))
    return Camera((cy, 0.0, -sy), (sp * sy, cp, sp * cy), (cp * sy, -sp, cp * cy))
