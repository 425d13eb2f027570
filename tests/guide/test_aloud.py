"""A guided routine by ear: what is heard at which second, and what a pause or a key makes of it."""

from typing import Any

import pytest

from desk import CATALOGUE
from qlbreak.core.model.guided import Session
from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.score import Moment, score
from qlbreak.core.model.terms import Side
from qlbreak.guide.aloud import Aloud, heard
from qlbreak.settings.guide_section import SoundMode
from qlbreak.sound.fitting import Weight
from qlbreak.sound.tones import Tone
from qlbreak.texts import guidance, spoken

DESK = CATALOGUE.routines["r60-desk"].blocks  # rock 15, then reach 17 for each side


class FakeSpeaker:
    def __init__(self, *, plays: bool = True, speaks: bool = True) -> None:
        self.mode, self.hushed = SoundMode.TONES, False
        self.can_play, self.can_speak = plays, plays and speaks
        self.played: list[tuple[Tone | None, tuple[str, ...], float, bool]] = []
        self.learnt: list[str] = []
        self.stops = 0

    def set_mode(self, mode: SoundMode) -> None:
        self.mode = mode

    def learn(self, texts: list[str]) -> None:
        self.learnt = texts

    def wait(self) -> None:
        pass

    def stop(self) -> None:
        self.stops += 1

    def play(
        self,
        tone: Tone | None,
        said: Any,
        seconds: float,
        *,
        beside: bool = False,
        grace: float = 0,
    ) -> None:
        assert grace <= 1.5
        self.played.append((tone, tuple(one.text for one in said), seconds, beside))


class Course:
    """A routine that is followed, twelve looks a second."""

    def __init__(self, new: frozenset[str] = frozenset(), **means: bool) -> None:
        self.session = Session(CATALOGUE.exercises(DESK), Side.LEFT, new)
        self.speaker = FakeSpeaker(**means)
        self.aloud = Aloud(self.speaker)  # type: ignore[arg-type]
        self.aloud.begin(self.session)
        self.second, self.heard = 0.0, list[tuple[float, Tone | None, tuple[str, ...]]]()
        self.look()

    def look(self) -> None:
        before = len(self.speaker.played)
        self.aloud.look(self.session, 1.0)
        for tone, said, _, _ in self.speaker.played[before:]:
            self.heard.append((round(self.second, 1), tone, said))

    def run(self, seconds: float) -> "Course":
        for _ in range(round(seconds * 12)):
            self.session.advance(1 / 12)
            self.second += 1 / 12
            self.look()
        return self

    def tones(self) -> list[tuple[float, Tone]]:
        return [(at, tone) for at, tone, _ in self.heard if tone]


def test_each_tone_at_its_second() -> None:
    course = Course().run(80)
    assert course.session.over
    begun = [(0.0, Tone.CHANGE), (4.0, Tone.BEGIN), (19.0, Tone.CHANGE), (23.0, Tone.BEGIN)]
    half = [(31.5, Tone.HALF), (40.0, Tone.CHANGE), (43.0, Tone.BEGIN), (51.5, Tone.HALF)]
    expected = [*begun, *half, (60.0, Tone.CHANGE)]
    assert [tone for _, tone in course.tones()] == [tone for _, tone in expected]
    assert [at for at, _ in course.tones()] == pytest.approx([at for at, _ in expected], abs=0.15)


def test_what_is_said_is_what_the_voice_was_given_before() -> None:
    course = Course().run(80)
    said = [text for _, _, texts in course.heard for text in texts]
    assert set(said) <= set(course.speaker.learnt)
    assert "Left side." in said
    assert "Change sides. Now the right." in said
    assert said[-1] == "Well done. That is all."
    assert all(step in " ".join(said) for step in CATALOGUE.movements["reset-rock"].steps[:2])


def test_what_is_said_may_last_until_the_next_tone() -> None:
    course = Course().run(80)
    cuts = [at for at, tone, _ in course.heard if tone and tone is not Tone.HALF]
    for (at, _, _), (tone, said, seconds, beside) in zip(
        course.heard[:-1], course.speaker.played[:-1], strict=True
    ):
        if said and tone is not Tone.BEGIN and said[0] not in spoken.NUMBERS:
            assert at + seconds == pytest.approx(min(cut for cut in cuts if cut > at), abs=0.15)
        assert beside is (tone is Tone.HALF)


def test_repetitions_are_counted_from_the_second_on() -> None:
    course = Course().run(80)
    said = [text for _, _, texts in course.heard for text in texts]
    assert "One." not in said
    numbers = [word for word in said if word in spoken.NUMBERS]
    assert numbers == [*spoken.NUMBERS[1 : len(numbers) + 1]] != []


def test_what_waits_is_told_whole_and_being_ready_ends_that() -> None:
    course = Course(new=frozenset({"reset-rock"})).run(30)
    ((_, tone, said),) = course.heard
    assert tone is Tone.CHANGE
    assert said[-1] == "Press Space when you are ready."
    assert all(step in " ".join(said) for step in CATALOGUE.movements["reset-rock"].steps[:3])
    course.session.ready()
    course.run(5)
    assert course.speaker.stops == 1
    assert course.tones()[-1] == (34.0, Tone.BEGIN)


def test_a_pause_is_said_and_afterwards_where_one_was() -> None:
    course = Course().run(6)
    here = course.heard[-1][2]
    course.session.toggle()
    course.run(5)
    assert course.heard[-1][1:] == (None, ("Paused.",))
    course.session.toggle()
    course.look()
    assert course.heard[-1][1:] == (Tone.BEGIN, here)


def test_forward_and_back_are_heard_at_once() -> None:
    course = Course().run(6)
    course.session.next()
    course.look()
    assert course.heard[-1][1] is Tone.CHANGE
    assert course.heard[-1][2][0] == "Left side."
    course.run(1)
    course.session.back()
    course.look()
    assert course.heard[-1][2][0] == CATALOGUE.movements["reset-rock"].plain_name + "."


def test_enough_is_heard_as_the_end_and_going_back_into_it_as_a_beginning() -> None:
    course = Course().run(6)
    course.session.finish()
    course.look()
    course.look()
    assert course.tones()[-1:] == [(6.0, Tone.CHANGE)]
    assert [said for _, _, said in course.heard].count(("Well done. That is all.",)) == 1
    course.session.back()
    course.look()
    assert course.heard[-1][1] is Tone.CHANGE


def test_what_a_machine_noticed_too_late_is_left_out() -> None:
    course = Course().run(3.9)
    course.session.advance(3.0)
    before = len(course.heard)
    course.look()
    assert len(course.heard) == before


@pytest.mark.parametrize(
    ("means", "told"),
    [
        ({}, ["voice", "off", "tones"]),
        ({"speaks": False}, ["off", "tones", "off"]),
        ({"plays": False}, ["off", "off", "off"]),
    ],
)
def test_the_key_goes_round_what_there_is(means: dict[str, bool], told: list[str]) -> None:
    course = Course(frozenset(), **means)
    seen = []
    for _ in range(3):
        course.aloud.switch()
        seen.append(course.aloud.told)
    assert seen == [f"Sound: {word}" for word in told]


def test_switched_on_it_says_at_once_where_one_is() -> None:
    course = Course().run(6)
    before = len(course.heard)
    course.aloud.switch()
    course.look()
    assert course.speaker.mode is SoundMode.VOICE
    assert [tone for _, tone, _ in course.heard[before:]] == [Tone.BEGIN]


def test_a_call_and_a_missing_player_are_told() -> None:
    course = Course()
    course.speaker.hushed = True
    assert course.aloud.told == guidance.SOUND_HUSHED
    assert Course(plays=False).aloud.told == guidance.NO_SOUND


@pytest.mark.parametrize("seconds", [15, 30, 60])
@pytest.mark.parametrize("name", sorted(CATALOGUE.movements))
def test_every_movement_is_told_in_the_order_of_its_score(name: str, seconds: int) -> None:
    """Every step at its phase, the caution before the work; and nothing between two phases but the
    half."""
    movement = CATALOGUE.movements[name]
    whole = score((Exercise(movement, seconds),), Side.LEFT)
    found = heard(whole)
    begins = {phase.begin for phase in whole.phases}
    assert {one.begin for one in found if one.tone is not Tone.HALF} == begins
    for one in found:
        here = whole.at(one.begin)
        first = {Moment.WORK: Tone.BEGIN}.get(here.moment, Tone.CHANGE)
        if one.tone and one.tone is not Tone.HALF:
            assert (one.tone, one.begin) == (first, whole.of(here.stretch)[0].begin)
        if one.tone is Tone.HALF:
            middle = whole.of(here.stretch)[0].begin + whole.stretches[here.stretch].seconds / 2
            assert one.begin == middle
    told = [said for one in found for said in one.said]
    assert movement.caution in [said.text for said in told if said.weight is Weight.CAUTION]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Breathe out, let go. Turn back.", ("Breathe out, let go.", "Turn back.")),
        ("ゆっくり戻る。息を吐く。", ("ゆっくり戻る。", "息を吐く。")),
        ("هل أنت جاهز؟ ابدأ.", ("هل أنت جاهز؟", "ابدأ.")),
    ],
)
def test_a_step_is_said_sentence_by_sentence(text: str, told: tuple[str, ...]) -> None:
    assert spoken.sentences(text) == told
