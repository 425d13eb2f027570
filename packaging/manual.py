"""The man page of the commands."""

from collections.abc import Iterable, Iterator, Mapping

from commandline import NAME, Option, Told
from qlbreak import __version__
from qlbreak.cli import families
from qlbreak.system.paths import FILES, Where
from qlbreak.texts import topics


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
