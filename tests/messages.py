"""What is to be translated, from where it is told: `python tests/messages.py` writes the template,
`qlbreak/locale/qlbreak.pot`, brings each language's catalogue up to it, says what is left to
translate there, and writes how it has dates and lists (`formats.json`, from CLDR by Babel). Tests
compare.

Marked in the source are sentences alone. The settings' help, the commands' help and the data are
told in tables, and taken from these.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, NamedTuple

import click
from babel import Locale
from babel.dates import get_date_format
from babel.messages import Catalog
from babel.messages import Message as Entry
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

from qlbreak.cli import families
from qlbreak.cli.main import cli
from qlbreak.data.translated import shown
from qlbreak.language import ENGLISH, language
from qlbreak.settings.schema import SECTIONS, Settings

PACKAGE = Path(__file__).parents[1] / "qlbreak"
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / "qlbreak.pot"
# The catalogue's language, and the one of CLDR whose dates it has.
LANGUAGES = {
    "ar": "ar", "de": "de", "en": "en_GB", "es": "es", "fr": "fr", "ja": "ja", "pt_BR": "pt_BR",
}  # fmt: skip
# Where CLDR has one more form, for millions, which nobody sits.
PLURALS = {
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "pt_BR": "nplurals=2; plural=(n > 1);",
}
# What may be typed after the program's name.
COMMANDS = frozenset(cli.commands)
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
_HEADER = """\
# Translations template for qlbreak. docs/translating.md says how to translate it.
#"""


class Message(NamedTuple):
    """`text`: one, or the forms of one and of many."""

    text: str | tuple[str, str]
    where: str
    comment: str = ""
    context: str | None = None


def found() -> Iterator[Message]:
    yield from _in_source()
    yield from _in_data()
    yield from _in_settings()
    yield from _in_commands()


def _in_source() -> Iterator[Message]:
    for file in sorted(PACKAGE.rglob("*.py")):
        where = file.relative_to(PACKAGE.parent).as_posix()
        # It warns of each f-string: what is filled in may be one; that no text is, ruff sees (INT).
        with redirect_stderr(StringIO()):
            told = extract_from_file(
                "python",
                file,
                keywords=KEYWORDS,
                comment_tags=("Translators:",),
                strip_comment_tags=True,
            )
        for _, text, comments, context in told:
            one = text if isinstance(text, str) else (text[0], text[1])
            yield Message(one, where, " ".join(comments), context)


def _in_data() -> Iterator[Message]:
    """What (s) stands in has a form for one and one for many."""
    for file, told, what in shown():
        text = (told.replace("(s)", ""), told.replace("(s)", "s")) if "(s)" in told else told
        yield Message(text, f"qlbreak/data/{file}", what)


def _in_settings() -> Iterator[Message]:
    for section, keys in SECTIONS.items():
        where = "qlbreak/settings"
        yield Message(_doc(Settings.__annotations__[section]), where, f"section [{section}]")
        for key in keys.values():
            for text in filter(None, (key.help, key.more)):
                yield Message(text, where, f"[{section}] {key.name}")


def _doc(section: type) -> str:
    return " ".join((section.__doc__ or "").split())


def _in_commands() -> Iterator[Message]:
    for title in families.FAMILIES:
        yield Message(title, "qlbreak/cli/families.py", "a heading in the help of the commands")
    for name, command in [("", cli), *families.walk(cli)]:
        where, what = "qlbreak/cli", f"help of: qlbreak {name}".strip()
        for text in families.paragraphs(command):
            yield Message(text, where, what)
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield Message(parameter.help, where, f"{what} {parameter.opts[0]}")


def template() -> Catalog:
    catalog = _empty(None)
    for one in found():
        comments = [one.comment] if one.comment else []
        catalog.add(
            one.text, locations=[(one.where, 0)], auto_comments=comments, context=one.context
        )
    return catalog


def _empty(locale: str | None) -> Catalog:
    catalog = Catalog(locale=locale, header_comment=_HEADER, fuzzy=False, domain="qlbreak")
    catalog.mime_headers = [
        (name, PLURALS.get(locale or "", value) if name == "Plural-Forms" else value)
        for name, value in catalog.mime_headers
        if name in ("Language", "Plural-Forms", "MIME-Version", "Content-Type")
        or name == "Content-Transfer-Encoding"
    ]
    return catalog


def file_of(name: str) -> Path:
    return LOCALE / name / "LC_MESSAGES" / "qlbreak.po"


def catalogue(name: str) -> Catalog:
    with file_of(name).open("rb") as file:
        return read_po(file, locale=name)


def brought_up(name: str, to: Catalog) -> Catalog:
    """The language's translations of what is to be translated now; what is new has none yet."""
    made = _empty(name)
    known = catalogue(name) if file_of(name).is_file() else made
    for one in to:
        if not one.id:
            continue
        old = known.get(one.id, one.context)
        made.add(
            one.id, old.string if old else None, locations=one.locations,
            auto_comments=one.auto_comments, user_comments=old.user_comments if old else (),
            context=one.context,
        )  # fmt: skip
    return made


def left(name: str) -> list[str]:
    """What has no translation yet."""
    return [str(one.id) for one in catalogue(name) if one.id and not all(strings(one))]


def strings(one: Entry) -> tuple[str, ...]:
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ())


def written(catalog: Catalog) -> str:
    file = BytesIO()
    write_po(file, catalog, width=100, include_lineno=False, omit_header=False)
    lines = file.getvalue().decode("utf-8").splitlines(keepends=True)
    # Only what says something: when it was made, and with what, would change with each run.
    drop = (
        '"Project-Id',
        '"Report-Msgid',
        '"POT-',
        '"PO-',
        '"Last-Tr',
        '"Language-Team',
        '"Generated',
    )
    return "".join(line for line in lines if not line.startswith(drop))


def formats(of: str) -> str:
    """`formats.json`: what `qlbreak.language.formats` reads."""
    locale = Locale.parse(LANGUAGES[of])

    def skeleton(*wanted: str) -> str:
        return next(
            str(locale.datetime_skeletons[n].pattern)
            for n in wanted
            if n in locale.datetime_skeletons
        )

    def pattern(style: str) -> dict[str, str]:
        found = locale.list_patterns[style]
        return {"two": found["2"], **{name: found[name] for name in ("start", "middle", "end")}}

    told = {
        # Of the British without its comma, as it is written today.
        "full": str(get_date_format("full", locale).pattern).replace(
            "EEEE, d MMMM y", "EEEE d MMMM y"
        ),
        "long": str(get_date_format("long", locale).pattern),
        "medium": skeleton("yMMMd"),
        "day_month": skeleton("MMMd"),
        "day_month_long": skeleton("MMMMd", "MMMd"),
        "month_year": skeleton("yMMMM"),
        "clock": skeleton("Hm"),
        "months": _names(locale.months["format"]["wide"]),
        "months_short": _names(locale.months["format"]["abbreviated"]),
        "days": _names(locale.days["format"]["wide"]),
        "days_short": _names(locale.days["format"]["abbreviated"]),
        "days_alone": _names(locale.days["stand-alone"]["wide"]),
        "days_short_alone": _names(locale.days["stand-alone"]["abbreviated"]),
        "decimal": locale.number_symbols["latn"]["decimal"],
        "group": locale.number_symbols["latn"]["group"],
        "percent": locale.percent_formats[None].pattern.replace("#,##0", "{}"),
        "both": pattern("standard"),
        "either": pattern("or"),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _names(named: Any) -> list[str]:
    return [str(named[key]) for key in sorted(named)]


def main() -> None:
    assert language() == ENGLISH, "run it with LC_ALL=C.UTF-8: it reads what is written"
    now = template()
    TEMPLATE.write_text(written(now), "utf-8")
    for name in LANGUAGES:
        file = file_of(name)
        (LOCALE / name).mkdir(exist_ok=True)
        (LOCALE / name / "formats.json").write_text(formats(name), "utf-8")
        if name != ENGLISH:
            file.parent.mkdir(exist_ok=True)
            file.write_text(written(brought_up(name, now)), "utf-8")
            for text in left(name):
                told = f"{file.relative_to(PACKAGE.parent)}: to be translated: {text}"
                print(told, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
