"""Which notification belongs to a moment: its text, its buttons."""

from collections.abc import Sequence
from pathlib import Path

from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Reason
from qlbreak.core.reminder.status import PromptView, Status
from qlbreak.language import _, formats, pgettext
from qlbreak.notify import Action, Note
from qlbreak.system.exits import USAGE
from qlbreak.texts import (
    labels,
    moments,
    never,
    notices,
    outcomes,
    safety,
    settings_form,
    spoken,
    updates,
)  # fmt: skip
from qlbreak.texts.durations import exact

# Slots: one notification each, updated, never stacked.
PROMPT, QUESTION, STATE, CHECK_IN, STUCK = "prompt", "question", "state", "check-in", "stuck"
RECORD, IDLE, CARE = "record", "idle", "care"
SLOTS = (PROMPT, QUESTION, STATE, CHECK_IN, STUCK, RECORD, IDLE, CARE)

# The word of a button that is no command: on to the next step.
NEXT = "next"
_START = Action("start", pgettext("button", "Start"))
_DONE = Action("done", labels.DONE)
_SKIP = Action("skip", labels.SKIP)
# Where there is room: in a row of buttons there is not, and the menu has them.
_REASONS = tuple(Action(f"skip {word}", label) for word, label in labels.REFUSALS.items())
# Asked for as much as the routine, where somebody stands; that it was done the menu takes as well.
_SIT = Action("sit", _("I'm sitting"))
_USUAL = 60.0
# Nobody saw the first one.
_LONGER = 120.0
# Long enough for doing the routine step by step with the text in view.
_READING = 300.0


def prompt(status: Status, view: PromptView, rules: Rules, picture: Path | None = None) -> Note:
    title = moments.prompt_title(status, view)
    body = moments.prompt_body(view)
    if view.started:
        return Note(
            PROMPT, title, body, (_DONE, _SKIP), "", view.id, _READING, picture, more=_REASONS
        )
    first = rules.snoozes[0]
    # Of four buttons in a row Cinnamon would cut a longer label; for how long the menu says.
    snooze = Action(f"snooze {first:.0f} s", labels.SNOOZE)
    second = _SIT if view.standing else _DONE
    buttons = (_START, second, *([snooze] if view.snoozes_left else []), _SKIP)
    seconds = _LONGER if view.reminded else _USUAL
    return Note(
        PROMPT, title, body, buttons, "start", view.id, seconds, picture, rules.sound,
        more=_REASONS, insists=view.reminded,
    )  # fmt: skip


def step(
    title: str, body: str, seconds: float, about: int, page: int, picture: Path | None = None
) -> Note:
    """Of a routine that is under way. It must not be gone before the next one comes."""
    key = f"{NEXT} {page}"
    buttons = (Action(key, pgettext("button", "Next")), _DONE, _SKIP)
    return Note(PROMPT, title, body, buttons, key, about, seconds + 10.0, picture, opened=True)


def over(about: int) -> Note:
    """After the last step. That it was shown does not make it done."""
    texts = notices.LAST_STEP, notices.DID_YOU
    return Note(PROMPT, *texts, (_DONE, _SKIP), "", about, _READING)


def question(status: Status) -> Note:
    assert status.question is not None
    buttons = (
        Action("less-often", _("Every {long}", long=exact(status.question))),
        Action("as-before", _("Keep {long}", long=exact(status.interval))),
    )
    title, body = moments.question_title(), moments.question_body(status)
    return Note(QUESTION, title, body, buttons)


def invitation(status: Status) -> Note:
    buttons = (Action("harder", labels.HARDER), Action("not-yet", labels.NOT_YET))
    title, body = moments.invitation_title(), moments.invitation_body(status)
    return Note(QUESTION, title, body, buttons)


def check_in() -> Note:
    """It asks for nothing: to let it pass says enough."""
    texts = notices.CHECK_IN, notices.HOW_IS_IT
    return Note(CHECK_IN, *texts, (Action("check-in", pgettext("button", "Open")),), "check-in")


def state(status: Status) -> Note:
    return Note(STATE, moments.state_title(status), moments.why(status), seconds=10)


def instead(status: Status) -> Note:
    """Another one was asked for, where no reminder is open to show it."""
    return Note(
        STATE, moments.next_routine(status), formats.sentence(moments.moment(status)), seconds=10
    )


def hurts() -> Note:
    """What follows where something hurts, and what the safety text says about it; its page is a
    click away."""
    page = Action("safety", notices.SAFETY)
    return Note(CARE, notices.HURTS, safety.when_it_hurts(), (page,), "safety", seconds=60)


def rewanted(told: str, refused: str) -> Note:
    """What came of a wish about a movement: in two parts, as a notification has them."""
    if refused:
        return Note(STATE, never.NOT_SAVED, refused, seconds=60)
    first, *rest = spoken.sentences(told)
    title = first.removesuffix(".").removesuffix("。") if rest else first
    return Note(STATE, title, formats.sentences(*rest), seconds=20)


def failure(what: str, why: str) -> Note:
    return Note(STATE, notices.cannot_open(what), why, seconds=20)


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
        return failure("window", said)
    if code == USAGE:  # it has said why
        return failure(name, notices.to_see_why(name))
    body = formats.sentences(notices.crashed(name), _steps(name))
    return Note(STATE, notices.cannot_open(name), body, seconds=60)


def unopened(what: str, path: str) -> Note:
    """The file is there, and the desktop has nothing that opens it."""
    return Note(STATE, notices.cannot_open(what), notices.nothing_opens(path), seconds=60)


def restart(name: str, *, opened: bool = False) -> Note:
    """Other files lie where the program was started from."""
    title = notices.RESTART if opened else notices.cannot_open(name)
    body = notices.UPDATED if opened else formats.sentences(notices.UPDATED, _steps(name))
    return Note(STATE, title, body, seconds=60)


def _steps(name: str) -> str:
    return notices.STEPS_ELSEWHERE if name == "guide" else ""


def stuck(reason: Reason, seconds: float) -> Note:
    return Note(STUCK, moments.stuck(reason, seconds), notices.held_long(reason), seconds=20)


def mistake(what: str) -> Note:
    return Note(STATE, notices.MISTAKE, notices.mistake(what), seconds=20)


def foreign(lines: Sequence[str]) -> Note:
    """Names in the settings that only a newer version may know."""
    return Note(STATE, updates.NEWER_SETTINGS, updates.first_of(lines), seconds=20)


def unwritten(trouble: str) -> Note:
    return Note(RECORD, notices.UNWRITTEN, notices.unwritten(outcomes.cure(trouble)), seconds=60)


def unset_clock() -> Note:
    return Note(STATE, notices.CLOCK_UNSET, notices.SET_THE_CLOCK, seconds=60)


def hanging() -> Note:
    return Note(STATE, notices.HANGING, notices.IT_ENDS, seconds=60)


def greeting() -> Note:
    return Note(STATE, notices.WELCOME, notices.FIRST_WORDS, seconds=30)


def no_start(why: str) -> Note:
    return Note(STATE, notices.CANNOT_START, notices.cannot_start(why), seconds=60)


_AT_NEXT_START = {
    "record": (notices.AT_NEXT_START, notices.UNTIL_THEN),
    "general": (settings_form.LANGUAGE_AT_NEXT_START, settings_form.LANGUAGE_UNTIL_THEN),
}


def at_next_start(section: str) -> Note:
    """Of the settings."""
    return Note(STATE, *_AT_NEXT_START[section], seconds=20)


def no_idle() -> Note:
    return Note(IDLE, notices.IDLE_UNKNOWN, notices.ASSUMED, seconds=20)


def no_tray(remedy: str) -> Note:
    return Note(STATE, notices.RUNNING, notices.no_tray(remedy), seconds=20)
