"""Writes pictures/{states,menu,notification}.png: the real program on a real desktop."""

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from qlbreak.core.model.facts import Launched, Sat
from qlbreak.figures.picture_files import Pictures, draw_all
from qlbreak.record.journal import encode
from qlbreak.system.clock import Clock
from qlbreak.system.paths import device
from rig.desktop import FIRST_ICON, Desktop
from rig.program import Program
from rig.waiting import wait_for

PICTURES = ROOT / "docs" / "pictures"
PANEL = (0, 0, 150, 28)
ZOOM = 2
LABEL_HEIGHT, COLUMNS, GAP = 24, 6, 12


def work(desktop: Desktop, condition: Callable[[], object], what: str, seconds: float = 60) -> None:
    def moved() -> object:
        desktop.move_pointer(1)
        desktop.move_pointer(-1)
        return condition()

    wait_for(moved, seconds, what)


def started(
    desktop: Desktop, name: str, config: str = "", speed: str = "60", **settings: str
) -> Program:
    file = desktop.folder / f"{name}.toml"
    file.write_text(config)
    program = desktop.program("--config", str(file), data_dir=desktop.folder / name).known()
    with_figures(program.data_dir / "cache")
    program.start("run", "--speed", speed, **settings)
    wait_for(lambda: program.run("why").code == 0, 10, "it answers")
    desktop.wait_tray_item("qlbreak", 10)
    return program


def with_figures(cache: Path) -> None:
    """As they are there after the first minute."""
    drawn = ROOT / ".venv" / "figures"
    pictures = Pictures(drawn)
    if not pictures.complete:
        draw_all(pictures.folder)
    if not cache.exists():
        cache.symlink_to(drawn)


def ended(desktop: Desktop, program: Program) -> None:
    program.run("quit")
    program.wait_exit()
    wait_for(lambda: not desktop.tray_items(), 5, "the icon is gone")


def taken(desktop: Desktop, shots: dict[str, Image.Image], name: str) -> None:
    """A picture of the panel, once it has drawn the icon that the program tells of now."""
    before = desktop.screenshot(box=PANEL)

    def drawn() -> bool:
        nonlocal before
        now, same = desktop.screenshot(box=PANEL), False
        same, before = now.tobytes() == before.tobytes(), now
        return same and len(now.crop((12, 2, 40, 26)).getcolors(10_000) or []) > 3

    wait_for(lambda: desktop.tray_items(), 5, "an icon is there")
    wait_for(lambda: all(drawn() for _ in range(8)), 10, f"the panel shows {name}")
    shots[name] = before


def states(desktop: Desktop) -> dict[str, Image.Image]:
    """The panel in each state, each reached by what a person would do."""
    shots: dict[str, Image.Image] = {}
    program = started(desktop, "day")
    program.run("arrived", "20 min")
    work(desktop, lambda: program.status()["sitting_s"] > 1230, "twenty minutes")
    taken(desktop, shots, "sitting")
    program.run("arrived", "15 min")
    taken(desktop, shots, "due")
    program.run("snooze", "15 min")
    taken(desktop, shots, "snoozed")
    program.run("undo")
    program.run("meeting", "60 min")
    taken(desktop, shots, "meeting")
    desktop.run(["dunstctl", "set-paused", "true"])
    program.run("meeting", "off")
    work(desktop, lambda: program.status()["state"] == "held", "held")
    taken(desktop, shots, "held")
    desktop.run(["dunstctl", "set-paused", "false"])
    program.run("skip")
    program.run("stand")
    taken(desktop, shots, "standing")
    program.run("sit")
    program.run("pause", "60 min")
    taken(desktop, shots, "paused")
    program.run("resume")
    wait_for(lambda: program.status()["state"] == "away", 20, "away")
    taken(desktop, shots, "away")
    ended(desktop, program)
    shots |= others(desktop)
    return shots


def others(desktop: Desktop) -> dict[str, Image.Image]:
    shots: dict[str, Image.Image] = {}
    seldom = '[hours]\nwork = ["Mon 04:00-04:01"]\n'
    program = started(desktop, "quiet", seldom)
    work(desktop, lambda: program.status()["state"] == "quiet", "quiet")
    taken(desktop, shots, "quiet")
    ended(desktop, program)
    program = started(desktop, "unknown", WAYLAND_DISPLAY="nowhere")
    taken(desktop, shots, "unknown")
    ended(desktop, program)
    return shots | error(desktop)


def error(desktop: Desktop) -> dict[str, Image.Image]:
    """A disk that is full, as far as the program can tell: its files may not grow."""
    shots: dict[str, Image.Image] = {}
    program = started(desktop, "error")
    assert program.process is not None
    desktop.run(["prlimit", "--pid", str(program.process.pid), "--fsize=1"])
    program.run("arrived", "1 h")
    taken(desktop, shots, "error")
    program.process.kill9()
    wait_for(lambda: not desktop.tray_items(), 5, "the icon is gone")
    return shots


def sheet(rows: dict[str, dict[str, Image.Image]]) -> Image.Image:
    width, height = 64 * ZOOM, 28 * ZOOM
    font = ImageFont.truetype("DejaVuSans.ttf", 13)
    names = list(next(iter(rows.values())))
    lines = -(-len(names) // COLUMNS)
    block = LABEL_HEIGHT + len(rows) * (height + 2)
    size = (COLUMNS * (width + GAP) + GAP, lines * (block + GAP) + GAP)
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for index, name in enumerate(names):
        x = GAP + index % COLUMNS * (width + GAP)
        y = GAP + index // COLUMNS * (block + GAP)
        pen.text((x + width / 2, y + 10), name, "#333333", font, "mm")
        for row, shots in enumerate(rows.values()):
            crop = (
                shots[name].crop((0, 0, 64, 28)).resize((width, height), Image.Resampling.LANCZOS)
            )
            picture.paste(crop, (x, y + LABEL_HEIGHT + row * (height + 2)))
    return picture


def menu_and_notification(desktop: Desktop) -> None:
    desktop.kill_dunst()  # and with it what others have left
    desktop.start_dunst()
    sat(desktop.folder / "menu", minutes=33)
    program = started(desktop, "menu", speed="1")
    wait_for(lambda: desktop.notices.count() == 1, 40, "the notification is up")
    taken(desktop, {}, "due")
    shot = desktop.screenshot(box=(640, 30, 1280, 400))
    save(shot.crop(shot.getbbox()), "notification")
    desktop.click(*FIRST_ICON, 3)
    wait_for(lambda: colours(desktop, (20, 40, 300, 400)) > 50, 5, "the menu is open")
    for key in ("Down", "Down", "Down", "Down", "Down", "Right"):
        desktop.type_key(key)
    wait_for(lambda: colours(desktop, (300, 110, 400, 200)) > 20, 5, "so is the sub-menu")
    save(desktop.screenshot(box=(0, 0, 470, 340)), "menu")
    desktop.type_key("Escape", "Escape")
    ended(desktop, program)


def sat(data: Path, minutes: float) -> None:
    """As if the program had been ended a moment ago, after so much sitting."""
    at = Clock().now()[0] - timedelta(seconds=5)
    file = data / "journal" / f"{device()}.jsonl"
    file.parent.mkdir(mode=0o700, parents=True)
    launched = Launched(at - timedelta(minutes=minutes), "")
    file.write_bytes(encode(launched) + encode(Sat(at, minutes * 60)))


def colours(desktop: Desktop, box: tuple[int, int, int, int]) -> int:
    return len(desktop.screenshot(box=box).getcolors(100_000) or [])


def save(picture: Image.Image, name: str) -> None:
    reduced = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    reduced.save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    rows: dict[str, dict[str, Image.Image]] = {}
    with Desktop() as desktop:
        rows["light"] = states(desktop)
        menu_and_notification(desktop)
        desktop.kill_panel()
        desktop.env["GTK_THEME"] = "Adwaita:dark"
        desktop.start_panel()
        rows["dark"] = states(desktop)
    save(sheet(rows), "states")


if __name__ == "__main__":
    main()
