"""What `qlbreak help` explains besides the commands: variables, exit codes, files, durations."""

from typing import NamedTuple

from qlbreak.language import _
from qlbreak.system import exits


class Topic(NamedTuple):
    """`about`: a line of the list of topics. `rows`: a word, and what it means."""

    about: str
    intro: str
    rows: tuple[tuple[str, str], ...] = ()


# The rows of this one are the folders and files of the person who asks.
FILES = "files"
TOPICS = {
    "environment": Topic(
        _("Variables: colours, screen readers, theme, size, motion."),
        _(
            "Set a variable for one command, or in your profile for all of them. "
            "Windows opened from the tray have those that qlbreak was started with."
        ),
        (
            (
                "NO_COLOR",
                _("With any value: no colours in the terminal. Bold stays. See no-color.org."),
            ),
            (
                "QLBREAK_PLAIN",
                _(
                    "1: plain lines for screen readers and logs. No colours, no bars, no boxes, "
                    "nothing is drawn twice. The guide in the terminal writes a line at each "
                    "change."
                ),
            ),
            (
                "QLBREAK_THEME",
                _("light, dark or contrast: how windows look. Otherwise as the desktop looks."),
            ),
            (
                "QLBREAK_SCALE",
                _(
                    "0.5 to 4: the size of windows, where the desktop does not tell it. 2 is "
                    "double."
                ),
            ),
            (
                "QLBREAK_MOTION",
                _(
                    "reduced: nothing moves in windows; full: it moves. Otherwise as the desktop "
                    "says."
                ),
            ),
            (
                "QLBREAK_GUIDE_SPEED",
                _("N: the guide runs N times faster, to try it out, and waits for nobody."),
            ),
        ),
    ),
    "exit-codes": Topic(
        _("What the exit code of a command means."),
        _("Errors are one line on standard error: what is wrong, then what to do."),
        (
            ("0", _("Done.")),
            (
                str(exits.USAGE),
                _("A mistake in the words or the settings, or nothing to answer now."),
            ),
            (str(exits.NOT_RUNNING), _("qlbreak is not running. Start it with: qlbreak")),
            (str(exits.ALREADY_RUNNING), _("It is running already, or another command writes.")),
            (
                str(exits.TO_MEND),
                _(
                    "doctor found something to mend ({code}: the settings cannot be used).",
                    code=exits.USAGE,
                ),
            ),
            (str(exits.UNSAVED), _("The answer was taken, but is not on the disk yet.")),
            (str(exits.BROKEN), _("It ended itself because of a bug. The log says where.")),
            ("130", _("You interrupted it.")),
        ),
    ),
    FILES: Topic(
        _("Where settings, record and log are."),
        _(
            "Folders are 0700, files 0600: for your eyes only. --config and --data-dir, before the "
            "command, name other places."
        ),
    ),
    "durations": Topic(
        _("How to write durations and times of day."),
        _("For snooze, pause, meeting and arrived, and in the settings."),
        (
            (
                "10 min",
                _("Also: 10m, 10 minutes. In a command a number alone is minutes: snooze 10"),
            ),
            ("90 s", _("Seconds.")),
            ("1 h 30 min", _("Hours and minutes.")),
            ("until 14:30", _("pause until that time of day. Also: until 2:30 PM")),
            (
                "tomorrow",
                _("pause until the next day begins: at 04:00, unless the settings say otherwise."),
            ),
        ),
    ),
}
