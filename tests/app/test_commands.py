"""Words for the running program: what they mean, and what is said to those that mean nothing."""

from contextlib import suppress
from datetime import UTC, datetime, time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.app.commands import Occasion, UsageError, known, parse
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import (
    Agree,
    AnyInput,
    Arrive,
    CheckIn,
    Close,
    Declare,
    Feel,
    Hear,
    Input,
    Launch,
    Leave,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Reconfigure,
    Report,
    Respond,
    Resume,
    Start,
    StaySeated,
    TellSore,
    Tick,
    Undo,
)
from qlbreak.core.model.profile import Place
from qlbreak.core.model.rules import wall
from qlbreak.core.model.terms import Answer, Feeling, Hindrance, Posture, Side

AT = datetime(2026, 3, 2, 14, tzinfo=UTC)
NOON = wall(AT.replace(hour=12))
MOMENT = Occasion(AT, 5.0, time(4), "tray", 3)


def meant(words: str) -> AnyInput:
    return parse(words.split(), MOMENT)


MEANINGS: list[tuple[str, AnyInput]] = [
    ("start", Start(AT, 5.0, "tray", 3)),
    ("done", Respond(AT, 5.0, Answer.DONE, "tray", 3)),
    ("skip", Respond(AT, 5.0, Answer.SKIPPED, "tray", 3)),
    ("snooze", Respond(AT, 5.0, Answer.SNOOZED, "tray", 3, None)),
    ("snooze 10", Respond(AT, 5.0, Answer.SNOOZED, "tray", 3, 600)),
    ("snooze 90 s", Respond(AT, 5.0, Answer.SNOOZED, "tray", 3, 90)),
    ("undo", Undo(AT, 5.0)),
    ("pause", Pause(AT, 5.0, 3600)),
    ("pause 1 h 30 min", Pause(AT, 5.0, 5400)),
    ("pause until 15:30", Pause(AT, 5.0, until=NOON.replace(day=2, hour=15, minute=30))),
    ("pause until 9:05", Pause(AT, 5.0, until=NOON.replace(day=3, hour=9, minute=5))),
    ("pause until 14:00", Pause(AT, 5.0, until=NOON.replace(day=3, hour=14))),
    ("pause until 2 pm", Pause(AT, 5.0, until=NOON.replace(day=3, hour=14))),
    ("pause until noon", Pause(AT, 5.0, until=NOON.replace(day=3, hour=12))),
    ("pause until 17", Pause(AT, 5.0, until=NOON.replace(day=2, hour=17))),
    ("pause tomorrow", Pause(AT, 5.0, until=NOON.replace(day=3, hour=4))),
    ("pause until tomorrow", Pause(AT, 5.0, until=NOON.replace(day=3, hour=4))),
    ("resume", Resume(AT, 5.0)),
    ("stand", Declare(AT, 5.0, Posture.STANDING)),
    ("sit", Declare(AT, 5.0, Posture.SITTING)),
    ("meeting", Meet(AT, 5.0, 3600)),
    ("meeting 45 min", Meet(AT, 5.0, 2700)),
    ("meeting off", Meet(AT, 5.0, 0)),
    ("arrived", Arrive(AT, 5.0, 3600)),
    ("arrived 3 h", Arrive(AT, 5.0, 10800)),
    ("start r60-desk", Start(AT, 5.0, "tray", 3, "r60-desk")),
    ("stayed", StaySeated(AT, 5.0)),
    ("sore left", TellSore(AT, 5.0, Side.LEFT)),
    ("sore both", TellSore(AT, 5.0, Side.BOTH)),
    ("sore none", TellSore(AT, 5.0, None)),
    ("check-in left=3 right=10", CheckIn(AT, 5.0, 3, 10)),
    ("check-in middle=0 work=a-lot", CheckIn(AT, 5.0, middle=0, work=Hindrance.A_LOT)),
    ("check-in skip", CheckIn(AT, 5.0)),
    ("place home", Move(AT, 5.0, Place.HOME)),
    ("harder", Pace(AT, 5.0, 1)),
    ("easier", Pace(AT, 5.0, -1)),
    ("not-yet", Pace(AT, 5.0, 0)),
    (
        'guide-report 4 [{"movement":"str-brace","side":"both","seconds":9.5}]',
        Report(AT, 5.0, 4, (Work("str-brace", Side.BOTH, 9.5),)),
    ),
    ("guide-close 4 0.75", Close(AT, 5.0, 4, 0.75)),
    ("guide-feel 4 easier", Feel(AT, 5.0, 4, Feeling.EASIER)),
    ("notice 4", Notice(AT, 5.0, 4)),
    ("less-often", Agree(AT, 5.0, True)),
    ("as-before", Agree(AT, 5.0, False)),
]


@pytest.mark.parametrize(("words", "event"), MEANINGS)
def test_what_words_mean(words: str, event: AnyInput) -> None:
    assert meant(words) == event


def test_every_input_that_is_not_a_look_has_words() -> None:
    inputs = {type(event) for _, event in MEANINGS}
    assert {words.split()[0] for words, _ in MEANINGS} == set(known())
    assert inputs == set(get_args(AnyInput)) - {Tick, Launch, Leave, Hear, Reconfigure}
    assert set(get_args(AnyInput)) == set(Input.__subclasses__())


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "there is no command ''"),
        ("dance", "there is no command 'dance'"),
        ("done twice", "nothing more is expected, got 'twice'"),
        ("snooze banana", "'banana' is not a duration"),
        ("snooze 59 s", "59 s is out of bounds; it may be 1 min to 1 h"),
        ("snooze 2 h", "out of bounds"),
        ("pause 400 d", "out of bounds; it may be 1 min to 31 d"),
        ("pause 25:00", "'25:00' is not a duration"),
        ("pause 25:00", "or a time of day: pause until 14:30"),
        ("pause 14:30", "or a time of day: pause until 14:30"),
        ("pause until", "'' is not a time of day; write for example: pause until 14:30"),
        ("pause until dawn", "'dawn' is not a time of day"),
        ("pause until 25:00", "'25:00' is not a time of day"),
        ("meeting never", "'never' is not a duration"),
        ("meeting 13 h", "out of bounds"),
        ("arrived -1 h", "is not a duration"),
        ("sore", "say which side: left, right, both or none"),
        ("sore back", "got 'back'"),
        ("check-in", "say how much: left=, right= or middle= and 0 to 10; or skip"),
        ("check-in work=a-bit", "say how much"),
        ("check-in left=11", "expected a whole number, 0 to 10, got '11'"),
        ("check-in left=-1", "got '-1'"),
        ("check-in left=2.5", "got '2.5'"),
        ("check-in left=1 left=2", "left is there twice"),
        ("check-in belly=3", "'belly' is none of left, right, middle, work"),
        ("check-in left=3 work=much", "work may be not-at-all, a-bit, a-lot, got 'much'"),
        ("place bed", "unknown place 'bed'; choose office, home or travel"),
        ("guide-report 4 {}", "not a report of the guide"),
        ("guide-report x []", "not a report of the guide"),
        ("guide-close 4 much", "not a report of the guide"),
        ("guide-feel 4 great", "not a report of the guide"),
    ],
)
def test_words_without_a_meaning_get_one_line(words: str, part: str) -> None:
    with pytest.raises(UsageError) as refusal:
        meant(words)
    assert part in str(refusal.value)
    assert "\n" not in str(refusal.value)


@given(st.sampled_from(known()), st.lists(st.text(max_size=8), max_size=3))
def test_any_words_are_an_input_or_a_mistake(name: str, rest: list[str]) -> None:
    with suppress(UsageError):
        assert isinstance(parse([name, *rest], MOMENT), Input)
