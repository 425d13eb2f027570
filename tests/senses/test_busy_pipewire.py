"""Who records, as a real PipeWire tells it: by PulseAudio's programs and by its own."""

from collections.abc import Iterator

import pytest

from qlbreak.core.model.terms import Reason
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from rig.privatebus import PrivateBus, need
from rig.waiting import listens, wait_for

CALL = frozenset({Reason.MICROPHONE})
# With null sinks, as there is no sound card.
MICROPHONE = ("media.class=Audio/Source/Virtual", "sink_name=microphone", "channel_map=mono")
SPEAKERS = ("sink_name=speakers",)


@pytest.fixture
def pipewire() -> Iterator[PrivateBus]:
    with PrivateBus() as session:
        need("pipewire", "pipewire-pulse", "wireplumber", "pw-record", "pactl", "parec")
        (session.folder / "tmp").mkdir()
        session.spawn("pipewire", ["pipewire"])
        wait_for(lambda: listens(session.runtime / "pipewire-0"), 10, "PipeWire takes clients")
        session.spawn("wireplumber", ["wireplumber"])
        session.spawn("pipewire-pulse", ["pipewire-pulse"])
        pulse = session.runtime / "pulse/native"
        wait_for(lambda: listens(pulse), 10, "PulseAudio's clients, too")
        for options in (MICROPHONE, SPEAKERS):
            assert session.run(["pactl", "load-module", "module-null-sink", *options]).code == 0
        yield session


@pytest.fixture
def busy(pipewire: PrivateBus) -> Iterator[Busy]:
    made = Busy(sources(pipewire.env, "linux"), CALL)
    assert made() == frozenset()
    yield made
    for process in pipewire._processes:
        process.kill9()
    made()  # which makes it hang up


def streams(session: PrivateBus) -> int:
    return len(session.run(["pactl", "list", "short", "source-outputs"]).out.splitlines())


@pytest.mark.parametrize(
    "command",
    [["parec", "-d", "microphone", "/dev/null"], ["pw-record", "--target", "microphone", "x.wav"]],
    ids=["parec", "pw-record"],
)
def test_a_recording_counts_until_it_ends(
    pipewire: PrivateBus, busy: Busy, command: list[str]
) -> None:
    recording = pipewire.spawn("recording", command)
    wait_for(lambda: busy() == CALL, 5, "it is seen", lambda: recording.log.read_text())
    recording.kill9()
    wait_for(lambda: busy() == frozenset(), 5, "it is gone")


@pytest.mark.parametrize(
    "options",
    [("-d", "speakers.monitor"), ("-d", "microphone", "--stream-name=Peak detect")],
    ids=["what comes out of the speakers", "a level meter"],
)
def test_who_only_looks_at_the_sound_does_not_count(
    pipewire: PrivateBus, busy: Busy, options: tuple[str, ...]
) -> None:
    pipewire.spawn("meter", ["parec", *options, "/dev/null"])
    wait_for(
        lambda: streams(pipewire) == 1,
        5,
        "it records",
        lambda: (pipewire.folder / "meter.log").read_text(),
    )
    assert busy() == frozenset()
    pipewire.spawn("call", ["parec", "-d", "microphone", "/dev/null"])
    wait_for(lambda: busy() == CALL, 5, "a call beside it is seen")
