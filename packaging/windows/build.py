"""For Windows, into a folder: qlbreak-X-setup.exe, and qlbreak-X-portable.zip of the same.

    python packaging/windows/build.py FOLDER                    freezes it in a Windows of Wine's
    python packaging/windows/build.py --frozen DIST FOLDER      packs what a Windows has frozen

By the first the Windows is kept in CACHE (make CACHE=..., as for make test-windows). Both take
Debian's nsis. Where something is not to be had that it takes, it ends with 69 and says what.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from windows.wine_python import WinePython

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
UNAVAILABLE = 69
_SECONDS = 3600  # that freezing may take, on a machine that has more to do; else half a minute
_ICON = ROOT / "icons/qlbreak.ico"
# NSIS's pictures, in its own sizes and at twice of them: the side of the first and the last page,
# and what stands in the head of those between.
_SIDE, _HEAD = (328, 628), (300, 114)
_SIDE_GROUND, _HEAD_GROUND = "#e8f1f1", "#ffffff"
# What stands in braces in texts.toml, as NSIS has it.
_TOLD = {
    "version": "${VERSION}", "megabytes": "${MEGABYTES}", "folder": "$INSTDIR", "before": "$before",
    "kept": "${KEPT}",
}  # fmt: skip


class Unavailable(Exception):
    """What is not here, in a line."""


def main() -> int:
    kept = Path(os.environ.get("CACHE") or Path(tempfile.gettempdir(), "qlbreak-windows"))
    parser = argparse.ArgumentParser(description="The setup program and the zip for Windows.")
    parser.add_argument("--cache", type=Path, default=kept, help=f"where Windows is kept ({kept})")
    parser.add_argument("--frozen", type=Path, metavar="DIST", help="a folder that is frozen")
    parser.add_argument("into", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1580601600")
    try:
        missing("makensis", "nsis")
        program = asked.frozen or frozen_alone(asked.cache.absolute())
        asked.into.mkdir(parents=True, exist_ok=True)
        portable(program, asked.into.absolute())
        setup(program, asked.into.absolute())
    except Unavailable as lacking:
        print(f"qlbreak: {lacking}", file=sys.stderr)
        return UNAVAILABLE
    return 0


def missing(command: str, package: str) -> None:
    if not shutil.which(command):
        raise Unavailable(f"it takes more here: sudo apt install {package}")


def frozen_alone(cache: Path) -> Path:
    """In a Windows of Wine's, which is made where it is not there."""
    for command, package in (("wine", "wine wine64"), ("x86_64-w64-mingw32-gcc", _MINGW)):
        missing(command, package)
    sys.path.insert(0, str(ROOT / "tests"))
    from windows.wine_python import WinePython

    windows = WinePython(cache)
    if os.environ.get("QLBREAK_WINDOWS"):  # whoever says that has it already
        return frozen(windows)
    with windows.alone(lambda told: print(f"qlbreak: {told}", file=sys.stderr)):
        return frozen(windows)


def frozen(windows: "WinePython") -> Path:
    """The checkout, by PyInstaller."""
    from windows import parts

    windows.make(ROOT)
    windows.install(ROOT)
    tools = windows.drive / "freezing"
    shutil.rmtree(tools, ignore_errors=True)
    wheels = windows.folder / "freezing"
    wheels.mkdir(exist_ok=True)
    wanted = (HERE / "requirements.txt").read_text("utf-8").splitlines()
    found = parts.fetch(wheels, [one for one in wanted if not one.startswith("#")], "--no-deps")
    parts.unpack(found, tools)
    # Beside Python's own and not in it: what is frozen is to find nothing of it.
    windows.env |= {
        "PYTHONPATH": r"C:\freezing",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ["SOURCE_DATE_EPOCH"],
    }
    work = windows.drive / "frozen"
    shutil.rmtree(work, ignore_errors=True)
    folders = ("--distpath", r"C:\frozen\dist", "--workpath", r"C:\frozen\work")
    spec = r"C:\checkout\packaging\qlbreak.spec"
    done = windows.run("-m", "PyInstaller", "--log-level", "WARN", *folders, spec, seconds=_SECONDS)
    if done.code:
        raise SystemExit(f"{done.out}{done.err}")
    return work / "dist/qlbreak"


_MINGW = "gcc-mingw-w64-x86-64"


def portable(program: Path, into: Path) -> Path:
    """In a folder, as people expect of what they unpack; the same bytes of the same files."""
    name = f"qlbreak-{version()}"
    zipped = into / f"{name}-portable.zip"
    zipped.unlink(missing_ok=True)
    with ZipFile(zipped, "w", ZIP_DEFLATED, compresslevel=9) as out:
        for file in files(program):
            # Of no time zone, and no older than a zip can tell.
            entry = ZipInfo(f"{name}/{file.relative_to(program).as_posix()}", (2020, 2, 2, 0, 0, 0))
            entry.external_attr, entry.compress_type = 0o644 << 16, ZIP_DEFLATED
            out.writestr(entry, file.read_bytes())
    return zipped


def setup(program: Path, into: Path) -> Path:
    made = into / f"qlbreak-{version()}-setup.exe"
    made.unlink(missing_ok=True)
    size = sum(file.stat().st_size for file in files(program))
    numbers = (re.findall(r"\d+", version()) + ["0"] * 4)[:4]
    from qlbreak.system import identity

    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        pictures(work)
        (work / "texts.nsh").write_text("".join(languages(HERE / "texts.toml")), "utf-8")
        (work / "files.nsh").write_text("".join(packed(program)), "utf-8")
        told = {
            "VERSION": version(),
            "NUMBERS": ".".join(numbers),
            "FILES": str(work / "files.nsh"),
            "KILOBYTES": str(size // 1024),
            "MEGABYTES": str(round(size / 1e6)),
            "OUT": str(made),
            "ICON": str(_ICON),
            "PICTURE": str(work / "side.bmp"),
            "HEADER": str(work / "head.bmp"),
            "TEXTS": str(work / "texts.nsh"),
            "SIGNED": identity.KEY,
        }
        defined = [f"-D{name}={value}" for name, value in told.items()]
        words = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, "setup.nsi"]
        subprocess.run(words, cwd=HERE, stdout=sys.stderr, check=True)
    return made


def files(program: Path) -> list[Path]:
    found = (file for file in program.rglob("*") if file.is_file())
    return sorted(found, key=lambda file: file.relative_to(program).as_posix())


def packed(program: Path) -> Iterator[str]:
    """All of it in one order; NSIS itself takes what a folder tells first."""
    before = None
    for file in files(program):
        folder = file.parent.relative_to(program).as_posix().replace("/", "\\")
        if folder != before:
            yield f'SetOutPath "$INSTDIR\\{folder}"\n'.replace("\\.", "")
            before = folder
        yield f'File "{file.absolute()}"\n'


def version() -> str:
    told = (ROOT / "qlbreak/__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', told, re.MULTILINE)
    assert found
    return found[1]


def languages(table: Path) -> Iterator[str]:
    """What NSIS takes of it. Raises ValueError for one that is not whole."""
    tables = tomllib.loads(table.read_text("utf-8"))
    first = next(iter(tables.values()))
    for language, texts in tables.items():
        if texts.keys() != first.keys():
            odd = texts.keys() ^ first.keys()
            raise ValueError(f"{table.name}: {language} and the first one differ: {sorted(odd)}")
        yield f'!insertmacro MUI_LANGUAGE "{language}"\n'
        for key, text in texts.items():
            if names(text) != names(first[key]):
                raise ValueError(f"{table.name}: {language}, {key}: other names in braces")
            yield f'LangString {key} ${{LANG_{language.upper()}}} "{quoted(text)}"\n'


def names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def quoted(text: str) -> str:
    for sign, written in (("$", "$$"), ('"', '$\\"'), ("\n", "$\\r$\\n")):
        text = text.strip().replace(sign, written)
    return re.sub(r"\{(\w+)\}", lambda found: _TOLD[found[1]], text)


def pictures(work: Path) -> None:
    """The icon, on what NSIS's pages have beside their words."""
    from PIL import Image

    icon = Image.open(ROOT / "icons/qlbreak.png").convert("RGBA")
    for name, size, ground, width in (
        ("side", _SIDE, _SIDE_GROUND, 176), ("head", _HEAD, _HEAD_GROUND, 84)
    ):  # fmt: skip
        picture = Image.new("RGB", size, ground)
        small = icon.resize((width, width), Image.Resampling.LANCZOS)
        left = (size[0] - width) // 2 if name == "side" else size[0] - width - 15
        top = 80 if name == "side" else (size[1] - width) // 2
        picture.paste(small, (left, top), small)
        picture.save(work / f"{name}.bmp")


if __name__ == "__main__":
    sys.exit(main())
