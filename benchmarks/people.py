"""`python -m benchmarks.people FOLDER`: made-up journals of many people, a file each.

Whole ones, or what `qlbreak export --of prompts --format csv` would make of them.
"""

import argparse
import gzip
import sys
from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from benchmarks.installed import ROOT
from qlbreak.core.model.rules import Rules
from qlbreak.core.statistics import rows
from qlbreak.core.statistics.tally import Tally
from qlbreak.record.export import ExportTable, as_csv
from qlbreak.record.journal import encode

sys.path.insert(0, str(ROOT / "tests"))
from crowd import CATALOGUE, Person


def facts(person: Person, days: int) -> Iterator[bytes]:
    return map(encode, person.live(days))


def prompts(person: Person, days: int) -> Iterator[bytes]:
    tally = Tally(time(4), Rules().sitting, CATALOGUE)
    for fact in person.live(days):
        tally.add(fact)
    return as_csv(ExportTable(rows.PROMPT, map(rows.of_prompt, tally.courses())))


MAKERS: dict[str, tuple[str, Callable[[Person, int], Iterator[bytes]]]] = {
    "facts": ("jsonl", facts),
    "prompts": ("csv", prompts),
}


def write(number: int, folder: Path, of: str, days: int, seed: int, packed: bool) -> int:
    """The bytes on the disk of one person's file."""
    ending, make = MAKERS[of]
    person = Person(number, seed, sitting=of == "facts")
    content = b"".join(make(person, days))
    path = folder / f"{person.name}.{ending}{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(content, 1, mtime=0) if packed else content)
    return path.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.people", description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--of", choices=MAKERS, default="facts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gz", action="store_true", help="packed")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    job = partial(
        write, folder=options.folder, of=options.of, days=options.days, seed=options.seed,
        packed=options.gz,
    )  # fmt: skip
    with Pool() as pool:
        size = sum(pool.imap_unordered(job, range(1, options.people + 1), chunksize=4))
    print(f"{options.people} people, {options.days} days: {size / 1e9:.3f} GB")


if __name__ == "__main__":
    main()
