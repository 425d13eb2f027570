"""After a log-in it is back: switched on in one session, started by another one's own means."""

from pathlib import Path

from rig.desktop import Desktop
from rig.privatebus import need
from rig.program import Program
from rig.waiting import wait_for


def test_it_is_back_in_the_next_session_with_its_icon(
    bare_desktop: Desktop, desktop: Desktop, tmp_path: Path
) -> None:
    need("dex")  # starts what the autostart folders say, as a session does
    for session in (bare_desktop, desktop):  # of one person
        session.env["HOME"] = str(tmp_path)
    data = tmp_path / "data"
    first = Program(bare_desktop, data).known()
    assert first.run("autostart", "on").code == 0
    first.start("run")
    wait_for(first.answers, 15, "it runs in the first session", lambda: first.log)
    bare_desktop.stop()  # the screen goes, the bus goes, and so does it
    first.wait_exit(10)
    again = Program(desktop, data)
    assert not again.answers()
    again.env["XDG_CONFIG_DIRS"] = str(desktop.folder / "none")  # not what else is installed
    desktop.spawn("dex", ["dex", "--autostart", "--environment", "XFCE"], env=again.env)
    wait_for(again.answers, 15, "it runs in the second session")
    desktop.wait_tray_item("qlbreak", 10)
    kinds = [fact["type"] for fact in again.journal()]
    assert kinds.count("launched") == 2
    assert again.run("quit").code == 0


def test_an_entry_that_leads_nowhere_is_said_and_mended(bare_desktop: Desktop) -> None:
    """The virtual environment was moved, and is somewhere else now."""
    program = bare_desktop.program().known()
    assert program.run("autostart", "on").code == 0
    entry = bare_desktop.home / ".config/autostart/qlbreak.desktop"
    assert program.run("launcher", "on").code == 0
    for file in (entry, bare_desktop.home / ".local/share/applications/qlbreak.desktop"):
        moved(file)
    told = program.run("doctor")
    assert told.code == 5
    assert "which is gone: qlbreak autostart on" in told.out
    assert "which is gone: qlbreak launcher on" in told.out
    assert program.run("autostart", "on").code == 0
    assert program.run("launcher", "on").code == 0
    assert program.run("doctor").out.count("which is gone") == 0


def moved(file: Path) -> None:
    """As if it had been written by a program that was elsewhere."""
    from qlbreak.autostart.launcher import OPEN
    from qlbreak.autostart.xdg import ApplicationsMenu, Xdg

    gone = ("/none/there/bin/qlbreak",)
    if file.parent.name == "autostart":
        Xdg(file.parents[1]).write(gone)
    else:
        ApplicationsMenu(file.parents[1], []).write((*gone, *OPEN))
