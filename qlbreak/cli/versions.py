"""Whether the running program is of another version than the command that asks it."""

from contextlib import suppress

from qlbreak.system import control
from qlbreak.system.paths import Paths


def another(paths: Paths) -> str:
    """What to do then: it may not know all words of this one. Else empty."""
    import msgspec

    from qlbreak.app.health import Health

    with suppress(control.NotRunning, OSError, msgspec.ValidationError):
        return msgspec.convert(control.ask(paths.socket, ("health",)).data, Health).another
    return ""


def refusal(paths: Paths, told: str) -> str:
    """Why it refused, as one line."""
    other = another(paths)
    return f"{told}. {other}" if other else told
