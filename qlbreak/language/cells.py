"""Texts laid out by the cells of a terminal: a sign of Japanese takes two."""

import re
from unicodedata import category, east_asian_width

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
)
_OPENING = r"（「『【〈《〔［｛(\["
_CLOSING = "、。，．：；？！）」』】〉》〕］｝・ー～…々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
# What no line ends within: a word, or one wide sign with what must not begin or end a line.
_PIECE = re.compile(rf" *[{_OPENING}]*(?:[{_WIDE}]|[^ {_WIDE}]+)[{_CLOSING}]*[,.;:!?%)\]]*")


def width(text: str) -> int:
    """How many cells it takes."""
    return sum(map(_width, text))


def _width(sign: str) -> int:
    if category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(sign) in "WF" else 1


def pad(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def cut(text: str, cells: int) -> str:
    """With an ellipsis where it is longer."""
    if width(text) <= cells:
        return text
    while text and width(text) >= cells:
        text = text[:-1]
    return f"{text.rstrip()}…" if cells > 0 else ""


def fill(text: str, cells: int, *, first: str = "", hang: str = "") -> str:
    """In lines that end between words; a word that is longer than a line stays whole. `first`
    stands before it, `hang` before each other line."""
    lines, line, empty = [], first, True
    for piece in _PIECE.findall(text):
        if not empty and width(line) + width(piece) > cells:
            lines.append(line)
            line = hang + piece.lstrip(" ")
        else:
            line += piece
        empty = False
    return "\n".join([*lines, line])
