"""The man page, and completions for bash, zsh and fish: from the commands as the program has them.

    python packaging/commands.py FOLDER     writes share/man/..., share/bash-completion/... into it

Completions ask nobody: they know words and options, and the names of movements and routines as the
program brings them.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from qlbreak import __version__, data, language

language.settle(language.ENGLISH)  # what the commands say of themselves is settled by their import

from qlbreak.cli import families  # noqa: E402
from qlbreak.cli.main import cli  # noqa: E402
from qlbreak.core.model import naming  # noqa: E402
from qlbreak.core.model.movements import Catalogue  # noqa: E402
from qlbreak.system.paths import FILES, Where  # noqa: E402
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


# The man page


def man(told: Mapping[str, Told]) -> str:
    """In the macros of man(7). No date: the same for the same program."""
    program = told[""]
    lines = [
        f'.TH {NAME.upper()} 1 "" "{NAME} {__version__}" "User Commands"',
        ".SH NAME",
        f"{NAME} \\- {_first_small(program.about[0])}",
        ".SH SYNOPSIS",
        f".B {NAME}",
        "[\\fIOPTION\\fR]... [\\fICOMMAND\\fR [\\fIARGUMENT\\fR]...]",
        ".SH DESCRIPTION",
        *_paragraphs(program.about),
        ".SH OPTIONS",
        "These stand before the command.",
        *_options(program.options),
    ]
    for title, names in families.FAMILIES.items():
        lines += [f".SH {title.upper()}"]
        for path in names:
            lines += _command(told[path], names[path])
    for name, topic in topics.TOPICS.items():
        rows = _places() if name == topics.FILES else topic.rows
        lines += [f".SH {_HEADS.get(name, name.upper())}", *_paragraphs([topic.intro])]
        for word, meaning in rows:
            lines += [".TP", f".B {_roff(word)}", _roff(meaning)]
    lines += [
        ".SH REMOVING",
        *_paragraphs(_REMOVING),
    ]
    return "".join(f"{line}\n" for line in lines)


_HEADS = {"exit-codes": "EXIT STATUS"}
_REMOVING = (
    "Removing the package leaves what is yours: the settings and the record, in the folders under "
    "FILES, and the entry that starts it when you log in.",
    "To take these away, too, first: qlbreak autostart off, then qlbreak delete-data. It asks, and "
    "says what it removes; the settings file stays, and is yours to delete.",
)
_FOLDERS: dict[Where, str] = {
    "settings": "~/.config/qlbreak/",
    "data": "~/.local/share/qlbreak/",
    "log": "~/.local/state/qlbreak/log/",
    "cache": "~/.cache/qlbreak/",
    "session": "$XDG_RUNTIME_DIR/qlbreak/",
}


def _places() -> Iterator[tuple[str, str]]:
    for files in FILES:
        if folder := _FOLDERS.get(files.folder):
            names = ", ".join(name.format(session="*") for name in files.names)
            yield f"{folder}{names}", files.what.replace("`", "")


def _command(told: Told, examples: Iterable[str]) -> Iterator[str]:
    usage = f" \\fI{_roff(told.usage)}\\fR" if told.usage else ""
    yield from (".TP", f"\\fB{_roff(told.path)}\\fR{usage}")
    for number, text in enumerate(told.about):
        yield from ([".IP"] if number else [])
        yield _roff(text)
    yield ".RS"
    yield from _options(option for option in told.options if "--help" not in option.names)
    yield from (".PP", ".nf")
    yield from (f"\\fB    {_roff(f'{NAME} {example}')}\\fR" for example in examples)
    yield from (".fi", ".RE")


def _options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        names = ", ".join(f"\\fB{_roff(name)}\\fR" for name in option.names)
        value = f" \\fI{_roff(option.value)}\\fR" if option.value else ""
        yield from (".TP", f"{names}{value}", _roff(option.about))


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield from ([".PP"] if number else [])
        yield _roff(text)


def _roff(text: str) -> str:
    """A hyphen that is typed is one; a line that begins with a dot or a quote is no request."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "\\&...")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def _first_small(text: str) -> str:
    return text[0].lower() + text[1:].rstrip(".")


# Completions: what is told in all of them

_MARK = "made by packaging/commands.py"


def _shell(word: str) -> str:
    """Quoted for a shell."""
    return "'" + word.replace("'", "'\\''") + "'"


def bash(told: Mapping[str, Told]) -> str:
    below = "|".join(f'"{path}"' for path in told if path)
    valued = " ".join(sorted({f"'{n}'" for n in _valued(told)}))
    return f"""\
# qlbreak's completion for bash; {_MARK}.

_qlbreak() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command= word words= index
    for ((index = 1; index < COMP_CWORD; index++)); do
        word=${{COMP_WORDS[index]}}
        case $word in
        {valued.replace(" ", "|")}) ((index++)) ;;
        -*) ;;
        *)
            case ${{command:+$command }}$word in
            {below})
                command=${{command:+$command }}$word ;;
            esac
            ;;
        esac
    done
    COMPREPLY=()
    case "$command $before" in
{_bash_values(told)}    esac
    case $command in
{_bash_words(told)}    esac
    COMPREPLY+=($(compgen -W "$words" -- "$current"))
}}
complete -F _qlbreak {NAME}
"""


def _valued(told: Mapping[str, Told]) -> set[str]:
    return {name for one in told.values() for o in one.options if o.value for name in o.names}


def _bash_values(told: Mapping[str, Told]) -> str:
    lines = []
    for one in told.values():
        for option in (option for option in one.options if option.value):
            asked = "|".join(f'"{one.path} {name}"' for name in option.names)
            lines.append(f"    {asked})\n        {_bash_after(option)}\n        return ;;\n")
    return "".join(lines)


def _bash_after(option: Option) -> str:
    if option.file:
        return 'compopt -o filenames; COMPREPLY=($(compgen -f -- "$current"))'
    if option.words:
        return f'COMPREPLY=($(compgen -W "{" ".join(option.words)}" -- "$current"))'
    return ":"


def _bash_words(told: Mapping[str, Told]) -> str:
    lines = []
    for one in told.values():
        names = [name for option in one.options for name in option.names]
        files = (
            '        compopt -o filenames; COMPREPLY=($(compgen -f -- "$current"))\n'
            if one.file
            else ""
        )
        words = " ".join([*one.words, *names])
        lines.append(f'    "{one.path}")\n{files}        words="{words}" ;;\n')
    return "".join(lines)


def zsh(told: Mapping[str, Told]) -> str:
    functions = "\n".join(_zsh_function(one, told) for one in reversed([*told.values()]))
    return f"""\
#compdef {NAME}
# qlbreak's completion for zsh; {_MARK}.

{functions}
_qlbreak "$@"
"""


def _zsh_function(one: Told, told: Mapping[str, Told]) -> str:
    name = _zsh_name(one.path)
    options = [_zsh_option(option) for option in one.options]
    if one.below:
        rows = "".join(
            f"        {_shell(f'{word}:{_zsh_text(told[_below(one, word)].about[0])}')}\n"
            for word in one.below
        )
        given = " \\\n        ".join([*options, "'1: :->command'", "'*:: :->words'"])
        return f"""\
{name}() {{
    local curcontext=$curcontext context state state_descr line
    typeset -A opt_args
    local -a commands=(
{rows}    )
    _arguments -C \\
        {given}
    case $state in
    command) _describe -t commands command commands ;;
    words) (( $+functions[{name}_$words[1]] )) && {name}_$words[1] ;;
    esac
}}
"""
    after = "_files" if one.file else f"({' '.join(one.words)})" if one.words else " "
    rest = [_shell(f"*:{_zsh_text(one.usage)}:{after}")] if one.usage else []
    given = " \\\n        ".join([*options, *rest])
    return f"{name}() {{\n    _arguments \\\n        {given}\n}}\n"


def _below(one: Told, word: str) -> str:
    return f"{one.path} {word}".strip()


def _zsh_name(path: str) -> str:
    return "_".join(["_qlbreak", *path.split()])


def _zsh_option(option: Option) -> str:
    after = ""
    if option.value:
        what = "_files" if option.file else f"({' '.join(option.words)})" if option.words else " "
        after = f":{_zsh_text(option.value.strip('[]')) if not option.words else 'choice'}:{what}"
    told = _shell(f"[{_zsh_text(option.about)}]{after}")
    if len(option.names) == 1:
        return f"{option.names[0]}{told}"
    each = ",".join(option.names)
    return f"{_shell(f'({chr(32).join(option.names)})')}{{{each}}}{told}"


def _zsh_text(text: str) -> str:
    return re.sub(r"([\[\]:\\])", r"\\\1", text)


def fish(told: Mapping[str, Told]) -> str:
    lines = [
        f"# qlbreak's completion for fish; {_MARK}.",
        "",
        "function __qlbreak_at --description 'Is the command just this?'",
        "    set -l command",
        "    set -l skip 0",
        "    for word in (commandline -opc)[2..-1]",
        "        if test $skip = 1",
        "            set skip 0",
        f"        else if contains -- $word {' '.join(sorted(_valued(told)))}",
        "            set skip 1",
        "        else if contains -- (string join ' ' -- $command $word) \\",
        "                " + " ".join(_shell(path) for path in told if path),
        "            set -a command $word",
        "        end",
        "    end",
        '    test "$command" = "$argv"',
        "end",
        "",
        f"complete -c {NAME} -f",
    ]
    for one in told.values():
        at = f"complete -c {NAME} -n {_shell(f'__qlbreak_at {one.path}'.strip())}"
        for word in one.words:
            about = told[_below(one, word)].about[0] if one.below else ""
            lines.append(f"{at} -a {_shell(word)}" + (f" -d {_shell(about)}" if about else ""))
        if one.file:
            lines.append(f"{at} -F")
        lines += [f"{at} {_fish_option(option)}" for option in one.options]
    return "".join(f"{line}\n" for line in lines)


def _fish_option(option: Option) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    value = ""
    if option.value:
        value = " -rF" if option.file else " -x"
        value += f" -a {_shell(' '.join(option.words))}" if option.words else ""
    return f"{names}{value} -d {_shell(option.about)}"


PLACES = {
    "share/man/man1/qlbreak.1": man,
    "share/bash-completion/completions/qlbreak": bash,
    "share/zsh/vendor-completions/_qlbreak": zsh,
    "share/fish/vendor_completions.d/qlbreak.fish": fish,
}


def write(folder: Path) -> None:
    told = commands()
    for place, made in PLACES.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(made(told), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python packaging/commands.py FOLDER")
    write(Path(sys.argv[1]))
