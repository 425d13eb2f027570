"""The menu of a moment: status in, lines out. Tray and terminal show the same."""

from dataclasses import replace

from qlbreak.core.model.movements import Stage
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import CALL, Reason
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Mode, Status
from qlbreak.core.statistics.figures import Figures
from qlbreak.texts import moments
from qlbreak.texts.durations import brief, exact
from qlbreak.texts.names import PLACES
from qlbreak.tray import SEPARATOR, Line

SHOW = "show"  # what a left click does: tell how things stand
_SIDES = {"left": "Sore on the left", "right": "Sore on the right", "both": "Sore on both sides"}
_AT_THE_DESK = (Mode.SITTING, Mode.UNKNOWN)
_IN_A_CALL = CALL | {Reason.MEETING}


def lines(
    status: Status,
    today: Figures,
    rules: Rules,
    trouble: str = "",
    mistake: str = "",
) -> tuple[Line, ...]:
    """Keys are commands, as they would be typed, or names of what cannot be pressed. The lines are
    always the same ones, a dozen at most to be seen; what means nothing now is greyed or hidden.
    """
    return (
        *_news(status, trouble, mistake),
        Line(SHOW, moments.moment(status), default=True),
        SEPARATOR,
        *_answers(status, rules),
        SEPARATOR,
        *_declarations(status),
        _today(status),
        SEPARATOR,
        _more(status, today),
        Line("quit", "Quit"),
    )


def _news(status: Status, trouble: str, mistake: str) -> list[Line]:
    """What needs an answer, or help: one at a time, and what passes soonest goes first."""
    longer, interval = exact(status.question or 0), exact(status.interval)
    stayed = f"I never got up: count those {brief(status.idled or 0)}"
    found = [
        (trouble != "", Line("trouble", trouble, enabled=False)),
        (status.idled is not None, Line("stayed", stayed)),
        (
            status.question is not None,
            Line(
                "question-menu",
                moments.question_title(),
                lines=(
                    Line("less-often", f"Yes, every {longer} from now on"),
                    Line("as-before", f"No, keep every {interval}"),
                ),
            ),
        ),
        (mistake != "", Line("settings", f"Settings: {moments.cut(mistake, 90)}")),
        (
            status.invited is not None,
            Line(
                "invitation-menu",
                moments.invitation_title(),
                lines=(Line("harder", "Yes, a bit more"), Line("not-yet", "Not yet")),
            ),
        ),
    ]
    first = next((line for there, line in found if there), None)
    return [replace(line, visible=line is first) for _, line in found]


def _answers(status: Status, rules: Rules) -> list[Line]:
    prompt = status.prompt
    open_ = prompt is not None and prompt.shown_at is not None
    shown = prompt is not None and prompt.phase is Phase.SHOWN
    name = moments.next_routine(status)
    if prompt is not None and prompt.routine:
        name = moments.open_routine(prompt)
    undo = moments.undo_label(status)
    return [
        Line("start", f"{'Show' if prompt is not None and prompt.started else 'Start'}: {name}"),
        Line("done", "Done", enabled=open_),
        Line(
            "snooze-menu",
            "Snooze",
            enabled=shown and prompt is not None and prompt.snoozes_left > 0,
            lines=tuple(Line(f"snooze {s:.0f} s", exact(s)) for s in rules.snoozes),
        ),
        Line("skip", "Skip", enabled=open_),
        Line("undo", undo or "Undo", enabled=undo != ""),
    ]


def _declarations(status: Status) -> list[Line]:
    """Each is there with its opposite, and one of the two is seen."""
    meeting = status.meeting and not status.paused
    return [
        Line("stand", "I'm standing", visible=not status.standing),
        Line("sit", "I'm sitting again", visible=status.standing),
        Line("resume", "Resume reminders", visible=status.paused),
        Line("meeting off", "The meeting is over", visible=meeting),
        Line(
            "pause-menu",
            "Pause or meeting",
            visible=not (status.paused or status.meeting),
            lines=(
                Line("pause 30 min", "Pause for 30 minutes"),
                Line("pause 60 min", "Pause for 1 hour"),
                Line("pause tomorrow", "Pause until tomorrow"),
                SEPARATOR,
                Line("meeting 60 min", "I'm in a meeting (1 hour)"),
            ),
        ),
    ]


def _today(status: Status) -> Line:
    """What may differ from day to day."""
    sore = [
        Line(f"sore {side}", label, checked=status.sore == side) for side, label in _SIDES.items()
    ]
    none = Line("sore none", "Not sore", checked=status.sore is None)
    places = [
        Line(f"place {place}", label, checked=status.place is place)
        for place, label in PLACES.items()
    ]
    return Line("today-menu", "Today I am…", lines=(*sore, none, SEPARATOR, *places))


def _more(status: Status, today: Figures) -> Line:
    """GNOME unfolds it within the menu, where a small screen has room for seven lines."""
    lengthened = status.interval > status.configured and status.question is None
    settled = status.stage is Stage.SETTLE
    return Line(
        "more-menu",
        "Record, settings, help",
        lines=(
            Line("figures", moments.today(today)[0], enabled=False),
            Line("record", "Open record"),
            Line("check-in", "Check-in…"),
            SEPARATOR,
            Line("safety", "Safety, and when to get help"),
            Line("set-up", "Set-up…"),
            Line("settings", "Settings file"),
            Line("easier", "Easier movements from now on", visible=not settled),
            Line("as-before", f"Back to every {exact(status.configured)}", visible=lengthened),
        ),
    )


def state(status: Status, trouble: str = "") -> tuple[str, float]:
    """The icon's state, and how full its ring is."""
    prompt, reachable = status.prompt, status.mode in (*_AT_THE_DESK, Mode.HELD)
    if trouble:
        return "error", 0.0
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return "due", 1.0
    if status.reason in _IN_A_CALL and reachable:
        return "meeting", 1.0
    if prompt is not None and prompt.phase is Phase.SNOOZED and status.mode in _AT_THE_DESK:
        return "snoozed", 1.0
    return status.mode.value, status.sitting / (status.sitting + status.due_in or 1.0)
