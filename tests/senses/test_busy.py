"""What keeps a person busy: the choice of the sources, sources that fail, and the camera."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from desk import SENSED
from qlbreak.core.model.terms import Reason
from qlbreak.dbus import Bus
from qlbreak.senses import camera
from qlbreak.senses.busy import Busy
from qlbreak.senses.camera import KernelFolders
from qlbreak.senses.choice import sources
from qlbreak.senses.do_not_disturb import QUESTIONS
from qlbreak.senses.screensavers import KEEPS_ON
from qlbreak.senses.source import Ask, Source
from qlbreak.settings.schema import BusySection
from rig.waiting import wait_for

ANY_BUS = cast(Bus, object())  # nothing is opened

# The choice


@pytest.mark.parametrize(
    ("platform", "environment", "names"),
    [
        ("linux", {}, {"PulseAudio or PipeWire", "/dev/video*"}),
        ("linux", {"DISPLAY": ":0"}, {"PulseAudio or PipeWire", "/dev/video*", "X11"}),
        ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"},
         {"PulseAudio or PipeWire", "/dev/video*", "Wayland", "Xwayland"}),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"},
         {"PulseAudio or PipeWire", "/dev/video*", "Wayland"}),
        ("win32", {}, {"Windows", "the quiet time of Windows"}),
        ("darwin", {}, {"macOS", "Focus"}),
    ],
)  # fmt: skip
def test_the_sources_are_what_the_session_offers(
    platform: str, environment: dict[str, str], names: set[str]
) -> None:
    found = sources(environment, platform)
    assert {one.name for one in found if isinstance(one.about, Reason)} == names


def test_with_buses_all_reasons_have_a_source() -> None:
    here = {"DISPLAY": ":0", "XDG_CURRENT_DESKTOP": "GNOME"}
    offered = sources(here, "linux", ANY_BUS, ANY_BUS)
    found = [one for one in offered if isinstance(one.about, Reason)]
    assert {one.about for one in found} == SENSED == BusySection().wanted
    by = {reason: [one.name for one in found if one.about is reason] for reason in SENSED}
    assert by[Reason.DO_NOT_DISTURB] == [*QUESTIONS, "GNOME"]
    assert by[Reason.INHIBITED] == [*KEEPS_ON, "logind"]


def test_each_can_be_switched_off() -> None:
    for name in BusySection.__struct_fields__:
        assert len(SENSED - BusySection(**{name: False}).wanted) == 1
    assert BusySection(*[False] * 5).wanted == frozenset()


# Sources that fail


class Tap:
    """A source that runs, or does not."""

    def __init__(self, *answers: bool | Exception | None) -> None:
        self.answers = list(answers)
        self.opened = 0

    def open(self) -> Ask:
        self.opened += 1
        return self.ask

    def ask(self) -> bool | None:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def asking(clock: Clock, **taps: Tap) -> Busy:
    """Names of reasons, with a source each."""
    made = [Source(Reason[name.upper()], name, tap.open) for name, tap in taps.items()]
    return Busy(made, SENSED, clock)


def test_without_sources_nobody_is_busy() -> None:
    assert Busy([], SENSED)() == frozenset()


def test_all_that_hold_are_told_and_who_is_not_there_is_not() -> None:
    busy = asking(Clock(), camera=Tap(True), microphone=Tap(True), full_screen=Tap(None))
    assert busy() == {Reason.CAMERA, Reason.MICROPHONE}
    (said,) = busy.told(Reason.FULL_SCREEN)
    assert said == ("full_screen", None, "")


def test_one_of_two_sources_is_enough() -> None:
    one, two = Tap(False, True, False), Tap(True, False, False)
    made = [Source(Reason.INHIBITED, name, tap.open) for name, tap in (("a", one), ("b", two))]
    busy = Busy(made, SENSED, Clock())
    assert [bool(busy()) for _ in range(3)] == [True, True, False]


def test_what_is_switched_off_is_neither_asked_nor_opened() -> None:
    tap = Tap(True)
    busy = asking(Clock(), camera=tap)
    busy.wanted = SENSED - {Reason.CAMERA}
    assert (busy(), tap.opened) == (frozenset(), 0)
    busy.wanted = SENSED
    assert busy() == {Reason.CAMERA}, "and it may be switched on while it runs"


def test_one_that_cannot_be_opened_is_told_with_its_reason() -> None:
    def opens() -> Ask:
        raise OSError("no such thing")

    busy = Busy([Source(Reason.CAMERA, "none", opens)], SENSED, Clock())
    assert busy() == frozenset()
    assert busy.told(Reason.CAMERA) == [("none", None, "no such thing")]


def test_one_that_is_slow_to_open_is_tried_once_a_look() -> None:
    def opens() -> Ask:
        tries.append(1)
        raise TimeoutError

    tries: list[int] = []
    busy = Busy([Source(Reason.CAMERA, "slow", opens)], SENSED, Clock())
    assert [(busy(), len(tries)) for _ in range(2)] == [(frozenset(), 1), (frozenset(), 2)]


def test_one_that_is_slow_to_answer_is_believed_twice_to_say_what_it_said() -> None:
    """A busy machine must bring no reminder into a presentation."""
    slow = TimeoutError("slow")
    tap = Tap(True, slow, slow, True, slow, slow, slow)
    busy = asking(Clock(), do_not_disturb=tap)
    assert [bool(busy()) for _ in range(7)] == [True, True, True, True, True, True, False]
    said_no = asking(Clock(), camera=Tap(False, slow))
    assert [bool(said_no()) for _ in range(2)] == [False, False]


# The camera: real files, opened by real processes, in folders like those of the kernel


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KernelFolders:
    if sys.platform != "linux":
        pytest.skip("as Linux does it")
    monkeypatch.setattr(camera, "_SCAN_S", 0.0)
    made = KernelFolders(tmp_path / "dev", tmp_path / "sys")
    made.devices.mkdir()
    return made


def plug(folders: KernelFolders, device: str, name: str = "Integrated Camera") -> Path:
    folder = folders.names / device
    folder.mkdir(parents=True)
    (folder / "name").write_text(f"{name}\n")
    path = folders.devices / device
    path.touch()
    return path


@pytest.fixture
def film() -> Iterator[Callable[[Path], subprocess.Popen[bytes]]]:
    """Programs that have a file open."""
    running: list[subprocess.Popen[bytes]] = []

    def start(path: Path) -> subprocess.Popen[bytes]:
        with path.open("rb") as camera_file:
            running.append(subprocess.Popen(["sleep", "60"], stdin=camera_file))
        return running[-1]

    yield start
    for process in running:
        process.kill()
        process.wait()


def test_without_a_camera_there_is_nobody_to_ask(folders: KernelFolders) -> None:
    assert camera.open_source(folders)() is None


def test_a_camera_counts_while_somebody_has_it_open(
    folders: KernelFolders, film: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    device = plug(folders, "video0")
    ask = camera.open_source(folders)
    assert ask() is False
    first, second = film(device), film(device)
    assert ask() is True
    first.kill()
    first.wait()
    assert ask() is True, "one is left"
    second.kill()
    second.wait()
    assert ask() is False


def test_a_camera_that_was_open_before_counts(
    folders: KernelFolders, film: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    film(plug(folders, "video0"))
    assert camera.open_source(folders)() is True


def test_cameras_come_and_go_with_their_plugs(
    folders: KernelFolders, film: Callable[[Path], subprocess.Popen[bytes]]
) -> None:
    ask = camera.open_source(folders)
    assert ask() is None
    device = plug(folders, "video0")
    assert ask() is False
    film(device)
    assert ask() is True
    second = plug(folders, "video2")
    assert ask() is True
    device.unlink()
    (folders.names / "video0/name").unlink()
    (folders.names / "video0").rmdir()
    assert ask() is False
    film(second)
    assert ask() is True


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("Integrated Camera: Integrated C", True),
        ("UVC Camera (046d:0825)", True),
        ("Dummy video device (0x0000)", True),
        ("OBS Virtual Camera", True),
        ("bcm2835-codec-decode", False),
        ("rkvdec", False),
        ("hantro-vpu-dec", False),
    ],
)
def test_what_only_plays_films_is_no_camera(
    folders: KernelFolders,
    film: Callable[[Path], subprocess.Popen[bytes]],
    name: str,
    counts: bool,
) -> None:
    film(plug(folders, "video10", name))
    assert bool(camera.open_source(folders)()) is counts


@pytest.mark.parametrize(
    ("users", "answer"),
    [
        (("firefox",), True),
        (("pipewire",), True),
        (("wireplumber",), False),
        (("wireplumber", "pipewire"), False),
        (("wireplumber", "pipewire", "zoom"), True),
        ((), False),
    ],
)
def test_a_sound_server_that_keeps_all_cameras_open_does_not_count(
    folders: KernelFolders, tmp_path: Path, users: tuple[str, ...], answer: bool
) -> None:
    device = plug(folders, "video0")
    processes = tmp_path / "proc"
    processes.mkdir()
    for number, name in enumerate(("bash", *users)):
        (processes / f"{number}/fd").mkdir(parents=True)
        (processes / f"{number}/comm").write_text(f"{name}\n")
        (processes / f"{number}/fd/0").symlink_to(device if name in users else "/dev/null")
    assert camera.open_source(folders._replace(processes=processes))() is answer


def test_the_processes_are_asked_only_when_something_was_opened_and_not_too_often(
    folders: KernelFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, asked, time = plug(folders, "video0"), [], Clock()
    scan: Callable[..., Any] = camera._users

    def counted(*words: Any) -> Any:
        asked.append(time.now)
        return scan(*words)

    monkeypatch.setattr(camera, "_users", counted)
    monkeypatch.setattr(camera, "_SCAN_S", 30.0)
    monkeypatch.setattr(camera, "steady", time)
    ask = camera.open_source(folders)
    for tick in range(20):
        time.now = 15.0 * tick
        ask()
        if 5 <= tick < 10:
            device.read_bytes()
    assert asked == [0.0, 90.0, 120.0, 150.0]


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_a_camera_costs_a_descriptor_only_while_it_is_there(folders: KernelFolders) -> None:
    ask, before = camera.open_source(folders), descriptors()
    for _ in range(5):
        device = plug(folders, "video0")
        assert ask() is False
        device.unlink()
        (folders.names / "video0/name").unlink()
        (folders.names / "video0").rmdir()
        assert ask() is None
    wait_for(lambda: descriptors() <= before, 2, "all are closed")
