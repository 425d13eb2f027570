"""What a guided routine says: what to do now and next, on which side, and at its end."""

from qlbreak.core.model.terms import Feeling, Side

READY = {
    Side.LEFT: "Get ready: left side",
    Side.RIGHT: "Get ready: right side",
    Side.BOTH: "Get ready",
}
WAIT = {
    Side.LEFT: "Ready? Left side first",
    Side.RIGHT: "Ready? Right side first",
    Side.BOTH: "Ready?",
}
WORK = {Side.LEFT: "Left side", Side.RIGHT: "Right side", Side.BOTH: "Both sides"}
SOON = {Side.LEFT: "Then: left side", Side.RIGHT: "Then: right side", Side.BOTH: ""}
CHANGE = {Side.LEFT: "Change sides: left", Side.RIGHT: "Change sides: right", Side.BOTH: ""}
OTHER_SIDE = {
    Side.LEFT: "Next: the left side",
    Side.RIGHT: "Next: the right side",
    Side.BOTH: "",
}
NEW = "This one is new: read its steps first."
HOW = "Press Space when you are ready."
LAST = "This is the last one."
_NEXT = {
    Side.LEFT: "Next: {name}, left side",
    Side.RIGHT: "Next: {name}, right side",
    Side.BOTH: "Next: {name}",
}
_NEXT_EXTRA = {
    Side.LEFT: "Next: {name}, one extra set, left side",
    Side.RIGHT: "Next: {name}, one extra set, right side",
    Side.BOTH: "Next: {name}, one extra set",
}

# At its end
OVER = "Well done."
FEEL = "How does your lower back feel now? Optional: 1 easier, 2 the same, 3 worse, Enter to skip. "
THANKS = "Thank you, noted."
WORSE = "Take it easy today. This is the rule to go by:"

QUESTION = "How does your lower back feel now?"
OPTIONAL = "Optional. Your answer helps to choose the next routine."
NO_KEYS = "Click this window to use its keys"
SECONDS_LEFT = "Seconds left"
SAFETY = "Safety"

# What the person may say: key, word, meaning.
ANSWERS = (
    ("1", "Easier", Feeling.EASIER), ("2", "Same", Feeling.SAME), ("3", "Worse", Feeling.WORSE),
)  # fmt: skip

# Buttons of its window
BACK, PAUSE, GO_ON, NEXT, FINISH = "Back", "Pause", "Go on", "Next", "Finish"
AGAIN, READY_NOW = "Once more", "I'm ready"
BACK_TO_IT, CLOSE = "Back to it", "Close"

LARGE, SMALL = "Large", "Small"
SOUND_OFF, SOUND_TONES, SOUND_VOICE = "Sound: off", "Sound: tones", "Sound: voice"
# Where it would be heard by others, and where nothing can be heard
SOUND_HUSHED, NO_SOUND = "Silent in a call", "No sound here"
# Something else than what is under way
NOT_THIS, ANOTHER, NEVER = "Not this one", "Another routine", "Never this movement"
GONE = "qlbreak has ended meanwhile; nothing else can be chosen now"

# Where none can be
NO_ROUTINE = "qlbreak has no routine to offer right now"
STARTING = "qlbreak is just starting; try again in a moment"


def now(routine: str) -> str:
    """What has taken the place of what was under way."""
    return f"Now it is: {routine}. What you did counts."


def following(name: str, side: Side, *, extra: bool) -> str:
    return (_NEXT_EXTRA if extra else _NEXT)[side].format(name=name)


def extra_set(name: str) -> str:
    return f"{name}: one extra set"


def against(labels: str) -> str:
    """What speaks against it: what the person has said to be careful with."""
    return (
        f"This does not suit what you need to be careful with: {labels}. Please ask a health "
        "professional first."
    )


def gone(movements: str) -> str:
    if not movements:
        return "this routine uses a movement that no longer exists; choose another"
    return f"this routine uses movements that no longer exist: {movements}; choose another"


def unrecorded(why: object) -> str:
    return f"what you did could not be recorded: {why}"


def well_done(seconds: dict[Side, float]) -> str:
    """What was done for each side; "0 s left" would be a rebuke, or a clock that has run out."""
    left, right, both = (round(seconds.get(side, 0)) for side in (Side.LEFT, Side.RIGHT, Side.BOTH))
    match bool(left), bool(right), bool(both):
        case True, True, True:
            return f"Well done: {left} s left, {right} s right, {both} s for both sides."
        case True, True, False:
            return f"Well done: {left} s left, {right} s right."
        case True, False, True:
            return f"Well done: {left} s on the left, {both} s for both sides."
        case True, False, False:
            return f"Well done: {left} s on the left."
        case False, True, True:
            return f"Well done: {right} s on the right, {both} s for both sides."
        case False, True, False:
            return f"Well done: {right} s on the right."
        case False, False, True:
            return f"Well done: {both} s."
        case _:
            return "That is all."


def count(number: int, of: int) -> str:
    """Which repetition it is."""
    return f"{number} of {of}"


def counted(now: str, number: str) -> str:
    """What is to be done, and which repetition it is where there are several."""
    return f"{now}, {number}" if number else now


def paused(now: str) -> str:
    return f"Paused: {now}"


def minutes_left(minutes: str) -> str:
    """Not "left": that is a side here."""
    return f"{minutes} to go"


def take_care(caution: str) -> str:
    return f"Take care: {caution}"


def title(now: str, name: str) -> str:
    """Of the window: what a panel shows, and a screen reader says."""
    return f"{now} {name}" if now.endswith("?") else f"{now}: {name}"
