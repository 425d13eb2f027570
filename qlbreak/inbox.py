"""The owner's queue, what may lie in it, and what the owner hands to a front end to draw."""

import queue
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from qlbreak.attempt import attempt
from qlbreak.control import Reply, Request
from qlbreak.core.inputs import AnyInput
from qlbreak.core.movements import Catalogue
from qlbreak.core.policy import Rules
from qlbreak.core.profile import Profile
from qlbreak.core.stats import Figures
from qlbreak.core.status import Status

_ANSWER_TIMEOUT = 5.0


class Said(NamedTuple):
    """Words for the owner. `about`: the prompt that a button belonged to."""

    words: tuple[str, ...]
    via: str
    about: int | None = None
    reply: Callable[[Reply], None] = lambda _: None


class Again(NamedTuple):
    """What showed the open prompt is gone: show it again."""


class GuideGone(NamedTuple):
    """The window of this prompt's guide has ended, one way or another."""

    prompt: int


class Reload(NamedTuple):
    """Other settings apply from now on, and other movements."""

    rules: Rules
    profile: Profile
    catalogue: Catalogue


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
    catalogue: Catalogue
    mistake: str = ""


Item = AnyInput | Said | Again | GuideGone | Reload | Mistaken


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
        reply: Callable[[Reply], None] = lambda _: None,
    ) -> None:
        self.put(Said(tuple(words.split()), via, about, reply))

    def answer(self, request: Request) -> Reply:
        """Waits for the owner's answer; for the thread of the control socket."""
        replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.put(Said(request.words, "command", None, replies.put))
        try:
            return replies.get(timeout=_ANSWER_TIMEOUT)
        except queue.Empty:
            return Reply(refused="no answer: the program is busy or ending; see: qlbreak doctor")

    @property
    def waiting(self) -> int:
        """How many items lie there."""
        return self._items.qsize()

    def next(self, seconds: float) -> Item | None:
        """None when nothing comes in time."""
        try:
            return self._items.get(timeout=seconds) if seconds > 0 else None
        except queue.Empty:
            return None

    def turn_away(self) -> None:
        """Whoever still waits for an answer at the end."""
        with suppress(queue.Empty):
            while True:
                item = self._items.get_nowait()
                if isinstance(item, Said):
                    attempt(item.reply, Reply(refused="qlbreak is ending"))
