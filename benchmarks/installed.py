"""The program as a user has it: installed into an environment of its own, bytecode compiled."""

import argparse
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.days import Person
from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.rules import Rules
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.data import load
from qlbreak.record.journal import encode
from qlbreak.system.paths import device

ROOT = Path(__file__).parents[1]


def asked(name: str, about: str | None, times: int) -> argparse.Namespace:
    """The options that nearly all have, given by the person."""
    parser = argparse.ArgumentParser(prog=f"benchmarks.{name}", description=about)
    parser.add_argument("--times", type=int, default=times)
    parser.add_argument("--venv", type=Path, help="made if it is not there, else used as it is")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def install(folder: Path, python: str = sys.executable, extra: str = "") -> Path:
    """The `qlbreak` command of the environment in *folder*, which is made if it is not there."""
    wanted = f"{ROOT}[{extra}]" if extra else str(ROOT)
    command = folder / "bin" / "qlbreak"
    if not command.exists():
        print(f"installing {ROOT} into {folder}", file=sys.stderr)
        own = folder / "bin" / "python"
        for words in ([python, "-m", "venv", folder], [own, "-m", "pip", "install", "-q", wanted]):
            subprocess.run([str(word) for word in words], check=True)
    return command


def write_history(data: Path, days: int, times: int = 1) -> int:
    """A record of that many days, up to three hours ago, with copies of it before: *times* in
    all. Gives how many facts it has."""
    start = datetime.now().astimezone() - timedelta(days=days, hours=3)
    facts = list(Person(Reminder(load(), Rules(), start, 0.0)).live(days))
    shift, prompts = timedelta(days=days), max(getattr(fact, "prompt", 0) for fact in facts)
    path = data / "journal" / f"{device()}.jsonl"
    path.parent.mkdir(mode=0o700, parents=True)
    with path.open("wb") as file:
        for copy in range(times):
            age, first = shift * (times - 1 - copy), copy * prompts
            file.writelines(encode(_moved(fact, age, first)) for fact in facts)
    return len(facts) * times


def _moved(fact: AnyFact, age: timedelta, first_prompt: int) -> AnyFact:
    changes: dict[str, Any] = {"at": fact.at - age}
    if "prompt" in fact.__struct_fields__:
        changes["prompt"] = first_prompt + getattr(fact, "prompt")  # noqa: B009  (not of every fact)
    return msgspec.structs.replace(fact, **changes)
