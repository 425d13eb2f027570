"""Start of the program: `qlbreak` and `python -m qlbreak`."""

import gc
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from qlbreak import language
from qlbreak.language import locales
from qlbreak.system import streams


def main() -> None:
    streams.settle()
    _settle_language(sys.argv[1:])
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


def _settle_language(words: list[str]) -> None:
    """First of all: a text is in its language from the moment that its module is there. What is
    wrong with the words is told by who reads all of them."""
    from qlbreak.system import paths

    named = [after for word, after in pairwise(words) if word == "--config"]
    named += [word.removeprefix("--config=") for word in words if word.startswith("--config=")]
    with suppress(OSError, ValueError, paths.PathError):
        language.settle(locales.of_file(paths.find(None, Path(named[0]) if named else None).config))


if __name__ == "__main__":
    main()
