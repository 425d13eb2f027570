"""`make stock`: a stranger's account on a stock Debian, from the README to the day after.
`make test-deb`: the same by the package, where no Python is, to a clean machine again.

    make stock ARGS="--pictures FOLDER"
    make test-deb ARGS="--suite trixie"

Needs root and debootstrap, and takes some ten minutes; the Debian is made once and kept in --cache.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from stock.first_days import FirstDays
from stock.package_days import PackageDays
from stock.stock_root import SUITE, StockRoot

TREE = Path(__file__).parents[2]
_ALONE = "QLBREAK_STOCK_ALONE"  # with mounts of its own, which go with it


def main() -> None:
    parser = argparse.ArgumentParser(prog="make stock", description=__doc__)
    kept = Path(tempfile.gettempdir(), "qlbreak-stock")
    parser.add_argument("--cache", type=Path, default=kept, help=f"where Debian is kept ({kept})")
    parser.add_argument("--deb", type=Path, help="by this package, not by the README")
    parser.add_argument("--suite", default=SUITE, help=f"which Debian, by the package ({SUITE})")
    parser.add_argument("--pictures", type=Path, help="where pictures go (pictures in the cache)")
    asked = parser.parse_args()
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        parser.exit(2, "make stock needs root and debootstrap: sudo apt install debootstrap\n")
    if _ALONE not in os.environ:
        words = ["unshare", "--mount", sys.executable, "-m", "stock", *sys.argv[1:]]
        os.execvpe("unshare", words, {**os.environ, _ALONE: "1"})
    cache = asked.cache.absolute()
    cache.mkdir(parents=True, exist_ok=True)
    pictures = (asked.pictures or cache / "pictures").absolute()
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=cache))
    folder.chmod(0o755)
    if asked.deb is None:
        _play(StockRoot(cache, folder), folder, pictures)
    else:
        _play(StockRoot(cache, folder, suite=asked.suite, more=()), folder, pictures, asked.deb)


def _play(root: StockRoot, folder: Path, pictures: Path, deb: Path | None = None) -> None:
    try:
        root.make()
        root.mount()
        if deb is not None:
            PackageDays(root, deb, FirstDays(root, TREE / "README.md", pictures)).play()
        else:
            clone = root.home / "qlbreak"
            subprocess.run(["git", "clone", "-q", "--no-hardlinks", TREE, clone], check=True)
            root.own(clone)
            FirstDays(root, clone / "README.md", pictures).play()
    finally:
        root.unmount()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"held; pictures in {pictures}")  # noqa: T201


if __name__ == "__main__":
    main()
