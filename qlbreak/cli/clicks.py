"""What click says by itself, in the person's language: it would look up a catalogue of its own."""

import re

import click

from qlbreak.language import ENGLISH, N_, _, formats, language

# In the help of each command; `Fitting` says them.
HELP = (N_("Options"), N_("Show this message and exit."), N_("Show the version and exit."))
_TOO_MANY = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def told(error: click.ClickException) -> str:
    """In English as click has it."""
    if language() == ENGLISH:
        return error.format_message()
    match error:
        case click.NoSuchOption():
            return _no_option(error.option_name, error.possibilities)
        case click.MissingParameter(param=click.Parameter() as missing):
            # Translators: {what} is a word of a command: 'FILE', '--of'.
            return _("{what} is missing", what=missing.get_error_hint(error.ctx))
        case click.BadParameter(param=click.Parameter() as given):
            return _does_not_fit(given, error)
        case _other if (extra := _TOO_MANY.fullmatch(error.message)) is not None:
            return _("more words than the command takes: {words}", words=extra[1])
        case _other:
            return error.format_message()


def _no_option(name: str, meant: list[str] | None) -> str:
    if meant:
        words = formats.either(meant)
        return _("there is no option {name}; did you mean {words}?", name=name, words=words)
    return _("there is no option {name}", name=name)


def _does_not_fit(given: click.Parameter, error: click.BadParameter) -> str:
    what = given.get_error_hint(error.ctx)
    match given.type:
        case click.Choice(choices=choices):
            words = formats.either([str(choice) for choice in choices])
            return _(
                "what is given for {what} does not fit; choose {words}", what=what, words=words
            )
        case click.IntRange(min=int(low), max=int(high)):
            return _(
                "what is given for {what} does not fit; choose {low} to {high}",
                what=what,
                low=low,
                high=high,
            )
        case _other:
            return _("what is given for {what} does not fit", what=what)
