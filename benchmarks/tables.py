"""How a benchmark tells what it has measured: a table for people, or JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of ours, its upper bound if it has one, and the same figure of others."""

    name: str
    value: float | None
    budget: float | None = None
    peers: tuple[float | None, ...] = ()

    @property
    def over(self) -> bool:
        return self.budget is not None and self.value is not None and self.value > self.budget


def tell(rows: Sequence[Row], peers: Sequence[str] = (), *, as_json: bool = False) -> None:
    print(_json(rows, peers) if as_json else _table(rows, peers))


def _json(rows: Sequence[Row], peers: Sequence[str]) -> str:
    found = {
        row.name: {"qlbreak": row.value, "budget": row.budget}
        | dict(zip(peers, row.peers, strict=True))
        for row in rows
    }
    return json.dumps(found, indent=2)


def _table(rows: Sequence[Row], peers: Sequence[str]) -> str:
    lines = [("", "qlbreak", "budget", "", *peers)]
    for row in rows:
        figures = (_short(row.value), _short(row.budget), "OVER" if row.over else "")
        lines.append((row.name, *figures, *map(_short, row.peers)))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number == 0 else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _short(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
