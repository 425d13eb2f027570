"""Nothing that a person sees is said past the catalogue: in a language that marks each text, what
stands outside of the marks is what nobody translates."""

import json
import os
import re
from pathlib import Path

import pytest

import pseudo
from qlbreak.system.exits import TO_MEND
from shown import ALL
from speaking import said

WORD = re.compile(r"[A-Za-z]{2,}")
# Commands, options, keys; of the page, what is marked up.
TYPED = re.compile(
    r"^(qlbreak\b.*|Usage: .*|[\[(]?-.*|<.*|[a-z][a-z-]*|[a-z -]+[\d:a-z ]*:.*"
    r"|(Options|Commands):)$"
)
# Languages by their own names, sources as they are cited, what Qt says to nobody, keys.
AS_IT_IS = re.compile(
    r"Deutsch|English|Español|Français|Português|^~?/|^~\\|^[A-Z]:\\|\bdoi\b"
    r"|backinrehab|Scroll (Left|Right)|Esc|C-to-S"
)


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in that language."""
    folder = tmp_path_factory.mktemp("locale")
    pseudo.write(folder / "all")
    env = {name: value for name, value in os.environ.items() if name != "LC_ALL"}
    here = str(Path(__file__).parents[1])
    mine = {
        "LANG": pseudo.LANGUAGE,
        "QLBREAK_LOCALE": str(folder / "all"),
        "PYTHONPATH": here,
        "PYTHONUTF8": "1",
    }
    return {**env, **mine}


def outside(text: str) -> list[str]:
    lines = (line.strip() for line in pseudo.outside(text).splitlines())
    return [line for line in lines if WORD.search(line) and not AS_IT_IS.search(line)]


@pytest.mark.parametrize("name", ["menu.txt", "help.txt", "page.txt"])
def test_of_what_others_rely_on(name: str, speaking: dict[str, str]) -> None:
    if name == "page.txt":
        pytest.importorskip("plotly")
    assert name in ALL
    text = said(speaking, "-c", f"import shown; print(shown.ALL[{name!r}]())")
    assert pseudo.OPEN in text
    assert not [line for line in outside(text) if not TYPED.match(line)]


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("snooze", "--help"),
        ("help", "environment"),
        ("help", "exit-codes"),
        ("safety",),
        ("movements", "--mine"),
        ("demo", "--fast"),
        ("doctor",),
    ],
)
def test_of_a_command(words: tuple[str, ...], speaking: dict[str, str], tmp_path: Path) -> None:
    text = said(
        speaking,
        "-m",
        "qlbreak",
        "--data-dir",
        str(tmp_path),
        *words,
        codes=(0, TO_MEND) if "doctor" in words else (0,),
    )
    assert pseudo.OPEN in text
    told = [line for line in outside(text) if not TYPED.match(line)]
    assert not [line for line in told if not line.isupper() and "qlbreak" not in line]


def test_of_every_window(speaking: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    windows = Path(__file__).parents[1] / "every_window.py"
    said(speaking, str(windows), str(tmp_path))
    pages = json.loads((tmp_path / "texts.json").read_text("utf-8"))
    assert len(pages) > 12
    for name, page in pages.items():
        assert len(page["texts"]) > 8, name
        assert not [line for text in page["texts"] for line in outside(text)], name
