"""What a guided routine says: what to do now and next, on which side, and at its end."""

from collections.abc import Sequence

from qlbreak.core.model.terms import Feeling, Side
from qlbreak.language import _, formats, pgettext

# Translators: from here on, what the guide shows large while somebody moves: short, and the side
# first to be understood.
READY = {
    Side.LEFT: _("Get ready: left side"),
    Side.RIGHT: _("Get ready: right side"),
    Side.BOTH: _("Get ready"),
}
WAIT = {
    Side.LEFT: _("Ready? Left side first"),
    Side.RIGHT: _("Ready? Right side first"),
    Side.BOTH: _("Ready?"),
}
WORK = {Side.LEFT: _("Left side"), Side.RIGHT: _("Right side"), Side.BOTH: _("Both sides")}
SOON = {Side.LEFT: _("Then: left side"), Side.RIGHT: _("Then: right side"), Side.BOTH: ""}
CHANGE = {
    Side.LEFT: _("Change sides: left"),
    Side.RIGHT: _("Change sides: right"),
    Side.BOTH: "",
}
OTHER_SIDE = {
    Side.LEFT: _("Next: the left side"),
    Side.RIGHT: _("Next: the right side"),
    Side.BOTH: "",
}
NEW = _("This one is new: read its steps first.")
HOW = _("Press Space when you are ready.")
LAST = _("This is the last one.")
_NEXT = {
    Side.LEFT: _("Next: {name}, left side"),
    Side.RIGHT: _("Next: {name}, right side"),
    Side.BOTH: _("Next: {name}"),
}
_NEXT_EXTRA = {
    Side.LEFT: _("Next: {name}, one extra set, left side"),
    Side.RIGHT: _("Next: {name}, one extra set, right side"),
    Side.BOTH: _("Next: {name}, one extra set"),
}
_ON = {
    Side.LEFT: _("{name}, left side"),
    Side.RIGHT: _("{name}, right side"),
    Side.BOTH: "{name}",
}

# At its end
OVER = _("Well done.")
FEEL = _(
    "How does your lower back feel now? Optional: 1 easier, 2 the same, 3 worse, Enter to skip. "
)
THANKS = _("Thank you, noted.")
WORSE = _("Take it easy today. This is the rule to go by:")

QUESTION = _("How does your lower back feel now?")
OPTIONAL = _("Optional. Your answer helps to choose the next routine.")
NO_KEYS = _("Click this window to use its keys")
SECONDS_LEFT = _("Seconds left")
SAFETY = _("Safety")

# What the person may say: key, word, meaning.
ANSWERS = (
    ("1", pgettext("how it feels", "Easier"), Feeling.EASIER),
    ("2", pgettext("how it feels", "Same"), Feeling.SAME),
    ("3", pgettext("how it feels", "Worse"), Feeling.WORSE),
)

# Buttons of its window
# Translators: from here on, buttons of the guide: as short as can be.
BACK, PAUSE = pgettext("button", "Back"), pgettext("button", "Pause")
GO_ON, NEXT = pgettext("button", "Go on"), pgettext("button", "Next")
FINISH = pgettext("button", "Finish")
AGAIN, READY_NOW = _("Once more"), _("I'm ready")
BACK_TO_IT, CLOSE = _("Back to it"), pgettext("button", "Close")

LARGE, SMALL = pgettext("button", "Large"), pgettext("button", "Small")
SOUND_OFF, SOUND_TONES = _("Sound: off"), _("Sound: tones")
SOUND_VOICE = _("Sound: voice")
# Where it would be heard by others, and where nothing can be heard
SOUND_HUSHED, NO_SOUND = _("Silent in a call"), _("No sound here")
# Something else than what is under way
NOT_THIS, ANOTHER, NEVER = _("Not this one"), _("Another routine"), _("Never this movement")
GONE = _("qlbreak has ended meanwhile; nothing else can be chosen now")

# Where none can be
NO_ROUTINE = _("qlbreak has no routine to offer right now")
STARTING = _("qlbreak is just starting; try again in a moment")

# In a terminal
# Translators: keys of a terminal, and what each does; the keys stay, and so do the three spaces.
KEYS = _("space pause   b back   n next   a once more   f finish   h safety   q close")
SPACE = pgettext("key", "Space")
KEYS_SOUND = _("   s sound")
KEYS_OTHERS = _("   o another   v never this")
CTRL_C = _("Ctrl+C closes")
TO_GO_ON = _("Paused: press space to go on.")
ANY_KEY_MORE, ANY_KEY = _("Any key: more. q: back."), _("Any key: back.")


def keys(named: str) -> str:
    """All of them in a sentence."""
    return _("Keys: {keys}.", keys=formats.commas(named.split("   ")))


def key_of_sound(now: str) -> str:
    """ "   s sound: off" """
    return f"   s {formats.within(now)}"


def paused_here(now: str) -> str:
    """Of a terminal: what would be done now."""
    return _("Paused, space to go on: {now}", now=formats.within(now))


def lesson(title: str, minutes: str, said: str) -> str:
    """What comes, in a line."""
    # Translators: "Pelvic rock and side reach, 1 min 30 s."
    return formats.sentences(_("{title}, {minutes}.", title=title, minutes=minutes), said)


def for_seconds(now: str, seconds: int) -> str:
    # Translators: "Left side, 24 s."
    return _("{now}, {seconds} s.", now=now, seconds=seconds)


def on_side(name: str, side: Side) -> str:
    return _ON[side].format(name=name)


def step_of(number: int, of: int, step: str) -> str:
    return _("{n} of {of}: {step}", n=number, of=of, step=step)


def both(now: str, meaning: str) -> str:
    """What to do, and what its side means here."""
    return formats.sentences(formats.sentence(now), meaning) if meaning else now


def now(routine: str) -> str:
    """What has taken the place of what was under way."""
    return _("Now it is: {routine}. What you did counts.", routine=routine)


def following(name: str, side: Side, *, extra: bool) -> str:
    return (_NEXT_EXTRA if extra else _NEXT)[side].format(name=name)


def extra_set(name: str) -> str:
    return _("{name}: one extra set", name=name)


def against(labels: Sequence[str]) -> str:
    """What speaks against it: what the person has said to be careful with."""
    return _(
        "This does not suit what you need to be careful with: {labels}. Please ask a health "
        "professional first.",
        labels=formats.semicolons(labels),
    )


def gone(movements: Sequence[str]) -> str:
    if not movements:
        return _("this routine uses a movement that no longer exists; choose another")
    return _(
        "this routine uses movements that no longer exist: {movements}; choose another",
        movements=formats.commas(movements),
    )


def unrecorded(why: object) -> str:
    return _("what you did could not be recorded: {why}", why=why)


def well_done(seconds: dict[Side, float]) -> str:
    """What was done for each side; "0 s left" would be a rebuke, or a clock that has run out."""
    left, right, both = (round(seconds.get(side, 0)) for side in (Side.LEFT, Side.RIGHT, Side.BOTH))
    done = {"left": left, "right": right, "both": both}
    match bool(left), bool(right), bool(both):
        case True, True, True:
            return _("Well done: {left} s left, {right} s right, {both} s for both sides.", **done)
        case True, True, False:
            return _("Well done: {left} s left, {right} s right.", **done)
        case True, False, True:
            return _("Well done: {left} s on the left, {both} s for both sides.", **done)
        case True, False, False:
            return _("Well done: {left} s on the left.", **done)
        case False, True, True:
            return _("Well done: {right} s on the right, {both} s for both sides.", **done)
        case False, True, False:
            return _("Well done: {right} s on the right.", **done)
        case False, False, True:
            return _("Well done: {both} s.", **done)
        case _:
            return _("That is all.")


def count(number: int, of: int) -> str:
    """Which repetition it is."""
    # Translators: "2 of 5"
    return _("{n} of {of}", n=number, of=of)


def counted(now: str, number: str) -> str:
    """What is to be done, and which repetition it is where there are several."""
    return formats.commas([now, number] if number else [now])


def paused(now: str) -> str:
    return _("Paused: {now}", now=now)


def minutes_left(minutes: str) -> str:
    """Not "left": that is a side here."""
    # Translators: "1 min 30 s to go"
    return _("{minutes} to go", minutes=minutes)


def seconds(number: int) -> str:
    return _("{n} s", n=number)


def minutes(seconds: int) -> str:
    """ "1 min 30 s" """
    whole, rest = divmod(seconds, 60)
    if not whole:
        return _("{n} s", n=rest)
    return _("{n} min {s} s", n=whole, s=rest) if rest else _("{n} min", n=whole)


def take_care(caution: str) -> str:
    return _("Take care: {caution}", caution=caution)


def title(now: str, name: str) -> str:
    """Of the window: what a panel shows, and a screen reader says."""
    asks = now.endswith(("?", "？", "؟"))
    return f"{now} {name}" if asks else _("{now}: {name}", now=now, name=name)
