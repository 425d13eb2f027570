"""Something else than what is under way: what was done counts, and the place is kept."""

import json
import os
import threading
from pathlib import Path

import pytest

from desk import CATALOGUE
from qlbreak.core.model.guided import Session, Work
from qlbreak.core.model.movements import Exercise
from qlbreak.core.model.terms import Side
from qlbreak.guide.coaching import begin
from qlbreak.guide.lesson import Lesson, NoLesson, Playback
from qlbreak.settings import config
from qlbreak.system.paths import find


def exercise(name: str, seconds: int = 20) -> Exercise:
    return Exercise(CATALOGUE.movements[name], seconds)


LEAN, BRACE, ROCK = exercise("len-seat-lean"), exercise("str-brace"), exercise("reset-rock")


class Told:
    def __init__(self) -> None:
        self.works: list[Work] = []

    def worked(self, works: list[Work]) -> None:
        self.works += works

    def felt(self, feeling: object) -> None: ...

    def close(self, share: float) -> None: ...


def playing(*blocks: Exercise, seconds: float) -> tuple[Playback, Told]:
    told = Told()
    playback = Playback(Lesson("", "", blocks, Side.LEFT), told)
    advance(playback.session, seconds)
    return playback, told


def advance(session: Session, seconds: float) -> None:
    for _ in range(round(seconds * 2)):
        session.advance(0.5)


def lesson(*blocks: Exercise) -> Lesson:
    return Lesson("other", "", blocks, Side.LEFT)


def test_what_was_done_is_told_and_counts() -> None:
    playback, told = playing(BRACE, seconds=14.0)
    playback.go_on(lesson(LEAN))
    (work,) = told.works
    assert (work.movement, work.side) == ("str-brace", Side.BOTH)
    assert work.seconds == pytest.approx(10.0, abs=1.0)
    assert playback.session.movement.id == "len-seat-lean"
    assert playback.done(Side.BOTH) == pytest.approx(10.0, abs=1.0)
    assert playback.share == pytest.approx(0.25, abs=0.03)
    playback.session.finish()
    assert playback.share == pytest.approx(0.25, abs=0.03)


def test_where_it_goes_on_with_what_is_under_way_its_place_is_kept() -> None:
    playback, told = playing(ROCK, LEAN, BRACE, seconds=4 + 20 + 4 + 7)
    before = playback.session
    assert before.movement.id == "len-seat-lean"
    playback.go_on(lesson(LEAN, ROCK))
    now = playback.session
    assert (now.movement.id, now.stretch.side) == ("len-seat-lean", Side.LEFT)
    assert now.elapsed == pytest.approx(before.elapsed, abs=1.0)
    assert now.phase.part is before.phase.part
    assert [work.movement for work in told.works] == ["reset-rock"]
    assert playback.done(Side.LEFT) == pytest.approx(7.0, abs=1.0)
    assert playback.done(Side.BOTH) == pytest.approx(20.0, abs=1.0)
    advance(now, 200.0)
    playback.finish()
    done = {(work.movement, work.side): work.seconds for work in told.works[1:]}
    assert done == {
        ("len-seat-lean", Side.LEFT): 20.0, ("len-seat-lean", Side.RIGHT): 20.0,
        ("reset-rock", Side.BOTH): 20.0,
    }  # fmt: skip
    assert playback.share == 1.0


def test_on_the_second_side_too_and_paused_it_stays() -> None:
    playback, _ = playing(LEAN, BRACE, seconds=4 + 20 + 3 + 5)
    playback.toggle()
    playback.go_on(lesson(LEAN, ROCK))
    assert playback.session.stretch.side is Side.RIGHT
    assert playback.session.paused
    assert playback.done(Side.LEFT) == 20.0


# Without the running program


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(os.environ, "XDG_RUNTIME_DIR", str(tmp_path))
    return tmp_path


def test_alone_it_goes_on_with_what_was_open_when_the_program_ended(alone: Path) -> None:
    paths = find(alone / "data", alone / "config.toml")
    first = begin(paths, config.load(paths.config), "", str)
    again = begin(paths, config.load(paths.config), "", str)
    assert again.lesson.title == first.lesson.title
    again.teller.close(1.0)
    (journal,) = (alone / "data" / "journal").glob("*.jsonl")
    facts = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    assert [fact["type"] for fact in facts] == ["shown", "started", "answered"]
    assert {fact["prompt"] for fact in facts} == {1}
    other = begin(paths, config.load(paths.config), "r60-desk", str)
    assert other.lesson.title != first.lesson.title


def test_alone_it_is_composed_as_the_program_would_and_recorded(alone: Path) -> None:
    paths = find(alone / "data", alone / "config.toml")
    never: list[str] = []

    def unwant(name: str) -> str:
        never.append(name)
        return f"{name} is out"

    begun = begin(paths, config.load(paths.config), "", unwant)
    first = {block.movement.id for block in begun.lesson.blocks}
    other = begun.chooser.another()
    assert other.lesson is not None
    there = {block.movement.id for block in other.lesson.blocks}
    assert not there & first
    assert other.lesson.new == there  # it waits for who has never done them
    gone = other.lesson.blocks[0].movement
    left = begun.chooser.never(gone, 0)
    assert never == [gone.id]
    assert left.said == f"{gone.id} is out"
    if left.lesson is not None:
        assert gone.id not in {block.movement.id for block in left.lesson.blocks}
    begun.teller.close(1.0)
    (journal,) = (alone / "data" / "journal").glob("*.jsonl")
    kinds = [line.split('"type":"')[1].split('"')[0] for line in journal.read_text().splitlines()]
    assert kinds[:4] == ["shown", "started", "swapped", "shown"]
    assert kinds[-1] == "answered"
    assert kinds.count("answered") == 1
    with pytest.raises(NoLesson, match="not part of what is under way"):
        begun.chooser.never(CATALOGUE.movements["str-full-plank"], 0)
    assert begun.chooser.chosen() is None
    assert not [one for one in threading.enumerate() if one.name == "follow"]
