"""What the demo says beside the program: the story of a day, and what becomes of its reminders."""

from datetime import datetime

from qlbreak.language import _, formats

OPENING = _("A day at your desk, with the default settings.")
DOES_IT_NOW = _("You get up and do it.")
NOT_NOW = _("Not now: in ten minutes.")
DOES_IT = _("You do it.")
COFFEE = _("A coffee with a colleague, 12 min.")
MEETING = _("A meeting: you listen for 45 min and type nothing.")
MEETING_OVER = _("The meeting is over.")
HAS_DONE_IT = _("You have done it.")
LUNCH = _("You close the lid: lunch, 50 min.")
DEEP_IN_WORK = _("Deep in work, you do not see the reminder.")
NOT_THIS_ONE = _("Not this one.")
GOING_HOME = _("You go home.")
MISSED = _("No answer: the reminder counts as missed.")
GOT_UP_FIRST = _("You got up first: the reminder goes away by itself.")
CLOSING = _("This was only a demo; nothing was saved. To start your own day: qlbreak")


def natural_break(since: datetime) -> str:
    return _("A natural break since {at}. The clock restarts.", at=formats.clock(since))
