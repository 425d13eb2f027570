"""Where it is another time of the day now: time zones for tests whose hour matters."""

from datetime import UTC, timedelta, timezone

from qlbreak.system.clock import Clock

MORNING = timedelta(hours=10)
EVENING = timedelta(hours=20, minutes=30, seconds=5)  # the day behind it is long enough


def move_to(hour: timedelta, *environments: dict[str, str]) -> timezone:
    """What is started with one of these lives there from now on. *hour*: since midnight."""
    now, _ = Clock().now()
    day, known = timedelta(days=1), now.astimezone(UTC).replace(microsecond=0)
    ahead = (hour - (known - known.replace(hour=0, minute=0, second=0))) % day
    zone = timezone(ahead - day if ahead > day / 2 else ahead)
    for environment in environments:
        environment["TZ"] = _posix(zone)
    return zone


def _posix(zone: timezone) -> str:
    """As a system's TZ has it, which counts to the west."""
    seconds = round(zone.utcoffset(None).total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    return f"DOC{'-' if seconds > 0 else '+'}{hours}:{rest // 60:02}:{rest % 60:02}"
