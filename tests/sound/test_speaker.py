"""What a guide is heard by, with players and voices that note what they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from qlbreak.settings.guide_section import SoundMode
from qlbreak.sound import samples
from qlbreak.sound.fitting import Said, Weight
from qlbreak.sound.output import REST_S, Output
from qlbreak.sound.speaker import Speaker
from qlbreak.sound.speech import Speech
from qlbreak.sound.tones import SECONDS, Tone, tone
from qlbreak.sound.voice import Voice
from rig.spectrum import heard_tones
from rig.waiting import never, wait_for

LEFT, STEP = Said(Weight.SIDE, "Left side."), Said(Weight.STEP, "Reach up.")
COUNT = Said(Weight.COUNT, "Two.")


class FakePlayer:
    """Plays for as long as nobody stops it; `trouble`: what goes wrong with each."""

    def __init__(self, name: str = "player", trouble: str = "", refuses: str = "") -> None:
        self.name, self.trouble, self.refuses = name, trouble, refuses
        self.played: list[samples.Samples] = []
        self.stopped = 0

    def play(self, file: Path) -> "FakePlayer":
        if self.refuses:
            raise OSError(self.refuses)
        self.played.append(samples.read(file.read_bytes()))
        return self

    def stop(self) -> None:
        self.stopped += 1

    def over(self) -> bool:
        return False

    def failed(self) -> str:
        return self.trouble

    def lengths(self) -> list[float]:
        return [round(samples.seconds(one), 2) for one in self.played]


class Writer:
    """Each letter takes a tenth of a second."""

    name = "writer"

    def __init__(self, broken: bool = False) -> None:
        self.broken, self.given = broken, list[str]()

    def write(self, texts: Sequence[str], language: str) -> list[samples.Samples]:
        if self.broken:
            raise OSError("no voice today")
        self.given += texts
        assert language == "en"
        return [samples.Samples("h", [1000] * (len(text) * samples.RATE // 10)) for text in texts]


class Talker:
    name = "talker"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ready(self, language: str, volume: int) -> None:
        self.asked.append(f"ready {language} {volume}")

    def speak(self, text: str) -> None:
        self.asked.append(text)

    def stop(self) -> None:
        self.asked.append("stop")

    def close(self) -> None:
        self.asked.append("close")


Make = Callable[..., Speaker]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Speaker] = []

    def speaker(
        mode: SoundMode,
        *players: FakePlayer,
        voice: Voice | None = None,
        in_call: Callable[[], bool] = lambda: False,
    ) -> Speaker:
        speech = Speech([voice] if voice else [], "en", 100)
        made.append(Speaker(mode, 100, Output(players), speech, in_call))
        made[-1].wait()
        return made[-1]

    yield speaker
    for one in made:
        one.stop()
        one.close()


def test_a_tone_is_played_as_it_was_made(make: Make) -> None:
    player = FakePlayer()
    make(SoundMode.TONES, player).play(Tone.BEGIN, (LEFT,), 4.0)
    wait_for(lambda: player.played, 5, "it is played")
    assert player.played == [tone(Tone.BEGIN)]


def test_off_nothing_is(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.OFF, player)
    speaker.play(Tone.BEGIN, (), 4.0)
    never(lambda: player.played, 0.2, "something is played")


def test_words_follow_the_first_notes_in_one_sound(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.VOICE, player, voice=Writer())
    speaker.learn([LEFT.text, STEP.text])
    wait_for(lambda: speaker._speech.lasts(STEP.text), 5, "it has learnt them")
    speaker.play(Tone.CHANGE, (LEFT, STEP), 4.0)
    wait_for(lambda: player.played, 5, "it is heard")
    assert player.lengths() == [0.5 + 1.0 + 0.25 + 0.9]
    assert [kind for _, kind in heard_tones(player.played[0][: round(0.9 * samples.RATE)])] == [
        Tone.CHANGE
    ]


def test_what_is_said_is_not_said_again_until_something_changes(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.VOICE, player, voice=Writer())
    speaker.learn([LEFT.text, STEP.text, COUNT.text])
    wait_for(lambda: speaker._speech.lasts(COUNT.text), 5, "it has learnt them")
    speaker.play(None, (LEFT,), 30.0)
    wait_for(lambda: player.lengths() == [1.0], 5, "the side")
    speaker.play(None, (STEP,), 30.0, grace=20.0)
    wait_for(lambda: player.lengths()[1:] == [0.9], 5, "the step")
    speaker.play(None, (STEP, COUNT), 30.0, grace=20.0)
    wait_for(lambda: player.lengths()[2:] == [0.4], 5, "the number alone")
    speaker.play(Tone.CHANGE, (STEP,), 4.0)
    wait_for(lambda: player.lengths()[-1] == 1.4, 5, "all of it")


def test_a_sentence_waits_for_the_one_before_as_long_as_it_is_its_turn(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.VOICE, player, voice=Writer())
    speaker.learn([LEFT.text, STEP.text, COUNT.text])
    wait_for(lambda: speaker._speech.lasts(COUNT.text), 5, "it has learnt them")
    speaker.play(None, (LEFT,), 9.0)
    wait_for(lambda: len(player.played) == 1, 5, "the side")
    speaker.play(None, (STEP,), 9.0, grace=20.0)
    wait_for(lambda: player.lengths()[1:] == [0.9], 5, "the step, when the side is said")
    speaker.play(None, (COUNT,), 9.0, grace=0.1)
    never(lambda: len(player.played) > 2, 1.3, "its turn is over")


def test_a_call_silences_it_at_once_and_its_end_lets_it_go_on(make: Make) -> None:
    call, player = [False], FakePlayer()
    speaker = make(SoundMode.TONES, player, in_call=lambda: call[0])
    speaker.play(Tone.BEGIN, (), 4.0)
    wait_for(lambda: player.played, 5, "it is played")
    call[0] = True
    wait_for(lambda: player.stopped and speaker.hushed, 5, "it is silent, and says so")
    speaker.play(Tone.CHANGE, (), 4.0)
    never(lambda: len(player.played) > 1, 0.4, "something is played in a call")
    call[0] = False
    wait_for(lambda: not speaker.hushed, 5, "the call is over")
    speaker.play(Tone.HALF, (), 4.0)
    wait_for(lambda: len(player.played) == 2, 5, "the next is heard")


def test_a_tone_beside_words_cuts_nothing(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.TONES, player)
    speaker.play(Tone.BEGIN, (), 4.0)
    wait_for(lambda: player.played, 5, "it is played")
    speaker.play(Tone.HALF, (), 4.0, beside=True)
    wait_for(lambda: len(player.played) == 2, 5, "beside it")
    assert player.stopped == 0
    speaker.play(Tone.CHANGE, (), 4.0)
    wait_for(lambda: player.stopped == 2, 5, "both end")


def test_the_next_player_plays_what_the_first_could_not(
    make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = FakePlayer("first", refuses="not here"), FakePlayer("second")
    speaker = make(SoundMode.TONES, first, second)
    for _ in range(3):
        before = len(second.played)
        speaker.play(Tone.BEGIN, (), 4.0)
        wait_for(lambda before=before: len(second.played) > before, 5, "it is played")  # type: ignore[misc]
    assert [record.message for record in caplog.records] == [
        "the guide cannot be heard, or not by the usual way: first: not here"
    ]


def test_where_none_can_it_is_silent_says_so_once_and_tries_again_later(
    caplog: pytest.LogCaptureFixture,
) -> None:
    now, players = [0.0], [FakePlayer("one", refuses="no"), FakePlayer("two", refuses="no")]
    output = Output(players, lambda: now[0])
    for _ in range(5):
        output.play(tone(Tone.HALF))
    assert len(caplog.records) == 1
    for player in players:
        player.refuses = ""
    output.play(tone(Tone.HALF))
    assert players[0].played == []
    now[0] = REST_S
    output.play(tone(Tone.HALF))
    assert len(players[0].played) == 1
    output.close()


def test_one_that_ends_with_a_complaint_has_its_sound_played_by_the_next() -> None:
    players = [FakePlayer("one", trouble="Connection refused"), FakePlayer("two")]
    output = Output(players, lambda: 0.0)
    output.play(tone(Tone.HALF))
    output.look(again=True)
    assert players[1].played == [tone(Tone.HALF)]
    output.close()


def test_a_voice_that_fails_leaves_the_tones(make: Make, caplog: pytest.LogCaptureFixture) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.VOICE, player, voice=Writer(broken=True))
    speaker.learn([LEFT.text])
    wait_for(lambda: not speaker.can_speak, 5, "it has no voice")
    speaker.play(Tone.BEGIN, (LEFT,), 4.0)
    wait_for(lambda: player.played, 5, "the tone is heard")
    assert player.lengths() == [SECONDS]
    assert [record.message for record in caplog.records] == ["writer cannot speak: no voice today"]


def test_a_voice_that_speaks_itself_is_asked_after_the_tone_and_stopped_by_the_next(
    make: Make,
) -> None:
    player, voice = FakePlayer(), Talker()
    speaker = make(SoundMode.VOICE, player, voice=voice)
    speaker.learn([LEFT.text])
    wait_for(lambda: voice.asked == ["ready en 100"], 5, "it is ready")
    speaker.play(Tone.CHANGE, (LEFT, STEP), 9.0)
    wait_for(
        lambda: voice.asked[1:] == ["Left side. Reach up."], 5, "it speaks", lambda: voice.asked
    )
    speaker.play(Tone.BEGIN, (), 9.0)
    wait_for(lambda: voice.asked[2:] == ["stop"], 5, "it is silent")


def test_the_last_tone_is_heard_to_its_end(make: Make) -> None:
    player = FakePlayer()
    speaker = make(SoundMode.TONES, player)
    speaker.play(Tone.CHANGE, (), 9.0)
    speaker.close()
    assert player.lengths() == [SECONDS]
