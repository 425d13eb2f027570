"""What others rely on, as text: the journal of a day, `status --json`, the menu, help, the page.

`python tests/shown.py` writes it into `tests/golden/`; a test compares. A difference is a change
for people and programs outside, which no change of the house alone may make.
"""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import click

from desk import Desk
from qlbreak.cli.main import cli
from qlbreak.core.model.rules import Rules
from qlbreak.core.model.terms import Feeling, Hindrance, Reason, Refusal, Side
from qlbreak.record.journal import encode
from qlbreak.report import contract
from qlbreak.tray import MenuLine
from qlbreak.tray.menu import lines
from years import recorded

FOLDER = Path(__file__).parent / "golden"


def day(moment: Callable[[str, Desk], None] = lambda *_: None) -> Desk:
    """A day with something of everything; *moment* is called on the way."""
    desk = Desk()
    moment("begun", desk)
    desk.work(30)
    moment("a prompt", desk)
    desk.guide(1.0).feel(Feeling.EASIER).work(30).snooze(5).work(2)
    moment("snoozed", desk)
    desk.work(8).done().undo().done()
    desk.away(10).stay().work(20).busy(Reason.MICROPHONE).work(15)
    moment("in a call", desk)
    desk.busy().work(3).skip(Refusal.NOT_NOW).sore(Side.LEFT).lock().away(5).unlock().work(40)
    desk.guide(0.5).stand().work(10)
    moment("standing", desk)
    desk.sit().meet(30).work(20)
    moment("in a meeting", desk)
    desk.work(15).away(12).work(60).longer(True).pause(45)
    moment("paused", desk)
    desk.resume().arrive(40).kill(3).work(50).check_in(3, None, 2, Hindrance.A_BIT)
    desk.sleep(70).work(31).pace(-1).quit()
    moment("over", desk)
    return desk


def journal() -> str:
    return b"".join(map(encode, day().journal)).decode()


def statuses() -> str:
    found = {}
    day(lambda name, desk: found.update({name: contract.status(desk.status, desk.figures())}))
    return json.dumps(found, indent=1) + "\n"


def menus() -> str:
    found: list[str] = []

    def look(name: str, desk: Desk) -> None:
        found.append(f"{name}:")
        found.extend(_menu(lines(desk.status, Rules()), "  "))

    day(look)
    return "\n".join(found) + "\n"


def _menu(found: tuple[MenuLine, ...], indent: str) -> Iterator[str]:
    for line in found:
        signs = f"{'' if line.enabled else ' grey'}{'' if line.visible else ' hidden'}"
        yield f"{indent}{line.key or '-'}: {line.label}{signs}"
        yield from _menu(line.lines, f"{indent}  ")


def commands() -> str:
    """`--help` of every command."""
    return "\n".join(_help(cli, click.Context(cli, info_name="qlbreak", terminal_width=80)))


def _help(command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"{command.get_help(context)}\n"
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from _help(child, click.Context(child, context, name))


class _Bare(HTMLParser):
    """Tags with their classes, and text; no scripts, styles and pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._mute = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {"class", "id", "role", "scope", "aria-label", "aria-labelledby", "data-figure"}
        told = " ".join(f'{name}="{value}"' for name, value in attrs if name in kept)
        self.lines.append(f"<{tag} {told}".rstrip() + ">")
        self._mute = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._mute = False

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._mute:
            self.lines.append(re.sub(r"\s+", " ", data.strip()))


def page() -> str:
    from qlbreak.report.page import page

    bare = _Bare()
    bare.feed(page(recorded(days=60)))
    bare.close()
    return "\n".join(bare.lines) + "\n"


ALL: dict[str, Callable[[], str]] = {
    "day.jsonl": journal,
    "status.json": statuses,
    "menu.txt": menus,
    "help.txt": commands,
    "page.txt": page,
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, told in ALL.items():
        (FOLDER / name).write_text(told(), "utf-8", newline="\n")
