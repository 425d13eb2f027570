"""Whatever a journal tells, with lines lost or made up: the program starts, prompts and counts."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import MORNING, Desk
from fakes import Office, SetClock
from qlbreak.core.model.facts import AnyFact
from qlbreak.record.journal import encode
from samples import any_fact
from thorough import few


def full_day() -> list[AnyFact]:
    """With something of everything."""
    desk = Desk().work(30).done().undo().work(30).start().done().work(30).snooze(5).work(5).skip()
    desk.work(10).pause(10).work(15).meet(5).work(25).arrive(60).stand().work(5).sit().work(2)
    desk.sleep(5).work(40).work(120).longer(True).pause(60).resume().away(20).work(42)
    return desk.quit().journal


DAY = full_day()


def works_on(facts: Sequence[AnyFact]) -> None:
    """Starts, sits, prompts or says why not, answers, stops."""
    with TemporaryDirectory() as folder:
        Path(folder, "device.jsonl").write_bytes(b"".join(map(encode, facts)))
        last = max((fact.at for fact in facts if fact.at.year < 2099), default=MORNING)
        office = Office(Path(folder), clock=SetClock(max(last, MORNING))).launch().work(5)
        for words in ("resume", "sit", "meeting off", "as-before"):
            office.tell(words)
        office.work(31)
        scene = office.owner.scene()
        assert scene.status.sitting >= 0
        assert scene.today.sitting_s >= 0
        for words in ("status", "why", "start", "done", "undo", "quit"):
            reply = office.tell(words)
            assert reply.text or reply.data or reply.refused
        assert office.lines[-1] == "quit"


def test_a_whole_day() -> None:
    works_on(DAY)


@given(st.lists(st.booleans(), min_size=len(DAY), max_size=len(DAY)))
@settings(max_examples=few(15))
def test_a_day_with_any_lines_lost(kept: list[bool]) -> None:
    works_on([fact for fact, keep in zip(DAY, kept, strict=True) if keep])


@given(st.lists(any_fact(), max_size=15))
@settings(max_examples=few(25))
def test_any_facts_in_any_order(facts: list[AnyFact]) -> None:
    works_on(facts)
