"""The settings as a form has them: what is typed, what becomes of the file, edits by two."""

import os
import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from needing import has_mode, on_unix
from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import DAY, MINUTE, NEVER, Hours
from qlbreak.core.model.terms import Side
from qlbreak.settings.config import ConfigError, load, toml
from qlbreak.settings.schema import SECTIONS, KeyName, Settings
from qlbreak.setup import file
from qlbreak.setup.file import ConflictError, WriteError
from qlbreak.setup.form import KEYS, SettingsForm, by_day, of_days, shown, typed
from qlbreak.system.resources import example_config
from thorough import few

EXAMPLE = example_config().read_text("utf-8")
SITTING, AWAY, CAUTIONS = ("prompt", "sitting"), ("presence", "away"), ("you", "cautions")
SNOOZE, HERE, HOOK = ("prompt", "snooze"), ("equipment", "here"), ("hooks", "prompted")

LIVED_IN = """\
# mine since 2024
[prompt]
sitting = "40 min"   # Ann said so
snooze = [
  # short ones first
  "5 min",
  "20 min",  # lunch
]

[you]
cautions = ["wrist"]
"""

TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))
SPANS = st.builds(Hours, st.frozensets(st.integers(0, 6), min_size=1), TIMES, TIMES)
WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cs"], blacklist_characters="{}"))
VALUES: dict[KeyName, st.SearchStrategy[Any]] = {
    SITTING: st.integers(3, 18).map(lambda steps: 5.0 * MINUTE * steps),
    AWAY: st.integers(120, 600).map(float),
    SNOOZE: st.lists(st.integers(1, 60).map(lambda m: m * MINUTE), min_size=1, max_size=3).map(
        tuple
    ),
    ("prompt", "sound"): st.booleans(),
    ("prompt", "longer_every"): st.sampled_from([0, 2, 3, 6]),
    ("prompt", "routine"): st.sampled_from([30, 60, 90, 180]),
    ("check_in", "every"): st.sampled_from([DAY, 7 * DAY, NEVER]),
    ("hours", "work"): st.lists(SPANS, max_size=3).map(tuple),
    ("hours", "day_turn"): TIMES.filter(lambda found: found <= time(12)),
    ("you", "tighter"): st.sampled_from([None, Side.LEFT, Side.RIGHT]),
    CAUTIONS: st.frozensets(st.sampled_from(get_args(Flag))),
    ("equipment", "home"): st.frozensets(st.sampled_from(get_args(Thing))),
    HERE: st.sampled_from(Place),
    HOOK: st.lists(WORDS.filter(bool), max_size=3).map(tuple),
}
CHANGES = st.sampled_from(sorted(VALUES)).flatmap(
    lambda where: st.tuples(st.just(where), VALUES[where])
)
REMARKS = st.lists(st.sampled_from(["# one", "# two: [x]", "", '# a = "b"']), max_size=2)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Somebody's file: sections and keys in any order, with remarks before and behind."""
    lines = draw(REMARKS)
    chosen = draw(st.lists(st.sampled_from(sorted(VALUES)), unique=True, max_size=6))
    for section in dict.fromkeys(section for section, _ in chosen):
        lines += [f"[{section}]", *draw(REMARKS)]
        for where in (where for where in chosen if where[0] == section):
            value = KEYS[where].kind.write(draw(VALUES[where]))
            behind = draw(st.sampled_from(["", "  # behind"]))
            lines += [f"{where[1]} = {_written(value, draw(st.booleans()))}{behind}"]
            lines += draw(REMARKS)
    return "\n".join([*lines, ""])


def _written(value: Any, over_lines: bool) -> str:
    if not isinstance(value, list) or not over_lines:
        return toml(value)
    return "\n".join(["[", "  # of these", *(f"  {toml(item)},  # this" for item in value), "]"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "config.toml"


def there(path: Path, text: str = LIVED_IN) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path


def put(form: SettingsForm, where: KeyName, value: Any) -> bool:
    return form.put(where, value, form.settings.at(where))


def remarks(text: str) -> list[str]:
    """A hook's words may hold a # of their own."""
    found = re.finditer(r'"(?:[^"\\]|\\.)*"|#(.*)', text)
    return sorted(remark for match in found if (remark := match[1]) is not None)


# What is shown and typed


@pytest.mark.parametrize("where", VALUES, ids=".".join)
@given(data=st.data())
def test_what_a_field_shows_means_the_same_when_it_is_typed(
    where: KeyName, data: st.DataObject
) -> None:
    value, kind = data.draw(VALUES[where]), KEYS[where].kind
    if isinstance(kind.write(value), bool | int) or where in (CAUTIONS, ("equipment", "home")):
        return  # a box or a number, which nobody types
    assert typed(kind, shown(kind, value)) == value


@pytest.mark.parametrize(
    ("where", "text", "wrong"),
    [
        (SITTING, "10 min", "15 min to 90 min"),
        (SITTING, "33 min", "33 min is not a multiple of 5 min"),
        (SITTING, "soon", "'soon' is not a duration"),
        (SNOOZE, "", "one to three lengths"),
        (SNOOZE, "5 min, 2 h", "2 h is out of"),
        (("hours", "work"), "Mon 8-25", "25"),
        (HERE, "ofice", "did you mean office"),
        (HOOK, "note {rutine}", "did you mean routine"),
        (HOOK, "say 'hello", "quotation mark"),
        (("record", "folder"), "notes", "write it in full"),
        (("record", "device"), "my desk", "hyphens"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(where: KeyName, text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wrong)) as error:
        typed(KEYS[where].kind, text)
    assert "\n" not in str(error.value)


def test_a_folder_of_windows_needs_no_quotes() -> None:
    words = typed(KEYS[HOOK].kind, r'C:\Tools\say.exe "two words" {side}')
    assert words == (r"C:\Tools\say.exe", "two words", "{side}")


@given(st.lists(SPANS, max_size=5))
def test_a_week_by_day_means_the_same_hours(hours: list[Hours]) -> None:
    again = of_days(by_day(hours))
    assert by_day(again) == by_day(hours)
    assert len({(span.start, span.end) for span in again}) == len(again)


# What becomes of the file


def test_a_form_says_what_stands_in_the_file(path: Path) -> None:
    form = SettingsForm(there(path))
    assert form.settings.at(SITTING) == 40 * MINUTE
    assert form.settings.at(AWAY) == 3 * MINUTE
    assert (form.given(SITTING), form.given(AWAY), form.mistakes) == (True, False, ())


def test_a_value_is_written_alone_and_a_remark_stays_where_it_was(path: Path) -> None:
    form = SettingsForm(there(path))
    assert put(form, SITTING, 45 * MINUTE)
    assert path.read_text("utf-8") == LIVED_IN.replace("40 min", "45 min")
    assert form.settings.at(SITTING) == 45 * MINUTE
    assert has_mode(path, 0o600)
    assert not put(form, SITTING, 45 * MINUTE)


def test_without_a_file_it_is_made_from_the_example(path: Path) -> None:
    form = SettingsForm(path)
    assert not form.given(SITTING)
    put(form, SITTING, 45 * MINUTE)
    assert path.read_text("utf-8") == EXAMPLE.replace('sitting = "30 min"', 'sitting = "45 min"')


def test_to_be_edited_it_is_made_from_the_example_and_then_left_alone(path: Path) -> None:
    file.make(path)
    assert path.read_text("utf-8") == EXAMPLE
    assert has_mode(path, 0o600)
    there(path)
    file.make(path)
    assert path.read_text("utf-8") == LIVED_IN


def test_another_order_keeps_the_remarks_of_a_list(path: Path) -> None:
    form = SettingsForm(there(path))
    put(form, SNOOZE, (20.0 * MINUTE, 5.0 * MINUTE))
    text = path.read_text("utf-8")
    assert '  # short ones first\n  "20 min",  # lunch\n  "5 min",\n]' in text


def test_back_to_the_default_takes_the_key_out_and_later_it_comes_back_to_its_place(
    path: Path,
) -> None:
    form = SettingsForm(there(path, EXAMPLE))
    for where in (("prompt", "routine"), ("busy", "camera"), ("prompt", "again")):
        form.reset(where, form.settings.at(where))
        assert not form.given(where)
    assert load(path).settings == Settings()
    assert path.read_text("utf-8") == EXAMPLE.replace('routine = "60 s"\n', "").replace(
        "camera = true\n", ""
    ).replace('again = "5 min"\n', "")
    put(form, ("prompt", "again"), 6 * MINUTE)
    put(form, ("busy", "camera"), False)
    put(form, ("prompt", "routine"), 90)
    assert path.read_text("utf-8") == EXAMPLE.replace(
        'routine = "60 s"', 'routine = "90 s"'
    ).replace("camera = true", "camera = false").replace('again = "5 min"', 'again = "6 min"')


def test_back_to_the_default_keeps_a_remark_with_its_line(path: Path) -> None:
    form = SettingsForm(there(path))
    form.reset(SITTING, form.settings.at(SITTING))
    form.reset(SNOOZE, form.settings.at(SNOOZE))
    assert form.settings == Settings().having("you", cautions=frozenset({"wrist"}))
    text = path.read_text("utf-8")
    assert 'sitting = "30 min"   # Ann said so' in text
    assert remarks(text) == remarks(LIVED_IN)


@settings(max_examples=few(60))
@given(files(), st.lists(CHANGES, max_size=5))
@example('[hooks]\nprompted = ["#"]  # mine\n', [(HOOK, ())])
def test_any_change_to_any_file_keeps_all_else(
    text: str, wishes: list[tuple[KeyName, Any]]
) -> None:
    with TemporaryDirectory() as folder:
        path = there(Path(folder) / "config.toml", text)
        form = SettingsForm(path)
        before = form.settings
        for where, value in wishes:
            put(form, where, value)
        now = load(path).settings
        assert now == form.settings == _with(before, dict(wishes))
        kept = path.read_text("utf-8")
        assert set(remarks(kept)) >= set(remarks(text))
        form.as_it_was()
        assert path.read_text("utf-8") == text


def _with(before: Settings, values: dict[KeyName, Any]) -> Settings:
    for (section, name), value in values.items():
        before = before.having(section, **{SECTIONS[section][name].field: value})
    return before


@settings(max_examples=few(60))
@given(files(), st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4))
def test_defaults_can_be_taken_back_to_in_any_file(text: str, chosen: list[KeyName]) -> None:
    with TemporaryDirectory() as folder:
        form = SettingsForm(there(Path(folder) / "config.toml", text))
        before = form.settings
        for where in chosen:
            form.reset(where, form.settings.at(where))
        assert form.settings == _with(before, {where: KEYS[where].default for where in chosen})


# Two at once


def test_what_somebody_else_writes_shows_up(path: Path) -> None:
    form, other = SettingsForm(there(path)), SettingsForm(path)
    put(other, SITTING, 45 * MINUTE)
    assert form.look() == {SITTING}
    assert form.settings.at(SITTING) == 45 * MINUTE
    assert form.look() == frozenset()


@settings(max_examples=few(60))
@given(files(), st.lists(st.tuples(st.booleans(), CHANGES), max_size=6))
def test_two_at_once_lose_nothing(text: str, edits: list[tuple[bool, tuple[KeyName, Any]]]) -> None:
    """Neither looks before it writes; who finds another value than was seen is asked."""
    with TemporaryDirectory() as folder:
        path = there(Path(folder) / "config.toml", text)
        first, second = SettingsForm(path), SettingsForm(path)
        expected = first.settings
        opened = dict.fromkeys((first, second), expected)
        for mine, (where, value) in edits:
            form = first if mine else second
            seen = opened[form].at(where)
            if expected.at(where) in (seen, value):
                form.put(where, value, seen)
                expected = _with(expected, {where: value})
                opened[form] = _with(opened[form], {where: value})
            else:
                with pytest.raises(ConflictError) as conflict:
                    form.put(where, value, seen)
                assert conflict.value.now == {where: expected.at(where)}
            assert load(path).settings == expected


def test_both_changed_the_same_and_nothing_is_written_until_the_person_has_said(
    path: Path,
) -> None:
    form, other = SettingsForm(there(path)), SettingsForm(path)
    seen = form.settings.at(SITTING)
    put(other, SITTING, 45 * MINUTE)
    with pytest.raises(ConflictError) as conflict:
        form.put(SITTING, 50 * MINUTE, seen)
    assert conflict.value.now == {SITTING: 45 * MINUTE}
    assert load(path).settings.at(SITTING) == 45 * MINUTE
    assert form.put(SITTING, 50 * MINUTE, 45 * MINUTE)
    assert load(path).settings.at(SITTING) == 50 * MINUTE


def test_the_same_answer_twice_is_no_conflict(path: Path) -> None:
    form, other = SettingsForm(there(path)), SettingsForm(path)
    seen = form.settings.at(SITTING)
    put(other, SITTING, 45 * MINUTE)
    assert not form.put(SITTING, 45 * MINUTE, seen)


@pytest.mark.parametrize(
    "text", ["[prompt]\nsitting = 'soon'\n", "[prompt\n", "[prompt]\nsiting = 1\n"]
)
def test_a_file_that_is_broken_by_hand_is_not_overwritten(path: Path, text: str) -> None:
    form = SettingsForm(there(path))
    there(path, text)
    form.look()
    assert "line" in form.mistakes[0]
    assert form.settings.at(SITTING) == 40 * MINUTE
    attempts: list[Callable[[], object]] = [
        lambda: put(form, AWAY, 300.0),
        lambda: form.reset(SITTING, form.settings.at(SITTING)),
    ]
    for attempt in attempts:
        with pytest.raises(ConfigError, match="line"):
            attempt()
    assert path.read_text("utf-8") == text
    there(path)
    form.look()
    assert form.mistakes == ()


def test_a_form_that_opens_on_a_broken_file_begins_when_it_is_mended(path: Path) -> None:
    form = SettingsForm(there(path, "[prompt\n"))
    assert form.mistakes
    there(path)
    assert SITTING in form.look()
    put(form, SITTING, 45 * MINUTE)
    form.as_it_was()
    assert path.read_text("utf-8") == LIVED_IN


# As it was


NEWER = """\
# of a newer version
country = "fr"

[prompt]
sitting = "40 min"
tempo = "slow"   # not ours

[weather]
rain = ["walk", "swim"]
deep = { er = 1 }
"""


def test_what_a_newer_version_has_written_stays_to_the_byte(path: Path) -> None:
    form = SettingsForm(there(path, NEWER))
    put(form, SITTING, 45 * MINUTE)
    put(form, AWAY, 4 * MINUTE)
    now = NEWER.replace("40 min", "45 min")
    assert path.read_text("utf-8") == f'{now}\n[presence]\naway = "4 min"\n'
    put(form, SITTING, 30 * MINUTE)
    assert 'tempo = "slow"   # not ours' in path.read_text("utf-8")
    assert len(load(path).foreign) == 3


def test_as_it_was_is_the_same_to_the_byte(path: Path) -> None:
    form = SettingsForm(there(path))
    put(form, SITTING, 45 * MINUTE)
    form.reset(SNOOZE, form.settings.at(SNOOZE))
    put(form, AWAY, 300.0)
    assert form.touched == {SITTING, SNOOZE, AWAY}
    done = form.as_it_was()
    assert done.back == {SITTING, SNOOZE, AWAY}
    assert not done.kept
    assert path.read_text("utf-8") == LIVED_IN
    assert form.touched == frozenset()


def test_as_it_was_keeps_what_others_have_changed_since(path: Path) -> None:
    form, other = SettingsForm(there(path)), SettingsForm(path)
    put(form, SITTING, 45 * MINUTE)
    put(form, AWAY, 300.0)
    other.look()
    put(other, AWAY, 240.0)
    put(other, HERE, Place.HOME)
    done = form.as_it_was()
    assert done.back == {SITTING}
    assert done.kept == {AWAY}
    assert load(path).settings.at(SITTING) == 40 * MINUTE
    assert load(path).settings.at(AWAY) == 240.0
    assert load(path).settings.at(HERE) == Place.HOME


@on_unix("a right to write")
def test_a_file_that_is_read_only_stays_as_it_is(path: Path) -> None:
    form = SettingsForm(there(path))
    path.chmod(0o400)
    if os.access(path, os.W_OK):
        pytest.skip("root may write all")
    with pytest.raises(WriteError, match="read-only"):
        put(form, AWAY, 300.0)
    assert path.read_text("utf-8") == LIVED_IN


def test_a_value_is_never_half_written(path: Path) -> None:
    """Two programs of ours at once take turns, whoever reads meanwhile finds a whole file."""
    there(path, EXAMPLE)
    forms = [SettingsForm(path) for _ in range(2)]
    wheres = [SITTING, AWAY]

    steps = {SITTING: (900.0, 300.0), AWAY: (120.0, 10.0)}

    def work(form: SettingsForm, where: KeyName) -> None:
        begin, step = steps[where]
        for number in range(1, 11):
            put(form, where, begin + number * step)

    threads = [Thread(target=work, args=pair) for pair in zip(forms, wheres, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = load(path).settings
    assert (found.at(SITTING), found.at(AWAY)) == (3900.0, 220.0)
    assert list(path.parent.iterdir()) == [path]


def test_another_program_that_saves_meanwhile_is_not_lost(path: Path) -> None:
    there(path)
    done = file.write(path, {AWAY: "5 min"}, {AWAY: 180.0})
    assert done is not None
    assert (done.before, load(path).settings.at(AWAY)) == (LIVED_IN, 300.0)
    assert not file.put_back(path, LIVED_IN, "something else")
    assert file.put_back(path, LIVED_IN, done.after)
