"""The tones: told apart by their spectrum, soft at both ends, never too loud."""

from array import array
from itertools import pairwise

import pytest

from qlbreak.sound import samples
from qlbreak.sound.samples import RATE
from qlbreak.sound.tones import NOTES, SECONDS, Tone, tone
from rig.spectrum import heard_tones, loudness, share, speech


@pytest.mark.parametrize("kind", Tone)
def test_a_tone_is_made_of_its_notes(kind: Tone) -> None:
    made = tone(kind)
    assert samples.seconds(made) == pytest.approx(SECONDS, abs=0.001)
    for frequency, begin in NOTES[kind]:
        first = round(begin * RATE)
        assert share(made[first : first + RATE // 8], frequency) > 0.2
    assert share(made[: RATE // 8], NOTES[kind][0][0]) > 0.5


@pytest.mark.parametrize("kind", Tone)
def test_it_is_found_again_and_is_no_other(kind: Tone) -> None:
    made = array("h", [0] * RATE) + samples.softer(tone(kind), 30)
    ((at, found),) = heard_tones(made)
    assert found is kind
    assert at == pytest.approx(1.0, abs=0.06)
    assert speech(made) == []


@pytest.mark.parametrize("kind", Tone)
def test_it_is_soft_at_both_ends(kind: Tone) -> None:
    """Struck and cut off hard it would click."""
    made = tone(kind)
    steps = [abs(after - before) for before, after in pairwise(made)]
    assert max(steps[:20]) < max(steps) / 2
    assert abs(made[0]) < 50
    assert abs(made[-1]) < 50
    assert max(map(abs, made)) <= 0.71 * 32767
    assert loudness(made[: RATE // 4]) > 2 * loudness(made[-RATE // 4 :])


def test_no_note_belongs_to_two_of_them() -> None:
    notes = [frequency for notes in NOTES.values() for frequency, _ in notes]
    assert len(set(notes)) == len(notes)
    assert all(400 < frequency < 800 for frequency in notes)
