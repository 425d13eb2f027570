"""Completions for bash, zsh and fish. They ask nobody: they know words and options, and the names
of movements and routines as the program brings them."""

import re
from collections.abc import Mapping

from commandline import NAME, Option, Told

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
