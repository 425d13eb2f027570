"""In each language: a day's menu and notifications have room, and so has each window's text."""

import json
import os
from pathlib import Path
from unicodedata import east_asian_width

import pytest

import messages
import thorough
from needing import on_unix
from speaking import said

TESTS = Path(__file__).parents[1]
# Columns. English has up to 78, 46, 205 and 16; a notification cuts what is longer, GNOME soonest.
MENU, TITLE, BODY, BUTTON = 120, 56, 340, 24
# Those that are longest, those that write no spaces, and those that run from the right.
WINDOWS = ("de", "fr", "ja", "ar") if thorough.FULL else ("de",)


def spoken(name: str, *words: str) -> str:
    """What a program of the tests says in that language."""
    env = {key: value for key, value in os.environ.items() if key != "LC_ALL"}
    env |= {"LANG": name, "PYTHONPATH": str(TESTS), "PYTHONUTF8": "1"}
    return said(env, *words)


def columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


@pytest.mark.parametrize("name", messages.LANGUAGES)
def test_menu_and_notifications(name: str) -> None:
    said = json.loads(spoken(name, str(TESTS / "said.py")))
    for kind, most in (("menu", MENU), ("titles", TITLE), ("bodies", BODY), ("buttons", BUTTON)):
        assert said[kind]
        assert not [(columns(t), t) for t in said[kind] if columns(t) > most], kind


@on_unix("on Windows Qt without a screen has other fonts; end_to_end.py has a screen")
@pytest.mark.parametrize("name", WINDOWS)
def test_windows(name: str, tmp_path: Path) -> None:
    pytest.importorskip("PySide6")
    spoken(name, str(TESTS / "every_window.py"), str(tmp_path))
    pages = json.loads((tmp_path / "texts.json").read_text("utf-8"))
    assert len(pages) > 12
    assert not {page: seen["cut"] for page, seen in pages.items() if seen["cut"]}
