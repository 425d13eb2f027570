"""What a guide is heard by: a thread that plays what is due, or leaves it out, and is never late.

It has no clock of its own: it is told what is due at the moment at which it is.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from qlbreak.settings.guide_section import SoundMode
from qlbreak.sound import samples
from qlbreak.sound.fitting import AFTER_TONE_S, Said, Weight, begins, fitting
from qlbreak.sound.output import Output
from qlbreak.sound.speech import Speech
from qlbreak.sound.tones import SECONDS, Tone, tone
from qlbreak.system.clock import steady

# What could not begin within that time is left out. A tone has longer: somebody waits for it.
_LATE_S: Final = 0.5
TONE_LATE_S: Final = 1.0
# A call is looked for so often: it costs one look into a socket.
_LOOK_S: Final = 0.25
# A voice that has not learnt its words yet may say them when the tone is over, or soon after; so it
# is with the very first ones.
_WAITS_S: Final = SECONDS, 2.0
# The first look for a call opens a connection; so long the beginning may wait for it.
_WARM_S: Final = 1.5
# So long the last tone may ring on when all is over.
_RINGS_S: Final = 1.2


class Due(Struct, frozen=True):
    """What is to be heard, and since when. `seconds`: until it would be cut short. `grace`: so long
    it may wait for the end of what is being said."""

    tone: Tone | None
    said: tuple[Said, ...]
    seconds: float
    steady: float
    grace: float = 0.0

    @property
    def fresh(self) -> bool:
        return steady() - self.steady <= (TONE_LATE_S if self.tone else _LATE_S)

    @property
    def cuts(self) -> bool:
        """Is what is heard just now over?"""
        return bool(self.tone) or any(one.weight is Weight.SIDE for one in self.said)


class Speaker:
    """`in_call`: whether somebody is in a call or a meeting; asked by the thread of this alone."""

    def __init__(
        self,
        mode: SoundMode,
        volume: int,
        output: Output,
        speech: Speech,
        in_call: Callable[[], bool],
    ) -> None:
        self.mode, self.hushed = mode, False
        self._volume, self._output, self._speech, self._in_call = volume, output, speech, in_call
        self._texts: tuple[str, ...] = ()
        self._due: Due | None = None
        self._beside: Due | None = None
        self._stop = self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._warm = threading.Event()
        # Of that thread alone:
        self._last: Due | None = None
        self._later: tuple[float, str] | None = None  # when a voice that speaks itself says what
        self._unsaid: Due | None = None
        self._held: Due | None = None  # it waits for the end of what is being said
        self._told: set[str] = set()  # since the last change
        self._talks_until = 0.0
        self.set_mode(mode)

    @property
    def can_play(self) -> bool:
        return self._output.there

    @property
    def can_speak(self) -> bool:
        return self._output.there and self._speech.there

    def set_mode(self, mode: SoundMode) -> None:
        """From now on; what is heard just now ends."""
        self.mode = mode
        if mode is SoundMode.VOICE:
            self._speech.learn(self._texts)
        if mode is not SoundMode.OFF and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
            self._thread.start()
        self.stop()

    def wait(self) -> None:
        """Until what comes next can be heard at once; not long."""
        if self._thread is not None:
            self._warm.wait(_WARM_S)

    def learn(self, texts: Sequence[str]) -> None:
        """What will be said, in its order, long before it is due."""
        self._texts = tuple(texts)
        if self.mode is SoundMode.VOICE:
            self._speech.learn(self._texts)

    def play(
        self,
        kind: Tone | None,
        said: Sequence[Said],
        seconds: float,
        *,
        beside: bool = False,
        grace: float = 0.0,
    ) -> None:
        """Now; what is said may last so many seconds. Waits for nothing.

        A tone cuts short what is heard, unless it is to be heard `beside` that; words alone do not
        begin while others are being said, but for the weightiest; they may wait for their end for
        as long as the `grace`.
        """
        if self.mode is SoundMode.OFF:
            return
        due = Due(kind, tuple(said), seconds, steady(), grace)
        with self._changed:
            if beside:
                self._beside = due
            else:
                self._due, self._stop = due, False
            self._changed.notify_all()

    def stop(self) -> None:
        """Silence, at once."""
        with self._changed:
            self._due, self._beside, self._stop = None, None, True
            self._changed.notify_all()

    def close(self) -> None:
        """What is heard comes to its end, if that is soon."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(2 * _RINGS_S)

    # Its thread

    def _run(self) -> None:
        try:
            self.hushed = self._in_call()
            for kind in Tone:
                tone(kind)
            self._warm.set()
            while not self._closed:
                self._turn()
            self._turn()  # what was due in the last moment
            if self._last is not None:
                threading.Event().wait(max(self._last.steady + _RINGS_S - steady(), 0.0))
        finally:
            self._speech.close()
            self._output.close()

    def _turn(self) -> None:
        due, beside, stop = self._taken()
        self.hushed = self._in_call()
        if self.hushed or stop:
            self._hush()
        if not self.hushed:
            self._sound(due, beside)
        self._output.look(again=self._last is not None and self._last.fresh)

    def _taken(self) -> tuple[Due | None, Due | None, bool]:
        """What is due now, what beside it, and whether to be silent first."""
        with self._changed:
            wait = _LOOK_S
            if self._later is not None:
                wait = min(wait, max(self._later[0] - steady(), 0.0))
            if self._held is not None:
                wait = min(wait, max(self._talks_until - steady(), 0.0))
            self._changed.wait_for(
                lambda: self._due or self._beside or self._stop or self._closed, wait
            )
            taken = self._due, self._beside, self._stop
            self._due, self._beside, self._stop = None, None, False
            return taken

    def _sound(self, due: Due | None, beside: Due | None) -> None:
        if due is not None and due.fresh:
            self._held = due
        if (held := self._held) is not None and (held.cuts or steady() >= self._talks_until):
            self._held = None
            if held.fresh or steady() - held.steady <= held.grace:
                self._begin(held)
        elif self._later is not None and steady() >= self._later[0]:
            self._speech.speak(self._later[1])
            self._later = None
        elif self._unsaid is not None:
            self._make_up(self._unsaid)
        if beside is not None and beside.tone and beside.fresh:
            self._output.play(samples.softer(tone(beside.tone), self._volume), beside=True)

    def _begin(self, due: Due) -> None:
        if due.cuts:
            # On the way to a movement it may have been said how to get into it.
            told = set(self._told) if due.tone is Tone.BEGIN else set()
            self._hush()
            self._told = told
        self._last = due
        first = AFTER_TONE_S if due.tone else 0.0
        said = self._fitting(due, due.steady + due.seconds - steady() - first)
        waits = due.cuts and due.said and not said and self.mode is SoundMode.VOICE
        self._unsaid = due if waits else None
        self._say(said, due.tone, first)

    def _make_up(self, due: Due) -> None:
        passed = steady() - due.steady
        if passed < _WAITS_S[0]:
            return
        if passed > _WAITS_S[1]:
            self._unsaid = None
        elif said := self._fitting(due, due.seconds - passed):
            self._unsaid = None
            self._say(said, None, 0.0)

    def _fitting(self, due: Due, seconds: float) -> list[Said]:
        """What was said since the last change is not said again."""
        if self.mode is not SoundMode.VOICE:
            return []
        wanted = [one for one in due.said if one.text not in self._told]
        return fitting(wanted, seconds, self._speech.lasts)

    def _say(self, said: list[Said], kind: Tone | None, first: float) -> None:
        lengths = [self._speech.lasts(one.text) or 0.0 for one in said]
        begin = begins(lengths, first)
        parts = [(tone(kind), 0.0)] if kind else []
        written = [self._speech.written(one.text) for one in said]
        parts += [(one, at) for one, at in zip(written, begin, strict=True) if one is not None]
        if parts:
            sound = samples.softer(samples.mixed(*parts), self._volume)
            self._output.play(sound, beside=kind is None)
        if said:
            self._told.update(one.text for one in said)
            self._talks_until = steady() + begin[-1] + lengths[-1]
            if None in written:  # the voice speaks by itself
                self._later = steady() + first, " ".join(one.text for one in said)

    def _hush(self) -> None:
        self._later = self._last = self._unsaid = self._held = None
        self._talks_until = 0.0
        self._told.clear()
        self._output.stop()
        self._speech.stop()
