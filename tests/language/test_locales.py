"""Which language is chosen: what the settings say, else what the system is set to."""

import subprocess
import sys
from pathlib import Path

import pytest

from qlbreak.language import locales

KNOWN = ("ar", "de", "en", "es", "fr", "ja", "pt_BR")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX", "LANGUAGE": "fr"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:de"}, "fr"),
        ({"LANG": "fr_CA@currency"}, "fr"),
        ({"LANG": "pt_PT.UTF-8"}, "pt_BR"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "de_DE", "LC_MESSAGES": "es_ES"}, "es"),
        ({"LANG": "de_DE", "LC_ALL": "ja_JP", "LC_MESSAGES": "es_ES"}, "ja"),
        ({"LANG": "fi_FI", "LANGUAGE": "fi:sv:de_CH"}, "de"),
        ({"LANG": "fi_FI"}, "en"),
        ({}, "en"),
    ],
)  # fmt: skip
def test_the_system_s_first_that_there_is(environment: dict[str, str], language: str) -> None:
    assert locales.chosen("system", KNOWN, environment) == language


@pytest.mark.parametrize("wanted", [*KNOWN, "pt-BR"])
def test_what_the_settings_say_goes_first(wanted: str) -> None:
    chosen = locales.chosen(wanted, KNOWN, {"LANG": "fr_FR", "LANGUAGE": "fr"})
    assert chosen == wanted.replace("-", "_")


def test_of_one_that_there_is_not_it_is_english() -> None:
    assert locales.chosen("klingon", KNOWN, {"LANG": "fr_FR"}) == "en"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('[general]\nlanguage = "ja"\n', "ja"),
        ("[general]\n", "system"),
        ("[general]\nlanguage = 3\n", "system"),
        ("general = 3\n", "system"),
        ("[gen", "system"),
        ("[prompt]\n", "system"),
    ],
)
def test_a_mistake_in_the_file_is_told_by_who_reads_all_of_it(
    tmp_path: Path, text: str, wanted: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    assert locales.of_file(file) == wanted


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    assert locales.of_file(tmp_path / "none.toml") == "system"
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    assert locales.of_file(tmp_path / "config.toml") == "system"


def test_a_process_in_english_reads_no_catalogue() -> None:
    code = "import sys; from qlbreak.language import _; print(_('Done'), 'gettext' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "Done False\n"
