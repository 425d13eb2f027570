"""The journal: what was recorded stays, whatever the disk, a kill or somebody's editor does."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from needing import on_unix
from qlbreak.core.model.facts import Answered, AnyFact, Fact, Launched, Paused, Quit, Sat, Shown
from qlbreak.core.model.movements import Block
from qlbreak.core.model.terms import Answer, Why
from qlbreak.record.journal import Journal, Problem, Problems, decode, encode, read, settled_at
from samples import KINDS, any_fact, facts
from thorough import few

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SAT = Sat(AT, 600.0)
LINE = '{"v":1,"type":"sat","at":"2026-03-02T09:00:00Z","seconds":600.0}\n'


def at(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path, "device")
    journal.open()
    yield journal
    journal.close()


def told(path: Path) -> tuple[list[AnyFact], list[str]]:
    problems: list[Problem] = []
    found = list(read(path, problems))
    return found, [str(problem) for problem in problems]


# Facts as lines


def test_every_kind_of_fact_is_one_that_the_journal_knows() -> None:
    assert set(KINDS) == set(Fact.__subclasses__())


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=few(30))
def test_a_fact_reads_back_as_the_same(kind: type[AnyFact], data: st.DataObject) -> None:
    fact = data.draw(facts(kind))
    line = encode(fact)
    assert decode(line) == fact
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")


def test_a_line_is_readable_by_people_and_by_other_programs() -> None:
    assert encode(SAT).decode() == LINE
    answered = Answered(at(0.5), 3, Answer.SNOOZED, "tray", snooze=600)
    assert json.loads(encode(answered)) == {
        "v": 1,
        "type": "answered",
        "at": "2026-03-02T09:00:30Z",
        "prompt": 3,
        "answer": "snoozed",
        "via": "tray",
        "snooze": 600,
    }


def test_what_a_newer_version_adds_is_passed_over() -> None:
    assert decode(LINE.replace("}", ',"mood":["fine"]}').encode()) == SAT
    assert decode(b'{"type":"sat","seconds":600,"v":1,"at":"2026-03-02T09:00:00Z"}') == SAT


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"\x00" * 40, "not readable"),
        (b"\xff\xfe\x81{}", "not readable"),
        (b'{"v":1,"type":"sat","at":"\xff"}', "Invalid RFC3339"),
        (b'{"v":1,"type":"\xff"}', "not readable"),
        (b'{"v":1,"type":"sat","at":"2026-03-', "not readable"),
        (b'{"v":1,"x":' + b"[" * 99999, "not readable"),
        (b"hello", "not readable"),
        (b"[]", "not a fact that is known here"),
        (b"{}", "(no version)"),
        (b'{"type":"sat","at":"2026-03-02T09:00:00Z","seconds":1}', "(no version)"),
        (b'{"v":2,"type":"sat","at":7}', "written by a newer qlbreak (version 2 of the format)"),
        (b'{"v":1,"type":"danced","at":"2026-03-02T09:00:00Z"}', "'danced' is not known here"),
        (b'{"v":1,"type":"sat","at":"2026-03-02T09:00:00Z"}', "missing required field `seconds`"),
        (b'{"v":1,"type":"sat","at":"soon","seconds":1}', "Invalid RFC3339"),
        (b'{"v":1,"type":"quit","at":"2026-03-02T09:00:00"}', "with a timezone component"),
        (b'{"v":1,"type":"sat","at":"2026-03-02T09:00:00Z","seconds":1e300}', "<= 86400.0"),
        (b'{"v":1,"type":"sat","at":"2026-03-02T09:00:00Z","seconds":1000000000}', "<= 86400.0"),
        (b'{"v":1,"type":"arrived","at":"2026-03-02T09:00:00Z","seconds":86401}', "<= 86400.0"),
        (b'{"v":1,"type":"expired","at":"2026-03-02T09:00:00Z","prompt":-1}', ">= 0"),
        (b'{"v":1,"type":"expired","at":"2026-03-02T09:00:00Z","prompt":1e19}', "prompt"),
        (b'{"v":1,"type":"sat","at":"2026-03-02T09:00:00Z","seconds":-1}', ">= 0.0"),
    ],
)
def test_a_line_that_is_no_fact_says_why(line: bytes, what: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  the text is looked at below
        decode(line)
    assert what in str(error.value)


NEWER = (
    '{"v":1,"type":"shown","at":"2026-03-02T09:00:00Z","prompt":1,"routine":"r60","side":"left",'
    '"sitting":1800,"why":["full-moon","back"],"moment":"tea","length":60,'
    '"blocks":[{"movement":"str-side","seconds":20,"only":"front","tempo":"slow"}]}\n'
)


def test_a_word_of_a_newer_version_is_left_out_and_the_fact_stays(tmp_path: Path) -> None:
    path = tmp_path / "device.jsonl"
    path.write_text(LINE + NEWER + LINE)
    found, problems = told(path)
    shown = found[1]
    assert isinstance(shown, Shown)
    assert (shown.why, shown.moment, shown.sitting) == ((Why.BACK,), None, 1800)
    assert shown.blocks == (Block("str-side", 20),)
    assert len(found) == 3
    assert problems == [
        f"{path}, line 2: 'full-moon', 'tea', 'front' are not known here; the rest of it counts"
    ]


def test_what_needs_the_unknown_word_is_told_from_what_is_wrong(tmp_path: Path) -> None:
    """Nobody is to mend a line that is right."""
    path = tmp_path / "device.jsonl"
    danced = '{"v":1,"type":"danced","at":"2026-03-02T09:00:00Z"}\n'
    broken = '{"v":1,"type":"break","at":"2026-03-02T09:00:00Z","cause":"fire"}\n'
    path.write_text(danced + broken + '{"v":2,"type":"sat"}\n' + '{"v":1,"type":"sat"}\n')
    problems = Problems()
    assert read(path, problems) == []
    assert [problem.newer for problem in problems] == [True, True, True, False]
    assert (problems.number, problems.newer) == (4, 3)
    assert str(problems[1]) == f"{path}, line 2: 'fire' is not known here; skipped"


def test_a_word_is_told_short_and_cannot_steer_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "device.jsonl"
    path.write_text(LINE.replace('"sat"', '"' + "\\u001b[2J" + "x" * 9999 + '"'))
    (line,) = told(path)[1]
    assert len(line) < len(str(path)) + 130
    assert "\x1b" not in line


@given(data=st.data())
@settings(max_examples=few(30))
def test_whatever_else_is_added_the_fact_is_the_same(data: st.DataObject) -> None:
    fact = data.draw(any_fact())
    line = json.loads(encode(fact))
    extra = data.draw(st.dictionaries(st.text(min_size=1).map("new-{}".format), st.integers()))
    left_out: list[str] = []
    assert decode(json.dumps(line | extra).encode(), left_out) == decode(encode(fact))
    assert left_out == []


@given(st.binary(max_size=80))
def test_any_rubbish_is_a_fact_or_a_mistake(line: bytes) -> None:
    with suppress(ValueError):
        decode(b'{"v":1,' + line)
    with suppress(ValueError):
        decode(line)


# The file


@on_unix("modes of files")
def test_what_is_appended_is_there_for_its_owner_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "device")
    before = os.umask(0)
    try:
        journal.open()
    finally:
        os.umask(before)
    journal.append(SAT)
    assert journal.path.stat().st_mode & 0o777 == 0o600
    assert journal.path.read_text() == LINE


def test_an_empty_journal_tells_nothing(journal: Journal) -> None:
    assert journal.recent(AT) == ([], [])


@pytest.mark.parametrize("torn", [LINE[:30], "\0\0\0", LINE.rstrip()])
def test_after_a_torn_line_the_next_one_stands_alone(journal: Journal, torn: str) -> None:
    journal.path.write_text(LINE + torn)
    journal.open()
    journal.append(Quit(at(1)))
    journal.append(Quit(at(2)))
    found, problems = told(journal.path)
    assert [fact for fact in found if fact != SAT] == [Quit(at(1)), Quit(at(2))]
    assert len(found) + len(problems) == 4
    assert journal.path.read_text().startswith(LINE + torn + "\n")


def test_a_torn_last_line_is_told_as_such(journal: Journal) -> None:
    journal.path.write_text(LINE + LINE[:-9])
    found, problems = told(journal.path)
    assert found == [SAT]
    assert problems == [f"{journal.path}, line 2: the last line is torn: not readable; skipped"]


def test_rubbish_in_the_middle_loses_nothing_else(journal: Journal) -> None:
    rubbish = b'\x80\x00\xff\n\n  \n{"v":7}\n' + os.urandom(64).replace(b"\n", b"") + b"\n"
    journal.path.write_bytes(LINE.encode() + rubbish + LINE.encode())
    before = journal.path.read_bytes()
    journal.append(Quit(at(1)))
    found, problems = journal.recent(AT)
    assert found == [SAT, SAT, Quit(at(1))]
    assert [problem.line for problem in problems] == [2, 5, 6]
    assert journal.path.read_bytes() == before + encode(Quit(at(1)))


RUBBISH = st.binary(max_size=30).map(lambda bytes_: b"\x80" + bytes_.replace(b"\n", b""))


@given(st.lists(st.one_of(any_fact(), RUBBISH), max_size=12))
@settings(max_examples=few(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_fact_between_rubbish_is_told(journal: Journal, lines: list[AnyFact | bytes]) -> None:
    written = [line if isinstance(line, bytes) else encode(line).strip() for line in lines]
    journal.path.write_bytes(b"\n".join(written))
    found, problems = journal.recent(AT)
    assert found == [line for line in lines if not isinstance(line, bytes)]
    assert len(found) + problems.number == len(lines)


@on_unix("a folder in the place of a file is told otherwise")
@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to(path)])
def test_what_is_no_file_is_refused(tmp_path: Path, make: object) -> None:
    journal = Journal(tmp_path, "device")
    assert callable(make)
    make(journal.path)
    with pytest.raises(OSError, match=str(journal.path)):
        journal.open()


# Reading back


def write_days(journal: Journal, days: int, launched: int) -> list[AnyFact]:
    """A fact a minute, eight hours a day; *launched* is the day of the last start."""
    written: list[AnyFact] = []
    for day in range(days):
        start = 24 * 60 * day
        written += [Launched(at(start), "1")] if day == launched else []
        written += [Sat(at(start + minute), 60) for minute in range(480)]
    journal.path.write_bytes(b"".join(map(encode, written)))
    return written


def test_the_last_days_are_read_without_the_years_before(journal: Journal) -> None:
    written = write_days(journal, 60, launched=58)
    found, problems = journal.recent(at(24 * 60 * 57))
    assert journal.path.stat().st_size > 1 << 20
    assert problems == []
    assert found == written[-len(found) :]
    assert found[0].at < at(24 * 60 * 57)
    assert 3 * 480 < len(found) < 40 * 480


def test_the_last_start_is_always_among_it(journal: Journal) -> None:
    written = write_days(journal, 60, launched=3)
    found, _ = journal.recent(at(24 * 60 * 59))
    assert any(isinstance(fact, Launched) for fact in found)
    assert found == written[-len(found) :]


def test_without_any_start_all_is_read(journal: Journal) -> None:
    written = write_days(journal, 10, launched=-1)
    assert journal.recent(at(24 * 60 * 9))[0] == written


@pytest.mark.parametrize("size", [(1 << 16) - 1, 1 << 16, (1 << 16) + 1])
def test_a_block_may_end_anywhere(journal: Journal, size: int) -> None:
    """A line that is cut by the block's edge belongs to the part that was not read."""
    lines = [LINE] * 2000
    text = "".join(lines)[-size:]
    journal.path.write_text(LINE + text[text.index("\n") + 1 :])
    found, problems = journal.recent(at(-1))
    assert problems == []
    assert len(found) == journal.path.read_text().count("\n")


def test_the_label_of_what_is_settled() -> None:
    assert settled_at([]) is None
    assert settled_at([Sat(at(1), 1), Sat(at(5), 1), Paused(at(7)), Quit(at(9))]) == at(5)
