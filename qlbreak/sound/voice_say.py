"""macOS: `say` writes what it would say into a file; by its documentation, and never run."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qlbreak.language import N_
from qlbreak.sound import samples
from qlbreak.sound.samples import RATE, Samples

_PACE: Final = 160
_PATIENCE_S: Final = 20.0


class Say:
    """With the voice that the person has chosen for the system, whatever language that speaks."""

    name = N_("the voice of macOS")

    def __init__(self, command: str) -> None:
        self._command = command

    def write(self, texts: Sequence[str], language: str) -> list[Samples]:
        with tempfile.TemporaryDirectory(prefix="qlbreak-") as folder:
            return [self._written(text, Path(folder, "said.wav")) for text in texts]

    def _written(self, text: str, file: Path) -> Samples:
        form = ("--file-format=WAVE", f"--data-format=LEI16@{RATE}")
        words = ["-r", str(_PACE), "-o", str(file), *form, "-f", "-"]
        try:
            subprocess.run(
                [self._command, *words],
                input=text.encode(),
                capture_output=True,
                timeout=_PATIENCE_S,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise OSError(f"{self.name}: {error}") from None
        return samples.read(file.read_bytes())
