"""`python -m benchmarks.moments`: into what a reminder falls, over thousands of made-up days.

The days (tests/typists.py) go through the real core: with reminders that come at once when they are
due, with the wait for a pause in typing alone, and with good moments that bring them early.
`--others`: also with other lengths of the pause and of the work before it, and finer looks.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from benchmarks.installed import ROOT
from qlbreak.core.model.rules import LONG_REST, LONG_WORK, PAUSE, Rules
from qlbreak.core.reminder import endings, prompting

sys.path.insert(0, str(ROOT / "tests"))
from typists import HABITS, Came, Habits, Played, play

Days = Sequence[Played]


def _share(holds: Callable[[Came], bool]) -> Callable[[Days], float]:
    return lambda days: 100 * fmean(holds(one) for day in days for one in day.came)


def _early_by(days: Days) -> float:
    found = [one.early / 60 for day in days for one in day.came if one.moment is not None]
    return fmean(found) if found else 0.0


FIGURES: dict[str, Callable[[Days], float]] = {
    "in a burst (input less than 5 s before and after), %": _share(lambda one: one.in_a_burst),
    "input less than 3 s before, %": _share(lambda one: one.since < 3),
    "input less than 5 s after, %": _share(lambda one: one.ahead < 5),
    "in a pause of less than 15 s in all, %": _share(lambda one: one.since + one.ahead < 15),
    "early, %": _share(lambda one: one.moment is not None),
    "early ones by, min": _early_by,
    "reminders a day": lambda days: fmean(len(day.came) for day in days),
    "sat beyond the interval, min a day": lambda days: fmean(day.over for day in days) / 60,
    "longest spell of a day, min": lambda days: fmean(day.longest for day in days) / 60,
    "looks a day": lambda days: fmean(day.looks for day in days),
}
_TUNED = ("in a burst", "in a pause", "early", "early ones", "looks")


def ways(habits: Habits, days: int) -> dict[str, Days]:
    return {
        "at once": play(habits, Rules(early=False, notice=0.0), days),
        "waits for a pause": play(habits, Rules(early=False), days),
        "and good moments": play(habits, Rules(), days),
    }


def others(habits: Habits, days: int) -> Iterator[tuple[str, Days]]:
    """What was not chosen."""
    for rest, work in (
        (LONG_REST, LONG_WORK), (PAUSE, LONG_WORK), (20.0, LONG_WORK), (LONG_REST, 60.0),
        (LONG_REST, 300.0),
    ):  # fmt: skip
        vars(prompting)["LONG_REST"], vars(endings)["LONG_WORK"] = rest, work
        yield f"a pause of {rest:.0f} to 3 s after {work / 60:.0f} min", play(habits, Rules(), days)
    vars(prompting)["LONG_REST"], vars(endings)["LONG_WORK"] = LONG_REST, LONG_WORK
    yield "as chosen, looked at every 2 s", play(habits, Rules(), days, finer=True)


def table(head: str, columns: dict[str, Days]) -> str:
    lines = [f"| {head} | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    lines += [
        f"| {name} | {' | '.join(f'{figure(days):.1f}' for days in columns.values())} |"
        for name, figure in FIGURES.items()
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks.moments", description=__doc__)
    parser.add_argument("--days", type=int, default=1000, help="of each kind of person")
    parser.add_argument("--others", action="store_true", help="also what was not chosen")
    options = parser.parse_args()
    for habits in HABITS:
        found = ways(habits, options.days)
        print(table(habits.name, found))
        kinds = [one.moment for day in found["and good moments"] for one in day.came]
        told = {kind: kinds.count(kind) for kind in sorted({k for k in kinds if k is not None})}
        print("\nearly:", ", ".join(f"{kind} {number}" for kind, number in told.items()))
        print(f"of {len(kinds)}\n", flush=True)
        for name, days in others(habits, options.days) if options.others else ():
            figures = (
                f"{figure(days):.1f} {what}"
                for what, figure in FIGURES.items()
                if what.startswith(_TUNED)
            )
            print(f"{name}: {'; '.join(figures)}", flush=True)


if __name__ == "__main__":
    main()
