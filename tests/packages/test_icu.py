"""Qt's ICU without what Qt does not ask it for: it sorts as it did, and takes no room."""

import json
import os
import subprocess
import sys
import zlib
from importlib.util import find_spec
from pathlib import Path

import pytest

import icu

SORTED = """
import json, sys
from PySide6.QtCore import QCollator, QLocale
told = {}
for name in ("de_DE", "es_ES", "fr_FR", "ja_JP", "ar_EG", "sv_SE"):
    locale = QLocale(name)
    collator = QCollator(locale)
    words = ["zoo", "ähnlich", "apfel", "ñandú", "nu", "côte", "cote", "う", "あ", "Öl", "ب", "ا"]
    words.sort(key=collator.sortKey)
    told[name] = [words, locale.toUpper("straße ıi"), locale.dateFormat(), locale.monthName(3)]
print(json.dumps(told))
print(*(line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line))
"""


def library() -> Path:
    spec = find_spec("PySide6")
    folder = Path((spec and spec.origin) or "").parent / "Qt/lib"
    found = [*folder.glob("libicudata.so.*")]
    if not found:
        pytest.skip("Qt has no ICU of its own here")
    return found[0]


def told(folder: Path | None = None) -> tuple[object, str]:
    env = {**os.environ, **({"LD_LIBRARY_PATH": str(folder)} if folder else {})}
    done = subprocess.run(
        [sys.executable, "-c", SORTED], env=env, capture_output=True, text=True, check=True
    )
    said, used = done.stdout.splitlines()
    return json.loads(said), used


def test_qt_sorts_as_with_all_of_it(tmp_path: Path) -> None:
    whole = library()
    before = whole.read_bytes()
    lean = icu.lean(before)
    assert len(lean) == len(before)
    small, large = (len(zlib.compress(data, 1)) for data in (lean, before))
    assert small < large / 2, "most of it is noughts now"
    (tmp_path / whole.name).write_bytes(lean)
    usual, _ = told()
    said, used = told(tmp_path)
    assert str(tmp_path) in used
    assert said == usual


def test_what_is_not_icus_is_refused() -> None:
    with pytest.raises(ValueError, match="not ICU's data"):
        icu.lean(b"anything else")
