"""What is to be read, from where it is told: `python tests/reference.py` writes the example,
`config.example.toml`, the pages of all keys, `docs/settings.md`, of all files, `docs/files.md`, and
of all commands, `docs/commands.md`, and the table in `docs/plans.md`; a test compares.
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from qlbreak import data
from qlbreak.cli import families
from qlbreak.cli.main import cli
from qlbreak.core.model.dose import told
from qlbreak.core.model.movements import Movement
from qlbreak.core.model.programme import bounds
from qlbreak.settings.config import toml
from qlbreak.settings.hook_command import Command
from qlbreak.settings.kinds import SomeOf, ValueKind
from qlbreak.settings.schema import SECTIONS, ConfigKey
from qlbreak.setup.form import intro
from qlbreak.system.paths import FILES, Files, Where
from qlbreak.texts import topics

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "config.example.toml"
PAGE = ROOT / "docs" / "settings.md"
FILES_PAGE = PAGE.with_name("files.md")
COMMANDS_PAGE = PAGE.with_name("commands.md")
PLANS_PAGE = PAGE.with_name("plans.md")
_WIDTH = 100
_SPACE = "\x1f"
_CODE = re.compile(r'\["[^\]]*"\]|"[^"]*"|\{\w+\}')

_HEAD = """\
# Settings of qlbreak. Every value here is the default: change what you like, leave out the rest.
# "qlbreak config check" finds mistakes; "qlbreak config path" says where this file belongs.
# The page Settings of the window is a form with all of them, which writes them here and keeps the
# comments; "qlbreak set-up" asks the most important ones.
# A running qlbreak takes up what changes here within a few seconds; a mistake leaves all as it was.
"""

_TITLE = """\
# All settings

In [TOML](https://toml.io), in the file that `qlbreak config path` names; a key that is not there
has its default. Durations are written as `"90 s"`, `"30 min"`, `"1 h 30 min"` or `"7 days"`. The
page *Settings* of the window is a form with all of these, which writes into the same file.
[config.example.toml](../config.example.toml) has them all, to start from; why the defaults are
what they are: [defaults.md](defaults.md); how hooks are run: [hooks.md](hooks.md). This page is
written by `python tests/reference.py`, and a test holds it.
"""

_FILES_TITLE = """\
# All files

What qlbreak keeps on the disk. The folders are those of Linux, unless the environment, `--config`
or `--data-dir` name others; `qlbreak doctor` says where settings, record and log are here. For
your eyes only: folders are 0700, files 0600. `qlbreak delete-data` removes what is marked, and what
is empty then. This page is written by `python tests/reference.py`, and a test holds it.
"""
_COMMANDS_TITLE = """\
# All commands

`qlbreak --help` lists them, `qlbreak COMMAND --help` or `qlbreak help COMMAND` explains one.
Options that stand before the command:

| option | |
|---|---|
{options}

This page is written by `python tests/reference.py`, and a test holds it.
"""
_FOLDERS: dict[Where, str] = {
    "settings": "`~/.config/qlbreak/`",
    "data": "`~/.local/share/qlbreak/`",
    "log": "`~/.local/state/qlbreak/log/`",
    "cache": "`~/.cache/qlbreak/`",
    "session": "`$XDG_RUNTIME_DIR/qlbreak/`",
}


# The example


def example() -> str:
    told: list[ValueKind] = []
    parts = [_HEAD]
    for section, keys in SECTIONS.items():
        lines = [*_remark(intro(section)), f"[{section}]"]
        for key in keys.values():
            lines += [*_explained(key, again=key.kind in told), f"{key.name} = {_default(key)}"]
            told.append(key.kind)
        parts.append("\n".join([*lines, ""]))
    return "\n".join(parts)


def _explained(key: ConfigKey, *, again: bool) -> Iterator[str]:
    """`again`: its words were listed above already."""
    if not isinstance(key.kind, SomeOf) or key.kind.listed:
        return _remark(_sentences(f"{key.help}: {key.kind.bounds}.", key.more))
    return _listed(key, key.kind, again=again)


def _listed(key: ConfigKey, kind: SomeOf, *, again: bool) -> Iterator[str]:
    yield from _remark(_sentences(f"{key.help}.", key.more, "" if again else "Any of"))
    for choice in () if again else kind.choices:
        yield from _remark(f'"{choice.word}": {choice.label}', "#   ")


def _remark(text: str, begin: str = "# ") -> Iterator[str]:
    """As comments; what stands in quotes or brackets stays on a line."""
    more = begin + "  " * (begin != "# ")
    whole = _CODE.sub(lambda found: found[0].replace(" ", _SPACE), text)
    for line in textwrap.wrap(
        whole, _WIDTH, initial_indent=begin, subsequent_indent=more, break_on_hyphens=False
    ):
        yield line.replace(_SPACE, " ")


def _sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))


def _default(key: ConfigKey) -> str:
    return toml(key.kind.write(key.default))


# The page


def page() -> str:
    return "\n".join([_TITLE, *map(_section, SECTIONS)])


def _section(section: str) -> str:
    keys = SECTIONS[section].values()
    lines = [f"## `[{section}]`", "", intro(section), ""]
    lines += ["| key | default | may be | |", "|---|---|---|---|"]
    told: list[ValueKind] = []
    below: list[str] = []
    for key in keys:
        does = _marked(_sentences(f"{key.help}.", key.more))
        lines.append(f"| `{key.name}` | `{_default(key)}` | {_bounds(key.kind)} | {does} |")
        below += [] if key.kind in told else _words(key.kind)
        told.append(key.kind)
    filled = [key for key in keys if isinstance(key.kind, Command)]
    below += [line for key in filled for line in _placeholders(key)]
    return "\n".join([*lines, *below, ""])


def _bounds(kind: ValueKind) -> str:
    below = isinstance(kind, SomeOf) and not kind.listed
    return "any of the words below" if below else _marked(kind.bounds)


def _words(kind: ValueKind) -> Iterator[str]:
    if isinstance(kind, SomeOf) and not kind.listed:
        yield from ("", "| word | |", "|---|---|")
        yield from (f"| `{choice.word}` | {choice.label} |" for choice in kind.choices)


def _placeholders(key: ConfigKey) -> Iterator[str]:
    assert isinstance(key.kind, Command)
    yield from ("", f"| in `{key.name}` | |", "|---|---|")
    yield from (f"| `{{{name}}}` | {what} |" for name, what in key.kind.names.items())


def _marked(text: str) -> str:
    """Lists, words in quotes and placeholders are set as code; a command without its quotes."""
    code = _CODE.sub(lambda found: f"`{found[0]}`", text)
    return re.sub(r'`"(qlbreak [^"]*)"`', r"`\1`", code)


# The files


def files_page() -> str:
    head = ["| folder | file | what it is | delete-data |", "|---|---|---|---|"]
    return "\n".join([_FILES_TITLE, *head, *map(_file, FILES), ""])


def _file(files: Files) -> str:
    names = ", ".join(f"`{name.format(session='*')}`" for name in files.names)
    goes = "no" if files.folder == "settings" else "yes"
    return f"| {_FOLDERS[files.folder]} | {names} | {files.what} | {goes} |"


# The movements that a plan may name


def plans_page() -> str:
    """What stands there, with the table of today."""
    text = PLANS_PAGE.read_text("utf-8")
    begin, end = "<!-- movements -->\n", "<!-- end -->"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    head = [
        "| write | movement | needs | sides | usual | you may ask for |",
        "|---|---|---|---|---|---|",
    ]
    rows = [_asked(movement) for movement in data.load().movements.values()]
    return "\n".join([f"{before}{begin}", *head, *rows, "", f"{end}{after}"])


def _asked(movement: Movement) -> str:
    low, high = bounds(movement)
    key = "repetitions" if movement.dose.reps else "seconds"
    things = [*sorted(movement.equipment), " or ".join(sorted(movement.equipment_one_of))]
    sides = "left, right" if movement.sided else ""
    return (
        f"| `{movement.id}` | {movement.plain_name} | {', '.join(filter(None, things))} | {sides} "
        f"| {told(movement.dose, movement.default_s)} | `{key}` {low} to {high} |"
    )


# The commands


def commands_page() -> str:
    known = dict(families.walk(cli))
    parts = [_COMMANDS_TITLE.format(options="\n".join(_options(cli, "qlbreak")))]
    for title, names in families.FAMILIES.items():
        parts.append(f"## {title}\n")
        parts += [
            _command(name, known[name], told) for name, told in names.items() if name in known
        ]
    parts += [_topic(name, topic) for name, topic in topics.TOPICS.items()]
    return "\n".join(parts)


def _command(name: str, command: click.Command, examples: families.Examples) -> str:
    context = click.Context(command, info_name=f"qlbreak {name}")
    words = [word for word in command.collect_usage_pieces(context) if word != "[OPTIONS]"]
    lines = [f"### `{' '.join(['qlbreak', name, *words])}`", ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [_code(" ".join(paragraph.split())), ""]
    if options := _options(command, name):
        lines += ["| option | |", "|---|---|", *options, ""]
    return "\n".join([*lines, *(f"    qlbreak {words}" for words in examples), ""])


def _options(command: click.Command, name: str) -> list[str]:
    context = click.Context(command, info_name=name)
    shown = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    records = [one.get_help_record(context) for one in shown if "--help" not in one.opts]
    return [f"| `{_cell(record[0])}` | {_code(_cell(record[1]))} |" for record in records if record]


def _topic(name: str, topic: topics.Topic) -> str:
    title = topic.about.rstrip(".").partition(":")[0]
    lines = [f"## {title}", "", f"`qlbreak help {name}`: {_code(topic.intro)}", ""]
    if name == topics.FILES:
        lines += ["All of them: [files.md](files.md)."]
    else:
        lines += ["| | |", "|---|---|"]
        lines += [f"| `{word}` | {_code(_cell(meaning))} |" for word, meaning in topic.rows]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _code(text: str) -> str:
    """Options within a sentence, alone or with their command."""
    return re.sub(r"(?<![\w`-])((?:qlbreak [a-z-]+ )?--[a-z][a-z-]+)", r"`\1`", text)


if __name__ == "__main__":
    COMMANDS_PAGE.write_text(commands_page(), "utf-8")
    PLANS_PAGE.write_text(plans_page(), "utf-8")
    EXAMPLE.write_text(example(), "utf-8")
    PAGE.write_text(page(), "utf-8")
    FILES_PAGE.write_text(files_page(), "utf-8")
