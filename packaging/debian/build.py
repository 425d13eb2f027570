"""The package for Debian 12 and 13, into a folder: qlbreak_VERSION_ARCHITECTURE.deb.

    python packaging/debian/build.py FOLDER

To be run on the older of the two, whose libraries the younger has, too. The program is frozen with
the system's Python; the same commit gives the same bytes. Where something is not to be had that it
takes, it ends with 69 (EX_UNAVAILABLE) and says what in one line.
"""

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.parser import HeaderParser
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent))

import build  # noqa: E402
import icu  # noqa: E402
import recipes  # noqa: E402
from qlbreak.autostart.entry import ABOUT, in_a_menu  # noqa: E402
from qlbreak.language import everywhere  # noqa: E402

NAME = "qlbreak"
UNAVAILABLE = build.UNAVAILABLE
PYTHON = os.environ.get("DEBIAN_PYTHON", "/usr/bin/python3")
# What this takes of a Debian, by what is looked for.
TOOLS = {
    PYTHON: "python3-venv",
    "dpkg-shlibdeps": "dpkg-dev",
    "strip": "binutils",
}
DESCRIPTION = """\
 It sits in the tray and tracks how long you have been sitting. After half an
 hour it offers one short routine for the side of the lower back, with an
 animated guide and a timer that tells which side to start on.
 .
 Calls, a locked screen and time away are each treated as what they are. The
 record stays on the computer, in plain text files; the program contains no
 network code.
 .
 It brings a Python and the parts of Qt that it needs."""
# Reminders come without these, but with them they are heard, and windows can be read aloud.
RECOMMENDS = ("at-spi2-core", "espeak-ng | speech-dispatcher", "pulseaudio-utils | alsa-utils")
# The same library under its name in Debian 13.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64", "libgtk-3-0": "libgtk-3-0t64"}


APACHE = re.compile(r" *Apache License\n *Version 2.*?limitations under the License\.", re.DOTALL)


class Unavailable(Exception):
    """What is not here, in a line."""


def main() -> int:
    parser = argparse.ArgumentParser(description="The package for Debian.")
    parser.add_argument("--frozen", type=Path, metavar="DIST", help="what was frozen before")
    parser.add_argument("into", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = build.epoch()
    os.umask(0o022)
    try:
        missing()
        with tempfile.TemporaryDirectory(prefix="qlbreak-deb-") as name:
            print(package(Path(name), asked.into.absolute(), asked.frozen))
    except Unavailable as lacking:
        print(f"qlbreak: {lacking}", file=sys.stderr)
        return UNAVAILABLE
    return 0


def stripped(folder: Path) -> None:
    """Of names that only a debugger reads; but for the starter, which has our modules in it."""
    for file in folder.rglob("*"):
        if not file.is_symlink() and elf(file):
            small = file.with_name(f"{file.name}.stripped")
            run("strip", "--strip-unneeded", "-o", small, file)
            if small.stat().st_size < file.stat().st_size:
                small.replace(file)
            small.unlink(missing_ok=True)


def missing() -> None:
    lacking = [package for tool, package in TOOLS.items() if not shutil.which(tool)]
    if lacking or not Path("/etc/debian_version").exists():
        raise Unavailable(f"it takes a Debian with: sudo apt install {' '.join(lacking)}")


def package(work: Path, into: Path, frozen: Path | None) -> Path:
    python = environment(work / "venv")
    program = frozen or freeze(python, work)
    tree = work / "tree"
    usr = tree / "usr"
    shutil.copytree(program, usr / "lib" / NAME, symlinks=True)
    for data in (usr / "lib" / NAME).rglob("libicudata.so.*"):
        if not data.is_symlink():
            data.write_bytes(icu.lean(data.read_bytes()))
    stripped(usr / "lib" / NAME / "_internal")
    (usr / "bin").mkdir(parents=True)
    (usr / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    run(python, HERE / "shared.py", usr, env={"LC_ALL": "C.UTF-8"})
    metainfo(usr / "share/metainfo")
    documents(usr / "share/doc" / NAME, python, program)
    overrides = usr / "share/lintian/overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(HERE / "lintian-overrides", overrides)
    settled(tree)
    control(tree, work)
    into.mkdir(parents=True, exist_ok=True)
    file = into / f"{NAME}_{version()}_{architecture()}.deb"
    # One thread: cut into pieces for several it would be larger, and another on another machine.
    packed = ("dpkg-deb", "-Zxz", "-z9", "--threads-max=1", "--root-owner-group", "--build")
    run(*packed, tree, file)
    return file


def run(*words: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    done = subprocess.run(
        list(map(str, words)), env={**os.environ, **(env or {})}, cwd=cwd,
        stdout=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise SystemExit(f"qlbreak: {Path(words[0]).name} failed: {done.returncode}")
    return done.stdout


# The program


def environment(folder: Path) -> Path:
    """A Python with this checkout, as a wheel installs it, and what freezes it."""
    run(PYTHON, "-m", "venv", folder)
    python = folder / "bin/python"
    pip = (python, "-m", "pip", "install", "-q", "--no-compile")
    try:
        run(*pip, "-r", HERE / "requirements.txt")
    except SystemExit as failed:
        raise Unavailable(f"what is frozen with it cannot be fetched: {failed}") from None
    wheel, built = build.KINDS["wheel"], folder.parent / "wheel"
    if build.build(wheel, built)[0]:
        raise SystemExit("qlbreak: the wheel cannot be built")
    run(*pip, "--no-deps", *built.glob(wheel.files))
    return python


def freeze(python: Path, work: Path) -> Path:
    folders = ("--distpath", work / "dist", "--workpath", work / "work")
    spec = HERE.parent / f"{NAME}.spec"
    # Sets are written in the order of their hashes.
    order = {"PYTHONHASHSEED": "0"}
    # Elsewhere than in the checkout, whose package Python would find before the installed one.
    words = ("-m", "PyInstaller", "--log-level", "WARN", *folders)
    run(python, *words, spec, env=order, cwd=work)
    return work / "dist" / NAME


# What is beside it


def metainfo(folder: Path) -> None:
    about = recipes.about()
    told = (HERE / f"{NAME}.metainfo.xml").read_text("utf-8")
    folder.mkdir(parents=True)
    (folder / f"{NAME}.metainfo.xml").write_text(
        told.format(
            id=about.identity,
            licence=about.licence,
            home=about.home,
            summary="\n  ".join(summaries()),
            version=version(),
            date=f"{moment():%Y-%m-%d}",
        ),
        "utf-8",
    )


def summaries() -> Iterator[str]:
    """In all languages, as the entry of the menu has it."""
    yield f"<summary>{escape(in_a_menu(ABOUT))}</summary>"
    for name, told in everywhere(ABOUT).items():
        yield f'<summary xml:lang="{name}">{escape(in_a_menu(told))}</summary>'


def documents(folder: Path, python: Path, program: Path) -> None:
    folder.mkdir(parents=True)
    packed(folder / "changelog.gz", changelog())
    packed(folder / "NEWS.gz", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    (folder / "copyright").write_text(copyright_(python, program), "utf-8")


def packed(file: Path, text: str) -> None:
    file.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def changelog() -> str:
    return (
        f"{NAME} ({version()}) unstable; urgency=medium\n\n"
        f"  * What is new: /usr/share/doc/{NAME}/NEWS.gz\n\n"
        f" -- {maintainer()}  {moment():%a, %d %b %Y %H:%M:%S +0000}\n"
    )


def maintainer() -> str:
    host = recipes.about().home.split("/")[2]
    return f"The qlbreak developers <{NAME}@{host}>"


def copyright_(python: Path, program: Path) -> str:
    """Ours, and of each library that is in it its own words."""
    parts = [(HERE / "copyright").read_text("utf-8").rstrip()]
    packages = next(python.parents[1].glob("lib/python3*/site-packages"))
    for paper in sorted((program / "_internal").glob("*.dist-info")):
        told = HeaderParser().parsestr((paper / "METADATA").read_text("utf-8"))
        if told["Name"] == NAME:
            continue
        licence = told["License-Expression"] or told["License"] or ""
        head = f"{told['Name']} {told['Version']}: {licence.partition(chr(10))[0]}"
        texts = [shortened(file.read_text("utf-8")) for file in licences(packages / paper.name)]
        parts.append("\n\n".join([head, *texts]))
    name = run(python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])").strip()
    own = Path("/usr/share/doc", name, "copyright").read_text("utf-8").strip()
    parts.append(f"Python, its interpreter and library\n\n{own}")
    return f"\n\n{'-' * 78}\n\n".join(parts) + "\n"


def shortened(licence: str) -> str:
    """Without the text of a licence that every Debian has."""
    return APACHE.sub("(The Apache License 2.0: /usr/share/common-licenses/Apache-2.0)", licence)


def licences(paper: Path) -> Iterable[Path]:
    found = [*paper.glob("licenses/**/*"), *paper.glob("LICENSE*"), *paper.glob("COPYING*")]
    # That of the whole GPL or LGPL stands in every Debian, and the head says where.
    return sorted(file for file in found if (file.is_file() and file.stat().st_size < 10_000)
                  or file.parent.parent.name.startswith("pillow"))  # fmt: skip


# The package itself


def control(tree: Path, work: Path) -> None:
    folder = tree / "DEBIAN"
    folder.mkdir()
    size = sum(file.lstat().st_size for file in tree.rglob("*") if file.is_file())
    needed, suggested = libraries(tree, work)
    lines = {
        "Package": NAME,
        "Version": version(),
        "Architecture": architecture(),
        "Maintainer": maintainer(),
        "Installed-Size": str(-(-size // 1024)),
        "Depends": ", ".join(needed),
        "Recommends": ", ".join(RECOMMENDS),
        "Suggests": ", ".join(suggested),
        "Section": "utils",
        "Priority": "optional",
        "Homepage": recipes.about().home,
        "Description": f"break reminder for a sore lower back\n{DESCRIPTION}",
    }
    if lines["Homepage"] == recipes.HOME:
        del lines["Homepage"]
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    (folder / "control").write_text(text, "utf-8")
    sums = run("md5sum", *sorted(regular(tree)), cwd=tree)
    (folder / "md5sums").write_text(sums, "utf-8")


def regular(tree: Path) -> Iterator[str]:
    for file in tree.rglob("*"):
        if file.is_file() and not file.is_symlink() and "DEBIAN" not in file.parts:
            yield str(file.relative_to(tree))


def libraries(tree: Path, work: Path) -> tuple[list[str], list[str]]:
    """The packages of those that our own load, as Debian's own tool finds them; and those that one
    of Qt's plugins is glad of, which is left aside without."""
    private = tree / "usr/lib" / NAME
    elves = [file for file in sorted(private.rglob("*")) if not file.is_symlink() and elf(file)]
    glad = [file for file in elves if "platformthemes" in file.parts]
    (work / "debian").mkdir()
    (work / "debian/control").write_text(f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n")
    folders = sorted({f"-l{file.parent}" for file in elves})
    told = run(
        "dpkg-shlibdeps", "-O", "--warnings=0", "--ignore-missing-info", *folders,
        "-dSuggests", *glad, "-dDepends", *(file for file in elves if file not in glad),
        cwd=work,
    )  # fmt: skip
    found = dict(re.findall(r"^shlibs:(Depends|Suggests)=(.*)$", told, re.MULTILINE))
    needed, glad_of = (found.get(kind, "").split(", ") for kind in ("Depends", "Suggests"))
    return list(map(younger, needed)), [younger(one) for one in glad_of if "gtk" in one]


def younger(needed: str) -> str:
    name = needed.split(" ")[0]
    return f"{needed} | {RENAMED[name]}" if name in RENAMED else needed


def elf(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def settled(tree: Path) -> None:
    """Rights as Debian has them, whatever those of the checkout are."""
    for file in [tree, *tree.rglob("*")]:
        if not file.is_symlink():
            program = file.is_dir() or (file.name == NAME and elf(file))
            file.chmod(0o755 if program else 0o644)


def version() -> str:
    return recipes.about().version


def architecture() -> str:
    return run("dpkg", "--print-architecture").strip()


def moment() -> datetime:
    return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)


if __name__ == "__main__":
    sys.exit(main())
