"""What others tell over a bus: dunst, xfconf and dconf themselves, and peers that keep to what the
others' interfaces are documented to be."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qlbreak.core.model.terms import Reason
from qlbreak.dbus import DAEMON, PROPERTIES, Body, Bus, Method
from qlbreak.senses.bus_questions import PATIENCE_S, Told
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.do_not_disturb import QUESTIONS, SETTINGS, Setting, kept_by, open_setting
from qlbreak.senses.logind import INHIBITORS
from qlbreak.senses.screensavers import KEEPS_ON
from rig.buscall import Bus as Stranger
from rig.desktop import Desktop
from rig.privatebus import PrivateBus, need
from rig.waiting import PATIENCE, now, wait_for
from senses.asking import asked, late, tells

QUIET = frozenset({Reason.DO_NOT_DISTURB})
SERVER, SERVER_PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as started:
        yield started


def holds(busy: Busy, reason: Reason, answer: bool) -> None:
    wait_for(lambda: (reason in busy()) is answer, 5, f"{reason} is {answer}", busy)


# Peers


@dataclass
class Peer:
    """Serves one object; `on` is what it tells, `tell` gives the sign for a change."""

    bus: Bus
    on: Any
    tell: Callable[[Bus], None]

    def turn(self, on: Any) -> None:
        self.on = on
        self.tell(self.bus)


def changed(path: str, interface: str) -> Callable[[Bus], None]:
    body: Body = (interface, {}, ["It"])
    return lambda bus: bus.emit(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)


def stating(bus: Bus, path: str, interface: str, name: str, kind: str, off: Any) -> Peer:
    """Tells by a property."""
    peer = Peer(bus, off, changed(path, interface))
    bus.serve(path, interface, {}, lambda: {name: (kind, peer.on)})
    return peer


def kde_notifications(bus: Bus) -> Peer:
    return stating(bus, SERVER_PATH, SERVER, "Inhibited", "b", False)


def mako(bus: Bus) -> Peer:
    """Of 1.8 and later: a property gives the sign, and all answer to `ListModes`."""
    path, name = "/fr/emersion/Mako", "fr.emersion.Mako"
    peer = Peer(bus, ["default"], changed(path, name))
    bus.serve(path, name, {"ListModes": Method(lambda: (peer.on,), (), ("as",))})
    return peer


def swaync(bus: Bus) -> Peer:
    name, path = "org.erikreider.swaync.cc", "/org/erikreider/swaync/cc"
    peer = Peer(bus, False, lambda bus: None)
    peer.tell = lambda bus: bus.emit(path, name, "SubscribeV2", "ubbb", (0, peer.on, False, False))
    bus.serve(path, name, {"GetDnd": Method(lambda: (peer.on,), (), ("b",))})
    return peer


def session_manager(bus: Bus) -> Peer:
    name = "org.gnome.SessionManager"
    return stating(bus, "/org/gnome/SessionManager", name, "InhibitedActions", "u", 4)


def kde_power(bus: Bus) -> Peer:
    """Of PolicyAgent; 4 is ChangeScreenSettings."""
    name = "org.kde.Solid.PowerManagement.PolicyAgent"
    path = "/org/kde/Solid/PowerManagement/PolicyAgent"
    peer = Peer(bus, 1, lambda bus: bus.emit(path, name, "InhibitionsChanged", "a(ss)as", ([], [])))

    def has(kinds: int) -> Body:
        return (bool(peer.on & kinds),)

    bus.serve(path, name, {"HasInhibition": Method(has, ("u",), ("b",))})
    return peer


def logind(bus: Bus) -> Peer:
    path, name = "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
    peer = Peer(bus, [inhibitor("sleep", mode="delay")], changed(path, name))
    method = Method(lambda: (peer.on,), (), ("a(ssssuu)",))
    bus.serve(path, name, {"ListInhibitors": method})
    return peer


def inhibitor(what: str, mode: str = "block", user: int = os.getuid()) -> tuple[object, ...]:
    return what, "a program", "a reason", mode, user, 1


PEERS = [
    pytest.param(kde_notifications, SERVER, QUESTIONS["KDE"], True, False, id="KDE, quiet"),
    pytest.param(mako, SERVER, QUESTIONS["mako"], ["default", "dnd"], ["default"], id="mako"),
    pytest.param(
        swaync, "org.erikreider.swaync.cc", QUESTIONS["swaync"], True, False, id="swaync"
    ),
    pytest.param(
        session_manager, "org.gnome.SessionManager", KEEPS_ON["session manager"], 12, 4, id="GNOME"
    ),
    pytest.param(
        kde_power, "org.kde.Solid.PowerManagement.PolicyAgent", KEEPS_ON["KDE"], 5, 1,
        id="KDE, screen",
    ),
    pytest.param(
        logind, "org.freedesktop.login1", INHIBITORS,
        [inhibitor("sleep", mode="delay"), inhibitor("idle")], [inhibitor("sleep")], id="logind",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("serve", "name", "question", "on", "off"), PEERS)
def test_each_is_followed_from_no_to_yes_and_back(
    daemon: PrivateBus, serve: Callable[[Bus], Peer], name: str, question: Any, on: Any, off: Any
) -> None:
    peer = serve(daemon.connect(name))
    told = Told(daemon.connect(), question)
    assert asked(told) is False, "the first look has the answer"
    for _ in range(2):
        peer.turn(on)
        tells(told, True, "it is on")
        peer.turn(off)
        tells(told, False, "it is off")


@pytest.mark.parametrize(("serve", "name", "question", "on", "off"), PEERS)
def test_each_may_come_late_and_go(
    daemon: PrivateBus, serve: Callable[[Bus], Peer], name: str, question: Any, on: Any, off: Any
) -> None:
    told = Told(daemon.connect(), question)
    assert asked(told) is None
    theirs = daemon.connect()
    serve(theirs).on = on
    theirs.call(*DAEMON, "RequestName", "su", (name, 0))
    tells(told, True, "who has just come is asked")
    theirs.call(*DAEMON, "ReleaseName", "s", (name,))
    tells(told, None, "who is gone tells nothing")


@pytest.mark.parametrize(
    ("held", "answer"),
    [
        ([inhibitor("idle")], True),
        ([inhibitor("handle-lid-switch:idle")], True),
        ([inhibitor("idle", mode="delay")], False),
        ([inhibitor("idle", user=os.getuid() + 1)], False),
        ([inhibitor("idle:sleep:shutdown")], False),
        ([inhibitor("sleep"), inhibitor("shutdown")], False),
        ([], False),
    ],
    ids=["a film", "among others", "no block", "somebody else's", "a job", "no idle", "none"],
)
def test_of_logind_only_what_keeps_the_screen_on_counts(
    daemon: PrivateBus, held: list[object], answer: bool
) -> None:
    logind(daemon.connect("org.freedesktop.login1")).on = held
    assert asked(Told(daemon.connect(), INHIBITORS)) is answer


# Peers that misbehave


def test_a_peer_that_never_answers_costs_one_second_once(daemon: PrivateBus) -> None:
    silent = Stranger(daemon.session_address)
    silent.call(*DAEMON, "RequestName", "su", SERVER, 0)
    started = now()
    with pytest.raises(TimeoutError, match=f"no answer from {SERVER}"):
        Told(daemon.connect(), QUESTIONS["KDE"])()
    assert now() - started >= PATIENCE_S

    def cost() -> float:
        started, busy = now(), Busy(sources({}, "linux", daemon.connect()), QUIET)
        assert [busy(), busy()] == [frozenset(), frozenset()]
        assert sum("no answer" in said.trouble for said in busy.told(Reason.DO_NOT_DISTURB)) == 3
        return now() - started

    costs = (cost() for _ in range(10))
    assert any(seconds < 2 * PATIENCE_S for seconds in costs), "they wait at the same time"
    silent.close()


def test_a_peer_that_falls_silent_tells_nothing_any_more(daemon: PrivateBus) -> None:
    theirs, waits = daemon.connect(SERVER), threading.Event()
    waits.set()

    def properties() -> dict[str, tuple[str, bool]]:
        waits.wait(PATIENCE)
        return {"Inhibited": ("b", True)}

    theirs.serve(SERVER_PATH, SERVER, {}, properties)
    told = Told(daemon.connect(), QUESTIONS["KDE"])
    assert asked(told) is True
    waits.clear()
    for _ in range(3):
        changed(SERVER_PATH, SERVER)(theirs)
    wait_for(lambda: late(told), PATIENCE_S + 2, "it is late")
    waits.set()
    tells(told, True, "it has answered after all")


def test_mako_of_debian_12_gives_no_sign_and_is_asked_at_each_look(daemon: PrivateBus) -> None:
    theirs = daemon.connect(SERVER)
    peer = mako(theirs)
    told = Told(daemon.connect(), QUESTIONS["mako"])
    assert asked(told) is False
    peer.on = ["default", "do-not-disturb"]
    tells(told, True, "it is on")
    peer.on = ["default"]
    tells(told, False, "it is off")


def test_an_odd_answer_is_none(daemon: PrivateBus) -> None:
    bus = daemon.connect(SERVER)
    told = Told(daemon.connect(), QUESTIONS["KDE"])
    assert asked(told) is None, "an error: it is another program"
    odd = Method(lambda: (7,), (), ("u",))
    bus.serve("/fr/emersion/Mako", "fr.emersion.Mako", {"ListModes": odd})
    assert asked(Told(daemon.connect(), QUESTIONS["mako"])) is None


def test_a_name_may_be_there_before_what_it_stands_for(daemon: PrivateBus) -> None:
    bus = daemon.connect(SERVER)
    told = Told(daemon.connect(), QUESTIONS["KDE"])
    assert asked(told) is None
    kde_notifications(bus).turn(True)
    tells(told, True, "it has been asked again")


def test_a_bus_that_is_lost_tells_nothing_until_it_is_back(daemon: PrivateBus) -> None:
    kde_notifications(daemon.connect(SERVER)).on = True
    told = Told(daemon.connect(), QUESTIONS["KDE"])
    assert asked(told) is True
    daemon.kill_daemon()
    tells(told, None, "nobody tells")
    daemon.start_daemon()
    kde_notifications(daemon.connect(SERVER)).turn(True)
    tells(told, True, "somebody tells again", 10)


# The real ones


def test_dunst_tells_when_it_is_paused(bare_desktop: Desktop) -> None:
    bus = Bus(bare_desktop.session_address)
    bus.connect()
    busy = Busy(sources({}, "linux", bus), QUIET)
    assert busy() == frozenset()
    bare_desktop.start_dunst()
    wait_for(lambda: answers(busy) == {"dunst": False}, 5, "dunst tells", lambda: answers(busy))
    for paused in (True, False, True):
        assert bare_desktop.run(["dunstctl", "set-paused", str(paused).lower()]).code == 0
        holds(busy, Reason.DO_NOT_DISTURB, paused)
    bare_desktop.kill_dunst()
    holds(busy, Reason.DO_NOT_DISTURB, False)
    bus.close()


def answers(busy: Busy) -> dict[str, bool]:
    """Of those who have one, at a new look."""
    busy()
    told = busy.told(Reason.DO_NOT_DISTURB)
    return {said.name: said.answer for said in told if said.answer is not None}


def test_xfce_tells_when_its_notifications_are_quiet(bare_desktop: Desktop) -> None:
    need("xfconf-query")
    bus = Bus(bare_desktop.session_address)
    bus.connect()
    bare_desktop._start_xfconf()
    busy = Busy(sources({}, "linux", bus), QUIET)
    wait_for(lambda: answers(busy) == {"Xfce": False}, 5, "it was never touched")
    change = ["xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb"]
    for quiet in (True, False, True):
        done = bare_desktop.run([*change, "-n", "-t", "bool", "-s", str(quiet).lower()])
        assert done.code == 0, done
        holds(busy, Reason.DO_NOT_DISTURB, quiet)
    assert bare_desktop.run([*change, "-r"]).code == 0
    holds(busy, Reason.DO_NOT_DISTURB, False)
    bus.close()


@pytest.fixture
def dconf(daemon: PrivateBus, monkeypatch: pytest.MonkeyPatch) -> PrivateBus:
    """GNOME's settings, as its desktop would have them."""
    need("gsettings")
    service = "/usr/libexec/dconf-service"
    if not os.access(service, os.X_OK):
        pytest.skip("this test needs dconf-service")
    daemon.env |= {"GSETTINGS_BACKEND": "dconf", "XDG_CONFIG_HOME": str(daemon.home)}
    for name in ("GSETTINGS_BACKEND", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
                 "DBUS_SESSION_BUS_ADDRESS"):  # fmt: skip
        monkeypatch.setenv(name, daemon.env[name])
    daemon.spawn("dconf-service", [service])
    daemon.wait_name("ca.desrt.dconf")
    return daemon


def test_gnome_tells_when_its_banners_are_off(dconf: PrivateBus) -> None:
    bus = dconf.connect()
    here = {"XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
    busy = Busy(sources(here, "linux", bus), QUIET)
    wait_for(lambda: answers(busy) == {"GNOME": False}, 5, "banners are on")
    for banners in (False, True, False):
        change = ["gsettings", "set", "org.gnome.desktop.notifications", "show-banners"]
        assert dconf.run([*change, str(banners).lower()]).code == 0
        holds(busy, Reason.DO_NOT_DISTURB, not banners)
    assert (
        dconf.run(["gsettings", "reset-recursively", "org.gnome.desktop.notifications"]).code == 0
    )
    holds(busy, Reason.DO_NOT_DISTURB, False)


def test_a_setting_is_read_again_only_when_it_has_changed(
    dconf: PrivateBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = open_setting(dconf.connect(), SETTINGS["GNOME"])
    assert ask() is False
    monkeypatch.setenv("PATH", "/nowhere")
    assert ask() is False, "or it would have failed"


def test_a_setting_that_is_slow_to_come_is_read_at_the_next_look(
    daemon: PrivateBus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "slow"
    slow.touch()
    program = tmp_path / "gsettings"
    program.write_text(f"#!/bin/sh\n[ ! -e {slow} ] || exec sleep {PATIENCE}\necho false\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    here = {"XDG_CURRENT_DESKTOP": "GNOME"}
    busy = Busy(sources(here, "linux", daemon.connect()), QUIET)
    assert busy() == frozenset()
    said = {said.name: said.trouble for said in busy.told(Reason.DO_NOT_DISTURB)}
    assert said["GNOME"] == "no answer from gsettings"
    slow.unlink()
    holds(busy, Reason.DO_NOT_DISTURB, True)


def test_a_desktop_whose_setting_is_not_known_to_gsettings(dconf: PrivateBus) -> None:
    ask = open_setting(dconf.connect(), Setting("org.none", "/none/", "it", "true"))
    with pytest.raises(OSError, match="does not know"):
        ask()


@pytest.mark.parametrize(
    ("desktop", "name"),
    [("GNOME", "GNOME"), ("ubuntu:GNOME", "GNOME"), ("X-Cinnamon", "X-Cinnamon"),
     ("MATE", "MATE"), ("KDE", None), ("", None)],
)  # fmt: skip
def test_the_setting_is_that_of_the_desktop(desktop: str, name: str | None) -> None:
    kept = kept_by({"XDG_CURRENT_DESKTOP": desktop})
    assert (kept and kept[0]) == name
