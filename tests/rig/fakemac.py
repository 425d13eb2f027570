"""As much of PyObjC as pystray's icon needs, with a real main loop."""

import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Self

import pytest


class Mac:
    """The calls that were made, and by which thread."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.loop: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.tips: list[str] = []

    def names(self) -> list[str]:
        return [name for name, _ in self.calls]

    def threads(self) -> set[str]:
        return {thread for _, thread in self.calls}

    def run(self) -> None:
        for change in iter(self.loop.get, None):
            change()


class Anything:
    """An object of AppKit: takes every message and answers with itself."""

    def __init__(self, mac: Mac) -> None:
        self._mac = mac

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # Python's own questions, such as what is wrapped here
            raise AttributeError(name)
        if not name[0].islower():
            return self

        def method(*args: Any) -> Any:
            self._mac.calls.append((name, threading.current_thread().name))
            if name == "setToolTip_":
                self._mac.tips.append(args[0])
            return {"thickness": 22, "size": (22, 22)}.get(name, self)

        return method

    def __call__(self, *_: Any) -> Self:
        return self

    def run(self) -> None:
        self._mac.run()

    def stop_(self, _: Any) -> None:
        self._mac.calls.append(("stop_", threading.current_thread().name))
        self._mac.loop.put(None)


class NSObject:
    @classmethod
    def alloc(cls) -> Self:
        return cls()

    def init(self) -> Self:
        return self


@contextmanager
def fake_mac(patch: pytest.MonkeyPatch) -> Iterator[Mac]:
    """The modules of PyObjC are there, and pystray's real backend can be imported."""
    mac = Mac()
    thing: Any = Anything(mac)

    def module(name: str, **content: Any) -> ModuleType:
        made = ModuleType(name)
        vars(made).update(content)
        patch.setitem(sys.modules, name, made)
        return made

    module("AppKit", __getattr__=lambda _: thing)
    module("Foundation", __getattr__=lambda _: thing, NSObject=NSObject)
    module("objc", namedSelector=lambda _: lambda method: method)
    signals = module("PyObjCTools.MachSignals", signal=lambda *_: None, getsignal=lambda _: None)
    helper = module("PyObjCTools.AppHelper", callAfter=mac.loop.put)
    module("PyObjCTools", MachSignals=signals, AppHelper=helper)
    try:
        yield mac
    finally:
        sys.modules.pop("pystray._darwin", None)
        vars(sys.modules.get("pystray", sys)).pop("_darwin", None)
