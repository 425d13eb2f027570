"""Start of the program: `qlbreak` and `python -m qlbreak`."""

import gc
import sys

from qlbreak.system import streams


def main() -> None:
    streams.settle()
    # What runs all day does without the command line's library, which would cost it 1.2 MiB.
    if sys.argv[1:] in ([], ["run"]):
        gc.disable()  # a start makes much and throws little away; `App` has it look when all is up
        from qlbreak.app import start
        from qlbreak.system import exits, paths

        with exits.one_line():
            start.main(paths.find())
    else:
        from qlbreak.cli.main import main as run

        run(sys.argv[1:])


if __name__ == "__main__":
    main()
