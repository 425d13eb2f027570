"""The silent cue on a real panel: the icon leans to both sides, and nothing else happens."""

from pathlib import Path

import pytest

from qlbreak.tray.states import PICTURES, SIZES, Picture, pixmaps
from rig.desktop import Desktop
from rig.program import Program
from rig.waiting import wait_for

# A minute in three seconds: what is drawn each minute would end the movement.
CUED = '[prompt]\nsitting = "90 min"\ncue = "3 min"\n'
SIZE = 22


def known() -> dict[bytes, Picture]:
    place = SIZES.index(SIZE)
    return {pixmaps(one)[place][2]: one for one in PICTURES}


def started(desktop: Desktop, tmp_path: Path, **settings: str) -> Program:
    config = tmp_path / "config.toml"
    config.write_text(CUED)
    program = desktop.program("--config", str(config)).known()
    program.start("run", "--speed", "20", **settings)
    wait_for(program.answers, 10, "it answers")
    desktop.wait_tray_item("qlbreak", 10)
    return program


def seen(desktop: Desktop, program: Program, sways: set[int], until: float) -> set[int]:
    """To which sides it leaned, until it has to all of these, or so much was sat."""
    pictures, found = known(), set[int]()

    def looked() -> bool:
        desktop.stir()
        shown = pictures.get(desktop.tray_icon_pixmap(SIZE))
        if shown is not None and shown.state == "sitting":
            found.add(shown.sway)
        return found >= sways or program.status()["sitting_s"] > until

    wait_for(looked, 60, "it leans, or time goes by", lambda: program.log)
    return found


def test_the_icon_leans_to_both_sides_and_nothing_is_said_or_recorded(
    desktop: Desktop, tmp_path: Path
) -> None:
    program = started(desktop, tmp_path)
    assert seen(desktop, program, {-1, 0, 1}, until=14 * 60) == {-1, 0, 1}
    assert desktop.notices.count() == 0
    assert {fact["type"] for fact in program.journal()} <= {"launched", "sat"}
    assert program.run("quit").code == 0


def test_where_less_motion_is_wanted_it_stays_still(desktop: Desktop, tmp_path: Path) -> None:
    program = started(desktop, tmp_path, QLBREAK_MOTION="reduced")
    assert seen(desktop, program, {-1, 0, 1}, until=7 * 60) == {0}
    assert program.run("quit").code == 0


@pytest.mark.parametrize("panel", ["gone", "there"])
def test_a_panel_that_goes_takes_nothing_with_it(
    desktop: Desktop, tmp_path: Path, panel: str
) -> None:
    """Beneath the icon something fails: the clock goes on."""
    program = started(desktop, tmp_path)
    desktop.kill_panel()
    if panel == "there":
        desktop.start_panel()
        desktop.wait_tray_item("qlbreak", 15)
    before = program.status()["sitting_s"]

    def sat() -> bool:
        desktop.stir()
        return bool(program.status()["sitting_s"] > before + 4 * 60)

    wait_for(sat, 30, "it goes on", lambda: program.log)
    assert "Traceback" not in program.log
    assert program.run("quit").code == 0
