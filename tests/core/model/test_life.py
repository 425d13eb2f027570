"""A prompt's life: what the figures, the coach and the open prompt read is the same."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from desk import CATALOGUE, MORNING, RULES, tallied
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Corrected,
    Expired,
    Felt,
    Held,
    Reopened,
    Shown,
    Started,
    Stopped,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.guided import Work
from qlbreak.core.model.life import Life, LifeFact, Works, after
from qlbreak.core.model.movements import Block
from qlbreak.core.model.terms import Answer, Ending, Evidence, Feeling, Reason, Side
from qlbreak.core.reminder.reminder import Reminder
from qlbreak.core.statistics.figures import total
from samples import facts
from thorough import few

BLOCKS = (Block("len-boomerang-wall", 20), Block("str-brace", 25))
SHOWN = Shown(MORNING, 1, "r60-desk", Side.LEFT, 1800.0, blocks=BLOCKS)
GUIDED = Worked(MORNING, 1, "str-brace", Side.BOTH, 12.0)
DONE = Answered(MORNING, 1, Answer.DONE, "tray", Evidence.AWAY)
WORK = Work("str-brace", Side.BOTH, 12.0)


def lived(*told: AnyFact) -> Life:
    life: Life | None = None
    for fact in told:
        life = after(life, fact)
    assert life is not None
    return life


def test_what_is_told_before_it_comes_up_is_of_nothing() -> None:
    assert after(None, DONE) is after(None, GUIDED) is None


def test_it_is_held_shown_put_off_and_done() -> None:
    again = replace(SHOWN, at=MORNING + timedelta(minutes=5), snoozes=1, length=30)
    put_off = Answered(MORNING, 1, Answer.SNOOZED, "tray", snooze=300.0)
    life = lived(
        Held(MORNING, 1, Reason.CAMERA), replace(SHOWN, length=60), Started(MORNING, 1), put_off
    )
    assert (life.held, life.snoozes, life.started, life.over) == (Reason.CAMERA, 1, False, False)
    life = lived(replace(SHOWN, length=60), put_off, again, DONE)
    assert (life.first, life.shown, life.longest) == (replace(SHOWN, length=60), again, 60)
    assert (life.ending, life.evidence, life.via) == (Ending.DONE, Evidence.AWAY, "tray")


def test_as_it_was_guided_else_as_it_was_planned() -> None:
    works = Works(CATALOGUE)
    assert works.of(lived(SHOWN)) == works.of(lived(SHOWN, Expired(MORNING, 1))) == ()
    assert works.of(lived(SHOWN, GUIDED, Expired(MORNING, 1))) == (WORK,)
    assert works.of(lived(SHOWN, GUIDED, DONE)) == (WORK,)
    planned = [(work.movement, work.side, work.seconds) for work in works.of(lived(SHOWN, DONE))]
    assert planned == [
        ("len-boomerang-wall", Side.LEFT, 20),
        ("len-boomerang-wall", Side.RIGHT, 20),
        ("str-brace", Side.BOTH, 25),
    ]


def test_of_a_plan_that_nobody_knows_any_more_nothing_is_said() -> None:
    gone = replace(SHOWN, blocks=(*BLOCKS, Block("len-gone", 20)))
    assert Works(CATALOGUE).of(lived(gone, DONE)) == ()
    assert Works(CATALOGUE).of(lived(gone, GUIDED, DONE)) == (WORK,)


@pytest.mark.parametrize("end", [Ending.SKIPPED, Ending.EXPIRED])
def test_a_correction_takes_the_work_away(end: Ending) -> None:
    life = lived(SHOWN, GUIDED, DONE, Corrected(MORNING, 1, end))
    assert (life.ending, life.evidence, life.works) == (end, Evidence.CORRECTED, ())
    life = lived(SHOWN, GUIDED, Expired(MORNING, 1), Corrected(MORNING, 1, Ending.DONE))
    assert (life.ending, life.works) == (Ending.DONE, (WORK,))


def test_reopened_it_is_as_if_it_had_just_been_shown() -> None:
    life = lived(SHOWN, Started(MORNING, 1), GUIDED, DONE, Felt(MORNING, 1, Feeling.WORSE))
    assert after(life, Reopened(MORNING, 1)) == lived(SHOWN)


def test_asked_for_and_left_there_is_nothing_to_count() -> None:
    asked, left = replace(SHOWN, asked=True), Stopped(MORNING, 1)
    assert lived(asked, left).dropped
    assert not lived(SHOWN, left).dropped
    assert not lived(asked, GUIDED, left).dropped
    assert not lived(asked, GUIDED, left, DONE, Reopened(MORNING, 1)).dropped  # it asks again


# What the three make of the same facts

KINDS = get_args(LifeFact)
KNOWN = st.builds(Block, st.sampled_from(sorted(CATALOGUE.movements)), st.integers(1, 90))


@st.composite
def records(draw: st.DrawFn) -> list[LifeFact]:
    """Any facts of prompts in any order, but that what is over does not come up again, that nothing
    more is told of what was left with nothing done, and that only what was seen is taken back."""
    found: list[LifeFact] = []
    lives: dict[int, Life] = {}
    for minutes, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), max_size=30))):
        latest = max(lives, default=0)
        known = [
            number
            for number, life in lives.items()
            if not life.dropped and (life.shown or kind not in (Corrected, Reopened))
        ]
        if kind in (Held, Shown):
            number = latest + (latest == 0 or lives[latest].over or draw(st.booleans()))
        elif known:
            number = draw(st.sampled_from(known))
        else:
            continue
        changes: dict[str, Any] = {"at": MORNING + timedelta(minutes=minutes), "prompt": number}
        if kind is Shown:
            changes["blocks"] = tuple(draw(st.lists(KNOWN, min_size=1, max_size=3)))
        fact: Any = replace(draw(facts(kind)), **changes)
        lives[number] = after(lives.get(number), fact) or Life(fact.at)
        found.append(fact)
    return found


@given(records())
@settings(max_examples=few(200))
def test_figures_history_and_reminder_tell_the_same(record: list[LifeFact]) -> None:
    lives: dict[int, Life] = {}
    for fact in record:
        lives[fact.prompt] = after(lives.get(fact.prompt), fact) or Life(fact.at)
    reminder = Reminder(CATALOGUE, RULES, MORNING + timedelta(hours=1), 3600.0)
    reminder.replay(record)
    figures, history = total(tallied(record).days().values()), reminder.state.history
    offers = {id(offer): offer.life for offer in history.offers}
    assert sorted(map(repr, offers.values())) == sorted(repr(o) for o in lives.values() if o.shown)
    assert figures.done == sum(life.ending is Ending.DONE for life in offers.values())
    works = [work for offer in history.offers for work in history.done(offer)]
    loose = [work for life in lives.values() if not life.shown for work in life.works]
    for side, seconds in ((Side.LEFT, figures.left_s), (Side.RIGHT, figures.right_s)):
        done = sum(work.seconds for work in [*works, *loose] if work.side is side)
        assert seconds == pytest.approx(done)
    says(reminder, lives, record)


def says(reminder: Reminder, lives: dict[int, Life], record: list[LifeFact]) -> None:
    """What is open, and what can be taken back."""
    now, end = reminder.state.prompts.open, reminder.state.prompts.ended
    if now is not None:
        assert (now.life, now.life.over) == (lives[now.number], False)
    if end is not None:
        assert end.prompt.life == lives[end.number]
        assert end.ending is not None
    latest = max(lives, default=0)
    if lives and not any(isinstance(f, Reopened) and f.prompt == latest for f in record):
        assert lives[latest].over is (now is None or now.number != latest)


def test_a_natural_break_withdraws_what_is_open_in_all_three() -> None:
    record: list[AnyFact] = [SHOWN, Withdrawn(MORNING, 1)]
    reminder = Reminder(CATALOGUE, RULES, MORNING, 0.0)
    reminder.replay(record)
    assert reminder.state.prompts.open is None
    assert [offer.life.ending for offer in reminder.state.history.offers] == [Ending.WITHDRAWN]
    assert [course.ending for course in tallied(record).courses()] == [Ending.WITHDRAWN]
