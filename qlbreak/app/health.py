"""How the running program is: told to whoever asks, without the owner, which may be what hangs."""

from msgspec import Struct

from qlbreak.core.model.inputs import Tick


class Health(Struct, frozen=True):
    """Seconds are real ones. `tick_s`: since a tick was dealt with, None before the first; more
    than `late_s` is too long. `waiting`: what lies in the owner's queue. `hangs`: the present look
    at the desk does not end. `idle`: where idle time comes from. `session`: the graphical one that
    it shows itself in, empty for none; `over`: that has ended, or nobody has been there for long.
    `tray`: how the icon is shown, "" where it is not.
    """

    pid: int
    version: str
    tick_s: float | None
    late_s: float
    waiting: int
    hangs: bool
    idle: str
    trouble: str
    mistake: str
    session: str = ""
    over: bool = False
    tray: str = ""

    def faults(self) -> list[str]:
        """What is wrong, each with what mends it."""
        again = f"end it (kill {self.pid}), then start it again with: qlbreak"
        late = self.tick_s is not None and self.tick_s > self.late_s
        told = [
            (late, f"it has done nothing for {self.tick_s or 0:.0f} s: {again}"),
            (self.hangs and not late, "looking for input hangs, so idle time counts as unknown"),
            (bool(self.trouble), f"{self.trouble}; it keeps trying"),
            (bool(self.mistake), f"settings: {self.mistake}; what was there before goes on"),
        ]
        return [text for wrong, text in told if wrong]

    def text(self) -> str:
        """For a report."""
        tick = "none yet" if self.tick_s is None else f"{self.tick_s:.0f} s ago"
        source = self.idle or "nowhere"
        return (
            f"last tick {tick}, {self.waiting} waiting, idle time from {source}, "
            f"icon shown by {self.tray or 'nobody'}"
        )


def deserted(tick: Tick | None, away: float) -> bool:
    """Nobody is there, and has not been for as long as a natural break takes; as far as known."""
    if tick is None:
        return False
    return tick.locked is not None or (tick.idle is not None and tick.idle >= away)
