"""Makes a release as far as that goes without a network, and says what is left for a person.

python packaging/release.py              what hinders it, or all packages, recipes and SHA256SUMS
python packaging/release.py --rehearse   the same in spite of what hinders it, which it says
"""

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import build
import recipes

ROOT = Path(__file__).parents[1]


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def hinders(root: Path = ROOT) -> Iterator[str]:
    """What is to be mended first, each as one line that says what to do."""
    version = recipes.about(root).version
    if changed := git(root, "status", "--porcelain"):
        some = ", ".join(line.split()[-1] for line in changed.splitlines()[:3])
        yield f"the tree is not clean ({some}): commit it, or put it aside"
    heading = re.search(r"^## (.+)$", (root / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    told = heading[1] if heading else "nothing"
    if not re.fullmatch(rf"{re.escape(version)}, \d{{4}}-\d\d-\d\d", told):
        yield (
            f"CHANGELOG.md begins with {told!r}, and the version is {version}: "
            f"its first heading is to be '## {version}, ' and the day"
        )
    tag = f"v{version}"
    if tag in git(root, "tag").splitlines() and git(root, "rev-list", "-1", tag) != git(
        root, "rev-parse", "HEAD"
    ):
        yield f"{tag} is another commit: write the next version into qlbreak/__init__.py"


def outdated() -> Iterator[str]:
    for place, text in recipes.made(recipes.about()).items():
        if (recipes.HERE / place).read_text("utf-8") != text:
            yield f"packaging/{place} is not as pyproject.toml says: python packaging/recipes.py"


def left(root: Path = ROOT) -> Iterator[str]:
    """What only a person can do, in this order."""
    about = recipes.about(root)
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    if about.licence == recipes.LICENCE:
        yield "choose a licence: a LICENSE file, and [project] license in pyproject.toml"
    if about.home == recipes.HOME:
        yield "say where it is published: [project.urls] Homepage in pyproject.toml"
    if "Private :: Do Not Upload" in project["classifiers"]:
        yield "take 'Private :: Do Not Upload' out of pyproject.toml, for which an index refuses it"
    if re.search(r"\]\((?!https:)", (root / "README.md").read_text("utf-8")):
        yield "make addresses of the README's links and pictures, or an index shows them broken"
    yield f"git tag v{about.version}, and push it"
    yield "try what docs/packages.md says was never run, as far as you have the machines"
    yield "upload wheel and sdist with twine, the other files and SHA256SUMS beside the tag"
    yield "hand in the recipes of dist/recipes, in which address and hashes are right by then"


def sums(folder: Path) -> str:
    """As `sha256sum -c` reads it."""
    files = sorted(
        file for file in folder.iterdir() if file.is_file() and file.name != "SHA256SUMS"
    )
    return "".join(f"{recipes.sha256(file)}  {file.name}\n" for file in files)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make a release, as far as that goes offline.")
    parser.add_argument("--rehearse", action="store_true", help="in spite of what hinders it")
    asked = parser.parse_args()
    troubles = [*hinders(), *outdated()]
    for trouble in troubles:
        print(f"qlbreak: {trouble}", file=sys.stderr)
    if troubles and not asked.rehearse:
        return 1
    dist = ROOT / "dist"
    if code := build.all_of(build.KINDS.values(), dist, whole=False):
        return code
    files = map(str, [*dist.glob("*.whl"), *dist.glob("*.tar.gz")])
    check = [sys.executable, "-m", "twine", "check", "--strict", *files]
    if subprocess.run(check, stdout=sys.stderr, check=False).returncode:
        return 1
    recipes.copies(dist, dist / "recipes")
    (dist / "SHA256SUMS").write_text(sums(dist), "utf-8")
    print("dist/SHA256SUMS\n\nLeft to do:")
    for number, text in enumerate(left(), 1):
        print(f"{number}. {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
