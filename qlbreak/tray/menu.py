"""The menu of a moment: status in, lines out. Tray and terminal show the same."""

from qlbreak import wording
from qlbreak.core.movements import Catalogue, Stage
from qlbreak.core.policy import Rules
from qlbreak.core.profile import Place
from qlbreak.core.prompt import Phase
from qlbreak.core.stats import Figures
from qlbreak.core.status import Mode, Status
from qlbreak.durations import brief, exact
from qlbreak.tray import SEPARATOR, Line

SHOW = "show"  # what a left click does: tell how things stand
_PLACES = {Place.OFFICE: "At the office", Place.HOME: "At home", Place.TRAVEL: "On the way"}
_AT_THE_DESK = (Mode.SITTING, Mode.UNKNOWN)


def lines(
    status: Status,
    today: Figures,
    rules: Rules,
    catalogue: Catalogue,
    trouble: str = "",
    mistake: str = "",
) -> tuple[Line, ...]:
    """Keys are commands, as they would be typed."""
    return (
        *([Line("", trouble, enabled=False)] if trouble else []),
        *([Line("settings", f"Settings: {wording.cut(mistake, 90)}")] if mistake else []),
        Line(SHOW, wording.clock(status), default=True),
        Line("", wording.coming(status), enabled=False),
        SEPARATOR,
        *_question(status),
        *_invitation(status),
        *_answers(status, rules, catalogue),
        SEPARATOR,
        *_declarations(status),
        _today(status),
        SEPARATOR,
        *(Line("", line, enabled=False) for line in wording.today(today)),
        Line("check-in", "Check-in…"),
        Line("record", "Open record"),
        Line("settings", "Settings file"),
        Line(
            "help-menu",
            "Help",
            lines=(Line("safety", "Safety, and when to get help"), Line("set-up", "Set-up")),
        ),
        Line("quit", "Quit"),
    )


def _answers(status: Status, rules: Rules, catalogue: Catalogue) -> list[Line]:
    prompt = status.prompt
    open_ = prompt is not None and prompt.shown_at is not None
    name = wording.next_routine(status, catalogue)
    if prompt is not None and prompt.routine:
        name = wording.routine(prompt.routine, prompt.side, catalogue)
    can_snooze = open_ and prompt is not None and prompt.snoozes_left > 0
    stayed = Line("stayed", f"I stayed seated, those {brief(status.idled or 0)}")
    return [
        *([stayed] if status.idled is not None else []),
        Line("start", f"{'Show' if prompt is not None and prompt.started else 'Start'}: {name}"),
        Line("done", "Done", enabled=open_),
        Line(
            "snooze-menu",
            "Snooze",
            enabled=can_snooze and prompt is not None and prompt.phase is Phase.SHOWN,
            lines=tuple(Line(f"snooze {s:.0f} s", exact(s)) for s in rules.snoozes),
        ),
        Line("skip", "Skip", enabled=open_),
        Line("undo", wording.undo_label(status), enabled=status.undo is not None),
    ]


def _declarations(status: Status) -> list[Line]:
    meeting = Line("meeting 60 min", "Meeting (1 h)")
    back = Line("as-before", f"Back to every {exact(status.configured)}")
    return [
        Line("sit", "Sit: I sit again") if status.standing else Line("stand", "Stand: I stand now"),
        Line("meeting off", "Meeting is over") if status.meeting else meeting,
        Line(
            "pause-menu",
            "Pause",
            lines=(
                Line("pause 30 min", "30 min"),
                Line("pause 60 min", "1 h"),
                Line("pause tomorrow", "Until tomorrow"),
            ),
        ),
        Line("resume", "Resume", enabled=status.paused or status.meeting),
        *([back] if status.interval > status.configured and status.question is None else []),
    ]


def _question(status: Status) -> list[Line]:
    if status.question is None:
        return []
    return [
        Line("", wording.question_title(), enabled=False),
        Line("less-often", f"Every {exact(status.question)} from now on"),
        Line("as-before", f"Keep every {exact(status.interval)}"),
        SEPARATOR,
    ]


def _invitation(status: Status) -> list[Line]:
    if status.invited is None:
        return []
    return [
        Line("", wording.invitation_title(), enabled=False),
        Line("harder", "Yes, a bit more"),
        Line("not-yet", "Not yet"),
        SEPARATOR,
    ]


def _today(status: Status) -> Line:
    """What may differ from day to day."""
    sides = {"left": "Sore on the left", "right": "Sore on the right", "both": "Sore on both sides"}
    sore = [
        Line(f"sore {side}", label, checked=status.sore == side) for side, label in sides.items()
    ]
    none = Line("sore none", "Not sore", checked=status.sore is None)
    places = [
        Line(f"place {place}", label, checked=status.place is place)
        for place, label in _PLACES.items()
    ]
    easier = Line(
        "easier", "Easier movements from now on", enabled=status.stage is not Stage.SETTLE
    )
    return Line("today-menu", "Today", lines=(*sore, none, SEPARATOR, *places, SEPARATOR, easier))


def state(status: Status, trouble: str = "") -> tuple[str, float]:
    """The icon's state, and how full its ring is."""
    prompt = status.prompt
    if trouble:
        return "error", 0.0
    if prompt is not None and prompt.phase is Phase.SHOWN:
        return "due", 1.0
    if prompt is not None and prompt.phase is Phase.SNOOZED and status.mode in _AT_THE_DESK:
        return "snoozed", 1.0
    return status.mode.value, status.sitting / (status.sitting + status.due_in or 1.0)
