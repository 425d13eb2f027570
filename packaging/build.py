"""What people install, told once: each kind, how it is built, and its name in dist/.

    python packaging/build.py              all of them; what cannot be built here is said in a line
    python packaging/build.py sdist deb    these, or it fails

A builder with a folder of its own here is given the folder to write into. Where something is not to
be had that it takes, it ends with 69 (EX_UNAVAILABLE) and says what in one line of its errors.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
UNAVAILABLE = 69


@dataclass(frozen=True)
class Kind:
    name: str
    files: str  # what it makes, as a pattern in the folder
    command: tuple[str, ...]  # the folder is added to it


HATCH = (sys.executable, "-m", "hatchling", "build", "--target")
DEBIAN = (sys.executable, str(ROOT / "packaging/debian/build.py"))
WINDOWS = (sys.executable, str(ROOT / "packaging/windows/build.py"))
KINDS = {
    kind.name: kind
    for kind in (
        Kind("wheel", "qlbreak-*.whl", (*HATCH, "wheel", "--directory")),
        Kind("sdist", "qlbreak-*.tar.gz", (*HATCH, "sdist", "--directory")),
        Kind("deb", "qlbreak_*.deb", DEBIAN),
        Kind("windows", "qlbreak-*.[ez][xi][ep]", WINDOWS),  # setup program and zip
    )
}


def epoch() -> str:
    """The moment of the commit, so that a package is the same whenever it is built. Without git,
    as in an unpacked sdist, the one that hatchling takes where it is told none.
    """
    if known := os.environ.get("SOURCE_DATE_EPOCH"):
        return known
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return told.stdout.strip() if told.returncode == 0 else "1580601600"


def build(kind: Kind, folder: Path) -> tuple[int, str]:
    """How its builder ended, and the last line of its errors, which is its reason where it did not
    build; the others are shown as they come."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(kind.files):  # of another version, and it would be uploaded, too
        old.unlink()
    last = ""
    with subprocess.Popen(
        [*kind.command, str(folder.resolve())],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch()},
        stdout=sys.stderr,  # ours is the list of files
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as builder:
        assert builder.stderr is not None
        for line in builder.stderr:
            sys.stderr.write(last)
            last = line
    if builder.returncode != UNAVAILABLE:
        sys.stderr.write(last)
    return builder.returncode, last.strip().removeprefix("qlbreak: ")


def all_of(kinds: Iterable[Kind], into: Path, *, whole: bool) -> int:
    """Builds them, and says a line for each file on standard output. 0, or why not: where it is not
    *whole*, what cannot be built here does not count."""
    codes = []
    for kind in kinds:
        code, why = build(kind, into)
        files = sorted(into.glob(kind.files))
        for file in files:
            print(f"{into.name}/{file.name}  {file.stat().st_size / 1e6:.1f} MB", flush=True)
        code = code or (0 if files else 1)
        if code:
            told = f"cannot be built here: {why}" if code == UNAVAILABLE else f"failed, with {code}"
            print(f"qlbreak: {kind.name} {told}", file=sys.stderr)
        codes.append(code)
    wrong = [code for code in codes if code and (whole or code != UNAVAILABLE)]
    return wrong[0] if wrong else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Build what people install, into dist/.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--into", type=Path, default=ROOT / "dist", metavar="FOLDER")
    asked = parser.parse_args()
    if unknown := set(asked.kinds) - set(KINDS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    kinds = [KINDS[name] for name in asked.kinds or KINDS]
    return all_of(kinds, asked.into, whole=bool(asked.kinds))


if __name__ == "__main__":
    sys.exit(main())
