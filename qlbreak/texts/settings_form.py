"""What the settings page says: sections, labels, what was saved, what a caution hides."""

from collections.abc import Mapping, Sequence

CHOOSER = "Sections of the settings"
# In the order of the page; the sections are those of the file.
SECTIONS: Mapping[str, str] = {
    "prompt": "Reminders",
    "guide": "Guide",
    "hours": "Hours",
    "busy": "Calls and full screen",
    "you": "About you",
    "equipment": "Places and equipment",
    "presence": "Being away",
    "check_in": "Check-in",
    "record": "Record folder",
    "hooks": "Hooks",
}
STARTING = "Starting"

# Where a field is used otherwise than the file, these words stand for the schema's.
HELP: Mapping[tuple[str, str], str] = {
    (
        "prompt",
        "snooze",
    ): "One to three lengths, with commas between them. The notification's button uses the first.",
    ("hours", "work"): "Outside these hours qlbreak keeps counting but stays silent.",
    ("equipment", "here"): "You can change the place for today in the menu.",
    ("record", "device"): "Letters, digits and hyphens. Leave it empty to use the computer's name.",
    ("record", "folder"): "Leave it empty for the usual folder. Several devices can use one folder"
    " that a sync tool shares: then they count as one.",
}
UNITS: Mapping[str, int] = {"days": 86400, "h": 3600, "min": 60, "s": 1}
NEVER = "never"
CHOOSE = "Choose"


def choose(label: str) -> str:
    return f"{label}: choose"


def less(label: str) -> str:
    return f"{label}: less"


def more(label: str) -> str:
    return f"{label}: more"


def hook(names: Mapping[str, str]) -> str:
    """*names*: what may stand in it, and what each is filled with."""
    told = "; ".join(f"{{{name}}}: {what}" for name, what in names.items())
    return (
        "A program and its arguments, with quotation marks around a word that has spaces in it."
        f" These are filled in: {told}."
    )


def may_be(bounds: str) -> str:
    return f"It may be {bounds}."


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# What became of it

APPLIED = "Applied."
SAVED = "Saved. It applies when qlbreak starts."
NEEDS_RESTART = "Saved. It applies after qlbreak is started again."
ELSEWHERE = "Changed in the file."


BACK = "Reset to the default"


def back_to(default: str) -> str:
    return f"Reset to {default}"


def back_of(label: str, words: str) -> str:
    """The same, for whoever does not see which setting it stands beside."""
    return f"{label}: {words}"


# Two at once, and a file with a mistake


def conflict(value: str) -> str:
    return f"The file was changed meanwhile and says: {value}. Which one should stay?"


def keep(value: str) -> str:
    return f"Mine: {value}"


def take(value: str) -> str:
    return f"The file's: {value}"


BROKEN = (
    "The settings file has a mistake. Open the file and mend it; until then nothing is saved here."
)
OPEN_FILE = "Open the file"


def not_opened(path: str, why: str) -> str:
    return f"{path} cannot be opened here: {why}"


AS_IT_WAS = "As it was"
AS_IT_WAS_WHAT = "Undo everything changed here since this page was opened"
AS_IT_WAS_DONE = "The settings are as they were when you opened this page."


def kept(labels: Sequence[str]) -> str:
    """What stays, since somebody else has changed it as well."""
    named = ", ".join(labels)
    return f"The settings are as they were, but for what was changed elsewhere since: {named}."


# Hours

ALWAYS, AT_HOURS = "At any time", "Only at these hours"
UNTIL = "to"
NEXT_DAY = "next day"
ADD_SPAN, REMOVE_SPAN = "+", "−"
COPY = "All weekdays like Monday"
NO_DAY = "tick at least one day, or choose: At any time"


def begins(day: str) -> str:
    return f"{day}, from"


def ends(day: str) -> str:
    return f"{day}, to"


def more_hours(day: str) -> str:
    return f"{day}: add hours"


def fewer_hours(day: str) -> str:
    return f"{day}: remove these hours"


# Cautions


def hides(names: Sequence[str]) -> str:
    if not names:
        return "Hides no movement; it changes how the sides are shared."
    count = f"{len(names)} movement{'' if len(names) == 1 else 's'}"
    return f"Hides {count}: {', '.join(names)}."


def available(left: int, total: int) -> str:
    return f"{left} of {total} movements are left with what you ticked."


# Starting
