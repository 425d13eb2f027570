"""What the window of a guided routine says beside the cues: buttons, its end, how it feels."""

from qlbreak.core.model.terms import Feeling, Side

QUESTION = "How does your lower back feel now?"
OPTIONAL = "Optional. Your answer helps to choose the next routine."
THANKS = "Thank you, noted."
GO_EASY = "Go easy on yourself. This is the rule to go by:"
NO_KEYS = "Click this window to use its keys"
SECONDS_LEFT = "Seconds left"
WHOLE = "The whole routine"
SAFETY = "Safety"

# What the person may say: key, word, meaning.
ANSWERS = (
    ("1", "Easier", Feeling.EASIER), ("2", "Same", Feeling.SAME), ("3", "Worse", Feeling.WORSE),
)  # fmt: skip


def well_done(seconds: dict[Side, float]) -> str:
    """What was done for each side."""
    left, right, both = (round(seconds.get(side, 0)) for side in (Side.LEFT, Side.RIGHT, Side.BOTH))
    if left or right:
        if both:
            return f"Well done: {left} s left, {right} s right, {both} s for both sides."
        return f"Well done: {left} s left, {right} s right."
    return f"Well done: {both} s." if both else "That is all."


def paused(now: str) -> str:
    return f"Paused: {now}"


def minutes_left(minutes: str) -> str:
    return f"{minutes} left"


def take_care(caution: str) -> str:
    return f"Take care: {caution}"


def title(now: str, name: str) -> str:
    """Of the window: what a panel shows, and a screen reader says."""
    return f"{now}: {name}"
