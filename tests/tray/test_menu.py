"""The tray's menu in every moment: the same lines always, a dozen at most to be seen."""

from collections.abc import Callable, Iterator

import pytest

from desk import Desk
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
}
DESKS = {name: play for name, (play, *_) in MOMENTS.items()} | MORE


def menu(desk: Desk, trouble: str = "", mistake: str = "") -> tuple[MenuLine, ...]:
    return lines(desk.status, desk.figures(), Rules(), trouble, mistake)


def walk(found: tuple[MenuLine, ...]) -> Iterator[MenuLine]:
    for line in found:
        yield line
        yield from walk(line.lines)


def seen(found: tuple[MenuLine, ...]) -> dict[str, bool]:
    """Labels, and whether they can be pressed."""
    return {x.label: x.enabled for x in found if x.visible and x != SEPARATOR}


@pytest.mark.parametrize("trouble", ["", "the disk is full"])
@pytest.mark.parametrize("mistake", ["", "line 3: no such key"])
@pytest.mark.parametrize("name", DESKS)
def test_it_has_the_same_lines_always_and_shows_a_dozen_at_most(
    name: str, trouble: str, mistake: str
) -> None:
    usual, now = menu(Desk()), menu(DESKS[name](), trouble, mistake)
    assert [(x.key, len(x.lines)) for x in walk(now)] == [
        (x.key, len(x.lines)) for x in walk(usual)
    ]
    assert 9 <= len(seen(now)) <= 12
    for line in now:
        keys = [x.key for x in line.lines if x != SEPARATOR]
        assert len(set(keys)) == len(keys) <= 8
    assert all(x.key for x in walk(now)), "hosts know each line by it"


def test_what_is_above_the_first_separator_says_what_matters_most() -> None:
    assert next(iter(seen(menu(Desk().work(31))))) == "Sitting 31 min. A reminder is open"
    told = menu(MORE["three that went by"](), "the disk is full", "line 3: no such key")
    assert next(iter(seen(told))) == "the disk is full"
    told = menu(MORE["three that went by"](), "", "line 3: no such key")
    assert next(iter(seen(told))) == "Shall I ask less often?"
    assert next(iter(seen(menu(Desk(), "", "line 3: no such key")))).startswith("Settings: line 3")


def test_at_a_prompt_all_answers_are_there() -> None:
    before, open_ = seen(menu(Desk().work(12))), seen(menu(Desk().work(31)))
    answers = ("Done", "Snooze", "Skip")
    assert [before[name] for name in answers] == [False, False, False]
    assert [open_[name] for name in answers] == [True, True, True]


@pytest.mark.parametrize("name", DESKS)
def test_undo_can_be_pressed_where_it_does_something(name: str) -> None:
    desk = DESKS[name]()
    (undo,) = (line for line in walk(menu(desk)) if line.key == "undo")
    assert undo.enabled is (undo.label != "Undo")
    assert undo.enabled is (desk.undo().reminder.refused == "")


@pytest.mark.parametrize(
    ("begin", "end", "act"),
    [
        ("I'm standing", "I'm sitting again", Desk.stand),
        ("Pause or meeting", "Resume reminders", lambda desk: desk.pause(30)),
        ("Pause or meeting", "The meeting is over", lambda desk: desk.meet(30)),
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
