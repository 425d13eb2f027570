"""The man page, and completions for bash, zsh and fish: from the commands as the program has them.

python packaging/commands.py FOLDER     writes share/man/..., share/bash-completion/... into it
"""

import sys
from pathlib import Path

from commandline import commands
from completions import bash, fish, zsh
from manual import man

PLACES = {
    "share/man/man1/qlbreak.1": man,
    "share/bash-completion/completions/qlbreak": bash,
    "share/zsh/vendor-completions/_qlbreak": zsh,
    "share/fish/vendor_completions.d/qlbreak.fish": fish,
}


def write(folder: Path) -> None:
    told = commands()
    for place, made in PLACES.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made(told), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python packaging/commands.py FOLDER")
    write(Path(sys.argv[1]))
