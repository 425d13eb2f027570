"""The record for other programs: facts, prompts, days or check-ins, as CSV or JSON lines."""

import csv
import heapq
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from qlbreak.core.model.facts import AnyFact
from qlbreak.core.statistics import rows
from qlbreak.core.statistics.rows import Row
from qlbreak.data import load_with
from qlbreak.record import journal, load
from qlbreak.record.folder import JournalFolder
from qlbreak.record.journal import Problem
from qlbreak.settings.config import Config
from qlbreak.system import printable
from qlbreak.system.paths import Paths


class What(StrEnum):
    FACTS = "facts"
    PROMPTS = "prompts"
    DAYS = "days"
    CHECK_INS = "check-ins"


class Form(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


class ExportTable(NamedTuple):
    columns: tuple[str, ...]
    rows: Iterable[Row]


_encoder = msgspec.json.Encoder()


def lines(
    paths: Paths, config: Config, what: What, form: Form, problems: list[Problem]
) -> Iterator[bytes]:
    """With CSV the first line is the header. What cannot be read goes to *problems*. Raises
    OSError."""
    if what is What.FACTS and form is Form.JSONL:
        return (_fact_line(name, fact) for name, fact in _facts(paths, config, problems))
    table = _table(paths, config, what, problems)
    return as_csv(table) if form is Form.CSV else map(_json, table.rows)


def _facts(paths: Paths, config: Config, problems: list[Problem]) -> Iterator[tuple[str, AnyFact]]:
    return in_time(JournalFolder.there(paths, config).read_all(problems))


def in_time(records: Mapping[str, Iterable[AnyFact]]) -> Iterator[tuple[str, AnyFact]]:
    """All facts with the name of their journal, in the order of time; but each journal's own order
    is kept, since a fact may be labelled with a moment before the one that it was written at."""
    parts = [_stamped(name, facts) for name, facts in records.items()]
    for _, name, fact in heapq.merge(*parts, key=lambda part: part[0]):
        yield name, fact


def _stamped(name: str, facts: Iterable[AnyFact]) -> Iterator[tuple[datetime, str, AnyFact]]:
    latest: datetime | None = None
    for fact in facts:
        latest = fact.at if latest is None else max(latest, fact.at)
        yield latest, name, fact


def _fact_line(name: str, fact: AnyFact) -> bytes:
    return b'%b,"journal":%b}\n' % (journal.encode(fact)[:-2], _encoder.encode(name))


def _table(paths: Paths, config: Config, what: What, problems: list[Problem]) -> ExportTable:
    if what is What.FACTS:
        facts = _facts(paths, config, problems)
        return ExportTable(rows.FACT, (rows.of_fact(journal.VERSION, *one) for one in facts))
    catalogue, _ = load_with(paths.own)
    tally = load.tallied(paths, config, catalogue, problems)
    match what:
        case What.PROMPTS:
            return ExportTable(rows.PROMPT, map(rows.of_prompt, tally.courses()))
        case What.DAYS:
            days = tally.days().items()
            return ExportTable(rows.DAY, (rows.of_day(*one) for one in days))
        case What.CHECK_INS:
            found = tally.check_ins()
            return ExportTable(rows.CHECK_IN, (rows.of_check_in(*one) for one in found))


def _json(row: Row) -> bytes:
    return _encoder.encode(row) + b"\n"


def as_csv(table: ExportTable) -> Iterator[bytes]:
    """RFC 4180."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for cells in (table.columns, *_cells(table)):
        writer.writerow(cells)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _cells(table: ExportTable) -> Iterator[list[Any]]:
    for row in table.rows:
        yield [_cell(row[name]) for name in table.columns]


def _calm(text: str) -> str:
    """A table program would take it for a formula, and calculate it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _cell(value: Any) -> Any:
    """Times, words and truth as in JSON, lists as JSON."""
    match value:
        case str():
            return _calm(printable.line(value))
        case None | int() | float() if not isinstance(value, bool):
            return value
        case datetime():
            return value.isoformat()
        case tuple() | bool():
            return _encoder.encode(value).decode()
        case _:
            return str(value)
