"""Recipes for other people's package managers: those of their lines that pyproject.toml tells.

    python packaging/recipes.py                      writes these lines into the recipes here
    python packaging/recipes.py --into dist/recipes  copies with the hashes of what is in dist/;
                                                     says what is open

A recipe is written by hand otherwise. What only a publication gives (an address, an owner, a
licence) is taken from pyproject.toml once that has it; until then it stands there under `.invalid`,
a domain that by agreement leads nowhere, and a hash is of noughts. The Nix flake reads
pyproject.toml itself.
"""

import argparse
import hashlib
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement

from qlbreak.autostart import launcher, xdg

HERE = Path(__file__).parent
ROOT = HERE.parent
HOME = "https://not-published.invalid/qlbreak"
LICENCE = "LicenseRef-not-chosen-yet"
NOUGHTS = "0" * 64


@dataclass(frozen=True)
class About:
    """What the project says of itself. `hashes` by the name of a file."""

    name: str
    version: str
    summary: str
    python: str
    keywords: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    build_requirements: tuple[Requirement, ...]
    home: str = HOME
    licence: str = LICENCE
    hashes: dict[str, str] = field(default_factory=dict)

    @property
    def sdist(self) -> str:
        return f"{self.name}-{self.version}.tar.gz"

    @property
    def wheel(self) -> str:
        return f"{self.name}-{self.version}-py3-none-any.whl"

    @property
    def setup(self) -> str:
        return f"{self.name}-{self.version}-setup.exe"

    @property
    def owner(self) -> str:
        """Who publishes it, by the address: of https://HOST/OWNER/qlbreak, or the host."""
        if self.home == HOME:
            return "NotPublished"
        _, _, host, *path = self.home.split("/")
        return path[0] if len(path) > 1 else host

    @property
    def identity(self) -> str:
        """As desktops and stores name it: it begins with the address, turned round."""
        owner = re.sub(r"[^a-z0-9.]", "_", f"io.github.{self.owner}".lower())
        return f"{'invalid.not_published' if self.home == HOME else owner}.{self.name}"

    def address(self, file: str) -> str:
        return f"{self.home}/releases/download/v{self.version}/{file}"

    def hash(self, file: str) -> str:
        return self.hashes.get(file, NOUGHTS)

    def on(self, system: str) -> list[Requirement]:
        """What it needs on Linux, macOS ("darwin") or Windows ("win32")."""
        here = {"sys_platform": system, "extra": ""}
        return [one for one in self.requirements if one.marker is None or one.marker.evaluate(here)]

    def open(self) -> list[str]:
        """What only a publication gives, and is not known yet."""
        lacking = {
            "the address: [project.urls] Homepage in pyproject.toml": self.home == HOME,
            "the licence: [project] license in pyproject.toml": self.licence == LICENCE,
        }
        unbuilt = [file for file in (self.sdist, self.wheel, self.setup) if file not in self.hashes]
        return [
            *(text for text, lacks in lacking.items() if lacks),
            *(f"the hash of {file}" for file in unbuilt),
        ]


def about(root: Path = ROOT, built: Path | None = None) -> About:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    said = project["project"]
    version = re.search(r'__version__ = "(.+)"', (root / "qlbreak/__init__.py").read_text("utf-8"))
    assert version, "qlbreak/__init__.py tells the version"
    return About(
        name=said["name"],
        version=version[1],
        summary=said["description"],
        python=said["requires-python"],
        keywords=tuple(said["keywords"]),
        requirements=tuple(map(Requirement, said["dependencies"])),
        build_requirements=tuple(map(Requirement, project["build-system"]["requires"])),
        home=said.get("urls", {}).get("Homepage", HOME).rstrip("/"),
        licence=said.get("license", LICENCE),
        hashes={file.name: sha256(file) for file in built.iterdir() if file.is_file()}
        if built
        else {},
    )


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


Lines = dict[str, str]  # what stands there now, as a pattern, and what belongs there


def flatpak(about: About) -> Lines:
    # Qt and its binding are of the base.
    names = [
        str(one).split(";")[0] for one in about.on("linux") if one.name != "pyside6-essentials"
    ]
    wanted = " ".join(shlex.quote(name) for name in names)
    return {
        r"^id: .*$": f"id: {about.identity}",
        r"^command: .*$": f"command: {about.name}",
        r"^      - pip3 install --no-index --find-links=.*$": (
            f"      - pip3 install --no-index --find-links=. --prefix=${{FLATPAK_DEST}} {wanted}"
        ),
        r"^        path: .*\.whl$": f"        path: {about.wheel}",
    }


# Where Arch has another name for it than python-NAME.
ARCH = {"pyside6-essentials": "pyside6", "python-xlib": "python-xlib"}


def arch(needed: Iterable[Requirement]) -> list[str]:
    return [f"{ARCH.get(one.name, f'python-{one.name}')}{least(one)}" for one in needed]


def least(needed: Requirement) -> str:
    """Its lower bound: what excludes single versions and majors is for pip to know."""
    return next((str(part) for part in needed.specifier if part.operator == ">="), "")


def needed_on_arch(about: About) -> tuple[list[str], list[str]]:
    """To run it, and to build it."""
    builders = ["python-build", "python-installer"]
    return (
        [f"python{about.python}", *arch(about.on("linux"))],
        [*builders, *arch(about.build_requirements)],
    )


def aur(about: About) -> Lines:
    depends, makedepends = needed_on_arch(about)
    return {
        r"^pkgname=.*$": f"pkgname={about.name}",
        r"^pkgver=.*$": f"pkgver={about.version}",
        r"^pkgdesc=.*$": f"pkgdesc={shlex.quote(about.summary)}",
        r"^url=.*$": f"url='{about.home}'",
        r"^license=.*$": f"license=('{about.licence}')",
        r"^depends=\([^)]*\)$": listed("depends", depends),
        r"^makedepends=\([^)]*\)$": listed("makedepends", makedepends),
        r"^source=.*$": f"source=('{about.address(about.sdist)}')",
        r"^sha256sums=.*$": f"sha256sums=('{about.hash(about.sdist)}')",
    }


def listed(name: str, items: Iterable[str]) -> str:
    return "\n".join([f"{name}=(", *(f"  '{item}'" for item in items), ")"])


def srcinfo(about: About) -> str:
    """What `makepkg --printsrcinfo` tells of the PKGBUILD; a test holds it against that."""
    recipe = (HERE / "aur/PKGBUILD").read_text("utf-8")
    depends, makedepends = needed_on_arch(about)
    facts = {
        "pkgdesc": [about.summary],
        "pkgver": [about.version],
        "pkgrel": ["1"],
        "url": [about.home],
        "arch": ["any"],
        "license": [about.licence],
        "makedepends": makedepends,
        "depends": depends,
        "optdepends": re.findall(r"^  '(.+: .+)'$", recipe, re.MULTILINE),
        "source": [about.address(about.sdist)],
        "sha256sums": [about.hash(about.sdist)],
    }
    lines = [f"\t{name} = {text}" for name, texts in facts.items() for text in texts]
    return "\n".join([f"pkgbase = {about.name}", *lines, "", f"pkgname = {about.name}", ""])


def homebrew(about: About) -> Lines:
    licence = ":cannot_represent" if about.licence == LICENCE else f'"{about.licence}"'
    return {
        r"^  desc .*$": f'  desc "{shortened(about.summary, 80)}"',
        r"^  homepage .*$": f'  homepage "{about.home}"',
        r"^  url .*$": f'  url "{about.address(about.sdist)}"',
        r"^  sha256 .*$": f'  sha256 "{about.hash(about.sdist)}"',
        r"^  license .*$": f"  license {licence}",
    }


def shortened(summary: str, most: int) -> str:
    """Its first sentence, without an article and a full stop, which Homebrew asks for."""
    text = re.sub(r"^An? ", "", re.split(r"[:.]", summary)[0])
    text = text[0].upper() + text[1:]
    assert len(text) <= most, f"the summary begins with more than {most} characters"
    return text


def winget(about: About) -> Lines:
    return {
        r"^PackageIdentifier: .*$": f"PackageIdentifier: {about.owner}.{about.name}",
        r"^PackageVersion: .*$": f'PackageVersion: "{about.version}"',
    }


def winget_installer(about: About) -> Lines:
    return winget(about) | {
        r"^    InstallerUrl: .*$": f"    InstallerUrl: {about.address(about.setup)}",
        r"^    InstallerSha256: .*$": f'    InstallerSha256: "{about.hash(about.setup).upper()}"',
    }


def winget_locale(about: About) -> Lines:
    return winget(about) | {
        r"^Publisher: .*$": f"Publisher: {about.owner}",
        r"^PackageName: .*$": f"PackageName: {about.name}",
        r"^PackageUrl: .*$": f"PackageUrl: {about.home}",
        r"^License: .*$": f"License: {about.licence}",
        r"^ShortDescription: .*$": f'ShortDescription: "{about.summary}"',
        r"^Tags:.*(\n  - .*)*$": "\n".join(["Tags:", *(f"  - {word}" for word in about.keywords)]),
    }


RECIPES: dict[str, Callable[[About], Lines]] = {
    "flatpak/qlbreak.yaml": flatpak,
    "aur/PKGBUILD": aur,
    "homebrew/qlbreak.rb": homebrew,
    "winget/qlbreak.yaml": winget,
    "winget/qlbreak.installer.yaml": winget_installer,
    "winget/qlbreak.locale.en-US.yaml": winget_locale,
}


def made(about: About, here: Path = HERE) -> dict[str, str]:
    """Each recipe as it should be, by its place here. Raises ValueError where a line is missing."""
    texts = {"aur/.SRCINFO": srcinfo(about)}
    for place, lines in RECIPES.items():
        text = (here / place).read_text("utf-8")
        for pattern, right in lines(about).items():
            found = [*re.finditer(pattern, text, re.MULTILINE)]
            if len(found) != 1:
                raise ValueError(f"packaging/{place} has {len(found)} lines for {pattern}, not one")
            text = text[: found[0].start()] + right + text[found[0].end() :]
        texts[place] = text
    return texts


def copies(built: Path, into: Path) -> None:
    """For a publication of the files in *built*; says what is still open."""
    told = about(built=built)
    for place, text in made(told).items():
        file = into / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    beside = into / "flatpak"
    shutil.copy(ROOT / "icons/qlbreak.png", beside)
    entry = xdg.menu_text((told.name, *launcher.OPEN))
    (beside / "qlbreak.desktop").write_text(entry, "utf-8")
    if (wheel := built / told.wheel).exists():
        shutil.copy(wheel, beside)
    for lack in told.open():
        print(f"qlbreak: open in the recipes: {lack}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description="Bring the recipes up to date with pyproject.")
    parser.add_argument("--into", type=Path, metavar="FOLDER", help="copies, for a publication")
    parser.add_argument("--built", type=Path, default=ROOT / "dist", metavar="FOLDER")
    asked = parser.parse_args()
    if asked.into:
        copies(asked.built, asked.into)
    else:
        for place, text in made(about()).items():
            (HERE / place).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
