"""What the program says: short, true, for every moment that there can be."""

import re
import sys
import time as time_zone
from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from msgspec.structs import replace

from desk import CATALOGUE, MORNING, Desk
from qlbreak.core.model.facts import AnyFact
from qlbreak.core.model.rules import Hours, Rules
from qlbreak.core.model.terms import Side
from qlbreak.core.statistics.figures import Figures
from qlbreak.notify import Note, notes
from qlbreak.notify.balloons import BODY_UNITS, TITLE_UNITS
from qlbreak.texts import moments, outcomes, routines
from samples import any_fact

MORNINGS = Rules(hours=(Hours(frozenset(range(5)), time(10), time(12)),))
SAT = "You have been sitting"
OPEN = f"A reminder is open. {SAT}"


def four_done() -> Desk:
    desk = Desk(Rules(per_day=4))
    for _ in range(4):
        desk.work(30).done()
    return desk.work(30)


# How the desk came to be, what the clock says, what comes, and why.
MOMENTS: dict[str, tuple[Callable[[], Desk], str, str, str]] = {
    "at work": (
        lambda: Desk().work(12),
        "Sitting 12 min",
        "Next reminder in 18 min",
        "You have been sitting 12 min. The next reminder comes in 18 min.",
    ),
    "just begun": (
        lambda: Desk().work(0.75),
        "Sitting for less than a minute",
        "Next reminder in 30 min",
        "You have been sitting 45 s. The next reminder comes in 30 min.",
    ),
    "a prompt": (
        lambda: Desk().work(31),
        "Sitting 31 min",
        "A reminder is open",
        f"A reminder is open. {SAT} 31 min.",
    ),
    "under way": (
        lambda: Desk().work(30).start(),
        "Sitting 30 min",
        "Under way",
        f"A reminder is open. {SAT} 30 min.",
    ),
    "snoozed": (
        lambda: Desk().work(30).snooze(10).work(1),
        "Sitting 31 min",
        "Snoozed until 09:40",
        f"Snoozed until 09:40. {SAT} 31 min.",
    ),
    "paused": (
        lambda: Desk().work(5).pause(60),
        "Sitting 5 min",
        "Paused until 10:05",
        f"Paused until 10:05. {SAT} 5 min.",
    ),
    "a meeting": (
        lambda: Desk().work(5).meet(45).work(30),
        "Sitting 35 min",
        "In a meeting until 09:50",
        f"In a meeting until 09:50. A reminder is waiting. {SAT} 35 min.",
    ),
    "standing": (
        lambda: Desk().work(30).stand().work(1),
        "Standing 1 min",
        "The sitting clock rests",
        "You have been standing 1 min. The sitting clock rests until you say that you sit again.",
    ),
    "standing for an hour": (
        lambda: Desk().work(10).stand(60).work(20),
        "Standing 20 min",
        "Sitting again at 10:10",
        "You have been standing 20 min. From 10:10 on you count as sitting again.",
    ),
    "standing up to a limit": (
        lambda: Desk(Rules(standing=30 * 60)).stand().work(20),
        "Standing 20 min",
        "Next reminder in 10 min",
        "You have been standing 20 min. The next reminder comes in 10 min.",
    ),
    "away while standing": (
        lambda: Desk().stand().work(20).away(5),
        "Away since 09:20",
        "The clock restarts when you are back",
        "You have been away since 09:20. The clock restarts when you are back.",
    ),
    "standing in a pause": (
        lambda: Desk().stand().work(5).pause(60).work(5),
        "Standing 10 min",
        "Paused until 10:05",
        "Paused until 10:05. You have been standing 10 min.",
    ),
    "a prompt that nobody is there for": (
        lambda: Desk().work(30).start().lock().work(4),
        "Away since 09:30",
        "Under way",
        "A reminder is open. You have been away since 09:30.",
    ),
    "paused and away": (
        lambda: Desk().work(5).pause(60).away(10),
        "Away since 09:05",
        "Paused until 10:05",
        "Paused until 10:05. You have been away since 09:05.",
    ),
    "away for a moment": (
        lambda: Desk().work(5).lock().work(1),
        "Away since 09:05",
        "The clock rests at 5 min",
        "You have been away since 09:05. The clock is paused at 5 min.",
    ),
    "away": (
        lambda: Desk().work(5).away(5),
        "Away since 09:05",
        "The clock restarts when you are back",
        "You have been away since 09:05. The clock restarts when you are back.",
    ),
    "unknown": (
        lambda: Desk().unknown(5),
        "Sitting 5 min",
        "Next reminder in 25 min",
        "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting. "
        f"{SAT} 5 min. The next reminder comes in 25 min.",
    ),
    "outside the hours": (
        lambda: Desk(MORNINGS).work(5),
        "Sitting 5 min",
        "Quiet until 10:00",
        f"Quiet until 10:00. {SAT} 5 min.",
    ),
    "enough": (
        four_done,
        "Sitting 30 min",
        "Enough reminders for today",
        f"Enough reminders for today. A reminder is waiting. {SAT} 30 min.",
    ),
    "just woken": (
        lambda: Desk().work(29).sleep(2).work(1),
        "Sitting 30 min",
        "Just woken; silent until 09:33",
        f"Just woken; silent until 09:33. A reminder is waiting. {SAT} 30 min.",
    ),
}


@pytest.mark.parametrize("name", MOMENTS)
def test_every_moment_has_its_words(name: str) -> None:
    play, clock, coming, why = MOMENTS[name]
    status = play().status
    assert moments.clock(status) == clock
    assert moments.coming(status) == coming
    assert moments.why(status) == why


@pytest.mark.parametrize("name", MOMENTS)
def test_a_tooltip_has_a_few_short_lines(name: str) -> None:
    desk = MOMENTS[name][0]()
    first, *today = moments.tooltip(desk.status, desk.figures()).splitlines()
    assert len(first) <= 70
    assert today[0].startswith("Today: ")
    assert len(today) <= 4
    assert all(len(line) <= 50 for line in today)


def test_the_day_in_three_lines() -> None:
    assert moments.today(Figures()) == ["Today: 0 s sitting"]
    desk = Desk().work(30).done().work(6).away(5).work(2)
    assert moments.today(desk.figures()) == [
        "Today: 37 min sitting, longest stretch 30 min",
        "1 of 1 reminder done, 1 natural break",
        "Worked: left 22 s, right 22 s",
    ]


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "10:35"),
        (1, "tomorrow 10:35"),
        (3, "Thursday 10:35"),
        (14, "16 March 10:35"),
        (-1, "Sunday 10:35"),
        (-9, "21 February 10:35"),
    ],
)
def test_an_hour_says_the_day_when_it_is_another(days: int, text: str) -> None:
    moment = datetime.combine(MORNING, time(10, 35), MORNING.tzinfo) + timedelta(days=days)
    assert moments.hour(moment, MORNING) == text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one zone for all programs")
def test_an_hour_beyond_a_change_of_the_clocks_is_that_of_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pause of twelve hours said eight o'clock, on the eve of the day when it is seven."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time_zone.tzset()
    try:
        eve = datetime.fromisoformat("2026-10-24T20:00:00+02:00")
        assert moments.hour(eve + timedelta(hours=12), eve) == "tomorrow 07:00"
        assert moments.hour(eve + timedelta(hours=1), eve) == "21:00"
        abroad = eve.astimezone(timezone(timedelta(hours=9)))  # not by this machine's clock
        assert moments.hour(abroad + timedelta(hours=12), abroad) == "15:00"
    finally:
        monkeypatch.undo()
        time_zone.tzset()


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (Desk.start, "Started. When you have finished: qlbreak done"),
        (Desk.done, "Done. The clock restarts."),
        (Desk.skip, "Skipped. The next reminder comes in 30 min."),
        (Desk.snooze, f"Snoozed until 09:36. {SAT} 31 min."),
        (
            Desk.stand,
            "Standing. The sitting clock rests until you say that you sit again, for two hours at "
            "most.",
        ),
        (lambda d: d.stand(45), "Standing until 10:16. Then you count as sitting again."),
        (lambda d: d.stand().forget().sit(), "Sitting. The clock is running."),
        (lambda d: d.meet(30), "In a meeting until 10:01."),
        (lambda d: d.pause(60), "Paused until 10:31."),
        (lambda d: d.arrive(60), f"Added 1 h of sitting. {OPEN} 1 h 31 min."),
        (lambda d: d.skip().forget().undo(), "The last reminder now counts as done."),
        (
            lambda d: d.done().forget().undo(),
            "Marked as not done. A reminder is open. You have been sitting 31 min.",
        ),
        (lambda d: d.sore(Side.LEFT), "Sore on the left: only gentle movements today."),
        (lambda d: d.sore(Side.BOTH), "Sore on both sides: only gentle movements today."),
        (lambda d: d.meet(9).forget().resume(), "The meeting is over."),
        (lambda d: d.pause(9).forget().resume(), "Reminders are on again."),
    ],
)
def test_what_came_of_a_command(act: Callable[[Desk], Desk], text: str) -> None:
    desk = act(Desk().work(31).forget())
    assert outcomes.outcome(desk.facts, desk.status) == text


def test_what_came_of_the_question() -> None:
    desk = Desk().work(120).forget().longer(True)
    assert (
        outcomes.outcome(desk.facts, desk.status) == "Reminders now come after 40 min of sitting."
    )


@given(any_fact())
def test_every_fact_is_one_line_of_the_log(fact: AnyFact) -> None:
    assert outcomes.log_line(fact).startswith(type(fact).__name__.lower())


def test_undo_says_what_it_would_do() -> None:
    labels = [
        moments.undo_label(desk.status)
        for desk in (
            Desk(),
            Desk().work(30).skip(),
            Desk().work(30).done(),
            Desk().work(30).snooze(),
        )
    ]
    assert labels[0] == ""
    assert len(set(labels)) == 4


# Notifications


def prompt_note(desk: Desk) -> Note:
    status = desk.status
    assert status.prompt is not None
    return notes.prompt(status, status.prompt, desk.rules)


def test_a_prompt_says_how_long_what_and_which_side() -> None:
    note = prompt_note(Desk().work(31))
    assert note.title == "You have been sitting 31 min"
    prompt = Desk().work(31).status.prompt
    assert prompt is not None
    assert note.body == f"{routines.title(prompt.plan)}: 22 s each side, left first."
    assert [b.label for b in note.buttons] == ["Start", "Done", "Snooze", "Skip"]
    assert (note.click, note.about) == ("start", 1)


def test_asked_a_second_time_it_says_so() -> None:
    assert prompt_note(Desk().work(36)).title == "Still sitting: 36 min"


def test_of_hardly_any_sitting_nothing_is_said() -> None:
    desk = Desk().start()
    prompt = desk.status.prompt
    assert prompt is not None
    assert prompt_note(desk).title == routines.title(prompt.plan)


def test_without_a_snooze_left_there_is_no_such_button() -> None:
    desk = Desk().work(30).snooze(5).work(5).snooze(5).work(5)
    assert [b.key for b in prompt_note(desk).buttons] == ["start", "done", "skip"]


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
@pytest.mark.parametrize("name", [*CATALOGUE.routines, *CATALOGUE.movements])
def test_what_to_do_is_one_line_that_no_desktop_cuts(name: str, side: Side) -> None:
    """Windows has 64 and 256 characters, and loses what is longer."""
    plan = Desk().state.coach.named(name, MORNING)
    plan = replace(plan, side=side if plan.side is not Side.BOTH else plan.side)
    task = routines.task(plan)
    assert task.startswith(f"{routines.title(plan)}: ")
    assert len(task) <= 130
    assert (f"{side} first" in task) is (plan.side is not Side.BOTH)
    assert re.search(r": \d+ (s|min)\b", task)


def test_the_reason_of_the_longest_one_is_not_cut_either() -> None:
    """Weeks of reminders, as they are shown."""
    desk = Desk()
    for _ in range(100):
        note = prompt_note(desk.work(31))
        assert len(note.title) <= TITLE_UNITS
        assert len(note.body) <= BODY_UNITS
        desk.another().done().sleep(60)


def test_the_note_about_the_missing_tray_names_the_commands() -> None:
    assert notes.no_tray("").body.endswith("qlbreak status, done, snooze, skip.")
    assert notes.no_tray("Install it").body.endswith("done, snooze, skip. Install it.")


def test_why_the_one_window_does_not_open_is_told() -> None:
    said = "windows need libxcb-cursor.so.0, which is missing"
    note = notes.unseen("open", 2, replaced=False, said=said)
    assert note is not None
    assert (note.title, note.body) == ("The window cannot be opened", said)


def test_the_state_is_said_as_the_menu_says_it() -> None:
    note = notes.state(Desk().work(12).status)
    assert note.title == "qlbreak: sitting 12 min"
    assert note.body == moments.why(Desk().work(12).status)
