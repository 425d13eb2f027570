"""A guide on a real sound server: what comes out of the speakers is what the score says."""

from pathlib import Path

import pytest

from desk import CATALOGUE
from qlbreak.core.model.score import Score, score
from qlbreak.core.model.terms import Side
from qlbreak.guide.aloud import heard
from qlbreak.sound.tones import Tone
from rig.desktop import Desktop
from rig.privatebus import need
from rig.processes import Process
from rig.program import Program
from rig.room import Room
from rig.sound import Ears, record, start_sound
from rig.waiting import in_time, wait_for

SPEED = 4.0
NEAR_S = 0.3  # the look of a terminal, the start of a player, on a machine that has more to do


@pytest.fixture
def server(bare_desktop: Desktop) -> Process:
    return start_sound(bare_desktop)


@pytest.fixture
def home(bare_desktop: Desktop, server: Process) -> Desktop:
    assert server.alive
    return bare_desktop


def program(home: Desktop, tmp_path: Path, sound: str) -> Program:
    settings = tmp_path / "config.toml"
    settings.write_text(f'[guide]\nsound = "{sound}"\nvolume = 60\n')
    return home.program("--config", str(settings)).known()


def routine(name: str) -> Score:
    return score(CATALOGUE.exercises(CATALOGUE.routines[name].blocks), Side.LEFT)


def due(whole: Score, speed: float) -> list[tuple[float, Tone]]:
    """In real seconds; the end as well."""
    found = [(one.begin / speed, one.tone) for one in heard(whole) if one.tone]
    return [*found, (whole.seconds / speed, Tone.CHANGE)]


def same(ears: Ears, whole: Score, speed: float) -> None:
    """From now on to its end."""
    expected = due(whole, speed)
    begun = ears.now
    wait_for(lambda: ears.tones, 10, "it begins")
    begin = ears.tones[0][0]
    wait_for(lambda: ears.now > begin + expected[-1][0] + 2, 60, "its end is past")
    found = [(round(at - begin, 2), tone) for at, tone in ears.tones]
    assert [tone for _, tone in found] == [tone for _, tone in expected], (begun, found)
    assert [at for at, _ in found] == pytest.approx([at for at, _ in expected], abs=NEAR_S)


@pytest.mark.parametrize("where", ["window", "terminal"])
def test_each_tone_is_heard_at_its_second(home: Desktop, tmp_path: Path, where: str) -> None:
    one = program(home, tmp_path, "tones")
    options = ("--terminal",) if where == "terminal" else ()

    def attempt(number: int) -> None:
        ears = Ears(home, f"ears-{number}")
        guide = one.start("guide", "r60-desk", *options, QLBREAK_GUIDE_SPEED=str(SPEED))
        try:
            same(ears, routine("r60-desk"), SPEED)
            assert ears.speech == []
        finally:
            guide.kill9()

    in_time(attempt)


def test_the_voice_is_heard_and_never_late(home: Desktop, tmp_path: Path) -> None:
    """At its own pace: after each tone the first word comes at its time, and no word is heard when
    the next tone is due."""
    need("espeak-ng")
    one, whole = program(home, tmp_path, "voice"), routine("r30-lean")
    cuts = [at for at, tone in due(whole, 1.0) if tone is not Tone.HALF]
    sides = [
        whole.of(n)[0].begin for n, each in enumerate(whole.stretches) if each.moment != "work"
    ]

    def attempt(number: int) -> None:
        ears = Ears(home, f"ears-{number}")
        one.start("guide", "r30-lean", "--terminal")
        same(ears, whole, 1.0)
        assert one.wait_exit(10) == 0
        begin = ears.tones[0][0]
        words = [(first - begin, last - begin) for first, last in ears.speech]
        assert len(words) >= 4
        for first, last in words:
            following = [cut for cut in cuts if cut > first]
            assert not following or last < following[0] + NEAR_S, words
        # The side, or the change of sides, half a second after the tone that says that it comes.
        for at in sides:
            assert any(at + 0.3 < first < at + 1.2 for first, _ in words), words

    in_time(attempt, 6)  # half a minute each, and a word late in none of it


def test_in_a_call_it_falls_silent_at_once_until_it_is_over(home: Desktop, tmp_path: Path) -> None:
    need("espeak-ng")
    ears, one = Ears(home), program(home, tmp_path, "voice")
    one.start("guide", "r30-lean", "--terminal")
    wait_for(lambda: ears.speech, 10, "it speaks")
    call = record(home)
    begun = ears.now
    wait_for(lambda: ears.now > begun + 4, 10, "the first side is under way")
    assert ears.last < begun + 0.8
    assert [tone for _, tone in ears.tones] == [Tone.CHANGE]
    wait_for(lambda: "Silent in a call." in one.log, 5, "it says so", lambda: one.log)
    call.kill9()
    wait_for(lambda: len(ears.tones) > 1, 15, "the call is over, and it is heard again")
    assert "Sound: voice." in one.log.split("Silent in a call.")[1]


def test_a_meeting_that_was_declared_silences_it(home: Desktop, tmp_path: Path) -> None:
    """Only the running program knows of that, and tells who watches."""
    need("espeak-ng")
    one = program(home, tmp_path, "voice")
    one.start("run")
    wait_for(one.answers, 10, "it runs")
    ears = Ears(home)
    user = home.spawn("guide", [*one.command, "guide", "r30-lean", "--terminal"], env=one.env)
    wait_for(lambda: ears.speech, 10, "it speaks")
    assert one.run("meeting", "30 min").code == 0
    begun = ears.now
    wait_for(lambda: ears.now > begun + 4, 10, "the first side is under way")
    assert ears.last < begun + 0.8
    assert user.alive


def test_a_sound_server_that_dies_leaves_a_silent_guide_and_one_line_in_the_log(
    home: Desktop, server: Process, tmp_path: Path
) -> None:
    ears, one = Ears(home), program(home, tmp_path, "voice")
    one.start("guide", "r60-desk", "--terminal", QLBREAK_GUIDE_SPEED=str(SPEED))
    wait_for(lambda: len(ears.tones) > 1, 10, "it is heard")
    server.kill9()
    assert one.wait_exit(30) == 0
    assert "Well done." in one.log
    log = next(one.data_dir.parent.rglob("qlbreak.log"), None)
    said = log.read_text() if log else ""
    assert said.count("the guide cannot be heard") == 1, said
    assert "Traceback" not in said + one.log
    facts = [fact["type"] for fact in one.journal()]
    assert facts.count("worked") == 3
    assert [fact for fact in one.journal() if fact["type"] == "answered"][-1]["answer"] == "done"


def test_without_a_player_it_says_so_and_goes_on(room: Room) -> None:
    """Nothing but Python is on its path."""
    settings = room.folder / "config.toml"
    settings.write_text('[guide]\nsound = "voice"\n')
    one = room.program("--config", str(settings)).known()
    one.env["PATH"] = str(room.folder)
    one.start("guide", "r60-desk", "--terminal", QLBREAK_GUIDE_SPEED="50")
    assert one.wait_exit(20) == 0
    assert one.log.count("No sound here.") == 1
    doctor = one.run("doctor").out
    assert "sound          no player, so the guide is silent; Debian: pulseaudio-utils" in doctor
    assert "voice          none, so the guide only plays tones; Debian: espeak-ng" in doctor
