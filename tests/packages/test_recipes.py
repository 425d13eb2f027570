"""The recipes of other package managers say of qlbreak what pyproject.toml says."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import qlbreak
import recipes

PACKAGING = Path(__file__).parents[2] / "packaging"
ABOUT = recipes.about()
PUBLISHED = replace(
    ABOUT,
    home="https://example.org/somebody/qlbreak",
    licence="MIT",
    hashes={ABOUT.sdist: "a" * 64, ABOUT.setup: "b" * 64, ABOUT.wheel: "c" * 64},
)


@pytest.mark.parametrize("place", ["aur/.SRCINFO", *recipes.RECIPES])
def test_each_is_up_to_date(place: str) -> None:
    """Where not: python packaging/recipes.py"""
    assert (PACKAGING / place).read_text("utf-8") == recipes.made(ABOUT)[place]


def test_the_version_is_the_program_s() -> None:
    assert ABOUT.version == qlbreak.__version__
    for text in recipes.made(ABOUT).values():
        assert qlbreak.__version__ in text or "flatpak" in text or "/v" in text


def test_what_is_needed_on_linux_alone_is_not_asked_for_on_a_mac() -> None:
    assert {one.name for one in ABOUT.on("linux")} - {one.name for one in ABOUT.on("darwin")} == {
        one.name for one in ABOUT.requirements if one.marker and "linux" in str(one.marker)
    }


def test_the_package_of_arch_needs_all_that_is_needed() -> None:
    """As bash reads it, and with its lower bound."""
    told = [
        "bash",
        "-c",
        '. "$1"; printf "%s\\n" "${depends[@]}"',
        "bash",
        str(PACKAGING / "aur/PKGBUILD"),
    ]
    done = subprocess.run(told, capture_output=True, text=True, check=True)
    names = done.stdout.split()
    assert len(names) == 1 + len(ABOUT.on("linux"))
    assert f"python{ABOUT.python}" in names
    assert recipes.arch([Requirement("python-xlib>=0.33"), Requirement("rich<16,>=13")]) == [
        "python-xlib>=0.33",
        "python-rich>=13",
    ]


def test_the_flake_finds_every_name_that_is_needed() -> None:
    """Its own expression, which is of the kind that Python knows, too."""
    flake = (PACKAGING / "nix/flake.nix").read_text("utf-8")
    (pattern,) = re.findall(r'builtins\.match "(\(\[A-Z.+)" line', flake)
    for needed in ABOUT.requirements:
        line = str(needed).replace('"', "'")
        found = re.fullmatch(pattern, line)
        assert found, line
        assert found[1] == needed.name
        assert found[3] == (str(needed.marker).split('"')[1] if needed.marker else None)


def test_a_publication_fills_what_is_open() -> None:
    texts = recipes.made(PUBLISHED)
    for place, text in texts.items():
        assert "invalid" not in text, place
        assert recipes.NOUGHTS not in text, place
        assert recipes.LICENCE not in text, place
    assert PUBLISHED.open() == []
    address = f"https://example.org/somebody/qlbreak/releases/download/v{ABOUT.version}/"
    assert f"source=('{address}{ABOUT.sdist}')" in texts["aur/PKGBUILD"]
    assert f"InstallerUrl: {address}{ABOUT.setup}" in texts["winget/qlbreak.installer.yaml"]
    assert "PackageIdentifier: somebody.qlbreak" in texts["winget/qlbreak.yaml"]
    assert 'license "MIT"' in texts["homebrew/qlbreak.rb"]


def test_what_is_open_is_said() -> None:
    assert len(replace(PUBLISHED, home=recipes.HOME).open()) == 1
    assert replace(PUBLISHED, hashes={}).open() == [
        f"the hash of {file}" for file in (ABOUT.sdist, ABOUT.wheel, ABOUT.setup)
    ]


def test_a_line_that_is_gone_is_missed(tmp_path: Path) -> None:
    """Somebody rewrote a recipe: better no recipe than one with the version before."""
    for place in recipes.RECIPES:
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text((PACKAGING / place).read_text("utf-8"))
    text = (tmp_path / "aur/PKGBUILD").read_text()
    (tmp_path / "aur/PKGBUILD").write_text(text.replace("pkgver=", "_version="))
    with pytest.raises(ValueError, match=r"aur/PKGBUILD has 0 lines for \^pkgver"):
        recipes.made(ABOUT, tmp_path)


def test_what_the_flatpak_takes_lies_beside_it(tmp_path: Path) -> None:
    """But the wheels of others, which somebody with a network gets."""
    built = tmp_path / "dist"
    built.mkdir()
    (built / ABOUT.wheel).write_bytes(b"a wheel")
    recipes.copies(built, tmp_path / "recipes")
    manifest = tmp_path / "recipes/flatpak/qlbreak.yaml"
    paths = re.findall(r"^ +path: (.*)$", manifest.read_text("utf-8"), re.MULTILINE)
    assert len(paths) > 3
    assert [path for path in paths if not (manifest.parent / path).exists()] == ["wheels"]
    entry = (manifest.parent / "qlbreak.desktop").read_text("utf-8")
    assert 'Exec="qlbreak" "open" "--start"\n' in entry
    assert "Icon=qlbreak\n" in entry, "which the manifest renames"
