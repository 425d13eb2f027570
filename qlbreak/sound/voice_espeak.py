"""Linux: eSpeak NG writes what it would say into a file."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qlbreak.language import _
from qlbreak.sound import samples
from qlbreak.sound.samples import Samples

# Words a minute: its own pace, by which a score leaves time for its steps.
_PACE: Final = 175
_PATIENCE_S: Final = 10.0


class Espeak:
    name = "espeak-ng"

    def __init__(self, command: str) -> None:
        self._command = command

    def write(self, texts: Sequence[str], language: str) -> list[Samples]:
        with tempfile.TemporaryDirectory(prefix="qlbreak-") as folder:
            return [self._written(text, language, Path(folder, "said.wav")) for text in texts]

    def _written(self, text: str, language: str, file: Path) -> Samples:
        # -z: without the pause after the last sentence; -- so that no text is taken for an option.
        words = ["-v", language, "-s", str(_PACE), "-z", "-w", str(file), "--", text]
        try:
            done = subprocess.run(
                [self._command, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise OSError(_("{name} does not come to an end", name=self.name)) from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise OSError(f"{self.name}: {said or f'exit code {done.returncode}'}")
        return samples.read(file.read_bytes())
