"""What is written for a start with the session, and by what it is known as ours and unchanged."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from zlib import crc32

from qlbreak.language import N_
from qlbreak.system import files
from qlbreak.system.paths import private

Command = tuple[str, ...]
_WORDS = "qlbreak autostart:"
_REMARK = ("# ", "")
# What a menu says of qlbreak; the help begins with it, too.
ABOUT = N_("Reminds you to get up, and shows you what to do for your lower back.")


class Entry(NamedTuple):
    """What is there. `command`: what it starts, None where it is not as qlbreak wrote it.
    `enabled`: the session will start it."""

    command: Command | None
    enabled: bool


class Way(Protocol):
    """`name`: what starts it, in words; `where` that is written. All raise OSError."""

    name: str
    where: str

    def read(self) -> Entry | None:
        """None where nothing is written."""
        ...

    def write(self, command: Command) -> None: ...

    def remove(self) -> None: ...


def in_a_menu(text: str) -> str:
    """Without the full stop."""
    return text.rstrip(".。")


def put(path: Path, text: str, command: Command, mark: tuple[str, str] = _REMARK) -> None:
    """All or nothing. `mark`: what makes a line a remark there. Raises OSError."""
    private(path.parent)
    files.put(path, [f"{text}{mark[0]}{remark(text, command)}{mark[1]}\n".encode()])


def command_in(path: Path, mark: tuple[str, str] = _REMARK) -> Command | None:
    """What a file of ours starts; None where it is not as it was written. Raises OSError."""
    try:
        whole = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    start, _, last = whole.removesuffix("\n").rpartition("\n")
    text = f"{start}\n"
    inner = last.removeprefix(mark[0]).removesuffix(mark[1])
    command = named(inner)
    intact = command is not None and inner == remark(text, command)
    return command if intact and whole.endswith(f"{mark[1]}\n") else None


def remark(text: str, command: Command) -> str:
    """What it starts, and a sum over all of it: a person's own edit is left alone."""
    # Two hyphens in a row would end a remark in XML.
    words = json.dumps(command).replace("--", "-\\u002d")
    return f"{_WORDS} {words} {crc32((text + words).encode()):08x}"


def named(remark: str) -> Command | None:
    """The command in it, whatever it belongs to."""
    try:
        words = json.loads(remark.removeprefix(_WORDS).rpartition(" ")[0])
    except ValueError:
        return None
    fine = isinstance(words, list) and words and all(isinstance(word, str) for word in words)
    return tuple(words) if fine else None


Run = Callable[[Sequence[str]], str | None]


def run(words: Sequence[str]) -> str | None:
    """What a tool of the system says; None where it is not there, fails or hangs."""
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
