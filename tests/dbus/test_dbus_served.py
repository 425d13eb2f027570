"""Objects that we serve on a real bus, called by our own client and by a foreign program."""

from collections.abc import Callable, Iterator

import pytest

from qlbreak.dbus import PROPERTIES, Body, Bus, BusError, Method
from rig.privatebus import PrivateBus, need

IFACE = "org.example.Desk"
PATH = "/desk"
NAME = "org.example.Server"


@pytest.fixture
def daemon() -> Iterator[PrivateBus]:
    with PrivateBus() as started:
        yield started


def refuse() -> Body:
    raise BusError("org.example.Error.Full", "no more room")


def serve_desk(bus: Bus, height: Callable[[], int] = lambda: 72) -> None:
    methods = {
        "Add": Method(lambda a, b: (a + b,), ("i", "i"), ("i",)),
        "Refuse": Method(refuse),
        "Break": Method(lambda: (1 // 0,), (), ("i",)),
        "Lie": Method(lambda: ("text",), (), ("i",)),
    }
    bus.serve(PATH, IFACE, methods, lambda: {"Height": ("i", height()), "Name": ("s", "oak")})


def test_a_served_object_is_called_by_another_program(daemon: PrivateBus) -> None:
    need("gdbus")
    serve_desk(daemon.connect(NAME))
    target = ["gdbus", "call", "--session", "--dest", NAME, "--object-path", PATH]
    added = daemon.run([*target, "--method", f"{IFACE}.Add", "2", "3"])
    assert (added.code, added.out) == (0, "(5,)\n")
    prop = daemon.run([*target, "--method", f"{PROPERTIES}.Get", IFACE, "Height"])
    assert prop.out == "(<72>,)\n"
    everything = daemon.run([*target, "--method", f"{PROPERTIES}.GetAll", IFACE])
    assert everything.out == "({'Height': <72>, 'Name': <'oak'>},)\n"
    described = daemon.run(["gdbus", "introspect", *target[2:], "--xml"])
    assert f'<interface name="{IFACE}">' in described.out
    assert '<method name="Add">' in described.out
    assert daemon.run([*target, "--method", "org.freedesktop.DBus.Peer.Ping"]).code == 0


@pytest.mark.parametrize(
    ("path", "interface", "member", "signature", "body", "name"),
    [
        ("/floor", IFACE, "Add", "ii", (1, 2), "UnknownObject"),
        (PATH, "org.example.Chair", "Add", "ii", (1, 2), "UnknownInterface"),
        (PATH, IFACE, "Divide", "ii", (1, 2), "UnknownMethod"),
        (PATH, IFACE, "Add", "s", ("1",), "InvalidArgs"),
        (PATH, PROPERTIES, "Get", "ss", (IFACE, "Depth"), "UnknownProperty"),
        (PATH, PROPERTIES, "Get", "ss", ("org.example.Chair", "Depth"), "UnknownInterface"),
        (PATH, PROPERTIES, "Set", "ssv", (IFACE, "Height", ("i", 1)), "PropertyReadOnly"),
        (PATH, IFACE, "Break", "", (), "Failed"),
        (PATH, IFACE, "Lie", "", (), "Failed"),
    ],
)
def test_what_is_not_served_or_fails_is_refused_by_name(
    daemon: PrivateBus,
    caplog: pytest.LogCaptureFixture,
    path: str,
    interface: str,
    member: str,
    signature: str,
    body: Body,
    name: str,
) -> None:
    server, client = daemon.connect(NAME), daemon.connect()
    serve_desk(server)
    with pytest.raises(BusError) as caught:
        client.call(NAME, path, interface, member, signature, body)
    assert caught.value.name == f"org.freedesktop.DBus.Error.{name}"
    assert bool(caplog.records) is (name == "Failed")
    assert client.call(NAME, PATH, IFACE, "Add", "ii", (2, 3)) == (5,)


def test_a_served_method_may_refuse_in_its_own_words(daemon: PrivateBus) -> None:
    server, client = daemon.connect(NAME), daemon.connect()
    serve_desk(server)
    with pytest.raises(BusError, match="no more room") as caught:
        client.call(NAME, PATH, IFACE, "Refuse")
    assert caught.value.name == "org.example.Error.Full"


def test_properties_are_asked_each_time_and_come_unwrapped(daemon: PrivateBus) -> None:
    server, client = daemon.connect(NAME), daemon.connect()
    heights = iter([72, 110])
    serve_desk(server, lambda: next(heights))
    assert [client.get(NAME, PATH, IFACE, "Height") for _ in range(2)] == [72, 110]


def test_what_is_withdrawn_is_no_longer_served(daemon: PrivateBus) -> None:
    server, client = daemon.connect(NAME), daemon.connect()
    withdraw = server.serve(PATH, IFACE, {})
    assert (
        "<node>" in client.call(NAME, PATH, "org.freedesktop.DBus.Introspectable", "Introspect")[0]
    )
    withdraw()
    with pytest.raises(BusError, match="UnknownObject"):
        client.call(NAME, PATH, IFACE, "Add", "ii", (2, 3))
