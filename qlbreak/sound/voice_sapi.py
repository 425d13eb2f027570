"""Windows: the Speech API writes what it would say into files; by its documentation, never run."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qlbreak.language import N_
from qlbreak.sound import samples
from qlbreak.sound.samples import RATE, Samples
from qlbreak.system.streams import APART

_PATIENCE_S: Final = 60.0
# One PowerShell for all sentences, since it takes a second to start. It reads them from a file, a
# line each: none of them is ever part of a program. Where no voice speaks the language, the one
# that the person has chosen does.
_SCRIPT: Final = f"""
$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Speech
$voice = New-Object System.Speech.Synthesis.SpeechSynthesizer
$voice.Rate = -1
try {{ $voice.SelectVoiceByHints('NotSet', 'NotSet', 0, $env:QLBREAK_LANGUAGE) }} catch {{ }}
$form = New-Object System.Speech.AudioFormat.SpeechAudioFormatInfo({RATE}, 'Sixteen', 'Mono')
$number = 0
foreach ($line in [IO.File]::ReadAllLines($env:QLBREAK_TEXTS)) {{
    $voice.SetOutputToWaveFile("$env:QLBREAK_TEXTS.$number.wav", $form)
    $voice.Speak($line)
    $number += 1
}}
$voice.Dispose()
"""


class Sapi:
    name = N_("the voice of Windows")

    def __init__(self, command: str) -> None:
        self._command = command

    def write(self, texts: Sequence[str], language: str) -> list[Samples]:
        with tempfile.TemporaryDirectory(prefix="qlbreak-") as folder:
            file = Path(folder, "texts")
            file.write_text("\n".join(" ".join(text.split()) for text in texts), "utf-8")
            self._run(file, language)
            parts = [Path(f"{file}.{number}.wav") for number in range(len(texts))]
            return [samples.read(part.read_bytes()) for part in parts]

    def _run(self, file: Path, language: str) -> None:
        import os

        environment = {**os.environ, "QLBREAK_TEXTS": str(file), "QLBREAK_LANGUAGE": language}
        try:
            subprocess.run(
                [self._command, "-NoProfile", "-NonInteractive", "-Command", _SCRIPT],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_S,
                check=True,
                creationflags=APART,
            )
        except subprocess.SubprocessError as error:
            raise OSError(f"{self.name}: {error}") from None
