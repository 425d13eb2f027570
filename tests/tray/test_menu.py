"""The tray's menu in every moment: the same lines always, a dozen at most to be seen."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.coach.programmes import ask, programme
from desk import MORNING, Desk
from qlbreak.app.commands import Occasion, parse
from qlbreak.core.model.inputs import Pause, Prescribe
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Reason
from qlbreak.tray import SEPARATOR, MenuLine
from qlbreak.tray.menu import lines, state
from qlbreak.tray.states import STATES, WORDS
from texts.test_wording import MOMENTS

# What a menu may be asked to show at once, beside what the clock says.
MORE: dict[str, Callable[[], Desk]] = {
    "done": lambda: Desk().work(30).done(),
    "skipped": lambda: Desk().work(30).skip(),
    "three that went by": lambda: Desk().work(120),
    "back from a break": lambda: Desk().work(20).away(5).work(1),
    "standing, in a meeting, paused": lambda: Desk().work(5).stand().meet(60).pause(60),
    "a call": lambda: Desk().busy(Reason.MICROPHONE).work(10),
    "less often": lambda: Desk().work(120).longer(True).work(1),
    "a plan": lambda: Desk().give(Prescribe(programme(ask("str-brace", times=2)))).work(5),
}
# What asks nothing of the core: the owner and the building around follow it.
OF_THE_HOUSE = {
    "open", "show", "record", "plan", "settings", "check-in", "safety", "set-up", "never", "quit",
}  # fmt: skip
DESKS = {name: play for name, (play, *_) in MOMENTS.items()} | MORE


def menu(
    desk: Desk, trouble: str = "", mistake: str = "", *, windows: bool = True
) -> tuple[MenuLine, ...]:
    return lines(desk.status, Rules(), trouble, mistake, windows=windows)


def walk(found: tuple[MenuLine, ...]) -> Iterator[MenuLine]:
    for line in found:
        yield line
        yield from walk(line.lines)


def seen(found: tuple[MenuLine, ...]) -> dict[str, bool]:
    """Labels, and whether they can be pressed."""
    return {x.label: x.enabled for x in found if x.visible and x != SEPARATOR}


@pytest.mark.parametrize("windows", [True, False])
@pytest.mark.parametrize("trouble", ["", "the disk is full"])
@pytest.mark.parametrize("mistake", ["", "line 3: no such key"])
@pytest.mark.parametrize("name", DESKS)
def test_it_has_the_same_lines_always_and_shows_a_dozen_at_most(
    name: str, trouble: str, mistake: str, windows: bool
) -> None:
    usual, now = menu(Desk()), menu(DESKS[name](), trouble, mistake, windows=windows)
    assert shape(now) == shape(usual)
    holds(now)


def shape(found: tuple[MenuLine, ...]) -> list[tuple[str, int]]:
    """By what hosts know each line."""
    return [(line.name or line.key, len(line.lines)) for line in walk(found)]


def holds(found: tuple[MenuLine, ...]) -> None:
    """Of each menu in each moment."""
    assert 7 <= len(seen(found)) <= 12
    for line in found:
        keys = [below.key for below in line.lines if below != SEPARATOR and below.visible]
        assert len(set(keys)) == len(keys) <= 9
    assert all(line.key for line in walk(found)), "hosts know each line by it"
    assert sum(line.default and line.visible for line in walk(found)) == 1
    for line in walk(found):
        if line != SEPARATOR and line.visible and line.enabled and not line.lines:
            word, *rest = line.key.split()
            assert word in OF_THE_HOUSE or parse([word, *rest], Occasion("tray"))


ACTS: list[Callable[[Desk], Desk]] = [
    Desk.start, Desk.done, Desk.skip, Desk.snooze, Desk.undo, Desk.another, Desk.stand, Desk.sit,
    Desk.resume, Desk.stay, lambda desk: desk.meet(60), lambda desk: desk.pause(60),
    lambda desk: desk.work(10), lambda desk: desk.work(31), lambda desk: desk.away(5).work(1),
    lambda desk: desk.busy(Reason.MICROPHONE).work(1), lambda desk: desk.busy().work(1),
    lambda desk: desk.pace(1), lambda desk: desk.longer(True), lambda desk: desk.sleep(60),
]  # fmt: skip


@given(st.lists(st.sampled_from(ACTS), max_size=12), st.booleans(), st.booleans(), st.booleans())
def test_whatever_happens_a_dozen_lines_are_enough_and_each_is_a_command(
    acts: list[Callable[[Desk], Desk]], trouble: bool, mistake: bool, windows: bool
) -> None:
    desk = Desk()
    for act in acts:
        act(desk)
    now = menu(desk, "trouble" * trouble, "mistake" * mistake, windows=windows)
    assert shape(now) == shape(menu(Desk()))
    holds(now)


@pytest.mark.parametrize("name", DESKS)
def test_what_can_be_pressed_is_taken(name: str) -> None:
    """What cannot be done now is not there."""
    for line in walk(menu(DESKS[name]())):
        desk = DESKS[name]()
        if line.visible and line.enabled and line.key in ("start", "done", "skip", "another"):
            desk.give(parse(line.key.split(), Occasion("tray")))
            assert desk.reminder.refused == "", line.label


def test_it_begins_with_our_window() -> None:
    told = menu(MORE["three that went by"](), "the disk is full", "line 3: no such key")
    first = [line.label for line in told if line.visible][:3]
    assert first[:2] == ["Open qlbreak", "the disk is full"]
    assert [line.key for line in told if line.default] == ["open"]


def test_where_there_can_be_no_window_nothing_leads_to_one() -> None:
    told = menu(Desk().work(12), windows=False)
    assert next(iter(seen(told))) == "Sitting 12 min. Next reminder in 18 min"
    assert [line.key for line in told if line.default] == ["show"]
    assert not [x for x in walk(told) if x.visible and x.key.startswith("open")]
    assert {"record", "settings"} <= {line.key for line in walk(told) if line.visible}


def test_the_form_comes_before_the_file() -> None:
    labels = [line.label for line in walk(menu(Desk()))]
    assert labels.index("Settings…") + 1 == labels.index("Settings file")


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [
        (0, ["10:00", "11:00", "12:00"]),
        (35, ["10:00", "11:00", "12:00"]),
        (45, ["11:00", "12:00", "13:00"]),
        (14 * 60 + 30, ["00:00", "01:00", "02:00"]),
    ],
)
def test_a_pause_ends_at_one_of_the_next_full_hours(minutes: float, hours: list[str]) -> None:
    desk = Desk(start=MORNING + timedelta(minutes=minutes))
    (pause,) = (line for line in menu(desk) if line.key == "pause-menu")
    assert [line.label for line in pause.lines if line.name] == hours
    for hour, line in zip(hours, (line for line in pause.lines if line.name), strict=True):
        event = parse(line.key.split(), Occasion("tray"))
        assert event == Pause(until=time.fromisoformat(hour))


def test_what_is_above_the_first_separator_says_what_matters_most() -> None:
    assert list(seen(menu(Desk().work(31))))[1] == "Sitting 31 min. A reminder is open"
    told = menu(MORE["three that went by"](), "", "line 3: no such key")
    assert list(seen(told))[1] == "Shall I ask less often?"
    assert list(seen(menu(Desk(), "", "line 3: no such key")))[1].startswith("Settings: line 3")


def test_at_a_prompt_all_answers_are_there_and_else_none() -> None:
    before, open_ = seen(menu(Desk().work(12))), seen(menu(Desk().work(31)))
    answers = ("Done", "Snooze", "Skip")
    assert not before.keys() & set(answers)
    assert [open_[name] for name in answers] == [True, True, True]


def test_where_no_snooze_is_left_it_says_so() -> None:
    desk = Desk().work(31)
    for _ in range(Rules().snooze_limit):
        desk.snooze(5).work(6)
    assert seen(menu(desk))["No snooze left"] is False


@pytest.mark.parametrize("name", DESKS)
def test_undo_can_be_pressed_where_it_does_something(name: str) -> None:
    desk = DESKS[name]()
    (undo,) = (line for line in walk(menu(desk)) if line.key == "undo")
    assert undo.enabled is (undo.label != "Undo")
    assert undo.enabled or not undo.visible
    assert undo.enabled is (desk.undo().reminder.refused == "")


@pytest.mark.parametrize(
    ("begin", "end", "act"),
    [
        ("I'm standing", "I'm sitting again", Desk.stand),
        ("Pause until…", "Resume reminders", lambda desk: desk.pause(30)),
        ("Pause until…", "The meeting is over", lambda desk: desk.meet(30)),
    ],
)
def test_what_is_declared_shows_how_to_end_it_in_its_place(
    begin: str, end: str, act: Callable[[Desk], Desk]
) -> None:
    before, after = list(seen(menu(Desk()))), list(seen(menu(act(Desk()))))
    assert before.index(begin) == after.index(end)
    assert begin not in after
    assert end not in before


@pytest.mark.parametrize(
    ("play", "shown"),
    [
        (lambda: Desk().work(5), "sitting"),
        (lambda: Desk().work(5).meet(60), "meeting"),
        (lambda: Desk().work(5).meet(60).work(40), "meeting"),
        (lambda: Desk().work(31).meet(60), "meeting"),
        (lambda: Desk().work(5).busy(Reason.MICROPHONE).work(1), "meeting"),
        (lambda: Desk().work(5).busy(Reason.CAMERA).work(1), "meeting"),
        (lambda: Desk().busy(Reason.FULL_SCREEN).work(40), "held"),
        (lambda: Desk().work(5).meet(60).pause(30), "paused"),
        (lambda: Desk().work(5).stand().meet(60), "standing"),
        (lambda: Desk().work(5).meet(60).lock().work(4), "away"),
    ],
)
def test_a_meeting_has_an_icon_of_its_own(play: Callable[[], Desk], shown: str) -> None:
    assert state(play().status)[0] == shown


def test_every_icon_has_its_words() -> None:
    assert tuple(WORDS) == STATES
    assert len(set(WORDS.values())) == len(STATES)


def test_a_plan_is_told_where_there_is_one() -> None:
    plain = {line.label for line in walk(menu(Desk())) if line.visible}
    told = {line.label for line in walk(menu(DESKS["a plan"]())) if line.visible}
    assert not any(label.startswith("Your plan") for label in plain)
    assert any(label == "Your plan, week 1 of 6: 2 to do today" for label in told)
