"""The program under trial: started for real, asked by its socket as its own commands do."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from qlbreak.system import control
from qlbreak.system import paths as places
from qlbreak.system.control import Reply
from rig.desktop import Desktop
from rig.processes import Outcome
from rig.program import Program
from rig.room import Room
from rig.session import Session
from rig.waiting import Unmet, wait_for

# Answers that a number of their own tells apart in the journal: "meeting 3600.123 s".
NUMBERED = ("meeting", "pause", "arrived")


class Subject:
    """One record in a session; `settings` is the text of its settings file."""

    def __init__(
        self,
        session: Session,
        name: str = "data",
        speed: float = 60.0,
        settings: str = "",
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.session = session
        self.config = session.home / f"{name}.toml"
        self.config.write_text(settings)
        self.data = session.home / name
        shutil.rmtree(self.data, ignore_errors=True)
        self.program = Program(session, self.data, ("--config", str(self.config))).known()
        self.env = dict(env or {})
        with _session_of(session):
            self.places = places.find(self.data)
        self._said_before = len(self._said)  # by those of the session before this one
        self._run = ("run", "--speed", f"{speed:g}") if speed != 1 else ("run",)

    def start(self, seconds: float = 30.0, *, wait: bool = True) -> bool:
        """Whether it answers in time."""
        self.program.start(*self._run, **self.env)
        return self.until(self.answers, seconds) if wait else True

    def ask(self, *words: str) -> Reply:
        """Raises OSError or NotRunning."""
        return control.ask(self.places.socket, words)

    def answers(self) -> bool:
        if not self.alive:
            raise Unmet("it has ended")
        with suppress(OSError, control.NotRunning):
            self.ask("status")
            return True
        return False

    @property
    def alive(self) -> bool:
        process = self.program.process
        return process is not None and process.alive

    def status(self) -> dict[str, Any]:
        return self.ask("status").data or {}

    def command(self, *words: str, stdin: str = "") -> Outcome:
        return self.program.run(*words, seconds=60, stdin=stdin)

    def until(self, condition: Callable[[], object], seconds: float) -> bool:
        try:
            return bool(wait_for(condition, seconds, "the campaign waits", busy=1))
        except Unmet:
            return False

    def numbered(self) -> Counter[str]:
        """How often each numbered answer is in the journal."""
        facts = self.program.journal()
        kinds = ("meeting", "paused", "arrived")
        return Counter(
            f"{f['seconds']:.3f}" for f in facts if f["type"] in kinds and "seconds" in f
        )

    def journal_file(self) -> Path:
        return min((self.data / "journal").glob("*.jsonl"))

    def broken_lines(self) -> list[bytes]:
        """Of the whole journal, but for a last one that a kill may have torn."""
        broken = []
        for line in self.journal_file().read_bytes().split(b"\n")[:-1]:
            try:
                json.loads(line)
            except ValueError:
                broken.append(line)
        return broken

    @property
    def _said(self) -> str:
        log = self.session.folder / "qlbreak.log"
        return log.read_text(errors="replace") if log.exists() else ""

    @property
    def said(self) -> str:
        """On its terminal, or where one would be."""
        return self._said[self._said_before :]

    def tracebacks(self) -> int:
        log = self.data / "qlbreak.log"
        written = log.read_text(errors="replace") if log.exists() else ""
        return (written + self.said).count("Traceback")

    def quit(self) -> int | None:
        with suppress(OSError, control.NotRunning):
            self.ask("quit")
        with suppress(Unmet):
            return self.program.wait_exit(15)
        self.kill()
        return None

    def kill(self) -> None:
        if self.program.process is not None:
            self.program.kill9()


@contextmanager
def room() -> Iterator[Room]:
    with Room() as session:
        yield session


@contextmanager
def desktop() -> Iterator[Desktop]:
    with Desktop() as session:
        yield session


@contextmanager
def _session_of(session: Session) -> Iterator[None]:
    """The folders of a session are told by the environment of whoever asks."""
    name = "XDG_RUNTIME_DIR"
    before = os.environ.get(name)
    os.environ[name] = session.env[name]
    try:
        yield
    finally:
        del os.environ[name]
        if before is not None:
            os.environ[name] = before
