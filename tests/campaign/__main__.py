"""`make campaign`: faults of all kinds at the real program; a table of what held.

Some minutes a part at the usual number of rounds; docs/reliability.md has its last table.
"""

import argparse
import sys

from campaign.clocks import clocks
from campaign.desktops import desktops
from campaign.disk import disk
from campaign.flood import flood
from campaign.folders import folders
from campaign.kills import kills
from campaign.long_run import long_run
from campaign.mangled import mangled
from campaign.power import power
from campaign.sealed import sealed
from campaign.trial import Part, Scale, Trial
from rig.waiting import now

PARTS: dict[str, Part] = {
    "kills": kills,
    "power": power,
    "disk": disk,
    "folders": folders,
    "flood": flood,
    "desktops": desktops,
    "clocks": clocks,
    "mangled": mangled,
    "long-run": long_run,
    "sealed": sealed,
}


def _row(name: str, trial: Trial, seconds: float) -> str:
    measured = ", ".join(f"{key}: {value}" for key, value in trial.measured.items())
    cells = name, trial.what, trial.cases, len(trial.faults), measured, f"{seconds:.0f} s"
    return f"| {' | '.join(map(str, cells))} |"


def main() -> int:
    parser = argparse.ArgumentParser(prog="campaign", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all, unless some are named")
    parser.add_argument("--rounds", type=int, default=200, help="of what is tried again and again")
    parser.add_argument("--seed", type=int, default=1, help="of what chance chooses")
    options = parser.parse_args()
    scale, faults = Scale(options.rounds, options.seed), 0
    print("| part | what | cases | faults | measured | took |\n|---|---|---|---|---|---|")
    for name in options.parts or PARTS:
        begin = now()
        trial = PARTS[name](scale)
        print(_row(name, trial, now() - begin), flush=True)
        for fault in trial.faults[:20]:
            print(f"{name}: {fault}", file=sys.stderr, flush=True)
        faults += len(trial.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
