"""Do-not-disturb that is left on for hours, in a real dunst."""

from pathlib import Path

from app.test_app import work_until
from app.test_calls import of
from rig.desktop import Desktop
from rig.waiting import wait_for

SPEED = "400"  # three hours are 27 seconds
CONFIG = '[presence]\naway = "10 min"\n'  # which are 1.5 s: so long the pointer may rest


def test_it_is_said_everywhere_and_gone_when_the_prompt_comes(
    desktop: Desktop, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    program = desktop.program("--config", str(config)).known()
    watch = desktop.watch_bus()
    program.start("run", "--speed", SPEED)
    wait_for(program.answers, 10, "it answers commands")
    desktop.notices.pause(True)
    wait_for(lambda: "o not disturb" in program.ask("why").text, 5, "the next look has seen it")
    assert program.run("arrived", "1 h").code == 0
    work_until(desktop, lambda: of(program, "stuck"), 40, "it is recorded")
    (stuck,) = of(program, "stuck")
    assert stuck["reason"] == "do-not-disturb"
    said = "Do not disturb is on for 3 h"
    work_until(desktop, lambda: program.ask("why").text.startswith(said), 10, "why")
    menu = desktop.tray_menu
    work_until(desktop, lambda: [t for t in menu().labels if said[1:] in t], 5, "the menu")
    note = watch.wait_notification(lambda n: n.summary.startswith("Do not disturb is on for 3 h"))
    assert "[busy] do_not_disturb = false" in note.body
    assert of(program, "shown") == []
    desktop.notices.pause(False)
    work_until(desktop, lambda: of(program, "shown"), 10, "the prompt comes")
    work_until(desktop, lambda: desktop.notices.count() == 1, 5, "and nothing else is up")
