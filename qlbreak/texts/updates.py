"""What is said where two versions meet: programs, lines of the record, keys of the settings."""

from collections.abc import Sequence

from qlbreak.language import _, ngettext


def lines_of_a_newer_one(number: int) -> str:
    return ngettext(
        "{n} line says what a newer qlbreak knows; it stays as it is",
        "{n} lines say what a newer qlbreak knows; they stay as they are",
        number,
    )


def foreign(line: str, name: str, section: str, meant: str) -> str:
    """Of a name on that line of the settings; *meant*: what else it may be, as a question."""
    filled = {"place": line, "name": repr(name), "question": meant}
    if section and meant:
        return _(
            "{place}: key {name} is not known to this version; it is left alone, and all other "
            "settings hold. If it is not from a newer qlbreak: {question}",
            **filled,
        )
    if section:
        return _(
            "{place}: key {name} is not known to this version; it is left alone, and all other "
            "settings hold",
            **filled,
        )
    if meant:
        return _(
            "{place}: section {name} is not known to this version; it is left alone, and all "
            "other settings hold. If it is not from a newer qlbreak: {question}",
            **filled,
        )
    return _(
        "{place}: section {name} is not known to this version; it is left alone, and all other "
        "settings hold",
        **filled,
    )


NEWER_SETTINGS = _("The settings are those of a newer version")


def first_of(lines: Sequence[str]) -> str:
    """The first, and where the others are told."""
    if len(lines) == 1:
        return _("{line}.", line=lines[0])
    return ngettext(
        "{line}. This is one of {n}: qlbreak config check shows them all.",
        "{line}. This is one of {n}: qlbreak config check shows them all.",
        len(lines),
        line=lines[0],
    )


def another_runs(theirs: str, ours: str) -> str:
    """Of the running program, by a command of other files than it was started from."""
    if theirs == ours:
        return _(
            "qlbreak was updated while it was running; to use the new one: qlbreak quit, then "
            "qlbreak"
        )
    return _(
        "qlbreak {theirs} is running, and this is {ours}; to use this one: qlbreak "
        "quit, then qlbreak",
        theirs=theirs,
        ours=ours,
    )
