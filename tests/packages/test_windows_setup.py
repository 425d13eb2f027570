"""What the setup program for Windows says, in each language, as NSIS is given it."""

import os
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from packages.by_file import build_of


@pytest.fixture(scope="module")
def build() -> ModuleType:
    return build_of("windows")


def test_each_language_has_all_of_it(build: ModuleType) -> None:
    lines = list(build.languages(build.HERE / "texts.toml"))
    assert lines[0] == '!insertmacro MUI_LANGUAGE "English"\n'
    used = (build.HERE / "setup.nsi").read_text("utf-8")
    told = {line.split()[1] for line in lines if line.startswith("LangString")}
    assert {key for key in told if f"$({key})" in used} == told, "all of it is said somewhere"


def test_quotes_lines_and_names_are_as_nsis_has_them(build: ModuleType) -> None:
    text = 'It costs $0, "really".\n\nIn {folder}\n'
    assert build.quoted(text) == 'It costs $$0, $\\"really$\\".$\\r$\\n$\\r$\\nIn $INSTDIR'


@pytest.mark.parametrize(
    ("german", "wrong"),
    [
        ('new = "Neu in {folder}"', "German and the first one differ: ['gone']"),
        ('new = "Neu"\ngone = "Weg"', "German, new: other names in braces"),
    ],
)
def test_a_language_that_is_not_whole_is_not_built(
    build: ModuleType, tmp_path: Path, german: str, wrong: str
) -> None:
    texts = tmp_path / "texts.toml"
    texts.write_text(f'[English]\nnew = "New in {{folder}}"\ngone = "Gone"\n[German]\n{german}\n')
    with pytest.raises(ValueError, match=wrong.replace("[", r"\[")):
        list(build.languages(texts))


@pytest.mark.skipif(not shutil.which("makensis"), reason="takes Debian's nsis")
def test_the_same_folder_gives_the_same_bytes(build: ModuleType, tmp_path: Path) -> None:
    """Wherever it lies, whenever it was made and in whichever order."""
    made = []
    for number, names in enumerate((("a", "b", "c"), ("c", "b", "a"))):
        program = tmp_path / f"frozen-{number}"
        (program / "_internal").mkdir(parents=True)
        for name in names:
            file = program / "_internal" / name
            file.write_bytes(name.encode() * 1000)
            os.utime(file, (1e9 + number, 1e9 + number))
        into = tmp_path / f"dist-{number}"
        into.mkdir()
        made.append((build.portable(program, into), build.setup(program, into)))
    (zipped, setup), (again_zipped, again_setup) = made
    assert zipped.read_bytes() == again_zipped.read_bytes()
    assert setup.read_bytes() == again_setup.read_bytes()
