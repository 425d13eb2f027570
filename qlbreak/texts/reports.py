"""The record in words: the sentences of the page and of `stats`, the heads of their tables."""

from qlbreak.core.model.terms import Ending
from qlbreak.core.statistics.figures import Figures
from qlbreak.language import _, ngettext, pgettext
from qlbreak.texts.durations import brief
from qlbreak.texts.names import ENDINGS, HELD, KNOWN, REFUSALS, listed

TITLE = _("Sitting, breaks and your lower back")
LATELY = _("The last four weeks")
ADVICE = _("This is general movement advice, not medicine.")
FOR_WHOM = _(
    "This page is for you and anyone you choose to show it to, such as a physiotherapist. It was "
    "made on this computer from your own record, and it loads nothing from the internet."
)
NOTHING = _(
    "Nothing is recorded yet. Let qlbreak run for a day or two while you work; then this page "
    "shows how long you sat and how your reminders ended."
)
NOTHING_LATELY = _("Nothing was recorded in the last four weeks.")
NOTHING_THEN = _("Nothing was recorded on these days.")
BREAKS_TAKEN = _("breaks taken")
STRETCH = _("longest stretch")
STOOD = _("standing, as you said")

MEANINGS_TITLE = _("What the words mean")
MEANINGS = (
    (
        _("sitting"),
        _(
            "Time at your desk, in hours and minutes. Sleep, a locked screen and time away do not "
            "count."
        ),
    ),
    (_("assumed"), _("Sitting that nothing could confirm: idle time could not be read.")),
    (_("stretch"), _("Sitting without a break. At the limit a reminder is due.")),
    (_("natural break"), _("You got up without a reminder.")),
    (_("done"), _("You did the routine: with the guide, or as you reported.")),
    (_("skipped, missed"), _("You chose Skip, or did not answer.")),
    (_("you got up first"), _("You got up before you answered. It never counts against you.")),
    (_("held back"), _("It was a bad moment: a meeting, a pause. It never counts against you.")),
    (BREAKS_TAKEN, _("The share of reminders done, of those done, skipped or missed.")),
    (_("left, right"), _("Work for one side only. The side is the one the movement is for.")),
    (_("loosening, lengthening, strengthening"), _("What the movements are for.")),
    (
        _("check-in"),
        _(
            "Discomfort over seven days, 0 to 10. Rating left and right separately is our own "
            "idea; how well it works is not known."
        ),
    ),
)

# The charts

AS_A_TABLE = _("As a table")
WITHOUT_SCRIPTS = _("Without scripts there is no chart; the table below has all the figures.")
IN_THE_TABLE = _("The table below has all the figures.")
CHECK_INS = _(
    "Discomfort in your lower back over the seven days before, as you rated it: 0 is none, 10 the "
    "worst you can imagine. Every dot is an entry of the last 12 weeks."
)
USUAL = _("usual ups and downs: the median of four weeks, plus or minus 1")
CALENDAR = _(
    "The last 12 months. Each column is a week; the stronger the colour, the more reminders were "
    "done that day. Days without a record are blank."
)
SITTING = _("The last 13 weeks day by day.")
SITTING_BEFORE = _(
    "The last 13 weeks day by day. To their left, the average day of each week before that."
)
STRETCHES = _("The last 13 weeks day by day.")
STRETCHES_BEFORE = _(
    "The last 13 weeks day by day. To their left, the longest stretch of each week before that."
)
ENDED = _("By week, the last 26 weeks. Where you got up first, it never counts against you.")
SIDES = _("By week, the last 26 weeks. Work for one side only.")
KINDS_OF_WORK = _("By week, the last 26 weeks. What the movements were for.")
HOURS = _(
    "The last 13 weeks. Above: average minutes of sitting in each hour. Below: reminders, and how "
    "many of them were done."
)
FOLLOW_THROUGH = _("The last 4 weeks, 13 weeks and 12 months.")
CONFIRMED = _("How breaks were confirmed")

# The columns of the record that end a reminder, as they are called here.
ENDS = {ending.value: name for ending, name in ENDINGS.items()}


# The last four weeks


def sentences(figures: Figures) -> list[str]:
    """With what never counts against the person told apart."""
    if figures.empty:
        return [NOTHING_LATELY]
    parts = (_reminders, refusals, _first, _held, confirmed, _assumed)
    return [text for part in parts if (text := part(figures))]


def _reminders(figures: Figures) -> str:
    if not figures.prompts:
        return _("There were no reminders.")
    return ngettext(
        "{n} reminder: {done} done, {skipped} skipped, {missed} missed.",
        "{n} reminders: {done} done, {skipped} skipped, {missed} missed.",
        figures.prompts,
        done=figures.done,
        skipped=figures.skipped,
        missed=figures.expired,
    )


def refusals(figures: Figures) -> str:
    """Of those where it was said."""
    if not figures.refusals:
        return ""
    # Translators: {reasons} is a list like "2 no room, 1 it hurt".
    return _(
        "What you said when you skipped: {reasons}.", reasons=listed(figures.refusals, REFUSALS)
    )


def _first(figures: Figures) -> str:
    if not figures.withdrawn:
        return ""
    return ngettext(
        "You got up before answering {n} time. This never counts against you.",
        "You got up before answering {n} times. This never counts against you.",
        figures.withdrawn,
        n=figures.withdrawn,
    )


def _held(figures: Figures) -> str:
    if not figures.held:
        return ""
    # Translators: {reasons} is a list like "2 paused by you, 1 in a meeting".
    return ngettext(
        "Held back, which never counts against you: {n} reminder ({reasons}).",
        "Held back, which never counts against you: {n} reminders ({reasons}).",
        sum(figures.held.values()),
        reasons=listed(figures.held, HELD),
    )


def confirmed(figures: Figures) -> str:
    if not figures.evidence:
        return ""
    # Translators: {ways} is a list like "3 with the guide, 1 reported by you".
    return _("How breaks were confirmed: {ways}.", ways=listed(figures.evidence, KNOWN))


def _assumed(figures: Figures) -> str:
    if figures.unknown_s < 60:
        return ""
    return _(
        "{duration} of sitting is assumed: idle time could not be read.",
        duration=brief(figures.unknown_s),
    )


def taken(figures: Figures) -> str:
    """Under the share of them."""
    return ngettext(
        "breaks taken: {done} of the {n} reminder that counts",
        "breaks taken: {done} of the {n} reminders that count",
        figures.ended,
        done=figures.done,
    )


def ending(end: Ending | None, *, standing: bool = False) -> str:
    """*standing*: of a reminder that came to somebody who stood."""
    if end is None:
        # Translators: of a reminder that nobody has answered yet.
        return pgettext("reminder", "open")
    return _("you moved first") if standing and end is Ending.WITHDRAWN else ENDINGS[end]
