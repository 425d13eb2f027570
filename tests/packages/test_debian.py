"""Debian's package, as far as nothing is frozen for it."""

import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

from needing import on_unix
from packages.by_file import build_of
from qlbreak import language

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def build() -> ModuleType:
    return build_of("debian")


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
