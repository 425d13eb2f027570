"""Makes journals up, by docs/record.md alone."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path


def lines(days: int, seed: int, per_day: int = 6) -> Iterator[str]:
    """Days that end now, a line a fact."""
    chance = random.Random(seed)
    last = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251
    number = 0
    for back in range(days, -1, -1):
        at = (last - timedelta(days=back)).replace(hour=0, minute=30, second=0)
        yield _fact(at, "launched", version="0.1.0", prompt=number)
        for _ in range(per_day):
            number += 1
            for _ in range(3):
                at += timedelta(seconds=605)
                if at > last:
                    return
                yield _fact(at, "sat", seconds=605.123)
            shown = {"routine": "r60-boomerang", "side": chance.choice(["left", "right"])}
            yield _fact(at, "shown", prompt=number, sitting=1815.4, **shown)
            at += timedelta(seconds=chance.randint(5, 200))
            kind, ending = _ending(chance.random())
            yield _fact(at, kind, prompt=number, **ending)
            at += timedelta(seconds=chance.randint(200, 900))
            yield _fact(at, "break", cause=chance.choice(["idle", "lock"]))


def _fact(at: datetime, kind: str, **fields: object) -> str:
    told = {"v": 1, "type": kind, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", **fields}
    return json.dumps(told, separators=(",", ":"))


def _ending(how: float) -> tuple[str, dict[str, str]]:
    if how < 0.6:
        return "answered", {"answer": "done", "via": "tray", "evidence": "claimed"}
    if how < 0.75:
        return "answered", {"answer": "skipped", "via": "command"}
    return ("expired" if how < 0.9 else "withdrawn"), {}


def write(path: Path, days: int, seed: int) -> int:
    """How many facts it has."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines(days, seed))
    path.write_text(text)
    path.chmod(0o600)
    return text.count("\n")
