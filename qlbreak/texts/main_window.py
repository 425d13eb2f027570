"""What stands in the one window, beside what others say as well: pages, sections, hints."""

import re

from qlbreak.core.reminder.status import Mode
from qlbreak.language import _

_MARK = re.compile(r"\(&.\)|&")
# By the names of the pages; the letter after & is pressed with Alt.
PAGES = {
    # Translators: each with another letter after the &.
    "today": _("&Today"),
    "movements": _("&Movements"),
    "record": _("&Record"),
    "settings": _("&Settings"),
    "safety": _("Sa&fety"),
}
NAVIGATION = _("Pages")

NOT_RUNNING = _("qlbreak is not running.")
SILENT = _("qlbreak does not answer.")
READ_ONLY = _("It counts nothing and reminds you of nothing. You can still read what was recorded.")
START = _("Start qlbreak")
STARTING = _("qlbreak is starting.")
NOT_STARTED = _("qlbreak did not start. To find out why, run: qlbreak doctor")
TODAY_LIST = _("Today, the latest first")
# Where what the menu says would be read as the window's own.
ACTS = {"quit": _("Quit qlbreak")}
MISSING = _("This page is not here yet.")


def title(page: str) -> str:
    """Of the window."""
    return _("qlbreak: {page}", page=name(page))


def name(page: str) -> str:
    # Where no letter of the name is on the keyboard, it stands behind: "設定(&S)".
    return _MARK.sub("", PAGES[page])


def silent(why: str) -> str:
    return _(
        "qlbreak is running, but does not answer ({why}). For help, run: qlbreak doctor", why=why
    )


def unreadable(why: str) -> str:
    return _("The record cannot be read: {why}", why=why)


def coming(state: str, words: str, why: str) -> str:
    """Below what the clock says; where that is only assumed, how it comes."""
    return why if state == Mode.UNKNOWN else _("{words}.", words=words)
