"""The menu of a moment: status in, lines out. Tray and terminal show the same."""

from msgspec.structs import replace

from qlbreak.core.model.movements import Stage
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import CALL, Reason
from qlbreak.core.reminder.prompts import Phase
from qlbreak.core.reminder.status import Mode, Status
from qlbreak.language import _
from qlbreak.texts import labels, moments
from qlbreak.texts.durations import exact
from qlbreak.texts.names import PLACES
from qlbreak.tray import SEPARATOR, MenuLine

OPEN, SHOW = "open", "show"  # what a left click does; where there is no window it tells how it is
_AT_THE_DESK = (Mode.SITTING, Mode.UNKNOWN)
_MOVEMENTS = 4  # of a routine, whose names stand in the menu; more of them no worked one has
_IN_A_CALL = CALL | {Reason.MEETING}


def lines(
    status: Status,
    rules: Rules,
    trouble: str = "",
    mistake: str = "",
    *,
    windows: bool = True,
) -> tuple[MenuLine, ...]:
    """Keys are commands, as they would be typed, or names of what cannot be pressed. The lines are
    always the same ones, a dozen at most to be seen, in the order of use; what cannot be done now
    is hidden. *windows*: there can be some here.
    """
    news = _news(status, trouble, mistake)
    # Beside an open prompt there is room for one of the two; that it is open its answers say.
    crowded = windows and _shown(status) and any(line.visible for line in news)
    moment = moments.moment(status)
    return (
        MenuLine(OPEN, labels.OPEN, default=windows, visible=windows),
        *news,
        MenuLine(SHOW, moment, default=not windows, visible=not crowded),
        SEPARATOR,
        *_answers(status, rules),
        SEPARATOR,
        *_declarations(status),
        _today(status),
        SEPARATOR,
        _more(status, windows=windows),
        MenuLine("quit", labels.QUIT),
    )


def _shown(status: Status) -> bool:
    return status.prompt is not None and status.prompt.phase is Phase.SHOWN


def _news(status: Status, trouble: str, mistake: str) -> list[MenuLine]:
    """What needs an answer, or help: one at a time, and what passes soonest goes first."""
    found = [
        (trouble != "", MenuLine("trouble", trouble, enabled=False)),
        (status.idled is not None, MenuLine("stayed", labels.stayed(status))),
        (
            status.question is not None,
            MenuLine(
                "question-menu",
                moments.question_title(),
                lines=(
                    MenuLine("less-often", labels.less_often(status)),
                    MenuLine("as-before", labels.as_often(status)),
                ),
            ),
        ),
        (mistake != "", MenuLine("settings", labels.mistake(mistake))),
        (
            status.invited is not None,
            MenuLine(
                "invitation-menu",
                moments.invitation_title(),
                lines=(MenuLine("harder", labels.HARDER), MenuLine("not-yet", labels.NOT_YET)),
            ),
        ),
    ]
    first = next((line for there, line in found if there), None)
    return [replace(line, visible=line is first) for _rank, line in found]


def _answers(status: Status, rules: Rules) -> list[MenuLine]:
    """Each only where it would be taken."""
    prompt, shown, undo = status.prompt, _shown(status), moments.undo_label(status)
    asks = prompt is not None and prompt.shown_at is not None
    left = prompt is not None and prompt.snoozes_left > 0
    new = prompt is None or prompt.plan is None
    return [
        MenuLine("start", labels.routine(status)),
        MenuLine("done", labels.DONE, visible=asks),
        MenuLine(
            "snooze-menu",
            labels.SNOOZE if left or not shown else labels.NO_SNOOZE,
            enabled=left,
            visible=shown,
            lines=tuple(MenuLine(f"snooze {s:.0f} s", exact(s)) for s in rules.snoozes),
        ),
        MenuLine("skip", labels.SKIP, visible=asks),
        _not_this(status),
        MenuLine("another", labels.ANOTHER, visible=new),
        MenuLine("undo", undo or _("Undo"), enabled=undo != "", visible=undo != "" and not shown),
    ]


def _not_this(status: Status) -> MenuLine:
    """What else may be said to an open reminder than that it is done, or not."""
    prompt, shown = status.prompt, _shown(status)
    plan = prompt.plan if prompt is not None and shown else None
    movements = plan.blocks if plan is not None else ()
    names = dict.fromkeys((one.movement.id, one.movement.plain_name) for one in movements)
    room = [*names, *[("", "")] * _MOVEMENTS][:_MOVEMENTS]
    return MenuLine(
        "not-this-menu",
        labels.NOT_THIS,
        visible=shown,
        lines=(
            MenuLine("another", labels.ANOTHER, visible=shown),
            SEPARATOR,
            *(
                MenuLine(f"skip {word}", label, visible=shown)
                for word, label in labels.REFUSALS.items()
            ),
            SEPARATOR,
            *(
                MenuLine(
                    f"never {name}".rstrip(),
                    labels.never(plain),
                    visible=name != "",
                    name=f"never-{n}",
                )
                for n, (name, plain) in enumerate(room)
            ),
        ),
    )


def _declarations(status: Status) -> list[MenuLine]:
    """Each is there with its opposite, and one of the two is seen."""
    meeting = status.meeting and not status.paused
    until = enumerate(labels.hours(status.at))
    return [
        MenuLine("stand", labels.STAND, visible=not status.standing),
        MenuLine("sit", labels.SIT, visible=status.standing),
        MenuLine("resume", labels.RESUME, visible=status.paused),
        MenuLine("meeting off", labels.MEETING_OVER, visible=meeting),
        MenuLine(
            "pause-menu",
            labels.PAUSE,
            visible=not (status.paused or status.meeting),
            lines=(
                MenuLine("pause 30 min", labels.HALF_AN_HOUR),
                MenuLine("pause 60 min", labels.AN_HOUR),
                *(
                    MenuLine(f"pause until {at:%H:%M}", labels.hour(at), name=f"until-{n}")
                    for n, at in until
                ),
                MenuLine("pause tomorrow", labels.TOMORROW),
            ),
        ),
    ]


def _today(status: Status) -> MenuLine:
    """What may differ from day to day."""
    sore = [
        MenuLine(f"sore {side}", label, checked=status.sore == side)
        for side, label in labels.SORE.items()
    ]
    none = MenuLine("sore none", labels.NOT_SORE, checked=status.sore is None)
    places = [
        MenuLine(f"place {place}", label, checked=status.place is place)
        for place, label in PLACES.items()
    ]
    meeting = MenuLine("meeting 60 min", labels.MEETING, visible=not status.meeting)
    stand = MenuLine("stand 30 min", labels.STANDING)
    lines = (stand, meeting, SEPARATOR, *sore, none, SEPARATOR, *places)
    return MenuLine("today-menu", labels.TODAY, lines=lines)


def _more(status: Status, *, windows: bool) -> MenuLine:
    """GNOME unfolds it within the menu, where a small screen has room for seven lines."""
    lengthened = status.interval > status.configured and status.question is None
    settled = status.stage is Stage.SETTLE
    return MenuLine(
        "more-menu",
        labels.MORE,
        lines=(
            MenuLine(f"{OPEN} record", labels.RECORD, visible=windows),
            MenuLine("record", labels.PAGE),
            MenuLine("plan", labels.plan(status), visible=status.programme is not None),
            MenuLine("check-in", labels.CHECK_IN),
            MenuLine(f"{OPEN} settings", labels.SETTINGS, visible=windows),
            MenuLine("settings", labels.FILE),
            MenuLine("set-up", labels.SET_UP),
            MenuLine("safety", labels.SAFETY),
            MenuLine("easier", labels.EASIER, visible=not settled),
            MenuLine("as-before", labels.as_before(status), visible=lengthened),
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
