"""Whether somebody records from a microphone, as PulseAudio or PipeWire tells it."""

from collections.abc import Callable, Mapping

from qlbreak.language import _
from qlbreak.senses.pulse import NOBODY, Pulse, Recording

# What a stream says of itself that looks at sound and keeps none of it: the level meters of the
# sound settings, and filters that run whether or not somebody listens.
_LOOKS_ONLY = {"resample.peaks": "true", "stream.monitor": "true", "node.passive": "true"}
_METERS = ("Peak detect", "PeakDetect")


def socket_path(environment: Mapping[str, str]) -> str:
    """The socket of the sound server. A server elsewhere hears another room."""
    named = environment.get("PULSE_SERVER", "")
    if named.startswith(("unix:", "/")):
        return named.removeprefix("unix:")
    folder = environment.get("PULSE_RUNTIME_PATH")
    return f"{folder or environment.get('XDG_RUNTIME_DIR', '') + '/pulse'}/native"


def open_source(path: str) -> Callable[[], bool]:
    """Raises OSError where there is no sound server.

    The connection stays open, and the server puts a word into it when a recording begins or ends:
    so a look is one look into a socket. Lists of recordings cost more, `pactl` a process as well.
    """
    try:
        return _Microphone(Pulse(path))
    except FileNotFoundError:
        raise OSError(_("no sound server at {path}", path=path)) from None


class _Microphone:
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._used = False

    def __call__(self) -> bool:
        if self._pulse.news():
            live = [recording for recording in self._pulse.recordings() if listens(recording)]
            self._used = any(not self._pulse.monitors(recording.source) for recording in live)
        return self._used

    def close(self) -> None:
        self._pulse.close()


def listens(recording: Recording) -> bool:
    """Whether a program takes the sound. Muted or not: who is muted in a call is in a call."""
    said = recording.properties
    return (
        recording.client != NOBODY  # else a part of the server: an echo canceller, a loop
        and recording.source != NOBODY
        and not recording.corked
        and recording.method != "peaks"
        and said.get("media.name") not in _METERS
        and said.get("stream.capture.sink") != "true"
        and not any(said.get(name) == value for name, value in _LOOKS_ONLY.items())
    )
