"""Where it is evening now: a time zone for tests whose day must be long enough at any hour."""

from datetime import UTC, timedelta, timezone

from qlbreak.system.clock import Clock

_EVENING = timedelta(hours=20, minutes=30, seconds=5)


def move_to_evening(*environments: dict[str, str]) -> timezone:
    """What is started with one of these lives there from now on."""
    now, _ = Clock().now()
    day, known = timedelta(days=1), now.astimezone(UTC).replace(microsecond=0)
    ahead = (_EVENING - (known - known.replace(hour=0, minute=0, second=0))) % day
    zone = timezone(ahead - day if ahead > day / 2 else ahead)
    for environment in environments:
        environment["TZ"] = _posix(zone)
    return zone


def _posix(zone: timezone) -> str:
    """As a system's TZ has it, which counts to the west."""
    seconds = round(zone.utcoffset(None).total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"DOC{'-' if seconds > 0 else '+'}{hours}:{rest // 60:02}:{rest % 60:02}"
