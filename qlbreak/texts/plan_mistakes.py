"""What is wrong with the file of a plan, and what to do."""

from qlbreak.language import _


def long(key: str, longest: int) -> str:
    return _("{key} is longer than {longest} signs; shorten it", key=key, longest=longest)


def weeks(name: str, example: str, most: int) -> str:
    return _(
        "weeks.{name}: write the weeks as [weeks.3] or {example}, from 1 to {weeks}",
        name=name,
        example=example,
        weeks=most,
    )


def taken(name: str, week: int, by: str) -> str:
    return _(
        "weeks.{name}: week {week} is in [weeks.{taken}] already", name=name, week=week, taken=by
    )


def many(section: str, most: int) -> str:
    return _(
        "{section}: more than {a_week} movements; leave some out", section=section, a_week=most
    )


def left_out_too(section: str, name: str) -> str:
    return _(
        "{section}.{name}: it is in leave-out as well; keep one of the two",
        section=section,
        name=name,
    )


def no_movement(section: str, name: object, hint: str) -> str:
    return _(
        "{section}: there is no movement {name}; {hint}",
        section=section,
        name=repr(name),
        hint=hint,
    )


def side_twice(section: str, movement: str) -> str:
    return _(
        "{section}.{id}: the same side twice; ask for each side once", section=section, id=movement
    )
