"""`python -m benchmarks.tray`: start, memory, CPU, wake-ups of the tray program, beside others'.

On a headless desktop of its own, one program after the other. Needs Linux and what the desktop
tests need; a peer is measured where it is installed.
"""

import argparse
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import MatchRule, message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from benchmarks import meter
from benchmarks.installed import ROOT, install, write_history
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from rig.desktop import Desktop, missing_programs
from rig.processes import Process
from rig.traymenu import WATCHER

PEERS = ("rsibreak", "workrave", "safeeyes")  # the last waits at its start for a logind
FIVE_MINUTES = 300.0
PATIENCE = 15.0  # for an icon
START, PSS, CPU, SWITCHES = "start to icon, s", "PSS alone, MiB", "CPU, ms / 5 min", "switches / s"
ALONE, MOVING = "nobody there", "pointer moving"
BUDGETS = {
    PSS: 34.0, f"{ALONE}: {CPU}": 20.0, f"{MOVING}: {CPU}": 40.0,
    f"{ALONE}: {SWITCHES}": 0.4, f"{MOVING}: {SWITCHES}": 0.4,
}  # fmt: skip
# A start is judged beside a program that people take for quick, in the same run.
QUICK, TIMES = "rsibreak", 1.5

Figures = dict[str, float | None]


def start(desktop: Desktop, command: str) -> tuple[Process, float | None]:
    """Also the seconds until the tray has its icon; None if it came as no StatusNotifierItem."""
    with _icons(desktop.session_address) as arrives:
        begin = time.monotonic()
        process = desktop.spawn("measured", [command])
        return process, time.monotonic() - begin if arrives(PATIENCE) else None


@contextmanager
def _icons(address: str) -> Iterator[Callable[[float], bool]]:
    rule = MatchRule(type="signal", interface=WATCHER, member="StatusNotifierItemRegistered")
    with open_dbus_connection(address) as connection, connection.filter(rule) as found:
        Proxy(message_bus, connection).AddMatch(rule)

        def arrives(seconds: float) -> bool:
            try:
                connection.recv_until_filtered(found, timeout=seconds)
            except TimeoutError:
                return False
            return True

        yield arrives


def end(process: Process) -> None:
    process.signal(signal.SIGTERM)
    process.wait_exit(10)


def steady(process: Process, seconds: float, what: str, meanwhile: Callable[[], None]) -> Figures:
    """Calls *meanwhile* each second."""
    before, begin = meter.count(meter.tree(process.pid)), time.monotonic()
    while time.monotonic() - begin < seconds:
        time.sleep(min(1.0, seconds))
        meanwhile()
    spent = meter.spent(before, meter.count(meter.tree(process.pid)))
    passed = time.monotonic() - begin
    share = FIVE_MINUTES / passed
    return {
        f"{what}: {CPU}": spent.cpu_ms * share,
        f"{what}: ended children, ms / 5 min": spent.children_ms * share,
        f"{what}: {SWITCHES}": spent.switches / passed,
        f"{what}: written, KiB / 5 min": spent.written * share / 1024,
    }


def _past_the_set_up(desktop: Desktop) -> None:
    """For somebody who has used it before: else its window would be measured."""
    data = desktop.home / ".local/share/qlbreak"
    data.mkdir(parents=True, exist_ok=True)
    (data / "said-set-up").touch()


def measure(desktop: Desktop, command: str, options: argparse.Namespace) -> Figures:
    _past_the_set_up(desktop)
    times: list[float] = []
    process, icon = start(desktop, command)  # fills caches, and greets new users
    while icon is not None and len(times) < options.starts:
        end(process)
        process, icon = start(desktop, command)
        times.append(icon or PATIENCE)
    time.sleep(options.settle)
    pids = meter.tree(process.pid)
    figures: Figures = {
        START: statistics.median(times) if times else None,
        PSS: meter.alone_mib(pids),
        "threads": len(meter.count(pids).threads),
    }
    figures |= steady(process, options.window, ALONE, lambda: None)
    figures |= steady(process, options.window, MOVING, _jiggle(desktop))
    end(process)
    return figures


def _jiggle(desktop: Desktop) -> Callable[[], None]:
    step = 1

    def move() -> None:
        nonlocal step
        step = -step
        desktop.move_pointer(step, step)

    return move


def rows(ours: Figures, peers: dict[str, Figures]) -> list[Row]:
    quick = peers.get(QUICK, {}).get(START)
    budgets = BUDGETS | ({START: TIMES * quick} if quick else {})
    return [
        Row(name, value, budgets.get(name), tuple(peer[name] for peer in peers.values()))
        for name, value in ours.items()
    ]


def main() -> None:
    options = _options()
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    for name in options.peer:
        if not shutil.which(name):
            print(f"{name} is not installed and left out", file=sys.stderr)
    names = [name for name in options.peer if shutil.which(name)]
    with (
        tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as scratch,
        tempfile.TemporaryDirectory(prefix="qlb-", dir="/dev/shm") as memory,
        Desktop() as desktop,
    ):
        desktop.env["XDG_RUNTIME_DIR"] = memory  # as in a real session: no disk is written there
        command = install(options.venv or Path(scratch) / "venv")
        write_history(desktop.home / ".local/share/qlbreak", 1)
        ours = measure(desktop, str(command), options)
        peers = {name: measure(desktop, name, options) for name in names}
    tell(rows(ours, peers), names, as_json=options.json)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.tray", description=__doc__)
    parser.add_argument("--window", type=float, default=FIVE_MINUTES, help="seconds, each of two")
    parser.add_argument("--settle", type=float, default=60.0, help="seconds before the memory")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--venv", type=Path, help="made if it is not there, else used as it is")
    parser.add_argument("--peer", action="append", default=[], choices=PEERS, help="to compare")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
