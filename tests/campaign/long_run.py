"""Days at 240-fold speed, answered by chance: memory, descriptors, threads, what is left lying."""

import random
import threading
from contextlib import suppress
from pathlib import Path

from campaign.subject import Subject, desktop
from campaign.trial import Scale, Trial
from qlbreak.system.control import NotRunning
from rig.waiting import now

_SETTINGS = """
[prompt]
per_day = 20
sitting = "15 min"
[hooks]
prompted = ["true", "{routine}"]
answered = ["sh", "-c", "echo $1", "hook", "{answer}"]
"""
_ANSWERS = (("done",), ("skip",), ("snooze", "5", "min"), ("start",), ("undo",))
_WORDS = (
    ("start",), ("meeting", "5", "min"), ("resume",), ("stand",), ("sit",), ("sore", "left"),
    ("sore", "none"), ("undo",), ("why",), ("place", "home"), ("place", "office"),
)  # fmt: skip
_ROUND_S = 2.0  # of the campaign's rounds, each
_SETTLED = 0.2  # of the time: caches are filled by then
_GROWTH_KIB = 1500


def long_run(scale: Scale) -> Trial:
    trial = Trial("days at 240-fold speed, answered by chance")
    chance = random.Random(scale.seed)
    with desktop() as session:
        subject = Subject(session, speed=240.0, settings=_SETTINGS)
        trial.hold(subject.start(), "it does not start")
        begin, last = now(), scale.rounds * _ROUND_S
        first: dict[str, int] = {}
        while (passed := now() - begin) < last and subject.alive:
            session.move_pointer(chance.choice((-3, 3)), 0)
            _act(subject, chance)
            trial.case()
            if not first and passed > _SETTLED * last:
                first = _usage(subject)
            threading.Event().wait(0.2)
        trial.hold(subject.alive, "it has ended by itself")
        usage = _usage(subject)
        grown = {name: usage[name] - first.get(name, 0) for name in usage}
        trial.hold(grown["memory, KiB"] < _GROWTH_KIB, f"it grows: {first} -> {usage}")
        trial.hold(grown["descriptors"] <= 4, f"descriptors stay open: {first} -> {usage}")
        trial.hold(grown["threads"] <= 4, f"threads stay: {first} -> {usage}")
        trial.hold(not subject.tracebacks(), f"{subject.tracebacks()} tracebacks")
        trial.hold(subject.quit() == 0, "it does not quit")
        facts = subject.program.journal()
        trial.measured = usage | {"prompts": sum(fact["type"] == "shown" for fact in facts)}
    return trial


def _act(subject: Subject, chance: random.Random) -> None:
    with suppress(OSError, NotRunning):
        if subject.status().get("prompt"):
            subject.ask(*chance.choice(_ANSWERS))
        elif chance.random() < 0.15:
            subject.ask(*chance.choice(_WORDS))


def _usage(subject: Subject) -> dict[str, int]:
    assert subject.program.process is not None
    process = Path("/proc") / str(subject.program.process.pid)
    rollup = (process / "smaps_rollup").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    counts = {name: len(list((process / name).iterdir())) for name in ("fd", "task")}
    return {"memory, KiB": memory, "descriptors": counts["fd"], "threads": counts["task"]}
