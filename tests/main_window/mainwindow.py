"""The one window as a process of a test, and a day that it can show."""

import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from desk import Desk
from qlbreak.core.model.terms import Feeling, Reason
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from rig.accessibility import Node, Reader
from rig.hours import EVENING, move_to
from rig.processes import Process
from rig.program import Program

OPEN = """
import sys
from pathlib import Path
from qlbreak.main_window.window import show
from qlbreak.system.paths import find
show(find(Path(sys.argv[1])), sys.argv[2])
"""


def played(start: datetime) -> Desk:
    """Something of all that a day may have."""
    desk = Desk(start=start)
    desk.work(30).guide(1.0).feel(Feeling.EASIER).work(30).snooze(5).work(8).done()
    desk.away(12).work(20).busy(Reason.MICROPHONE).work(15).busy().work(3).skip()
    desk.lock().away(9).unlock().work(40).guide(0.5).stand().work(25).sit().meet(30).work(20)
    return desk.work(20).away(50).work(61)


def keep_a_day(data: Path, zone: tzinfo | None = None) -> None:
    """A record of which the last entry ends now, whatever the time of the test is. `zone`: where
    it was lived, else here; what a coach chooses depends on the hour."""
    noon = datetime(2026, 3, 2, 12).astimezone()
    length = played(noon).at - noon
    begun = (Clock().now()[0] - length - timedelta(seconds=1)).astimezone(zone)
    (data / "journal").mkdir(parents=True)
    facts = map(encode, played(begun).journal)
    (data / "journal" / f"{device()}.jsonl").write_bytes(b"".join(facts))


def keep_an_evening(reader: Reader, program: Program) -> None:
    """The same where it is evening now, so that all of it is of one day."""
    keep_a_day(program.data_dir, move_to(EVENING, program.env, reader.desktop.env))


class Opened:
    """The window of *program*, whether that runs or not."""

    def __init__(self, reader: Reader, program: Program, page: str = "today", **env: str) -> None:
        self.reader, desktop = reader, reader.desktop
        command = [sys.executable, "-c", OPEN, str(program.data_dir), page]
        settings = {**program.env, **desktop.env, **env}
        self.process: Process = desktop.spawn("main window", command, env=settings)

    @property
    def window(self) -> Node:
        return self.reader.window("qlbreak: ")

    def log(self) -> str:
        return self.process.log.read_text()
