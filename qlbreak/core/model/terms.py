"""The words that inputs and facts may use, as they stand in the journal."""

from enum import StrEnum


class Side(StrEnum):
    """The side that a routine targets first."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Answer(StrEnum):
    DONE = "done"
    SNOOZED = "snoozed"
    SKIPPED = "skipped"


class Ending(StrEnum):
    """What becomes of a prompt, exactly one of them."""

    DONE = "done"
    SKIPPED = "skipped"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Refusal(StrEnum):
    """Why a prompt was skipped, if the person cares to say."""

    NO_ROOM = "no-room"
    SEEN = "seen"
    HURTS = "hurts"
    NOT_NOW = "not-now"


class Evidence(StrEnum):
    """How it is known that a routine was done."""

    GUIDED = "guided"
    AWAY = "away"
    CLAIMED = "claimed"
    CORRECTED = "corrected"


class Feeling(StrEnum):
    """How it feels after a routine, if the person cares to say."""

    EASIER = "easier"
    SAME = "same"
    WORSE = "worse"


class Hindrance(StrEnum):
    """How far discomfort got in the way of work."""

    NOT_AT_ALL = "not-at-all"
    A_BIT = "a-bit"
    A_LOT = "a-lot"


class Posture(StrEnum):
    """Declared by the person, never sensed."""

    SITTING = "sitting"
    STANDING = "standing"


class Reason(StrEnum):
    """Why a prompt that is due is held back, the weightiest first."""

    PAUSED = "paused"
    MEETING = "meeting"
    STANDING = "standing"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    FULL_SCREEN = "full-screen"
    DO_NOT_DISTURB = "do-not-disturb"
    INHIBITED = "inhibited"
    QUIET = "quiet"
    ENOUGH = "enough"
    WOKEN = "woken"


# Somebody is in a call, as far as the machine can tell.
CALL = frozenset({Reason.CAMERA, Reason.MICROPHONE})


class Early(StrEnum):
    """Why a prompt has come before it was due."""

    CALL = "call"
    UNLOCKED = "unlocked"
    FULL_SCREEN = "full-screen"
    PAUSE = "pause"


class Cause(StrEnum):
    """How a natural break is known."""

    IDLE = "idle"
    LOCK = "lock"
    UNKNOWN = "unknown"
    GAP = "gap"
    STOOD = "stood"


class By(StrEnum):
    """Who settled a question or ended a declared state."""

    USER = "user"
    TIME = "time"


class Why(StrEnum):
    """Why the coach has chosen a routine, and the side that it starts on."""

    LOOSEN_BEHIND = "loosen-behind"
    LENGTHEN_BEHIND = "lengthen-behind"
    STRENGTHEN_BEHIND = "strengthen-behind"
    LONGER = "longer"
    LAST_CALL = "last-call"
    TRAVEL = "travel"
    MEETING = "meeting"
    AFTER_MEETING = "after-meeting"
    EVENING = "evening"
    SORE = "sore"
    CHECK_IN = "check-in"
    BACK = "back"
    NO_ROOM = "no-room"
    SEEN = "seen"
    HURT = "hurt"
    FEW = "few"
    RESORT = "resort"
    SIDE_TIGHTER = "side-tighter"
    SIDE_WEAKER = "side-weaker"
    SIDE_BEHIND = "side-behind"
    SIDE_TURN = "side-turn"
    SIDE_ANY = "side-any"
    EXTRA = "extra"
    PLAN = "plan"
