"""Where the frozen program begins: `qlbreak`, and `-m MODULE` for those modules of ours that run in
a process of their own."""

import os
import sys

from qlbreak.system import program


def main() -> None:
    program.settle(os.environ)
    if sys.platform == "linux":
        hold()
    if sys.argv[1:2] == ["-m"] and sys.argv[2:3]:
        from runpy import run_module

        del sys.argv[:2]
        run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        from qlbreak.__main__ import main as run

        run()


def hold() -> None:
    """An upgrade puts another file in the place of this one, and our modules lie elsewhere in that:
    what runs goes on with its own. The starter would open it by its name, anew for each module."""
    from pyimod02_importers import pyz_archive  # type: ignore[import-not-found]

    own = os.open(sys.executable, os.O_RDONLY)
    pyz_archive._filename = f"/proc/self/fd/{own}"


main()
