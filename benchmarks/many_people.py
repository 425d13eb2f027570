"""`python -m benchmarks.many_people FOLDER`: the recipe of docs/many-people.md, and what it costs.

FOLDER holds what `python -m benchmarks.people` has written: whole journals or minimal files. Each
run is a process of its own, so that its memory is its own; the files are in the system's cache as
far as they fit. Needs DuckDB.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from pathlib import Path

import duckdb

from benchmarks.installed import ROOT
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from recipe import queries


def ask(folder: Path, threads: int) -> tuple[float, int, int, float]:
    """Seconds, prompts and weeks found, and the most memory it took, in MiB."""
    way = "whole" if next(folder.glob("*.jsonl*"), None) else "minimal"
    texts = queries(folder)
    begin = time.perf_counter()
    with duckdb.connect(config={"threads": threads}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(texts[way])
        weeks = connection.execute(texts["compliance"]).fetchall()
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, sum(week[2] for week in weeks), len(weeks), memory


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.many_people", description=__doc__)
    parser.add_argument("--threads", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--json", action="store_true")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    files = [path for path in options.folder.iterdir() if path.is_file()]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        seconds, prompts, weeks, memory = pool.apply(ask, (options.folder, options.threads))
    rows = [
        Row("files", len(files)),
        Row("GB", sum(path.stat().st_size for path in files) / 1e9),
        Row("threads", options.threads),
        Row("prompts found", prompts),
        Row("weeks found", weeks),
        Row("seconds", seconds),
        Row("memory, MiB", memory),
    ]
    tell(rows, as_json=options.json)


if __name__ == "__main__":
    main()
