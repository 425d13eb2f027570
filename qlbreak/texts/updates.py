"""What is said where two versions meet: programs, lines of the record, keys of the settings."""

from collections.abc import Sequence


def lines_of_a_newer_one(number: int) -> str:
    if number == 1:
        return "1 line says what a newer qlbreak knows; it stays as it is"
    return f"{number} lines say what a newer qlbreak knows; they stay as they are"


def foreign(place: str, name: str, section: str, meant: str) -> str:
    """Of a name in the settings; *meant*: what else it may have been, as a question."""
    if section and meant:
        return (
            f"{place}: key {name!r} is not known to this version; it is left alone, and all other "
            f"settings hold. If it is not from a newer qlbreak: {meant}"
        )
    if section:
        return (
            f"{place}: key {name!r} is not known to this version; it is left alone, and all other "
            "settings hold"
        )
    if meant:
        return (
            f"{place}: section {name!r} is not known to this version; it is left alone, and all "
            f"other settings hold. If it is not from a newer qlbreak: {meant}"
        )
    return (
        f"{place}: section {name!r} is not known to this version; it is left alone, and all other "
        "settings hold"
    )


NEWER_SETTINGS = "The settings are those of a newer version"


def first_of(lines: Sequence[str]) -> str:
    """The first, and where the others are told."""
    if len(lines) == 1:
        return f"{lines[0]}."
    return f"{lines[0]}. This is one of {len(lines)}: qlbreak config check shows them all."


def another_runs(theirs: str, ours: str) -> str:
    """Of the running program, by a command of other files than it was started from."""
    if theirs == ours:
        return (
            "qlbreak was updated while it was running; to use the new one: qlbreak quit, then "
            "qlbreak"
        )
    return (
        f"qlbreak {theirs} is running, and this is {ours}; to use this one: qlbreak quit, then "
        "qlbreak"
    )
