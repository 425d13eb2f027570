"""`python -m benchmarks.core`: a simulated year of looks at the desk, and what one look costs.

The year goes through the real core. One look goes through the real owner, with journal and
checkpoint in a scratch folder, and with a real tray that draws but is not shown.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.days import TICK, TICKS_A_DAY, Person
from benchmarks.tables import Row, tell
from qlbreak.app.announcer import Announcer
from qlbreak.app.health import Vitals
from qlbreak.app.inbox import Inbox, Scene, Ticked
from qlbreak.app.owner import Owner
from qlbreak.app.ports import Ports
from qlbreak.core.model.inputs import Tick
from qlbreak.core.model.profile import NOBODY
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.data import load
from qlbreak.guide.stepwise import Stepper
from qlbreak.notify import Notifier
from qlbreak.record.checkpoint import Checkpoints
from qlbreak.record.journal import Journal
from qlbreak.record.unwritten import Unwritten
from qlbreak.system.clock import Clock
from qlbreak.texts import moments
from qlbreak.tray import Face, Tray
from qlbreak.tray.icon import draw
from qlbreak.tray.menu import lines, state
from qlbreak.tray.states import picture

CATALOGUE, RULES = load(), Rules()
YEAR_BUDGET_S = 20.0
LOOKS = 2000
# So many looks that a break comes before a prompt would, as on most of a day.
LOOKS_A_SPELL = 100


def year(days: int) -> tuple[float, int]:
    """Seconds and facts."""
    reminder = Reminder(CATALOGUE, RULES, datetime(2026, 1, 1, tzinfo=UTC), 0.0)
    begin = time.perf_counter()
    facts = sum(1 for _ in Person(reminder).live(days))
    return time.perf_counter() - begin, facts


def look(drawing: bool) -> float:
    """Microseconds of a tick in the owner's loop."""
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name:
        folder, clock = Path(name), Clock()
        journal = Journal(folder, "benchmark")
        checkpoints = Checkpoints(folder / "heartbeat", folder / "checkpoint")
        kept = Unwritten(folder / "kept", folder / "beside")
        inbox, ports = Inbox(), _ports(_drawer() if drawing else lambda _: None)
        owner = Owner(
            inbox, clock, CATALOGUE, RULES, NOBODY, 0, journal, kept, checkpoints, _announcer(),
            ports, Vitals(), "",
        )  # fmt: skip
        journal.open()
        at, now = clock.now()
        owner.launch(Tick(0.0))
        for number in range(1, LOOKS + 1):
            passed = number * TICK
            tick = Tick(_idle(number))
            inbox.put(Ticked(at + timedelta(seconds=passed), now + passed, tick))
        inbox.say("quit", "benchmark")
        begin = time.perf_counter()
        owner.run(lambda: None)
        passed = time.perf_counter() - begin
        journal.close()
    return passed / LOOKS * 1e6


class NoWindow:
    def open_guide(self, prompt: int, routine: str) -> bool:
        return False

    def keep_guide(self, prompt: int, routine: str) -> None:
        pass

    def close_guide(self) -> None:
        pass


def _announcer() -> Announcer:
    notifier = Notifier([])
    stepper = Stepper(notifier.show)
    return Announcer(notifier, RULES, NoWindow(), lambda blocks, side: None, stepper)


def _ports(draw: Callable[[Scene], None]) -> Ports:
    return Ports(
        draw=draw,
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


def _idle(number: int) -> float:
    step = number % LOOKS_A_SPELL
    return 0.0 if step < 85 else (step - 84) * TICK


def _drawer() -> Callable[[Scene], None]:
    """What the front end does with a scene."""
    tray = Tray(draw, lambda _: None, lambda _: None)

    def show(scene: Scene) -> None:
        menu = lines(scene.status, RULES, scene.trouble)
        tooltip = moments.tooltip(scene.status, scene.today)
        tray.show(Face(picture(*state(scene.status, scene.trouble)), tooltip, menu))

    return show


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.core", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    seconds, facts = year(options.days)
    ticks = options.days * TICKS_A_DAY
    plain, drawn = ([look(drawing) for _ in range(5)] for drawing in (False, True))
    rows = [
        Row(f"{options.days} days of ticks, s", seconds, YEAR_BUDGET_S),
        Row("  facts", facts),
        Row("a tick in the core, us", seconds / ticks * 1e6),
        Row("a tick in the owner, us", statistics.median(plain)),
        Row("a tick in the owner, drawn, us", statistics.median(drawn)),
    ]
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
