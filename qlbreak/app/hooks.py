"""Hooks: programs of the person's own that are told of prompts, answers and breaks."""

import logging
import os
import subprocess
import threading
from collections.abc import Iterable, Mapping
from typing import IO, NamedTuple

from qlbreak.core.model.facts import Answered, AnyFact, Break, Expired, Held, Shown, Withdrawn
from qlbreak.core.model.movements import Catalogue
from qlbreak.core.reminder.prompts import Phase, Prompt
from qlbreak.settings.hooks_section import HooksSection
from qlbreak.settings.schema import PLACEHOLDERS, SECTIONS
from qlbreak.system.offspring import Offspring
from qlbreak.texts import routines

_log = logging.getLogger(__name__)

LIMIT_S = 10.0  # then a program is ended, with all that it started
_PARTING_S = 1.0  # for one that is to end with us
_TOLD = 500  # bytes of what it says that go to the log


class _Call(NamedTuple):
    """What a program is to be told."""

    kind: str
    command: list[str]
    environment: dict[str, str]


class HookRunner:
    """`hear` and `follow` are for the owner's thread. No shell: a text of ours is one argument.

    Of each kind one program runs at a time. What comes meanwhile waits; of several the newest, for
    what an hour-old prompt was about is of no use to anybody.
    """

    def __init__(self, wanted: HooksSection, catalogue: Catalogue, limit: float = LIMIT_S) -> None:
        self._limit = limit
        self._running: dict[str, Offspring] = {}
        self._next: dict[str, _Call] = {}
        self._closing = False
        self._changing = threading.Lock()
        self.follow(wanted, catalogue)

    def follow(self, wanted: HooksSection, catalogue: Catalogue) -> None:
        """Others apply from now on."""
        self._wanted, self._catalogue = wanted, catalogue
        self._failing: set[str] = set()  # what could not be started is told once

    def hear(self, facts: Iterable[AnyFact], before: Prompt | None) -> None:
        """`before`: the prompt that was open before them, and so the one that an answer is about.
        If it is shown anew, since somebody is sore now, say, that is no new prompt."""
        for fact in facts:
            kind = _kind(fact)
            command = getattr(self._wanted, SECTIONS["hooks"][kind].field) if kind else ()
            if command and not (isinstance(fact, Shown) and _is_up(before, fact.prompt)):
                self._call(_filled(kind, command, self._told(fact, before)))

    def close(self) -> None:
        """Ends those that run."""
        with self._changing:
            self._closing = True
            running = list(self._running.values())
        for one in running:
            one.ask()
        for one in running:
            try:
                one.process.wait(_PARTING_S)
            except subprocess.TimeoutExpired:
                one.end()

    def _told(self, fact: AnyFact, before: Prompt | None) -> dict[str, str]:
        """Every placeholder of the fact's kind."""
        match fact:
            case Shown(sitting=sitting, standing=standing, length=length, snoozes=snoozes):
                told = {
                    "sitting_min": f"{sitting / 60:.0f}",
                    "standing_min": f"{(standing or 0.0) / 60:.0f}",
                    "length_s": f"{length}",
                    "snoozes": f"{snoozes}",
                }
                return {**told, **self._prompt(fact.prompt, fact.routine, fact.side)}
            case Answered() | Expired() | Withdrawn():
                plan = before.plan if before is not None else None
                about = (plan.routine, plan.side) if plan is not None else ("", "")
                word, via = type(fact).__name__.lower(), ""
                if isinstance(fact, Answered):
                    word, via = fact.answer, fact.via
                return {"answer": word, "via": via, **self._prompt(fact.prompt, *about)}
            case Held(prompt=prompt, reason=reason):
                return {"prompt": f"{prompt}", "reason": reason}
            case Break(cause=cause):
                return {"cause": cause}
            case _:
                return {}

    def _prompt(self, number: int, routine: str, side: str) -> dict[str, str]:
        name = routines.name(routine, self._catalogue)
        return {"prompt": f"{number}", "routine": name, "routine_id": routine, "side": side}

    def _call(self, call: _Call) -> None:
        with self._changing:
            if call.kind not in self._running:
                self._start(call)
                return
            if call.kind in self._next:
                _log.warning("hook %s: the one before still runs; one call is left out", call.kind)
            self._next[call.kind] = call

    def _start(self, call: _Call) -> None:
        """Where nothing of its kind runs."""
        if self._closing:
            return
        try:
            running = Offspring(call.command, call.environment)
        except OSError as error:
            if call.kind not in self._failing:
                self._failing.add(call.kind)
                _log.warning("hook %s cannot be started: %s", call.kind, error)
            return
        self._failing.discard(call.kind)
        self._running[call.kind] = running
        name = f"hook {call.kind}"
        threading.Thread(target=self._wait, args=(call, running), name=name, daemon=True).start()

    def _wait(self, call: _Call, running: Offspring) -> None:
        process, said = running.process, bytearray()
        reading = threading.Thread(target=_drain, args=(process.stdout, said), daemon=True)
        reading.start()
        try:
            process.wait(self._limit)
        except subprocess.TimeoutExpired:
            running.end()
            _log.warning("hook %s: ended after %.0f s", call.kind, self._limit)
        reading.join(0.2)  # longer only where it left something behind that still holds its output
        text = " / ".join(said.decode(errors="replace").strip().splitlines())
        level = logging.WARNING if process.returncode else logging.INFO
        _log.log(level, "hook %s: exit code %d: %s", call.kind, process.returncode, text)
        with self._changing:
            del self._running[call.kind]
            following = self._next.pop(call.kind, None)
            if following is not None:
                self._start(following)


def _is_up(prompt: Prompt | None, number: int) -> bool:
    return prompt is not None and prompt.number == number and prompt.phase is Phase.SHOWN


def _kind(fact: AnyFact) -> str:
    match fact:
        case Shown():
            return "prompted"
        case Answered() | Expired() | Withdrawn():
            return "answered"
        case Break():
            return "break"
        case Held():
            return "held"
        case _:
            return ""


def _filled(kind: str, command: Iterable[str], told: Mapping[str, str]) -> _Call:
    """The settings were checked: nothing but these names stands between braces."""
    told = {name: told[name] for name in PLACEHOLDERS[kind]}
    environment = {f"QLBREAK_{name.upper()}": str(value) for name, value in told.items()}
    words = [word.format(**told) for word in command]
    return _Call(kind, words, {"QLBREAK_HOOK": kind, **environment})


def _drain(output: IO[bytes] | None, said: bytearray) -> None:
    """Reads to the end and keeps the beginning: nobody is to wait for a full pipe."""
    assert output is not None
    with output:
        while chunk := os.read(output.fileno(), 4096):
            said += chunk[: _TOLD - len(said)]
