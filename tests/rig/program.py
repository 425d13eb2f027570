"""qlbreak itself as a process of a test: start it, talk to it, read its journal, end it."""

import json
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from qlbreak.system import control
from qlbreak.system.control import Reply
from qlbreak.system.paths import find
from rig import drawn
from rig.processes import Outcome, Process
from rig.session import Session
from rig.waiting import wait_for

ROOT = Path(__file__).parents[2]


def import_path() -> dict[str, str]:
    """The source tree for the child, unless the package is installed."""
    try:
        distribution("qlbreak")
    except PackageNotFoundError:
        return {"PYTHONPATH": str(ROOT)}
    return {}


class Program:
    """One user's qlbreak: `options` are its global ones, such as `--config FILE`."""

    def __init__(self, session: Session, data_dir: Path, options: tuple[str, ...] = ()) -> None:
        self._session = session
        self.env = {**session.env, **import_path(), "PYTHONUNBUFFERED": "1"}
        self.command = [sys.executable, "-m", "qlbreak", *options, "--data-dir", str(data_dir)]
        self.data_dir = data_dir
        self.process: Process | None = None

    def known(self, *, pictures: bool = True) -> "Program":
        """As for somebody who has used it before: the set-up is behind them, and the pictures of
        the notifications are drawn."""
        self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self.data_dir / "said-set-up").touch()
        if pictures:
            drawn.lend(self.data_dir / "cache", self.env)
        return self

    def start(self, *arguments: str, **settings: str) -> Process:
        """Starts it (`start("run", "--speed", "60")`); `settings` go into its environment."""
        self.process = self._session.spawn(
            "qlbreak", [*self.command, *arguments], env={**self.env, **settings}
        )
        return self.process

    def run(self, *arguments: str, seconds: float = 20.0, stdin: str = "") -> Outcome:
        """Runs a command to its end."""
        return self._session.run(
            [*self.command, *arguments], env=self.env, stdin=stdin, seconds=seconds
        )

    def ask(self, *words: str) -> Reply:
        """As a command does, without the start of one: what is asked again and again must not
        keep the machine busy. Raises NotRunning."""
        runtime = Path(self.env["XDG_RUNTIME_DIR"], "qlbreak")
        return control.ask(replace(find(self.data_dir), runtime=runtime).socket, words)

    def answers(self) -> bool:
        """Whether it runs and takes commands."""
        try:
            return not self.ask("why").refused
        except (control.NotRunning, OSError):
            return False

    def status(self) -> dict[str, Any]:
        """What `status --json` says."""
        data = self.ask("status").data
        assert data is not None
        return data

    def wait_exit(self, seconds: float = 5.0) -> int:
        """The exit code of what `start` started."""
        assert self.process is not None
        return self.process.wait_exit(seconds)

    def kill9(self) -> None:
        """A crash: no clean-up."""
        assert self.process is not None
        self.process.kill9()

    @property
    def log(self) -> str:
        """What it wrote to stdout and stderr so far."""
        return self.process.log.read_text() if self.process else ""

    def journal(self) -> list[dict[str, Any]]:
        """All whole lines of its journal, as they were written."""
        files = sorted((self.data_dir / "journal").glob("*.jsonl"))
        lines = [line for file in files for line in file.read_text().splitlines(keepends=True)]
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def wait_fact(
        self, predicate: Callable[[dict[str, Any]], bool], seconds: float = 10.0
    ) -> dict[str, Any]:
        """The first journal line that fits."""
        return wait_for(
            lambda: [fact for fact in self.journal() if predicate(fact)],
            seconds,
            "a fact in the journal",
            lambda: f"{self.journal()}\n{self.log[-2000:]}",
        )[0]
