"""An end that is asked for: by a signal, by a console of Windows, by the end of its session."""

import ctypes
import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest

from qlbreak.app.front import TrayIcon
from qlbreak.system import signals
from qlbreak.system.control import Reply
from qlbreak.tray import LOOK, SESSION_ENDS
from rig.foreign import Library
from rig.waiting import PATIENCE, wait_for

CTRL_C, CTRL_BREAK, CLOSE, LOG_OFF, SHUTDOWN = 0, 1, 2, 5, 6


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The handlers that the system knows, the first to be asked last."""
    monkeypatch.setattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE, raising=False)
    return []


def heeded(console: list[Any], told: list[str]) -> Callable[[], None]:
    def handle(handler: Any, add: int) -> int:
        console.append(handler) if add else console.remove(handler)
        return 1

    kernel32 = Library(SetConsoleCtrlHandler=handle)
    return signals.heed(
        lambda: told.append("quit"), kernel32, lambda seconds: told.append(f"held {seconds:g} s")
    )


@pytest.mark.parametrize("kind", [CTRL_C, CTRL_BREAK])
def test_a_key_of_the_console_ends_it_at_once(console: list[Any], kind: int) -> None:
    """On the thread of whoever calls, without the main one; and nobody else is asked."""
    told: list[str] = []
    heeded(console, told)
    answers: queue.SimpleQueue[int] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(console[-1](kind))).start()
    assert answers.get(timeout=PATIENCE) == 1
    assert told == ["quit"]


@pytest.mark.parametrize("kind", [CLOSE, LOG_OFF, SHUTDOWN])
def test_a_console_that_closes_is_held_until_it_has_ended(console: list[Any], kind: int) -> None:
    """At the return the system would end it in the midst of its work."""
    told: list[str] = []
    heeded(console, told)
    console[-1](kind)
    assert told == ["quit", "held 4.5 s"]


def test_what_was_heeded_is_let_go(console: list[Any]) -> None:
    heeded(console, [])()
    assert console == []


def test_a_machine_that_goes_to_sleep_is_looked_at_and_waits_for_nobody() -> None:
    looks: list[str] = []
    icon = TrayIcon(
        None, lambda *_: pytest.fail("nobody has said anything"), lambda: looks.append("now")
    )
    icon._pressed(LOOK)
    assert looks == ["now"]


def test_a_log_off_waits_until_the_quit_is_recorded() -> None:
    """Windows ends the program as soon as its window has answered."""
    said: queue.SimpleQueue[tuple[str, str, Callable[[Reply], None]]] = queue.SimpleQueue()
    icon = TrayIcon(
        None, lambda words, via, about, reply: said.put((words, via, reply)), lambda: None
    )
    answered = threading.Event()

    def answer() -> None:
        icon._pressed(SESSION_ENDS)
        answered.set()

    threading.Thread(target=answer, daemon=True).start()
    words, via, reply = said.get(timeout=PATIENCE)
    assert (words, via) == ("quit", "session")
    assert not answered.wait(0.2)
    reply(Reply("qlbreak ends"))
    wait_for(answered.is_set, 3, "the window answers")
