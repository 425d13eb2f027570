"""What other devices tell: done there counts here, and the coach remembers it in order of time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from desk import CATALOGUE, RULES, Desk
from qlbreak.core.coach.history import History
from qlbreak.core.model.facts import (
    Answered,
    AnyFact,
    Corrected,
    Elsewhere,
    Expired,
    Felt,
    Moved,
    Shown,
    Sore,
    Withdrawn,
    Worked,
)
from qlbreak.core.model.movements import Block
from qlbreak.core.model.profile import Place
from qlbreak.core.model.terms import Answer, Ending, Evidence, Feeling, Side

STRETCH = next(id for id, movement in CATALOGUE.movements.items() if movement.sided)


def done(at: datetime, number: int = 1) -> Answered:
    return Answered(at, number, Answer.DONE, "tray", Evidence.CLAIMED)


def hear(desk: Desk, *facts: AnyFact, device: str = "tower") -> Desk:
    return desk.hear(device, *facts)


def ago(desk: Desk, minutes: float) -> datetime:
    return desk.at - timedelta(minutes=minutes)


# Done there counts here


def test_a_routine_done_elsewhere_ends_the_spell_here() -> None:
    desk = Desk().work(25)
    hear(desk.forget(), done(ago(desk, 4)))
    assert desk.minutes == 4
    assert desk.kinds() == ["Sat", "Elsewhere"]
    assert desk.work(25).kinds().count("Shown") == 0
    assert desk.work(1).kinds()[-1] == "Shown"


def test_an_open_prompt_is_withdrawn() -> None:
    desk = Desk().work(31)
    hear(desk.forget(), done(ago(desk, 0)))
    assert desk.kinds() == ["Sat", "Withdrawn", "Elsewhere"]
    assert desk.minutes == 0
    assert desk.status.prompt is None


@pytest.mark.parametrize("act", ["snooze", "pause"])
def test_one_that_waits_is_withdrawn_too(act: str) -> None:
    desk = Desk()
    if act == "pause":
        desk.pause(60).work(31)
    else:
        desk.work(30).snooze(15)
    hear(desk.forget(), done(ago(desk, 1)))
    assert [fact for fact in desk.facts if isinstance(fact, Withdrawn)]


def test_one_that_is_under_way_goes_on() -> None:
    desk = Desk().work(31).start()
    hear(desk.forget(), done(ago(desk, 1)))
    assert desk.kinds() == ["Sat", "Elsewhere"]
    assert desk.minutes == 1
    assert desk.done().kinds()[-1] == "Answered"


def test_said_afterwards_counts_as_well() -> None:
    desk = Desk().work(20)
    assert hear(desk, Corrected(ago(desk, 5), 1, Ending.DONE)).minutes == 5
    assert hear(desk, Corrected(ago(desk, 2), 2, Ending.SKIPPED)).minutes == 5


@pytest.mark.parametrize("minutes", [25, 600, -6])
def test_before_the_spell_or_in_the_future_it_changes_nothing(minutes: float) -> None:
    desk = Desk().work(20)
    hear(desk.forget(), done(ago(desk, minutes)))
    assert (desk.minutes, desk.facts) == (20, [])


def test_a_clock_that_is_a_little_ahead_is_now() -> None:
    desk = Desk().work(20)
    assert hear(desk, done(ago(desk, -3))).minutes == 0


def test_the_same_one_counts_once_also_after_a_restart() -> None:
    desk = Desk().work(20)
    told = done(ago(desk, 5))
    assert hear(desk, told, told).minutes == 5
    desk.kill().work(10)
    hear(desk.forget(), told, Corrected(desk.at, 1, Ending.SKIPPED))
    hear(desk, Corrected(desk.at, 1, Ending.DONE))
    assert (desk.minutes, desk.facts) == (15, [])
    assert hear(desk, done(ago(desk, 3)), device="phone").minutes == 3


def test_away_from_here_nothing_is_kept() -> None:
    desk = Desk().work(20).away(2)
    hear(desk, done(ago(desk, 1)))
    assert desk.minutes <= 1
    assert desk.work(1).minutes <= 2.25


def test_nobody_who_just_listens_is_there() -> None:
    desk = Desk().work(20).away(10)
    hear(desk.forget(), done(ago(desk, 1)))
    assert desk.facts == []
    assert desk.status.mode == "away"


def test_what_was_heard_while_it_was_off_counts_at_the_start() -> None:
    desk = Desk().work(31)
    desk.forget().heard["tower"] = [done(ago(desk, -0.25))]
    desk.kill(0.5)
    assert desk.kinds()[-2:] == ["Withdrawn", "Elsewhere"]
    assert desk.minutes == 0.25


@pytest.mark.parametrize("minutes", [1, 4, 12, 25])
def test_it_counts_the_same_live_and_at_a_start(minutes: float) -> None:
    """Also what was done before the program was last seen."""
    live = Desk().work(20)
    hear(live, done(ago(live, minutes))).kill(0.5)
    late = Desk().work(20)
    late.heard["tower"] = [done(ago(late, minutes))]
    late.kill(0.5)
    assert live.minutes == late.minutes == min(minutes, 20) + 0.5
    for desk in (live, late):
        assert desk.kill().kill().kinds().count("Elsewhere") == (minutes < 20)
        assert desk.minutes == min(minutes, 20) + 0.5


@pytest.mark.parametrize("heard_first", [True, False])
def test_what_was_declared_to_have_been_sat_before_stands(heard_first: bool) -> None:
    desk = Desk().work(5)
    told = done(ago(desk, 10))
    if heard_first:
        hear(desk, told)
    desk.arrive(60)
    if not heard_first:
        hear(desk, told)
    assert desk.kill(0.5).minutes == 65.5


def test_a_clock_ahead_is_told_once_though_nobody_sat() -> None:
    desk = Desk().work(5).done()
    desk.start().done()
    hear(desk, done(ago(desk, -3)))
    assert desk.work(1).kill().minutes == 1


def test_ignored_prompts_are_forgiven() -> None:
    desk = Desk().work(110)
    assert desk.state.prompts.ignored == 2
    hear(desk, done(ago(desk, 1)))
    assert desk.state.prompts.ignored == 0


# The coach remembers it


def offered(at: datetime, number: int, side: Side) -> Shown:
    return Shown(at, number, "", side, 1800.0, length=60, blocks=(Block(STRETCH, 20),))


def history(told: Iterable[tuple[str, AnyFact]]) -> History:
    found = History(CATALOGUE, RULES.day_turn)
    for device, fact in told:
        if device:
            found.hear(device, fact)
        else:
            found.apply(fact)
    return found


def seen(found: History) -> object:
    offers = [
        (o.at, o.side, o.life.ending, o.life.feeling, [work.seconds for work in o.life.works])
        for o in found.offers
    ]
    return offers, found.sore, found.sore_day, found.last_done()


def test_it_is_the_same_in_whatever_order_it_comes() -> None:
    desk = Desk()
    here: list[AnyFact] = [offered(ago(desk, 50), 1, Side.LEFT), done(ago(desk, 49), 1)]
    here.append(Sore(ago(desk, 40), Side.LEFT))
    there: list[AnyFact] = [
        offered(ago(desk, 60), 1, Side.RIGHT), Worked(ago(desk, 59), 1, STRETCH, Side.RIGHT, 20.0),
        done(ago(desk, 59), 1), Felt(ago(desk, 58), 1, Feeling.EASIER), Sore(ago(desk, 30), None),
    ]  # fmt: skip
    third: list[AnyFact] = [offered(ago(desk, 55), 1, Side.LEFT), Expired(ago(desk, 45), 1)]
    records = {"": here, "there": there, "third": third}
    orders = [
        [(name, fact) for name in names for fact in records[name]]
        for names in permutations(records)
    ]
    first, *others = [seen(history(order)) for order in orders]
    assert all(other == first for other in others)
    assert [offer.side for offer in history(orders[0]).offers] == ["right", "left", "left"]


def test_a_clock_that_was_wrong_does_not_stand_in_the_way() -> None:
    desk = Desk()
    here = [
        offered(ago(desk, minutes), number, Side.LEFT)
        for number, minutes in enumerate([40, -999, 30, 20, 10], 1)
    ]
    there = offered(ago(desk, 25), 1, Side.RIGHT)
    for told in ([*here, there], [there, *here]):
        found = history(("there" if fact is there else "", fact) for fact in told)
        assert [offer.at for offer in found.offers] == [
            fact.at for fact in (*here[:3], there, *here[3:])
        ]


def test_the_next_one_here_knows_what_was_done_there() -> None:
    desk = Desk().work(5)
    alone = desk.state.coach.propose(desk.at, 1, None, meeting=False)
    told = [Shown(ago(desk, 4), 1, "", alone.side, 0.0, length=60, blocks=alone.told)]
    hear(desk, *told, done(ago(desk, 3)))
    after = desk.state.coach.propose(desk.at, 1, None, meeting=False)
    names = {block.movement for block in alone.told}
    assert after.told != alone.told
    assert not names & {b.movement for b in after.told if CATALOGUE.movements[b.movement].sided}


def test_where_somebody_is_each_device_knows_for_itself() -> None:
    desk = Desk().work(5)
    hear(desk, Moved(desk.at, Place.HOME), Sore(desk.at, Side.LEFT))
    assert (desk.status.place, desk.status.sore) == (Place.OFFICE, Side.LEFT)
    assert [fact for fact in desk.journal if isinstance(fact, Elsewhere)] == []
