"""What a person may type, as the program has it: for the man page and the completions."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import click

from qlbreak import data, language

language.settle(language.ENGLISH)  # what the commands say of themselves is settled by their import

from qlbreak.cli import families  # noqa: E402
from qlbreak.cli.main import cli  # noqa: E402
from qlbreak.core.model import naming  # noqa: E402
from qlbreak.core.model.movements import Catalogue  # noqa: E402
from qlbreak.texts import topics  # noqa: E402

NAME = "qlbreak"
SEES_FILES = (click.Path, click.File)


@dataclass(frozen=True)
class Option:
    """`words`: what may follow it; `value`: a name for that, nothing where nothing follows."""

    names: tuple[str, ...]
    about: str
    value: str
    words: tuple[str, ...]
    file: bool


@dataclass(frozen=True)
class Told:
    """A command. `usage`: its arguments, as its help has them; `words`: those that may stand
    there."""

    path: str
    about: tuple[str, ...]
    usage: str
    words: tuple[str, ...]
    file: bool
    options: tuple[Option, ...]
    below: tuple[str, ...]


def commands() -> dict[str, Told]:
    """All that a person may type, by their words; "" is the program itself."""
    return {path: _told(path, command) for path, command in _walk() if not command.hidden}


def _walk() -> Iterator[tuple[str, click.Command]]:
    yield "", cli
    yield from families.walk(cli)


def _told(path: str, command: click.Command) -> Told:
    called = click.Context(command, info_name=NAME)
    parameters = command.get_params(called)
    arguments = [one for one in parameters if isinstance(one, click.Argument)]
    usage = " ".join(one.make_metavar(called) for one in arguments)
    below = tuple(command.commands) if isinstance(command, click.Group) else ()
    return Told(
        path=path,
        about=tuple(families.paragraphs(command)),
        usage=usage or ("[COMMAND]" if below else ""),
        words=below or tuple(_named(usage)),
        file=any(isinstance(one.type, SEES_FILES) for one in arguments),
        options=tuple(
            _option(one, called)
            for one in parameters
            if isinstance(one, click.Option) and not one.hidden
        ),
        below=below,
    )


def _option(option: click.Option, called: click.Context) -> Option:
    words = tuple(option.type.choices) if isinstance(option.type, click.Choice) else ()
    return Option(
        names=(*option.opts, *option.secondary_opts),
        about=option.help or "",
        value="" if option.is_flag or option.count else option.make_metavar(called),
        words=tuple(map(str, words)),
        file=isinstance(option.type, SEES_FILES),
    )


def _named(usage: str) -> Iterator[str]:
    """ "[DURATION | until HH:MM | tomorrow]": until, tomorrow. For the names of things, these."""
    for alternative in re.split(r"[|\[\]]", usage):
        for word in alternative.split()[:1]:
            yield from _things(word) if word.isupper() else [word]


def _things(word: str) -> Iterable[str]:
    catalogue = data.load()
    if word == "COMMAND":
        return [path for path in cli.commands]
    if word == "TOPIC":
        return topics.TOPICS
    if word not in ("MOVEMENT", "ID", "ROUTINE"):
        return ()
    routines = catalogue.routines if word == "ROUTINE" else ()
    return sorted([*(_short(catalogue, name) for name in catalogue.movements), *routines])


def _short(catalogue: Catalogue, name: str) -> str:
    """ "hip-hike" rather than "str-hip-hike", where that says it."""
    short = name.partition("-")[2]
    with suppress(naming.Several):
        return short if naming.find(catalogue, short) == name else name
    return name
