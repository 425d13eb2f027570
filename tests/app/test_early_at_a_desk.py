"""At a real desk: typing holds a reminder that is nearly due, and a pause brings it."""

from pathlib import Path

import pytest

from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import now, wait_for

SPEED = "10"  # a real look every one and a half seconds
QUARTER = '[prompt]\nsitting = "15 min"\n'
NEAR_S, HELD_S = 12.5 * 60, 13.2 * 60
# Real seconds from word to word: with fewer no look finds a pause that is long enough until then.
STALLED_S = 0.7


def typed_until(desktop: Desktop, program: Program, seconds: float) -> bool:
    """Whether it was typed without a rest, as a busy machine may not let one; else a reminder may
    come meanwhile, and nothing more is typed."""
    steady, last, told = True, now(), program.status()
    while told["sitting_s"] < seconds and told["prompt"] is None:
        desktop.type_key(*"abcdefgh")
        steady, last = steady and now() - last < STALLED_S, now()
        told = program.status()
    return steady


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

    steady = typed_until(desktop, program, NEAR_S + 15)
    assert not steady or "or sooner at a pause" in program.status()["why"]
    steady &= typed_until(desktop, program, HELD_S)
    assert not steady or watch.notifications == [], "nobody is asked in the midst of it"
    shown = program.wait_fact(lambda fact: fact["type"] == "shown", 10)
    if steady:
        assert shown["moment"] == "pause"
        assert HELD_S <= shown["sitting"] < 15 * 60
    if service:
        note = watch.wait_notification(lambda n: n.summary.startswith("You have been sitting"))
        assert note.summary == f"You have been sitting {shown['sitting'] // 60:.0f} min"
    came = " It came early, in a pause." if "moment" in shown else ""
    assert program.status()["why"].startswith(f"A reminder is open.{came} You have been sitting")
    assert program.run("quit").code == 0
    assert program.wait_exit() == 0
