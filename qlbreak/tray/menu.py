"""The menu of a moment: status in, lines out. Tray and terminal show the same."""

from msgspec.structs import replace

from qlbreak.core.model.movements import Stage
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import CALL, Reason
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Mode, Status
from qlbreak.core.statistics.figures import Figures
from qlbreak.texts import moments
from qlbreak.texts.durations import brief, exact
from qlbreak.texts.names import PLACES
from qlbreak.tray import SEPARATOR, MenuLine

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
) -> tuple[MenuLine, ...]:
    """Keys are commands, as they would be typed, or names of what cannot be pressed. The lines are
    always the same ones, a dozen at most to be seen; what means nothing now is greyed or hidden.
    """
    return (
        *_news(status, trouble, mistake),
        MenuLine(SHOW, moments.moment(status), default=True),
        SEPARATOR,
        *_answers(status, rules),
        SEPARATOR,
        *_declarations(status),
        _today(status),
        SEPARATOR,
        _more(status, today),
        MenuLine("quit", "Quit"),
    )


def _news(status: Status, trouble: str, mistake: str) -> list[MenuLine]:
    """What needs an answer, or help: one at a time, and what passes soonest goes first."""
    longer, interval = exact(status.question or 0), exact(status.interval)
    stayed = f"I never got up: count those {brief(status.idled or 0)}"
    found = [
        (trouble != "", MenuLine("trouble", trouble, enabled=False)),
        (status.idled is not None, MenuLine("stayed", stayed)),
        (
            status.question is not None,
            MenuLine(
                "question-menu",
                moments.question_title(),
                lines=(
                    MenuLine("less-often", f"Yes, every {longer} from now on"),
                    MenuLine("as-before", f"No, keep every {interval}"),
                ),
            ),
        ),
        (mistake != "", MenuLine("settings", f"Settings: {moments.cut(mistake, 90)}")),
        (
            status.invited is not None,
            MenuLine(
                "invitation-menu",
                moments.invitation_title(),
                lines=(MenuLine("harder", "Yes, a bit more"), MenuLine("not-yet", "Not yet")),
            ),
        ),
    ]
    first = next((line for there, line in found if there), None)
    return [replace(line, visible=line is first) for _, line in found]


def _answers(status: Status, rules: Rules) -> list[MenuLine]:
    prompt = status.prompt
    open_ = prompt is not None and prompt.shown_at is not None
    shown = prompt is not None and prompt.phase is Phase.SHOWN
    name = moments.next_routine(status)
    if prompt is not None and prompt.routine:
        name = moments.open_routine(prompt)
    undo = moments.undo_label(status)
    return [
        MenuLine(
            "start", f"{'Show' if prompt is not None and prompt.started else 'Start'}: {name}"
        ),
        MenuLine("done", "Done", enabled=open_),
        MenuLine(
            "snooze-menu",
            "Snooze",
            enabled=shown and prompt is not None and prompt.snoozes_left > 0,
            lines=tuple(MenuLine(f"snooze {s:.0f} s", exact(s)) for s in rules.snoozes),
        ),
        MenuLine("skip", "Skip", enabled=open_),
        MenuLine("undo", undo or "Undo", enabled=undo != ""),
    ]


def _declarations(status: Status) -> list[MenuLine]:
    """Each is there with its opposite, and one of the two is seen."""
    meeting = status.meeting and not status.paused
    return [
        MenuLine("stand", "I'm standing", visible=not status.standing),
        MenuLine("sit", "I'm sitting again", visible=status.standing),
        MenuLine("resume", "Resume reminders", visible=status.paused),
        MenuLine("meeting off", "The meeting is over", visible=meeting),
        MenuLine(
            "pause-menu",
            "Pause or meeting",
            visible=not (status.paused or status.meeting),
            lines=(
                MenuLine("pause 30 min", "Pause for 30 minutes"),
                MenuLine("pause 60 min", "Pause for 1 hour"),
                MenuLine("pause tomorrow", "Pause until tomorrow"),
                SEPARATOR,
                MenuLine("meeting 60 min", "I'm in a meeting (1 hour)"),
            ),
        ),
    ]


def _today(status: Status) -> MenuLine:
    """What may differ from day to day."""
    sore = [
        MenuLine(f"sore {side}", label, checked=status.sore == side)
        for side, label in _SIDES.items()
    ]
    none = MenuLine("sore none", "Not sore", checked=status.sore is None)
    places = [
        MenuLine(f"place {place}", label, checked=status.place is place)
        for place, label in PLACES.items()
    ]
    return MenuLine("today-menu", "Today I am…", lines=(*sore, none, SEPARATOR, *places))


def _more(status: Status, today: Figures) -> MenuLine:
    """GNOME unfolds it within the menu, where a small screen has room for seven lines."""
    lengthened = status.interval > status.configured and status.question is None
    settled = status.stage is Stage.SETTLE
    return MenuLine(
        "more-menu",
        "Record, settings, help",
        lines=(
            MenuLine("figures", moments.today(today)[0], enabled=False),
            MenuLine("record", "Open record"),
            MenuLine("check-in", "Check-in…"),
            SEPARATOR,
            MenuLine("safety", "Safety, and when to get help"),
            MenuLine("set-up", "Set-up…"),
            MenuLine("settings", "Settings file"),
            MenuLine("easier", "Easier movements from now on", visible=not settled),
            MenuLine("as-before", f"Back to every {exact(status.configured)}", visible=lengthened),
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
