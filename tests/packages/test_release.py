"""`make release` begins only from a tree that is fit for it, and says what is left."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import release

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "qlbreak"
description = "A reminder."
requires-python = ">=3.11"
keywords = ["break"]
classifiers = ["Private :: Do Not Upload"]
dependencies = []
"""
LICENSED = PYPROJECT.replace('["Private :: Do Not Upload"]', '[]\nlicense = "MIT"') + (
    '[project.urls]\nHomepage = "https://example.org/somebody/qlbreak"\n'
)
Tree = Callable[..., Path]


def git(tree: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *words], cwd=tree, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    def make(
        changelog: str = "## 1.2.0, 2026-12-01", pyproject: str = PYPROJECT, readme: str = "Hello"
    ) -> Path:
        (tmp_path / "qlbreak").mkdir()
        (tmp_path / "qlbreak/__init__.py").write_text('__version__ = "1.2.0"\n')
        (tmp_path / "pyproject.toml").write_text(pyproject)
        (tmp_path / "README.md").write_text(readme)
        (tmp_path / "CHANGELOG.md").write_text(
            f"# Changelog\n\n{changelog}\n\n## 1.1.0, 2026-01-01\n"
        )
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "All")
        return tmp_path

    return make


def test_nothing_hinders_a_tree_that_is_fit(tree: Tree) -> None:
    assert list(release.hinders(tree())) == []


def test_what_is_not_committed_is_no_release(tree: Tree) -> None:
    folder = tree()
    (folder / "notes.txt").touch()
    (trouble,) = release.hinders(folder)
    assert trouble == "the tree is not clean (notes.txt): commit it, or put it aside"


@pytest.mark.parametrize("heading", ["## Unreleased", "## 1.1.9, 2026-12-01", "## 1.2.0"])
def test_the_changelog_tells_of_this_version(tree: Tree, heading: str) -> None:
    (trouble,) = release.hinders(tree(heading))
    assert trouble == (
        f"CHANGELOG.md begins with {heading[3:]!r}, and the version is 1.2.0: "
        "its first heading is to be '## 1.2.0, ' and the day"
    )


def test_a_version_is_given_once(tree: Tree) -> None:
    folder = tree()
    git(folder, "tag", "v1.2.0")
    assert list(release.hinders(folder)) == [], "this very commit may be built again"
    git(folder, "commit", "-q", "--allow-empty", "-m", "More")
    (trouble,) = release.hinders(folder)
    assert trouble == "v1.2.0 is another commit: write the next version into qlbreak/__init__.py"


def test_what_only_a_person_can_choose_is_left(tree: Tree) -> None:
    todo = list(release.left(tree()))
    assert todo[0] == "choose a licence: a LICENSE file, and [project] license in pyproject.toml"
    assert "Homepage" in todo[1]
    assert "Private :: Do Not Upload" in todo[2]
    assert todo[3] == "git tag v1.2.0, and push it"


def test_once_it_is_chosen_it_is_not_asked_for(tree: Tree) -> None:
    assert next(release.left(tree(pyproject=LICENSED))) == "git tag v1.2.0, and push it"


def test_the_hashes_are_those_that_sha256sum_reads(tmp_path: Path) -> None:
    (tmp_path / "b.whl").write_bytes(b"b")
    (tmp_path / "a.deb").write_bytes(b"a")
    (tmp_path / "recipes").mkdir()
    (tmp_path / "SHA256SUMS").write_text(release.sums(tmp_path))
    told = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(told, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "a.deb: OK\nb.whl: OK\n"


def test_an_index_shows_no_pictures_of_a_folder(tree: Tree) -> None:
    first = next(release.left(tree(pyproject=LICENSED, readme="![A chair](docs/chair.png)")))
    assert first.startswith("make addresses of the README's links and pictures")
