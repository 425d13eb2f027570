"""What only Windows and macOS need, fetched for its types: `python tests/elsewhere.py`.

mypy holds our calls against them (`make types`), and tests hold the stand-ins against them
(`needing.elsewhere`). None of it can run here, and none is installed where it could be imported.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

TREE = Path(__file__).parents[1]
FOLDER = TREE / ".venv/elsewhere"
MADE = FOLDER / "made"
ONLY_THERE = "winrt-", "desktop-notifier"
# Whose types theirs are made of.
BENEATH = "winrt-runtime", "winrt-windows-foundation", "winrt-windows-foundation-collections"


def requirements() -> list[str]:
    """Without their markers, by which pip would leave them out here."""
    project = tomllib.loads((TREE / "pyproject.toml").read_text("utf-8"))["project"]
    ours = [one for one in project["dependencies"] if one.startswith(ONLY_THERE)]
    return [*(one.partition(";")[0] for one in ours), *BENEATH]


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    options = "--quiet --no-deps --only-binary=:all: --platform win_amd64 --python-version 3.11"
    command = ["pip", "install", *options.split(), "--target", str(FOLDER), *requirements()]
    done = subprocess.run([sys.executable, "-m", *command], check=False)
    if done.returncode:
        told = "could not be fetched: what is called of them is not checked"
        sys.stderr.write(f"qlbreak: the types of what Windows and macOS need {told}\n")
        return  # and the next time it is tried again
    MADE.touch()


if __name__ == "__main__":
    main()
