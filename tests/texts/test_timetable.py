"""Days and hours as people write them: understood, or refused with the word that is wrong."""

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qlbreak.core.model.rules import Hours
from qlbreak.texts.timetable import clock, told, week, written

NINE_TO_FIVE = "Monday to Friday, 09:00 to 17:00"
MEANT = [
    # Dashes and words for them
    ("Mon-Fri 9-17", NINE_TO_FIVE),
    ("Mon\u2013Fri 9\u201317", NINE_TO_FIVE),
    ("Mon \u2014 Fri 09:00 \u2014 17:00", NINE_TO_FIVE),
    ("Mon\u2212Fri 09:00\u221217:00", NINE_TO_FIVE),
    ("Mon..Fri 9..17", NINE_TO_FIVE),
    ("Mon to Fri 9 to 17", NINE_TO_FIVE),
    ("Monday through Friday, 9 until 17", NINE_TO_FIVE),
    ("monday till friday from 9:00 to 17:00", NINE_TO_FIVE),
    # Names of days
    ("Mo-Fr 9-17", NINE_TO_FIVE),
    ("Mon. - Fri. 9-17", NINE_TO_FIVE),
    ("weekdays 9-17", NINE_TO_FIVE),
    ("working days 9-17", NINE_TO_FIVE),
    ("Tues, Thurs 9-17", "Tuesday, Thursday, 09:00 to 17:00"),
    ("Fridays 9-17", "Friday, 09:00 to 17:00"),
    ("every day 9-17", "every day, 09:00 to 17:00"),
    ("weekends 10-14", "Saturday to Sunday, 10:00 to 14:00"),
    # Lists
    ("Mon/Fri 9-17", "Monday, Friday, 09:00 to 17:00"),
    ("Mon Tue Wed 9-17", "Monday to Wednesday, 09:00 to 17:00"),
    ("Mon & Wed 9-17", "Monday, Wednesday, 09:00 to 17:00"),
    ("Mon and Wed 9-17", "Monday, Wednesday, 09:00 to 17:00"),
    ("Mon;Wed 9-17", "Monday, Wednesday, 09:00 to 17:00"),
    ("Tue, Thu-Fri 08:00-09:00", "Tuesday, Thursday to Friday, 08:00 to 09:00"),
    # Hours
    ("Mon-Fri 9:00 AM - 5:00 PM", NINE_TO_FIVE),
    ("Mon-Fri 9am to 5pm", NINE_TO_FIVE),
    ("Mon-Fri 9 a.m.-5 p.m.", NINE_TO_FIVE),
    ("Mon-Fri 9-5pm", NINE_TO_FIVE),
    ("Mon-Fri 0900-1700", NINE_TO_FIVE),
    ("Mon-Fri 9h-17h", NINE_TO_FIVE),
    ("Mon-Fri 9.00-17.00", NINE_TO_FIVE),
    ("Mon 9-noon", "Monday, 09:00 to 12:00"),
    ("Mon 1-5pm", "Monday, 13:00 to 17:00"),
    ("Mon 12am-12pm", "Monday, 00:00 to 12:00"),
    ("Mon 9-midnight", "Monday, 09:00 to 24:00"),
    ("Mon 9:00-24:00", "Monday, 09:00 to 24:00"),
    # Over midnight
    ("Sat 22-6", "Saturday, 22:00 to 06:00 of the next day"),
    ("Sat 10pm-2am", "Saturday, 22:00 to 02:00 of the next day"),
    ("Sat 09:00-05:00", "Saturday, 09:00 to 05:00 of the next day"),
    ("Fri-Mon 22:00-02:00", "Monday, Friday to Sunday, 22:00 to 02:00 of the next day"),
    # Several spans
    ("Mon 8:30-12 and 13-17", "Monday, 08:30 to 12:00; Monday, 13:00 to 17:00"),
    ("Mon-Thu 9-17, Fri 9-15", "Monday to Thursday, 09:00 to 17:00; Friday, 09:00 to 15:00"),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_what_people_write_is_understood(text: str, meant: str) -> None:
    assert told(week(text)) == meant


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("monkey 9-17", "'monkey' is not a day: Mon Tue Wed Thu Fri Sat Sun"),
        ("Mon-monkey 9-17", "'monkey' is not a day"),
        ("Monkey-Fri 9-17", "'monkey' is not a day"),
        ("M-F 9-17", "'m' is not a day"),
        ("T 9-17", "'t' is not a day"),
        ("Mon-Fri except Wed 9-17", "'except' is not a day"),
        ("Mon>Fri 9-17", "'>' is not a time of day"),
        ("Mon- 9-17", "a day is missing after the dash"),
        ("-Mon 9-17", "'-' is not a day"),
        ("weekdays-Sat 9-17", "a dash goes between two days"),
        ("Mon 9-17, Sat", "'sat' has no hours"),
        ("Mon", "'mon' has no hours"),
        ("9-17", "no day is given"),
        ("Mon 9", "the end time is missing"),
        ("Mon 9-", "the end time is missing"),
        ("Mon 9-5", "'9-5': morning or evening? Write for example 09:00-17:00, or 9am-5pm"),
        ("Mon 9 to 5", "'9-5': morning or evening?"),
        ("Mon 9:30-5:15", "Write for example 09:30-17:15, or 9:30am-5:15pm"),
        ("Mon 8-8", "morning or evening?"),
        ("Mon 9-25", "'25' is not a time of day such as 08:30"),
        ("Mon 9:75-10", "'9:75' is not a time of day"),
        ("Mon 13pm-14", "'13pm' is not a time of day"),
        ("Mon 24:00-02:00", "hours cannot begin at '24:00'; write 00:00"),
        ("", "write for example 'Mon-Fri 08:30-18:00'"),
        ("sometimes", "'sometimes' is not a day"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_word_that_is_wrong(
    text: str, what: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(what)) as error:
        week(text)
    assert str(error.value).startswith(repr(text.strip()))


SPANS = st.builds(
    Hours,
    st.frozensets(st.integers(0, 6), min_size=1),
    *[st.times().map(lambda t: t.replace(second=0, microsecond=0))] * 2,
)


@given(SPANS)
def test_what_is_written_back_means_the_same(span: Hours) -> None:
    assert week(written(span)) == (span,)


@given(st.text(max_size=40), st.sampled_from(["", "Mon ", "Mon-Fri 9-"]))
def test_any_text_gives_hours_or_one_line(text: str, head: str) -> None:
    said = ""
    try:
        said = told(week(head + text))
    except ValueError as error:
        said = str(error)
    assert said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("08:30", time(8, 30)), ("8:30", time(8, 30)), ("9", time(9)), ("9 PM", time(21)),
        ("noon", time(12)), ("12 am", time(0)), ("2130", time(21, 30)), ("24:00", time(0)),
    ],
)  # fmt: skip
def test_a_time_of_day(text: str, meant: time) -> None:
    assert clock(text) == meant


@pytest.mark.parametrize("text", ["", "25:00", "late", "9:5", "13 pm", "0 am", "-1"])
def test_what_is_no_time_of_day(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time of day such as 08:30"):
        clock(text)
