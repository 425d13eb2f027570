"""Writes pictures/gnome-menu.png: the menu at the first prompt of a day, in GNOME's real shell.

Apart from the other pictures, since GNOME and its AppIndicator extension are large.
"""

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from make_pictures import sat

from rig.gnomeshell import GnomeShell
from rig.waiting import wait_for

PART = (900, 0, 1280, 540)


def main() -> None:
    with GnomeShell() as gnome:
        program = gnome.program().known()
        sat(program.data_dir, minutes=31)
        program.start("run")
        wait_for(lambda: program.run("why").code == 0, 20, "it answers")
        wait_for(lambda: "Quit" in gnome.shown(), 20, "the menu is there")
        hidden = "Main.overview.hide(); !Main.overview.visible"
        wait_for(lambda: gnome.evaluate(hidden), 20, "the desktop is seen")
        wait_for(lambda: "Done" in gnome.shown(), 40, "a prompt")
        gnome.open_menu()
        gnome.move_pointer(60, 600)  # off the menu's lines
        seen = [gnome.screenshot(box=PART)]

        def still() -> bool:
            seen.append(gnome.screenshot(box=PART))
            return len(seen) > 8 and len({shot.tobytes() for shot in seen[-8:]}) == 1

        wait_for(still, 20, "all is drawn")
        reduced = seen[-1].convert("RGB").quantize(256, dither=Image.Dither.NONE)
        reduced.save(ROOT / "docs" / "pictures" / "gnome-menu.png", optimize=True)
        program.run("quit")


if __name__ == "__main__":
    main()
