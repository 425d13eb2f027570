"""What a day shows in the language of the environment, as JSON: `python tests/said.py`.

{"menu": labels, "titles": of notifications, "bodies": their texts, "buttons": theirs}
"""

import json
import sys

from desk import Desk
from qlbreak.core.model.rules import Rules
from qlbreak.notify import Note, notes
from qlbreak.settings.schema import AT_NEXT_START
from qlbreak.texts.names import BUSY
from qlbreak.tray import MenuLine
from qlbreak.tray.menu import lines
from shown import day

NOTES = (
    notes.over(1), notes.check_in(), notes.hurts(), notes.restart("guide"), notes.unset_clock(),
    notes.hanging(), notes.greeting(), *map(notes.at_next_start, AT_NEXT_START),
    notes.no_idle(), notes.no_tray(""),
    *(notes.stuck(reason, 3 * 3600) for reason in BUSY),
)  # fmt: skip


def labels(found: tuple[MenuLine, ...]) -> list[str]:
    return [text for line in found for text in (line.label, *labels(line.lines))]


def main() -> None:
    said: dict[str, set[str]] = {"menu": set(), "titles": set(), "bodies": set(), "buttons": set()}

    def note(one: Note) -> None:
        said["titles"].add(one.title)
        said["bodies"].add(one.body)
        said["buttons"] |= {action.label for action in one.buttons}

    def look(_name: str, desk: Desk) -> None:
        status = desk.status
        said["menu"] |= set(labels(lines(status, Rules())))
        if status.prompt is not None:
            note(notes.prompt(status, status.prompt, Rules()))

    day(look)
    for one in NOTES:
        note(one)
    json.dump({name: sorted(texts) for name, texts in said.items()}, sys.stdout)


if __name__ == "__main__":
    main()
