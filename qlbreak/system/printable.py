"""Text as it can be shown: one line in which nothing moves a cursor, or so long as Windows takes.

A module of its own, since all that tells a person of a foreign word needs it: log, loader, report.
"""

import re

# Control characters, what Unicode takes for the end of a line, what turns the direction of reading
# around, and halves of characters, which no terminal takes.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def line(text: str) -> str:
    """With such characters as they are written in a program: "\\x1b", "\\u2028"."""
    return _UNSEEN.sub(_written, text)


def whole(text: str) -> bool:
    """Whether there is nothing of that kind in it."""
    return _UNSEEN.search(text) is None


def clipped(text: str, units: int) -> str:
    """At most so many UTF-16 units: Windows counts an emoji as two."""
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * units:
        return text
    return encoded[: 2 * (units - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def _written(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape", "surrogatepass").decode("ascii")
