"""Who records: a real PulseAudio, real recordings, and servers that are none."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.core.model.terms import Reason
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.microphone import listens, open_source, socket_path
from qlbreak.senses.pulse import NOBODY, Pulse, Recording
from qlbreak.senses.source import FIRST_REST_S
from rig.sound import SPEAKERS, Sound, record, recordings, start_sound
from rig.waiting import wait_for

CALL = frozenset({Reason.MICROPHONE})


@pytest.fixture
def sound() -> Iterator[Sound]:
    with Sound() as started:
        yield started


class Time:
    """Stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def busy(sound: Sound, time: Time) -> Iterator[Busy]:
    made = Busy(sources(sound.env, "linux"), CALL, time)
    yield made
    sound.server.kill9()
    made()  # which makes it hang up


def heard(busy: Busy) -> None:
    """The server tells its clients one after the other."""
    wait_for(lambda: busy() == CALL, 1, "a recording is seen")


def listed(sound: Sound) -> list[Recording]:
    """All of them, as our own client reads them."""
    pulse = Pulse(sound.place)
    found = pulse.recordings()
    pulse.close()
    return found


def test_a_recording_is_seen_at_the_next_look_and_gone_when_it_stops(
    sound: Sound, busy: Busy
) -> None:
    assert busy() == frozenset()
    recording = record(sound)
    heard(busy)
    assert busy() == CALL, "though nothing has changed since"
    second = record(sound)
    recording.kill9()
    wait_for(lambda: recordings(sound) == 1, 5, "the server knows")
    assert busy() == CALL, "one is left"
    second.kill9()
    wait_for(lambda: busy() == frozenset(), 5, "nobody records")


def test_a_recording_that_was_there_before_counts(sound: Sound, busy: Busy) -> None:
    record(sound)
    assert busy() == CALL


@pytest.mark.parametrize(
    ("options", "source"),
    [
        ((), f"{SPEAKERS}.monitor"),
        (("--stream-name=Peak detect",), "microphone"),
        (("--property=resample.peaks=true",), "microphone"),
        (("--property=node.passive=true",), "microphone"),
    ],
    ids=["what comes out of the speakers", "a level meter", "one of PipeWire", "a filter"],
)
def test_who_only_looks_at_the_sound_does_not_count(
    sound: Sound, busy: Busy, options: tuple[str, ...], source: str
) -> None:
    assert busy() == frozenset()
    meter = record(sound, *options, source=source)
    assert busy() == frozenset()
    record(sound)
    heard(busy)
    assert meter.alive


def test_a_level_meter_that_says_no_more_than_how_it_samples_does_not_count() -> None:
    with Sound("--resample-method=peaks") as sound:
        record(sound, "--rate=8000")
        (meter,) = listed(sound)
        assert meter.method == "peaks"
        assert not listens(meter)


def test_the_servers_own_loops_do_not_count(sound: Sound, busy: Busy) -> None:
    loop = sound.run(["pactl", "load-module", "module-loopback", "source=microphone"])
    assert loop.code == 0, loop
    assert [recording.client for recording in listed(sound)] == [NOBODY]
    assert busy() == frozenset()


def test_a_paused_recording_does_not_count() -> None:
    live = Recording(client=1, source=1, method=None, corked=False, properties={})
    assert listens(live)
    assert not listens(live._replace(corked=True))
    assert not listens(live._replace(source=NOBODY))


def test_a_server_that_ends_is_not_busy_and_is_heard_again_when_it_is_back(
    sound: Sound, busy: Busy, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    record(sound)
    assert busy() == CALL
    with caplog.at_level("INFO", "qlbreak.senses"):
        sound.server.kill9()
        assert [busy(), busy()] == [frozenset(), frozenset()]
        (said,) = busy.told(Reason.MICROPHONE)
        assert "hung up" in said.trouble
        sound.server = start_sound(sound)
        record(sound)
        assert busy() == frozenset(), "not asked yet"
        time.now += FIRST_REST_S
        assert busy() == CALL, busy.told(Reason.MICROPHONE)
    assert len(caplog.messages) == 2, "gone, and back"


# Servers that are none


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Callable[[bytes], str]]:
    """Answers whatever it hears with the given bytes; with nothing, it hangs."""
    listener = socket.socket(socket.AF_UNIX)
    path, clients = str(tmp_path / "native"), list[socket.socket]()

    def serve(answer: bytes) -> None:
        client, _ = listener.accept()
        clients.append(client)
        with suppress(OSError):  # the test is over, and has closed it
            while answer and client.recv(65536):
                client.sendall(answer)

    def start(answer: bytes) -> str:
        listener.bind(path)
        listener.listen()
        threading.Thread(target=serve, args=(answer,), daemon=True).start()
        return path

    yield start
    for closing in (*clients, listener):
        closing.close()


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "not a sound server"),
        (b"\0\0\0\3" + bytes([255] * 4) + bytes(12) + b"Q??", "not understood"),
        (b"\0\0\0\3" + bytes([255] * 4) + bytes(12) + b"tab", "not understood"),
        (b"\0\0\0\x0f" + bytes([255] * 4) + bytes(12)
         + b"L\0\0\0\0L\0\0\0\1L\0\0\0\1", "refuses: error 1"),
        (b"", "does not answer"),
    ],
)  # fmt: skip
@on_unix("sockets of the file system")
def test_a_server_of_another_kind_is_left_alone(
    impostor: Callable[[bytes], str], answer: bytes, trouble: str
) -> None:
    path = impostor(answer)
    with pytest.raises(OSError, match=trouble):
        Pulse(path, patience=3 if answer else 0.2)


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        ({"XDG_RUNTIME_DIR": "/run/user/7"}, "/run/user/7/pulse/native"),
        ({"XDG_RUNTIME_DIR": "/run/user/7", "PULSE_RUNTIME_PATH": "/p"}, "/p/native"),
        ({"PULSE_SERVER": "unix:/tmp/s"}, "/tmp/s"),
        ({"PULSE_SERVER": "/tmp/s"}, "/tmp/s"),
        ({"PULSE_SERVER": "tcp:elsewhere", "XDG_RUNTIME_DIR": "/r"}, "/r/pulse/native"),
    ],
)
def test_the_server_is_where_its_clients_look(environment: dict[str, str], path: str) -> None:
    assert socket_path(environment) == path


@on_unix("sockets of the file system")
def test_without_a_server_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=f"no sound server at {tmp_path}"):
        open_source(str(tmp_path / "native"))
