"""`make test-upgrade`: this version beside older ones of this repository, both ways.

For each: an old program runs, this version is installed over it, and every command of the new one
is said to the old one, windows are opened by it; then the new one takes over the record, and at
last the old one has it back. No line of the record is lost, and nothing ends with a traceback.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rig.processes import Outcome, Process
from rig.program import ROOT
from rig.session import Session
from rig.waiting import Unmet, wait_for
from upgrades.versions import Installed, Unbuilt, wheel

# The first with rooms, from the day before standing, plans and early reminders; the first with one
# window; and the last before versions were tried beside each other.
OLDER = ("12e40d5", "c55c715", "5b779ce")
# What those versions cannot know.
_NEWER = {"stood", "prescribed", "discontinued"}
NEWER_KINDS = {"12e40d5": _NEWER, "c55c715": _NEWER}
# Versions that took modules of the new one into their own process, and ended when the two did not
# fit: their record is whole, and that is all that can be asked of them. No later one does.
MIXED = {"c55c715"}
COMMANDS = (
    "status", "status --json", "why", "arrived 40 min", "another", "snooze", "undo", "start",
    "done", "undo", "skip no-room", "pause 10 min", "resume", "stand 30 min", "sit",
    "meeting 5 min", "meeting off", "stayed", "sore left", "sore none", "place home",
    "place office", "harder",
    "not-yet", "easier", "less-often", "as-before", "stats --json", "movements", "config check",
    "plan", "check-in 1 2", "doctor", "autostart status", "export --format jsonl",
)  # fmt: skip
PAGES = ("today", "movements", "record", "settings")
OTHERWISE = "qlbreak quit, then qlbreak"
ENDINGS = (0, 2, 3, 5)  # of the contract


class GoneError(Exception):
    """The running program has ended by itself."""


class Beside:
    """One old version and this one, in turn at the same record."""

    def __init__(self, room: Session, old: Path, new: Path) -> None:
        self.room, self.old, self.new = room, old, new
        self.faults: list[str] = []
        self.installed = Installed(room.folder / "venv")
        self.data = room.home / "data"
        self.data.mkdir(mode=0o700)
        (self.data / "said-set-up").touch()
        self.env = {name: value for name, value in room.env.items() if name != "PYTHONPATH"}
        self.lines: list[str] = []
        self.process: Process | None = None

    def run(self, words: str) -> Outcome:
        command = [self.installed.python, "-m", "qlbreak", "--data-dir", self.data]
        return self.room.run([*map(str, command), *words.split()], env=self.env, seconds=60)

    def begin(self, wheel: Path) -> None:
        self.installed.install(wheel)
        self.start()

    def start(self) -> None:
        command = [self.installed.python, "-m", "qlbreak", "--data-dir", self.data, "run"]
        self.process = self.room.spawn("qlbreak", list(map(str, command)), env=self.env)
        wait_for(lambda: self.run("status").code == 0, 40, "it answers", self.log)

    def end(self) -> None:
        self.check("quit", codes=(0,))
        assert self.process is not None
        try:
            self.process.wait_exit(6)
        except Unmet:
            self.faults.append(f"it does not end:\n{self.log()}\n{self.room_log()}")
            self.process.kill9()
        self.process = None
        self.keeps()

    def check(self, words: str, codes: tuple[int, ...] = ENDINGS) -> Outcome:
        told = self.run(words)
        if self.process is not None and not self.process.alive and words != "quit":
            raise GoneError(f"{words}: it had ended by itself:\n{self.log()}")
        if told.code not in codes:
            self.faults.append(f"{words}: ended with {told.code}: {told.err.strip()[-200:]}")
        for text in ("Traceback", "closed the connection", "not readable"):
            if text in told.err + told.out:
                self.faults.append(f"{words}: {text}: {told.err.strip()[-300:]}")
        if "there is no command" in told.err and OTHERWISE not in told.err:
            self.faults.append(f"{words}: does not say what to do: {told.err.strip()}")
        if told.code == 3:
            self.faults.append(f"{words}: not reached: {told.err.strip()[-200:]}")
        return told

    def keeps(self) -> None:
        """Every line that was there is there."""
        now = [line for path in self.journals for line in path.read_text("utf-8").splitlines()]
        lost = [line for line in self.lines if line not in now]
        self.faults += [f"lost from the record: {line}" for line in lost]
        self.lines = now

    @property
    def journals(self) -> list[Path]:
        return sorted((self.data / "journal").glob("*.jsonl"))

    def log(self) -> str:
        with suppress(OSError):
            return "\n".join((self.data / "qlbreak.log").read_text("utf-8").splitlines()[-30:])
        return ""

    def windows(self) -> None:
        """Opened by the program that runs, from the files that are installed."""
        for page in PAGES:
            told = self.check(f"open --page {page}", codes=(0, 2))
            if told.code and "there is no command" not in told.err:
                self.faults.append(f"no window: {told.err.strip()}")
        with suppress(Unmet):  # time enough to fall over
            wait_for(lambda: "crashed or found no way" in self.log(), 6, "a window falls over")
        for line in self.log().splitlines():
            if "crashed or found no way" in line:
                self.faults.append(f"a window: {line}\n{self.room_log()}")

    def room_log(self) -> str:
        assert self.process is not None
        return self.process.log.read_text("utf-8", "replace")[-1500:]


def upgraded(beside: Beside) -> None:
    """S4 of the faults: the files are replaced while it runs."""
    beside.begin(beside.old)
    beside.installed.install(beside.new)
    for words in COMMANDS:
        beside.check(words)
    beside.windows()
    told = beside.check("doctor")
    for word in ("qlbreak 0.0.1 is running, and this is 9.0.0", OTHERWISE):
        if word not in told.out:
            beside.faults.append(f"doctor does not say {word!r}")
    second = beside.run("run")
    if second.code != 4 or OTHERWISE not in second.err:
        beside.faults.append(f"a second start: {second.code} {second.err.strip()}")
    beside.end()


def taken_over(beside: Beside) -> None:
    """The new one goes on with the record of the old one."""
    beside.start()
    for words in COMMANDS:
        beside.check(words)
    beside.windows()
    beside.end()
    told = beside.check("stats --json", codes=(0,))
    if "skipped" in told.err:
        beside.faults.append(f"the new one skips: {told.err.strip()[:300]}")


def given_back(beside: Beside) -> None:
    """The old one goes on with the record of the new one; then the new one reads both."""
    beside.begin(beside.old)
    for words in ("status", "arrived 40 min", "start", "done", "stats --json"):
        beside.check(words)
    beside.end()
    beside.installed.install(beside.new)
    told = beside.check("stats --json", codes=(0,))
    if "skipped" in told.err:
        beside.faults.append(f"the new one skips: {told.err.strip()[:300]}")


def reads_newest(revision: str) -> Callable[[Beside], None]:
    """The golden day as it is written today: what the old one leaves out is what it cannot know."""

    def read(beside: Beside) -> None:
        beside.installed.install(beside.old)
        folder = beside.data / "journal"
        folder.mkdir(mode=0o700, exist_ok=True)
        golden = (ROOT / "tests/golden/day.jsonl").read_bytes().splitlines(keepends=True)
        (folder / "golden.jsonl").write_bytes(b"".join(golden))
        unknown = NEWER_KINDS.get(revision, set())
        expected = sum(json.loads(line)["type"] in unknown for line in golden)
        told = beside.check("export --format jsonl", codes=(0,))
        read = sum('"golden"' in line for line in told.out.splitlines())
        if read != len(golden) - expected:
            beside.faults.append(f"of the golden day {read} of {len(golden)} lines were read")

    return read


TRIALS: dict[str, Callable[[Beside], None]] = {
    "the new one over a running old one": upgraded,
    "the new one takes over": taken_over,
    "the old one has it back": given_back,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="upgrades", description=__doc__)
    parser.add_argument("revisions", nargs="*", default=OLDER)
    options = parser.parse_args()
    faults = 0
    with tempfile.TemporaryDirectory(prefix="qlbreak-") as scratch:
        new = wheel("", "9.0.0", Path(scratch, "new"))
        for revision in options.revisions:
            try:
                old = wheel(revision, "0.0.1", Path(scratch, revision))
            except Unbuilt as error:
                print(f"{revision}: left out: {error}", flush=True)
                continue
            with Session() as room:
                beside = Beside(room, old, new)
                for name, trial in (*TRIALS.items(), ("reads the newest", reads_newest(revision))):
                    try:
                        trial(beside)
                    except GoneError as error:
                        beside.process = None
                        beside.keeps()
                        if trial is not upgraded or revision not in MIXED:
                            beside.faults.append(str(error))
                    told, beside.faults = beside.faults, []
                    faults += len(told)
                    print(f"{revision}: {name}: {len(told) or 'no'} faults", flush=True)
                    for fault in told:
                        print(f"  {fault}", file=sys.stderr, flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
