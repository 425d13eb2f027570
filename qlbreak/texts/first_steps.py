"""What the set-up says beside its questions: the first page, the icon, starting, the last page."""

from collections.abc import Mapping

from qlbreak.core.model.profile import Place
from qlbreak.language import _, ngettext
from qlbreak.texts.durations import exact

# The first page

WHAT = _(
    "qlbreak tracks how long you have been sitting. After half an hour it offers one short routine "
    "for the side of your lower back, and shows you how to do it."
)
FIGURES = _(
    "A person sits on a chair. An arrow leads to the same person standing beside a wall: one hand "
    "on the wall, the other arm over the head, the hips pushed away from the wall."
)
COMING = _("A few short questions. Skip any you like; nothing is saved until the end.")
HELP = _("When to get help")
BEGIN, NOT_NOW = _("Begin"), _("Not now")
NEXT, BACK, SKIP, SAVE = _("Next"), _("Back"), _("Skip"), _("Save")

# Where its icon is

ICON = _("Where to find it")
STATES = (
    ("sitting", 0.0, _("You have just sat down")),
    ("sitting", 0.66, _("The ring fills while you sit")),
    ("due", 1.0, _("A reminder is open")),
)
ANSWERS = _("Right-click it for the menu. Every reminder can be answered there, too.")
SHOWN: Mapping[str, str] = {
    "gnome": _("The icon is at the right end of the top bar."),
    "plasma": _(
        "The icon is in the panel, near the clock. If you do not see it, click the small "
        "arrow there."
    ),
    "windows": _(
        "The icon is near the clock, often behind the small arrow. Drag it out of there, "
        "and it stays in sight."
    ),
    "macos": _("The icon is in the menu bar, near the clock."),
    "other": _("The icon is in the panel, where other programs have theirs."),
}
HIDDEN: Mapping[str, str] = {
    "gnome": _(
        "GNOME shows no icons by itself. The extension AppIndicator brings them: install the "
        "package gnome-shell-extension-appindicator, log in again, and switch it on in the program "
        "Extensions."
    ),
    "other": _(
        "This desktop shows no icons just now. If its panel has a status area, or tray, add "
        "that to the panel."
    ),
}
IN_TERMINAL = _(
    "There is no desktop here, so qlbreak runs in the terminal. Each answer is a single key, and "
    "any other key lists them."
)
WITHOUT = _(
    "You need no icon. Reminders come as notifications, and qlbreak in the applications menu opens "
    "its window. So does this command: qlbreak open"
)


def icon(caption: str) -> str:
    return _("Icon: {caption}", caption=caption)


# Starting

START = _("How should qlbreak start?")
START_NOTE = _("You can change both later, in the settings.")
LOGIN = _("Start qlbreak when I log in")
LOGIN_NOTE = _("Without this you start it yourself each day.")
LAUNCHER = _("Put qlbreak into the applications menu")
LAUNCHER_NOTE = _("An entry with its icon that opens the window.")

# The last page

DONE = _("You're all set")
KEPT = _("Your answers are saved and apply from now on.")
UNCHANGED = _("Your settings stay as they were.")
AGAIN = _("Set-up… in the menu brings you back here. To take all of it back: Settings, Starting.")
TRY, CLOSE = _("Try one now"), _("Close")
NOT_RUNNING = _("qlbreak is not running yet. Start it: qlbreak")
NEXT_LOGIN = _("It starts by itself the next time you log in.")

NOTHING_WRITTEN = _("Nothing was written.")


def written(path: str) -> str:
    return _("Written to {path}.", path=path)


# Undone

UNDO = _("Undo the set-up")

NO_UNDO = _("This set-up cannot be taken back by the command")

UNDONE = _("Everything is as it was before the set-up.")
NOTHING_TO_UNDO = _("There is no set-up to take back.")


def undone_but(keys: str) -> str:
    return _("The set-up is taken back. What you changed since then stays: {keys}", keys=keys)


def first_reminder(hour: str, sitting: float) -> str:
    return _(
        "Your first reminder comes at about {clock}, after {duration} of sitting.",
        clock=hour,
        duration=exact(sitting),
    )


OWN_HOURS = _("Your hours")

# What there is to use

THINGS = _("What equipment do you have?")
THINGS_NOTE = _("qlbreak suggests only what you can do with it.")
THE_SAME: Mapping[Place, str] = {
    Place.OFFICE: _("The same at the office"),
    Place.HOME: _("The same at home"),
}


def example(hours: str) -> str:
    return _("For example {hours}", hours=hours)


def step(number: int, of: int) -> str:
    return _("Step {number} of {of}", number=number, of=of)


# Cautions


def hides(number: int) -> str:
    """Of a caution by itself."""
    if not number:
        return _("Hides no movement; both sides get the same.")
    return ngettext("Hides {n} movement", "Hides {n} movements", number, n=number)


def left(number: int, total: int) -> str:
    return ngettext(
        "{left} of {n} movement is left with what you ticked.",
        "{left} of {n} movements are left with what you ticked.",
        total,
        left=number,
    )


# How often, how long


def recommended(choice: str) -> str:
    return _("{choice} (recommended)", choice=choice)


def minutes(seconds: float) -> str:
    return ngettext("{n} minute", "{n} minutes", round(seconds / 60), n=round(seconds / 60))


LENGTHS: Mapping[int, str] = {
    30: _("30 seconds"),
    60: _("1 minute"),
    90: _("1 and a half minutes"),
    180: _("3 minutes"),
}
INTERVAL = _("How long may you sit before a reminder?")
LENGTH = _("How long should a routine take?")
WHEN = _("When should it remind you?")
SIDES = _("Your two sides")
SIDES_NOTE = _("Many backs have a tighter side. If you cannot tell, leave it.")
