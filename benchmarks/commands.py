"""`python -m benchmarks.commands`: how long commands take, and what the time goes into.

In a headless desktop of its own with the program running. Needs Linux and what the desktop
tests need.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.installed import ROOT, asked, install, write_history
from benchmarks.tables import Row, tell

sys.path.insert(0, str(ROOT / "tests"))
from rig.desktop import Desktop, missing_programs

BUDGET_S = 0.15
TEN_YEARS_BUDGET_S = 1.0
TEN_YEARS_BUDGET_MIB = 150.0


def median_s(desktop: Desktop, command: Sequence[str], times: int) -> float:
    """From start to end of the process; the first run, which fills caches, does not count."""
    taken = []
    for _ in range(times + 1):
        begin = time.monotonic()
        done = desktop.run(command, seconds=60)
        taken.append(time.monotonic() - begin)
        assert done.code == 0, done
    return statistics.median(taken[1:])


def peak_mib(desktop: Desktop, command: Sequence[str]) -> float:
    """The most memory that the process had at any time."""
    process = subprocess.Popen(command, env=desktop.env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss / 1024


def imports(report: str) -> dict[str, float]:
    """Milliseconds by package, from what `python -X importtime` prints."""
    found: defaultdict[str, float] = defaultdict(float)
    for line in report.splitlines():
        head, _, rest = line.partition(":")
        if head == "import time" and "[us]" not in rest:
            own, _, name = (part.strip() for part in rest.split("|"))
            found[name.partition(".")[0]] += int(own) / 1000
    return found


def imports_of_run(desktop: Desktop, program: str) -> dict[str, float]:
    """Up to the icon in the tray; leaves it running."""
    desktop.run([program, "doctor"])  # fills caches
    settings = {**desktop.env, "PYTHONPROFILEIMPORTTIME": "1"}
    process = desktop.spawn("qlbreak", [program], env=settings)
    desktop.wait_tray_item(seconds=15)
    return imports(process.log.read_text())


def imports_of(desktop: Desktop, command: Sequence[str]) -> dict[str, float]:
    settings = {**desktop.env, "PYTHONPROFILEIMPORTTIME": "1"}
    return imports(desktop.run(command, env=settings).err)


def table_of(run: dict[str, float], status: dict[str, float], number: int) -> str:
    lines = [f"{'imports, ms':<20}{'run':>8}{'status':>8}"]
    lines.append(f"{'all':<20}{sum(run.values()):>8.1f}{sum(status.values()):>8.1f}")
    for name in sorted(run, key=lambda name: -run[name])[:number]:
        lines.append(f"  {name:<18}{run[name]:>8.1f}{status.get(name, 0.0):>8.1f}")
    return "\n".join(lines)


def main() -> None:
    options = asked("commands", __doc__, 15)
    if missing := missing_programs():
        sys.exit(f"install first: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="qlbreak-bench-") as name, Desktop() as desktop:
        program = str(install(options.venv or Path(name) / "venv"))
        write_history(desktop.home / ".local/share/qlbreak", 1)
        facts = write_history(Path(name) / "decade", 365, times=10)
        run = imports_of_run(desktop, program)

        def row(title: str, *words: str, budget: float | None = None) -> Row:
            return Row(f"{title}, s", median_s(desktop, words, options.times), budget)

        decade = f"--data-dir={name}/decade"
        peak = peak_mib(desktop, (program, decade, "stats"))
        rows = [
            row("status", program, "status", budget=BUDGET_S),
            row("status --json", program, "status", "--json", budget=BUDGET_S),
            row("why", program, "why", budget=BUDGET_S),
            row("stats", program, "stats"),
            row(f"stats, {facts} facts", program, decade, "stats", budget=TEN_YEARS_BUDGET_S),
            Row("the same, peak memory, MiB", peak, TEN_YEARS_BUDGET_MIB),
            row("--help", program, "--help"),
            row("python -c ''", str(Path(program).with_name("python")), "-c", ""),
        ]
        status = imports_of(desktop, [program, "status"])
    tell(rows, as_json=options.json)
    if not options.json:
        print(f"\n{table_of(run, status, 14)}")


if __name__ == "__main__":
    main()
