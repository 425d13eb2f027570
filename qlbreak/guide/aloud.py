"""A guided routine by ear: which tone and which words are due at which second, and who plays them.

Each stretch begins with a tone. Getting ready and changing sides: a pair that falls; so does the
end. The work: a pair that rises, and a single one half-way through it, where that is worth it.
"""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from qlbreak.core.model.dose import Part
from qlbreak.core.model.guided import Session
from qlbreak.core.model.score import Moment, Score, ScorePhase, Stretch, said
from qlbreak.core.model.terms import Side
from qlbreak.language import formats
from qlbreak.settings.guide_section import SoundMode
from qlbreak.sound.fitting import Said, Weight
from qlbreak.sound.speaker import TONE_LATE_S, Speaker
from qlbreak.sound.tones import Tone
from qlbreak.texts import guidance, spoken

# In less nobody needs to know that half of it is over.
_WORTH_HALF_S: Final = 16.0
# What is noticed later than that is not begun any more: in real seconds. A tone that comes a little
# late on a busy machine is better than none, for somebody who waits for it.
_LATE_S: Final = 0.4
# A sentence may wait for the end of the one before it, as long as it is its turn.
_GRACE_S: Final = 1.5
_AHEAD_S: Final = 0.2
_BIT: Final = 1e-6
_LONG_S: Final = 600.0  # until the person goes on


class Heard(Struct, frozen=True):
    """`begin`: so many seconds after the routine's. `beside`: it cuts nothing short. `brief`: its
    words must be over before anything else is due, or are left out; else they may go on until the
    next tone."""

    begin: float
    tone: Tone | None
    said: tuple[Said, ...] = ()
    beside: bool = False
    brief: bool = False


def heard(score: Score) -> tuple[Heard, ...]:
    """All that is to be heard, in its order; the end is none of it."""
    found: list[Heard] = []
    for number, stretch in enumerate(score.stretches):
        phases = score.of(number)
        if stretch.moment is Moment.WORK:
            found += _work(score, stretch, phases)
        else:
            told = tuple(_before(score, stretch, phases[0]))
            found.append(Heard(phases[0].begin, Tone.CHANGE, told))
    return tuple(sorted(found, key=lambda one: one.begin))


def _before(score: Score, stretch: Stretch, phase: ScorePhase) -> Iterator[Said]:
    """What comes. There is all the time in the world where the person says when it goes on, and so
    all of it is told; else how to get into it, as far as that can be said meanwhile."""
    block = score.blocks[stretch.block]
    steps = said(block.movement, block.seconds)
    first = len(steps) if phase.waits else len(block.movement.dose.ways)
    into = [each for step in steps[:first] for each in _sentences(step)]
    if stretch.moment is Moment.CHANGE:
        yield Said(Weight.SIDE, spoken.CHANGE[stretch.side])
        yield from into
        return
    if stretch.side is not Side.BOTH:
        yield Said(Weight.SIDE, spoken.SIDE[stretch.side])
    yield Said(Weight.STEP, formats.sentence(block.movement.plain_name))
    yield from into
    yield Said(Weight.CAUTION, block.movement.caution)
    if phase.waits:
        yield Said(Weight.CAUTION, spoken.READY)


def _work(score: Score, stretch: Stretch, phases: tuple[ScorePhase, ...]) -> Iterator[Heard]:
    """A step at each phase that it is of: what there was no time for may be said when it comes
    again. A repetition begins with its number, from the second on."""
    block = score.blocks[stretch.block]
    steps = said(block.movement, block.seconds)
    rep = 1
    for number, phase in enumerate(phases):
        told = [*_sentences(steps[phase.step])]
        if phase.rep > rep and phase.of > 1 and phase.part is not Part.REST:
            rep = phase.rep
            told = [Said(Weight.COUNT, spoken.number(rep)), *told]
        # How to get into it was told before, as far as there was time: now what comes then.
        first = number == 0 and phase.part is Part.IN
        brief = first or all(one.weight is Weight.COUNT for one in told)
        yield Heard(phase.begin, None if number else Tone.BEGIN, tuple(told), brief=brief)
    if stretch.seconds >= _WORTH_HALF_S:
        yield Heard(phases[0].begin + stretch.seconds / 2, Tone.HALF, beside=True)


def _sentences(step: str) -> Iterator[Said]:
    return (Said(Weight.STEP, each) for each in spoken.sentences(step))


class Aloud:
    """Plays it: the hearer of a playback."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self._heard: tuple[Heard, ...] = ()
        self._jumps, self._position = -1, 0.0
        self._paused = self._waited = self._over = self._again = False

    def begin(self, session: Session) -> None:
        """What will be said is told to the voice beforehand; the beginning is to be heard, too."""
        self._heard = heard(session.score)
        self._jumps, self._position = -1, 0.0
        texts = [one.text for due in self._heard for one in due.said]
        self.speaker.learn([*texts, spoken.PAUSED, spoken.OVER])
        self.speaker.wait()

    @property
    def told(self) -> str:
        """How it stands, in words."""
        speaker = self.speaker
        if speaker.mode is SoundMode.OFF:
            return guidance.SOUND_OFF
        if not speaker.can_play:
            return guidance.NO_SOUND
        if speaker.hushed:
            return guidance.SOUND_HUSHED
        speaks = speaker.mode is SoundMode.VOICE and speaker.can_speak
        return guidance.SOUND_VOICE if speaks else guidance.SOUND_TONES

    def switch(self) -> None:
        """The next of off, tones and voice, as far as there are such; for this run alone."""
        modes = [SoundMode.OFF]
        if self.speaker.can_play:
            modes.append(SoundMode.TONES)
        if self.speaker.can_speak:
            modes.append(SoundMode.VOICE)
        here = modes.index(self.speaker.mode) if self.speaker.mode in modes else -1
        self.speaker.set_mode(modes[(here + 1) % len(modes)])
        self._again = True  # it is heard at once how that sounds

    def look(self, session: Session, speed: float) -> None:
        if session.over:
            if not self._over:
                self._say(Tone.CHANGE, spoken.OVER)
            self._over = True
            return
        if session.paused != self._paused:
            self._paused = session.paused
            self._again = not self._paused
            if self._paused:
                self._say(None, spoken.PAUSED)
        elif self._waited and not session.waiting:
            self.speaker.stop()  # whoever is ready has heard enough
        self._over, self._waited = False, session.waiting
        if not session.paused:
            self._follow(session, speed)

    def _follow(self, session: Session, speed: float) -> None:
        position = session.position
        before, self._position = self._position, position
        if session.jumps != self._jumps:
            self._jumps, before = session.jumps, position - session.passed - _BIT
        again, self._again = self._again, False
        due = [one for one in self._heard if before < one.begin <= position]
        if again:
            self._repeat(session, speed)
        for one in due:
            late = position - one.begin > (TONE_LATE_S if one.tone else _LATE_S) * speed
            if not late and not again and (one.beside or one is _last(due)):
                left = self._left(session, one) / speed
                grace = min(self._own(session, one) / speed, _GRACE_S)
                self.speaker.play(one.tone, one.said, left, beside=one.beside, grace=grace)

    def _repeat(self, session: Session, speed: float) -> None:
        """What is due at this place, however long ago it began."""
        begin = session.position - session.elapsed - _BIT
        here = [one for one in self._heard if begin <= one.begin <= session.position]
        if told := [one for one in here if not one.beside]:
            left = self._left(session, told[-1]) / speed
            self.speaker.play(told[0].tone, told[-1].said, left)

    def _left(self, session: Session, here: Heard) -> float:
        """Seconds of the score until a tone cuts it short, or until what is brief must be over."""
        if session.waiting:
            return _LONG_S
        later = (
            one.begin
            for one in self._heard
            if one.begin > here.begin and not one.beside and (one.tone or here.brief)
        )
        return next(later, session.score.seconds) - session.position

    def _own(self, session: Session, here: Heard) -> float:
        """Seconds until anything else is due: what waited longer would speak of what is over."""
        later = (one.begin for one in self._heard if one.begin > here.begin and not one.beside)
        return next(later, session.score.seconds) - session.position - _AHEAD_S

    def _say(self, kind: Tone | None, text: str) -> None:
        self.speaker.play(kind, (Said(Weight.SIDE, text),), _LONG_S)


def _last(due: list[Heard]) -> Heard | None:
    return next((one for one in reversed(due) if not one.beside), None)
