"""Six weeks of somebody with a plan, played by the core: what they did of it, and its page.

`python tests/six_weeks.py FOLDER` writes the page there, of each example.
"""

import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from msgspec.structs import replace

from desk import CATALOGUE, MORNING, RULES, Desk, tallied
from qlbreak import data
from qlbreak.core.model.inputs import Prescribe
from qlbreak.core.model.movements import Thing
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.programme import Programme
from qlbreak.core.model.rules import day_of
from qlbreak.record.journal import Problems
from qlbreak.record.load import Record
from qlbreak.settings import plan_file

THINGS = frozenset[Thing](("chair", "steady chair", "desk", "wall", "mat"))
PROFILE = Profile(office=THINGS)


def example(name: str, start: date = MORNING.date()) -> Programme:  # noqa: B008  it is a value
    return plan_file.parse(data.plan(name), Path(name), CATALOGUE, start).programme


class Patient:
    """Works five days a week from nine to five, and does most of it: with the guide, or not."""

    def __init__(self, programme: Programme, profile: Profile = PROFILE, seed: int = 7) -> None:
        self.desk = Desk(profile=profile).give(Prescribe(programme))
        self._dice = Random(seed)

    def live(self, days: int) -> "Patient":
        for number in range(days):
            morning = MORNING + timedelta(days=number)
            self.desk.sleep((morning - self.desk.at) / timedelta(minutes=1))
            if morning.weekday() < 5 and self._dice.random() < 0.93:
                self._day()
            if morning.weekday() == 4:
                self._check_in(number)
        return self

    def _day(self) -> None:
        evening = self.desk.at + timedelta(hours=8)
        while self.desk.at < evening:
            self.desk.work(5)
            prompt = self.desk.status.prompt
            if prompt is not None and prompt.until is None:
                self._answer()
            elif self._dice.random() < 0.02:
                self.desk.away(10)

    def _answer(self) -> None:
        match self._dice.choice(["guide"] * 6 + ["away", "said", "said", "half", "skip", "snooze"]):
            case "guide":
                self.desk.start().guide(1.0)
            case "away":
                self.desk.away(4).done()
            case "said":
                self.desk.done()
            case "half":
                self.desk.start().guide(0.4).skip()
            case "skip":
                self.desk.skip()
            case _:
                self.desk.snooze(5)

    def _check_in(self, number: int) -> None:
        level = max(4 - number // 10 + self._dice.choice([-1, 0, 0, 1]), 0)
        self.desk.check_in(level, max(level - 1, 0))

    def record(self) -> Record:
        """As it is loaded on the evening of the last day."""
        tally, at = tallied(self.desk.journal), self.desk.at
        today = day_of(at, RULES.day_turn)
        return Record(
            at, today, tally.days(), tally.prompts(today), CATALOGUE, RULES.sitting, Problems(),
            self.desk.profile, tuple(tally.programmes(at)), tally.asked(at),
        )  # fmt: skip


@cache
def six_weeks(name: str = "gentle") -> Record:
    return Patient(example(name)).live(42).record()


def long_names(record: Record) -> Record:
    """The same of somebody whose name, and whose plan's, are as long as they may be."""
    course = record.programmes[-1]
    told = replace(
        course.programme,
        name="Six weeks after the move, with particular attention to the left side " * 2,
        by="Dr Maximiliana Wolfeschlegelsteinhausenbergerdorff, physiotherapist, " * 2,
        note="Slowly and in an easy range; stop where a leg tingles or goes numb, and call. " * 5,
    )
    return replace(record, programmes=(replace(course, programme=told),))


if __name__ == "__main__":
    from qlbreak.report.plan_page import page

    folder = Path(sys.argv[1])
    for name in data.plans():
        (folder / f"{name}.html").write_text(page(six_weeks(name)), "utf-8")
    (folder / "long.html").write_text(page(long_names(six_weeks())), "utf-8")
