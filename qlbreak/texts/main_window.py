"""What stands in the one window, beside what others say as well: pages, sections, hints."""

from qlbreak.core.reminder.status import Mode

# By the names of the pages; the letter after & is pressed with Alt.
PAGES = {
    "today": "&Today",
    "movements": "&Movements",
    "record": "&Record",
    "settings": "&Settings",
    "safety": "Sa&fety",
}
NAVIGATION = "Pages"

NOT_RUNNING = "qlbreak is not running."
SILENT = "qlbreak does not answer."
READ_ONLY = "It counts nothing and reminds you of nothing. You can still read what was recorded."
START = "Start qlbreak"
STARTING = "qlbreak is starting."
NOT_STARTED = "qlbreak did not start. To find out why, run: qlbreak doctor"
TODAY_LIST = "Today, the latest first"
# Where what the menu says would be read as the window's own.
ACTS = {"quit": "Quit qlbreak"}
MISSING = "This page is not here yet."


def title(page: str) -> str:
    """Of the window."""
    return f"qlbreak: {name(page)}"


def name(page: str) -> str:
    return PAGES[page].replace("&", "")


def silent(why: str) -> str:
    return f"qlbreak is running, but does not answer ({why}). For help, run: qlbreak doctor"


def unreadable(why: str) -> str:
    return f"The record cannot be read: {why}"


def coming(state: str, words: str, why: str) -> str:
    """Below what the clock says; where that is only assumed, how it comes."""
    return why if state == Mode.UNKNOWN else f"{words}."
