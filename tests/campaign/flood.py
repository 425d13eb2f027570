"""The control socket: connections by the hundred, slow ones, a line of 100 MB, rubbish."""

import random
import resource
import socket
import threading
from contextlib import ExitStack, suppress

from campaign.subject import Subject, room
from campaign.trial import Scale, Trial
from qlbreak.system.control import NotRunning
from rig.waiting import now

_RUBBISH = (
    b"[" * 60_000, b'{"words":' + b"[" * 60_000, b'{"words":["' + b"a" * 60_000 + b'"]}',
    b'{"words":[]}', b'{"words":[""]}', b'{"words":null}', b'{"words":["start","\\u0000"]}',
    b"null", b"{}", b"1e999", b"\xff" * 100, b"", b'{"words":["guide-report","0","1","[{}]"]}',
)  # fmt: skip
_MANY = 900
_SLOW_S = 10


def flood(scale: Scale) -> Trial:
    trial = Trial("the control socket: 900 connections at once, slow ones, 100 MB, rubbish")
    own, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, most), most))
    try:
        with room() as session:
            for attack in (_many, _slow, _endless, _rubbish):
                subject = Subject(session, attack.__name__)
                subject.start()
                attack(trial, subject, scale)
                _lives(trial, subject, attack.__name__)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (own, most))
    return trial


def _lives(trial: Trial, subject: Subject, name: str) -> None:
    """It answers, records, and ends as ever."""
    trial.hold(subject.until(subject.answers, 20), f"{name}: no answer afterwards")
    with suppress(OSError, NotRunning):
        trial.hold(not subject.ask("sore", "left").unsaved, f"{name}: it does not record")
    trial.hold(not subject.tracebacks(), f"{name}: {subject.tracebacks()} tracebacks")
    trial.hold(subject.quit() == 0, f"{name}: it does not quit")


def _connected(subject: Subject) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(5)
    try:
        line.connect(str(subject.places.socket))
    except OSError:
        line.close()
        return None
    return line


def _many(trial: Trial, subject: Subject, scale: Scale) -> None:
    with ExitStack() as held:
        for _ in range(_MANY):
            if (line := _connected(subject)) is not None:
                held.enter_context(line)
            trial.case()
        ticks = subject.until(lambda: subject.alive, 1)
        trial.hold(ticks, "many: it has ended")


def _slow(trial: Trial, subject: Subject, scale: Scale) -> None:
    """A byte now and then, from a hundred."""
    with ExitStack() as held:
        lines = [line for _ in range(100) if (line := _connected(subject)) is not None]
        for line in lines:
            held.enter_context(line)
        end = now() + _SLOW_S
        while now() < end:
            for line in lines:
                with suppress(OSError):
                    line.send(b"[")
            threading.Event().wait(1.0)
        trial.case(len(lines))


def _endless(trial: Trial, subject: Subject, scale: Scale) -> None:
    trial.case()
    line = _connected(subject)
    assert line is not None
    sent = 0
    with line, suppress(OSError):
        for _ in range(1600):
            line.sendall(b"a" * 65536)
            sent += 65536
    trial.hold(sent < 10_000_000, f"endless: {sent} bytes of one line were taken")


def _rubbish(trial: Trial, subject: Subject, scale: Scale) -> None:
    chance = random.Random(scale.seed)
    messages = [
        *_RUBBISH,
        *(chance.randbytes(chance.randint(0, 3000)) for _ in range(scale.rounds)),
    ]
    for message in messages:
        trial.case()
        with suppress(OSError):
            line = _connected(subject)
            if line is not None:
                with line:
                    line.sendall(message + b"\n")
                    line.recv(65536)
        trial.hold(subject.alive, f"rubbish: it has ended after {message[:60]!r}")
