"""What a notification says of the program itself: what is wrong, and what to do."""

from qlbreak.core.model.terms import Reason
from qlbreak.texts import safety
from qlbreak.texts.names import BUSY

LAST_STEP = "That was the last step"
DID_YOU = "Did you do it? Choose Done here, in the menu, or run: qlbreak done"
CHECK_IN = "A check-in, if you like"
HOW_IS_IT = (
    "How has your lower back been this week? You can answer any time: in the menu, or with qlbreak "
    "check-in."
)
UPDATED = "qlbreak was updated or moved while it was running. Please quit it and start it again."
RESTART = "qlbreak needs a restart"
STEPS_ELSEWHERE = "The steps are in the reminder."
MISTAKE = "The settings have a mistake"
CLOCK_UNSET = "This computer's clock is not set"
SET_THE_CLOCK = (
    "Your sitting is counted all the same, but days and hours in the record will be wrong. Please "
    "set the date and time."
)
HANGING = "qlbreak is not responding"
IT_ENDS = "It has done nothing for a minute. In another minute it ends itself. The log says where."
WELCOME = "Welcome to qlbreak"
FIRST_WORDS = (
    "General movement advice, not medicine: stop if something feels wrong. A few questions "
    "make it fit you: qlbreak set-up. When to get help: qlbreak safety."
)
HURTS = "Its movements rest for a week"
SAFETY = "When to get help"
CANNOT_START = "qlbreak cannot start"
AT_NEXT_START = "Settings applied; [record] needs a restart"
UNTIL_THEN = "Until you restart qlbreak, the record stays where it is."
IDLE_UNKNOWN = "Keyboard and mouse use is unknown"
ASSUMED = (
    "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting (at most two "
    "hours without an answer). Details: qlbreak doctor"
)

# What is opened, and what is said where it cannot be.
_CANNOT_OPEN = {
    "guide": "The guide cannot be opened",
    "set-up": "The set-up cannot be opened",
    "check-in": "The check-in cannot be opened",
    "safety": "The safety page cannot be opened",
    "report": "The record cannot be opened",
    "record": "The record cannot be opened",
    "settings": "The settings file cannot be opened",
}


def when_it_hurts() -> str:
    return safety.when_it_hurts()


def cannot_open(what: str) -> str:
    return _CANNOT_OPEN.get(what, f"{what.capitalize()} cannot be opened")


def to_see_why(name: str) -> str:
    return f"To see why, run in a terminal: qlbreak {name}"


def crashed(name: str) -> str:
    return f"It ended because of an error. {to_see_why(name)}"


def nothing_opens(path: str) -> str:
    return f"No program here opens it. The file is: {path}"


def held_long(reason: Reason) -> str:
    return (
        "No reminder has come meanwhile. If you left it on by mistake, turn it off. To ignore it, "
        f"put this into the settings: [busy] {BUSY[reason].key} = false"
    )


def mistake(what: str) -> str:
    return f"{what}. Your previous settings stay in use."


def unwritten(why: str) -> str:
    return (
        f"{why[0].upper()}{why[1:]}. Until then what you do is kept, and recorded as soon as that "
        "works."
    )


def cannot_start(why: str) -> str:
    return f"{why}. Fix this, then start qlbreak again."
