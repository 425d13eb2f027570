"""The folder of several devices: which file is whose, copies of synchronisers, all read as one."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needing import has_mode
from qlbreak.core.model.facts import AnyFact, Paused, Quit, Sat, Shown
from qlbreak.core.model.terms import Side
from qlbreak.core.statistics.merge import merged
from qlbreak.record import journal
from qlbreak.record.folder import JournalFile, JournalFolder, packed, united, unpacked
from qlbreak.record.journal import Problem, decode, encode
from samples import KINDS, any_fact
from thorough import few

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FACTS: list[AnyFact] = [Sat(AT + timedelta(minutes=n), 60.0) for n in range(12)]
LINES = [encode(fact) for fact in FACTS]


def write(path: Path, lines: list[bytes]) -> None:
    data = b"".join(lines)
    path.write_bytes(packed(data) if path.suffix == ".gz" else data)


def told(folder: Path) -> tuple[dict[str, list[AnyFact]], list[str]]:
    problems: list[Problem] = []
    return JournalFolder(folder, "here").read_all(problems), [str(problem) for problem in problems]


# Whose file it is


@pytest.mark.parametrize(
    ("name", "device", "part", "copy"),
    [
        ("laptop-12ab.jsonl", "laptop-12ab", "", False),
        ("laptop.2026-01.jsonl.gz", "laptop", "2026-01", False),
        ("laptop.2026-01.jsonl", "laptop", "2026-01", False),
        ("laptop.retired.jsonl.gz", "laptop", "retired", False),
        ("laptop.sync-conflict-20260102-150405-ABCDEF7.jsonl", "laptop", "", True),
        ("laptop.sync-conflict-20260102-150405.jsonl", "laptop", "", True),
        ("laptop.2026-01.jsonl.sync-conflict-20260102-150405.gz", "laptop", "2026-01", True),
        ("laptop (conflicted copy 2026-01-02 150405).jsonl", "laptop", "", True),
        ("laptop (conflicted copy Ann O 2026-01-02 150405).jsonl", "laptop", "", True),
        ("laptop.2026-01.jsonl (conflicted copy 2026-01-02 150405).gz", "laptop", "2026-01", True),
        ("laptop_conflict-20260102-150405.jsonl", "laptop", "", True),
        ("laptop_conflict_Ann O-20260102-150405.jsonl", "laptop", "", True),
        ("laptop (Ann's conflicted copy 2026-01-02).jsonl", "laptop", "", True),
        ("laptop (Ann's conflicted copy 2026-01-02 (1)).jsonl", "laptop", "", True),
        ("laptop (In Konflikt stehende Kopie von Ann 2026-01-02).jsonl", "laptop", "", True),
        ("laptop (1).jsonl", "laptop", "", True),
        ("laptop 2.jsonl", "laptop", "", True),
    ],
)  # fmt: skip
def test_a_name_tells_whose_it_is(name: str, device: str, part: str, copy: bool) -> None:
    file = JournalFile.of(Path(name))
    assert file is not None
    assert (file.device, file.part, file.copy) == (device, part, copy)
    assert file.grows is (name == "laptop-12ab.jsonl")


@pytest.mark.parametrize(
    "name",
    [
        ".syncthing.laptop.jsonl.tmp", "~syncthing~laptop.jsonl.tmp", ".laptop.jsonl.~1a2b3c4d",
        ".laptop.jsonl.part", "laptop.jsonl.part", "~laptop.tmp", "laptop.jsonl~", "notes.txt",
        ".laptop.2026-01.jsonl.gz.tmp", "laptop~20260102-150405.jsonl", ".stfolder", "laptop.json",
    ],
)  # fmt: skip
def test_what_is_none_of_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    assert JournalFile.of(Path(name)) is None
    (tmp_path / name).write_bytes(LINES[0])
    assert told(tmp_path) == ({}, [])


# All of a device's files are one record


def test_a_copy_adds_what_only_it_has(tmp_path: Path) -> None:
    write(tmp_path / "there.jsonl", LINES[:4] + LINES[6:])
    write(tmp_path / "there.sync-conflict-20260102-150405-ABCDEF7.jsonl", LINES[:7])
    write(tmp_path / "there (conflicted copy 2026-01-02 150405).jsonl", LINES[3:5] * 2)
    facts, problems = told(tmp_path)
    assert problems == []
    assert Counter(facts["there"]) == Counter(FACTS + FACTS[3:5])
    assert list(dict.fromkeys(facts["there"])) == FACTS


def test_what_is_no_file_is_none_of_ours(tmp_path: Path) -> None:
    write(tmp_path / "there.jsonl", LINES)
    (tmp_path / "folder.jsonl").mkdir()
    (tmp_path / "gone.jsonl").symlink_to("nowhere")
    assert list(JournalFolder(tmp_path, "here").files()) == ["there"]


def test_two_equal_lines_stay_two(tmp_path: Path) -> None:
    write(tmp_path / "there.jsonl", LINES[:1] * 2)
    write(tmp_path / "there (1).jsonl", LINES[:1] * 2)
    assert told(tmp_path)[0]["there"] == FACTS[:1] * 2


def test_months_and_a_retired_file_come_first(tmp_path: Path) -> None:
    write(tmp_path / "there.jsonl", LINES[9:])
    write(tmp_path / "there.2026-02.jsonl.gz", LINES[6:9])
    write(tmp_path / "there.2026-01.jsonl.gz", LINES[3:6])
    write(tmp_path / "there.retired.jsonl.gz", LINES[:3])
    assert told(tmp_path) == ({"there": FACTS}, [])


@pytest.mark.parametrize("size", [0, 5, 40, -9, -1])
def test_a_file_that_is_half_there_is_told_and_read_as_far(tmp_path: Path, size: int) -> None:
    path = tmp_path / "there.2026-01.jsonl.gz"
    write(path, LINES)
    path.write_bytes(path.read_bytes()[:size])
    write(tmp_path / "here.jsonl", [*LINES, LINES[0][:20]])
    facts, problems = told(tmp_path)
    assert facts["here"] == FACTS
    assert facts["there"] == FACTS[: len(facts["there"])]
    assert "the last line is torn" in problems[0]
    assert size == 0 or "breaks off" in problems[1]


def test_what_is_compressed_reads_back_also_in_pieces() -> None:
    assert unpacked(packed(b"a\n") + packed(b"b\n")) == (b"a\nb\n", True)
    assert unpacked(b"rubbish") == (b"", False)


ITEMS = st.lists(st.integers(0, 9), max_size=12)


@given(ITEMS, ITEMS)
def test_the_union_has_each_as_often_as_the_one_that_has_it_more_often(
    record: list[int], copy: list[int]
) -> None:
    both = united(record, copy)
    assert Counter(both) == Counter(record) | Counter(copy)
    rest = iter(both)
    assert all(item in rest for item in record)  # in its order
    assert united(both, copy) == both
    assert united(record, record) == record


def test_each_device_reads_all_and_numbers_stay_apart(tmp_path: Path) -> None:
    for name, minutes in (("here", (1, 3)), ("there", (2, 4))):
        shown = [
            Shown(AT + timedelta(minutes=minute), number, "reset-rock", Side.LEFT, 1800)
            for number, minute in enumerate(minutes, 1)
        ]
        write(tmp_path / f"{name}.jsonl", [LINES[0], *map(encode, shown)])
    (tmp_path / "notes.txt").write_text("not ours")
    records, problems = told(tmp_path)
    assert sorted(records) == ["here", "there"]
    facts = merged(records, 180.0)
    assert [fact.at.minute for fact in facts] == [0, 1, 2, 3, 4]
    assert len({fact.prompt for fact in facts if isinstance(fact, Shown)}) == 4
    assert merged({"here": records["here"]}, 180.0) == records["here"]
    assert problems == []


# In one go or line by line


def test_every_date_is_looked_at() -> None:
    dated: dict[type, tuple[str, ...]] = {}
    for kind in KINDS:
        for name, hint in get_type_hints(kind).items():
            if name != "at" and "datetime" in str(hint):
                dated[kind] = (*dated.get(kind, ()), name)
    assert dated == journal.DATES


@pytest.mark.parametrize("year", ["0001", "1969", "9001", "9999"])
def test_a_date_that_cannot_be_is_no_fact(year: str) -> None:
    for line in (encode(Quit(AT)), encode(Paused(AT, until=AT))):
        last = line.rindex(b'"2026')
        with pytest.raises(ValueError, match="a date that cannot be"):
            decode(line[:last] + line[last:].replace(b"2026", year.encode()))


PIECES = st.one_of(
    any_fact().map(encode),
    st.sampled_from(
        [
            b"\n", b"  \n", b"\r\n", b'{"v":1,', b'{"v":2,"type":"x"}\n', b"{}\n", b"\xff\n",
            LINES[0][:-1], LINES[0][:-1] + b" ", LINES[0].replace(b"2026", b"0001"),
            LINES[0].replace(b":1,", b": 1,"), LINES[0].replace(b",", b",\n"), b"\xef\xbb\xbf",
        ]
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=8).map(b"".join))
@settings(max_examples=few(300))
def test_in_one_go_or_line_by_line_it_is_the_same(data: bytes) -> None:
    problems: list[Problem] = []
    fast = journal.facts_of(data, Path("x"), problems)
    slow: list[Problem] = []
    assert fast == journal._line_by_line(data, Path("x"), slow)
    assert problems == slow


# The settings say where


def test_the_folder_is_made_but_not_what_it_lies_in(tmp_path: Path) -> None:
    from qlbreak.system.paths import PathError

    folder = JournalFolder(tmp_path / "shared", "here")
    folder.prepare()
    assert has_mode(folder.path, 0o700)
    with pytest.raises(PathError, match=r"there is no folder .*[\\/]lost; correct"):
        JournalFolder(tmp_path / "lost" / "shared", "here").prepare()
