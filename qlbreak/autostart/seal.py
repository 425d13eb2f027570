"""A last line in a file of ours: what it starts, and a sum that tells whether it was changed."""

import json
from pathlib import Path
from zlib import crc32

from qlbreak.autostart import Command
from qlbreak.system import files
from qlbreak.system.paths import private

_WORDS = "qlbreak autostart:"


def write(path: Path, text: str, command: Command, mark: tuple[str, str] = ("# ", "")) -> None:
    """All or nothing. `mark`: what makes a line a remark there. Raises OSError."""
    private(path.parent)
    files.put(path, [f"{text}{mark[0]}{of(text, command)}{mark[1]}\n".encode()])


def read(path: Path, mark: tuple[str, str] = ("# ", "")) -> Command | None:
    """What a file of ours starts; None where it is not as it was written. Raises OSError."""
    try:
        whole = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    start, _, last = whole.removesuffix("\n").rpartition("\n")
    text = f"{start}\n"
    inner = last.removeprefix(mark[0]).removesuffix(mark[1])
    command = named(inner)
    intact = command is not None and inner == of(text, command)
    return command if intact and whole.endswith(f"{mark[1]}\n") else None


def of(text: str, command: Command) -> str:
    # Two hyphens in a row would end a remark in XML.
    words = json.dumps(command).replace("--", "-\\u002d")
    return f"{_WORDS} {words} {crc32((text + words).encode()):08x}"


def named(seal: str) -> Command | None:
    """The command in it, whatever it seals."""
    try:
        words = json.loads(seal.removeprefix(_WORDS).rpartition(" ")[0])
    except ValueError:
        return None
    fine = isinstance(words, list) and words and all(isinstance(word, str) for word in words)
    return tuple(words) if fine else None
