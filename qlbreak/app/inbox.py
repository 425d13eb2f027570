"""What everybody else has of the owner: its queue, what may lie in there, a scene to draw."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from qlbreak.app.processes import Ended
from qlbreak.core.model.inputs import Reconfigure, Tick
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.status import Status
from qlbreak.core.statistics.figures import Figures
from qlbreak.language import _
from qlbreak.notify import Note, Pressed
from qlbreak.system.attempt import attempt
from qlbreak.system.control import Reply, Request, Take
from qlbreak.system.patience import next_of

# Less than a command waits: it is to hear that nothing will come of it.
_ANSWER_TIMEOUT = 4.0
_CARRY_S = 30.0  # for what was taken up
_UNTOUCHED_S = 60.0  # without input


def nobody(_: Reply) -> None:
    """Who waits for the answer where it shows by itself what came of it."""


def still() -> bool:
    """Whether words are still to be carried out that nobody can take back."""
    return True


class Spoken(NamedTuple):
    """Words for the owner. `about`: the prompt that a button belonged to. `take`: whether they are
    still to be carried out, asked right before that, once."""

    words: tuple[str, ...]
    via: str
    about: int | None = None
    reply: Callable[[Reply], None] = nobody
    take: Take = still

    def carry_out(self, act: Callable[["Spoken"], Reply | None]) -> None:
        """On the owner's thread, if somebody still waits for that. *act* gives None where the reply
        comes later: the words it was given come again where something else must end first."""
        taken = self._replace(take=still)
        reply = act(taken) if self.take() else Reply(refused="nobody waits for it any more")
        if reply is not None:
            attempt(self.reply, reply)


class Lost(NamedTuple):
    """Another notification daemon is there: what should be on it."""

    notes: list[Note]


class Ticked(NamedTuple):
    """A look at the desk, and its moment of both clocks."""

    at: datetime
    steady: float
    tick: Tick


def untouched(tick: Tick) -> bool:
    """Somebody reads, or is gone, and not in a call."""
    return tick.idle is not None and tick.idle >= _UNTOUCHED_S and not tick.busy


class Dispossessed(NamedTuple):
    """The record is another program's by now: end, and write nothing more."""


class Roused(NamedTuple):
    """The machine goes to sleep or wakes, the session is locked or open: a look is due at once."""


class Mistaken(NamedTuple):
    """The settings have a mistake, so the last good ones go on; or, with "", none any more."""

    text: str


class Scene(NamedTuple):
    """All that a front end needs to draw the moment. `trouble`: the record is in danger;
    `mistake`: what is wrong with the settings."""

    status: Status
    today: Figures
    trouble: str
    rules: Rules
    mistake: str = ""


Item = (
    Ticked | Spoken | Pressed | Lost | Ended | Reconfigure | Mistaken | Dispossessed | Roused
)  # fmt: skip


class Inbox:
    """Everybody puts something in, from any thread; one thread takes it out."""

    def __init__(self) -> None:
        self._items: queue.SimpleQueue[Item] = queue.SimpleQueue()

    def put(self, item: Item) -> None:
        self._items.put(item)

    def say(
        self,
        words: str,
        via: str,
        about: int | None = None,
        reply: Callable[[Reply], None] = nobody,
    ) -> None:
        self.put(Spoken(tuple(words.split()), via, about, reply))

    def answer(
        self,
        request: Request,
        take: Take = still,
        patience: float = _ANSWER_TIMEOUT,
    ) -> Reply:
        """Waits for the owner's answer; for the thread of the control socket. Either it is carried
        out, or the answer says that it is not and it never will be."""
        replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        first = threading.Lock()  # the owner who takes it up, or we who give it up

        def taken() -> bool:
            return first.acquire(blocking=False) and take()

        self.put(Spoken(request.words, request.via, None, replies.put, taken))
        with suppress(queue.Empty):
            return next_of(replies, patience)
        if first.acquire(blocking=False):
            return Reply(refused=_("no answer: the program is busy or ending; see: qlbreak doctor"))
        with suppress(queue.Empty):
            return next_of(replies, _CARRY_S)
        return Reply(refused=_("it is being carried out, but takes long; see: qlbreak status"))

    @property
    def waiting(self) -> int:
        """How many items lie there."""
        return self._items.qsize()

    def next(self, seconds: float) -> Item | None:
        """None when nothing comes in time."""
        try:
            return next_of(self._items, seconds) if seconds > 0 else None
        except queue.Empty:
            return None

    def turn_away(self) -> None:
        """Whoever still waits for an answer at the end."""
        with suppress(queue.Empty):
            while True:
                item = self._items.get_nowait()
                if isinstance(item, Spoken):
                    attempt(item.reply, Reply(refused=_("qlbreak is ending")))
