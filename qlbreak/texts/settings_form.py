"""What the settings page says: sections, labels, what was saved, what a caution hides."""

from collections.abc import Mapping, Sequence

from qlbreak.language import _, formats, ngettext, pgettext

CHOOSER = _("Sections of the settings")
# In the order of the page; the sections are those of the file.
SECTIONS: Mapping[str, str] = {
    "prompt": _("Reminders"),
    "guide": _("Guide"),
    "hours": _("Hours"),
    "busy": _("Calls and full screen"),
    "you": _("About you"),
    "equipment": _("Places and equipment"),
    "presence": _("Being away"),
    "check_in": _("Check-in"),
    "general": _("Language"),
    "record": _("Record folder"),
    "hooks": _("Hooks"),
}
STARTING = _("Starting")

# Where a field is used otherwise than the file, these words stand for the schema's.
HELP: Mapping[tuple[str, str], str] = {
    (
        "prompt",
        "snooze",
    ): _(
        "One to three lengths, with commas between them. The notification's button uses the first."
    ),
    ("hours", "work"): _("Outside these hours qlbreak keeps counting but stays silent."),
    ("equipment", "here"): _("You can change the place for today in the menu."),
    ("record", "device"): _(
        "Letters, digits and hyphens. Leave it empty to use the computer's name."
    ),
    ("record", "folder"): _(
        "Leave it empty for the usual folder. Several devices can use one folder"
        " that a sync tool shares: then they count as one."
    ),
}
UNITS: Mapping[str, int] = {"days": 86400, "h": 3600, "min": 60, "s": 1}
NEVER = _("never")
CHOOSE = _("Choose")


def choose(label: str) -> str:
    return _("{label}: choose", label=label)


def less(label: str) -> str:
    return _("{label}: less", label=label)


def more(label: str) -> str:
    return _("{label}: more", label=label)


def hook(names: Mapping[str, str]) -> str:
    """*names*: what may stand in it, and what each is filled with."""
    told = "; ".join(f"{{{name}}}: {what}" for name, what in names.items())
    return _(
        "A program and its arguments, with quotation marks around a word that has "
        "spaces in it. These are filled in: {told}.",
        told=told,
    )


def may_be(bounds: str) -> str:
    return _("It may be {bounds}.", bounds=bounds)


DAYS = formats.weekdays()

# What became of it

APPLIED = _("Applied.")
SAVED = _("Saved. It applies when qlbreak starts.")
LANGUAGE_AT_NEXT_START = _("Settings applied; the language needs a restart")
LANGUAGE_UNTIL_THEN = _("Windows speak it from now on; the menu and reminders do after a restart.")
NEEDS_RESTART = _("Saved. It applies after qlbreak is started again.")
ELSEWHERE = _("Changed in the file.")


BACK = _("Reset to the default")


def back_to(default: str) -> str:
    return _("Reset to {default}", default=default)


def back_of(label: str, words: str) -> str:
    """The same, for whoever does not see which setting it stands beside."""
    return f"{label}: {words}"


# Two at once, and a file with a mistake


def conflict(value: str) -> str:
    return _(
        "The file was changed meanwhile and says: {value}. Which one should stay?", value=value
    )


def keep(value: str) -> str:
    return _("Mine: {value}", value=value)


def take(value: str) -> str:
    return _("The file's: {value}", value=value)


BROKEN = _(
    "The settings file has a mistake. Open the file and mend it; until then nothing is saved here."
)
OPEN_FILE = _("Open the file")


def not_opened(path: str, why: str) -> str:
    return _("{path} cannot be opened here: {why}", path=path, why=why)


AS_IT_WAS = _("As it was")
AS_IT_WAS_WHAT = _("Undo everything changed here since this page was opened")
AS_IT_WAS_DONE = _("The settings are as they were when you opened this page.")


def kept(labels: Sequence[str]) -> str:
    """What stays, since somebody else has changed it as well."""
    named = ", ".join(labels)
    return _(
        "The settings are as they were, but for what was changed elsewhere since: {named}.",
        named=named,
    )


# Hours

ALWAYS, AT_HOURS = _("At any time"), _("Only at these hours")
# Translators: between two times of day: 08:30 to 18:00.
UNTIL = pgettext("times of day", "to")
NEXT_DAY = _("next day")
ADD_SPAN, REMOVE_SPAN = "+", "−"
COPY = _("All weekdays like Monday")
NO_DAY = _("tick at least one day, or choose: At any time")


def begins(day: str) -> str:
    return _("{day}, from", day=day)


def ends(day: str) -> str:
    return _("{day}, to", day=day)


def more_hours(day: str) -> str:
    return _("{day}: add hours", day=day)


def fewer_hours(day: str) -> str:
    return _("{day}: remove these hours", day=day)


# Cautions


def hides(names: Sequence[str]) -> str:
    if not names:
        return _("Hides no movement; it changes how the sides are shared.")
    return ngettext(
        "Hides {n} movement: {names}.",
        "Hides {n} movements: {names}.",
        len(names),
        names=", ".join(names),
    )


# Starting
