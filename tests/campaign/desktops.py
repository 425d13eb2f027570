"""Parts of the desktop stop answering or die: it goes on, or ends with its session, in order."""

import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from campaign.subject import Subject
from campaign.trial import Scale, Trial
from qlbreak.system.control import NotRunning
from rig.desktop import Desktop
from rig.processes import Process
from rig.waiting import Unmet, now

_PARTS = ("dunst", "xfce4-panel", "session-bus", "Xvfb")
# Where the screen dies the session is over: the program ends, with its `quit` on the disk.
_VITAL = {"Xvfb"}
_STOPPED_S = 8.0


def desktops(scale: Scale) -> Trial:
    trial = Trial(
        "notification daemon, panel, bus and X server stopped for 8 s, and killed; signals"
    )
    for name in _PARTS:
        _on_a_desktop(trial, f"{name} stopped", partial(_stopped, name=name))
        _on_a_desktop(trial, f"{name} killed", partial(_killed, name=name))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        _on_a_desktop(trial, number.name, partial(_signalled, number=number))
    _on_a_desktop(trial, "it is stopped itself", _sleeps)
    return trial


def _on_a_desktop(trial: Trial, name: str, accident: Callable[[Desktop, Subject], bool]) -> None:
    """*accident* tells whether the session goes on after it."""
    trial.case()
    with Desktop() as desktop:
        subject = Subject(desktop)
        trial.hold(subject.start(), f"{name}: it does not start")
        subject.ask("start")
        goes_on = accident(desktop, subject)
        if goes_on:
            trial.hold(subject.until(subject.answers, 15), f"{name}: no answer")
            with suppress(OSError, NotRunning):
                subject.ask("sore", "left")
            sore = [fact for fact in subject.program.journal() if fact["type"] == "sore"]
            trial.hold(sore, f"{name}: it does not record")
            trial.hold(subject.quit() == 0, f"{name}: it does not quit")
        else:
            ended = subject.until(lambda: not subject.alive, 40)
            trial.hold(ended, f"{name}: it outlives its session")
            subject.kill()
        facts = subject.program.journal()
        trial.hold(facts[-1]["type"] == "quit", f"{name}: the record ends with {facts[-1]['type']}")
        trial.hold(not subject.broken_lines(), f"{name}: broken lines")
        trial.hold(not subject.tracebacks(), f"{name}: {subject.tracebacks()} tracebacks")


def _process(desktop: Desktop, name: str) -> Process:
    return next(process for process in desktop._processes if process.name == name)


def _stopped(desktop: Desktop, subject: Subject, name: str) -> bool:
    """It answers meanwhile, and goes on when the part does."""
    part = _process(desktop, name)
    part.signal(signal.SIGSTOP)
    end, quick = now() + _STOPPED_S, True
    while now() < end:
        quick &= subject.until(subject.answers, 2)
        threading.Event().wait(0.5)
    part.signal(signal.SIGCONT)
    if not quick:
        raise Unmet(f"{name} stopped: no answer meanwhile")
    return True


def _killed(desktop: Desktop, subject: Subject, name: str) -> bool:
    _process(desktop, name).kill9()
    return name not in _VITAL


def _signalled(desktop: Desktop, subject: Subject, number: signal.Signals) -> bool:
    assert subject.program.process is not None
    os.kill(subject.program.process.pid, number)
    return False


def _sleeps(desktop: Desktop, subject: Subject) -> bool:
    """As a machine that swaps: what was asked meanwhile was either refused or is done."""
    assert subject.program.process is not None
    subject.program.process.signal(signal.SIGSTOP)
    told = subject.command("sore", "right")
    subject.program.process.signal(signal.SIGCONT)
    subject.until(subject.answers, 15)
    sore = [fact for fact in subject.program.journal() if fact["type"] == "sore"]
    if (told.code == 0) is not bool(sore):
        raise Unmet(f"stopped: the command ended with {told.code}, recorded: {sore}")
    return True
