"""Movements and routines of one's own: what works, and what each mistake says."""

import os
from pathlib import Path

import pytest

from needing import on_unix
from qlbreak.core.model.dose import told
from qlbreak.core.model.movements import Kind
from qlbreak.data import load, load_with

OWN = """
[movement.len-doorway]
name = "Doorway lean"
kind = "lengthen"
position = "standing"
sided = true
side_label = "side that gets longer"
side_short = "long side"
default_s = 20
steps = ["Hold the frame.", "Lean."]
figure = "len-stand-shift"

[routine.r60-doorway]
name = "Doorway"
length_s = 60
blocks = [{ movement = "len-doorway", seconds = 20 }]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "movements.toml"
    path.write_text(text)
    return path


def test_without_the_file_what_comes_with_the_program(tmp_path: Path) -> None:
    assert load_with(tmp_path / "movements.toml") == (load(), [])


def test_what_the_docs_show_works(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/movements.md").read_text("utf-8")
    own = page.partition("## Your own")[2]
    text = own.partition("```toml\n")[2].partition("```")[0]
    catalogue, mistakes = load_with(written(tmp_path, text))
    assert mistakes == []
    assert catalogue.movements["len-doorway"].role is Kind.LENGTHEN
    assert "r60-doorway" in catalogue.routines


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("[movement", "[movement", None),
        ('kind = "lengthen"', 'kind = "odd"', "len-doorway: kind: unknown value 'odd'"),
        ('kind = "lengthen"', 'kind = "release"', "len-doorway: id: the kind release needs"),
        ("default_s = 20", "default_s = true", "len-doorway: default_s: write a whole number"),
        ('name = "Doorway lean"\n', "", "len-doorway: name: missing key"),
        ("sided = true", "sidd = true", "len-doorway: sidd: unknown key"),
        ("len-doorway]", "len-seat-lean]", "len-seat-lean: this id is taken"),
        ("seconds = 20", "seconds = 40", "r60-doorway: blocks[0].seconds: 40 is outside"),
        ("length_s = 60", "length_s = 61", "r60-doorway: length_s: unknown value 61"),
        ("[routine.", "[rutine.", "unknown section rutine; write movement or routine"),
        ("[movement.len-doorway]", "[movement.len-doorway", "not valid TOML"),
        ("default_s = 20", f"default_s = {'9' * 5000}", "not valid TOML: "),
        ("default_s = 20", f"default_s = {'[' * 2000}", "not valid TOML: "),
        (
            '"Doorway lean"',
            '"Door\\u0000way"',
            "name has a control character; remove it: 'Door\\x00w",
        ),
        ('name = "Doorway"', 'name = "a\\u001bb"', "r60-doorway: name has a control character"),
        ('"Lean."', '"Le\\u0007an."', "steps has a control character; remove it: 'Le\\x07an.'"),
        ('"Lean."', '"""Lean\n  over."""', None),
        ("[movement.len-doorway]", '[movement."len-\\u2028x"]', "the id has a control character"),
        ("sided = true", '"a\\u001b" = true', "a\\x1b: unknown key"),
    ],
)
def test_a_mistake_is_one_line_and_the_rest_goes_on(
    tmp_path: Path, old: str, new: str, what: str | None
) -> None:
    path = written(tmp_path, OWN.replace(old, new))
    catalogue, mistakes = load_with(path)
    assert catalogue.movements.keys() >= load().movements.keys()
    if what is None:
        assert mistakes == []
    else:
        assert str(path) in mistakes[0]
        assert what in mistakes[0]
        assert all("\n" not in mistake for mistake in mistakes)


def test_ones_own_may_have_a_dose_and_older_files_a_sentence(tmp_path: Path) -> None:
    dose = 'dose = { say = "{n} lean(s)", reps = [2, 3, 4], in = 1, there = 2, back = 2 }'
    catalogue, mistakes = load_with(written(tmp_path, OWN.replace("default_s = 20", dose)))
    assert "r60-doorway: blocks[0].seconds: 20 is outside len-doorway's 9 to 17" in mistakes[0]
    mine = catalogue.movements["len-doorway"]
    assert (mine.min_s, mine.default_s, mine.max_s) == (9, 13, 17)
    older = OWN.replace("default_s = 20", 'default_s = 20\nmax_s = 30\ndose = "as you go"')
    catalogue, mistakes = load_with(written(tmp_path, older))
    assert mistakes == []
    mine = catalogue.movements["len-doorway"]
    assert (mine.min_s, mine.default_s, mine.max_s) == (20, 20, 30)
    assert told(mine.dose, 25) == "as you go"


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("", set()),
        ('asks = ["twisting"]', {"osteo", "leg", "disc"}),
        ('avoid_if = ["preg", "osteo-load"]', {"preg", "preg-late", "osteo"}),
        ('asks = ["weight on a wrist"]\navoid_if = ["kidney"]', {"wrist", "kidney"}),
    ],
)
def test_what_ones_own_asks_hides_it_and_so_does_what_older_files_name(
    tmp_path: Path, line: str, flags: set[str]
) -> None:
    path = written(tmp_path, OWN.replace("sided = true", f"sided = true\n{line}"))
    catalogue, mistakes = load_with(path)
    assert mistakes == []
    assert catalogue.movements["len-doorway"].avoid_if == flags


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('asks = ["twist"]', "len-doorway: asks[0]: unknown value 'twist'"),
        ('avoid_if = ["bones"]', "len-doorway: avoid_if[0]: unknown value 'bones'"),
        ("dose = 3", "len-doorway: dose"),
        ("max_s = 10", "len-doorway: dose: the least, the usual and the most must rise"),
        ('dose = { say = "so" }', "len-doorway: default_s: the dose gives the seconds already"),
        ("avoid_if = 3", "len-doorway: avoid_if: expected array"),
    ],
)
def test_a_word_that_is_none_is_said(tmp_path: Path, line: str, what: str) -> None:
    path = written(tmp_path, OWN.replace("sided = true", f"sided = true\n{line}"))
    _, mistakes = load_with(path)
    assert what in mistakes[0]


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "movements.toml").mkdir()
    _, (mistake,) = load_with(tmp_path / "movements.toml")
    assert "cannot be read" in mistake


@on_unix("named pipes")
def test_a_pipe_in_its_place_is_said_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "movements.toml")
    catalogue, (mistake,) = load_with(tmp_path / "movements.toml")
    assert catalogue == load()
    assert "cannot be read: it is a pipe or a device; it should be a file" in mistake


@pytest.mark.parametrize("text", ["movement = 3", "[movement]\nx = 3", "[routine]\nr = []"])
def test_odd_tables_are_said(tmp_path: Path, text: str) -> None:
    _, (mistake,) = load_with(written(tmp_path, text))
    assert "write [" in mistake
