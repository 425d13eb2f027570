"""Sound as numbers: files, other rates, mixing, volume."""

import io
import wave
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.sound import samples
from qlbreak.sound.samples import RATE
from rig.spectrum import loudness

NUMBERS = st.lists(st.integers(-32768, 32767), max_size=50).map(lambda found: array("h", found))


def file(rate: int, channels: int = 1, width: int = 2, length: int = 100) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as target:
        target.setnchannels(channels)
        target.setsampwidth(width)
        target.setframerate(rate)
        target.writeframes(bytes(range(200))[: width * channels] * length)
    return made.getvalue()


@given(NUMBERS)
def test_what_is_written_is_read_as_the_same(some: samples.Samples) -> None:
    assert samples.read(samples.wav(some)) == some


@pytest.mark.parametrize("rate", [8000, 16000, 44100])
def test_a_voice_of_another_rate_takes_as_long_as_before(rate: int) -> None:
    found = samples.read(file(rate, channels=2, length=rate))
    assert samples.seconds(found) == pytest.approx(1.0)


@pytest.mark.parametrize("content", [b"", b"no", b"RIFF", file(RATE)[:20], file(RATE, width=1)])
def test_what_is_no_such_file_is_said(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"WAV|bits"):
        samples.read(content)


@given(NUMBERS, NUMBERS)
def test_two_at_once_are_added_and_never_turn_over(
    one: samples.Samples, two: samples.Samples
) -> None:
    both = samples.mixed((one, 0.0), (two, 10 / RATE))
    assert len(both) == max(len(one), len(two) + 10)
    for index, value in enumerate(both):
        mine = one[index] if index < len(one) else 0
        theirs = two[index - 10] if 10 <= index < 10 + len(two) else 0
        assert value == max(-32768, min(32767, mine + theirs))


def test_volume_is_heard_as_a_ratio() -> None:
    full = array("h", [10000, -10000] * 1000)
    assert samples.softer(full, 100) == full
    assert loudness(samples.softer(full, 50)) == pytest.approx(loudness(full) / 4, rel=0.01)
    assert set(samples.softer(full, 0)) == {0}
