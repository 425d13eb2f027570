"""A thread of its own for what is asked of a system that may never answer."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from qlbreak.language import _, formats

_T = TypeVar("_T")


class Asking:
    """One call after the other, all of them on the same thread, which nobody waits for at the end.
    It is there from the first one on."""

    def __init__(self, name: str, patience: float) -> None:
        """`patience`: seconds that an answer may take."""
        self._name, self._patience = name, patience
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = queue.SimpleQueue()
        self._last: Future[Any] | None = None

    def ask(self, call: Callable[[], _T], patience: float = 0.0) -> _T:
        """What it gives. Raises what it raises; TimeoutError where it takes longer, and at once
        while an earlier one still does. `patience`: more than usual."""
        patience = max(patience, self._patience)
        if self._last is None:
            threading.Thread(target=self._answer, name=self._name, daemon=True).start()
        elif not self._last.done():
            # Translators: what shows notifications, to the one before.
            raise TimeoutError(_("it still owes an answer"))
        future: Future[_T] = Future()
        self._last = future
        self._calls.put((future, call))
        try:
            return future.result(patience)
        except TimeoutError:
            if future.done():
                raise
            raise TimeoutError(_("no answer in {n} s", n=formats.short(patience))) from None

    def _answer(self) -> None:
        while True:
            future, call = self._calls.get()
            try:
                future.set_result(call())
            except BaseException as error:  # noqa: BLE001  whoever has asked hears of it
                future.set_exception(error)
