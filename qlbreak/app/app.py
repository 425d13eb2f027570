"""Builds everything for this session, runs it, and takes it down again."""

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from qlbreak import __version__, setup
from qlbreak.app import front
from qlbreak.app.announcer import Announcer
from qlbreak.app.claim import Claim, Reach
from qlbreak.app.health import (
    BOUND_S,
    Blindness,
    Health,
    Vitals,
    Watchdog,
    end,
    end_for,
)
from qlbreak.app.hooks import HookRunner
from qlbreak.app.inbox import Dispossessed, Inbox, Lost, Mistaken, Roused
from qlbreak.app.owner import Owner
from qlbreak.app.ports import Ports
from qlbreak.app.processes import SET_UP, Children, Ended, Opener
from qlbreak.app.session import GraphicalSession
from qlbreak.app.ticker import Ticker
from qlbreak.app.upgraded import OwnCode, Replacement
from qlbreak.core.model.inputs import Reconfigure
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.model.rules import Rules
from qlbreak.data import load_with
from qlbreak.dbus import connect_bus
from qlbreak.figures.picture_files import Pictures
from qlbreak.guide.stepwise import Stepper
from qlbreak.language import _
from qlbreak.notify import Note, Notifier, channels, notes
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.folder import JournalFolder
from qlbreak.record.unwritten import Unwritten
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.idle import Idle
from qlbreak.senses.locked import Locked
from qlbreak.settings.config import Config
from qlbreak.settings.live import Watched
from qlbreak.settings.schema import AT_NEXT_START
from qlbreak.system import files, logs, signals
from qlbreak.system.attempt import attempt
from qlbreak.system.clock import Clock, awake
from qlbreak.system.control import Reply, Request, Server, Take
from qlbreak.system.paths import Paths
from qlbreak.system.watching import Put, Watchers

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
    """For the holder of the lock. Whoever is made gets what is there already; what goes the other
    way goes through the inbox, which is there first. The owner comes last."""

    def __init__(self, paths: Paths, config: Config, speed: float, claim: Claim) -> None:
        clock = Clock(speed)
        rules = msgspec.structs.replace(config.rules, max_gap=clock.max_gap)
        self._paths, self._config, self._speed = paths, config, speed
        catalogue, self._mistakes = load_with(paths.own)
        self._inbox, self._vitals = Inbox(), Vitals()
        self._buses = bus, system_bus = connect_bus(), connect_bus("SYSTEM")
        self._seen = _Seen(paths, config, speed, self._inbox, bus)
        self._hooks = HookRunner(config.hooks, catalogue)
        self._pictures = Pictures(paths.cache)
        offered = sources(session=bus, system=system_bus)
        # At a high speed a source that rounds would see absences where there are none.
        asked = [source for source in offered if source.grain * speed < rules.away]
        self._idle, locked = Idle(asked), Locked(asked, lambda: self._inbox.put(Roused()))
        self._session = GraphicalSession(lambda: self._inbox.say("quit", "session"), bus)
        self._busy = Busy(asked, config.busy.wanted)
        watchdog = Watchdog(self._inbox.put, self._vitals, clock.tick, self._seen.warn, end)
        self._ticker = Ticker(
            clock, self._idle, watchdog.put, locked, self._busy, self._busy.unsure
        )
        self._watchers = Watchers(self._greet_watcher)
        server = Server(paths.own_socket, self._answer, self._watchers)
        self._reach = Reach(claim, server, lambda: self._inbox.put(Dispossessed()))
        self._watched = Watched(
            paths, config, catalogue, self._mistakes, self._apply,
            lambda text: self._inbox.put(Mistaken(text)),
        )  # fmt: skip
        folder = JournalFolder.of(paths, config)
        self._journal = folder.own
        self._owner = Owner(
            self._inbox, clock, catalogue, rules, config.profile, folder.seed,
            self._journal, Unwritten(*paths.kept), Checkpoints(paths.heartbeat, paths.checkpoint),
            self._seen.announcer(rules, self._pictures), self._ports(),
            self._vitals, self._watched.mistake,
        )  # fmt: skip

    def _ports(self) -> Ports:
        blindness = Blindness(self._idle, self._seen.notifier, self._paths.said("no-idle"))
        return Ports(
            draw=self._seen.front.draw,
            sway=self._seen.front.sway,
            tell=self._tell,
            hurry=self._ticker.soon,
            give_back=self._seen.front.give_back,
            acts={
                "record": self._seen.opener.record,
                "plan": self._seen.opener.plan,
                "settings": self._seen.opener.settings,
                "check-in": lambda: self._seen.opener.asked("check-in"),
                "safety": lambda: self._seen.opener.asked("safety", "--window"),
                "set-up": lambda: self._seen.opener.asked("set-up"),
                "reload": self._reload,
            },
            open_window=self._seen.opener.main_window,
            change=self._seen.children.change,
            end_windows=self._seen.children.close,
            hear=self._hooks.hear,
            looks=(
                blindness.look,
                self._reach.look,
                self._session.look,
                self._watched.look,
                Replacement(self._seen.notifier.show).look,
            ),
            blind=self._why_blind,
        )

    def run(self) -> None:
        """Until somebody says quit; on the main thread. Raises OSError where the journal cannot
        be read or written."""
        if self._seen.front.silent:
            logs.to_stderr()
        self._journal.open()
        sys.meta_path.insert(0, OwnCode())
        threading.excepthook = end_for
        signals.call(lambda: self._inbox.say("quit", "signal"))
        for mistake in (*self._mistakes, *self._config.foreign):
            _log.warning("%s", mistake)
        for problem in self._owner.launch(self._ticker.look()).told:
            _log.warning("%s", problem)
        self._seen.notifier.start()
        self._reach.look()
        if not self._seen.front.in_terminal:  # else it belongs to that one
            self._session.start()
        self._greet()  # first things first: who has started us may ask for the window at once
        threading.Thread(target=self._own, name="owner").start()
        self._ticker.start()
        attempt(self._tell_foreign)
        later = self._settle_later()
        try:
            self._seen.front.run()
        except Exception as error:  # noqa: BLE001  it would leave an owner that nobody sees
            end("the front end died", error)
        later.cancel()
        self._take_down()

    def _answer(self, request: Request, take: Take) -> Reply:
        """On a thread of the request's own. How it is, it can say even where the owner hangs."""
        if request.words == ("health",):
            return Reply(data=msgspec.to_builtins(self._health()))
        return self._inbox.answer(request, take)

    def _tell(self, news: Callable[[], Reply]) -> None:
        self._watchers.tell(lambda: msgspec.json.encode(news()))

    def _greet_watcher(self, put: Put) -> None:
        """By the owner, so that nothing older comes behind it."""
        self._inbox.say("watch", "command", None, lambda told: put(msgspec.json.encode(told)))

    def _health(self) -> Health:
        vitals = self._vitals
        tick_s = None if vitals.ticked is None else awake() - vitals.ticked
        return Health(
            os.getpid(), __version__, tick_s, BOUND_S, self._inbox.waiting,
            self._ticker.hangs, self._idle.name, vitals.trouble, vitals.mistake,
            self._session.name, self._session.broken or vitals.deserted, self._seen.front.tray,
            self._seen.children.replaced,
        )  # fmt: skip

    def _own(self) -> None:
        self._owner.run(self._ticker.rearm)
        self._seen.front.stop()

    def _greet(self) -> None:
        """At the first start: the set-up, once. Where the clock runs fast somebody tries it out."""
        first = self._speed == 1.0 and not setup.offered(self._paths)
        # It says by itself that it was seen; where a library is missing it comes again.
        if first and not self._seen.front.silent and not self._seen.opener.window("set-up"):
            attempt(setup.mark, self._paths)
            self._seen.notifier.show(notes.greeting())

    def _tell_foreign(self) -> None:
        """Names in the settings that only a newer version may know: once, until they are others."""
        folder, said = f"{self._config.path.parent}{os.sep}", self._paths.said("newer-settings")
        foreign = [line.removeprefix(folder) for line in self._config.foreign]
        if not foreign:
            said.unlink(missing_ok=True)
        elif not said.exists() or said.read_text("utf-8") != "\n".join(foreign):
            self._seen.notifier.show(notes.foreign(foreign))
            files.put(said, ["\n".join(foreign).encode()])

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
            self._seen.children.run(
                "pictures", "qlbreak.figures.picture_files", str(self._pictures.folder)
            )

    def _why_blind(self) -> str:
        return "to look for input hangs" if self._ticker.hangs else self._idle.trouble

    def _apply(self, config: Config, catalogue: Catalogue) -> None:
        """What others than the owner need of new settings they are given here."""
        _log.info("other settings apply")
        before, after = self._config.settings, config.settings
        waiting = [s for s in AT_NEXT_START if getattr(after, s) != getattr(before, s)]
        for section in waiting[:1]:
            _log.warning("settings: [%s] counts from the next start on", section)
            self._seen.notifier.show(notes.at_next_start(section))
        self._config = config
        attempt(self._tell_foreign)
        self._hooks.follow(config.hooks, catalogue)
        self._busy.follow(config.busy.wanted)
        self._inbox.put(Reconfigure(catalogue, config.rules, config.profile))

    def _reload(self) -> str:
        """Raises OSError where the settings have a mistake; the last good ones go on."""
        mistake = self._watched.reload()
        if mistake:
            raise OSError(mistake)
        return _("The settings apply now.")

    def _take_down(self) -> None:
        threading.Thread(target=_end_at_last, daemon=True).start()
        self._session.stop()
        attempt(self._ticker.stop)
        attempt(self._reach.stop)
        attempt(self._hooks.close)
        self._seen.notifier.stop(_GRACE_S / 2)
        for bus in self._buses:
            if bus is not None:
                attempt(bus.close)
        self._journal.close()


class _Seen:
    """What a person sees of it: front end, notifications, windows. Nothing comes back from here
    but what is put into the inbox."""

    def __init__(
        self, paths: Paths, config: Config, speed: float, inbox: Inbox, bus: "Bus | None"
    ) -> None:
        self._speed, self._inbox = speed, inbox
        self.children = Children(paths, self._ended)
        icon = front.icon(bus, inbox.say, lambda: inbox.put(Roused()))
        console = front.console(bus, inbox.say, self.children.here, icon=icon is not None)
        balloon = icon.balloon if icon is not None else None
        self.notifier = Notifier(
            channels(bus, inbox.put, lambda lost: inbox.put(Lost(lost)), console, balloon)
        )
        said, patience = paths.said("no-tray"), max(_PANEL_AT_LOGIN_S / speed, _PANEL_S)
        self.opener = Opener(self.children, self.notifier.show, config.path)
        windows = self.children.possible
        self.front = front.Front(icon, console, self._without_tray, said, patience, windows=windows)
        self._stepper = Stepper(self.notifier.show, wanted=console is None)

    def _ended(self, window: Ended) -> None:
        """Behind the set-up there is something to see of us, or we say what brings it."""
        self._inbox.put(window)
        if window.name == SET_UP:
            self.front.miss_tray()

    def _without_tray(self, note: Note) -> bool:
        """At a first start our window comes by itself. The set-up goes first, and says the same."""
        if self.children.shows(SET_UP):
            return False
        self.notifier.show(note)
        if self._speed == 1.0:
            with suppress(OSError):
                self.opener.main_window()
        return True

    def announcer(self, rules: Rules, pictures: Pictures) -> Announcer:
        return Announcer(self.notifier, rules, self.opener, pictures.of, self._stepper)

    def warn(self) -> None:
        self.notifier.show(notes.hanging())


def _end_at_last() -> None:
    threading.Event().wait(_GRACE_S)
    _log.warning("something hangs at the end; leaving without it")
    logging.shutdown()
    os._exit(0)
