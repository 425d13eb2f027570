"""Starting the program from one of its own windows or commands, so that it outlives them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from qlbreak.system import parent, program, streams
from qlbreak.system.paths import Paths, options

# What the desktop or our own parent has told this process alone.
_OURS = {parent.MARK, *parent.ACTIVATIONS}


def begin(
    paths: Paths, *words: str, errors: IO[bytes] | int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """With this record and these settings; a command of it by its *words*. What it complains of
    goes to *errors*: a file, since a pipe would break with us. Raises OSError."""
    return subprocess.Popen(
        program.words(*options(paths), *(words or ("run",))),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        cwd=Path(sys.executable).anchor,  # holds no folder that somebody wants to remove
        env={name: value for name, value in os.environ.items() if name not in _OURS},
        start_new_session=True,
        creationflags=streams.APART,
    )
