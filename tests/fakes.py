"""Stand-ins for what surrounds the owner: a clock that is set, a wall that notes are pinned to."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk import CATALOGUE, MORNING, TICK
from qlbreak.app.announcer import Announcer, GuideOpener, Notes
from qlbreak.app.health import Vitals
from qlbreak.app.inbox import Inbox, Item, Spoken, Ticked
from qlbreak.app.owner import Owner
from qlbreak.app.ports import Ports
from qlbreak.app.ticker import Ticker
from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.profile import NOBODY
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Reason
from qlbreak.guide.stepwise import Stepper
from qlbreak.notify import Note
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import Journal
from qlbreak.record.unwritten import Unwritten
from qlbreak.system.clock import Clock
from qlbreak.system.control import Reply


class Drained(BaseException):
    """The owner has taken everything that was in its queue. Not an error that an edge may have."""


class SetClock(Clock):
    """Stands still until it is set; a tick is overdue as soon as the queue is empty."""

    late = 0.001

    def __init__(self, at: datetime = MORNING) -> None:
        super().__init__()
        self.at, self.steady = at, 1000.0

    def now(self) -> tuple[datetime, float]:
        return self.at, self.steady

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.steady += seconds


class Wall:
    """Keeps what would be shown; `pinned` is called first."""

    def __init__(self) -> None:
        self.pinned: Callable[[Note], object] = lambda _: None
        self.notes: list[Note] = []
        self.up: dict[str, Note] = {}

    def show(self, note: Note) -> None:
        self.pinned(note)
        self.notes.append(note)
        self.up[note.slot] = note

    def again(self, note: Note) -> None:
        self.show(note)

    def close(self, slot: str) -> None:
        self.up.pop(slot, None)


class NoWindow:
    """There can be none here."""

    def open_guide(self, prompt: int, routine: str) -> bool:
        return False

    def keep_guide(self, prompt: int, routine: str) -> None:
        pass

    def close_guide(self) -> None:
        pass


# Nobody looks, hears or can be asked.
PORTS = Ports(
    draw=lambda scene: None,
    sway=lambda: None,
    tell=lambda news: None,
    hurry=lambda seconds: None,
    give_back=lambda failed: None,
    acts={},
    open_window=lambda page, activation: "",
    change=lambda *words: False,
    end_windows=lambda then: False,
    hear=lambda facts, before: None,
    looks=(),
    blind=lambda: "",
)


def announcer(notes: Notes, rules: Rules, guide: GuideOpener) -> Announcer:
    """Without pictures."""
    stepper = Stepper(notes.show)
    return Announcer(notes, rules, guide, lambda blocks, side: None, stepper)


def looking(
    clock: Clock,
    idle: Callable[[], float | None],
    put: Callable[[Ticked], None],
    busy: Callable[[], frozenset[Reason]] = frozenset,
) -> Ticker:
    """At a desk where nobody can lock the screen, and no window fills it."""
    return Ticker(clock, idle, put, lambda: None, busy, lambda: False)


class Office:
    """The real owner with a real journal in *folder*, in one thread: give, then look."""

    def __init__(
        self,
        folder: Path,
        clock: SetClock | None = None,
        notifier: Notes | None = None,
        kept: Path | None = None,
        guide: GuideOpener | None = None,
        inbox: Inbox | None = None,
        **ports: Any,
    ) -> None:
        self.clock, self.wall = clock or SetClock(), Wall()
        self.inbox, self.vitals = inbox or Inbox(), Vitals()
        kept = kept or folder / "kept"
        self.profile, self._idle = NOBODY, 0.0
        self.journal = Journal(folder, "device", lambda: self.clock.steady)
        self.journal.open()
        rules = Rules(notice=0.0)
        self.owner = Owner(
            self.inbox,
            self.clock,
            CATALOGUE,
            rules,
            self.profile,
            0,
            self.journal,
            Unwritten(kept, kept.with_name("beside")),
            Checkpoints(None, folder / "checkpoint.json"),
            announcer(notifier or self.wall, rules, guide or NoWindow()),
            PORTS._replace(**ports),
            self.vitals,
            "",
        )

    def launch(self) -> "Office":
        self.owner.launch(Tick(0.0))
        return self

    def work(self, minutes: float) -> "Office":
        for _ in range(round(minutes * 60 / TICK)):
            self.clock.forward(TICK)
            self.inbox.put(self._ticked(0.0))
        return self.drain()

    def idle(self, seconds: float) -> "Office":
        """So much more without a key or the pointer, up to a tick."""
        self.clock.forward(seconds)
        self._idle += seconds
        return self.tick(self._idle)

    def tick(self, idle: float) -> "Office":
        return self.give(self._ticked(idle))

    def _ticked(self, idle: float) -> Ticked:
        return Ticked(*self.clock.now(), Tick(idle))

    def tell(self, words: str, via: str = "tray", about: int | None = None) -> Reply:
        replies: list[Reply] = []
        self.give(Spoken(tuple(words.split()), via, about, replies.append))
        return replies[0]

    def give(self, item: Item) -> "Office":
        self.inbox.put(item)
        return self.drain()

    def drain(self) -> "Office":
        def stop() -> None:
            if not self.inbox.waiting:  # on a busy machine the time may be over before a look
                raise Drained

        with suppress(Drained):
            self.owner.run(stop)
        return self

    @property
    def lines(self) -> list[str]:
        """The types of what is on the disk."""
        lines = self.journal.path.read_bytes().splitlines()
        return [json.loads(line)["type"] for line in lines]
