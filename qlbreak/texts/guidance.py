"""What a guided routine says: what to do now and next, on which side, and at its end."""

from qlbreak.core.model.terms import Side

READY = {
    Side.LEFT: "Get ready: left side",
    Side.RIGHT: "Get ready: right side",
    Side.BOTH: "Get ready",
}
WORK = {Side.LEFT: "Left side", Side.RIGHT: "Right side", Side.BOTH: "Both sides"}
SOON = {Side.LEFT: "Then: left side", Side.RIGHT: "Then: right side", Side.BOTH: ""}
CHANGE = {Side.LEFT: "Change sides: left", Side.RIGHT: "Change sides: right", Side.BOTH: ""}
OTHER_SIDE = {
    Side.LEFT: "Next: the left side",
    Side.RIGHT: "Next: the right side",
    Side.BOTH: "",
}
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

# Where none can be
NO_ROUTINE = "qlbreak has no routine to offer right now"
STARTING = "qlbreak is just starting; try again in a moment"


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
