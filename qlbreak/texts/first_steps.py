"""What the set-up says beside its questions: the first page, the icon, starting, the last page."""

from collections.abc import Mapping

from qlbreak.core.model.profile import Place
from qlbreak.texts.durations import exact

# The first page

WELCOME = "Welcome to qlbreak"
WHAT = (
    "qlbreak tracks how long you have been sitting. After half an hour it offers one short routine "
    "for the side of your lower back, and shows you how to do it."
)
FIGURES = (
    "A person sits on a chair. An arrow leads to the same person standing beside a wall: one hand "
    "on the wall, the other arm over the head, the hips pushed away from the wall."
)
COMING = "A few short questions. Skip any you like; nothing is saved until the end."
HELP = "When to get help"
BEGIN, NOT_NOW = "Begin", "Not now"
NEXT, BACK, SKIP, SAVE = "Next", "Back", "Skip", "Save"

# Where its icon is

ICON = "Where to find it"
STATES = (
    ("sitting", 0.0, "You have just sat down"),
    ("sitting", 0.66, "The ring fills while you sit"),
    ("due", 1.0, "A reminder is open"),
)
ANSWERS = "Right-click it for the menu. Every reminder can be answered there, too."
SHOWN: Mapping[str, str] = {
    "gnome": "The icon is at the right end of the top bar.",
    "plasma": "The icon is in the panel, near the clock. If you do not see it, click the small "
    "arrow there.",
    "windows": "The icon is near the clock, often behind the small arrow. Drag it out of there, "
    "and it stays in sight.",
    "macos": "The icon is in the menu bar, near the clock.",
    "other": "The icon is in the panel, where other programs have theirs.",
}
HIDDEN: Mapping[str, str] = {
    "gnome": "GNOME shows no icons by itself. The extension AppIndicator brings them: install the "
    "package gnome-shell-extension-appindicator, log in again, and switch it on in the program "
    "Extensions.",
    "other": "This desktop shows no icons just now. If its panel has a status area, or tray, add "
    "that to the panel.",
}
IN_TERMINAL = (
    "There is no desktop here, so qlbreak runs in the terminal. Each answer is a single key, and "
    "any other key lists them."
)
WITHOUT = (
    "You need no icon. Reminders come as notifications, and qlbreak in the applications menu opens "
    "its window. So does this command: qlbreak open"
)


def icon(caption: str) -> str:
    return f"Icon: {caption}"


# Starting

START = "How should qlbreak start?"
START_NOTE = "You can change both later, in the settings."
LOGIN = "Start qlbreak when I log in"
LOGIN_NOTE = "Without this you start it yourself each day."
LAUNCHER = "Put qlbreak into the applications menu"
LAUNCHER_NOTE = "An entry with its icon that opens the window."

# The last page

DONE = "You're all set"
KEPT = "Your answers are saved and apply from now on."
UNCHANGED = "Your settings stay as they were."
AGAIN = "Set-up… in the menu brings you back here. To take all of it back: Settings, Starting."
TRY, CLOSE = "Try one now", "Close"
NOT_RUNNING = "qlbreak is not running yet. Start it: qlbreak"
NEXT_LOGIN = "It starts by itself the next time you log in."

NOTHING_WRITTEN = "Nothing was written."


def written(path: str) -> str:
    return f"Written to {path}."


# Undone

UNDO = "Undo the set-up"

NO_UNDO = "This set-up cannot be taken back by the command"

UNDONE = "Everything is as it was before the set-up."
NOTHING_TO_UNDO = "There is no set-up to take back."


def undone_but(keys: str) -> str:
    return f"The set-up is taken back. What you changed since then stays: {keys}"


def first_reminder(hour: str, sitting: float) -> str:
    return f"Your first reminder comes at about {hour}, after {exact(sitting)} of sitting."


OWN_HOURS = "Your hours"

# What there is to use

THINGS = "What equipment do you have?"
THINGS_NOTE = "qlbreak suggests only what you can do with it."
THE_SAME: Mapping[Place, str] = {
    Place.OFFICE: "The same at the office",
    Place.HOME: "The same at home",
}


def example(hours: str) -> str:
    return f"For example {hours}"


def step(number: int, of: int) -> str:
    return f"Step {number} of {of}"


# Cautions


def hides(number: int) -> str:
    """Of a caution by itself."""
    if not number:
        return "Hides no movement; both sides get the same."
    return "Hides 1 movement" if number == 1 else f"Hides {number} movements"


def left(number: int, total: int) -> str:
    return f"{number} of {total} movements are left with what you ticked."


# How often, how long


def recommended(choice: str) -> str:
    return f"{choice} (recommended)"


def minutes(seconds: float) -> str:
    return f"{round(seconds / 60)} minutes"


LENGTHS: Mapping[int, str] = {
    30: "30 seconds",
    60: "1 minute",
    90: "1 and a half minutes",
    180: "3 minutes",
}
INTERVAL = "How long may you sit before a reminder?"
LENGTH = "How long should a routine take?"
WHEN = "When should it remind you?"
SIDES = "Your two sides"
SIDES_NOTE = "Many backs have a tighter side. If you cannot tell, leave it."
