"""Builds everything for this session, runs it, and takes it down again."""

import gc
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from qlbreak import __version__, setup
from qlbreak.app.blindness import Blindness
from qlbreak.app.claim import Claim
from qlbreak.app.front import Front
from qlbreak.app.health import Health, deserted
from qlbreak.app.hooks import Hooks
from qlbreak.app.inbox import Again, Dispossessed, GuideGone, Mistaken, Reload
from qlbreak.app.owner import Owner
from qlbreak.app.processes import HERE, NOTHING, About, Children, Ended
from qlbreak.app.reach import Reach
from qlbreak.app.session import Bond
from qlbreak.app.ticker import Ticker
from qlbreak.app.watchdog import BOUND_S, Watchdog, end, end_for
from qlbreak.core.model.movements import Catalogue
from qlbreak.data import load_with
from qlbreak.figures.picture_files import Pictures
from qlbreak.guide.stepwise import Stepper
from qlbreak.notify import PUT_AWAY, Channel, Note, Notifier, Pressed, channels, notes
from qlbreak.record import folder
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.unwritten import Kept
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.idle import Idle
from qlbreak.senses.locked import Locked
from qlbreak.settings.config import Config
from qlbreak.settings.live import Watched
from qlbreak.system import logs, opener, signals
from qlbreak.system.attempt import attempt
from qlbreak.system.clock import Clock, awake
from qlbreak.system.control import Reply, Request, Server, Take
from qlbreak.system.paths import Paths, private
from qlbreak.system.resources import example_config

if TYPE_CHECKING:
    from qlbreak.dbus import Bus

_log = logging.getLogger(__name__)

# A panel may come up later than we do, at login.
_PANEL_AT_LOGIN_S = 60.0
_PANEL_S = 10.0  # and takes so long at any speed of a trial
# The start is over, and the first prompt half an hour away.
_SETTLED_S = 20.0
# A library that hangs at the end must not keep the process.
_GRACE_S = 5.0


class App:
    """For the holder of the lock."""

    def __init__(self, paths: Paths, config: Config, speed: float, claim: Claim) -> None:
        clock = Clock(speed)
        rules = msgspec.structs.replace(config.rules, max_gap=clock.max_gap)
        self._paths, self._config, self._speed = paths, config, speed
        catalogue, self._mistakes = load_with(paths.own)
        self._watched = Watched(paths, config, catalogue, self._mistakes)
        place = folder.of(paths, config)
        self._journal = place.own
        checkpoints = Checkpoints(paths.heartbeat, paths.checkpoint)
        self._notifier = Notifier()
        self._owner = Owner(
            clock, catalogue, rules, self._journal, Kept(*paths.kept), checkpoints, self._notifier,
            config.profile, place.seed,
        )  # fmt: skip
        self._children = Children(paths, self._ended)
        self._hooks = Hooks(config.hooks, catalogue)
        self._pictures = Pictures(paths.cache, catalogue)
        self._bus, self._system_bus = connect_bus(), connect_bus("SYSTEM")
        offered = sources(session=self._bus, system=self._system_bus)
        # At a high speed a source that rounds would see absences where there are none.
        asked = [source for source in offered if source.grain * speed < rules.away]
        self._idle, locked = Idle(asked), Locked(asked)
        self._bond = Bond(lambda: self._owner.say("quit", "session"), self._bus)
        self._busy = Busy(asked, config.busy.wanted)
        watchdog = Watchdog(self._owner, clock.tick, self._warn, end)
        self._ticker = Ticker(
            clock, self._idle, watchdog.put, locked, self._busy, self._busy.unsure
        )
        locked.watch(self._ticker.soon)
        server = Server(paths.own_socket, self._answer)
        self._reach = Reach(claim, server, lambda: self._owner.put(Dispossessed()))
        self._front = Front(
            self._bus,
            self._owner.say,
            self._notifier.show,
            said=paths.data / "said-no-tray",
            patience=max(_PANEL_AT_LOGIN_S / speed, _PANEL_S),
            guide=self._children.here,
        )
        self._stepper = Stepper(self._notifier.show, wanted=self._front.terminal is None)

    def run(self) -> None:
        """Until somebody says quit; on the main thread. Raises OSError where the journal cannot
        be read or written."""
        if self._front.silent:
            logs.to_stderr()
        self._journal.open()
        threading.excepthook = end_for
        signals.call(lambda: self._owner.say("quit", "signal"))
        self._owner.draw = self._front.draw
        self._owner.hurry = self._ticker.soon
        self._owner.present(self._guide, self._pictures.of, self._stepper, self._end_guide)
        self._owner.before_quit = self._children.close
        self._owner.after = self._hooks.hear
        self._at_ticks()
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
        for problem in self._owner.launch(self._ticker.look()).told:
            _log.warning("%s", problem)
        self._notifier.start(self._channels())
        self._reach.look()
        if self._front.terminal is None:  # else it belongs to that one
            self._bond.start()
        threading.Thread(target=self._own, name="owner").start()
        self._ticker.start()
        self._greet()
        later = self._settle_later()
        try:
            self._front.run()
        except Exception as error:  # noqa: BLE001  it would leave an owner that nobody sees
            end("the front end died", error)
        later.cancel()
        self._take_down()

    def _warn(self) -> None:
        self._notifier.show(notes.hanging())

    def _answer(self, request: Request, take: Take) -> Reply:
        """On a thread of the request's own. How it is, it can say even where the owner hangs."""
        if request.words == ("health",):
            return Reply(data=msgspec.to_builtins(self._health()))
        return self._owner.answer(request, take)

    def _health(self) -> Health:
        owner = self._owner
        tick_s = None if owner.ticked is None else awake() - owner.ticked
        return Health(
            os.getpid(), __version__, tick_s, BOUND_S, owner.waiting,
            self._ticker.hangs, self._idle.name, owner.trouble, owner.mistake,
            self._bond.name, self._bond.broken or deserted(owner.tick, owner.rules.away),
            self._front.tray,
        )  # fmt: skip

    def _own(self) -> None:
        self._owner.run(self._ticker.rearm)
        self._front.stop()

    def _greet(self) -> None:
        """At the first start: the set-up, once. Where the clock runs fast somebody tries it out."""
        if self._speed == 1.0 and not self._front.silent and not setup.offered(self._paths):
            attempt(setup.mark, self._paths)
            if not self._open("set-up"):
                self._notifier.show(notes.greeting())

    def _guide(self, number: int, routine: str) -> bool:
        return self._open("guide", about=(number, routine))

    def _end_guide(self) -> None:
        self._children.end("guide")

    def _open(self, name: str, *options: str, about: About = NOTHING) -> bool:
        """A window; whether there will be one. After an upgrade it is another program's."""
        opened = self._children.open(name, *options, about=about)
        if self._children.replaced:
            self._notifier.show(notes.restart(name, opened=opened))
        return opened

    def _settle_later(self) -> threading.Timer:
        later = threading.Timer(_SETTLED_S / self._speed, self._settle)
        later.daemon = True
        later.start()
        return later

    def _settle(self) -> None:
        """What is there now stays: it need not be looked through again and again all day."""
        gc.collect()
        gc.freeze()
        gc.enable()
        self._draw_pictures()

    def _draw_pictures(self) -> None:
        """Those of the notifications, where another version has drawn none or its own."""
        if not self._pictures.complete:
            self._children.run(
                "pictures", "qlbreak.figures.picture_files", str(self._pictures.folder)
            )

    def _window(self, name: str, *options: str) -> str:
        there = self._children.shows(name)
        if not self._open(name, *options):
            raise OSError(f"there can be no window here; in a terminal: qlbreak {name}")
        return f"Its window comes to the front: {name}." if there else f"A window opens: {name}."

    def _ended(self, child: Ended) -> None:
        """Only one that ends with 0 was closed by the person; a guide that crashed, or could not
        be shown, leaves its steps to a notification."""
        if child.name == HERE and self._front.terminal is not None:
            self._front.terminal.back(failed=child.code != 0)
            return
        if child.name == "guide":
            self._owner.put(Again() if child.code else GuideGone(child.about[0]))
        if note := notes.unseen(child.name, child.code, child.replaced, child.said):
            self._notifier.show(note)

    def _at_ticks(self) -> None:
        """What is looked at with each tick: the settings, and whether idle time can be read."""
        self._watched.changed = self._apply
        self._watched.wrong = lambda text: self._owner.put(Mistaken(text))
        self._owner.mistake = self._watched.mistake
        self._owner.blind = self._why_blind
        blindness = Blindness(self._idle, self._notifier, self._paths.data / "said-no-idle")

        def look() -> None:
            attempt(blindness.look)
            self._reach.look()
            self._bond.look()
            self._watched.look()

        self._owner.at_tick = look

    def _why_blind(self) -> str:
        return "to look for input hangs" if self._ticker.hangs else self._idle.trouble

    def _apply(self, config: Config, catalogue: Catalogue) -> None:
        """What others than the owner need of new settings they are given here."""
        _log.info("other settings apply")
        if config.record != self._config.record:
            _log.warning("settings: [record] counts from the next start on")
            self._notifier.show(notes.at_next_start())
        self._config = config
        self._pictures.catalogue = catalogue
        self._hooks.follow(config.hooks, catalogue)
        self._busy.wanted = config.busy.wanted
        self._owner.put(Reload(config.rules, config.profile, catalogue))

    def _reload(self) -> str:
        """Raises OSError where the settings have a mistake; the last good ones go on."""
        mistake = self._watched.reload()
        if mistake:
            raise OSError(mistake)
        return "The settings apply now."

    def _take_down(self) -> None:
        threading.Thread(target=_end_at_last, daemon=True).start()
        self._bond.stop()
        attempt(self._ticker.stop)
        attempt(self._reach.stop)
        attempt(self._hooks.close)
        self._notifier.stop(_GRACE_S / 2)
        for bus in (self._bus, self._system_bus):
            if bus is not None:
                attempt(bus.close)
        self._journal.close()

    def _channels(self) -> list[Channel]:
        front = self._front
        return channels(self._bus, self._pressed, self._returned, front.terminal, front.balloon)

    def _pressed(self, pressed: Pressed) -> None:
        word, _, page = pressed.key.partition(" ")
        if word == notes.NEXT:
            self._stepper.turn(int(page))
        elif pressed.key != PUT_AWAY:
            self._owner.say(pressed.key, "notification", pressed.about)
        elif pressed.about is not None:
            self._stepper.stop()  # whoever closes a step wants no further one
            self._owner.say(f"notice {pressed.about}", "notification")

    def _returned(self, lost: list[Note]) -> None:
        for note in lost:
            if note.slot == notes.PROMPT:
                self._owner.put(Again())  # with the minutes of now
            elif note.slot != notes.STATE:  # that of then says nothing of now
                self._notifier.again(note)

    def _open_record(self) -> str:
        """In a process of its own: what draws the page is no load for the tray."""
        if not self._children.command("report", "--open"):
            raise OSError("the page cannot be made; see: qlbreak report")
        return "The record opens."

    def _open_settings(self) -> str:
        path = self._config.path
        if not path.exists():
            private(path.parent)
            path.write_text(example_config().read_text("utf-8"), "utf-8")
            path.chmod(0o600)
        threading.Thread(target=self._edit, args=(path,), name="editor", daemon=True).start()
        return f"The settings file opens: {path}"

    def _edit(self, path: Path) -> None:
        try:
            opener.edit(path)
        except OSError as error:
            _log.warning("the settings file cannot be opened: %s", error)
            self._notifier.show(notes.unopened("settings", str(path)))


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


def _end_at_last() -> None:
    threading.Event().wait(_GRACE_S)
    _log.warning("something hangs at the end; leaving without it")
    logging.shutdown()
    os._exit(0)
