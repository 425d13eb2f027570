"""A Debian as it comes, in a folder: made once by debootstrap, each time used as if it were new.

Packages come from where this machine's own come from, Python's from where its pip takes them; both
are asked when it is needed, and nothing of it is written down. What is done to it lies in a layer
above it and goes with it, and so does whatever was mounted: the caller is alone with its mounts.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SUITE = "bookworm"
USER, NUMBER = "anna", 1000
# A small desktop as its package brings it, and what a login needs beside it. No Tk, no pip, no
# make, nothing for Qt: that is for the README to say.
DESKTOP = (
    "xfce4", "xfce4-notifyd", "xfce4-terminal", "xfce4-session", "dbus", "dbus-x11",
    "at-spi2-core", "libatk-adaptor", "xvfb", "xauth", "x11-utils", "x11-xserver-utils",
    "fonts-dejavu-core", "adwaita-icon-theme", "hicolor-icon-theme", "desktop-base", "bsdutils",
    "ca-certificates", "procps", "librsvg2-common",
)  # fmt: skip
# What the README's first lines take for granted.
TOLD = ("python3", "git")
NEVER = ("python3-tk", "libxcb-cursor0", "python3-venv", "python3-pip", "make")
_SERVICES_STAY_DOWN = "#!/bin/sh\nexit 101\n"
_SETTINGS = "DPkg::Lock::Timeout", "Acquire::Check", "Acquire::http", "Acquire::https"


class StockRoot:
    """`cache` keeps what debootstrap made; `folder` has the layer above, and the whole.

    `more`: what is in it beside the desktop; one without has another place in the cache.
    """

    def __init__(
        self, cache: Path, folder: Path, *, suite: str = SUITE, more: Sequence[str] = TOLD
    ) -> None:
        self._suite, self._more = suite, more
        self._made = cache / "-".join([suite, "xfce", *([] if more else ["alone"])])
        self._layer = folder / "layer"
        self.path = folder / "root"
        self.home = self.path / "home" / USER

    def make(self) -> None:
        """Some minutes, the first time."""
        if self._made.exists():
            return
        making = self._made.with_suffix(".making")
        archive, sources = _sources(self._suite)
        if not (making / "etc/apt").exists():
            shutil.rmtree(making, ignore_errors=True)
            _do(["debootstrap", "--variant=minbase", self._suite, making, archive])
        (making / "etc/apt/sources.list").write_text(sources)
        (making / "etc/apt/apt.conf.d/00stock").write_text(_apt_settings())
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{name}", making / "etc" / name)
        down = making / "usr/sbin/policy-rc.d"
        down.write_text(_SERVICES_STAY_DOWN)
        down.chmod(0o755)
        _in(making, ["apt-get", "update", "-q"])
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
        _in(making, [*install, *DESKTOP, *self._more])
        _in(making, ["apt-get", "clean"])
        _in(making, ["adduser", "--disabled-password", "--gecos", "", "--uid", str(NUMBER), USER])
        installed = _in(making, ["dpkg-query", "-W", "-f", "${Package}\n"], quiet=True).split()
        assert not set(NEVER) & set(installed), set(NEVER) & set(installed)
        making.rename(self._made)

    def mount(self) -> None:
        """A fresh one, with the places where this machine's pip finds what it installs."""
        for name in ("upper", "work"):
            (self._layer / name).mkdir(parents=True)
        self.path.mkdir()
        layers = f"lowerdir={self._made},upperdir={self._layer}/upper,workdir={self._layer}/work"
        _do(["mount", "-t", "overlay", "overlay", "-o", layers, self.path])
        _do(
            [
                "mount",
                "-t",
                "devpts",
                "-o",
                "newinstance,ptmxmode=0666",
                "devpts",
                self.path / "dev/pts",
            ]
        )
        _do(["mount", "-t", "tmpfs", "tmpfs", self.path / "dev/shm"])
        ptmx = self.path / "dev/ptmx"
        ptmx.unlink()
        ptmx.symlink_to("pts/ptmx")
        for name in (".X11-unix", ".ICE-unix"):  # else made at each start of the machine
            sockets = self.path / "tmp" / name
            sockets.mkdir()
            sockets.chmod(0o1777)
        for place in _pip_places():
            inside = self.path / place.relative_to("/")
            if place.is_dir():
                inside.mkdir(parents=True, exist_ok=True)
            else:
                inside.parent.mkdir(parents=True, exist_ok=True)
                inside.touch()
            _do(["mount", "--bind", "-o", "ro", place, inside])

    def unmount(self) -> None:
        """All of it; nothing where nothing was mounted."""
        if self.path.is_mount():
            _do(["umount", "--recursive", "--lazy", self.path])

    def own(self, path: Path) -> None:
        """Gives it to the user."""
        _do(["chown", "-R", f"{NUMBER}:{NUMBER}", path])

    def as_admin(self, *words: str, seconds: float = 900) -> str:
        """What somebody with the right to do so does."""
        return _in(self.path, words, seconds=seconds)

    def command(self, *words: str | Path, env: Mapping[str, str]) -> list[str | Path]:
        """The words that run something as the user."""
        settings = [f"{name}={value}" for name, value in env.items()]
        return [
            "chroot", f"--userspec={NUMBER}:{NUMBER}", self.path,
            "/usr/bin/env", "-i", "-C", f"/home/{USER}", *settings, *words,
        ]  # fmt: skip


def user_environment() -> dict[str, str]:
    """What a login sets, and this machine's word to pip."""
    return {
        "HOME": f"/home/{USER}",
        "USER": USER,
        "LOGNAME": USER,
        "SHELL": "/bin/bash",
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games",
        "LANG": "C.UTF-8",
        "XDG_RUNTIME_DIR": f"/run/user/{NUMBER}",
        "XDG_SESSION_TYPE": "x11",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "DESKTOP_SESSION": "xfce",
        **_pip_settings(),
    }


def _pip_settings() -> dict[str, str]:
    """As variables, whether it has them from there or from its files; but for indexes on this
    machine's disk, since pip complains in the stranger's terminal of all that those lack."""
    talking = {name: value for name, value in os.environ.items() if name != "PIP_QUIET"}
    said = subprocess.run(
        ["python3", "-m", "pip", "config", "list"],
        capture_output=True, text=True, check=False, env=talking,
    ).stdout  # fmt: skip
    found = re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", said, re.MULTILINE)
    return {
        f"PIP_{name.upper().replace('-', '_')}": value
        for name, value in found
        if "file://" not in value
    }


def _pip_places() -> list[Path]:
    """The folders and files of this machine that it names."""
    words = " ".join(_pip_settings().values()).split()
    places = {Path(word) for word in words if word.startswith("/")}
    return sorted(place for place in places if place.exists())


def _sources(suite: str) -> tuple[str, str]:
    """The archive, and all lines of the sources for this suite, from apt's own settings; of a suite
    that apt here does not know, its first line."""
    parts = "$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)"
    said = subprocess.run(
        ["apt-get", "indextargets", "--format", parts], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split("|") for line in said.splitlines()]
    lines = {
        (address, release)
        for by, address, release, part, origin in rows
        if by == "Packages" and part == "main" and origin == "Debian"
    }
    archives = [address for address, release in sorted(lines) if release in (suite, SUITE)]
    assert archives, f"apt here knows no archive of Debian's {SUITE}; packages come from there"
    known = {(one, release) for one, release in lines if release.startswith(suite)}
    known = known or {(archives[0], suite)}
    return archives[0], "".join(f"deb {one} {release} main\n" for one, release in sorted(known))


def _apt_settings() -> str:
    """How to reach them: what apt here is told of that."""
    said = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True).stdout
    return "".join(f"{line}\n" for line in said.splitlines() if line.startswith(_SETTINGS))


def _in(
    root: Path, words: Sequence[str | Path], *, quiet: bool = False, seconds: float = 1800
) -> str:
    apart = ["unshare", "--pid", "--fork", "--kill-child", "--mount", f"--mount-proc={root}/proc"]
    env = {
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath + ":/usr/sbin:/sbin",
    }
    return _do([*apart, "chroot", root, *words], env=env, quiet=quiet, seconds=seconds)


def _do(
    words: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    quiet: bool = False,
    seconds: float = 1800,
) -> str:
    done = subprocess.run(
        words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, timeout=seconds, check=False,
    )  # fmt: skip
    if not quiet:
        print(done.stdout, end="", flush=True)  # noqa: T201
    assert done.returncode == 0, (
        f"{' '.join(map(str, words))}: {done.returncode}\n{done.stdout[-2000:]}"
    )
    return done.stdout
