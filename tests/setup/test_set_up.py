"""The set-up: its questions, and what it writes into the settings without harming them."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needing import has_mode, on_unix, writing
from qlbreak import data, setup
from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import MINUTE, Hours
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import ConfigError, load, parse
from qlbreak.settings.kinds import Written
from qlbreak.settings.person import EquipmentSection, YouSection
from qlbreak.settings.schema import (
    HoursSection,
    Settings,
    changes,
)
from qlbreak.setup import file, icon_place, starting
from qlbreak.setup import questions as asked
from qlbreak.system import paths
from qlbreak.system.resources import example_config
from qlbreak.texts import first_steps
from thorough import few

EXAMPLE = example_config().read_text("utf-8")
DEFAULTS = Settings()

SIDES = st.sampled_from([None, Side.LEFT, Side.RIGHT])
THINGS = st.frozensets(st.sampled_from(get_args(Thing)))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
SPANS = st.builds(Hours, st.frozensets(st.integers(0, 6), min_size=1), TIMES, TIMES)
ANSWERS = st.builds(
    Settings,
    you=st.builds(
        YouSection,
        tighter=SIDES,
        weaker=SIDES,
        cautions=st.frozensets(st.sampled_from(get_args(Flag))),
    ),
    equipment=st.builds(EquipmentSection, st.sampled_from(Place), THINGS, THINGS, THINGS),
    hours=st.builds(HoursSection, work=st.lists(SPANS, max_size=3).map(tuple)),
)

LIVED_IN = """\
# mine since 2024
[hours]
work = [ "monday-friday 8:30-18:00" ]   # as in the contract
# until late
day_turn = "05:00"

# about me
[you]
tighter = 'left' # since the move
cautions = [
  # ask Ann
  "wrist",  # the right one
  "kidney",
]

# the rest
[presence]
away = "4 min"
"""


def written(path: Path, **values: object) -> str:
    """After changing these answers in the file."""
    before = file.read(path)
    after = before.having("equipment", here=values.pop("here", before.equipment.here))
    after = after.having("you", **values)
    file.write(path, changes(before, after))
    assert file.read(path) == after
    return path.read_bytes().decode("utf-8")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "config.toml"


def there(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


# Questions


def test_every_flag_and_thing_is_asked_for_and_named() -> None:
    assert [option.word for option in asked.CAUTIONS.options] == list(get_args(Flag))
    words = {option.word for option in asked.things(Place.HOME).options}
    assert words | {"mat"} == set(get_args(Thing))


@given(ANSWERS)
def test_what_a_question_shows_it_would_write(answers: Settings) -> None:
    places = [asked.things(place) for place in Place]
    for question in (asked.TIGHTER, asked.WEAKER, asked.FLOOR, asked.CAUTIONS, *places):
        assert question.take(answers, question.now(answers)) == answers
    assert asked.HOURS.take(answers, asked.HOURS.now(answers)) == answers
    if answers.hours.work:
        assert asked.own_hours("; ".join(asked.spans(answers))) == answers.hours.work


def test_the_finer_forms_of_a_caution_come_and_go_with_it() -> None:
    options = asked.CAUTIONS.options
    every = frozenset({"preg", "preg-late"})
    assert asked.with_what_follows(options, {"preg-late"}) == {"preg", "preg-late"}
    assert asked.without_what_needs(options, every | {"leg"}, "preg") == {"leg"}
    assert asked.without_what_needs(options, every, "preg-late") == {"preg"}


def test_the_floor_is_a_mat_among_the_things() -> None:
    answers = asked.FLOOR.take(DEFAULTS, {"home"})
    assert "mat" in answers.profile.home
    assert "mat" not in answers.profile.office
    fewer = asked.things(Place.HOME).take(answers, {"chair"})
    assert fewer.profile.home == {"chair", "mat"}
    assert asked.FLOOR.take(fewer, set()).profile.home == {"chair"}


@pytest.mark.parametrize("text", ["", ";", "sometimes", "Mon 8-25", "Mon-Fri 08:30-18:00, Sat"])
def test_hours_that_are_none_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"08:30|not a day|has no hours"):
        asked.own_hours(text)


def test_it_is_offered_once(tmp_path: Path) -> None:
    places = paths.find(tmp_path / "data", tmp_path / "config.toml")
    assert not setup.offered(places)
    setup.mark(places)
    setup.mark(places)
    assert setup.offered(places)
    assert has_mode((places.data / "said-set-up"), 0o600)


# What is written


@given(ANSWERS)
def test_any_answers_in_the_example_are_read_back(answers: Settings) -> None:
    text = file.changed(EXAMPLE, changes(DEFAULTS, answers))
    assert parse(text, Path("x")).settings == answers
    remarks = [line for line in EXAMPLE.splitlines() if line.startswith("#") or not line]
    assert [line for line in text.splitlines() if line.startswith("#") or not line] == remarks


def test_only_what_changed_is_written_and_every_remark_kept(path: Path) -> None:
    there(path, LIVED_IN)
    text = written(path, weaker=Side.RIGHT, tighter=None, cautions=frozenset({"wrist", "leg"}))
    expected = (
        LIVED_IN.replace("'left'", '"none"')
        .replace('"kidney"', '"leg"')
        .replace("]\n\n# the rest", ']\nweaker = "right"\n\n# the rest')
    )
    assert text == expected


def test_a_section_that_is_missing_goes_to_the_end(path: Path) -> None:
    there(path, LIVED_IN)
    assert written(path, here=Place.HOME).startswith(LIVED_IN)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_mark_stay(path: Path, mark: str) -> None:
    there(path, mark + LIVED_IN.replace("\n", "\r\n"))
    text = written(path, weaker=Side.LEFT, here=Place.HOME, cautions=frozenset({"leg", "preg"}))
    assert text.startswith(mark)
    assert text.count("\n") == text.count("\r\n") == len(text.splitlines())


ODD = [
    "",
    "\n\n# nothing yet",
    "[you]",
    '[you]\ntighter="left"',
    "[you]\n\n# to come\n\n[hours]\n",
    'you = {tighter = "left"}  # short\nhours.work = []\n# end\n',
    'hours.day_turn = "05:00"\nyou.weaker = "left"\nhours.work = []\n',
    '[equipment]\nhome = [ "chair", # one\n "mat" ] # two\n[ you ]\n"tighter" = "right"\n',
    '["you"]\ncautions = ["leg", "leg"]\n',
]


@pytest.mark.parametrize("text", ODD)
@settings(max_examples=few(40))
@given(answers=ANSWERS)
def test_a_file_of_any_shape_takes_them(text: str, answers: Settings) -> None:
    new = file.changed(text, changes(parse(text, Path("x")).settings, answers))
    assert parse(new, Path("x")).settings == answers
    for line in text.splitlines():
        assert "#" not in line or line.partition("#")[2] in new


@given(st.text(max_size=40), ANSWERS)
def test_what_is_written_can_always_be_read(text: str, answers: Settings) -> None:
    with suppress(ConfigError):
        before = parse(text, Path("x")).settings
        new = file.changed(text, changes(before, answers))
        assert parse(new, Path("x")).settings == answers


def test_a_new_file_is_the_example_for_the_persons_eyes_only(path: Path) -> None:
    text = written(path, tighter=Side.LEFT)
    assert text == EXAMPLE.replace('tighter = "none"', 'tighter = "left"')
    assert has_mode(path, 0o600)
    assert has_mode(path.parent, 0o700)
    assert list(path.parent.iterdir()) == [path]


def test_without_a_change_nothing_is_written(path: Path) -> None:
    file.write(path, {})
    assert not path.parent.exists()
    before = writing(there(path, LIVED_IN))
    assert written(path) == LIVED_IN
    assert writing(path) == before


@on_unix("a link needs a right there")
def test_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    real = there(tmp_path / "dotfiles.toml", LIVED_IN)
    path.parent.mkdir()
    path.symlink_to(os.path.relpath(real, path.parent))
    written(path, here=Place.HOME)
    assert path.is_symlink()
    assert 'here = "home"' in real.read_text("utf-8")
    assert has_mode(real, 0o600)


@pytest.mark.parametrize("text", ["[you]\ntihgter = 'left'\n", "[you\n"])
def test_a_file_with_a_mistake_is_not_touched(path: Path, text: str) -> None:
    before = writing(there(path, text))
    wish: dict[tuple[str, str], Written] = {("you", "weaker"): "left"}
    for attempt in (lambda: file.read(path), lambda: file.write(path, wish)):
        with pytest.raises(ConfigError) as error:
            attempt()
        assert "\n" not in str(error.value)
    assert (path.read_text("utf-8"), writing(path)) == (text, before)


def test_what_cannot_be_written_is_one_line_and_leaves_nothing(path: Path) -> None:
    there(path, LIVED_IN)
    with pytest.raises(file.WriteError, match=r"config.toml: you.weaker cannot be changed here"):
        file.check("", path, {("you", "weaker"): "left"})
    assert load(path).found


# How often, what is hidden, where the icon is


@given(st.integers(3, 18))
def test_an_interval_of_ones_own_is_offered_as_well(fives: int) -> None:
    answers = DEFAULTS.having("prompt", sitting=fives * 5 * MINUTE)
    question = asked.interval(answers)
    assert question.now(answers) < {option.word for option in question.options}
    assert question.take(answers, question.now(answers)) == answers


def test_what_is_recommended_is_the_default() -> None:
    for question in (asked.interval(DEFAULTS), asked.LENGTH):
        (best,) = [option for option in question.options if option.label.endswith("(recommended)")]
        assert question.now(DEFAULTS) == {best.word}


def test_how_many_movements_a_caution_hides() -> None:
    catalogue = data.load()
    counts = asked.hidden(catalogue)
    assert set(counts) == set(get_args(Flag))
    for flag, number in counts.items():
        answers = asked.CAUTIONS.take(DEFAULTS, {flag})
        left, total = asked.left(catalogue, answers)
        assert total - left == number


@pytest.mark.parametrize(
    ("platform", "names", "told"),
    [
        ("linux", "ubuntu:GNOME", "gnome"),
        ("linux", "KDE", "plasma"),
        ("linux", "XFCE", "other"),
        ("linux", "", "other"),
        ("win32", "", "windows"),
        ("darwin", "", "macos"),
    ],
)
def test_each_desktop_is_told_where_its_icon_is(platform: str, names: str, told: str) -> None:
    assert icon_place.desktop(platform, {"XDG_CURRENT_DESKTOP": names}) == told
    assert icon_place.paragraphs(told, shown=True)[0] == first_steps.SHOWN[told]
    hidden = icon_place.paragraphs(told, shown=False)
    assert ("AppIndicator" in hidden[0]) == (told == "gnome")
    assert "qlbreak open" in hidden[1]


def test_without_a_desktop_there_is_no_icon_to_look_for() -> None:
    assert icon_place.told("linux", {}) == [first_steps.IN_TERMINAL]


# Starting


def test_each_start_gets_the_folders_that_are_not_the_usual_ones(tmp_path: Path) -> None:
    assert starting.start_options(paths.find()) == []
    own = paths.find(tmp_path / "data", tmp_path / "config.toml")
    told = ["--config", str(tmp_path / "config.toml"), "--data-dir", str(tmp_path / "data")]
    assert starting.start_options(own) == told
    trial = paths.find(Path(tempfile.gettempdir()) / "qlbreak-x1")
    assert starting.start_options(trial) == []
