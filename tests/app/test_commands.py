"""Words for the running program: what they mean, and what is said to those that mean nothing."""

from contextlib import suppress
from datetime import date, time
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.app.commands import Occasion, UsageError, known, parse
from qlbreak.core.model.guided import Work
from qlbreak.core.model.inputs import (
    Agree,
    Another,
    AnyInput,
    Arrive,
    CheckIn,
    Close,
    Declare,
    Discontinue,
    Feel,
    GoOn,
    Hear,
    Launch,
    Leave,
    Meet,
    Move,
    Notice,
    Pace,
    Pause,
    Prescribe,
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
from qlbreak.core.model.programme import Programme, WeekSpan
from qlbreak.core.model.terms import Answer, Feeling, Hindrance, Posture, Refusal, Side

SAID = Occasion("tray", 3)


def meant(words: str) -> AnyInput:
    return parse(words.split(), SAID)


PLAN = Prescribe(Programme("Six weeks", "Anna", date(2026, 3, 2), (WeekSpan(1, 6),)), "0a")
MEANINGS: list[tuple[str, AnyInput]] = [
    ("start", Start("tray", 3)),
    ("done", Respond(Answer.DONE, "tray", 3)),
    ("skip", Respond(Answer.SKIPPED, "tray", 3)),
    ("skip no-room", Respond(Answer.SKIPPED, "tray", 3, reason=Refusal.NO_ROOM)),
    ("skip no room", Respond(Answer.SKIPPED, "tray", 3, reason=Refusal.NO_ROOM)),
    ("skip seen", Respond(Answer.SKIPPED, "tray", 3, reason=Refusal.SEEN)),
    ("skip hurts", Respond(Answer.SKIPPED, "tray", 3, reason=Refusal.HURTS)),
    ("skip not now", Respond(Answer.SKIPPED, "tray", 3, reason=Refusal.NOT_NOW)),
    ("snooze", Respond(Answer.SNOOZED, "tray", 3, None)),
    ("snooze 10", Respond(Answer.SNOOZED, "tray", 3, 600)),
    ("snooze 90 s", Respond(Answer.SNOOZED, "tray", 3, 90)),
    ("another", Another(3)),
    ("undo", Undo()),
    ("stand", Declare(Posture.STANDING)),
    ("stand 45 min", Declare(Posture.STANDING, 2700)),
    ("stand until 11:30", Declare(Posture.STANDING, None, time(11, 30))),
    ("pause", Pause(3600)),
    ("pause 1 h 30 min", Pause(5400)),
    ("pause until 15:30", Pause(until=time(15, 30))),
    ("pause until 9:05", Pause(until=time(9, 5))),
    ("pause until 14:00", Pause(until=time(14))),
    ("pause until 2 pm", Pause(until=time(14))),
    ("pause until noon", Pause(until=time(12))),
    ("pause until 17", Pause(until=time(17))),
    ("pause tomorrow", Pause()),
    ("pause until tomorrow", Pause()),
    ("resume", Resume()),
    ("sit", Declare(Posture.SITTING)),
    ("meeting", Meet(3600)),
    ("meeting 45 min", Meet(2700)),
    ("meeting off", Meet(0)),
    ("arrived", Arrive(3600)),
    ("arrived 3 h", Arrive(10800)),
    ("start r60-desk", Start("tray", 3, "r60-desk")),
    ("stayed", StaySeated()),
    ("sore left", TellSore(Side.LEFT)),
    ("sore both", TellSore(Side.BOTH)),
    ("sore none", TellSore(None)),
    ("check-in left=3 right=10", CheckIn(3, 10)),
    ("check-in middle=0 work=a-lot", CheckIn(middle=0, work=Hindrance.A_LOT)),
    ("check-in skip", CheckIn()),
    ("place home", Move(Place.HOME)),
    ("harder", Pace(1)),
    ("easier", Pace(-1)),
    ("not-yet", Pace(0)),
    (
        'guide-report 4 [{"movement":"str-brace","side":"both","seconds":9.5}]',
        Report(4, (Work("str-brace", Side.BOTH, 9.5),)),
    ),
    ("guide-close 4 0.75", Close(4, 0.75)),
    ("guide-another 4", Another(4)),
    ("guide-without 4 2 str-brace", GoOn(4, "str-brace", 2)),
    ("guide-feel 4 easier", Feel(4, Feeling.EASIER)),
    ("notice 4", Notice(4)),
    ("less-often", Agree(True)),
    ("as-before", Agree(False)),
    ("plan end", Discontinue()),
    (f"plan apply {msgspec.json.encode(PLAN).decode()}", PLAN),
]


@pytest.mark.parametrize(("words", "event"), MEANINGS)
def test_what_words_mean(words: str, event: AnyInput) -> None:
    assert meant(words) == event


def test_every_input_that_is_not_a_look_has_words() -> None:
    inputs = {type(event) for _, event in MEANINGS}
    assert {words.split()[0] for words, _ in MEANINGS} == set(known())
    assert inputs == set(get_args(AnyInput)) - {Tick, Launch, Leave, Hear, Reconfigure}


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "there is no command ''"),
        ("dance", "there is no command 'dance'"),
        ("done twice", "unexpected word 'twice'; leave it out"),
        ("snooze banana", "'banana' is not a duration"),
        ("snooze 59 s", "59 s is out of range; choose 1 min to 1 h"),
        ("snooze 2 h", "out of range"),
        ("pause 400 d", "out of range; choose 1 min to 31 d"),
        ("pause 25:00", "'25:00' is not a duration"),
        ("pause 25:00", "or a time of day: pause until 14:30"),
        ("pause 14:30", "or a time of day: pause until 14:30"),
        ("pause until", "'' is not a time of day; write for example: pause until 14:30"),
        ("pause until dawn", "'dawn' is not a time of day"),
        ("pause until 25:00", "'25:00' is not a time of day"),
        ("stand forever", "'forever' is not a duration"),
        ("stand forever", "or a time of day: stand until 14:30"),
        ("stand 13 h", "out of range; choose 1 min to 12 h"),
        ("stand until dawn", "write for example: stand until 14:30"),
        ("meeting never", "'never' is not a duration"),
        ("meeting 13 h", "out of range"),
        ("arrived -1 h", "is not a duration"),
        ("sore", "say which side: left, right, both or none"),
        ("sore back", "unknown side 'back'; choose left, right, both or none"),
        ("check-in", "give left=, right= or middle= a number from 0 to 10, or say skip"),
        ("check-in work=a-bit", "give left=, right="),
        ("check-in left=11", "'11' is not a whole number from 0 to 10"),
        ("check-in left=-1", "'-1' is not"),
        ("check-in left=2.5", "'2.5' is not"),
        ("check-in left=1 left=2", "left is given twice"),
        ("check-in belly=3", "unknown word 'belly'; choose left, right, middle or work"),
        (
            "check-in left=3 work=much",
            "unknown answer 'much' for work; choose not-at-all, a-bit",
        ),
        ("place bed", "unknown place 'bed'; choose office, home or travel"),
        ("guide-report 4 {}", "not a report from the guide"),
        ("guide-report x []", "not a report from the guide"),
        ("guide-close 4 much", "not a report from the guide"),
        ("guide-feel 4 great", "not a report from the guide"),
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
        assert isinstance(parse([name, *rest], SAID), AnyInput)
