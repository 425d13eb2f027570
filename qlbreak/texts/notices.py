"""What a notification says of the program itself: what is wrong, and what to do."""

from qlbreak.core.model.terms import Reason
from qlbreak.language import _, formats
from qlbreak.texts.names import BUSY

# Translators: from here on, titles and texts of notifications: there is room for some 40 characters
# in a title, and 200 below.
LAST_STEP = _("That was the last step")
DID_YOU = _("Did you do it? Choose Done here, in the menu, or run: qlbreak done")
CHECK_IN = _("A check-in, if you like")
HOW_IS_IT = _(
    "How has your lower back been this week? You can answer any time: in the menu, or with qlbreak "
    "check-in."
)
UPDATED = _("qlbreak was updated or moved while it was running. Please quit it and start it again.")
RESTART = _("qlbreak needs a restart")
STEPS_ELSEWHERE = _("The steps are in the reminder.")
MISTAKE = _("The settings have a mistake")
CLOCK_UNSET = _("This computer's clock is not set")
SET_THE_CLOCK = _(
    "Your sitting is counted all the same, but days and hours in the record will be wrong. Please "
    "set the date and time."
)
HANGING = _("qlbreak is not responding")
IT_ENDS = _(
    "It has done nothing for a minute. In another minute it ends itself. The log says where."
)
WELCOME = _("Welcome to qlbreak")
FIRST_WORDS = _(
    "General movement advice, not medicine: stop if something feels wrong. A few questions "
    "make it fit you: qlbreak set-up. When to get help: qlbreak safety."
)
HURTS = _("Its movements rest for a week")
SAFETY = _("When to get help")
CANNOT_START = _("qlbreak cannot start")
AT_NEXT_START = _("Settings applied; [record] needs a restart")
UNTIL_THEN = _("Until you restart qlbreak, the record stays where it is.")
IDLE_UNKNOWN = _("Keyboard and mouse use is unknown")
ASSUMED = _(
    "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting (at most two "
    "hours without an answer). Details: qlbreak doctor"
)
RUNNING = _("qlbreak is running")
NO_TRAY = _(
    "This desktop shows no tray icons. Reminders come as notifications. In a terminal "
    '"qlbreak open" shows its window, and these answer: qlbreak status, done, snooze, skip.'
)
UNWRITTEN = _("The record cannot be written")

# What is opened, and what is said where it cannot be.
_CANNOT_OPEN = {
    "guide": _("The guide cannot be opened"),
    "set-up": _("The set-up cannot be opened"),
    "check-in": _("The check-in cannot be opened"),
    "safety": _("The safety page cannot be opened"),
    "report": _("The record cannot be opened"),
    "record": _("The record cannot be opened"),
    "settings": _("The settings file cannot be opened"),
    "window": _("The window cannot be opened"),
}


def cannot_open(what: str) -> str:
    """*what*: as our processes are called."""
    return _CANNOT_OPEN.get(what) or _("{name} cannot be opened", name=formats.capitalized(what))


def to_see_why(name: str) -> str:
    return _("To see why, run in a terminal: qlbreak {name}", name=name)


def crashed(name: str) -> str:
    return formats.sentences(_("It ended because of an error."), to_see_why(name))


def nothing_opens(path: str) -> str:
    return _("No program here opens it. The file is: {path}", path=path)


def held_long(reason: Reason) -> str:
    return _(
        "No reminder has come meanwhile. If you left it on by mistake, turn it off. To ignore it, "
        "put this into the settings: [busy] {key} = false",
        key=BUSY[reason].key,
    )


def mistake(what: str) -> str:
    return _("{mistake}. Your previous settings stay in use.", mistake=what)


def unwritten(cure: str) -> str:
    return _(
        "{remedy}. Until then what you do is kept, and recorded as soon as that works.",
        remedy=formats.capitalized(cure),
    )


def cannot_start(why: str) -> str:
    return _("{why}. Fix this, then start qlbreak again.", why=why)


def no_tray(remedy: str) -> str:
    return formats.sentences(NO_TRAY, formats.sentence(remedy) if remedy else "")
