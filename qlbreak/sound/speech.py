"""The first voice that works, and what it is to say, which it learns ahead on its own thread."""

import logging
import threading
from collections.abc import Sequence
from typing import Final

from qlbreak.sound import samples
from qlbreak.sound.fitting import guessed
from qlbreak.sound.samples import Samples
from qlbreak.sound.voice import SpeakingVoice, Voice, WritingVoice

_log = logging.getLogger(__name__)

# Its first sentences are given one by one, so that they are there soon; then more at once, since
# some voices take a second to begin.
_MOST_AT_ONCE: Final = 16


class Speech:
    """Whatever fails is logged, and the next voice has its turn."""

    def __init__(self, voices: Sequence[Voice], language: str, volume: int) -> None:
        self._voices, self._language, self._volume = list(voices), language, volume
        self._texts: tuple[str, ...] = ()
        self._written: dict[str, Samples] = {}
        self._ready: SpeakingVoice | None = None
        self._spoken = False
        self._changing = threading.Lock()
        self._learns = self._closed = False

    @property
    def there(self) -> bool:
        return bool(self._voices)

    def learn(self, texts: Sequence[str]) -> None:
        """Ahead of time, in the order in which they will be said."""
        with self._changing:
            self._texts = tuple(dict.fromkeys(texts))
            if self._texts and not self._learns:
                self._learns = True
                threading.Thread(target=self._learn, name="voice", daemon=True).start()

    def lasts(self, text: str) -> float | None:
        """Seconds; None for what it cannot say at this moment."""
        if text in self._written:
            return samples.seconds(self._written[text])
        return guessed(text) if self._ready is not None else None

    def written(self, text: str) -> Samples | None:
        """As it sounds; None where the voice speaks by itself."""
        return self._written.get(text)

    def speak(self, text: str) -> None:
        """By a voice that does so itself."""
        if (voice := self._ready) is None:
            return
        try:
            voice.speak(text)
            self._spoken = True
        except OSError as error:
            self._lose(voice, error)

    def stop(self) -> None:
        """At once, of a voice that speaks itself."""
        voice, spoken, self._spoken = self._ready, self._spoken, False
        if voice is None or not spoken:
            return
        try:
            voice.stop()
        except OSError as error:
            self._lose(voice, error)

    def close(self) -> None:
        self._closed = True
        self.stop()
        if self._ready is not None:
            self._ready.close()

    def _learn(self) -> None:
        at_once = 1
        while wanted := self._unknown():
            voice = self._voices[0]
            try:
                if not isinstance(voice, WritingVoice):
                    voice.ready(self._language, self._volume)
                    self._ready = voice
                else:
                    some = wanted[:at_once]
                    written = voice.write(some, self._language)
                    self._written |= zip(some, written, strict=True)
                    at_once = min(2 * at_once, _MOST_AT_ONCE)
            except (OSError, ValueError) as error:
                self._lose(voice, error)

    def _unknown(self) -> list[str]:
        """What a voice is to learn still; nothing where there is none, or one that speaks itself is
        ready: then it is over."""
        with self._changing:
            over = self._closed or not self._voices or self._ready is not None
            wanted = [] if over else [text for text in self._texts if text not in self._written]
            self._learns = bool(wanted)
            return wanted

    def _lose(self, voice: Voice, error: Exception) -> None:
        _log.warning("%s cannot speak: %s", voice.name, error)
        self._ready = None
        if voice in self._voices:
            self._voices.remove(voice)
