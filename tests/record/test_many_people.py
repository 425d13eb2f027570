"""The recipe for many people: its SQL, as it stands on the page, against qlbreak's own figures."""

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from crowd import Person
from desk import tallied
from qlbreak.core.model.facts import Answered, Corrected, Held, Reopened, Shown
from qlbreak.core.model.terms import Answer, Ending, Reason, Side
from qlbreak.core.statistics import rows
from qlbreak.core.statistics.figures import total
from qlbreak.record.export import ExportTable, as_csv
from qlbreak.record.journal import Problem, encode, read
from recipe import PAGE, queries
from rig.room import Room

duckdb = pytest.importorskip("duckdb")

PEOPLE, DAYS = 40, 120
Counts = Counter[tuple[str, str, str | None]]  # by person, week and ending
_BEFORE = datetime.fromisoformat("2026-03-30T03:59:00+02:00")
_AFTER = _BEFORE + timedelta(minutes=2)
_HELD = encode(Held(_BEFORE, 90001, Reason.MEETING))
_SHOWN = encode(Shown(_AFTER, 90001, "x", Side.LEFT, 0.0))
_DONE = encode(Answered(_AFTER, 90001, Answer.DONE))
# Done by a slip of the hand; skipped afterwards, or still open.
_SLIPS = b"".join(
    encode(fact)
    for fact in (
        Shown(_AFTER, 90004, "x", Side.LEFT, 0.0),
        Answered(_AFTER + timedelta(minutes=1), 90004, Answer.DONE),
        Reopened(_AFTER + timedelta(minutes=2), 90004),
        Answered(_AFTER + timedelta(minutes=3), 90004, Answer.SKIPPED),
        Shown(_AFTER + timedelta(minutes=4), 90005, "x", Side.LEFT, 0.0),
        Answered(_AFTER + timedelta(minutes=5), 90005, Answer.DONE),
        Reopened(_AFTER + timedelta(minutes=6), 90005),
    )
)
_TWICE = b"".join(
    [
        encode(Corrected(_AFTER + timedelta(minutes=3), 90001, Ending.SKIPPED)),
        encode(Corrected(_AFTER + timedelta(minutes=4), 90001, Ending.DONE)),
    ]
)
# It came up on Sunday, and its end was taken back twice; a newer version's fact, a torn line, an
# answer without its prompt.
ODD = (
    _HELD + _SHOWN + _DONE + _TWICE + _SLIPS
    + _DONE.replace(b"done", b"skipped").replace(b'"v":1', b'"v":2')
    + b'{"v":1,"type":"shown","at":"2026-03-30T09:00:00+02:00","prom\n\x80\xff"type":"shown"\n'
    + _DONE.replace(b"90001", b"90002") + _HELD.replace(b"90001", b"90003")
    + b'{"v":1,"type":"napped","at":"2026-03-30T09:00:00+02:00","prompt":90001}\n'
)  # fmt: skip
TORN = b'{"v":1,"type":"corrected","at":"2026-03-30T04:05:00+02:00","prompt":90001,"end'


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return [Person(number) for number in range(1, PEOPLE + 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, people: list[Person]) -> Path:
    """Whole journals, every fourth packed, every third with oddities in it; and minimal files."""
    folder = tmp_path_factory.mktemp("people")
    for number, person in enumerate(people):
        lines = [encode(fact) for fact in person.live(DAYS)]
        if number % 3 == 0:
            lines[len(lines) // 2 : len(lines) // 2] = [ODD]
            lines.append(TORN)
        packed = gzip.compress if number % 4 == 0 else bytes
        path = folder / f"{person.name}.jsonl{'.gz' if number % 4 == 0 else ''}"
        path.write_bytes(packed(b"".join(lines)))
    for path, courses in zip(journals(folder), map(_courses, journals(folder)), strict=True):
        name = path.name.split(".")[0]
        (folder / f"{name}.csv").write_bytes(b"".join(courses))
    return folder


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.jsonl*"))


def unpacked(path: Path) -> Path:
    if path.suffix != ".gz":
        return path
    plain = path.parent / "plain" / path.stem
    plain.parent.mkdir(exist_ok=True)
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


def _courses(path: Path) -> Iterable[bytes]:
    problems: list[Problem] = []
    courses = tallied(read(unpacked(path), problems)).courses()
    return as_csv(ExportTable(rows.PROMPT, map(rows.of_prompt, courses)))


@pytest.fixture(scope="module")
def own(folder: Path) -> Counts:
    """By qlbreak itself, of every prompt that was shown."""
    found: Counts = Counter()
    for path in journals(folder):
        for course in tallied(read(unpacked(path), [])).courses():
            if course.shown is not None:
                row = rows.of_prompt(course)
                found[path.name.split(".")[0], row["week"], row["ending"]] += 1
    return found


def asked(folder: Path, way: str, query: str) -> list[tuple[Any, ...]]:
    texts = queries(folder)
    with duckdb.connect() as connection:
        connection.execute(texts[way])
        told: list[tuple[Any, ...]] = connection.execute(texts.get(query, query)).fetchall()
        return told


@pytest.mark.parametrize("way", ["minimal", "whole"])
def test_prompt_by_prompt(folder: Path, own: Counts, way: str) -> None:
    found: Counts = Counter()
    for person, week, ending, number in asked(
        folder, way, "SELECT person, week, ending, count(*) FROM prompts GROUP BY ALL"
    ):
        found[Path(person).name.split(".")[0], week, ending] = number
    assert found == own
    assert found["p00001", "2026-W13", "done"] > 0


@pytest.mark.parametrize("way", ["minimal", "whole"])
def test_compliance_by_week(folder: Path, own: Counts, way: str) -> None:
    weeks = sorted({week for _, week, _ in own})
    found = asked(folder, way, "compliance")
    assert [row[0] for row in found] == weeks
    assert len(weeks) >= DAYS // 7
    for week, people, prompts, done, skipped, expired, withdrawn, compliance, of_people in found:
        part = {key: number for key, number in own.items() if key[1] == week}
        ends = [sum(n for key, n in part.items() if key[2] == ending) for ending in Ending]
        assert [done, skipped, expired, withdrawn] == ends
        assert prompts == sum(part.values())
        assert people == len({person for person, _, _ in part})
        assert compliance == pytest.approx(done / (done + skipped + expired), abs=1e-4)
        assert of_people == pytest.approx(_mean(part), abs=1e-4)


def _mean(part: dict[tuple[str, str, str | None], int]) -> float:
    shares = []
    for name in {person for person, _, _ in part}:
        ends = {ending: n for (person, _, ending), n in part.items() if person == name}
        ended = sum(ends.get(ending, 0) for ending in ("done", "skipped", "expired"))
        if ended:
            shares.append(ends.get("done", 0) / ended)
    return sum(shares) / len(shares)


# The made-up people


def test_they_are_counted_as_they_were_made(people: list[Person]) -> None:
    for made in people[:10]:
        person = Person(int(made.name[1:]))
        tally = tallied(person.live(DAYS))
        days = tally.days()
        for (day, ending), number in person.ends.items():
            assert getattr(days[day], ending) == number
        whole = total(days.values())
        assert whole.prompts == sum(person.ends.values())
        assert whole.snoozed == person.snoozes


def test_a_life_is_the_same_again_and_about_prompts_also_without_the_sitting() -> None:
    def told(person: Person) -> list[Any]:
        return list(tallied(person.live(60)).courses())

    assert told(Person(3)) == told(Person(3)) == told(Person(3, sitting=False))
    assert told(Person(3)) != told(Person(4))
    assert told(Person(3)) != told(Person(3, seed=2))


def test_their_journals_can_be_read(folder: Path) -> None:
    problems: list[Problem] = []
    facts = list(read(folder / "p00002.jsonl", problems))
    assert problems == []
    assert len({type(fact) for fact in facts}) > 12


@pytest.fixture
def room() -> Iterator[Room]:
    with Room() as room:
        yield room


def test_the_minimal_file_is_what_the_command_writes(room: Room, folder: Path) -> None:
    """And with the page's own lines weeks and endings are all that is left of it."""
    journal, file = room.home / "data/journal/laptop.jsonl", room.home / "p00002.csv"
    journal.parent.mkdir(parents=True)
    journal.write_bytes((folder / "p00002.jsonl").read_bytes())
    words = ("export", "--of", "prompts", "--format", "csv", "-o", str(file))
    outcome = room.program().run(*words)
    assert (outcome.code, outcome.err) == (0, "")
    assert file.read_bytes() == (folder / "p00002.csv").read_bytes()
    [code] = re.findall(r'python -c "\n(.*?)" >', PAGE.read_text("utf-8"), re.DOTALL)
    command = [sys.executable, "-c", dedent(code)]
    coarse = room.run(command, stdin=file.read_text("utf-8")).out.splitlines()
    assert coarse[0] == "week,ending"
    assert coarse[1:] == sorted(coarse[1:])
    assert coarse.count("2026-W03,done") > 5
    assert all(re.fullmatch(r"2026-W\d\d,[a-z]*", line) for line in coarse[1:])
