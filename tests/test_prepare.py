"""What `make test` installs: what an archive lacks takes nothing else with it."""

import os
import subprocess
from pathlib import Path

import pytest

PREPARE = Path(__file__).parent / "prepare"
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
        ["sh", str(PREPARE), "packages"], env=env, capture_output=True, text=True, check=False
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
