"""Builds everything for this session, runs it, and takes it down again."""

import logging
import os
import signal
import sys
import threading
import zlib
from typing import TYPE_CHECKING

import msgspec

from qlbreak import config as settings
from qlbreak import logs, notes, opener, setup, shelf
from qlbreak.attempt import attempt
from qlbreak.busy import Busy, detectors
from qlbreak.checkpoint import Checkpoints
from qlbreak.children import Children
from qlbreak.clock import Clock
from qlbreak.config import Config
from qlbreak.control import Server
from qlbreak.data import load_with
from qlbreak.exits import USAGE
from qlbreak.front import Front
from qlbreak.idle import Idle
from qlbreak.idle.choice import sources
from qlbreak.inbox import Again, GuideGone, Reload
from qlbreak.notify import Channel, Notifier, Pressed, channels
from qlbreak.owner import Owner
from qlbreak.paths import Paths
from qlbreak.pictures import Pictures
from qlbreak.resources import example_config
from qlbreak.session import Lock
from qlbreak.session.choice import signs
from qlbreak.ticker import Ticker

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# A panel may come up later than we do, at login.
_PANEL_AT_LOGIN_S = 60.0
# The start is over, and the first prompt half an hour away.
_SETTLED_S = 20.0
# A library that hangs at the end must not keep the process.
_GRACE_S = 5.0
_BROKEN = 70  # the exit code of a program that ended itself because of a bug


class App:
    """For the holder of the lock."""

    def __init__(self, paths: Paths, config: Config, speed: float) -> None:
        clock = Clock(speed)
        rules = msgspec.structs.replace(config.rules, max_gap=clock.max_gap)
        self._paths, self._config, self._speed = paths, config, speed
        self._catalogue, self._mistakes = load_with(paths.own)
        place = shelf.of(paths, config)
        self._journal = place.own
        checkpoints = Checkpoints(paths.heartbeat, paths.checkpoint)
        self._notifier = Notifier()
        self._owner = Owner(
            clock, self._catalogue, rules, self._journal, checkpoints, self._notifier,
            config.profile, zlib.crc32(place.device.encode()),
        )  # fmt: skip
        self._children = Children(paths, self._ended)
        self._pictures = Pictures(paths.cache, self._catalogue)
        self._bus, self._system_bus = connect_bus(), connect_bus("SYSTEM")
        offered = sources(session=self._bus, system=self._system_bus)
        # At a high speed a source that rounds would see absences where there are none.
        fine = [source for source in offered if source.grain * speed < rules.away]
        lock = Lock([*signs(self._bus, self._system_bus)])
        self._busy = Busy(detectors(self._bus, self._system_bus), config.busy.wanted)
        self._ticker = Ticker(clock, Idle(fine), self._owner.put, lock, self._busy)
        lock.watch(self._ticker.soon)
        self._server = Server(paths.socket, self._owner.answer)
        self._front = Front(
            self._bus,
            self._catalogue,
            self._owner.say,
            self._notifier.show,
            said=paths.data / "said-no-tray",
            patience=_PANEL_AT_LOGIN_S / speed,
        )

    def run(self) -> None:
        """Until somebody says quit; on the main thread. Raises OSError where the journal cannot
        be read or written."""
        if self._front.silent:
            logs.to_stderr()
        self._journal.open()
        threading.excepthook = _end_loudly
        _on_signals(self._owner)
        self._owner.draw = self._front.draw
        self._owner.hurry = self._ticker.soon
        self._owner.present(self._guide, self._pictures.of)
        self._owner.before_quit = self._children.close
        self._owner.acts = {
            "record": self._open_record,
            "settings": self._open_settings,
            "check-in": lambda: self._window("check-in"),
            "safety": lambda: self._window("safety", "--window"),
            "set-up": lambda: self._window("set-up"),
            "reload": self._reload,
        }
        for mistake in self._mistakes:
            _log.warning("%s", mistake)
        for problem in self._owner.launch(self._ticker.look().idle):
            _log.warning("%s", problem)
        self._notifier.start(self._channels())
        attempt(self._server.start)
        threading.Thread(target=self._own, name="owner").start()
        self._ticker.start()
        self._greet()
        later = threading.Timer(_SETTLED_S / self._speed, self._draw_pictures)
        later.daemon = True
        later.start()
        self._front.run()
        later.cancel()
        self._take_down()

    def _own(self) -> None:
        self._owner.run(self._ticker.rearm)
        self._front.stop()

    def _greet(self) -> None:
        """At the first start: the set-up, once. Where the clock runs fast somebody tries it out."""
        if self._speed == 1.0 and not self._front.silent and not setup.offered(self._paths):
            attempt(setup.mark, self._paths)
            if not self._children.open("set-up"):
                self._notifier.show(notes.greeting())

    def _guide(self, number: int) -> bool:
        return self._children.open("guide", about=number)

    def _draw_pictures(self) -> None:
        """Those of the notifications, where another version has drawn none or its own."""
        if not self._pictures.complete:
            self._children.run("pictures", "qlbreak.pictures", str(self._pictures.folder))

    def _window(self, name: str, *options: str) -> str:
        if not self._children.open(name, *options):
            raise OSError(f"there can be no window here; in a terminal: qlbreak {name}")
        return f"A window opens: {name}."

    def _ended(self, name: str, code: int, about: int) -> None:
        if name == "guide" and code == USAGE:
            self._owner.put(Again())  # it could not be shown, so the steps come as a notification
        elif name == "guide":
            self._owner.put(GuideGone(about))

    def _reload(self) -> str:
        """Raises OSError where the settings have a mistake; the old ones go on."""
        try:
            config = settings.load(self._paths.config)
        except settings.ConfigError as error:
            raise OSError(str(error)) from None
        self._busy.wanted = config.busy.wanted
        self._owner.put(Reload(config.rules, config.profile))
        return "The settings apply now."

    def _take_down(self) -> None:
        threading.Thread(target=_end_at_last, daemon=True).start()
        attempt(self._ticker.stop)
        attempt(self._server.stop)
        self._notifier.stop(_GRACE_S / 2)
        for bus in (self._bus, self._system_bus):
            if bus is not None:
                attempt(bus.close)
        self._journal.close()

    def _channels(self) -> list[Channel]:
        return channels(self._bus, self._pressed, self._returned, self._front.terminal)

    def _pressed(self, pressed: Pressed) -> None:
        self._owner.say(pressed.key, "notification", pressed.about)

    def _returned(self) -> None:
        self._owner.put(Again())

    def _open_record(self) -> str:
        """In a process of its own: what draws the page is no load for the tray."""
        if not self._children.command("report", "--open"):
            raise OSError("the page cannot be made; see: qlbreak report")
        return "The record opens."

    def _open_settings(self) -> str:
        path = self._config.path
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(example_config().read_text("utf-8"), "utf-8")
            path.chmod(0o600)
        return opener.show(path)


def connect_bus(which: str = "SESSION") -> "Bus | None":
    if sys.platform != "linux":
        return None
    from qlbreak.dbus import Bus

    bus = Bus(which)
    try:
        bus.connect()
    except Exception as error:  # noqa: BLE001  no address, an odd one, nobody there: all the same
        _log.info("no %s bus: %s", which.lower(), error)
        return None
    return bus


def _on_signals(owner: Owner) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: owner.say("quit", "signal"))


def _end_loudly(problem: threading.ExceptHookArgs) -> None:
    """A dead owner behind a living icon would be the worst of all states."""
    thread = problem.thread.name if problem.thread else "a thread"
    trace = (problem.exc_type, problem.exc_value or problem.exc_type(), problem.exc_traceback)
    _log.critical("%s died; the program ends, the record is whole", thread, exc_info=trace)
    logging.shutdown()
    os._exit(_BROKEN)


def _end_at_last() -> None:
    threading.Event().wait(_GRACE_S)
    _log.warning("something hangs at the end; leaving without it")
    logging.shutdown()
    os._exit(0)
