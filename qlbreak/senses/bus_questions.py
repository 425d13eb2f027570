"""What somebody on a bus tells of himself: asked when he comes, and again when he gives a sign."""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from qlbreak.dbus import PROPERTIES, Body, Bus, BusError
from qlbreak.language import _
from qlbreak.senses.source import Stir
from qlbreak.system.clock import steady

# The first answer may take so long, and no look waits for a later one. It counts from the question:
# those that are asked together are waited for together.
PATIENCE_S = 1.0
# Whose sign was missed is asked all the same, so that nothing stays stuck: half a millisecond.
AGAIN_S = 300.0


class BusQuestion(NamedTuple):
    """Who is asked what on a bus. `signs`: signals, as interface and member, that the answer may be
    another now. `means` reads the answer: whether the reason holds, None if that is not told; and
    `refused` is what an error reply means. `again`: who has an answer is asked anyway
    after so many seconds.
    """

    owner: str
    path: str
    interface: str
    member: str
    signature: str
    body: Body
    means: Callable[[Body], bool | None]
    signs: tuple[tuple[str, str], ...]
    refused: bool | None = None
    again: float = AGAIN_S


def stated(
    owner: str,
    path: str,
    interface: str,
    name: str,
    means: Callable[[Any], bool],
    *signs: tuple[str, str],
) -> BusQuestion:
    """For a property, whose value `means` gets."""
    changed = (PROPERTIES, "PropertiesChanged")
    return BusQuestion(
        owner, path, PROPERTIES, "Get", "ss", (interface, name),
        lambda body: means(body[0][1]), (changed, *signs),
    )  # fmt: skip


class Told:
    """A look at it costs nothing: the answer is here already. None where nobody can tell. `stir` is
    told when it begins to hold or ends, from the moment at which the sign came.
    """

    def __init__(self, bus: Bus, question: BusQuestion, stir: Stir = lambda _: None) -> None:
        self._bus, self._question, self._stir = bus, question, stir
        self._owner = ""
        self._answer: bool | None = None
        self._asked_at: float | None = None  # while an answer is to come
        self._again = False
        self._heard_at = steady()  # or made
        self._heard = threading.Event()
        watch = partial(bus.on_signal, question.owner, path=question.path, callback=self._sign)
        self._watches = [watch(interface, member) for interface, member in question.signs]
        self._watches.append(bus.on_owner(question.owner, self._come))

    def __call__(self) -> bool | None:
        """Raises TimeoutError where the answer has not come. Only the first is waited for."""
        now, asked_at = steady(), self._asked_at
        if not self._heard.is_set():
            if not self._heard.wait(max(self._heard_at + PATIENCE_S - now, 0.0)):
                raise TimeoutError(_("no answer from {name}", name=self._question.owner))
        elif asked_at is not None:
            if now - asked_at > PATIENCE_S:
                raise TimeoutError(_("no answer from {name}", name=self._question.owner))
        elif self._owner:
            again = AGAIN_S if self._answer is None else self._question.again
            if now - self._heard_at > again:
                self._ask()  # for the next look
        return self._answer

    def close(self) -> None:
        for leave in self._watches:
            leave()

    # From here on all runs on the bus's thread, but for the question that is asked again.

    def _come(self, owner: str) -> None:
        self._owner, self._asked_at = owner, None
        if owner:
            self._ask()
        else:
            self._take(None, steady())

    def _sign(self, _: Body) -> None:
        """Also from one who did not know the answer before: a name may be there before what it
        stands for, and the sign after both."""
        if self._asked_at is not None:
            self._again = True
        elif self._owner:
            self._ask()

    def _ask(self) -> None:
        """By the owner's own name, which never starts a program that is not there."""
        asked, self._again, self._asked_at = self._question, False, steady()
        to = (self._owner, asked.path, asked.interface, asked.member)
        hear = partial(self._hear, self._owner, self._asked_at)
        self._bus.send(*to, asked.signature, asked.body, hear)

    def _hear(self, owner: str, asked_at: float, reply: Body | Exception) -> None:
        if owner != self._owner:
            return
        answer = self._question.refused if isinstance(reply, BusError) else None
        if not isinstance(reply, Exception):
            with suppress(LookupError, TypeError, ValueError):  # an odd answer is none
                answer = self._question.means(reply)
        self._asked_at, self._heard_at = None, steady()
        self._take(answer, asked_at)
        if self._again:
            self._ask()

    def _take(self, answer: bool | None, since: float) -> None:
        other, self._answer = bool(answer) != bool(self._answer), answer
        self._heard.set()
        if other:
            self._stir(since)
