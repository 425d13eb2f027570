"""Qt's ICU with the data that Qt asks it for: sorting, and what all of it rests on.

Of 31 MB that are two thirds nothing here: names of currencies, units, places and time zones in 300
languages, code pages, where Thai may break a line. What is left out is struck from the table of
contents, and its bytes become noughts, which take no room in a package; ICU says of such data that
it has none, as it does of what it never had.
"""

import re
import struct

# A part of the data is a file of a folder: "icudt73l/curr/de.res", "icudt73l/ibm-1390.cnv".
UNUSED = re.compile(r"/(?:brkitr|curr|lang|rbnf|region|translit|unit|zone)/|\.cnv$")
_FORMAT = b"CmnD"
_BEFORE_FORMAT = 12  # of the head: its size, a mark, and what follows up to the format


def lean(library: bytes) -> bytes:
    """The library's bytes, as many as before. Raises ValueError where it is none of ICU's data."""
    head = library.find(_FORMAT) - _BEFORE_FORMAT
    if head < 0 or library[head + 2 : head + 4] != b"\xda\x27":
        raise ValueError("this is not ICU's data")
    contents = head + struct.unpack_from("<H", library, head)[0]
    parts = _parts(library, contents)
    kept = [(name, start, end) for name, start, end in parts if not _unused(library, name)]
    out = bytearray(library)
    for _, start, end in set(parts) - set(kept):
        out[start:end] = bytes(end - start)
    table = b"".join(
        struct.pack("<II", name - contents, start - contents) for name, start, _ in kept
    )
    room = 8 * len(parts)
    out[contents : contents + 4 + room] = struct.pack("<I", len(kept)) + table.ljust(room, b"\0")
    return bytes(out)


def _parts(library: bytes, contents: int) -> list[tuple[int, int, int]]:
    """Where in the library the name of each is, where it begins, and where it ends."""
    (number,) = struct.unpack_from("<I", library, contents)
    found = [struct.unpack_from("<II", library, contents + 4 + 8 * n) for n in range(number)]
    starts = [contents + start for _, start in found]
    ends = [*starts[1:], starts[-1]]  # how long the last is, is not told: it stays as it is
    return [
        (contents + name, start, end)
        for (name, _), start, end in zip(found, starts, ends, strict=True)
    ]


def _unused(library: bytes, name: int) -> bool:
    return UNUSED.search(library[name : library.index(b"\0", name)].decode()) is not None
