"""The check-in in a terminal, or in a pipe: a line for each place; Return leaves it out."""

from collections.abc import Iterator

from qlbreak.core.model.facts import CheckedIn
from qlbreak.core.model.terms import Hindrance
from qlbreak.language import formats
from qlbreak.system.dialogue import Abandoned, Dialogue, Hear, Say
from qlbreak.texts import check_in


class _Skipped(Exception):
    """Not this time."""


def ask(blank: CheckedIn, kept_in: str, say: Say, hear: Hear) -> CheckedIn | None:
    """What was answered, *blank* itself where it is skipped, None where the person has ended it.
    *kept_in*: where it will be kept."""
    dialogue = Dialogue(say, hear, {"s": _Skipped, "skip": _Skipped})
    for text in (
        check_in.QUESTION,
        check_in.SCALE,
        formats.sentences(check_in.KEPT, kept_in),
        check_in.KEYS,
    ):
        dialogue.paragraph(text)
    try:
        levels: dict[str, int | Hindrance] = {}
        while not levels:
            levels.update(_levels(dialogue))
            if not levels:
                dialogue.paragraph(check_in.NOTHING)
        work = _work(dialogue)
    except _Skipped:
        return blank
    except (Abandoned, EOFError):
        return None
    return check_in.entry(blank, levels | ({"work": work} if work is not None else {}))


def _levels(dialogue: Dialogue) -> Iterator[tuple[str, int]]:
    """The middle is asked about where a side was left out."""
    missing = False
    for name, label in check_in.PLACES.items():
        if name == "middle" and not missing:
            return
        value = _level(label, dialogue)
        if value is None:
            missing = True
        else:
            yield name, value


def _level(label: str, dialogue: Dialogue) -> int | None:
    while line := dialogue.line(check_in.to_type(label)):
        try:
            return check_in.level(line)
        except ValueError:
            dialogue.paragraph(check_in.type_a_number())
    return None


def _work(dialogue: Dialogue) -> Hindrance | None:
    options = list(check_in.HINDRANCES.items())
    words = [(str(word), label.lower()) for word, label in options]
    chosen = dialogue.one(check_in.work_and_answers(), words)
    return None if chosen is None else options[chosen][0]
