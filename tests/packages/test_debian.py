"""Debian's package, as far as nothing is frozen for it."""

import importlib.util
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from needing import on_unix
from qlbreak import language

ROOT = Path(__file__).parents[2]
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def build() -> ModuleType:
    """By its file: packaging/ has another one of that name."""
    spec = importlib.util.spec_from_file_location(
        "build_debian", ROOT / "packaging/debian/build.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@on_unix("a package for Debian is made on a Debian")
def test_a_store_sums_it_up_in_every_language(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    build.metainfo(tmp_path / "metainfo")
    told = ET.parse(tmp_path / "metainfo/qlbreak.metainfo.xml").findall("summary")
    assert [one.get(LANGUAGE, "en") for one in told].count("en") == 1
    assert {one.get(LANGUAGE, "en") for one in told} == set(language.languages())
    assert not any((one.text or "").endswith((".", "。")) for one in told)
