"""Plays samples by the first player that works, also several at once; asked by one thread."""

import logging
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from qlbreak.sound import samples
from qlbreak.sound.player import Player, Playing
from qlbreak.sound.samples import Samples
from qlbreak.system.clock import steady

_log = logging.getLogger(__name__)

# Where nothing could be played all is tried once more after that: sound servers come back.
REST_S: Final = 10.0
_FILES: Final = 4  # more never sound at once


class Output:
    """Whatever fails is logged once, and is not there."""

    def __init__(self, players: Sequence[Player], now: Callable[[], float] = steady) -> None:
        self._players, self._now = list(players), now
        self._at = 0  # the player whose turn it is
        self._rests_until = float("-inf")
        self._told = False
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._number = 0
        self._playing: list[tuple[Playing, Path]] = []

    @property
    def there(self) -> bool:
        return bool(self._players)

    def play(self, sound: Samples, *, beside: bool = False) -> None:
        """From now on; `beside` what is playing, else instead of it."""
        if not beside:
            self.stop()
        if not self._players or self._now() < self._rests_until:
            return
        try:
            self._begin(self._written(sound))
        except OSError as error:
            self._say(f"no room for a file: {error}")

    def stop(self) -> None:
        """At once."""
        for playing, _ in self._playing:
            with suppress(OSError):
                playing.stop()
        self._playing = []

    def look(self, *, again: bool) -> None:
        """To be called now and then: whether it goes well. `again`: where it does not, the next
        player may play it still."""
        for playing, file in list(self._playing):
            trouble, over = playing.failed(), playing.over()
            if trouble or over:
                self._playing.remove((playing, file))
            if trouble:
                self._next(trouble)
                if again:
                    self._begin(file)

    def close(self) -> None:
        self.stop()
        if self._folder is not None:
            self._folder.cleanup()

    def _begin(self, file: Path) -> None:
        while self._now() >= self._rests_until:
            try:
                self._playing.append((self._players[self._at].play(file), file))
            except OSError as error:
                self._next(str(error))
            else:
                return

    def _next(self, trouble: str) -> None:
        self._say(f"{self._players[self._at].name}: {trouble}")
        self._at = (self._at + 1) % len(self._players)
        if self._at == 0:
            self._rests_until = self._now() + REST_S

    def _say(self, trouble: str) -> None:
        if not self._told:
            self._told = True
            _log.warning("the guide cannot be heard, or not by the usual way: %s", trouble)

    def _written(self, sound: Samples) -> Path:
        """Another file each time: those before may be read still."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="qlbreak-")
        self._number = (self._number + 1) % _FILES
        file = Path(self._folder.name, f"{self._number}.wav")
        file.write_bytes(samples.wav(sound))
        return file
