"""The voices and the players of each system: real ones of Linux, and what is said to the others."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from needing import on_unix
from qlbreak.sound import samples
from qlbreak.sound.player import players
from qlbreak.sound.player_winsound import WinSound
from qlbreak.sound.speech import Speech
from qlbreak.sound.voice import voices
from qlbreak.sound.voice_espeak import Espeak
from qlbreak.sound.voice_sapi import Sapi
from qlbreak.sound.voice_say import Say
from qlbreak.sound.voice_speechd import SpeechDispatcher, socket_path
from rig.privatebus import need
from rig.sound import Ears, Sound
from rig.waiting import never, wait_for

pytestmark = on_unix("the players and voices of Unix")


def there(*names: str) -> Any:
    return {name: f"/usr/bin/{name}" for name in names}.get


@pytest.mark.parametrize(
    ("platform", "programs", "found"),
    [
        ("linux", ["aplay", "pw-play", "paplay"], ["paplay", "pw-play", "aplay"]),
        ("linux", ["aplay"], ["aplay"]),
        ("linux", ["afplay"], []),
        ("darwin", ["afplay", "aplay"], ["afplay"]),
    ],
)
def test_players_by_system(platform: str, programs: list[str], found: list[str]) -> None:
    assert [one.name for one in players(there(*programs), {}, platform)] == found


@pytest.mark.parametrize(
    ("platform", "programs", "found"),
    [
        ("linux", ["speech-dispatcher", "espeak-ng"], ["espeak-ng", "speech-dispatcher"]),
        ("linux", ["speech-dispatcher"], ["speech-dispatcher"]),
        ("linux", ["say"], []),
        ("darwin", ["say"], ["the voice of macOS"]),
        ("win32", ["powershell"], ["the voice of Windows"]),
    ],
)
def test_voices_by_system(platform: str, programs: list[str], found: list[str]) -> None:
    assert [one.name for one in voices(there(*programs), {}, platform)] == found


def test_windows_is_asked_to_play_a_file_and_waits_for_nothing(tmp_path: Path) -> None:
    asked: list[tuple[Any, int]] = []

    def play(what: Any, kind: int) -> None:
        if what == "broken":
            raise RuntimeError("failed")
        asked.append((what, kind))

    fake = SimpleNamespace(SND_FILENAME=1, SND_ASYNC=2, SND_NODEFAULT=4, PlaySound=play)
    playing = WinSound(fake).play(tmp_path / "a.wav")
    playing.stop()
    assert asked == [(str(tmp_path / "a.wav"), 7), (None, 0)]
    assert playing.failed() == ""
    with pytest.raises(OSError, match="failed"):
        WinSound(fake).play(Path("broken"))


def script(folder: Path, name: str, lines: str) -> str:
    file = folder / name
    file.write_text(f"#!{sys.executable}\n{lines}")
    file.chmod(0o755)
    return str(file)


WRITES = "import wave\ndef write(name):\n    with wave.open(name, 'wb') as file:\n"
WRITES += "        file.setparams((1, 2, 22050, 0, 'NONE', ''))\n"
WRITES += "        file.writeframes(bytes(2 * 22050))\n"


def test_macos_writes_what_it_hears_on_its_input(tmp_path: Path) -> None:
    lines = f"{WRITES}import sys\nassert sys.stdin.read() == '-Left side.'\nwrite(sys.argv[4])"
    (found,) = Say(script(tmp_path, "say", lines)).write(["-Left side."], "en")
    assert samples.seconds(found) == 1.0


def test_windows_writes_all_sentences_in_one_go(tmp_path: Path) -> None:
    """As PowerShell would: one line a sentence, whatever is in it."""
    lines = f"""{WRITES}
import os
texts = open(os.environ["QLBREAK_TEXTS"]).read().split("\\n")
assert texts == ["Left side.", "$(evil) it's \\"so\\""], texts
assert os.environ["QLBREAK_LANGUAGE"] == "en"
for number in range(len(texts)):
    write(f"{{os.environ['QLBREAK_TEXTS']}}.{{number}}.wav")
"""
    found = Sapi(script(tmp_path, "powershell", lines)).write(
        ["Left\nside.", '$(evil) it\'s "so"'], "en"
    )
    assert [samples.seconds(one) for one in found] == [1.0, 1.0]


@pytest.mark.parametrize("kind", [Espeak, Say, Sapi])
def test_a_voice_that_fails_says_so_in_a_word(kind: Any, tmp_path: Path) -> None:
    broken = kind(script(tmp_path, "broken", "raise SystemExit(3)"))
    with pytest.raises(OSError, match=r"espeak-ng|the voice of"):
        broken.write(["Left side."], "en")


def test_espeak_speaks_at_a_pace_that_can_be_followed() -> None:
    need("espeak-ng")
    text = "Reach the other arm up and over, and keep the hip down."
    (found, odd) = Espeak(shutil.which("espeak-ng") or "").write([text, "--help"], "en")
    assert 12 < len(text) / samples.seconds(found) < 19
    assert max(map(abs, found)) > 3000
    assert samples.seconds(odd) > 0.2  # said, and no option


# Speech Dispatcher, on a sound server of its own


@pytest.fixture
def sound() -> Iterator[Sound]:
    with Sound() as sound:
        yield sound


def dispatcher(sound: Sound) -> SpeechDispatcher:
    need("speech-dispatcher", "spd-say")
    if not list(Path("/usr/lib").glob("**/speech-dispatcher-modules/sd_espeak-ng")):
        need("speech-dispatcher-espeak-ng")
    return SpeechDispatcher(sound.env, shutil.which("speech-dispatcher") or "")


def test_it_is_started_speaks_and_is_silent_when_it_is_told_to(sound: Sound) -> None:
    ears, voice = Ears(sound), dispatcher(sound)
    speech = Speech([voice], "en", 80)
    speech.learn(["Left side."])
    wait_for(lambda: speech.lasts("Left side."), 15, "it is ready")
    assert speech.written("Left side.") is None
    speech.speak("Reach the other arm up and over. " * 5)
    wait_for(lambda: ears.last, 10, "it is heard")
    speech.stop()
    stopped = ears.now
    wait_for(lambda: ears.now > stopped + 1.5, 10, "somewhat later")
    assert ears.last < stopped + 0.5
    speech.close()
    assert voice.running() == ["espeak-ng"]


def test_one_that_dies_is_lost_once_and_the_guide_goes_on(
    sound: Sound, caplog: pytest.LogCaptureFixture
) -> None:
    speech = Speech([dispatcher(sound)], "en", 80)
    speech.learn(["Left side."])
    wait_for(lambda: speech.lasts("Left side."), 15, "it is ready")
    pid = int((sound.runtime / "speech-dispatcher/pid/speech-dispatcher.pid").read_text())
    sound.run(["kill", "-9", str(pid)])
    for _ in range(3):
        speech.speak("Left side.")
    assert not speech.there
    assert len([record for record in caplog.records if "cannot speak" in record.message]) == 1
    speech.close()


def test_nobody_there_is_no_voice(tmp_path: Path) -> None:
    env = {"XDG_RUNTIME_DIR": str(tmp_path)}
    speech = Speech([SpeechDispatcher(env, "/bin/false")], "en", 50)
    speech.learn(["Left side."])
    wait_for(lambda: not speech.there, 10, "it is given up")
    never(lambda: speech.lasts("Left side."), 0.1, "it claims to speak")


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"XDG_RUNTIME_DIR": "/run/user/1"}, "/run/user/1/speech-dispatcher/speechd.sock"),
        ({"SPEECHD_ADDRESS": "unix_socket:/a/b"}, "/a/b"),
        (
            {"SPEECHD_ADDRESS": "inet_socket:host:6560", "XDG_RUNTIME_DIR": "/r"},
            "/r/speech-dispatcher/speechd.sock",
        ),
    ],
)
def test_it_is_looked_for_where_its_own_library_does(
    environment: dict[str, str], path: str
) -> None:
    assert socket_path(environment) == path
