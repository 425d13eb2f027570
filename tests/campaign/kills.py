"""kill -9 in the middle of answers, and of starts: what was answered is in the journal, once."""

import itertools
import random
import threading
from contextlib import suppress

from campaign.subject import NUMBERED, Subject, room
from campaign.trial import Scale, Trial
from qlbreak.system.control import NotRunning
from rig.waiting import Unmet, now

_CLIENTS = 3


class _Answers:
    """Numbered, from several clients at once."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.taken: list[str] = []

    def give(self, subject: Subject, stop: threading.Event) -> None:
        while not stop.is_set():
            with self._lock:
                number = next(self._numbers)
            tag = f"{3600 + number / 1000:.3f}"
            with suppress(OSError, NotRunning, ValueError):
                reply = subject.ask(NUMBERED[number % 3], tag, "s")
                if not reply.refused and not reply.unsaved:
                    with self._lock:
                        self.taken.append(tag)


def kills(scale: Scale) -> Trial:
    trial = Trial("kill -9 while answers are given, a sixth of them while it starts")
    chance, answers = random.Random(scale.seed), _Answers()
    slowest = 0.0
    with room() as session:
        subject = Subject(session)
        for turn in range(scale.rounds):
            if turn % 6 == 5:
                subject.start(wait=False)
                threading.Event().wait(chance.uniform(0.05, 1.0))
                subject.kill()
                trial.case()
            began = now()
            if not subject.start():
                trial.hold(False, f"round {turn}: it does not start: {subject.said[-300:]}")
                subject.kill()
                continue
            slowest = max(slowest, now() - began)
            _answer_until_killed(subject, answers, chance.uniform(0.0, 1.0))
            trial.case()
        trial.hold(subject.start(), "it does not start after the last kill")
        counts = subject.numbered()
        lost = [tag for tag in answers.taken if not counts[tag]]
        twice = [tag for tag, times in counts.items() if times > 1]
        trial.hold(not lost, f"{len(lost)} answers lost: {lost[:5]}")
        trial.hold(not twice, f"{len(twice)} answers twice: {twice[:5]}")
        trial.hold(not subject.broken_lines(), f"broken lines: {subject.broken_lines()[:3]}")
        trial.hold(subject.command("stats", "--json").code == 0, "stats fails afterwards")
        trial.hold(not subject.tracebacks(), f"{subject.tracebacks()} tracebacks")
        with suppress(Unmet):
            subject.quit()
    trial.measured = {"answers": len(answers.taken), "slowest start, s": round(slowest, 1)}
    return trial


def _answer_until_killed(subject: Subject, answers: _Answers, seconds: float) -> None:
    stop = threading.Event()
    clients = [threading.Thread(target=answers.give, args=(subject, stop)) for _ in range(_CLIENTS)]
    for client in clients:
        client.start()
    threading.Event().wait(seconds)
    subject.kill()
    stop.set()
    for client in clients:
        client.join()
