"""The running program takes up what changes in its settings, and says what is wrong there."""

from pathlib import Path

from rig.desktop import Desktop
from rig.program import Program
from rig.room import Room
from rig.waiting import wait_for


def test_a_running_program_follows_its_settings(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[prompt]\nsitting = "90 min"\n')
    with Room() as room:
        program = Program(room, tmp_path / "data", ("--config", str(settings))).known()
        program.start("run", "--speed", "60")
        wait_for(program.answers, 10, "it answers", lambda: program.log)
        assert program.run("arrived", "20 min").code == 0
        assert program.status()["prompt"] is None

        settings.write_text('[prompt]\nsitting = "15 min"\nsnoozes = 9\n')
        mistake = "Settings: config.toml, line 3: prompt.snoozes: 9 is out of range"
        wait_for(lambda: mistake in program.ask("why").text, 5, "it says so", lambda: program.log)
        assert mistake in program.run("status").out
        assert program.status()["prompt"] is None
        assert program.log.count("settings: config.toml, line 3") == 1

        hook = '[hooks]\nanswered = ["sh", "-c", "echo was {answer}"]\n'
        settings.write_text(f'[prompt]\nsitting = "15 min"\n{hook}')
        program.wait_fact(lambda fact: fact["type"] == "shown")
        assert "Settings" not in program.run("why").out
        assert program.run("done").code == 0
        wait_for(lambda: "hook answered: exit code 0: was done" in program.log, 5, "the new hook")

        settings.unlink()
        other = Program(room, program.data_dir)  # to name a file that is not there is a mistake
        wait_for(lambda: "is gone; what it said counts" in other.ask("why").text, 5, "it says so")
        assert other.run("quit").code == 0
        assert program.wait_exit() == 0


def test_a_mistake_is_in_the_menu_and_in_a_notification(desktop: Desktop, tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("")
    watch = desktop.watch_bus()
    program = desktop.program("--config", str(settings)).known()
    program.start("run", "--speed", "60")
    desktop.wait_tray_item("qlbreak", 10)
    settings.write_text("[prompt]\nsnoozes = 9\n")
    note = watch.wait_notification(lambda n: n.summary == "The settings have a mistake")
    assert "config.toml, line 2: prompt.snoozes: 9 is out of range" in note.body

    def lines() -> list[str]:
        return desktop.tray_menu().labels

    told = "Settings: config.toml, line 2: prompt.snoozes: 9 is out of range"
    wait_for(lambda: lines()[1].startswith(told), 5, "it is the first line below the window", lines)
    settings.write_text("[prompt]\nsnoozes = 3\n")
    wait_for(lambda: not lines()[1].startswith("Settings"), 5, "it is gone", lines)


def test_where_the_record_is_kept_waits_for_the_next_start_and_says_so(
    desktop: Desktop, tmp_path: Path
) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text("")
    watch = desktop.watch_bus()
    program = desktop.program("--config", str(settings)).known()
    program.start("run", "--speed", "60")
    desktop.wait_tray_item("qlbreak", 10)
    settings.write_text(f'[record]\nfolder = "{tmp_path / "elsewhere"}"\n')
    note = watch.wait_notification(lambda n: "[record] needs a restart" in n.summary)
    assert "Until you restart qlbreak" in note.body
    assert program.run("done").code == 2, "no reminder is open, but it answers"
    assert not (tmp_path / "elsewhere").exists()


def test_a_start_that_a_mistake_prevents_is_seen_where_nobody_reads_it(
    desktop: Desktop, tmp_path: Path
) -> None:
    """stretchly 912: it did not start any more, nor say why. As with the session: no terminal."""
    settings = tmp_path / "config.toml"
    settings.write_text("[prompt]\nsnoozes = 9\n")
    watch = desktop.watch_bus()
    outcome = desktop.program("--config", str(settings)).known().run("run")
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    note = watch.wait_notification(lambda n: n.summary == "qlbreak cannot start")
    assert "line 2: prompt.snoozes: 9 is out of range" in note.body
