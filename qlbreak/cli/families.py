"""How the commands stand in `qlbreak --help`: in families, in the order of use, with examples."""

import inspect
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from qlbreak.language import _, cells, ngettext
from qlbreak.settings.kinds import close_to
from qlbreak.texts.topics import TOPICS

# Words of a command line, without the program's name.
Examples = tuple[str, ...]
FAMILIES: Mapping[str, Mapping[str, Examples]] = {
    "Answer a reminder": {
        "start": ("start", "start knee plank"),
        "another": ("another",),
        "done": ("done",),
        "snooze": ("snooze 10 min",),
        "skip": ("skip", "skip no-room"),
        "undo": ("undo",),
        "less-often": ("less-often",),
        "as-before": ("as-before",),
    },
    "Today": {
        "open": ("open", "open --page settings"),
        "status": ("status", "status --json"),
        "watch": ("watch", "watch --json"),
        "why": ("why",),
        "pause": ("pause 2 h", "pause until 14:30", "pause tomorrow"),
        "resume": ("resume",),
        "meeting": ("meeting 45 min", "meeting off"),
        "stand": ("stand", "stand 30 min", "stand until 11:30"),
        "sit": ("sit",),
        "stayed": ("stayed",),
        "arrived": ("arrived 40 min",),
        "sore": ("sore left", "sore none"),
        "place": ("place home",),
    },
    "Routines": {
        "guide": ("guide", "guide hip-hike --terminal"),
        "movements": ("movements --mine", "movements hip-hike"),
        "never": ("never hip-hike", "never"),
        "allow": ("allow hip-hike",),
        "plan": ("plan",),
        "plan show": ("plan show", "plan show from-jane.toml"),
        "plan load": ("plan load from-jane.toml",),
        "plan end": ("plan end",),
        "plan list": ("plan list",),
        "plan example": ("plan example gentle", "plan example gentle -o my-plan.toml"),
        "harder": ("harder",),
        "not-yet": ("not-yet",),
        "easier": ("easier",),
    },
    "Record": {
        "stats": ("stats", "stats --days 7"),
        "report": ("report --open",),
        "check-in": ("check-in", "check-in --left 3 --right 1"),
        "export": ("export --of days --format csv -o days.csv",),
        "devices": ("devices",),
        "devices retire": ("devices retire old-laptop-1a2b",),
        "compress": ("compress",),
        "delete-data": ("delete-data",),
    },
    "Settings, start and stop": {
        "set-up": ("set-up",),
        "config": ("config check",),
        "config path": ("config path",),
        "config check": ("config check",),
        "config show": ("config show",),
        "autostart": ("autostart on", "autostart status"),
        "launcher": ("launcher on", "launcher status"),
        "run": ("run", "run --speed 60"),
        "quit": ("quit",),
    },
    "Help": {
        "help": ("help snooze", "help environment"),
        "doctor": ("doctor", "doctor --report"),
        "safety": ("safety",),
        "demo": ("demo",),
    },
}
# What others call it, or somebody may try first.
_ALSO = {
    "settings": "config", "preferences": "config", "window": "open", "show": "open",
    "gui": "open", "today": "stats", "later": "snooze", "postpone": "snooze", "no": "skip",
    "exit": "quit", "stop": "quit", "end": "quit", "exercises": "movements",
    "routines": "movements", "uninstall": "delete-data", "login": "autostart", "version": "help",
}  # fmt: skip
_NARROWEST, _WIDEST = 30, 80


class Fitting(click.HelpFormatter):
    """Also in a terminal of 40 columns, where click would write 50."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        columns = min(shutil.get_terminal_size().columns, max_width or _WIDEST)
        super().__init__(indent_increment, width or max(columns - 2, _NARROWEST), max_width)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        told, most = [(term, _(text) if text else "") for term, text in rows], self.width // 3
        first = max((len(term) for term, _text in told), default=0)
        width = max(self.width - min(first, col_max, most) - col_spacing - 2, 10)
        told = [(term, _by_cells(text, width)) for term, text in told]
        super().write_dl(told, min(col_max, most), col_spacing)

    def write_text(self, text: str) -> None:
        super().write_text(_by_cells(text, self.width - self.current_indent))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or _("Usage:") + " ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Also of click's own name."""
        with super().section(_(name)):
            yield


def _by_cells(text: str, width: int) -> str:
    """In paragraphs whose lines click leaves as they are, where it would count signs of two cells
    as one."""
    if cells.width(text) == len(text):
        return text
    parts = text.split("\n\n")
    laid_out = (cells.fill(" ".join(part.split("\n")), width) for part in parts)
    filled = zip(parts, laid_out, strict=True)
    return "\n\n".join(part if part.startswith("\b") else f"\b\n{told}" for part, told in filled)


class Telling(click.Context):
    formatter_class = Fitting


class Tree(click.Group):
    """All commands. Their lines are whole: click would cut what is longer than a line."""

    context_class = Telling

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in FAMILIES.items():
            rows = [(name, _first(self.commands[name])) for name in names if name in self.commands]
            with formatter.section(_(title)):
                formatter.write_dl(rows)
        with formatter.section(_("Topics, by: qlbreak help TOPIC")):
            formatter.write_dl([(name, topic.about) for name, topic in TOPICS.items()])

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in self.commands:
            hint = meant(name, [*self.commands])
            context.fail(_("there is no command {name}; {hint}", name=repr(name), hint=hint))
        return super().resolve_command(context, args)


def meant(word: str, words: Sequence[str]) -> str:
    """What to do where there is no such command."""
    if word in _ALSO:
        return _("did you mean {word}?", word=_ALSO[word])
    return close_to(word, words, _("see: qlbreak --help"))


def _first(command: click.Command) -> str:
    """The first paragraph of its help, which is a line where there is room."""
    return " ".join((command.help or "").split("\n\n")[0].split())


def walk(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Each command below, by the words that name it."""
    for name, command in group.commands.items():
        path = (*names, name)
        yield " ".join(path), command
        if isinstance(command, click.Group):
            yield from walk(command, *path)


def paragraphs(command: click.Command) -> list[str]:
    """Of its help, each in a line."""
    text = inspect.cleandoc(command.help or "")
    return [" ".join(found.split()) for found in text.split("\n\n") if found]


def explain(tree: Tree) -> None:
    """Each command's help in the person's language, with its examples at the end."""
    known = {name: told for names in FAMILIES.values() for name, told in names.items()}
    for name, command in [("", tree), *walk(tree)]:
        command.help = "\n\n".join(map(_, paragraphs(command)))
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = _(parameter.help)
        if not name:
            continue
        command.context_class = Telling
        lines = [f"  qlbreak {words}" for words in known.get(name, ())]
        title = ngettext("Example:", "Examples:", len(lines))
        command.epilog = "\n".join(["\b", title, *lines])
