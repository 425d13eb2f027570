"""What goes into /usr/share from the program itself; for build.py, by the Python that has it."""

import gzip
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import commands  # noqa: E402
from qlbreak.autostart import launcher, xdg  # noqa: E402
from qlbreak.tray import icon  # noqa: E402

# Those of the hicolor theme that desktops ask for.
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def write(usr: Path) -> None:
    commands.write(usr)
    manual = usr / "share/man/man1/qlbreak.1"
    manual.with_suffix(".1.gz").write_bytes(gzip.compress(manual.read_bytes(), 9, mtime=0))
    manual.unlink()
    entry = usr / "share/applications/qlbreak.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(xdg.menu_text(("/usr/bin/qlbreak", *launcher.OPEN)), "utf-8")
    for size in SIZES:
        picture = usr / f"share/icons/hicolor/{size}x{size}/apps/qlbreak.png"
        picture.parent.mkdir(parents=True)
        icon.emblem(size).save(picture, optimize=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
