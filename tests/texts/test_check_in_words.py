"""The check-in in words: there and back again, and what is said afterwards, which is little."""

import re
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desk import MORNING
from qlbreak.check_in.terminal import ask
from qlbreak.core.coach.check_ins import entries, read
from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.profile import Profile
from qlbreak.core.model.terms import Hindrance, Side
from qlbreak.texts import check_in
from words import AVOIDED

BLANK = CheckedIn(MORNING)
LEVEL = st.one_of(st.none(), st.integers(0, 10))
# What would be a cause, a verdict, a forecast or a mark.
TOO_MUCH = re.compile(
    r"\b(because|thanks|due to|caus\w+|help(s|ed)|better|worse|improv\w+|good|bad|score|will)\b",
    re.IGNORECASE,
)


def week(*levels: int | None) -> CheckedIn:
    left, right, middle = (*levels, None, None)[:3]
    return CheckedIn(MORNING, left, right, middle)


def said(*weeks: CheckedIn, profile: Profile | None = None) -> list[str]:
    told = [
        CheckedIn(MORNING + timedelta(weeks=n), w.left, w.right, w.middle)
        for n, w in enumerate(weeks)
    ]
    return list(check_in.sentences(read(entries(told)), profile or Profile()))


@given(LEVEL, LEVEL, LEVEL, st.one_of(st.none(), st.sampled_from(Hindrance)))
def test_what_is_told_is_what_is_understood(
    left: int | None, right: int | None, middle: int | None, work: Hindrance | None
) -> None:
    entry = CheckedIn(MORNING, left, right, middle, work)
    if (left, right, middle) != (None, None, None):
        assert check_in.entry(BLANK, check_in.fields(check_in.words(entry))) == entry


def test_skipped_is_told_as_skipped() -> None:
    assert check_in.words(BLANK) == "skip"
    assert check_in.entry(BLANK, check_in.fields("skip")) == BLANK


def test_what_is_said() -> None:
    few = ["There are not enough entries to compare yet: it takes four."]
    assert said(week(3, 2), week(3, 2)) == few
    same = ["About the same as in the weeks before."]
    assert said(*[week(3, 2)] * 4) == said(*[week(None, None, 3)] * 4) == same
    assert said(*[week(3, 2)] * 3, week(5, 2)) == [
        "Left is 5 this time, about 3 before. One entry is not a change.",
        "Right: about the same as in the weeks before.",
    ]
    assert said(*[week(3, 2)] * 3, week(5, 2), week(6, 3)) == [
        "Left has changed: 5 and 6 at the last two, about 3 before.",
        "Right: about the same as in the weeks before.",
        "Left has been about 3 higher than right.",
    ]
    middles = [week(None, None, level) for level in (3, 3, 4, 4, 1, 2)]
    assert said(*middles[:4], week(None, None, 1), week(None, None, 1)) == [
        "It has changed: 1 and 1 at the last two, about 3.5 before."
    ]


def test_even_is_only_said_to_those_whose_settings_name_a_side() -> None:
    weeks = [week(4, 2)] * 3 + [week(3, 3)] * 2
    assert len(said(*weeks)) == 1
    (_, remark) = said(*weeks, profile=Profile(tighter=Side.LEFT))
    assert remark == (
        "Left and right have been about even twice in a row. Your settings give the left side an"
        " extra set; you can change that in the set-up."
    )


@given(st.lists(st.tuples(LEVEL, LEVEL, LEVEL), max_size=9), st.sampled_from(Side))
@example([(None, None, level) for level in (0, 0, 0, 2)], Side.BOTH)
def test_never_a_cause_a_verdict_or_a_forecast(
    levels: list[tuple[int | None, int | None, int | None]], side: Side
) -> None:
    named = None if side is Side.BOTH else side
    for line in said(*[week(*level) for level in levels], profile=Profile(tighter=named)):
        assert not TOO_MUCH.search(line)
        assert not AVOIDED.search(line)
        assert line[0].isupper()
        assert line.endswith(".")
    assert not TOO_MUCH.search(f"{check_in.CARE_TITLE} {check_in.CARE} {check_in.KEPT}")


# In a terminal


def talk(*lines: str) -> tuple[CheckedIn | None, str]:
    heard, told = iter(lines), list[str]()

    def hear(prompt: str) -> str:
        told.append(prompt)
        try:
            return next(heard)
        except StopIteration:
            raise EOFError from None

    return ask(BLANK, "~/journal", told.append, hear), "\n".join(told)


@pytest.mark.parametrize(
    ("lines", "entry"),
    [
        (("3", "5", "2"), CheckedIn(MORNING, 3, 5, None, Hindrance.A_BIT)),
        (("3", "5", ""), CheckedIn(MORNING, 3, 5)),
        (("", "", "7", "a lot"), CheckedIn(MORNING, None, None, 7, Hindrance.A_LOT)),
        (("0", "", "", "not-at-all"), CheckedIn(MORNING, 0, work=Hindrance.NOT_AT_ALL)),
        (("", "", "", "4", "4", ""), CheckedIn(MORNING, 4, 4)),
        (("s",), BLANK),
        (("3", "S"), BLANK),
        (("q",), None),
        (("3", "5", "quit"), None),
        (("3",), None),
        ((), None),
    ],
)
def test_answers_in_a_terminal(lines: tuple[str, ...], entry: CheckedIn | None) -> None:
    assert talk(*lines)[0] == entry


def test_what_is_no_answer_is_asked_again() -> None:
    entry, text = talk("11", "-1", "3.5", "left", "3", "5", "4", "much", "1")
    assert entry == CheckedIn(MORNING, 3, 5, None, Hindrance.NOT_AT_ALL)
    assert text.count("Please type a whole number from 0 to 10, or just Return.") == 4
    assert text.count("Please type one number from 1 to 3, or just Return.") == 2
    assert max(map(len, text.splitlines())) <= 78


def test_it_says_where_it_is_kept_and_that_it_is_optional() -> None:
    text = " ".join(talk()[1].split())
    assert "All of this is optional." in text
    assert "~/journal" in text
