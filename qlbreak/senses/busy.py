"""What the machine tells of a person who is busy: one file a source; asked at each tick."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from qlbreak.core.model.terms import Reason
from qlbreak.system.clock import steady

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# A source that failed is asked again after a minute, then after twice as long, up to a quarter of
# an hour: a sound server that is restarted is soon heard again, one that is not there costs little.
RETRY_S = 60.0
LAST_RETRY_S = 900.0

Ask = Callable[[], bool | None]
"""Whether the reason holds now; None where nobody is there to tell. Raises where it fails."""


class Detector(NamedTuple):
    """`open` gives the function to ask, or raises OSError where the source is not there; neither
    may take longer than a second. One thread asks.
    """

    reason: Reason
    name: str
    open: Callable[[], Ask]


def detectors(
    bus: "Bus | None",
    system_bus: "Bus | None",
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
) -> Iterator[Detector]:
    """What this session might offer. Opens nothing, and imports what it will open only then."""
    if platform == "win32":
        yield from _windows()
    elif platform == "darwin":
        yield from _macos()
    else:
        yield from _linux(environment)
        yield from _told(bus, system_bus, environment)


def _windows() -> Iterator[Detector]:
    from qlbreak.senses.busy_windows import full_screen, quiet

    yield _detector(Reason.MICROPHONE, "Windows", "busy_windows.open_uses", "microphone")
    yield _detector(Reason.CAMERA, "Windows", "busy_windows.open_uses", "webcam")
    yield _detector(Reason.FULL_SCREEN, "Windows", "busy_windows.open_shell", full_screen)
    yield _detector(
        Reason.DO_NOT_DISTURB, "the quiet time of Windows", "busy_windows.open_shell", quiet
    )


def _macos() -> Iterator[Detector]:
    yield _detector(Reason.MICROPHONE, "macOS", "busy_macos.open_microphone")
    yield _detector(Reason.CAMERA, "macOS", "busy_macos.open_camera")
    yield _detector(Reason.DO_NOT_DISTURB, "Focus", "busy_macos.open_focus")


def _linux(environment: Mapping[str, str]) -> Iterator[Detector]:
    """What needs no bus."""
    from qlbreak.senses import wayland_wire
    from qlbreak.senses.microphone import place

    yield _detector(
        Reason.MICROPHONE, "PulseAudio or PipeWire", "microphone.open_source", place(environment)
    )
    yield _detector(Reason.CAMERA, "/dev/video*", "camera.open_source")
    # With Wayland only the compositor knows all: X sees the windows of its own programs.
    if environment.get("WAYLAND_DISPLAY"):
        yield _detector(
            Reason.FULL_SCREEN,
            "Wayland",
            "busy_wayland.open_source",
            wayland_wire.place(environment),
        )
        if environment.get("DISPLAY"):
            beside = environment["DISPLAY"], wayland_wire.place(environment)
            yield _detector(Reason.FULL_SCREEN, "Xwayland", "busy_xwayland.open_source", *beside)
    elif environment.get("DISPLAY"):
        yield _detector(Reason.FULL_SCREEN, "X11", "busy_x11.open_source", environment["DISPLAY"])


def _told(
    bus: "Bus | None", system_bus: "Bus | None", environment: Mapping[str, str]
) -> Iterator[Detector]:
    """What others tell over the buses."""
    if bus is None and system_bus is None:
        return
    from qlbreak.senses import do_not_disturb as quiet
    from qlbreak.senses import gsettings, inhibitors

    for reason, place, questions in (
        (Reason.DO_NOT_DISTURB, bus, quiet.QUESTIONS),
        (Reason.INHIBITED, bus, inhibitors.SESSION),
        (Reason.INHIBITED, system_bus, inhibitors.SYSTEM),
    ):
        if place is not None:
            for name, question in questions.items():
                yield _detector(reason, name, "bus_questions.open_source", place, question)
    if bus is not None and (kept := gsettings.kept_by(environment)):
        yield _detector(Reason.DO_NOT_DISTURB, kept[0], "gsettings.open_source", bus, kept[1])


def _detector(reason: Reason, name: str, opener: str, *words: Any) -> Detector:
    module, function = opener.split(".")

    def open_source() -> Ask:
        opened: Ask = getattr(import_module(f"qlbreak.senses.{module}"), function)(*words)
        return opened

    return Detector(reason, name, open_source)


class Said(NamedTuple):
    """By a source: its answer, None where it has none; then `trouble` says why, if it failed."""

    name: str
    answer: bool | None
    trouble: str


class Busy:
    """Asks all detectors of the reasons that are `wanted`, which may be changed at any time. One
    that fails counts as not busy, is logged once, and asked again later.
    """

    def __init__(
        self,
        detectors: Iterable[Detector],
        wanted: frozenset[Reason],
        clock: Callable[[], float] = steady,
    ) -> None:
        self.wanted = wanted
        self._senses = [_Sense(detector) for detector in detectors]
        self._clock = clock

    def __call__(self) -> frozenset[Reason]:
        """What holds now."""
        now, wanted = self._clock(), self.wanted
        senses = [sense for sense in self._senses if sense.detector.reason in wanted]
        for sense in senses:
            sense.open(now)
        return frozenset(sense.detector.reason for sense in senses if sense.look(now))

    def unsure(self) -> bool:
        """Whether a window may fill the screen, going by the last look, and nobody here can tell.
        GNOME's and KDE's compositors for Wayland then keep notifications behind it."""
        told = self.told(Reason.FULL_SCREEN)
        wanted = Reason.FULL_SCREEN in self.wanted
        return wanted and bool(told) and all(said.answer is None for said in told)

    def told(self, reason: Reason) -> list[Said]:
        """What each source of that reason said when it was asked last."""
        return [sense.said for sense in self._senses if sense.detector.reason is reason]


class _Sense:
    """A detector in use."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self._ask: Ask | None = None
        self._answer: bool | None = None
        self._trouble = ""
        self._retry_at = float("-inf")
        self._delay = RETRY_S

    def open(self, now: float) -> None:
        """All are opened before the first is asked: who has to ask others has asked them all then,
        and their answers take no longer than that of one."""
        if self._ask is None and now >= self._retry_at:
            try:
                self._ask = self.detector.open()
            except Exception as error:  # noqa: BLE001  as below
                self._fail(error, now)

    def look(self, now: float) -> bool:
        if self._ask is None:
            return False
        try:
            self._answer = self._ask()
        except Exception as error:  # noqa: BLE001  a source may raise anything; the others go on
            self._fail(error, now)
            return False
        if self._trouble:
            _log.info("%s: %s can be read again", self.detector.reason, self.detector.name)
        self._trouble, self._delay = "", RETRY_S
        return bool(self._answer)

    def _fail(self, error: Exception, now: float) -> None:
        if not self._trouble:
            reason, name = self.detector.reason, self.detector.name
            _log.info("%s: %s cannot be read: %r", reason, name, error)
        self._ask, self._answer, self._trouble = None, None, str(error) or repr(error)
        self._retry_at = now + self._delay
        self._delay = min(2 * self._delay, LAST_RETRY_S)

    @property
    def said(self) -> Said:
        return Said(self.detector.name, self._answer, self._trouble)
