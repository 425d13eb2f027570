"""A sound server of a test's own, without a sound card: a microphone that hears nothing."""

from pathlib import Path

from rig.privatebus import need
from rig.processes import Process
from rig.session import Session
from rig.waiting import wait_for

MICROPHONE, SPEAKERS = "microphone", "speakers"
MODULES = (
    "module-native-protocol-unix",
    f"module-null-source source_name={MICROPHONE}",
    f"module-null-sink sink_name={SPEAKERS}",
)


def start_sound(session: Session, *options: str) -> Process:
    """A real PulseAudio in that session; it may be started again after its end."""
    need("pulseaudio", "pactl", "parec")
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
    modules = [word for module in MODULES for word in ("-L", module)]
    server = session.spawn("pulseaudio", [*command, *options, *modules])
    ready = lambda: MICROPHONE in session.run(["pactl", "list", "short", "sources"]).out  # noqa: E731
    wait_for(ready, 10, f"PulseAudio has a microphone, see {server.log}")
    return server


def sound_place(session: Session) -> str:
    """The socket of its server."""
    return str(session.runtime / "pulse/native")


def record(session: Session, *options: str, source: str = MICROPHONE) -> Process:
    """Somebody records until he is ended; returns when the server knows of him."""
    before = recordings(session)
    process = session.spawn("parec", ["parec", "-d", source, *options, "/dev/null"])
    wait_for(lambda: recordings(session) > before, 5, f"a recording, see {process.log}")
    return process


def recordings(session: Session) -> int:
    return len(session.run(["pactl", "list", "short", "source-outputs"]).out.splitlines())


class Sound(Session):
    """Only a sound server."""

    def __init__(self, *options: str) -> None:
        super().__init__()
        self._options = options

    def start(self) -> None:
        for folder in (self.home, self.runtime, Path(self.folder, "tmp")):
            folder.mkdir(mode=0o700)
        self.server = start_sound(self, *self._options)

    @property
    def place(self) -> str:
        return sound_place(self)
