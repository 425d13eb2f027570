"""A plan's file: what it may say, and every mistake with its line, key and a hint."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.coach.programmes import any_programme, ask
from desk import CATALOGUE
from qlbreak import data
from qlbreak.core.model.programme import Programme, WeekSpan
from qlbreak.core.model.terms import Side
from qlbreak.settings import plan_file
from qlbreak.settings.plan_file import PlanError
from thorough import few

TODAY = date(2026, 3, 2)
GOLDEN = Path(__file__).parents[1] / "golden" / "plan-mistakes.txt"
HEAD = 'name = "Six weeks"\nfrom = "Jane Doe"\n'


def read(text: str) -> Programme:
    return plan_file.parse(text, Path("plan.toml"), CATALOGUE, TODAY).programme


def mistakes(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as error:
        read(text)
    return error.value.mistakes


def test_all_that_may_be_said() -> None:
    text = f"""{HEAD}
start = 2026-02-23
note = "Slowly."

[weeks.1-2]
reset-rock = {{ repetitions = 8, times-a-day = 3 }}
len-seat-reach = [
  {{ side = "left", seconds = 20, times-a-day = 2 }},
  {{ side = "right" }},
]
leave-out = ["len-dog", "len-dog"]

[weeks.3.str-hip-hike]
side = "each"

[weeks."4 to 6"]
"""
    rock = ask("reset-rock", 8, times=3)
    left, right = ask("len-seat-reach", 20, Side.LEFT, 2), ask("len-seat-reach", side=Side.RIGHT)
    hike = ask("str-hip-hike")
    spans = (
        WeekSpan(1, 2, (rock, left, right), ("len-dog",)), WeekSpan(3, 3, (hike,)), WeekSpan(4, 6),
    )  # fmt: skip
    start = date(2026, 2, 23)
    assert read(text) == Programme("Six weeks", "Jane Doe", start, spans, "Slowly.")


def test_without_a_start_it_begins_on_the_day_it_is_loaded() -> None:
    found = read(f"{HEAD}[weeks.1]\nstr-brace = {{}}\n")
    assert found.start == TODAY
    assert found.last_day == date(2026, 3, 8)


def written(programme: Programme) -> str:
    lines = [f'name = "{programme.name}"', f'from = "{programme.by}"', f"start = {programme.start}"]
    for span in programme.spans:
        lines += ["", f"[weeks.{span.first}-{span.last}]", f"leave-out = {list(span.leave_out)}"]
        for one in span.asked:
            number = one.repetitions or one.seconds
            key = "repetitions" if one.repetitions else "seconds"
            side = f'side = "{one.side}", '
            sided = CATALOGUE.movements[one.movement].sided
            told = f"{side if sided else ''}{key} = {number}, times-a-day = {one.times}"
            lines.append(f"{one.movement} = {{ {told} }}")
    return "\n".join([*lines, ""])


@given(any_programme())
@settings(max_examples=few(100))
def test_what_is_written_is_what_is_read(programme: Programme) -> None:
    assert read(written(programme)) == programme


@given(st.text(max_size=80))
@settings(max_examples=few(200))
def test_whatever_stands_there_nothing_else_is_raised(text: str) -> None:
    for whole in (text, f"{HEAD}[weeks.1]\n{text}\n"):
        told: tuple[str, ...] = ("nothing",)
        try:
            read(whole)
        except PlanError as error:
            told = error.mistakes
        assert told
        assert not any("\n" in line for line in told)


VALUES = st.recursive(
    st.one_of(st.integers(-2, 700), st.booleans(), st.sampled_from(["left", "x", "len-dog"])),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from([*plan_file.ENTRY, "x"]), inner, max_size=3)
    ),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from([*plan_file.HEAD, "x"]), VALUES, max_size=4),
    st.dictionaries(
        st.sampled_from(["1-2", "3", "0", "x", "40"]),
        VALUES | st.dictionaries(st.sampled_from(["str-brace", "leave-out", "y"]), VALUES),
        max_size=2,
    ),
)
@settings(max_examples=few(300))
def test_values_of_any_kind_are_told_and_never_fatal(
    head: dict[str, object], weeks: dict[str, object]
) -> None:
    reading = plan_file._PlanReading("", Path("plan.toml"), CATALOGUE)
    found = reading.programme({**head, "weeks": weeks}, TODAY)
    assert (found is None) is bool(reading.mistakes)


WRONG = """\
naem = "x"
from = ""
start = "2026-03-02"

[weeks.1-2]
reset-rok = { repetitions = 3 }
reset-rock = { repetitons = 3 }
hip-hike = {}
zzz = {}
len-seat-reach = { repetitions = 3, side = "lft" }
str-hip-hike = { repetitions = 30, times-a-day = 9 }
str-brace = 3
reset-shift = { side = "left" }
nb-psoas-split = [{ side = "left" }, { side = "each" }]
rel-chair-balls = { seconds = 300, times-a-day = 3 }
leave-out = ["len-dgo", "str-brace"]

[weeks.2]

[weeks.4-3]

[weeks.3.reset-rock]
times-a-day = "3"
seconds = 20

[weeks.5]
leave-out = "len-dog"
"""


def test_every_mistake_is_told_with_its_line_as_others_rely_on() -> None:
    told = "\n".join(mistakes(WRONG)) + "\n"
    assert told == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "name is missing"),
        (HEAD, "there are no weeks; write [weeks.1-2] on a line of its own"),
        (f"{HEAD}weeks = 3\n", "weeks is a section"),
        (f"{HEAD}[weeks]\n1 = 3\n", "line 4: weeks.1 is a section; write [weeks.1]"),
        (f"{HEAD}start = 1800-01-01\n[weeks.1]\n", "the year 1800 cannot be meant"),
        (f"{HEAD}start = 2026-03-02T10:00:00\n[weeks.1]\n", "write a date without quotes"),
        (f'{HEAD}note = "{"x" * 401}"\n[weeks.1]\n', "note is longer than 400 signs"),
        ('name = "a\\nb"\nfrom = "c"\n[weeks.1]\n', "name has a line break"),
        ('name = "a\n', "not valid TOML"),
        (
            f"{HEAD}[weeks.1]\nrel-wall-big = {{}}\nnb-glute-ball = {{ times-a-day = 2 }}\n",
            "line 3: weeks.1: movements with balls: 3 times a day in all; choose 2 at most",
        ),
        (f"{HEAD}[weeks.1]\n[weeks.1]\n", "not valid TOML"),
    ],
)
def test_what_is_wrong_with_the_whole(text: str, told: str) -> None:
    assert told in "\n".join(mistakes(text))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    def told(path: Path) -> str:
        with pytest.raises(PlanError) as error:
            plan_file.load(path, CATALOGUE, TODAY)
        return str(error.value)

    assert "there is no file" in told(tmp_path / "none.toml")
    assert "cannot be read: it is a folder" in told(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b"\xff\xfe")
    assert "not a UTF-8 text file" in told(tmp_path / "latin.toml")


# The examples


@pytest.mark.parametrize("name", data.plans())
def test_an_example_is_right_and_says_that_it_is_one(name: str) -> None:
    text = data.plan(name)
    programme = read(text)
    assert text.startswith("# AN EXAMPLE, not advice for anybody")
    assert programme.name.startswith("Example: ")
    assert "example" in programme.by
    for span in programme.spans:
        for one in span.asked:
            line = next(line for line in text.splitlines() if line.startswith(one.movement))
            grade = CATALOGUE.movements[one.movement].grade
            assert line.endswith(f"# {grade}") or "[" in line


def test_there_are_three() -> None:
    assert data.plans() == ["gentle", "one-side", "stronger"]
