"""The objects that others call over the bus: methods, properties, and how they describe them."""

from collections.abc import Callable, Mapping
from typing import Final

from msgspec import Struct

from qlbreak.dbus.wire import PROPERTIES, Body, BusError, Message, Variant

ERRORS: Final = "org.freedesktop.DBus.Error."
PEER: Final = "org.freedesktop.DBus.Peer"
INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"


class Method(Struct, frozen=True):
    """`run` gets the arguments one by one and returns the body of the reply, or raises `BusError`.

    `takes` and `gives` list the signature of each value.
    """

    run: Callable[..., Body]
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()

    @property
    def xml(self) -> str:
        takes = "".join(f'<arg direction="in" type="{kind}"/>' for kind in self.takes)
        return takes + "".join(f'<arg direction="out" type="{kind}"/>' for kind in self.gives)


class Interface(Struct, frozen=True):
    """What an object can do; `properties` is asked each time somebody wants to know."""

    methods: Mapping[str, Method]
    properties: Callable[[], Mapping[str, Variant]] = dict

    def property_named(self, name: str) -> Variant:
        try:
            return self.properties()[name]
        except KeyError:
            raise BusError(f"{ERRORS}UnknownProperty", f"no property {name}") from None

    @property
    def xml(self) -> str:
        methods = (f'<method name="{name}">{m.xml}</method>' for name, m in self.methods.items())
        properties = (
            f'<property name="{name}" type="{kind}" access="read"/>'
            for name, (kind, _) in self.properties().items()
        )
        return "".join((*methods, *properties))


class Objects:
    """All interfaces of all objects."""

    def __init__(self) -> None:
        self._interfaces: dict[tuple[str, str], Interface] = {}

    def add(self, path: str, name: str, interface: Interface) -> Callable[[], None]:
        """Serves it until the returned function is called."""
        self._interfaces[path, name] = interface

        def remove() -> None:
            self._interfaces.pop((path, name), None)

        return remove

    def answer(self, call: Message) -> tuple[str, Body]:
        """Signature and body of the reply; raises `BusError`."""
        interface = self._standard(call.path).get(call.interface)
        interface = interface or self._find(call.path, call.interface)
        method = interface.methods.get(call.member)
        if method is None:
            raise BusError(f"{ERRORS}UnknownMethod", f"no method {call.interface}.{call.member}")
        wanted = "".join(method.takes)
        if call.signature != wanted:
            text = f"{call.member} takes ({wanted}), not ({call.signature})"
            raise BusError(f"{ERRORS}InvalidArgs", text)
        return "".join(method.gives), method.run(*call.body)

    def _find(self, path: str, name: str) -> Interface:
        if interface := self._interfaces.get((path, name)):
            return interface
        if any(path == at for at, _ in self._interfaces):
            raise BusError(f"{ERRORS}UnknownInterface", f"no interface {name} on {path}")
        raise BusError(f"{ERRORS}UnknownObject", f"no object {path}")

    def _standard(self, path: str) -> dict[str, Interface]:
        """What the specification wants every object to have."""

        def get(name: str, prop: str) -> Body:
            return (self._find(path, name).property_named(prop),)

        def get_all(name: str) -> Body:
            return (dict(self._find(path, name).properties()),)

        def read_only(name: str, prop: str, _: Variant) -> Body:
            raise BusError(f"{ERRORS}PropertyReadOnly", f"{name}.{prop} cannot be set")

        def introspect() -> Body:
            own = ((name, i) for (at, name), i in self._interfaces.items() if at == path)
            xml = (f'<interface name="{name}">{i.xml}</interface>' for name, i in own)
            return (f"<node>{''.join(xml)}</node>",)

        return {
            PEER: Interface({"Ping": Method(lambda: ())}),
            INTROSPECTABLE: Interface({"Introspect": Method(introspect, (), ("s",))}),
            PROPERTIES: Interface(
                {
                    "Get": Method(get, ("s", "s"), ("v",)),
                    "GetAll": Method(get_all, ("s",), ("a{sv}",)),
                    "Set": Method(read_only, ("s", "s", "v")),
                }
            ),
        }
