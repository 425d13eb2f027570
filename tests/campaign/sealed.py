"""No network, no stranger's code: which sockets are opened, whose modules are imported."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from campaign.subject import Subject, desktop
from campaign.trial import Scale, Trial
from rig.processes import Process

_TRACED = "trace=socket,execve"
_COMMANDS = (
    ("stats",),
    ("report", "-o", "{data}/page.html"),
    ("doctor",),
    ("export",),
    ("status",),
)
# In the folder that it is started from; whoever imports one of them says so.
_TRAPS = ("json", "tkinter", "PIL", "msgspec", "platform", "qlbreak_trap", "random", "xml")


def sealed(scale: Scale) -> Trial:
    trial = Trial("sockets of the program, its windows and commands; modules in the current folder")
    with desktop() as session:
        marks = session.folder / "trapped"
        for name in _TRAPS:
            text = f"open({str(marks)!r}, 'a').write({name!r} + '\\n')\n"
            (session.folder / f"{name}.py").write_text(text)
        subject = Subject(session)
        # As a person types it, in a folder with something in it.
        program = Path(sys.executable).with_name("qlbreak")
        command = [str(program), "--data-dir", str(subject.data)]
        process = _traced(trial, subject, command, scale)
        trial.hold(not marks.exists(), f"imported from the current folder: {_read(marks)}")
        trial.hold(process.wait_exit(30) == 0, "it does not quit")
    return trial


def _read(marks: Path) -> str:
    return " ".join(sorted(set(marks.read_text().split()))) if marks.exists() else ""


def _traced(trial: Trial, subject: Subject, command: list[str], scale: Scale) -> Process:
    session = subject.session
    log = session.folder / "strace"
    prefix = ["strace", "-f", "-qq", "-A", "-e", _TRACED, "-o", str(log)]
    prefix = prefix if shutil.which("strace") else []
    if not prefix:
        trial.measured["sockets"] = "not looked at: strace is not installed"
    process = session.spawn("program", [*prefix, *command, "run"])
    subject.program.process = process
    trial.hold(subject.until(subject.answers, 60), "it does not start")
    for words in (("start",), ("safety",), ("check-in",), ("set-up",), ("done",)):
        trial.case()
        subject.ask(*words)
    for told in _COMMANDS:
        trial.case()
        filled = [word.format(data=subject.data) for word in told]
        subprocess.run(
            [*prefix, *command, *filled], env=session.env, cwd=session.folder, check=False,
            capture_output=True, timeout=120,
        )  # fmt: skip
    subject.until(lambda: False, 5)  # for the windows to open
    subject.ask("quit")
    if log.exists():
        families = set(re.findall(r"socket\((AF_\w+)", log.read_text(errors="replace")))
        trial.hold(families <= {"AF_UNIX", "AF_NETLINK"}, f"sockets of {families}")
        trial.measured["sockets"] = ", ".join(sorted(families))
    return process
