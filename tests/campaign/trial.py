"""What a part of the campaign counts: its cases, and what did not hold."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Trial:
    """`faults`: a line each; `measured`: what is worth telling though it is no fault."""

    what: str
    cases: int = 0
    faults: list[str] = field(default_factory=list)
    measured: dict[str, object] = field(default_factory=dict)

    def case(self, number: int = 1) -> None:
        self.cases += number

    def hold(self, holds: object, what: str) -> None:
        """*what* is said where it does not hold."""
        if not holds:
            self.faults.append(what)


@dataclass(frozen=True)
class Scale:
    """`rounds`: how often what is tried again and again; `seed`: for what chance chooses."""

    rounds: int
    seed: int


Part = Callable[[Scale], Trial]
