"""The settings file: every mistake has its line, and nobody ever writes to it."""

import os
import sys
from contextlib import suppress
from datetime import time
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

from desk import SENSED
from needing import on_unix, writing
from qlbreak.app.hooks import LIMIT_S
from qlbreak.core.model.movements import Flag, Thing
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import DAY, EARLY, HOUR, MINUTE, NEVER, SHORT_ROUTINE, Hours, Rules
from qlbreak.core.model.terms import Reason, Side
from qlbreak.data import load as catalogue
from qlbreak.settings.config import Config, ConfigError, load, parse, text
from qlbreak.settings.hooks_section import HooksSection
from qlbreak.settings.person import EquipmentSection, YouSection
from qlbreak.settings.schema import (
    AT_NEXT_START,
    PLACEHOLDERS,
    SECTIONS,
    BusySection,
    CheckInSection,
    ConfigKey,
    HoursSection,
    PresenceSection,
    PromptSection,
    RecordSection,
    Settings,
    changes,
)
from qlbreak.system.resources import example_config
from qlbreak.texts.names import BUSY

FILE = Path("config.toml")


def mistake(lines: str) -> str:
    with pytest.raises(ConfigError) as error:
        parse(lines, FILE)
    assert "\n" not in str(error.value)
    return str(error.value)


def rules(lines: str) -> Rules:
    return parse(lines, FILE).rules


# The example


def test_the_example_says_the_defaults() -> None:
    assert load(example_config()).settings == Settings()


def test_the_defaults_are_those_of_the_core() -> None:
    assert (Settings().rules, Settings().profile) == (Rules(), Profile())


CANDIDATES: list[Any] = [
    *(
        True,
        False,
        4,
        "30 s",
        "60 s",
        "10 min",
        "20 min",
        "1 day",
        ["3 min"],
        ["reset-walk"],
        "01:00",
        ["Tue 08:00-09:00"],
    ),
    *("left", "home", ["wrist"], ["mat"]),
]


def another(key: ConfigKey) -> Any:
    """A value that is not the default."""
    for candidate in CANDIDATES:
        with suppress(ValueError):
            value = key.kind.read(candidate)
            if value != key.default:
                return value
    raise AssertionError(key)


@pytest.mark.parametrize(("part", "kind"), [("rules", Rules), ("profile", Profile)])
def test_every_field_of_the_core_but_the_ticks_has_a_key_of_its_own(
    part: str, kind: type[Struct]
) -> None:
    reached = []
    for section in ("prompt", "presence", "check_in", "hours", "you", "equipment"):
        for key in SECTIONS[section].values():
            value = another(key)
            before, after = Settings(), Settings().having(section, **{key.field: value})
            assert changes(before, after) == {(section, key.name): key.kind.write(value)}
            old, new = getattr(before, part), getattr(after, part)
            fields = kind.__struct_fields__
            reached += [name for name in fields if getattr(old, name) != getattr(new, name)]
    assert sorted(reached) == sorted(set(kind.__struct_fields__) - {"max_gap"})


@pytest.mark.parametrize("section", SECTIONS)
def test_every_key_says_in_a_sentence_what_it_does_and_what_it_may_be(section: str) -> None:
    for key in SECTIONS[section].values():
        assert key.help[0].isupper()
        assert not key.help.endswith((".", "?", ":"))
        assert not key.more or key.more.endswith(".")
        assert key.kind.bounds
        assert key.kind.read(key.kind.write(key.default)) == key.default


def test_the_help_names_the_durations_that_are_no_settings_as_they_are() -> None:
    keys = SECTIONS["prompt"]
    assert f"up to {EARLY / MINUTE:.0f} min early" in keys["early"].help
    assert f"a {SHORT_ROUTINE} s routine" in keys["snoozes"].more
    assert f"for {LIMIT_S:.0f} s" in (HooksSection.__doc__ or "")


def test_a_section_that_applies_at_the_next_start_says_so() -> None:
    told = {s.name for s in fields(Settings) if "at the next start" in (s.type.__doc__ or "")}
    assert told == set(AT_NEXT_START)


def test_what_the_machine_tells_has_a_switch_each() -> None:
    assert [busy.key for busy in BUSY.values()] == [*SECTIONS["busy"]]


# What may be written


def test_an_empty_file_means_the_defaults() -> None:
    assert rules("") == rules("[prompt]\n") == Rules()


def test_a_key_alone_changes_only_itself() -> None:
    changed = msgspec.structs.replace(Rules(), sitting=45 * MINUTE)
    assert rules('[prompt]\nsitting = "45 min"') == changed


@pytest.mark.parametrize("word", ["osteo-range", "osteo-load"])
def test_a_caution_of_older_settings_means_no_less_than_it_did(word: str) -> None:
    text = f'[you]\ncautions = ["{word}", "wrist"]\n'
    assert parse(text, Path("config.toml")).profile.cautions == {"osteo", "wrist"}


def test_the_check_in_may_be_off_and_is_written_so() -> None:
    off = parse('[check_in]\nevery = "never"', FILE)
    assert off.rules.check_in == NEVER
    assert '\nevery = "never"\n' in text(off)
    assert '\nevery = "7 days"\n' in text(parse("", FILE))


def test_more_often_than_weekly_is_allowed_and_deserves_a_word() -> None:
    assert parse("", FILE).notes == ()
    (note,) = parse('[check_in]\nevery = "1 day"', FILE).notes
    assert note.startswith("check_in.every: once a week is often enough")


@pytest.mark.parametrize(
    ("span", "days", "start", "end"),
    [
        ("Mon-Fri 08:30-18:00", {0, 1, 2, 3, 4}, time(8, 30), time(18)),
        ("saturday,sunday 9:00-24:00", {5, 6}, time(9), time(0)),
        ("Fri-Mon 22:00-02:00", {4, 5, 6, 0}, time(22), time(2)),
        ("Tue, Thu-Fri 08:00-09:00", {1, 3, 4}, time(8), time(9)),
    ],
)
def test_hours_may_be_written_so(span: str, days: set[int], start: time, end: time) -> None:
    assert rules(f'[hours]\nwork = ["{span}"]').hours == (Hours(frozenset(days), start, end),)


def test_more_than_an_hour_of_sitting_gets_a_remark() -> None:
    assert parse('[prompt]\nsitting = "60 min"', FILE).notes == ()
    assert "hourly" in parse('[prompt]\nsitting = "65 min"', FILE).notes[0]


MINUTES = st.integers(60, 3600).map(float)
SPANS = st.builds(
    Hours,
    st.frozensets(st.integers(0, 6), min_size=1),
    *[st.times().map(lambda t: t.replace(second=0, microsecond=0))] * 2,
)
SIDES = st.sampled_from([None, Side.LEFT, Side.RIGHT])
THINGS = st.frozensets(st.sampled_from(get_args(Thing)))
WORDS = st.text(st.characters(blacklist_characters="{}\0", blacklist_categories=["Cs"]), min_size=1)
PROGRAMS = WORDS.filter(lambda word: min(word) >= " ")
COMMANDS = st.one_of(
    st.just(()), st.builds(lambda program, words: (program, *words), PROGRAMS, st.lists(WORDS))
)
SETTINGS = st.builds(
    Settings,
    prompt=st.builds(
        PromptSection,
        sitting=st.integers(3, 18).map(lambda n: n * 5 * MINUTE),
        routine=st.sampled_from([30, 60, 90, 180]),
        longer=st.sampled_from([30, 60, 90, 180]),
        longer_every=st.sampled_from([0, 2, 3, 4, 5, 6]),
        snooze=st.lists(MINUTES, min_size=1, max_size=3).map(tuple),
        snoozes=st.integers(0, 5),
        expires=st.integers(120, 3600).map(float),
        again=st.integers(0, 3600).map(float),
        notice=st.integers(0, 120).map(float),
        early=st.booleans(),
        sound=st.booleans(),
        per_day=st.integers(4, 20),
    ),
    presence=st.builds(PresenceSection, away=st.integers(120, 600).map(float)),
    check_in=st.builds(CheckInSection, every=st.sampled_from([DAY, 30 * HOUR, 28 * DAY, NEVER])),
    hours=st.builds(
        HoursSection,
        work=st.lists(SPANS, max_size=3).map(tuple),
        day_turn=st.times(max_value=time(12)).map(lambda t: t.replace(second=0, microsecond=0)),
    ),
    busy=st.builds(BusySection, *[st.booleans()] * 5),
    you=st.builds(
        YouSection,
        tighter=SIDES,
        weaker=SIDES,
        cautions=st.frozensets(st.sampled_from(get_args(Flag))),
        strong=st.booleans(),
        flexible=st.booleans(),
        discreet=st.booleans(),
        never=st.frozensets(st.sampled_from(sorted(catalogue().movements)), max_size=5),
    ),
    equipment=st.builds(EquipmentSection, st.sampled_from(Place), THINGS, THINGS, THINGS),
    record=st.builds(
        RecordSection,
        folder=st.sampled_from(["", '/srv/ein Ordner/ä"\\', "/x"]),
        device=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", fullmatch=True),
    ),
    hooks=st.builds(HooksSection, COMMANDS, COMMANDS, COMMANDS, COMMANDS),
)


@on_unix("folders as they are named there")
@given(SETTINGS)
def test_what_applies_reads_back_as_the_same(settings: Settings) -> None:
    assert parse(text(Config(settings, FILE, found=True)), FILE).settings == settings


def test_the_folder_may_be_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("C:/Users/ada" if sys.platform == "win32" else "/home/ada")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    assert parse('[record]\nfolder = "~/Sync/q"', FILE).record.folder == str(home / "Sync/q")


@pytest.mark.parametrize("key", PLACEHOLDERS)
def test_a_hook_may_name_all_that_it_is_told(key: str) -> None:
    words = ["program", *(f"a {{{name}}} b" for name in PLACEHOLDERS[key]), "{{}}", ""]
    written = ", ".join(f'"{word}"' for word in words)
    hooks = parse(f"[hooks]\n{key} = [{written}]", FILE).hooks
    assert getattr(hooks, SECTIONS["hooks"][key].field) == tuple(words)


# Mistakes

VALUES: list[tuple[str, str, str, str]] = [
    ("record", "folder", '"Sync/qlbreak"', 'write it in full, or "~/Sync/qlbreak"'),
    ("record", "folder", '"~nobody-of-that-name/x"', "no such user in"),
    ("record", "folder", '"C:\\temp"', "has a character that file names cannot have; write Win"),
    ("record", "folder", "1", "is not text"),
    ("record", "device", '"Ann\'s laptop"', "use letters, digits and hyphens"),
    ("record", "device", '"-x"', "cannot be used in file names"),
    ("record", "device", "7", "is not text"),
    ("prompt", "sitting", "30", '30 is not text; write for example "10 min"'),
    ("prompt", "sitting", '"banana"', "'banana' is not a duration"),
    ("prompt", "sitting", '"30"', "'30' is not a duration"),
    ("prompt", "sitting", '"10 min"', "10 min is out of range; choose 15 min to 90 min"),
    ("prompt", "sitting", '"2 h"', "out of range"),
    ("prompt", "sitting", '"17 min"', "17 min is not a multiple of 5 min"),
    ("prompt", "routine", '"45 s"', "choose 30 s, 60 s, 90 s, 180 s"),
    ("prompt", "routine", "60", "is not text"),
    ("prompt", "standing", '"10 min"', 'choose 15 min to 90 min, in steps of 5 min, or "never"'),
    ("prompt", "standing", '"sometimes"', "'sometimes' is not a duration"),
    ("prompt", "cue", '"1 min"', 'choose 3 min to 30 min, in steps of 1 min, or "never"'),
    ("prompt", "longer", '"2 min"', "choose 30 s, 60 s, 90 s, 180 s"),
    ("prompt", "longer_every", "1", "1 is out of range; choose 0 (never), or 2 to 6"),
    ("prompt", "longer_every", "7", "7 is out of range"),
    ("you", "tighter", '"lft"', "unknown word 'lft'; did you mean left?"),
    ("you", "tighter", '"lft"', "; did you mean left?"),
    ("you", "weaker", "1", 'unknown word 1; choose "left", "right" or "none"'),
    ("you", "cautions", '["kidny"]', "unknown word 'kidny'; did you mean kidney?"),
    ("you", "cautions", '"kidney"', 'is not a list; write for example ["osteo"]'),
    ("you", "strong", '"yes"', "'yes' is neither true nor false; write true or false"),
    ("you", "flexible", "1", "1 is neither true nor false"),
    ("you", "discreet", "[]", "is neither true nor false"),
    ("you", "never", '["reset-wolk"]', "unknown word 'reset-wolk'; did you mean reset-walk?"),
    ("you", "never", '["jumping"]', "unknown word 'jumping'; "),
    ("busy", "microphone", "0", "is neither true nor false"),
    ("busy", "camera", '"no"', "is neither true nor false"),
    ("busy", "full_screen", "1", "is neither true nor false"),
    ("busy", "do_not_disturb", "[]", "is neither true nor false"),
    ("busy", "inhibitors", '"never"', "is neither true nor false"),
    ("equipment", "travel", '["plane"]', "unknown word 'plane'"),
    ("equipment", "here", '"bed"', 'unknown word \'bed\'; choose "office", "home" or "travel"'),
    ("equipment", "home", '["sofa"]', "unknown word 'sofa'"),
    ("equipment", "office", "[1]", "is not text"),
    ("prompt", "snooze", '"5 min"', "write one to three lengths"),
    ("prompt", "snooze", "[]", "write one to three lengths"),
    ("prompt", "snooze", "[1, 2, 3, 4]", "write one to three lengths"),
    ("prompt", "snooze", '["5 min", 5]', "is not text"),
    ("prompt", "snooze", '["2 h"]', "out of range"),
    ("prompt", "snoozes", '"2"', "'2' is not a whole number; write 0 to 5"),
    ("prompt", "snoozes", "true", "True is not a whole number"),
    ("prompt", "snoozes", "2.0", "is not a whole number"),
    ("prompt", "snoozes", "-1", "-1 is out of range; choose 0 to 5"),
    ("prompt", "expires", '"1 s"', "out of range; choose 2 min to 1 h"),
    ("prompt", "again", '"2 h"', "out of range; choose 0 s to 1 h"),
    ("prompt", "notice", '"5 min"', "out of range; choose 0 s to 2 min"),
    ("prompt", "early", '"5 min"', "is neither true nor false"),
    ("prompt", "sound", "0", "0 is neither true nor false"),
    ("prompt", "per_day", "3", "3 is out of range; choose 4 to 20"),
    ("presence", "away", '"1 h"', "out of range; choose 2 min to 10 min"),
    ("guide", "sound", '"loud"', 'unknown word \'loud\'; choose "off", "tones" or "voice"'),
    ("guide", "volume", "0", "0 is out of range; choose 5 to 100"),
    ("check_in", "every", '"0 days"', "0 days is out of range; choose 1 day to 28 days"),
    ("check_in", "every", '"29 days"', "out of range; choose 1 day to 28 days"),
    ("check_in", "every", '"weekly"', "'weekly' is not a duration"),
    ("check_in", "every", "7", "is not text"),
    ("hours", "work", '"Mon 08:00-09:00"', "write a list such as"),
    ("hours", "work", "[8]", "is not text"),
    (
        "hours",
        "work",
        '["08:30-18:00"]',
        "no day is given; write for example",
    ),
    ("hours", "work", '["Mon 08:30"]', "the end time is missing; write for example"),
    ("hours", "work", '["Moonday 08:30-18:00"]', "'moonday' is not a day: Mon Tue"),
    ("hours", "work", '["Mon 8-25"]', "'25' is not a time of day such as 08:30"),
    ("hours", "work", '["Mon 24:00-02:00"]', "hours cannot begin at '24:00'"),
    ("hours", "day_turn", "4", "is not text"),
    ("hours", "day_turn", '"late"', "'late' is not a time of day"),
    (
        "hooks",
        "prompted",
        '"notify-send"',
        'is not a list; write for example ["notify-send"',
    ),
    (
        "hooks",
        "prompted",
        '["x", "{rutine}"]',
        "{rutine}; did you mean routine?",
    ),
    ("hooks", "prompted", '["x", "{}"]', "unknown placeholder {}; choose prompt, routine"),
    ("hooks", "answered", '["x", "{reason}"]', "unknown placeholder {reason}; choose prompt"),
    ("hooks", "answered", '["x", 1]', "is not text"),
    ("hooks", "break", '["x", "{cause!r}"]', "write only {cause} between the braces"),
    ("hooks", "break", '["x", "{cause.upper}"]', "unknown placeholder {cause.upper}"),
    ("hooks", "held", '["x", "{reason"]', "write {{ or }} for a literal brace"),
    ("hooks", "held", '["", "x"]', "the first word is empty; put the program there"),
    ("hooks", "held", '["C:\\new\\beep"]', "has a character that file names cannot have; write"),
    ("hooks", "held", '["a\\u0000b"]', "a word has a zero character in it"),
    ("hours", "day_turn", '"12:30"', "out of range; choose 00:00 to 12:00"),
    ("general", "language", '"klingon"', "unknown word 'klingon'"),
]


@pytest.mark.parametrize(("section", "key", "value", "what"), VALUES)
def test_a_wrong_value_is_named_with_its_line(
    section: str, key: str, value: str, what: str
) -> None:
    if sys.platform == "win32" and "~nobody" in value:
        pytest.skip("only on Unix: the homes of all are known")
    told = mistake(f"# a remark\n[{section}]  # another\n\n{key} = {value}\n")
    assert told.startswith(f"config.toml, line 4: {section}.{key}: ")
    assert what in told


def test_every_key_has_a_mistake_here() -> None:
    keys = {(section, key) for section, table in SECTIONS.items() for key in table}
    assert {(section, key) for section, key, _, _ in VALUES} == keys


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("[promt]", "line 1: unknown section 'promt'; did you mean prompt?"),
        ("[you2]\nhas = ['kidney']", "line 1: unknown section 'you2'; did you mean you?"),
        ("[you]\nbody = ['kidney']", "line 2: unknown key 'body'; choose tighter, weaker"),
        (
            "[x]\ny = [{ z = ['kidney'] }]",
            "line 1: unknown section 'x'; choose prompt, guide",
        ),
        ('sitting = "5 min"', "line 1: unknown section 'sitting'; choose prompt"),
        ("[prompt]\nsiting = 1", "line 2: unknown key 'siting'; did you mean sitting?"),
        ("[presence]\nawya = '3 min'", "line 2: unknown key 'awya'; did you mean away?"),
        ("[hours]\nwork = []\n[prompt]\nwork = 1", "line 4: unknown key 'work'"),
        ("prompt = 5", "line 1: prompt is a section; write [prompt] on a line of its own"),
        ("[[prompt]]", "line 1: prompt is a section"),
        ("[prompt.sitting]\nx = 1", "prompt.sitting: {'x': 1} is not text"),
        ("[prompt\n", "not valid TOML: "),
        ("[prompt]\nsitting = 30 min", "(at line 2, column "),
        ("[prompt]\nsnoozes = 1\nsnoozes = 2", "not valid TOML: Cannot overwrite a value"),
        ("[prompt]\nsnoozes = " + "[" * 9999, "not valid TOML: "),
        ('[record]\nfolder = "C:\\Users\\ada"', "/ instead of \\, or in 'single quotes'"),
        ('[record]\nfolder = "C:\\Documents"', "/ instead of \\, or in 'single quotes'"),
        ("[prompt]\nsnoozes = 1" + "0" * 9999, "not valid TOML: "),
        ("\0", "not valid TOML: "),
    ],
)
def test_a_mistake_in_the_shape_is_named(lines: str, told: str) -> None:
    assert told in mistake(lines)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("[prompt]\ntempo = 'slow'", "line 2: key 'tempo' is not known to this version"),
        ("[presence]\nx = 1", "line 2: key 'x'"),
        ("[weather]\nsitting = 1\nrain = true", "line 1: section 'weather' is not known"),
        ("[sound]\nx = 1", "line 1: section 'sound'"),
        ("country = 'fr'", "line 1: section 'country'"),
        ("[prompt]\nsnooze_most = 3", "If it is not from a newer qlbreak: did you mean snoozes?"),
        ("[presence]\naway = '3 min'\nawya = 3", "line 3: key 'awya'"),
        ("[prompt]\n'a\tb' = 1", "key 'a\\tb'"),
        ('[prompt]\n"a\\nb" = 1', "key 'a\\nb'"),
    ],
)
def test_what_a_newer_version_may_know_is_left_alone_and_the_rest_holds(
    lines: str, told: str
) -> None:
    found = parse(f"{lines}\n[check_in]\nevery = '14 days'\n", FILE)
    (line,) = found.foreign
    assert told in line
    assert "\n" not in line
    assert found.notes == (line,)
    assert found.rules.check_in == 14 * DAY


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    lines = '[prompt]\nsiting = 1\nsnoozes = 9\n[promt]\n[hours]\nwork = ["Mon"]\nsound = true\n'
    with pytest.raises(ConfigError) as error:
        parse(lines, FILE)
    assert [mistake.split(": ")[0] for mistake in error.value.mistakes] == [
        f"config.toml, line {line}" for line in (2, 3, 4, 6, 7)
    ]
    first = "config.toml, line 2: unknown key 'siting'; did you mean sitting?"
    assert str(error.value) == f"{first} (and 4 more mistakes: qlbreak config check)"
    assert mistake("[prompt]\nsnoozes = 9").endswith("choose 0 to 5")


@given(st.text(max_size=60), st.sampled_from(["", "[prompt]\n", "[hours]\nwork = "]))
def test_any_text_gives_settings_or_one_line(text: str, head: str) -> None:
    try:
        parse(head + text, FILE)
    except ConfigError as error:
        line = str(error)
    else:
        line = ""
    assert "\n" not in line


# Files


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    config = load(tmp_path / "none.toml")
    assert (config.rules, config.found) == (Rules(), False)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbf[prompt]\r\nsitting = "60 min"\r\n')
    assert load(path).rules.sitting == HOUR


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: path.mkdir(), "is a folder; the settings must be a file"),
        (lambda path: path.write_bytes(b"\xff\xfe[\0"), "is not a UTF-8 text file"),
        (lambda path: path.write_bytes(b"#" * (1 << 20) + b"\n"), "it is larger than 1 MB"),
    ],
)
def test_what_is_no_settings_file_is_named(tmp_path: Path, make: Any, what: str) -> None:
    named(tmp_path, make, what)


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda path: path.symlink_to(path), "cannot be read: Too many levels"),
        (lambda path: path.symlink_to("/proc/self/mem"), "cannot be read: Input/output error"),
        (lambda path: os.mkfifo(path), "cannot be read: it is a pipe or a device; it should be"),
        (lambda path: path.symlink_to("/dev/zero"), "cannot be read: it is a pipe or a device"),
    ],
)
def test_what_is_no_file_is_named(tmp_path: Path, make: Any, what: str) -> None:
    named(tmp_path, make, what)


def named(tmp_path: Path, make: Any, what: str) -> None:
    path = tmp_path / "config.toml"
    make(path)
    with pytest.raises(ConfigError) as error:
        load(path)
    assert str(path) in str(error.value)
    assert what in str(error.value)


@pytest.mark.parametrize("content", ["", "[prompt]\nsiting = 1\n", '[prompt]\nsitting="1 h"'])
def test_nothing_is_ever_written(tmp_path: Path, content: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(content)
    before = writing(path)
    with suppress(ConfigError):
        text(load(path))
    assert path.read_text() == content
    assert writing(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_what_tells_of_a_busy_person_can_be_switched_off() -> None:
    found = parse("[busy]\ncamera = false\ninhibitors = false\n", FILE)
    assert found.busy == BusySection(camera=False, inhibitors=False)
    assert found.busy.wanted == SENSED - {Reason.CAMERA, Reason.INHIBITED}
    assert "[busy]\nmicrophone = true\ncamera = false\n" in text(found)
    assert parse(text(found), FILE).busy == found.busy
    assert "busy.camera: 'no' is neither true nor false" in mistake('[busy]\ncamera = "no"\n')
    assert "did you mean full_screen?" in mistake("[busy]\nfullscreen = true\n")
