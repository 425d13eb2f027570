"""Settings of a newer version, from the file to the notification: the rest holds; said once."""

import html

from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

SETTINGS = """\
# by a newer version
[prompt]
sitting = "45 min"
tempo = "slow"

[weather]
rain = ["walk"]
"""
TITLE = "The settings are those of a newer version"


def running(home: Desktop, settings: str) -> Program:
    path = home.home / "config.toml"
    path.write_text(settings, "utf-8")
    program = home.program("--config", str(path)).known()
    program.start("run")
    wait_for(program.answers, 10, "it answers", lambda: program.log)
    return program


def test_what_only_a_newer_version_knows_is_said_once_and_left_alone(desktop: Desktop) -> None:
    watch = desktop.watch_bus()
    program = running(desktop, SETTINGS)

    def told() -> list[str]:
        return [note.body for note in watch.notifications if note.summary == TITLE]

    wait_for(told, 10, "it is said", lambda: program.log)
    (body,) = told()
    assert html.unescape(body).startswith("config.toml, line 4: key 'tempo' is not known to this")
    assert "This is one of 2: qlbreak config check shows them all." in body
    assert "in 45 min" in program.run("status").out, "the rest holds"
    check = program.run("config", "check")
    assert check.code == 0
    assert check.out.count("is not known to this version") == 2
    program.run("quit")
    assert program.wait_exit() == 0
    again = running(desktop, SETTINGS)
    log = again.data_dir / "qlbreak.log"
    section = "section 'weather' is not known"
    assert log.read_text("utf-8").count(section) == 2, "at each start"
    again.run("quit")
    assert again.wait_exit() == 0
    assert len(told()) == 1, "once"
    assert (desktop.home / "config.toml").read_text("utf-8") == SETTINGS
