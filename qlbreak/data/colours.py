"""Colours by what they mean, each light and dark: those that windows and the page share.

Text on `PAPER` or `CARD` has a contrast of 4.5 at least (WCAG AA), `INK` of 7. The icon has colours
of its own, since it must be seen on any panel, and so have the figures, whose colours are things.
"""

from typing import NamedTuple


class Shade(NamedTuple):
    light: str
    dark: str


PAPER = Shade("#f4f2ec", "#161b1a")
CARD = Shade("#fdfcf9", "#1f2725")
INK = Shade("#20302c", "#eef3f0")
SOFT = Shade("#55635d", "#a7b4ae")  # text that is not the main thing
LINE = Shade("#d5d3c8", "#3a4642")
ACCENT = Shade("#1b6b5d", "#7fd0bc")
ON_ACCENT = Shade("#ffffff", "#0c2620")
TINT = Shade("#dcebe5", "#27413a")  # accent as a surface
CALL = Shade("#f7d794", "#624709")  # surface of what must be seen now
ON_CALL = Shade("#3a2a05", "#ffeec7")
FOCUS = Shade("#1458c8", "#8fb8ff")
