"""`python -m benchmarks.busy`: what the looks at a busy person cost in five minutes of ticks.

On a headless desktop of its own with a sound server, dunst, xfconf and a terminal in front; nothing
changes there, as in most minutes of a day. Needs Linux and what the desktop tests need.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.installed import ROOT
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from qlbreak.core.model.terms import Reason
from qlbreak.dbus import Bus
from qlbreak.senses import camera
from qlbreak.senses.busy import Busy
from qlbreak.senses.choice import sources
from qlbreak.senses.source import Source
from qlbreak.system.clock import TICK
from qlbreak.texts.names import BUSY
from rig.desktop import Desktop, missing_programs
from rig.sound import start_sound
from rig.waiting import wait_for

TICKS = 300.0 / TICK
BUDGET = 6.0  # ms in five minutes, of the 20 that the tray may spend on all it does
LOOKS, COLD_LOOKS = 2000, 50
CACHES = 32_000_000  # bytes, more than they hold


def cpu_ms(does: Callable[[], object], times: int = 1) -> float:
    """Of all threads, each time."""
    begin = time.process_time()
    for _ in range(times):
        does()
    return (time.process_time() - begin) * 1000 / times


def cold_ms(looks: Callable[[], object]) -> float:
    """Of one look, when other programs have been through the caches since the last."""
    rubbish, spent = bytearray(CACHES), 0.0
    for _ in range(COLD_LOOKS):
        rubbish[::64] = bytes(CACHES // 64)
        spent += cpu_ms(looks)
    return spent / COLD_LOOKS


def with_a_camera(folder: Path) -> Source:
    """There is none on a headless machine."""
    folders = camera.KernelFolders(folder, folder / "names")
    (folder / "names/video0").mkdir(parents=True)
    (folder / "video0").touch()
    return Source(Reason.CAMERA, "a camera", lambda: camera.open_source(folders))


def measure(source: Source) -> list[Row]:
    begin = time.process_time()
    ask = source.open()
    answer = ask()
    opened = (time.process_time() - begin) * 1000
    name = f"{source.about}, {source.name}: {'not there' if answer is None else answer}"
    looks = cpu_ms(ask, LOOKS) * TICKS
    return [Row(f"{name}: opened, ms once", opened, None), Row(f"{name}: ms / 5 min", looks, None)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.busy", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with Desktop() as desktop, tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as scratch:
        start_sound(desktop)
        desktop.spawn("xterm", ["xterm", "-e", "sleep", "600"])
        active = ["xdotool", "getactivewindow"]
        wait_for(lambda: desktop.run(active).code == 0, 10, "a window has the focus")
        buses = Bus(desktop.session_address), Bus(desktop.system_address)
        for bus in buses:
            bus.connect()
        offered = sources(desktop.env, "linux", *buses)
        found = [source for source in offered if isinstance(source.about, Reason)]
        found.append(with_a_camera(Path(scratch)))
        rows = [row for source in found for row in measure(source)]
        busy = Busy(found, frozenset(BUSY))
        busy()
        cold = cold_ms(busy) * TICKS
        for bus in buses:
            bus.close()
    total = sum(row.value or 0 for row in rows if row.name.endswith("5 min"))
    rows += [Row("all looks: ms / 5 min", total), Row("with cold caches", cold, BUDGET)]
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
