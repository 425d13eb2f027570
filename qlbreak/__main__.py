"""Start of the program: `qlbreak` and `python -m qlbreak`."""

import sys


def main() -> None:
    from qlbreak import cli

    cli.main(sys.argv[1:])


if __name__ == "__main__":
    main()
