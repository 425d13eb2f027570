"""The connection to an X server, against what python-xlib says of the same server."""

import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qlbreak.senses.x11 import Display
from qlbreak.senses.x11_wire import PATIENCE_S, XServer
from rig.screen import Screen
from rig.waiting import now, wait_for

_FAMILY_LOCAL = 256


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as started:
        yield started


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The authority file that both of them read."""
    path = tmp_path / "authority"
    write_key(path, bytes(16))
    monkeypatch.setenv("XAUTHORITY", str(path))
    return path


def write_key(path: Path, key: bytes) -> None:
    parts = (socket.gethostname().encode(), b"", b"MIT-MAGIC-COOKIE-1", key)
    entry = b"".join(struct.pack(">H", len(part)) + part for part in parts)
    path.write_bytes(struct.pack(">H", _FAMILY_LOCAL) + entry)


def told_by_the_library(name: str) -> Any:
    pytest.importorskip("Xlib")
    from Xlib.display import Display

    return Display(name)


def test_it_knows_what_the_library_knows(screen: Screen) -> None:
    screen.kill()
    screen.restart("-screen", "0", "640x480x8", "-screen", "1", "800x600x24")
    for number in (0, 1):
        name = f"{screen.display}.{number}"
        ours, theirs = XServer(name), told_by_the_library(name)
        assert ours.root == theirs.screen().root.id
        assert ours.atom(b"_NET_ACTIVE_WINDOW") == theirs.intern_atom("_NET_ACTIVE_WINDOW")
        major = theirs.query_extension("MIT-SCREEN-SAVER").major_opcode
        assert ours.extension(b"MIT-SCREEN-SAVER") == major
        assert ours.extension(b"NO-SUCH-THING") == 0
        ours.close()
        theirs.close()
    with pytest.raises(OSError, match="no screen 2"):
        XServer(f"{screen.display}.2")


def test_properties_come_whole_and_none_is_empty(screen: Screen) -> None:
    library = told_by_the_library(screen.display)
    root, name = library.screen().root, library.intern_atom("_A_NAME")
    text = b"an odd length"
    root.change_property(name, library.intern_atom("UTF8_STRING"), 8, text)
    library.sync()
    server = XServer(screen.display)
    nowhere = 0x7FFFFFF
    missing = server.atom(b"_NO_SUCH_PROPERTY")
    wanted = ((server.root, name), (nowhere, name), (server.root, missing), (server.root, name))
    assert server.properties(*wanted) == [text, b"", b"", text]
    server.close()
    library.close()


def test_the_authority_file_lets_us_in(
    screen: Screen, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.kill()
    screen.env["XAUTHORITY"] = str(key)
    screen.restart("-auth", str(key))
    ours, theirs = XServer(screen.display), told_by_the_library(screen.display)
    assert ours.root == theirs.screen().root.id
    ours.close()
    theirs.close()
    other = key.with_name("other")  # the server looks after its own
    write_key(other, b"1" * 16)
    monkeypatch.setenv("XAUTHORITY", str(other))
    with pytest.raises(OSError, match="lets nobody in"):
        XServer(screen.display)


def test_a_server_that_hangs_is_given_up_in_its_time_and_can_be_asked_again(
    screen: Screen,
) -> None:
    """Until then nobody waits for it again, whichever of two questions it is."""
    server = XServer(screen.display)
    wanted = server.atom(b"_NET_WM_STATE")
    screen.freeze(True)
    started = now()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            server.properties((server.root, wanted), (server.root, wanted))
    assert PATIENCE_S <= now() - started < 2 * PATIENCE_S
    screen.freeze(False)
    wait_for(lambda: answer(server) == wanted, 5, "what it owed is read past")
    server.close()


def answer(server: XServer) -> int:
    try:
        return server.atom(b"_NET_WM_STATE")
    except TimeoutError:
        return 0


def test_a_screen_is_asked_two_things_by_one_connection(screen: Screen) -> None:
    display = Display(screen.display)
    idle, full = display.open_idle(), display.open_full_screen()
    assert (idle() >= 0, full()) == (True, None)
    idle.close()
    assert full() is None, "it goes with the last of them"
    full.close()
    again = display.open_idle()
    assert again() >= 0
    screen.kill()
    for _ in range(2):
        with pytest.raises(OSError):  # noqa: PT011  as the system says it
            again()
    again.close()
