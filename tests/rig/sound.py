"""A sound server of a test's own, without a sound card: a microphone that hears nothing,
and ears at its speakers."""

from array import array
from pathlib import Path

from qlbreak.sound.tones import Tone
from rig.privatebus import need
from rig.processes import Process
from rig.session import Session
from rig.spectrum import Listening
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


class Ears:
    """Hears what comes out of the speakers, from now on, in seconds since the beginning of that."""

    RATE = 8000  # the notes are below 800 Hz, and what rings with them below 2400

    def __init__(self, session: Session, name: str = "ears") -> None:
        need("parec")
        self._file = session.folder / f"{name}.raw"
        form = ["--raw", "--format=s16le", "--channels=1", f"--rate={self.RATE}"]
        session.spawn(
            name, ["parec", "-d", f"{SPEAKERS}.monitor", "--latency-msec=20", *form],
            out=self._file,
        )  # fmt: skip
        self._taken = 0
        self._listening = Listening(self.RATE)
        wait_for(self._listen, 10, "something to listen to")

    def _listen(self) -> int:
        with self._file.open("rb") as file:
            file.seek(self._taken)
            data = file.read()
        data = data[: len(data) // 2 * 2]
        self._taken += len(data)
        self._listening.take(array("h", data))
        return self._taken

    @property
    def now(self) -> float:
        return self._listen() / 2 / self.RATE

    @property
    def tones(self) -> list[tuple[float, Tone]]:
        self._listen()
        return self._listening.tones

    @property
    def speech(self) -> list[tuple[float, float]]:
        self._listen()
        return self._listening.speech

    @property
    def last(self) -> float:
        """When something was heard last."""
        self._listen()
        return self._listening.last
