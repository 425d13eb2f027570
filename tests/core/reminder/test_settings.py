"""Settings that change while it runs leave nothing in the record but what they do."""

from collections.abc import Callable
from datetime import time

import pytest

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.model.facts import Answered, Confirmed, Held, Shown
from qlbreak.core.model.movements import Catalogue, Flag
from qlbreak.core.model.profile import Place, Profile
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Evidence, Reason, Side

Change = Callable[[Desk], object]


def same_again(desk: Desk) -> None:
    desk.settings()


def nothing(_: Desk) -> None:
    pass


def long_day(change: Change) -> Desk:
    """A bit of everything, and *change* between any two of it."""
    desk = Desk()
    steps: list[Change] = [
        lambda d: d.work(31), lambda d: d.snooze(5), lambda d: d.work(7), lambda d: d.away(2),
        lambda d: d.work(1), lambda d: d.done(), lambda d: d.away(1.5), lambda d: d.work(30),
        lambda d: d.start(), lambda d: d.guide(0.3), lambda d: d.work(3), lambda d: d.skip(),
        lambda d: d.undo(), lambda d: d.sore(Side.LEFT), lambda d: d.away(4), lambda d: d.stay(),
        lambda d: d.sleep(30), lambda d: d.arrive(60), lambda d: d.work(1), lambda d: d.work(3),
        lambda d: d.done(), lambda d: d.meet(20), lambda d: d.away(15), lambda d: d.work(20),
        lambda d: d.pause(30), lambda d: d.work(10), lambda d: d.resume(), lambda d: d.stand(),
        lambda d: d.work(5), lambda d: d.sit(), lambda d: d.move(Place.HOME),
        lambda d: d.unknown(5), lambda d: d.work(130), lambda d: d.longer(yes=True),
        lambda d: d.lock(), lambda d: d.away(2), lambda d: d.unlock(), lambda d: d.work(45),
        lambda d: d.busy(Reason.MICROPHONE), lambda d: d.away(10), lambda d: d.busy(),
        lambda d: d.work(2), lambda d: d.quit(),
    ]  # fmt: skip
    for step in steps:
        change(desk)
        step(desk)
    return desk


def test_the_same_settings_once_more_change_nothing() -> None:
    """Saved by an editor, or written anew by a synchroniser; whatever goes on just then."""
    assert long_day(same_again).journal == long_day(nothing).journal


def test_nothing_is_recorded_of_it() -> None:
    desk = Desk().work(12).forget()
    assert desk.settings(Rules(sitting=1500.0), Profile(here=Place.HOME)).facts == []
    assert (desk.minutes, desk.status.interval) == (12, 1500)


def test_the_quiet_minutes_after_waking_stay() -> None:
    desk = Desk().work(29).sleep(2).forget()
    assert desk.settings().work(1).kinds() == ["Held"]
    assert [fact.reason for fact in desk.facts if isinstance(fact, Held)] == [Reason.WOKEN]
    assert desk.settings().work(1.5).kinds()[-1] == "Shown"


def test_what_was_seen_of_somebody_who_is_away_stays() -> None:
    claimed = Desk().work(30).away(0.25)
    seen = claimed.away(1).settings().done().journal[-1]
    assert isinstance(seen, Answered)
    assert seen.evidence is Evidence.AWAY
    late = Desk().work(30).done().settings().away(1).settings().away(0.5)
    assert any(isinstance(fact, Confirmed) for fact in late.journal)


def test_a_prompt_that_is_open_lives_as_long_as_they_say_now() -> None:
    desk = Desk().work(30).forget().settings(Rules(expire=5 * 60.0))
    assert "Expired" in desk.work(5.25).kinds()
    desk = Desk().work(30).forget().settings(Rules(expire=20 * 60.0)).work(15)
    assert "Expired" not in desk.kinds()
    assert "Expired" in desk.work(5.25).kinds()


def test_a_snooze_lasts_as_long_as_was_said() -> None:
    desk = Desk().work(30).snooze(5).forget().settings(Rules(expire=20 * 60.0))
    assert desk.work(4.75).kinds() == []
    assert "Shown" in desk.work(0.25).kinds()


def test_a_shorter_interval_asks_at_once() -> None:
    assert Desk().work(20).forget().settings(Rules(sitting=15 * 60.0)).kinds() == ["Shown"]


def test_another_turn_of_the_day_counts_the_days_anew() -> None:
    desk = Desk(Rules(per_day=1), start=MORNING.replace(hour=2, minute=50)).work(30).done()
    assert "Held" in desk.forget().work(31).kinds(), "one was enough for the day"
    late = Rules(per_day=1, day_turn=time(3, 45))
    assert "Shown" in desk.forget().settings(late).kinds(), "it is the next day already"


def test_other_movements_change_what_is_open_and_what_is_remembered() -> None:
    desk = Desk().work(30)
    [before] = [fact for fact in desk.journal if isinstance(fact, Shown)]
    gone = {block.movement for block in before.blocks}
    left = {name: one for name, one in CATALOGUE.movements.items() if name not in gone}
    desk.forget().settings(catalogue=Catalogue(left, {}))
    [after] = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert not gone & {block.movement for block in after.blocks}
    assert after.prompt == before.prompt
    desk.settings(catalogue=CATALOGUE)
    assert desk.state.history.offers[-1].ids == {block.movement for block in after.blocks}


def test_taken_back_it_asks_for_nothing_that_is_gone() -> None:
    desk = Desk().work(30)
    [before] = [fact for fact in desk.journal if isinstance(fact, Shown)]
    gone = {block.movement for block in before.blocks}
    left = {name: one for name, one in CATALOGUE.movements.items() if name not in gone}
    desk.done().settings(catalogue=Catalogue(left, {})).forget().undo()
    assert desk.kinds() == ["Reopened", "Shown"]
    [after] = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert after.prompt == before.prompt
    assert not gone & {block.movement for block in after.blocks}


@pytest.mark.parametrize("snoozed", [False, True])
def test_new_cautions_change_the_prompt_that_is_open(snoozed: bool) -> None:
    careful = frozenset[Flag](("leg", "shoulder", "balance", "osteo"))
    desk = Desk().work(30)
    if snoozed:
        desk.snooze(5)
    desk.settings(profile=Profile(cautions=careful)).work(6)
    plan = desk.state.prompts.open
    assert plan is not None
    assert plan.plan is not None
    names = {block.movement for block in plan.plan.told}
    assert all(CATALOGUE.movements[name].allowed_with(careful) for name in names)


def test_what_is_never_wanted_leaves_the_reminder_that_is_open_and_comes_no_more() -> None:
    desk = Desk().work(30)
    [before] = [fact for fact in desk.journal if isinstance(fact, Shown)]
    unwanted = frozenset(
        block.movement
        for block in before.blocks
        if not CATALOGUE.movements[block.movement].suits_everybody
    )
    assert unwanted
    desk.forget().settings(profile=Profile(never=unwanted))
    [after] = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert after.prompt == before.prompt
    for _ in range(12):
        desk.done().away(5).work(31)
    later = [fact for fact in desk.facts if isinstance(fact, Shown)]
    assert len(later) > 10
    assert not any(unwanted & {block.movement for block in fact.blocks} for fact in later)
