"""`make run` on a machine that lacks something: what it says, whom it asks, what it does then.

The machine's Python, apt-get and sudo are small scripts, the terminal is a real one.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="no terminals here")

SCRIPT = Path(__file__).parent / "prepare"
# A Python of Debian whose windows lack two libraries until apt-get has put them there; so has what
# it makes.
PYTHON = """#!/bin/sh
case "$*" in
*sys.prefix*) echo /usr ;;
*qt.packages*) test -e "$MACHINE/libxcb-image0" || echo libxcb-cursor0 libxcb-image0 ;;
*"ensurepip, venv"*) test -e "$MACHINE/python3-venv" ;;
"-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
esac
"""
APT_GET = """#!/bin/sh
for word; do package=$word; done
echo "apt-get $*" >>"$MACHINE/log"
case "$*" in *install*) touch "$MACHINE/$package" ;; esac
"""
SUDO = """#!/bin/sh
echo "sudo $*" >>"$MACHINE/log"
"$@"
"""
ID = """#!/bin/sh
echo "${USER_ID}"
"""


class Machine:
    def __init__(self, folder: Path, user: int) -> None:
        self.folder = folder
        tools = folder / "bin"
        tools.mkdir()
        for name, text in {"python": PYTHON, "apt-get": APT_GET, "sudo": SUDO, "id": ID}.items():
            (tools / name).write_text(text)
            (tools / name).chmod(0o755)
        self.env = {
            **os.environ, "PATH": f"{tools}:{os.environ['PATH']}",
            "MACHINE": str(folder), "USER_ID": str(user),
        }  # fmt: skip

    def has(self, *packages: str) -> None:
        for package in packages:
            (self.folder / package).touch()

    def prepare(self, answer: str | None) -> tuple[int, str]:
        """Its exit code and what it said; *answer* is typed, where there is a terminal at all."""
        ours, theirs = pty.openpty()
        end = subprocess.DEVNULL if answer is None else theirs
        done = subprocess.Popen(
            ["sh", "-c", f"sh {SCRIPT} venv python && sh {SCRIPT} windows"],
            cwd=self.folder, env=self.env,
            stdin=end, stdout=end, stderr=subprocess.PIPE if answer is None else theirs, text=True,
        )  # fmt: skip
        os.close(theirs)
        if answer is not None:
            os.write(ours, f"{answer}\n".encode())
        said = done.stderr.read() if done.stderr else "".join(iter(lambda: _read(ours), ""))
        os.close(ours)
        with done:
            return done.wait(10), said

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""


def _read(terminal: int) -> str:
    try:
        return os.read(terminal, 4096).decode()
    except OSError:  # the other end is closed
        return ""


Make = Callable[[int], Machine]
ROOT, SOMEBODY = 0, 1000


@pytest.fixture
def machine(tmp_path: Path) -> Make:
    return lambda user: Machine(tmp_path, user)


def test_somebody_who_agrees_gets_the_windows(machine: Make) -> None:
    stock = machine(SOMEBODY)
    stock.has("python3-venv")
    code, said = stock.prepare("y")
    assert code == 0
    assert "its windows: missing: libxcb-cursor0 libxcb-image0. Install with sudo? [Y/n]" in said
    assert (
        "sudo apt-get install -y -q --no-install-recommends libxcb-cursor0 libxcb-image0"
        in stock.log
    )
    assert "there are no windows" not in said


@pytest.mark.parametrize("answer", ["n", None], ids=["no", "nobody to ask"])
def test_who_does_not_is_told_how_and_can_go_on(machine: Make, answer: str | None) -> None:
    stock = machine(SOMEBODY)
    stock.has("python3-venv")
    code, said = stock.prepare(answer)
    assert code == 0
    assert "To have windows: sudo apt install libxcb-cursor0 libxcb-image0" in said
    assert "sudo" not in stock.log
    assert (stock.folder / ".venv/bin/python").exists()


def test_root_is_not_asked(machine: Make) -> None:
    stock = machine(ROOT)
    code, said = stock.prepare(None)
    assert code == 0
    assert "installing python3-venv, for its environment" in said
    assert "installing libxcb-cursor0 libxcb-image0, for its windows" in said
    assert "sudo" not in stock.log


def test_it_says_what_takes_so_long(machine: Make) -> None:
    stock = machine(SOMEBODY)
    stock.has("python3-venv", "libxcb-image0")
    code, said = stock.prepare(None)
    assert code == 0
    assert said == "qlbreak: making the virtual environment .venv (about a minute in all, once)\n"
    assert stock.log == ""


def test_without_an_environment_it_ends_with_the_package(machine: Make) -> None:
    code, said = machine(SOMEBODY).prepare("n")
    assert code == 1
    assert "sudo apt install python3-venv" in said


# The packages of the tests

# Stand in for Debian's programs: nothing is installed yet, and this archive has no sway.
DPKG = '#!/bin/sh\ngrep -qx "$4" "$INSTALLED" && echo install ok installed\n'
APT = """#!/bin/sh
[ "$1" = update ] && exit
for name; do case $name in -*|install) ;; $LACKING) exit 100 ;; esac; done
for name; do case $name in -*|install) ;; *) echo "$name" >> "$INSTALLED" ;; esac; done
"""


def prepared(folder: Path, lacking: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    for name, text in (("dpkg-query", DPKG), ("apt-get", APT), ("id", "#!/bin/sh\necho 0\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    installed = folder / "installed"
    installed.touch()
    env = {
        **os.environ,
        "PATH": f"{folder}:{os.environ['PATH']}",
        "INSTALLED": str(installed),
        "LACKING": lacking,
    }
    told = subprocess.run(
        ["sh", str(SCRIPT), "desktop"], env=env, capture_output=True, text=True, check=False
    )
    return told, installed.read_text().split()


def test_all_that_the_archive_has_is_installed_at_once(tmp_path: Path) -> None:
    told, names = prepared(tmp_path, "")
    assert (told.returncode, told.stderr) == (0, "")
    assert {"xvfb", "dbus", "sway", "dunst", "chromium"} <= set(names)


@pytest.mark.parametrize("lacking", ["sway", "chromium"])
def test_what_the_archive_lacks_is_said_and_the_rest_installed(
    tmp_path: Path, lacking: str
) -> None:
    told, names = prepared(tmp_path, lacking)
    assert told.returncode == 0
    assert lacking in told.stderr
    assert {"xvfb", "dbus", "dunst", "dconf-service"} <= set(names)
    assert lacking not in names


def test_an_archive_that_gives_nothing_is_a_failure(tmp_path: Path) -> None:
    told, names = prepared(tmp_path, "*")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith("qlbreak: cannot install desktop-file-utils")
    assert names == []
