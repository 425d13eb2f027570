"""The session and system bus (jeepney): call, serve, watch, come back."""

import logging
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any, Final

from qlbreak.dbus.served import ERRORS, Interface, Method, Objects
from qlbreak.dbus.wire import (
    DAEMON,
    PROPERTIES,
    Body,
    BusError,
    Message,
    Variant,
    Watch,
    Wire,
    packed,
)  # fmt: skip
from qlbreak.language import _, formats
from qlbreak.system.patience import next_of

__all__ = ["DAEMON", "PROPERTIES", "Body", "Bus", "BusError", "Method", "Variant"]

LAST_RETRY_S: Final = 60.0

Answered = Callable[[Message | None], None]
"""Gets the reply to a call, or None when the bus was lost before."""

log = logging.getLogger(__name__)


class Bus:
    """A connection that comes back.

    All callbacks run on its receiver thread: they must be quick and must not `call` or `get`;
    they may `send`, `emit` and watch. When the connection is lost, whoever waits is told at
    once, every watched name has no owner, and it is tried again after `retry_s`, then after
    twice as long, up to a minute. Then each of `on_connect` is called.
    """

    def __init__(self, address: str = "SESSION", retry_s: float = 1.0) -> None:
        self._address, self._retry_s = address, retry_s
        self.on_connect: list[Callable[[], None]] = []
        self._wire: Wire | None = None
        self._serials = count(2)
        self._waiting: dict[int, Answered] = {}
        self._watches: list[Watch] = []
        self._owners: dict[str, str] = {}  # of the names whose signals are wanted
        self._objects = Objects()
        self._sending = threading.Lock()
        self._closed = threading.Event()
        self._receiver = threading.Thread(target=self._live, name="dbus", daemon=True)

    def connect(self) -> None:
        """Raises `OSError` when there is no such bus; it can be tried again then."""
        self._open()
        self._receiver.start()

    def close(self) -> None:
        """Ends connection and thread, for good."""
        self._closed.set()
        if wire := self._wire:
            wire.hang_up()
        if self._receiver.is_alive() and threading.current_thread() is not self._receiver:
            self._receiver.join()

    def call(
        self,
        dest: str,
        path: str,
        interface: str,
        member: str,
        signature: str | None = None,
        body: Body = (),
        timeout: float = 3.0,
    ) -> Body:
        """The body of the reply.

        Raises `BusError` for an error reply, `TimeoutError` after `timeout` seconds, and
        `ConnectionError` when the bus is lost.
        """
        if threading.current_thread() is self._receiver:
            raise RuntimeError(f"{member} would wait for its own thread: use `send` in callbacks")
        replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        target = {"destination": dest, "path": path, "interface": interface, "member": member}
        serial = self._transmit("method_call", signature or "", body, replies.put, **target)
        try:
            return _body(next_of(replies, timeout))
        except queue.Empty:
            self._waiting.pop(serial, None)
            raise TimeoutError(
                _(
                    "{dest} did not answer {member} in {n} s",
                    dest=dest,
                    member=member,
                    n=formats.short(timeout),
                )
            ) from None

    def send(
        self,
        dest: str,
        path: str,
        interface: str,
        member: str,
        signature: str | None = None,
        body: Body = (),
        then: Callable[[Body | Exception], None] = lambda _: None,
    ) -> None:
        """A call that does not wait: `then` gets the body of the reply, or what went wrong."""

        def answered(reply: Message | None) -> None:
            try:
                result: Body | Exception = _body(reply)
            except (BusError, ConnectionError) as error:
                result = error
            then(result)

        target = {"destination": dest, "path": path, "interface": interface, "member": member}
        try:
            self._transmit("method_call", signature or "", body, answered, **target)
        except ConnectionError as lost:
            then(lost)

    def get(self, dest: str, path: str, interface: str, prop: str, timeout: float = 3.0) -> Any:
        """The value of a property; raises like `call`."""
        body = self.call(dest, path, PROPERTIES, "Get", "ss", (interface, prop), timeout)
        return body[0][1]

    def name_has_owner(self, name: str) -> bool:
        return bool(self.call(*DAEMON, "NameHasOwner", "s", (name,))[0])

    def emit(
        self, path: str, interface: str, member: str, signature: str = "", body: Body = ()
    ) -> None:
        """Sends a signal; dropped while the bus is lost, when nobody could hear it."""
        self._tell("signal", signature, body, path=path, interface=interface, member=member)

    def serve(
        self,
        path: str,
        interface: str,
        methods: Mapping[str, Method],
        properties: Callable[[], Mapping[str, Variant]] = dict,
    ) -> Callable[[], None]:
        """Answers calls to this object until the returned function is called."""
        return self._objects.add(path, interface, Interface(methods, properties))

    def on_signal(
        self,
        sender: str,
        interface: str,
        member: str,
        path: str | None,
        callback: Callable[[Body], None],
    ) -> Callable[[], None]:
        """Calls back with the body of each such signal until the returned function is called.

        Only what the owner of the name *sender* says is heard. Anybody may send anything on a bus,
        and GNOME's shell and its stand-in both tell of the same press of a button.
        """
        if sender not in self._owners and not sender.startswith(":"):
            self._owners[sender] = ""
            self.on_owner(sender, partial(self._owners.__setitem__, sender))
        wanted = {"sender": sender, "interface": interface, "member": member}
        wanted |= {"path": path} if path else {}
        return self._watch(Watch(wanted, lambda signal: callback(signal.body)))

    def on_owner(self, name: str, callback: Callable[[str], None]) -> Callable[[], None]:
        """Calls back with the owner of a name, or "": the present one, then each new one."""
        sender, _, interface = DAEMON
        wanted = {"sender": sender, "interface": interface, "member": "NameOwnerChanged"}
        wanted["arg0"] = name
        return self._watch(Watch(wanted, lambda news: callback(news.body[2]), name, callback))

    def _watch(self, watch: Watch) -> Callable[[], None]:
        self._watches.append(watch)
        if self._wire:
            self._subscribe(watch)
        return partial(self._unwatch, watch)

    def _unwatch(self, watch: Watch) -> None:
        if watch in self._watches:
            self._watches.remove(watch)
            self.send(*DAEMON, "RemoveMatch", "s", (watch.rule,))

    def _subscribe(self, watch: Watch) -> None:
        def found(owner: Body | Exception) -> None:
            watch.tell_owner("" if isinstance(owner, Exception) else owner[0])

        self.send(*DAEMON, "AddMatch", "s", (watch.rule,))
        if watch.owner_of:
            self.send(*DAEMON, "GetNameOwner", "s", (watch.owner_of,), found)

    def _transmit(
        self,
        kind: str,
        signature: str,
        body: Body,
        answered: Answered | None = None,
        **fields: Any,
    ) -> int:
        serial = next(self._serials)
        data = packed(kind, serial, signature, body, **fields)
        with self._sending:
            if self._wire is None:
                raise ConnectionError(_("the bus is lost"))
            if answered:
                self._waiting[serial] = answered
            try:
                self._wire.send(data)
            except OSError as error:
                self._waiting.pop(serial, None)
                raise ConnectionError(_("the bus is lost")) from error
        return serial

    def _tell(self, kind: str, signature: str, body: Body, **fields: Any) -> None:
        with suppress(ConnectionError):
            self._transmit(kind, signature, body, **fields)

    def _open(self) -> None:
        wire = Wire(self._address)
        with self._sending:
            self._wire = wire
        for watch in tuple(self._watches):
            self._subscribe(watch)

    def _live(self) -> None:
        while wire := self._wire:
            try:
                while not self._closed.is_set():
                    self._hear(wire.receive())
            except OSError as error:
                if not self._closed.is_set():
                    log.warning("the bus is lost: %s", error)
            self._lose(wire)
            self._come_back()

    def _hear(self, message: Message) -> None:
        if message.kind == "method_call":
            self._answer(message)
        elif message.kind == "signal":
            for watch in tuple(self._watches):
                if watch.hears(message, self._owners):
                    _guarded(watch.deliver, message)
        elif answered := self._waiting.pop(message.reply_serial, None):
            _guarded(answered, message)

    def _answer(self, call: Message) -> None:
        to = {"destination": call.sender, "reply_serial": call.serial}
        try:
            signature, body = self._objects.answer(call)
            if call.wants_reply:
                self._tell("method_return", signature, body, **to)
            return
        except BusError as error:
            refusal = error
        except Exception as mistake:
            log.exception("%s.%s of %s failed", call.interface, call.member, call.path)
            refusal = BusError(f"{ERRORS}Failed", str(mistake))
        if call.wants_reply:
            self._tell("error", "s", (refusal.text,), error_name=refusal.name, **to)

    def _lose(self, wire: Wire) -> None:
        with self._sending:
            self._wire = None
            waiting, self._waiting = self._waiting, {}
        wire.close()
        for answered in waiting.values():
            _guarded(answered, None)
        for watch in tuple(self._watches):
            if not self._closed.is_set():
                _guarded(watch.tell_owner, "")

    def _come_back(self) -> None:
        delay = self._retry_s
        while not self._closed.wait(delay):
            try:
                self._open()
            except OSError:
                delay = min(2 * delay, LAST_RETRY_S)
                continue
            log.info("the bus is back")
            for callback in tuple(self.on_connect):
                _guarded(callback)
            return


def connect_bus(which: str = "SESSION") -> Bus | None:
    """None where there is none to be had."""
    if sys.platform != "linux":
        return None
    bus = Bus(which)
    try:
        bus.connect()
    except Exception as error:  # noqa: BLE001  no address, an odd one, nobody there: all the same
        log.info("no %s bus: %s", which.lower(), error)
        return None
    return bus


def _body(reply: Message | None) -> Body:
    if reply is None:
        raise ConnectionError(_("the bus is lost"))
    if reply.kind == "error":
        text = reply.body[0] if reply.signature.startswith("s") else ""
        raise BusError(reply.error_name, text)
    return reply.body


def _guarded(callback: Callable[..., None], *values: Any) -> None:
    """A mistake in a callback must not end the thread that all others depend on."""
    try:
        callback(*values)
    except Exception:
        log.exception("a callback of the bus failed")
