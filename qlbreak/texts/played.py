"""What the demo says beside the program: the story of a day, and what becomes of its reminders."""

from datetime import datetime

OPENING = "A day at your desk, with the default settings."
DOES_IT_NOW = "You get up and do it."
NOT_NOW = "Not now: in ten minutes."
DOES_IT = "You do it."
COFFEE = "A coffee with a colleague, 12 min."
MEETING = "A meeting: you listen for 45 min and type nothing."
MEETING_OVER = "The meeting is over."
HAS_DONE_IT = "You have done it."
LUNCH = "You close the lid: lunch, 50 min."
DEEP_IN_WORK = "Deep in work, you do not see the reminder."
NOT_THIS_ONE = "Not this one."
GOING_HOME = "You go home."
MISSED = "No answer: the reminder counts as missed."
GOT_UP_FIRST = "You got up first: the reminder goes away by itself."
CLOSING = "This was only a demo; nothing was saved. To start your own day: qlbreak"


def natural_break(since: datetime) -> str:
    return f"A natural break since {since:%H:%M}. The clock restarts."
