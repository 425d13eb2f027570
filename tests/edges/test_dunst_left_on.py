"""Do-not-disturb that is left on for hours, in a real dunst."""

from edges.desktop import Desktop
from edges.test_app import work_until
from edges.test_calls import of
from edges.waiting import wait_for

SPEED = "600"  # three hours are eighteen seconds


def test_it_is_said_everywhere_and_gone_when_the_prompt_comes(desktop: Desktop) -> None:
    program = desktop.program().known()
    watch = desktop.watch_bus()
    program.start("run", "--speed", SPEED)
    wait_for(program.answers, 10, "it answers commands")
    desktop.dunst_pause(True)
    wait_for(lambda: "o-not-disturb" in program.ask("why").text, 5, "the next look has seen it")
    assert program.run("arrived", "1 h").code == 0
    work_until(desktop, lambda: of(program, "stuck"), 40, "it is recorded")
    (stuck,) = of(program, "stuck")
    assert stuck["reason"] == "do-not-disturb"
    assert program.run("why").out.startswith("Held: do-not-disturb is on for 3 h")
    labels = desktop.tray_menu().labels
    assert [label for label in labels if "o-not-disturb is on for 3 h" in label], labels
    note = watch.wait_notification(lambda n: n.summary.startswith("Do-not-disturb is on for 3 h"))
    assert "[busy] do_not_disturb = false" in note.body
    assert of(program, "shown") == []
    desktop.dunst_pause(False)
    work_until(desktop, lambda: of(program, "shown"), 10, "the prompt comes")
    work_until(desktop, lambda: desktop.dunst_count() == 1, 5, "and nothing else is up")
