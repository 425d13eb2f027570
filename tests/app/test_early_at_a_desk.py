"""At a real desk: typing holds a reminder that is nearly due, and a pause brings it."""

from pathlib import Path

import pytest

from rig.desktop import Desktop
from rig.waiting import wait_for

SPEED = "10"  # a real look every one and a half seconds
QUARTER = '[prompt]\nsitting = "15 min"\n'
NEAR_S, HELD_S = 12.5 * 60, 13.2 * 60


@pytest.mark.parametrize("service", [True, False], ids=["notified", "no notification service"])
def test_a_pause_in_typing_brings_it_before_it_is_due(
    desktop: Desktop, tmp_path: Path, service: bool
) -> None:
    if not service:
        desktop.kill_dunst()
    config = tmp_path / "config.toml"
    config.write_text(QUARTER)
    program = desktop.program("--config", str(config)).known()
    program.start("run", "--speed", SPEED)
    wait_for(program.answers, 10, "it answers commands")
    watch = desktop.watch_bus()
    assert program.run("arrived", "10 min").code == 0

    def typed_until(seconds: float) -> None:
        def typed() -> bool:
            desktop.type_key(*"abcdefgh")
            return bool(program.status()["sitting_s"] >= seconds)

        wait_for(typed, 30, "it was typed for so long")

    typed_until(NEAR_S + 15)
    assert "or sooner at a pause" in program.status()["why"]
    typed_until(HELD_S)
    assert watch.notifications == [], "nobody is asked in the midst of it"
    shown = program.wait_fact(lambda fact: fact["type"] == "shown", 10)
    assert shown["moment"] == "pause"
    assert HELD_S <= shown["sitting"] < 15 * 60
    if service:
        note = watch.wait_notification(lambda n: n.summary.startswith("You have been sitting"))
        assert note.summary in ("You have been sitting 13 min", "You have been sitting 14 min")
    assert program.status()["why"].startswith("A reminder is open. It came early, in a pause.")
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0
