"""Which notification belongs to a moment: its text, its buttons."""

from pathlib import Path

from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Reason
from qlbreak.core.reminder.status import PromptView, Status
from qlbreak.notify import Action, Note
from qlbreak.system.exits import USAGE
from qlbreak.texts import moments
from qlbreak.texts.durations import exact
from qlbreak.texts.names import BUSY

# Slots: one notification each, updated, never stacked.
PROMPT, QUESTION, STATE, CHECK_IN, STUCK = "prompt", "question", "state", "check-in", "stuck"
RECORD, IDLE = "record", "idle"
SLOTS = (PROMPT, QUESTION, STATE, CHECK_IN, STUCK, RECORD, IDLE)

# The word of a button that is no command: on to the next step.
NEXT = "next"
_START = Action("start", "Start")
_DONE = Action("done", "Done")
_SKIP = Action("skip", "Skip")
_USUAL = 60.0
# Nobody saw the first one.
_LONGER = 120.0
# Long enough for doing the routine step by step with the text in view.
_READING = 300.0


def prompt(status: Status, view: PromptView, rules: Rules, picture: Path | None = None) -> Note:
    title = moments.prompt_title(status, view)
    body = moments.prompt_body(view)
    if view.started:
        return Note(PROMPT, title, body, (_DONE, _SKIP), "", view.id, _READING, picture)
    first = rules.snoozes[0]
    # Of four buttons in a row Cinnamon would cut a longer label; for how long the menu says.
    snooze = Action(f"snooze {first:.0f} s", "Snooze")
    buttons = (_START, _DONE, *([snooze] if view.snoozes_left else []), _SKIP)
    seconds = _LONGER if view.reminded else _USUAL
    return Note(PROMPT, title, body, buttons, "start", view.id, seconds, picture, rules.sound)


def step(
    title: str, body: str, seconds: float, about: int, page: int, picture: Path | None = None
) -> Note:
    """Of a routine that is under way. It must not be gone before the next one comes."""
    key = f"{NEXT} {page}"
    buttons = (Action(key, "Next"), _DONE, _SKIP)
    return Note(PROMPT, title, body, buttons, key, about, seconds + 10.0, picture, opened=True)


def over(about: int) -> Note:
    """After the last step. That it was shown does not make it done."""
    body = "Did you do it? Say so: Done here, in the menu, or qlbreak done."
    return Note(PROMPT, "That was the last step", body, (_DONE, _SKIP), "", about, _READING)


def question(status: Status) -> Note:
    assert status.question is not None
    buttons = (
        Action("less-often", f"Every {exact(status.question)}"),
        Action("as-before", f"Keep {exact(status.interval)}"),
    )
    title, body = moments.question_title(), moments.question_body(status)
    return Note(QUESTION, title, body, buttons)


def invitation(status: Status) -> Note:
    buttons = (Action("harder", "Yes, a bit more"), Action("not-yet", "Not yet"))
    title, body = moments.invitation_title(), moments.invitation_body(status)
    return Note(QUESTION, title, body, buttons)


def check_in() -> Note:
    """It asks for nothing: whoever lets it pass has said enough."""
    body = "How has your lower back been this week? At any time: the menu, or qlbreak check-in."
    return Note(
        CHECK_IN, "A check-in, if you like", body, (Action("check-in", "Open"),), "check-in"
    )


def state(status: Status) -> Note:
    return Note(STATE, f"qlbreak: {moments.clock(status).lower()}", moments.why(status), seconds=10)


def instead(status: Status) -> Note:
    """Another one was asked for, where no reminder is open to show it."""
    return Note(STATE, moments.next_routine(status), moments.moment(status) + ".", seconds=10)


def failure(what: str, why: str) -> Note:
    return Note(STATE, f"{what.capitalize()} cannot be opened", why, seconds=20)


def unseen(name: str, code: int, replaced: bool, said: str) -> Note | None:
    """What one of our processes had to show is not seen: why, unless the person has closed it.
    Where there can be no guide the steps alone say enough; pictures nobody has asked for."""
    if not code or name == "pictures" or (name == "guide" and code == USAGE):
        return None
    if replaced:
        return restart(name)
    if name == "report" and Path(said).is_file():  # only what would open it is not there
        return unopened("record", said)
    if code == USAGE and name == "open" and said:
        return failure("the window", said)
    if code == USAGE:  # it has said why
        return failure(name, f"To see why: qlbreak {name}")
    body = f"It ended because of an error.{_steps(name)} To see why, in a terminal: qlbreak {name}"
    return Note(STATE, f"No window for: {name}", body, seconds=60)


def unopened(what: str, path: str) -> Note:
    """The file is there, and the desktop has nothing that opens it."""
    return Note(STATE, f"Nothing here opens the {what}", f"The file is: {path}", seconds=60)


def restart(name: str, *, opened: bool = False) -> Note:
    """Other files lie where the program was started from."""
    body = "qlbreak was updated or moved while it was running. Please quit it and start it again."
    title = "A restart is due" if opened else f"No window for: {name}"
    return Note(STATE, title, body + ("" if opened else _steps(name)), seconds=60)


def _steps(name: str) -> str:
    return " The steps are in the reminder." if name == "guide" else ""


def stuck(reason: Reason, seconds: float) -> Note:
    body = (
        "No reminder has come meanwhile. If it was left on, switch it off; if it should not "
        f"matter, say so in the settings: [busy] {BUSY[reason].key} = false"
    )
    return Note(STUCK, moments.stuck(reason, seconds), body, seconds=20)


def mistake(what: str) -> Note:
    body = f"{what}. What was there before goes on."
    return Note(STATE, "The settings have a mistake", body, seconds=20)


def unwritten(trouble: str) -> Note:
    what, _, why = trouble.partition(": ")
    body = (
        f"{why[0].upper()}{why[1:]}. What you do is kept meanwhile, and recorded as soon as that "
        "works."
    )
    return Note(RECORD, what, body, seconds=60)


def unset_clock() -> Note:
    body = (
        "It shows a time that cannot be. How long you sit is counted all the same, but days and "
        "hours in the record will not be right: set the date."
    )
    return Note(STATE, "The clock of this machine is not set", body, seconds=60)


def hanging() -> Note:
    body = "It has done nothing for a minute, and ends itself in another one. The log says where."
    return Note(STATE, "qlbreak hangs", body, seconds=60)


def greeting() -> Note:
    body = (
        "General movement advice, not medicine: stop if something feels wrong. Six questions make "
        "it fit you: qlbreak set-up. When to get help instead: qlbreak safety."
    )
    return Note(STATE, "Welcome to qlbreak", body, seconds=30)


def no_start(why: str) -> Note:
    return Note(STATE, "qlbreak cannot start", f"{why}. Mend it, then start it again.", seconds=60)


def at_next_start() -> Note:
    body = "Where the record is kept counts from the next start on; until then it goes on as it is."
    return Note(STATE, "The settings apply, but for [record]", body, seconds=20)


def no_idle() -> Note:
    body = (
        "qlbreak cannot see keyboard or mouse use here, so it assumes you are sitting (at most two "
        "hours without an answer). Details: qlbreak doctor"
    )
    return Note(IDLE, "Idle time is unknown", body, seconds=20)


def no_tray(remedy: str) -> Note:
    body = (
        "This desktop shows no tray icons. Reminders come as notifications. In a terminal "
        '"qlbreak open" shows its window, and these answer: qlbreak status, done, snooze, skip.'
    )
    body += f" {remedy}." if remedy else ""
    return Note(STATE, "qlbreak is running", body, seconds=20)
